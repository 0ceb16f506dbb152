import SecurityTrax

/// The words of a person's or a business's name, as they are compared: without accents, letter case, marks, titles and
/// legal forms.
struct PersonName: Equatable {
    /// Lower-case letters and digits, in the order of the text.
    let words: [String]

    /// The words of these texts, one after the other.
    init(_ texts: String...) {
        var words: [String] = []
        for text in texts {
            // O'Brien is one word, Anne-Marie two. Two ways, because ß is ss in capitals only, and ẞ not even there.
            let folded = Self.withoutAccents(text).lowercased().uppercased().lowercased()
            let plain = folded.filter { !"'’‘`´.".contains($0) }
            words += plain.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        }
        let telling = words.filter { !Self.fillers.contains($0) }
        self.words = telling.isEmpty ? words : telling
    }

    /// The text without what stands above and below its letters, and letters of double width as the common ones.
    private static func withoutAccents(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var plain = String.UnicodeScalarView()
        for scalar in text.canonicallyDecomposed.unicodeScalars
        where scalar.properties.generalCategory != .nonspacingMark {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            plain.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(plain).canonicallyComposed
    }

    /// Words that say nothing of who it is.
    private static let fillers: Set<String> = [
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "jr", "sr", "ii", "iii", "iv", "and", "the",
        "of",
        "llc", "llp", "lp", "inc", "incorporated", "co", "corp", "corporation", "company", "ltd", "limited",
        "plc",
        "pc", "pllc", "dba",
    ]

    /// How many slips (a letter put in, left out, replaced, or swapped with its neighbour) two words may be apart and
    /// still be one name: none up to three letters, one up to seven, two from eight on. The longer word counts. Words
    /// with a digit in them allow none.
    static func allowedSlips(_ left: String, _ right: String) -> Int {
        if (left + right).contains(where: \.isNumber) { return 0 }
        return switch max(left.count, right.count) {
        case ...3: 0
        case 4...7: 1
        default: 2
        }
    }

    /// Whether two words are one name: alike but for slips, an initial and its name, or a short form that the other
    /// begins with (Dan, Daniel; three letters at the least).
    static func isAlike(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        if short.allSatisfy(\.isLetter), long.allSatisfy(\.isLetter), long.hasPrefix(short),
            short.count == 1 || short.count >= 3
        {
            return true
        }
        let allowed = allowedSlips(left, right)
        guard allowed > 0, long.count - short.count <= allowed else { return false }
        return Suggestion.distance(Array(left.utf8), Array(right.utf8)) <= allowed
    }

    /// Whether all words of the shorter name are in the longer one, each of them once, in whatever order; or both are
    /// the same letters in one piece (Mc Donald, McDonald).
    ///
    /// - Parameter share: how much of the longer name's letters must be met, 0...1.
    func isAlike(_ other: PersonName, share: Double = 0) -> Bool {
        if words.isEmpty || other.words.isEmpty { return false }
        if isOnePiece(other) { return true }
        let (short, long) = words.count <= other.words.count ? (words, other.words) : (other.words, words)
        var left = long
        var met = 0
        // Long words first, so that an initial never takes a whole name's place.
        for word in short.sorted(by: { $0.count > $1.count }) {
            let place = left.firstIndex(of: word) ?? left.firstIndex { Self.isAlike(word, $0) }
            guard let place else { return false }
            met += left[place].count
            left.remove(at: place)
        }
        return Double(met) >= share * Double(long.reduce(0) { $0 + $1.count })
    }

    /// Whether the letters are the same wherever the spaces are, the first word or words being last perhaps.
    private func isOnePiece(_ other: PersonName) -> Bool {
        let letters = other.words.joined()
        return words.indices.contains { (words[$0...] + words[..<$0]).joined() == letters }
            || other.words.indices.contains {
                (other.words[$0...] + other.words[..<$0]).joined() == words.joined()
            }
    }
}
