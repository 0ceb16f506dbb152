/// Writes records into a buffer that the caller empties, so that a reader gets the same fields back.
///
/// A field is quoted where it must be: where it holds a delimiter, a quote or a line break, or begins or
/// ends with white space (other readers trim it); where it is the only one of its record and empty (the
/// line would be blank); and where it stands first in the file and might be taken for a byte order mark,
/// a `sep=;` line or another kind of file.
public struct CSVWriter {
    /// How the records are laid out.
    public let dialect: Dialect
    /// What they are written in.
    public var encoding: TextEncoding { encoder.encoding }
    private let encoder: TextEncoder
    /// What was written and not yet drained.
    public private(set) var buffer: [UInt8] = []

    /// The record in hand, in UTF-8.
    private var line: [UInt8] = []
    private var fieldCount = 0
    private var isFirstRecord = true

    /// A writer of a file.
    ///
    /// - Parameter byteOrderMark: whether the file begins with one. Windows-1252 and ISO 8859-1 have none.
    public init(
        dialect: Dialect = .standard, encoding: TextEncoding = .utf8, byteOrderMark: Bool = false
    ) {
        self.dialect = dialect
        encoder = TextEncoder(encoding: encoding)
        if byteOrderMark { buffer = encoding.byteOrderMark }
        guard dialect.separatorLine else { return }
        let separatorLine = Array("sep=".utf8) + [dialect.delimiter] + dialect.lineEnding.bytes
        separatorLine.withUnsafeBufferPointer { encoder.append($0, to: &buffer) }
    }

    /// Writes a record. One without fields is nothing.
    ///
    /// - Throws: ``CSVError/unencodable(scalar:encoding:field:)`` where the encoding lacks a character.
    ///   Nothing of the record is written then.
    public mutating func write(_ fields: [String]) throws(CSVError) {
        for field in fields {
            var field = field
            let result = field.withUTF8 { bytes in
                Result { () throws(CSVError) in try append(bytes) }
            }
            try result.get()
        }
        endRecord()
    }

    /// Adds a field in UTF-8 to the record in hand. Where the encoding lacks a character the record is dropped.
    private mutating func append(_ field: UnsafeBufferPointer<UInt8>) throws(CSVError) {
        fieldCount += 1
        do {
            try check(field)
        } catch {
            dropRecord()
            throw error
        }
        if fieldCount > 1 { line.append(dialect.delimiter) }
        if needsQuotes(field) {
            line.append(.quote)
            for byte in field {
                if byte == .quote { line.append(.quote) }
                line.append(byte)
            }
            line.append(.quote)
        } else {
            line.append(contentsOf: field)
        }
    }

    /// Completes the record in hand. One without fields is nothing.
    private mutating func endRecord() {
        guard fieldCount > 0 else { return }
        if line.isEmpty { line = [.quote, .quote] }
        if isFirstRecord, line.first != .quote, ContentKind.recognise(line) != nil { quoteFirstField() }
        line.append(contentsOf: dialect.lineEnding.bytes)
        line.withUnsafeBufferPointer { encoder.append($0, to: &buffer) }
        isFirstRecord = false
        dropRecord()
    }

    /// Takes what was written out of the buffer.
    public mutating func drain() -> [UInt8] {
        defer { buffer = [] }
        return buffer
    }

    /// Quotes the first field of the line after the fact. It holds neither quotes nor delimiters.
    private mutating func quoteFirstField() {
        line.insert(.quote, at: line.firstIndex(of: dialect.delimiter) ?? line.count)
        line.insert(.quote, at: 0)
    }

    private mutating func dropRecord() {
        line.removeAll(keepingCapacity: true)
        fieldCount = 0
    }

    private func check(_ field: UnsafeBufferPointer<UInt8>) throws(CSVError) {
        if encoding.hasASCII, field.allSatisfy({ $0 < 0x80 }) { return }
        if let scalar = encoder.firstMissingScalar(of: field) {
            throw .unencodable(scalar: scalar, encoding: encoding, field: fieldCount)
        }
    }

    private func needsQuotes(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        if dialect.quotesEverything { return true }
        if isFirstRecord, fieldCount == 1, mightMislead(field) { return true }
        guard let first = field.first, let last = field.last else { return false }
        if first.isWhiteSpace || last.isWhiteSpace { return true }
        return field.contains {
            $0 == dialect.delimiter || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn
        }
    }

    /// Whether a file that begins with `field` might be taken for something else than CSV, or its first
    /// bytes for a byte order mark or a `sep=;` line. A file that begins with a quote never is.
    private func mightMislead(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = field.first else { return dialect.delimiter <= .space }
        let isLetterOrDigit =
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        // Signatures that begin with a letter are looked for when the record is complete.
        return !isLetterOrDigit || field.prefix(3).map { $0 | 0x20 } == Array("sep".utf8)
    }
}
