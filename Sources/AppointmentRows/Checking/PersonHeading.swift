/// A line with nothing but somebody's name, above rows that name no technician: who goes, or the customer, or a place that
/// is called so.
enum PersonHeading {
    /// The name in a heading, nil where it has none.
    ///
    /// - Parameter isLikely: Whether names are to be expected, so that one needs no common given name.
    static func name(in heading: HeadingText, isLikely: Bool) -> String? {
        guard heading.cells.count == 1, !heading.hasEquals, let first = heading.parts.first else {
            return nil
        }
        if heading.parts.count == 1 { return isName(first, isLikely: isLikely) ? first : nil }
        guard heading.parts.count == 2 else { return nil }
        let second = heading.parts[1]
        // `John Smith (3 jobs)`
        if second.first?.isNumber == true { return isName(first, isLikely: isLikely) ? first : nil }
        // `Schedule: John Smith`
        let isLabel = first.lowercased().split(separator: " ").allSatisfy { of.contains(String($0)) }
        return isLabel && isName(second, isLikely: isLikely) ? second : nil
    }

    private static func isName(_ text: String, isLikely: Bool) -> Bool {
        var words = text.split { $0 == " " || $0 == "," }.map(String.init)
        // `John Smith's jobs`
        if words.count > 1, let last = words.last, of.contains(last.lowercased()),
            ["'s", "’s"].contains(where: words[words.count - 2].lowercased().hasSuffix)
        {
            words.removeLast()
            words[words.count - 1].removeLast(2)
        }
        if words.count > 2, let first = words.first, ["for", "by"].contains(words[1].lowercased()),
            of.contains(first.lowercased())
        {
            words.removeFirst(2)
        }
        guard (1...4).contains(words.count), words.allSatisfy(isPart),
            !words.contains(where: { others.contains($0.lowercased()) }), !SummaryWords.begin(text)
        else { return false }
        let isKnown =
            GivenNames.contain(words[0].prefix { $0 != "-" })
            || text.contains(",") && GivenNames.contain(words[words.count - 1])
        if words.count == 1 { return isKnown && !places.contains(words[0].lowercased()) }
        // `J. Smith`
        return isKnown || isLikely && words.count < 4
    }

    /// Whether a word may be of a name: letters, the first of them a capital.
    private static func isPart(_ word: String) -> Bool {
        guard let first = word.first, first.isLetter, !first.isLowercase else { return false }
        return word.allSatisfy { $0.isLetter || "'’-.".contains($0) }
    }

    /// What a technician has.
    private static let of: Set<String> = [
        "schedule", "jobs", "appointments", "route", "visits", "calls", "calendar", "name", "stops",
        "assignments",
    ]
    /// Given names that towns and months have too.
    private static let places: Set<String> = [
        "jordan", "logan", "florence", "marion", "mason", "orlando", "victoria", "jackson", "lawrence",
        "warren",
        "perry", "troy", "trevor", "cameron", "glen", "dale", "dean", "max", "will", "rose", "dawn", "grace",
        "guy",
        "rich", "pat", "norman", "clarence", "vernon", "leon", "angel", "jesus", "crystal", "amber", "april",
        "may",
        "june", "august", "franklin", "lance", "wade", "sandy", "jasmine", "holly", "page", "bill", "mark",
        "don",
    ]
    /// Words of places, teams, days and work, which are in no name.
    private static let others: Set<String> = [
        "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper",
        "lower",
        "region", "area", "zone", "district", "territory", "branch", "office", "county", "city", "town",
        "township",
        "village", "street", "st.", "road", "avenue", "ave", "court", "lane", "drive", "place", "park",
        "plaza", "heights",
        "hills", "valley", "beach", "bay", "creek", "river", "lake", "springs", "falls", "fort", "ft",
        "mount", "mt",
        "san", "santa", "los", "las", "el", "new", "old", "saint", "port", "point", "island", "gardens",
        "estates",
        "team", "crew", "group", "route", "truck", "van", "shift", "department", "dept", "division",
        "section",
        "warehouse", "morning", "afternoon", "evening", "night", "today", "tomorrow", "week", "weekly",
        "month", "daily",
        "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "install", "installs", "installation", "installations", "service", "services", "rip-out", "rip-outs",
        "removal", "removals", "repair", "repairs", "maintenance", "inspection", "sales", "sale", "job",
        "jobs",
        "appointment", "appointments", "visit", "visits", "call", "calls", "order", "orders", "schedule",
        "schedules",
        "report", "list", "export", "notes", "note", "customer", "customers", "client", "clients",
        "technician",
        "technicians", "tech", "techs", "all", "no", "none", "not", "the", "and", "of", "for", "by", "to",
        "in", "on",
        "at", "with", "priority", "high", "low", "residential", "commercial", "alarm", "alarms", "security",
        "inc",
        "llc", "ltd", "co", "corp", "company", "systems", "camera", "cameras", "panel", "open", "closed",
        "pending", "confirmed", "scheduled", "unassigned", "cancelled", "canceled", "completed", "total",
        "page",
        "end", "begin", "start", "summary", "details", "phase", "project", "building", "tower", "apartments",
        "mall",
        "school", "church", "hospital", "hotel", "bank", "center", "centre", "university", "college",
    ]
}
