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
        var isStaff = false
        var isFirst = false
        let words = words(of: name)
        for (index, word) in words.enumerated() {
            if isPerson(word) {
                hasPerson = true
            } else if companions.contains(word) {
                (hasPerson, isFurther) = (true, true)
            } else if let number = number(word) {
                // The `A` of `Tech A` stands behind it.
                if word.count == 1, !word.allSatisfy(\.isNumber), index == 0 { return nil }
                if number > 1 { isFurther = true } else { isFirst = true }
            } else if further.contains(word) {
                isFurther = true
            } else if word == "assigned" && words.count == 2 && words.contains(where: { number($0) == 1 }) {
                isStaff = true
            } else if company.contains(word) {
                hasCompany = true
                isStaff = isStaff || staff.contains(word) || word == "member" && words.contains("crew")
            } else if !others.contains(word) {
                return nil
            } else if ranks.contains(word) {
                isFirst = true
            }
        }
        // Beside a technician, anybody else who is assigned is one more: `Also Assigned`, `Crew Member 2`. The first of
        // several is a technician too: `Employee 1`.
        guard hasPerson || isFurther && hasCompany || isFirst && isStaff, !isCount(words) else { return nil }
        return isFurther ? .further : .first
    }

    /// Which of several a word counts: `2`, `02`, `second`, `two`, `b`.
    private static func number(_ word: String) -> Int? {
        if word.utf8.count <= 2, let number = Int(word), number > 0 { return number }
        return counted.firstIndex { $0.contains(word) }.map { $0 + 1 }
    }

    private static let counted: [Set<String>] = [
        ["first", "1st", "one", "a", "i"], ["second", "secondary", "2nd", "two", "b", "ii"],
        ["third", "3rd", "three", "c", "iii"], ["fourth", "4th", "four", "d", "iv"],
        ["fifth", "5th", "five", "e"], ["sixth", "6th", "six", "f"],
    ]

    /// Whether a name is of all who go: `Crew`, `Team Members`, `All Techs`.
    static func isCompany(_ name: String) -> Bool {
        let words = words(of: name)
        return words.contains { together.contains($0) || isPerson($0) }
            && words.allSatisfy {
                together.contains($0) || beside.contains($0) || others.contains($0) || company.contains($0)
                    || isPerson($0) || number($0) == 1
            }
            && !isCount(words)
    }

    /// What a name that may be of who goes calls them, where other things are called so too: `resource` of `Resource 2`. Only
    /// its values tell. Nil for any other name.
    static func weakStem(_ name: String) -> (stem: String, mayHoldNumbers: Bool)? {
        let words = words(of: name)
        let key = words.joined()
        if weakPhrases.contains(key) { return (key, true) }
        // `Alarm Tech`, but not `Last Tech`.
        if words.count > 1, let last = words.last, singles.contains(last),
            !words.contains(where: absent.contains),
            !words.contains(where: counts.contains), place(name) == nil
        {
            return (key, false)
        }
        guard let stem = words.first(where: { weak.contains($0) || weakNames.contains($0) }),
            words.allSatisfy({
                weak.contains($0) || weakNames.contains($0) || others.contains($0) || number($0) != nil
                    || company.contains($0)
            }), !isCount(words), !words.contains(where: counts.contains)
        else { return nil }
        return (stem, !words.contains(where: weakNames.contains))
    }

    private static let singles: Set<String> = ["tech", "technician", "installer"]
    /// Whoever is called so need not go.
    private static let absent: Set<String> = [
        "last", "previous", "prior", "former", "original", "preferred", "requested", "old", "past", "sales",
        "sold",
        "created", "entered", "by", "not", "no", "any", "for", "customer", "request", "prefer", "favorite",
        "next",
    ]
    private static let weakPhrases: Set<String> = [
        "dispatchedto", "dispatchto", "allocatedto", "scheduledwith", "scheduledto", "bookedwith",
        "handledby",
        "performedby", "servicedby", "sentto", "assigned",
    ]
    private static let weak: Set<String> = [
        "resource", "resources", "worker", "workers", "provider", "providers", "agent", "agents", "engineer",
        "engineers", "assignee", "assignees",
    ]
    /// Those whose numbers are of other things too: a membership's, a crew's.
    private static let weakNames: Set<String> = [
        "crew", "member", "team", "contractor", "subcontractor", "specialist", "rep", "representative",
        "operator", "personnel", "foreman", "mechanic", "electrician", "fitter", "person", "man", "associate",
        "backup", "partner",
    ]

    /// Whether a name that says nothing to us may be of who goes: not `Sold By` or `Customer Contact`, which name somebody
    /// else.
    static func mayBeOfWhoGoes(_ name: String) -> Bool {
        let words = words(of: name)
        return !words.isEmpty && !words.contains { absent.contains($0) || somebodyElse.contains($0) }
    }

    private static let somebodyElse: Set<String> = [
        "contact", "client", "subscriber", "homeowner", "resident", "tenant", "occupant", "account", "name",
        "names",
        "first", "caller", "person", "spouse", "bill", "billing", "payer", "salesperson", "salesman",
        "seller", "csr",
        "dispatcher", "scheduler", "coordinator", "manager", "supervisor", "agent", "author", "creator",
        "modifier",
        "editor", "approver", "reviewer", "address", "street", "city", "notes", "note", "comment", "comments",
    ]

    /// Whether a name is of technicians, and of no others who work there.
    static func saysTechnician(_ name: String) -> Bool { words(of: name).contains(where: isPerson) }

    /// Whether a name is of a number: `Crew #`, `Crew No.`
    static func isNumbered(_ name: String) -> Bool { words(of: name).contains(where: numbers.contains) }

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

    /// The words of a name; those of two parts as one.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        for word in NameWords.split(name) {
            switch (words.last, word) {
            case ("ride", "along"), ("rip", "out"): words[words.count - 1] += word
            default: words.append(word)
            }
        }
        return words
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
        "technicianname", "techniciannames", "installer", "serviceman", "servicetech",
        // In the languages of the neighbours.
        "techniker", "monteur", "installateur", "technicien", "tecnico", "técnico", "instalador", "tecnici",
        "monteurs",
    ])
    private static let plurals: Set<String> = ["techs", "technicians", "installers", "employees"]
    private static let others: Set<String> = [
        "id", "ids", "name", "names", "no", "num", "number", "numbers", "nos", "#", "s", "es", "assigned",
        "primary", "lead", "main", "senior", "sr", "head", "master", "chief", "service", "field", "scheduled",
        "sched", "the",
        "of", "full", "dispatched", "to", "user", "install", "installation", "installing", "repair",
        "removal", "ripout", "leader",
    ]
    /// Who of several comes first.
    private static let ranks: Set<String> = [
        "primary", "lead", "main", "senior", "sr", "head", "master", "chief",
    ]
    private static let staff: Set<String> = ["employee", "staff", "driver", "worker"]
    private static let further: Set<String> = [
        "additional", "additionally", "other", "others", "extra", "also", "more", "backup", "support",
        "supporting", "co",
        "junior", "jr",
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
