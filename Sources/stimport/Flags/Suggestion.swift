import AppointmentRows

/// "Did you mean …?"
enum Suggestion {
    /// The candidate that was most likely meant: the same but for case and
    /// separators, one that begins with what was typed, or one with few slips.
    static func closest(to typed: String, among candidates: some Sequence<String>) -> String? {
        let plain = folded(typed)
        guard !plain.isEmpty, plain.count <= 64 else { return nil }
        var best: (candidate: String, distance: Int)?
        var beginning: [String] = []
        for candidate in candidates {
            let name = folded(candidate)
            if name == plain { return candidate }
            if plain.count >= 3, name.starts(with: plain) { beginning.append(candidate) }
            let distance = distance(plain, name)
            if distance <= max(1, min(3, plain.count / 3)), distance < (best?.distance ?? .max) {
                best = (candidate, distance)
            }
        }
        return beginning.count == 1 ? beginning[0] : best?.candidate ?? beginning.first
    }

    private static func folded(_ text: String) -> [Character] {
        text.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
    }

    /// How many characters must be inserted, deleted, replaced or swapped with their neighbour.
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var current = [i + 1]
            for (j, other) in right.enumerated() {
                var cost = min(previous[j + 1], current[j]) + 1
                cost = min(cost, previous[j] + (character == other ? 0 : 1))
                if i > 0, j > 0, character == right[j - 1], left[i - 1] == other {
                    cost = min(cost, before[j - 1] + 1)
                }
                current.append(cost)
            }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
