import SecurityTrax

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
        XMLText.mayHoldForbidden(bytes)
    }

    /// The first one of a valid UTF-8 text.
    static func first(in bytes: UnsafeBufferPointer<UInt8>) -> ForbiddenCharacter? {
        XMLText.firstForbidden(in: bytes).map { ForbiddenCharacter(scalar: $0.scalar, number: $0.number) }
    }
}
