/// One record: the content of its fields, end to end in one buffer that is reused from record to record.
public struct CSVRecord: Sendable {
    /// The content, then room that is reused; ``length`` bytes of it count.
    @usableFromInline var storage: [UInt8]
    /// Where each field ends in `storage`, shifted left by two, and its flags in the two lowest bits.
    @usableFromInline var ends: [Int]
    @usableFromInline var length = 0

    /// How many fields the record has.
    public internal(set) var count = 0
    /// Where the record begins.
    public internal(set) var position = CSVPosition()
    /// How many physical lines the record takes up: 1 plus the line breaks in quoted fields.
    public internal(set) var lineCount = 1

    @usableFromInline static let quotedFlag = 1
    @usableFromInline static let textAfterQuoteFlag = 2

    /// A record without fields, to be filled by a reader.
    public init() {
        storage = []
        ends = []
    }

    /// A record of given fields, none of them quoted.
    public init(_ fields: [String], position: CSVPosition = CSVPosition()) {
        self.init()
        for field in fields {
            storage.append(contentsOf: field.utf8)
            ends.append(storage.count << 2)
        }
        count = fields.count
        length = storage.count
        self.position = position
    }

    /// The content of all fields, end to end, as UTF-8. A copy: ``withField(_:_:)`` makes none.
    public var bytes: [UInt8] { Array(storage[..<length]) }

    /// Where field `i` (from 0) stands in ``bytes``.
    @inlinable public func range(of i: Int) -> Range<Int> {
        precondition(i >= 0 && i < count, "the record has no such field")
        return (i == 0 ? 0 : ends[i - 1] >> 2)..<(ends[i] >> 2)
    }

    /// Gives the UTF-8 bytes of field `i` (from 0) to `body`, without copying them.
    @inlinable public func withField<R>(
        _ i: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) rethrows -> R {
        let range = range(of: i)
        return try storage.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Field `i` (from 0) as a string.
    public func string(_ i: Int) -> String {
        withField(i) { String(decoding: $0, as: UTF8.self) }
    }

    /// All fields as strings.
    public var strings: [String] { (0..<count).map(string) }

    /// Whether field `i` (from 0) began with a quote.
    @inlinable public func isQuoted(_ i: Int) -> Bool {
        precondition(i >= 0 && i < count, "the record has no such field")
        return ends[i] & Self.quotedFlag != 0
    }

    /// Whether anything but white space stood between the closing quote of field `i` and the next
    /// delimiter, as in `"abc"def`. The text is kept (`abcdef`), but the quotes are suspect.
    @inlinable public func hasTextAfterQuote(_ i: Int) -> Bool {
        precondition(i >= 0 && i < count, "the record has no such field")
        return ends[i] & Self.textAfterQuoteFlag != 0
    }

    /// Whether all fields are empty or only (ASCII) white space.
    public var isBlank: Bool {
        storage.withUnsafeBufferPointer { buffer in
            for index in 0..<length where !buffer[index].isWhiteSpace { return false }
            return true
        }
    }
}
