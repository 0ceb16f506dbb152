/// Names of columns that say who goes: too many to be listed, since each program has words of its own beside
/// "technician".
enum TechnicianColumnName {
    /// Which technician of a visit a column names.
    enum Place: Equatable {
        /// The one who goes, or all of them in one field.
        case first
        /// Somebody who goes along: `Technician 2`, `Helper`.
        case further
    }

    /// What a name says; nil where it is of something else: `Technician Phone`, `Tech Notes`, `# of Techs`.
    static func place(_ name: String) -> Place? {
        var hasPerson = false
        var isFurther = false
        var hasCompany = false
        let words = words(of: name)
        for word in words {
            if isPerson(word) {
                hasPerson = true
            } else if companions.contains(word) {
                (hasPerson, isFurther) = (true, true)
            } else if further.contains(word) {
                isFurther = true
            } else if company.contains(word) {
                hasCompany = true
            } else if !others.contains(word) {
                return nil
            }
        }
        // Beside a technician, anybody else who is assigned is one more: `Also Assigned`, `Crew Member 2`.
        guard hasPerson || isFurther && hasCompany, !isCount(words) else { return nil }
        return isFurther ? .further : .first
    }

    /// Whether a name is of all who go: `Crew`, `Team Members`, `All Techs`.
    static func isCompany(_ name: String) -> Bool {
        let words = words(of: name)
        return words.contains { together.contains($0) || isPerson($0) }
            && words.allSatisfy {
                together.contains($0) || beside.contains($0) || others.contains($0) || company.contains($0)
                    || isPerson($0)
            }
            && !isCount(words)
    }

    /// Whether a name is of technicians, and of no others who work there.
    static func saysTechnician(_ name: String) -> Bool { words(of: name).contains(where: isPerson) }

    /// Whether a name, as a key, asks for a technician instead of naming one: `Tech Required`. With `TechID` before it, that
    /// word marks a column that must be filled in.
    static func isNeed(_ key: String) -> Bool {
        ["required", "mandatory"].contains { word in
            key.hasSuffix(word) && !["id", "ids", "name", "*", ":"].contains { key.hasSuffix($0 + word) }
        }
    }

    /// Whether words say how many technicians go, and nothing of who: `# of Techs`, `Techs Needed`.
    private static func isCount(_ words: [String]) -> Bool {
        guard
            let person = words.firstIndex(where: { isPerson($0) || $0 == "crew" || companions.contains($0) })
        else { return false }
        if words.contains(where: counts.contains) { return true }
        // `No. of Techs`, `# Techs`; `Tech No.` and `Tech ID #` are IDs, and so are the `Tech Numbers` of several.
        let isBefore = words[..<person].contains(where: numbers.contains)
        let last = words.last ?? ""
        let isBehind = plurals.contains(words[person]) && person < words.count - 1 && numbers.contains(last)
        return words.contains("of") && isBefore
            || !words.contains(where: ids.contains) && (isBefore || isBehind)
    }

    /// The words of a name in lower case; those that were joined are taken apart: `NumberOfTechs`.
    private static func words(of name: String) -> [String] {
        var spaced = ""
        var wasLower = false
        for character in name {
            if character == "#" {
                spaced += " # "
            } else {
                if wasLower, character.isUppercase { spaced.append(" ") }
                spaced.append(character)
            }
            wasLower = character.isLowercase
        }
        return spaced.lowercased().replacing("ride-along", with: "ridealong")
            .replacing("ride along", with: "ridealong")
            .split { !$0.isLetter && !$0.isNumber && $0 != "#" }.map(String.init)
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

    private static let people = plurals.union([
        "tech", "techid", "techids", "techname", "technames", "technician", "technicianid", "technicianids",
        "technicianname", "techniciannames", "installer",
    ])
    private static let plurals: Set<String> = ["techs", "technicians", "installers", "employees"]
    private static let others: Set<String> = [
        "id", "ids", "name", "names", "no", "num", "number", "numbers", "nos", "#", "s", "es", "assigned",
        "primary", "lead", "main", "first", "1", "service", "field", "scheduled", "sched", "the", "of",
        "full", "dispatched", "to", "user",
    ]
    private static let further: Set<String> = [
        "second", "secondary", "2nd", "2", "third", "3rd", "3", "fourth", "4th", "4", "additional",
        "additionally", "other", "others", "extra", "also", "more", "backup", "support", "supporting", "co",
        "junior",
    ]
    /// Who goes along with a technician by what they are called alone.
    private static let companions: Set<String> = [
        "helper", "helpers", "apprentice", "apprentices", "trainee", "trainees", "assistant", "assistants",
        "ridealong", "ridealongs", "shadow", "shadowing", "cotech", "cotechs", "cotechnician", "coinstaller",
    ]
    /// Who is one more only behind a word that says so.
    private static let company: Set<String> = [
        "assigned", "assignee", "assignees", "crew", "staff", "employee", "worker", "workers", "member",
        "members", "man", "driver",
    ]
    private static let together: Set<String> = ["crew", "crews", "members", "assignees"]
    /// What may stand beside them.
    private static let beside: Set<String> = ["team", "all", "list", "on", "job", "and"]
    private static let numbers: Set<String> = ["#", "no", "num", "number", "nbr"]
    private static let ids: Set<String> = ["id", "ids", "techid", "techids", "technicianid", "technicianids"]
    private static let counts: Set<String> = [
        "count", "counts", "required", "req", "reqd", "needed", "need", "needs", "qty", "quantity", "size",
        "total", "max", "min", "many", "headcount",
    ]
}
