/// Words that are known, and texts without spaces taken apart into them: `jobstatusname` is `job`, `status`, `name`.
///
/// Every file's header goes through several of them, so the words are kept as a tree of their letters: most names fail
/// at their first few.
struct Vocabulary: Sendable {
    /// A letter, as a byte of UTF-8, behind those above it in the tree.
    private struct Node {
        let letter: UInt8
        /// Whether a word ends with it.
        var isEnd = false
        /// The first node of those that may follow, and the next of those that may stand in its place; 0 for none.
        var following: UInt16 = 0
        var alternative: UInt16 = 0
    }

    private var nodes = [Node(letter: 0)]

    /// The words of several lists.
    init(_ lists: [Set<String>]) {
        for word in lists.joined() { insert(word) }
    }

    private mutating func insert(_ word: String) {
        var place = 0
        for letter in word.utf8 {
            if let next = child(of: place, letter) {
                place = next
                continue
            }
            nodes.append(Node(letter: letter))
            nodes[nodes.count - 1].alternative = nodes[place].following
            nodes[place].following = UInt16(nodes.count - 1)
            place = nodes.count - 1
        }
        nodes[place].isEnd = true
    }

    private func child(of place: Int, _ letter: UInt8) -> Int? {
        var next = Int(nodes[place].following)
        while next != 0 {
            if nodes[next].letter == letter { return next }
            next = Int(nodes[next].alternative)
        }
        return nil
    }

    /// The words, the longest first where there is a choice; nil where the text has anything else in it.
    func split(_ text: String) -> [String]? {
        var text = text
        // An accent may be a scalar of its own: the words have it as the letter's.
        if text.utf8.contains(where: { $0 >= 0x80 }) { text = text.replacing("\u{E9}", with: "\u{E9}") }
        return text.withUTF8 { letters in
            guard (1...80).contains(letters.count) else { return nil }
            /// Where what follows is known not to be words.
            var deadEnds: Set<Int> = []
            return words(letters, from: 0, &deadEnds)
        }
    }

    private func words(
        _ letters: UnsafeBufferPointer<UInt8>, from start: Int, _ deadEnds: inout Set<Int>
    ) -> [String]? {
        if start == letters.count { return [] }
        if deadEnds.contains(start) { return nil }
        var place = 0
        var ends: [Int] = []
        for index in start..<letters.count {
            guard let next = child(of: place, letters[index]) else { break }
            place = next
            if nodes[next].isEnd { ends.append(index + 1) }
        }
        for end in ends.reversed() {
            guard let rest = words(letters, from: end, &deadEnds) else { continue }
            return [String(decoding: letters[start..<end], as: UTF8.self)] + rest
        }
        deadEnds.insert(start)
        return nil
    }
}
