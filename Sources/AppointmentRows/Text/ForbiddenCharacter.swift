/// A character that XML 1.0 can't carry, not even escaped, so that a note with it would break its whole batch:
/// control characters but tab and line breaks, U+FFFE and U+FFFF.
struct ForbiddenCharacter: Equatable {
    var scalar: UInt32
    /// Which character of the text it is, from 1.
    var number: Int

    /// `U+0000`
    var name: String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Whether a text may have one: a quick look that is sure where it says no.
    @inline(__always)
    static func isPossible(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var suspects: UInt8 = 0
        // Without a branch, so that it runs on many bytes at once.
        for byte in bytes { suspects |= (byte < 0x20 ? 1 : 0) | (byte == 0xEF ? 1 : 0) }
        return suspects != 0
    }

    /// The first one of a valid UTF-8 text.
    static func first(in bytes: UnsafeBufferPointer<UInt8>) -> ForbiddenCharacter? {
        var number = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte & 0xC0 != 0x80 { number += 1 }
            if byte < 0x20, byte != 9, byte != 10, byte != 13 {
                return ForbiddenCharacter(scalar: UInt32(byte), number: number)
            }
            if byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE {
                return ForbiddenCharacter(scalar: 0xFF40 | UInt32(bytes[index + 2]), number: number)
            }
            index += 1
        }
        return nil
    }
}
