/// Gathers one answer from libcurl's pieces, within limits.
struct AnswerReader {
    var bodyLimit = 16 << 20
    var headerLimit = 256 << 10

    /// The final answer's status, from its first line.
    private(set) var status: Int?
    private(set) var retryAfter: String?
    private(set) var location: String?
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
        } else if let colon = text.firstIndex(of: ":") {
            let value = BoundedText.trimmed(String(text[text.index(after: colon)...].prefix(2_000)))
            switch text[..<colon].lowercased() {
            case "retry-after": retryAfter = retryAfter ?? value
            case "location": location = location ?? value
            default: break
            }
        }
        return true
    }
}
