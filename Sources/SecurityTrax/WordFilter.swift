/// Tells of each place in a text whether one of some words may begin there, by what its first bytes can be: four
/// look-ups a place, whatever the number of words. It finds every word, and at times something that is none.
struct WordFilter {
    /// The bytes that are looked at.
    static let length = 4

    /// For each byte a bit for every group of words that has it first, second and so on: one table behind the other.
    private let groups: [UInt8]

    /// - Parameter words: what each byte of each word can be.
    /// - Returns: nil where a word is shorter than ``length``.
    init?(_ words: [[[UInt8]]]) {
        var groups = [UInt8](repeating: 0, count: Self.length << 8)
        for (number, word) in words.enumerated() {
            guard word.count >= Self.length else { return nil }
            for place in 0..<Self.length {
                for byte in word[place] { groups[place << 8 | Int(byte)] |= 1 << UInt8(number % 8) }
            }
        }
        self.groups = groups
    }

    /// Whether the beginning of a word may end with the byte at this place.
    @inline(__always)
    func mayEnd(at index: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        if index < Self.length - 1 { return false }
        return groups.withUnsafeBufferPointer { groups in
            var common: UInt8 = .max
            for place in 0..<Self.length {
                common &= groups[place << 8 | Int(text[index - (Self.length - 1) + place])]
            }
            return common != 0
        }
    }
}
