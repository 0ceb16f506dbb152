/// Gathers one answer from libcurl's pieces, within limits.
struct AnswerReader {
    var bodyLimit = 16 << 20
    var headerLimit = 256 << 10

    /// The final answer's status, from its first line.
    private(set) var status: Int?
    private(set) var retryAfter: String?
    private(set) var location: String?
    /// The value of `Date`, as sent.
    private(set) var date: String?
    /// What `Content-Type` says of the body's encoding.
    private(set) var charset: String?
    /// What `Content-Length` says; several values where they differ, and what is no number as it stands.
    private var lengths: Set<String> = []
    private var isChunked = false
    /// Whether the final answer's headers were read to their end.
    private(set) var isHeadComplete = false
    private(set) var body: [UInt8] = []
    /// Whether a limit was passed.
    private(set) var isTooLarge = false
    private var headerBytes = 0
    private var isInHead = false

    /// Takes a piece of the body; false stops the transfer.
    mutating func takeBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        guard body.count + piece.count <= bodyLimit else {
            isTooLarge = true
            body = []
            return false
        }
        body.append(contentsOf: piece)
        return true
    }

    /// Takes one header line, its line end included; false stops the transfer.
    ///
    /// libcurl hands over the lines of every interim answer (100, 103) first, and
    /// trailers after the body: only the final answer's own count.
    mutating func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= headerLimit else {
            isTooLarge = true
            return false
        }
        if isHeadComplete { return true }
        let text = BoundedText.trimmed(String(decoding: line, as: UTF8.self))
        if text.isEmpty {
            // The end of an interim answer's headers, or of the final one's.
            isInHead = false
            isHeadComplete = status.map { $0 >= 200 || $0 == 101 } ?? false
        } else if !isInHead {
            isInHead = true
            status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            retryAfter = nil
            location = nil
            date = nil
            charset = nil
            lengths = []
            isChunked = false
        } else if let colon = text.firstIndex(of: ":") {
            let value = BoundedText.trimmed(String(text[text.index(after: colon)...].prefix(2_000)))
            switch text[..<colon].lowercased() {
            case "retry-after": retryAfter = retryAfter ?? value
            case "location": location = location ?? value
            case "date": date = date ?? value
            case "content-type": charset = charset ?? Self.charset(of: value)
            case "content-length":
                for length in value.split(separator: ",", omittingEmptySubsequences: false) {
                    lengths.insert(Self.length(BoundedText.trimmed(String(length))))
                }
            case "transfer-encoding":
                let last = value.split(separator: ",").last.map { BoundedText.trimmed(String($0)) }
                isChunked = last?.lowercased() == "chunked"
            default: break
            }
        }
        return true
    }

    /// Whether the answer itself says where its body ends.
    var isDelimited: Bool {
        guard let status else { return false }
        return !lengths.isEmpty || isChunked || status < 200 || status == 204 || status == 304
    }

    /// Whether what it says of its length can't be trusted: then nothing of it can (RFC 9112, 6.3). Where it comes in
    /// chunks, they alone count.
    var isMisframed: Bool {
        !isChunked && (lengths.count > 1 || lengths.contains { !Self.isLength($0) })
    }

    private static func isLength(_ value: String) -> Bool {
        !value.isEmpty && value.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// A length without zeros before it; anything else as it stands.
    private static func length(_ value: String) -> String {
        guard isLength(value) else { return value }
        let digits = value.drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }

    /// The `charset` parameter of a media type.
    private static func charset(of mediaType: String) -> String? {
        for parameter in mediaType.split(separator: ";").dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1).map { BoundedText.trimmed(String($0)) }
            guard parts.count == 2, parts[0].lowercased() == "charset" else { continue }
            let name = parts[1].filter { $0 != "\"" && $0 != "'" }
            return name.isEmpty || name.utf8.count > 40 ? nil : name
        }
        return nil
    }
}
