/// A set of appointments' IDs, a bit for each: most IDs of a ledger are one after the other.
struct IDBits {
    private var words: [UInt64] = []

    /// Whether an ID is in the set.
    func contains(_ id: Int) -> Bool {
        id >> 6 < words.count && words[id >> 6] & 1 << UInt64(id & 63) != 0
    }

    /// Puts an ID, at least 0, into the set.
    mutating func insert(_ id: Int) {
        let word = id >> 6
        if word >= words.count {
            words += repeatElement(0, count: max(word + 1 - words.count, words.count))
        }
        words[word] |= 1 << UInt64(id & 63)
    }
}
