import SystemFiles

/// A name or an attribute's value where the parser has it, in UTF-8: there only for as long as the call that brings it.
/// Most of them are compared with a word and forgotten, which needs no `String`.
package struct XMLToken {
    /// Its bytes.
    package let bytes: UnsafeBufferPointer<UInt8>

    init(_ start: UnsafePointer<CChar>) {
        bytes = UnsafeBufferPointer(
            start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self), count: strlen(start))
    }

    /// A copy that stays.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether it is this word, byte for byte.
    package static func == (token: XMLToken, word: StaticString) -> Bool {
        word.withUTF8Buffer { token.bytes.holds($0) }
    }

    /// Whether it is this word, the ASCII letters' case aside.
    ///
    /// - Parameter word: in lower case.
    func isWord(_ word: StaticString) -> Bool {
        guard bytes.count == word.utf8CodeUnitCount else { return false }
        for (index, byte) in bytes.enumerated() {
            let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            if (isCapital ? byte | 0x20 : byte) != word.utf8Start[index] { return false }
        }
        return true
    }
}

/// An element's attributes where the parser has them, in order.
package struct XMLAttributes: Sequence {
    private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        self.list = list
    }

    /// Goes through them.
    package struct Iterator: IteratorProtocol {
        fileprivate var place: UnsafeMutablePointer<UnsafePointer<CChar>?>?

        /// The next one; nil behind the last.
        package mutating func next() -> (name: XMLToken, value: XMLToken)? {
            guard let place, let name = place[0], let value = place[1] else { return nil }
            self.place = place + 2
            return (XMLToken(name), XMLToken(value))
        }
    }

    /// An iterator before the first one.
    package func makeIterator() -> Iterator { Iterator(place: list) }

    /// The value of the first one with this name, byte for byte.
    func first(_ name: StaticString) -> XMLToken? {
        for attribute in self where attribute.name == name { return attribute.value }
        return nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether these are the same bytes.
    func holds(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count, let start = baseAddress, let otherStart = other.baseAddress else {
            return count == other.count
        }
        return memcmp(start, otherStart, count) == 0
    }
}
