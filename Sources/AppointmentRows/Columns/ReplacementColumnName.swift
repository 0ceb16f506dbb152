/// Names of columns that say who goes instead of the technician of the row: `New Technician`, `Reassigned To`. Most rows have
/// nothing there.
enum ReplacementColumnName {
    /// How surely such a name is of somebody who goes instead.
    enum Certainty {
        /// Whatever stands there is.
        case sure
        /// Only a number or a name of the roster is: `Covered By` may hold a warranty, and `Current Technician` the name of
        /// the one whose number the row has.
        case weak
    }

    /// How surely a name is one; nil where it is of something else: `Reassigned By`, `New Technician Phone`.
    static func certainty(_ name: String) -> Certainty? {
        let words = words(of: name)
        let key = words.joined()
        if surePhrases.contains(key) { return .sure }
        if weakPhrases.contains(key) { return .weak }
        guard
            words.allSatisfy({ isPerson($0) || changes.contains($0) || now.contains($0) || glue.contains($0) }
            ),
            words.contains(where: isPerson)
        else { return nil }
        if words.contains(where: changes.contains) { return .sure }
        return words.contains(where: now.contains) ? .weak : nil
    }

    /// The words of a name; those of two parts as one.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        for word in NameWords.split(name) {
            if words.last == "re", word.hasPrefix("assign") || word.hasPrefix("alloc") {
                words[words.count - 1] += word
            } else {
                words.append(word)
            }
        }
        return words
    }

    private static func isPerson(_ word: String) -> Bool {
        people.contains(word) || TechnicianColumnName.saysTechnician(word)
    }

    private static let people: Set<String> = [
        "employee", "staff", "driver", "crew", "worker", "engineer", "assignee", "installer", "assigned",
    ]
    private static let changes: Set<String> = [
        "new", "revised", "replacement", "replacing", "substitute", "reassigned", "reassign", "reassignment",
        "reallocated", "transferred", "covering", "swapped", "updated", "changed", "moved", "rescheduled",
        "override",
    ]
    /// What may be the technician of the row as well.
    private static let now: Set<String> = ["current", "actual", "final", "now", "present", "effective"]
    private static let glue: Set<String> = [
        "id", "ids", "name", "no", "num", "number", "nbr", "#", "to", "the", "appointment", "appt", "job",
        "visit",
        "if", "s",
    ]
    private static let surePhrases: Set<String> = [
        "reassignedto", "reassignto", "reassigned", "reallocatedto", "nowassignedto", "handedto",
        "handedoverto",
        "handoverto", "handedoffto", "reroutedto", "redispatchedto",
    ]
    private static let weakPhrases: Set<String> = [
        "transferredto", "transferto", "coveredby", "replacedby", "swappedwith", "swappedto", "substitute",
        "replacement", "givento", "passedto", "takenoverby",
    ]
}
