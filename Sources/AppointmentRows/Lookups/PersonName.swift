import SecurityTrax

/// The words of a person's or a business's name, as they are compared: without accents, letter case, marks, titles and
/// legal forms.
struct PersonName: Equatable {
    /// Lower-case letters and digits, in the order of the text.
    let words: [String]
    /// Whether each of them may be a given name: those have short forms, surnames have not.
    let mayBeGiven: [Bool]

    /// A name as one text, in whatever order its words are: where there is a comma, the given names stand behind it.
    init(_ text: String) {
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        // `Whitaker Dental, Inc.`, `Tom Okafor, Jr.`
        guard parts.count == 2, Self.words(of: parts[1]).contains(where: { !Self.fillers.contains($0) })
        else {
            self.init(Self.words(of: text[...]).map { ($0, true) })
            return
        }
        self.init(Self.words(of: parts[0]).map { ($0, false) } + Self.words(of: parts[1]).map { ($0, true) })
    }

    /// A name in two parts. Where one of them is all there is, its last word is taken for the surname.
    init(given: String, family: String) {
        let (first, last) = (Self.words(of: given[...]), Self.words(of: family[...]))
        if first.isEmpty || last.isEmpty, !(given + family).contains(",") {
            let words = Self.telling(first + last)
            self.init(words.enumerated().map { ($1, words.count == 1 || $0 + 1 < words.count) })
        } else if first.isEmpty || last.isEmpty {
            self.init(given + family)
        } else {
            self.init(first.map { ($0, true) } + last.map { ($0, false) })
        }
    }

    /// The name of a business: no word of it has a short form.
    init(business: String) {
        self.init(Self.words(of: business[...]).map { ($0, false) })
    }

    /// - Parameter words: each with whether it may be a given name.
    private init(_ words: [(String, Bool)]) {
        let telling = words.filter { !Self.fillers.contains($0.0) }
        let kept = telling.isEmpty ? words : telling
        self.words = kept.map(\.0)
        mayBeGiven = kept.map(\.1)
    }

    private static func telling(_ words: [String]) -> [String] {
        let telling = words.filter { !fillers.contains($0) }
        return telling.isEmpty ? words : telling
    }

    private static func words(of text: Substring) -> [String] {
        // O'Brien is one word, Anne-Marie two. Two ways, because ß is ss in capitals only, and ẞ not even there.
        let folded = withoutAccents(String(text)).lowercased().uppercased().lowercased()
        let plain = folded.filter { !"'’‘`´.".contains($0) }
        return plain.split { !$0.isLetter && !$0.isNumber }.map(String.init)
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

    /// Whether two words are one name: alike but for slips, an initial and its name, or, of given names, a short form that
    /// the other begins with (Dan, Daniel; three letters at the least).
    static func isAlike(_ left: String, _ right: String, areGiven: Bool) -> Bool {
        if left == right { return true }
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        if short.allSatisfy(\.isLetter), long.allSatisfy(\.isLetter), long.hasPrefix(short) {
            if short.count == 1 { return true }
            if areGiven, short.count >= 3, !isSurname(long, from: short) { return true }
        }
        let allowed = allowedSlips(left, right)
        guard allowed > 0, long.count - short.count <= allowed else { return false }
        return Suggestion.distance(Array(left.utf8), Array(right.utf8)) <= allowed
    }

    /// Whether a word that begins with a given name is a surname that was made of it: `Johnson`, `Williams`, `Alvarez`.
    private static func isSurname(_ word: String, from given: String) -> Bool {
        let ending = String(word.dropFirst(given.count))
        if given.count >= 4, ["ston", "stone", "stein", "berg"].contains(ending) { return true }
        // `James`, `Jameson`
        if given.hasSuffix("s"), ["on", "en"].contains(ending) { return true }
        return ["s", "son", "sen", "sson", "es", "ez", "ski", "sky", "ov", "ovic", "man", "mann"].contains(
            ending)
    }

    /// Whether all words of the shorter name are in the longer one, each of them once, in whatever order; or both are
    /// the same letters in one piece (Mc Donald, McDonald).
    ///
    /// - Parameter share: how much of the longer name's letters must be met, 0...1.
    func isAlike(_ other: PersonName, share: Double = 0) -> Bool {
        if words.isEmpty || other.words.isEmpty { return false }
        if isOnePiece(other) { return true }
        let (short, long) = words.count <= other.words.count ? (self, other) : (other, self)
        var left = Array(long.words.indices)
        var met = 0
        // Long words first, so that an initial never takes a whole name's place.
        for index in short.words.indices.sorted(by: { short.words[$0].count > short.words[$1].count }) {
            let word = short.words[index]
            let place =
                left.firstIndex { long.words[$0] == word }
                ?? left.firstIndex { other in
                    Self.isAlike(
                        word, long.words[other], areGiven: short.mayBeGiven[index] && long.mayBeGiven[other])
                }
            guard let place else { return false }
            met += long.words[left[place]].count
            left.remove(at: place)
        }
        return Double(met) >= share * Double(long.words.reduce(0) { $0 + $1.count })
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
