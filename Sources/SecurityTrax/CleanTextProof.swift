/// Proves of nearly every text of an answer, in one pass over its bytes, that no spelling of the secret stands in it: it
/// is in ASCII, without anything that could be an escape, and neither words nor encodings have room for the secret.
///
/// It says less than ``SecretScrubber`` knows, never more: whatever it can't prove is left to that.
struct CleanTextProof {
    /// What a byte is, in bits.
    private enum Class {
        /// No text with it is judged here: control characters, what is not ASCII, what begins an escape.
        static let other: UInt8 = 1
        /// A letter of base64, in either alphabet.
        static let base64: UInt8 = 2
        static let hexDigit: UInt8 = 4
        /// What may stand between the digits of a dump.
        static let betweenDigits: UInt8 = 8
        static let quote: UInt8 = 16
    }

    private static let classes: [UInt8] = (UInt8.min...UInt8.max).map { byte in
        if byte < 0x20 || byte > 0x7E || "%&+=\\".utf8.contains(byte) { return Class.other }
        var found: UInt8 = 0
        if SecretScrubber.base64Letter(byte) != nil { found |= Class.base64 }
        if SecretScrubber.isHexDigit(byte) { found |= Class.hexDigit }
        // Of `0x41` and `\x41` the mark is passed over, too.
        if SecretScrubber.standsBetweenDigits(byte) || byte | 0x20 == UInt8(ascii: "x") {
            found |= Class.betweenDigits
        }
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { found |= Class.quote }
        return found
    }

    private let words: WordFilter
    /// The fewest bytes that a spelling of the secret takes.
    private let shortest: Int
    /// Nil where neither digits nor what base64 says are looked at.
    private let fewestHexDigits: Int?

    /// - Parameters:
    ///   - words: what the secret looks like, in lower case where letter case is nothing to it.
    ///   - base64: the letters that it has in base64.
    ///   - shortest: the fewest characters that any spelling has.
    /// - Returns: nil where a word is too short to be told from others by its beginning.
    init?(words: [[UInt8]], base64: [[UInt8]], shortest: Int, fewestHexDigits: Int?) {
        guard
            let filter = WordFilter(
                words.map { $0.map(Self.bothCases) } + base64.map { $0.map(Self.bothAlphabets) })
        else { return nil }
        self.words = filter
        self.shortest = shortest
        self.fewestHexDigits = fewestHexDigits
    }

    private static func bothCases(_ byte: UInt8) -> [UInt8] {
        (0x61...0x7A).contains(byte) ? [byte, byte & ~0x20] : [byte]
    }

    private static func bothAlphabets(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "+"): [byte, UInt8(ascii: "-")]
        case UInt8(ascii: "/"): [byte, UInt8(ascii: "_")]
        default: [byte]
        }
    }

    /// Whether a text certainly holds no spelling of the secret and is on one line, without a space too many.
    func holds(for text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { holds(for: $0) } ?? false
    }

    private func holds(for text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = text.last else { return true }
        let space = UInt8(ascii: " ")
        // As one before the first, so that a text that begins with one has two.
        var before = space
        var digits = 0
        var letters = 0
        let fewestHexDigits = fewestHexDigits ?? .max
        return Self.classes.withUnsafeBufferPointer { classes in
            for index in text.indices {
                let byte = text[index]
                let found = classes[Int(byte)]
                if found & Class.other != 0 { return false }
                if byte == before, byte == space || found & Class.quote != 0 { return false }
                before = byte
                if found & Class.hexDigit != 0 {
                    digits += 1
                    if digits >= fewestHexDigits { return false }
                } else if found & Class.betweenDigits == 0 {
                    digits = 0
                }
                if found & Class.base64 != 0 {
                    letters += 1
                } else if letters > 0 {
                    if !saysNothing(text[(index - letters)..<index]) { return false }
                    letters = 0
                }
                if words.mayEnd(at: index, in: text) { return false }
            }
            return last != space && saysNothing(text[(text.count - letters)...])
        }
    }

    /// Whether letters of base64 are no text in which the secret would have room.
    private func saysNothing(_ letters: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        // Three bytes to four letters.
        if fewestHexDigits == nil || letters.count * 3 / 4 < shortest { return true }
        guard letters.count <= 64 else { return false }
        return SecretScrubber.base64Content(of: letters) == nil
    }
}
