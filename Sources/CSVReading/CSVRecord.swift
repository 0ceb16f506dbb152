/// One record: the content of its fields, one behind the other in one buffer that is reused from record to record.
public struct CSVRecord: Sendable {
    /// The content, then room that is reused; ``length`` bytes of it count.
    @usableFromInline var storage: [UInt8]
    /// Where each field ends in `storage`, shifted left by two, and its flags in the two lowest bits.
    @usableFromInline var ends: [Int]
    @usableFromInline var length = 0
    /// How many bytes stand between two fields in `storage`: none, or the delimiter where the record was taken as it
    /// stands.
    @usableFromInline var gap = 0

    /// How many fields the record has.
    public internal(set) var count = 0
    /// Where the record begins.
    public internal(set) var position = CSVPosition()
    /// How many physical lines the record takes up: 1 plus the line breaks in quoted fields.
    public internal(set) var lineCount = 1

    /// Whether the input ended behind it without a line break: it may have been cut off there.
    public internal(set) var isUnterminated = false

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

    /// Gives the room for content and for the ends of fields to `body`.
    @inline(__always)
    mutating func withRoom<R>(
        _ body: (UnsafeMutableBufferPointer<UInt8>, UnsafeMutableBufferPointer<Int>) -> R
    ) -> R {
        storage.withUnsafeMutableBufferPointer { storage in
            ends.withUnsafeMutableBufferPointer { ends in body(storage, ends) }
        }
    }

    /// The content of all fields, end to end, as UTF-8. A copy: ``withField(_:_:)`` makes none.
    public var bytes: [UInt8] {
        gap == 0 ? Array(storage[..<length]) : (0..<count).flatMap { storage[place(of: $0)] }
    }

    /// Where field `i` (from 0) stands in ``bytes``.
    public func range(of i: Int) -> Range<Int> {
        let place = place(of: i)
        return (place.lowerBound - i * gap)..<(place.upperBound - i * gap)
    }

    /// Where field `i` (from 0) stands in `storage`.
    @inlinable func place(of i: Int) -> Range<Int> {
        precondition(i >= 0 && i < count, "the record has no such field")
        return (i == 0 ? 0 : ends[i - 1] >> 2 + gap)..<(ends[i] >> 2)
    }

    /// Gives the UTF-8 bytes of field `i` (from 0) to `body`, without copying them.
    @inlinable public func withField<R>(
        _ i: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) rethrows -> R {
        let place = place(of: i)
        return try storage.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[place])) }
    }

    /// The fields of a record, for as long as ``withFields(_:)`` gives them.
    public struct Fields {
        @usableFromInline let storage: UnsafePointer<UInt8>
        @usableFromInline let ends: UnsafePointer<Int>
        @usableFromInline let length: Int
        @usableFromInline let gap: Int
        /// How many there are.
        public let count: Int

        @inlinable init(
            storage: UnsafePointer<UInt8>, ends: UnsafePointer<Int>, length: Int, gap: Int, count: Int
        ) {
            self.storage = storage
            self.ends = ends
            self.length = length
            self.gap = gap
            self.count = count
        }

        /// The UTF-8 bytes of field `i` (from 0).
        @inlinable public subscript(i: Int) -> UnsafeBufferPointer<UInt8> {
            precondition(i >= 0 && i < count, "the record has no such field")
            let start = i == 0 ? 0 : ends[i &- 1] >> 2 &+ gap
            return UnsafeBufferPointer(start: storage + start, count: ends[i] >> 2 &- start)
        }

        /// The bytes of all fields, perhaps with the delimiters between them.
        @inlinable public var content: UnsafeBufferPointer<UInt8> {
            UnsafeBufferPointer(start: storage, count: length)
        }

        /// Whether ``CSVRecord/hasTextAfterQuote(_:)`` holds for any of them.
        @inlinable public var hasTextAfterQuote: Bool {
            var flags = 0
            for i in 0..<count { flags |= ends[i] }
            return flags & CSVRecord.textAfterQuoteFlag != 0
        }
    }

    /// Gives all fields to `body`, without copying them.
    ///
    /// - Precondition: the record has a field.
    @inlinable public func withFields<R>(_ body: (Fields) throws -> R) rethrows -> R {
        try storage.withUnsafeBufferPointer { storage in
            try ends.withUnsafeBufferPointer { ends in
                guard let storage = storage.baseAddress, let ends = ends.baseAddress else {
                    preconditionFailure("the record has no field")
                }
                return try body(Fields(storage: storage, ends: ends, length: length, gap: gap, count: count))
            }
        }
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

    /// Adds empty fields behind the others, up to a count.
    public mutating func pad(to wanted: Int) {
        while count < wanted {
            let end = count == 0 ? 0 : ends[count - 1] >> 2 + gap
            while storage.count < end { storage.append(0) }
            if ends.count > count { ends[count] = end << 2 } else { ends.append(end << 2) }
            count += 1
        }
    }

    /// Whether all fields are empty or only (ASCII) white space.
    public var isBlank: Bool {
        for field in 0..<count where !withField(field, { $0.allSatisfy(\.isWhiteSpace) }) { return false }
        return true
    }
}
