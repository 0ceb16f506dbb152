import SystemFiles

// Every sentence about CSV errors, in plain words and without a full stop. Nothing in them comes
// from the input but numbers, one escaped character, and a word of it as other encodings would read it.
extension CSVError: CustomStringConvertible {
    /// What is wrong, in one sentence without a full stop.
    public var message: String {
        switch self {
        case .cannotRead(let errno):
            return "the input can't be read: \(SystemError(errno).reason)"
        case .notCSV(let kind):
            return "this is \(kind.description), not CSV"
        case .utf16WithoutByteOrderMark(let encoding):
            return "this looks like \(encoding.name) without a byte order mark: every second byte is NUL"
        case .invalidText(let text):
            let place = "line \(text.line), byte \(text.byteOffset) of the file"
            let byte = "0x" + Self.hex(UInt32(text.byte), digits: 2)
            switch text.reason {
            case .malformed: return "\(place): the byte \(byte) is not valid \(text.encoding.name)"
            case .loneSurrogate:
                return "\(place): half of a surrogate pair (byte \(byte)) is not valid \(text.encoding.name)"
            case .truncated:
                return "\(place): the file ends in the middle of a character (byte \(byte))"
            }
        case .unclosedQuote(let line, _):
            return "the quote opened in line \(line) is still open at the end of the file"
        case .recordTooLong(let record, let limit, let quoteLine?):
            return "the record in line \(record.line) is longer than \(limit) bytes, "
                + "and the quote opened in line \(quoteLine) is still open"
        case .recordTooLong(let record, let limit, nil):
            return "the record in line \(record.line) is longer than \(limit) bytes"
        case .unencodable(let scalar, let encoding, let field):
            let number = Self.hex(scalar.value, digits: 4)
            return "the character U+\(number) in field \(field) can't be written in \(encoding.name)"
        }
    }

    /// What its owner can do about it, in one sentence without a full stop.
    public var fix: String {
        switch self {
        case .cannotRead:
            return "check that the file exists, is not a folder and may be read"
        case .notCSV(let kind):
            return kind.fix
        case .utf16WithoutByteOrderMark(let encoding):
            return "add --encoding \(encoding.name), or save the file as CSV UTF-8"
        case .invalidText(let text) where !text.candidates.isEmpty:
            let ways = text.candidates.map {
                "--encoding \($0.encoding.name) if \"\($0.sample)\" is right"
            }
            return "save the file as CSV UTF-8, or add " + ways.joined(separator: ", ")
        case .invalidText(let text) where text.reason == .truncated:
            return "export the file again, since its end is missing"
        case .invalidText:
            return "save the file as CSV UTF-8, or name its encoding with --encoding"
        case .unclosedQuote(let line, _):
            return "close the quote in line \(line), or double it if it belongs to the text"
        case .recordTooLong(_, _, let quoteLine?):
            return "close the quote in line \(quoteLine), or double it if it belongs to the text"
        case .recordTooLong:
            return "check that the file has line breaks and is CSV"
        case .unencodable:
            return "write the file as UTF-8"
        }
    }

    /// Message and fix.
    public var description: String { "\(message) (\(fix))" }

    private static func hex(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
