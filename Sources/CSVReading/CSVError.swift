/// Why CSV can't be read or written. The wording is in `CSVError+Wording.swift`.
public enum CSVError: Error, Sendable, Hashable {
    /// The system could not read the input; `errno` says why.
    case cannotRead(errno: Int32)
    /// The input is something else, recognised by its first bytes.
    case notCSV(ContentKind)
    /// UTF-16 that doesn't say so: every second byte is NUL and there is no byte order mark.
    case utf16WithoutByteOrderMark(TextEncoding)
    /// Bytes that mean nothing in the encoding.
    case invalidText(InvalidText)
    /// A quote, opened in line `line` of the record at `record`, is still open at the end of the input.
    case unclosedQuote(line: Int, record: CSVPosition)
    /// The record at `record` has more than `limit` bytes; `quoteLine` is the line of the quote that is
    /// open at that point, if one is.
    case recordTooLong(record: CSVPosition, limit: Int, quoteLine: Int?)
    /// A writer was given a character that its encoding doesn't have. `field` counts from 1.
    case unencodable(scalar: Unicode.Scalar, encoding: TextEncoding, field: Int)

    /// Bytes that can't be decoded.
    public struct InvalidText: Sendable, Hashable {
        /// What is wrong with them.
        public enum Reason: Sendable, Hashable {
            /// Not a character: not UTF-8, or a byte that the code page leaves undefined.
            case malformed
            /// Half of a UTF-16 surrogate pair without the other.
            case loneSurrogate
            /// The input ends in the middle of a character.
            case truncated
        }
        /// The physical line, from 1.
        public var line: Int
        /// The offset of the first byte that can't be decoded, from the start of the input.
        public var byteOffset: Int
        /// That byte.
        public var byte: UInt8
        /// The encoding that it was read in.
        public var encoding: TextEncoding
        /// What is wrong.
        public var reason: Reason
        /// Encodings in which all of the input would make sense, the likeliest first; none where some of it was
        /// UTF-8 beyond ASCII.
        public var candidates: [EncodingCandidate]

        /// A description of invalid bytes.
        public init(
            line: Int, byteOffset: Int, byte: UInt8, encoding: TextEncoding, reason: Reason,
            candidates: [EncodingCandidate] = []
        ) {
            self.line = line
            self.byteOffset = byteOffset
            self.byte = byte
            self.encoding = encoding
            self.reason = reason
            self.candidates = candidates
        }
    }

    /// A name that stays the same from version to version.
    public var code: String {
        switch self {
        case .cannotRead: "cannot-read"
        case .notCSV: "not-csv"
        case .utf16WithoutByteOrderMark: "utf-16-without-mark"
        case .invalidText: "invalid-encoding"
        case .unclosedQuote: "unclosed-quote"
        case .recordTooLong: "record-too-long"
        case .unencodable: "unencodable-character"
        }
    }

    /// The physical line (from 1) that the error speaks of, if it speaks of one.
    public var line: Int? {
        switch self {
        case .invalidText(let text): text.line
        case .unclosedQuote(let line, _): line
        case .recordTooLong(let record, _, let quoteLine): quoteLine ?? record.line
        case .cannotRead, .notCSV, .utf16WithoutByteOrderMark, .unencodable: nil
        }
    }
}
