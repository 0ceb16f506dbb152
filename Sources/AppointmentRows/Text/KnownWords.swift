/// Takes a text without spaces apart into words that are known: `jobstatusname` is `job`, `status`, `name`.
enum KnownWords {
    /// The words, the longest first where there is a choice; nil where the text has anything else in it.
    static func split(_ text: some StringProtocol, into vocabulary: Set<String>) -> [String]? {
        let characters = Array(text)
        guard (1...80).contains(characters.count) else { return nil }
        let longest = min(characters.count, vocabulary.reduce(0) { max($0, $1.count) })
        /// Where what follows is known not to be words.
        var deadEnds: Set<Int> = []
        func words(from start: Int) -> [String]? {
            if start == characters.count { return [] }
            if deadEnds.contains(start) { return nil }
            for length in stride(from: min(longest, characters.count - start), to: 0, by: -1) {
                let word = String(characters[start..<start + length])
                if vocabulary.contains(word), let rest = words(from: start + length) { return [word] + rest }
            }
            deadEnds.insert(start)
            return nil
        }
        return words(from: 0)
    }
}
