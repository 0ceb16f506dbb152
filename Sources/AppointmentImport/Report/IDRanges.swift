/// IDs of appointments as people write and read them: `31-35, 40`. The only place that knows the form.
package enum IDRanges {
    /// How many IDs one range may stand for: a slip of the finger must not fill the memory.
    private static let longest = 100_000

    /// The IDs of `31` or `31-35`, the first one first; nil where the text is something else.
    package static func read(_ text: Substring) -> [Int]? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
        guard let first = id(parts[0]) else { return nil }
        if parts.count == 1 { return [first] }
        guard parts.count == 2, let last = id(parts[1]), last >= first, last - first < longest else {
            return nil
        }
        return Array(first...last)
    }

    /// Whether a word can only be meant as IDs: digits, and what stands between them.
    package static func isLikely(_ word: String) -> Bool {
        guard let first = word.first, isDigit(first) else { return false }
        return word.allSatisfy { isDigit($0) || $0 == "," || $0 == "-" || $0 == "–" }
    }

    /// The IDs in words, in their order by number: `31-33, 35`.
    ///
    /// - Parameter separator: what stands between them; a blank for the command line.
    package static func text(_ ids: some Sequence<Int>, separator: String = ", ") -> String {
        var ranges: [ClosedRange<Int>] = []
        for id in ids.sorted() {
            if let last = ranges.last, id <= last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...max(id, last.upperBound)
            } else {
                ranges.append(id...id)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: separator)
    }

    private static func id(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.allSatisfy(isDigit), let value = Int(text), value > 0 else { return nil }
        return value
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
