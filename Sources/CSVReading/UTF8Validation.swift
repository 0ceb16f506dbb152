/// Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF (Unicode 16, table 3-7).
enum UTF8Validation {
    enum Ending: Sendable, Hashable {
        /// All of the text is valid.
        case complete
        /// The text ends within a character that is valid so far.
        case incomplete
        /// The byte after the valid part can't begin or doesn't continue a character.
        case invalid
    }

    /// The length of the longest valid prefix of `text`, how it ends, and whether it holds more than ASCII.
    static func validPrefix(
        of text: UnsafeBufferPointer<UInt8>
    ) -> (length: Int, ending: Ending, isASCII: Bool) {
        guard let base = text.baseAddress else { return (0, .complete, true) }
        let raw = UnsafeRawPointer(base)
        let count = text.count
        var index = 0
        var isASCII = true
        while true {
            while index &+ 32 <= count {
                let a = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let b = raw.loadUnaligned(fromByteOffset: index &+ 8, as: UInt64.self)
                let c = raw.loadUnaligned(fromByteOffset: index &+ 16, as: UInt64.self)
                let d = raw.loadUnaligned(fromByteOffset: index &+ 24, as: UInt64.self)
                if (a | b | c | d) & 0x8080_8080_8080_8080 != 0 { break }
                index &+= 32
            }
            while index < count, base[index] < 0x80 { index &+= 1 }
            guard index < count else { return (index, .complete, isASCII) }
            let length = characterLength(base + index, available: count - index)
            guard length > 0 else { return (index, length == 0 ? .incomplete : .invalid, isASCII) }
            isASCII = false
            index += length
        }
    }

    /// The length of the multi-byte character at `bytes`; 0 if it is cut off; -1 if it is none.
    private static func characterLength(_ bytes: UnsafePointer<UInt8>, available: Int) -> Int {
        let lead = bytes[0]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return -1
        }
        if available > 1, !second.contains(bytes[1]) { return -1 }
        if available > 2, length > 2, bytes[2] & 0xC0 != 0x80 { return -1 }
        if available > 3, length > 3, bytes[3] & 0xC0 != 0x80 { return -1 }
        return available >= length ? length : 0
    }
}
