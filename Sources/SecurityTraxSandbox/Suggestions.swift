/// Which of the known names a mistyped one may have meant.
enum Suggestions {
    /// The names within a third of the word's length, the nearest first, three at most.
    static func nearest(to word: String, among names: [String]) -> [String] {
        let limit = max(2, word.count / 3)
        let ranked = names.map { (name: $0, distance: distance(Array(word), Array($0))) }
            .filter { $0.distance <= limit || (word.count > 2 && $0.name.hasPrefix(word)) }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
        return ranked.prefix(3).map(\.name)
    }

    /// How many letters have to be put in, taken out or replaced.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.prefix(64).enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let value = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = value
            }
        }
        return row[right.count]
    }
}
