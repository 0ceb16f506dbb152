/// An encoding that a file may be in, with what it would make of the file's first character beyond ASCII.
public struct EncodingCandidate: Sendable, Hashable {
    /// The encoding.
    public var encoding: TextEncoding
    /// The word that the character stands in, as the encoding reads it. Not escaped.
    public var sample: String

    /// A candidate.
    public init(encoding: TextEncoding, sample: String) {
        self.encoding = encoding
        self.sample = sample
    }
}

/// Finds out in which encodings the rest of an input would make sense.
struct EncodingSearch {
    /// Those that files without a byte order mark come in: Windows, old Macs, DOS.
    private static let usual: [TextEncoding] = [.windows1252, .macintosh, .named("cp437")]
    /// How many are shown.
    private static let limit = 3
    /// How much of the text around the character is shown, in bytes on either side.
    static let sampleLength = 16

    private struct Attempt {
        let candidate: EncodingCandidate
        let unlikeliness: Int
        let decoder: TextDecoder
        /// The beginning of a character at the end of the last piece.
        var rest: [UInt8] = []
    }

    private var attempts: [Attempt] = []

    /// Begins where something can't be decoded.
    ///
    /// - Parameters:
    ///   - before: What precedes it, `sampleLength` bytes if there are so many.
    ///   - rest: What begins there, `sampleLength` bytes at the least if there are so many.
    init(before: [UInt8], rest: [UInt8]) {
        let (piece, index) = (before + rest, before.count)
        func isBoundary(_ byte: UInt8) -> Bool {
            byte >= 0x80 || byte < 0x30 && byte != .space && byte != UInt8(ascii: "'")
                || byte == UInt8(ascii: ";")
                || byte == UInt8(ascii: "|")
        }
        var start = index
        while start > 0, index - start < Self.sampleLength, !isBoundary(piece[start - 1]) { start -= 1 }
        var end = index
        while end < piece.count, end - index < Self.sampleLength,
            piece[end] >= 0x80 || !isBoundary(piece[end])
        {
            end += 1
        }
        for encoding in Self.usual {
            let sample = Self.decode(Array(piece[start..<end]), encoding)
            guard !sample.isEmpty, !attempts.contains(where: { $0.candidate.sample == sample }) else {
                continue
            }
            attempts.append(
                Attempt(
                    candidate: EncodingCandidate(encoding: encoding, sample: sample),
                    unlikeliness: Self.unlikeliness(sample), decoder: TextDecoder(encoding: encoding)))
        }
    }

    /// Tries the next piece of the input.
    mutating func read(_ piece: some Collection<UInt8>) {
        attempts = attempts.compactMap { attempt in
            var attempt = attempt
            let input = attempt.rest + piece
            let progress = input.withUnsafeBufferPointer {
                attempt.decoder.decode($0, isLast: false).progress
            }
            guard progress.failure == nil else { return nil }
            attempt.rest = Array(input[progress.consumed...])
            return attempt
        }
    }

    /// The encodings that made sense of everything, the likeliest first.
    var candidates: [EncodingCandidate] {
        let ranked = attempts.filter { $0.rest.isEmpty }.enumerated()
            .sorted { ($0.element.unlikeliness, $0.offset) < ($1.element.unlikeliness, $1.offset) }
        return ranked.prefix(Self.limit).map(\.element.candidate)
    }

    private static func decode(_ bytes: [UInt8], _ encoding: TextEncoding) -> String {
        let text = bytes.withUnsafeBufferPointer {
            TextDecoder(encoding: encoding).decode($0, isLast: true).text
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// How little a sample looks like a word: `CafŽ` and `Caf‚` less than `Café`.
    private static func unlikeliness(_ sample: String) -> Int {
        var points = 0
        var last: Unicode.Scalar?
        for scalar in sample.unicodeScalars {
            defer { last = scalar }
            guard scalar.value >= 0x80 else { continue }
            if scalar.properties.isUppercase {
                if last?.properties.isLowercase == true { points += 2 }
            } else if !scalar.properties.isLowercase {
                if !usualSigns.contains(scalar) { points += 3 }
            }
        }
        return points
    }

    private static let usualSigns: Set<Unicode.Scalar> = [
        "’", "‘", "“", "”", "–", "—", "…", "•", "€", "£", "°", "®", "©", "™", "½", "¼", "¾", "\u{A0}",
    ]
}
