/// A hash that is the same in every process and on every machine (FNV-1a, 64 bits): for what is stored. It tells apart
/// what differs by chance, not what somebody made to look the same.
package struct StableHash: Sendable, Hashable {
    /// The hash of what was combined so far.
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Of nothing yet.
    package init() {}

    /// Adds a text, and an end to it that no text has.
    package mutating func combine(_ text: String) {
        for byte in text.utf8 { combine(byte) }
        combine(0x1F)
    }

    private mutating func combine(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
    }

    /// A number as hexadecimal digits, as many as it takes for all of its kind.
    package static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
