/// "Did you mean …?": the closest of some names by edit distance.
package enum Suggestion {
    /// A name that may be meant.
    struct Candidate: Sendable {
        var name: String
        /// What is compared: see `nameKey`.
        var key: [UInt8]

        init(_ name: String) {
            self.name = name
            key = Array(nameKey(name).utf8.prefix(64))
        }
    }

    /// The name that is closest to `text` and close enough to be meant, or nil.
    ///
    /// Names are compared by their keys, as columns are. Close enough is one slip in three letters, or one name
    /// that holds the other (`Installation`).
    static func closest(to text: String, among candidates: [Candidate]) -> String? {
        match(to: text, among: candidates)?.name
    }

    /// The closest name as above, with its distance: slips, or 64 and more where one name only holds the other.
    static func match(to text: String, among candidates: [Candidate]) -> (distance: Int, name: String)? {
        let key = Candidate(Wording.shortened(text)).key
        guard !key.isEmpty else { return nil }
        var best: (distance: Int, name: String)?
        for candidate in candidates where !candidate.key.isEmpty {
            let other = candidate.key
            let allowed = max(1, max(key.count, other.count) / 3)
            // The difference of the lengths is the least distance.
            var distance = abs(key.count - other.count)
            if distance <= allowed { distance = Self.distance(key, other) }
            if distance > allowed {
                // One inside the other is meant too, but less surely than a slip.
                let (shorter, longer) = key.count < other.count ? (key, other) : (other, key)
                guard shorter.count >= 4, contains(longer, shorter) else { continue }
                distance = 64 + longer.count - shorter.count
            }
            if best.map({ distance < $0.distance }) ?? true { best = (distance, candidate.name) }
        }
        return best
    }

    /// As above, for a few names.
    package static func closest(to text: String, among names: [String]) -> String? {
        closest(to: text, among: names.map { Candidate($0) })
    }

    /// The question whether the closest of a few names is meant, to go before what else may be done; empty where none is
    /// close.
    static func question(about text: String, among names: [String]) -> String {
        closest(to: text, among: names).map { "did you mean \($0)? " } ?? ""
    }

    /// The word of a command line that is closest to `text`, or nil: the same but for case and separators, the only
    /// one that begins with it, or one with few slips.
    package static func closestWord(to text: String, among words: some Sequence<String>) -> String? {
        let key = Candidate(text).key
        guard !key.isEmpty, key.count < 64 else { return nil }
        var best: (distance: Int, word: String)?
        var beginning: [String] = []
        for word in words {
            let other = Candidate(word).key
            if other == key { return word }
            if key.count >= 3, other.starts(with: key) { beginning.append(word) }
            let distance = distance(key, other)
            if distance <= max(1, min(3, key.count / 3)), distance < (best?.distance ?? .max) {
                best = (distance, word)
            }
        }
        return beginning.count == 1 ? beginning[0] : best?.word ?? beginning.first
    }

    /// How many letters must be inserted, removed, replaced or swapped with their neighbour to turn one word into
    /// the other (optimal string alignment). Letters are bytes: that is exact for ASCII, and near enough otherwise.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        var row = last
        for i in 1...left.count {
            row[0] = i
            for j in 1...right.count {
                let cost = left[i - 1] == right[j - 1] ? 0 : 1
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard part.count <= text.count, let first = part.first else { return false }
        for start in 0...(text.count - part.count) where text[start] == first {
            var length = 1
            while length < part.count, text[start + length] == part[length] { length += 1 }
            if length == part.count { return true }
        }
        return false
    }
}
