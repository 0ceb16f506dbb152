/// Names of columns that say who goes: too many to be listed, since each program has words of its own beside
/// "technician".
enum TechnicianColumnName {
    /// Which technician of a visit a column names.
    enum Place: Equatable {
        /// The one who goes, or all of them in one field.
        case first
        /// Somebody who goes along: `Technician 2`.
        case further
    }

    /// What a name says; nil where it is of something else: `Technician Phone`, `Tech Notes`.
    static func place(_ name: String) -> Place? {
        var hasPerson = false
        var place = Place.first
        for word in words(of: name) {
            if isPerson(word) {
                hasPerson = true
            } else if further.contains(word) {
                place = .further
            } else if !others.contains(word) {
                return nil
            }
        }
        return hasPerson ? place : nil
    }

    private static func words(of name: String) -> [String] {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func isPerson(_ word: String) -> Bool {
        if people.contains(word) { return true }
        // `Technican`, `Technitian`: a slip within a long word.
        guard word.count >= 8, word.hasPrefix("tec") || word.hasPrefix("insta"),
            let match = Suggestion.match(
                to: word,
                among: ["technician", "technicians", "installer", "installers"].map {
                    Suggestion.Candidate($0)
                })
        else { return false }
        return match.distance <= 2
    }

    private static let people: Set<String> = [
        "tech", "techs", "techid", "techids", "techname", "technames", "technician", "technicians",
        "technicianid",
        "technicianids", "technicianname", "techniciannames", "installer", "installers", "employees",
    ]
    private static let others: Set<String> = [
        "id", "ids", "name", "names", "no", "num", "number", "numbers", "s", "es", "assigned", "primary",
        "lead", "main",
        "first", "1", "service", "field", "scheduled", "sched", "the", "of", "full", "dispatched", "to",
        "user",
    ]
    private static let further: Set<String> = [
        "second", "secondary", "2nd", "2", "third", "3rd", "3", "4", "additional", "other", "extra", "helper",
        "assistant",
        "backup", "support",
    ]
}
