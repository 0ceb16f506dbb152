import CSVReading

/// A line above some rows that says that they are no visits to be made: `CANCELLED APPOINTMENTS`, `Status: Cancelled`. The
/// rows themselves look like any others.
struct StatusHeading {
    /// What a heading says of the rows below it.
    enum Kind {
        /// None of them is to be made, or that can't be told.
        case noVisits
        /// The same, unless it is a sum or a remark: `Cancelled: 3`. What stands right below it decides.
        case perhaps
        /// They are to be made: what was said above is over.
        case visits
    }

    let kind: Kind
    let line: Int
    let text: String

    /// Nil where a record says nothing of it.
    init?(_ heading: HeadingText, line: Int) {
        guard let kind = Self.kind(heading) else { return nil }
        self.kind = kind
        self.line = line
        text = heading.cells.joined(separator: " ")
    }

    private static func kind(_ heading: HeadingText) -> Kind? {
        let parts = heading.parts
        guard let last = parts.last else { return nil }
        if parts.count == 1 { return kind(ofPhrase: last) }
        let before = parts.dropLast()
        guard !before.contains(where: isDenial) else { return nil }
        if last.allSatisfy(\.isNumber) { return kind(before, count: Int(last)) }
        // `Status: Cancelled`, whatever else the line has.
        for (label, value) in zip(parts, parts.dropFirst()) {
            switch StatusColumns.kind(ofColumn: label) {
            case .words, .cancellation:
                if StatusWords.meaning(of: value, .words) != .visit { return .noVisits }
                return PlannedWords.contain(value) ? .visits : kind(ofPhrase: value)
            default: continue
            }
        }
        if heading.hasEquals { return nil }
        // A letter before it is a legend's, a clause of its own behind it a remark.
        // `Export: complete` is the file's own.
        if let kind = kind(ofPhrase: last, needsVisit: true) {
            return before.contains { $0.count == 1 } ? nil : kind
        }
        guard kind(ofPhrase: parts[0]) == .noVisits else { return nil }
        switch YesNoWords.answer(last) {
        case true?: return .noVisits
        case false?: return nil
        case nil: break
        }
        let words = Set(StatusPhrase.words(of: parts.dropFirst().joined(separator: " ")))
        return words.isDisjoint(with: ["below", "following", "not", "dont"]) ? .perhaps : .noVisits
    }

    /// What a heading says that ends in a number: how many rows it has, or how many there are.
    private static func kind(_ before: ArraySlice<String>, count: Int?) -> Kind? {
        guard let kind = before.lazy.compactMap({ Self.kind(ofPhrase: $0) }).first, count != 0 else {
            return nil
        }
        // `Scheduled: 5, cancelled: 3` is a sum of both.
        return kind != .visits ? .perhaps : before.count == 1 ? .visits : nil
    }

    /// What a phrase says that has nothing else in it: `Cancelled jobs`, but not `Excludes cancelled jobs`.
    ///
    /// - Parameter needsVisit: Whether what is over must be called visits, jobs or the like.
    private static func kind(ofPhrase text: String, needsVisit: Bool = false) -> Kind? {
        var words = StatusPhrase.words(of: text)
        let said = said(by: words)
        for (pair, word) in pairs {
            while let place = zip(words, words.dropFirst()).map({ "\($0) \($1)" }).firstIndex(of: pair) {
                words.replaceSubrange(place...place + 1, with: [word])
            }
        }
        // `Cancelled jobs for December`
        if let cut = words.dropFirst().firstIndex(where: tails.contains) { words = Array(words[..<cut]) }
        // `Rescheduled to January`
        if words.count > 1, words[1] == "to" { words = [words[0]] }
        let hasCount = [words.first, words.last].contains { $0.map { $0.allSatisfy(\.isNumber) } ?? false }
        words.removeAll { $0.allSatisfy(\.isNumber) }
        let hasVisit = words.contains(where: visits.contains)
        let isOpen = words.contains { StatusPhrase.isNegation($0) || wishes.contains($0) }
        let isOver =
            (words.contains { $0 != "closed" && StatusWords.isFinished($0) }
                || hasVisit && words.contains("closed")) && !isOpen
        let isPast = hasVisit && words.contains(where: past.contains)
        let isOff =
            said == true || isPast
            || said == nil && !words.contains(where: StatusPhrase.isNegation)
                && words.contains {
                    StatusPhrase.isCancelled($0) || StatusPhrase.isNoun($0) || off.contains($0)
                }
        let isPlanned = words.contains(where: planned.contains)
        guard isOver || isOff || isPlanned, words.allSatisfy({ isKnown($0) }) else { return nil }
        // `Cancelled jobs excluded`
        let isLeftOut = words.contains(where: omitted.contains)
        if isLeftOut, words.contains(where: { StatusPhrase.isCancelled($0) || StatusWords.isFinished($0) }) {
            return nil
        }
        // `Completed by tech` says who did it, and of no rows.
        if !isOff, isOver, !hasVisit, words.contains("by") { return nil }
        if !isOff, isOver, words.contains(where: reports.contains) || needsVisit && !hasVisit { return nil }
        guard isOff || isOver else { return .visits }
        return hasCount ? .perhaps : .noVisits
    }

    /// Whether a phrase calls a visit off where it is its status, or may; false where it says that it doesn't, nil where it
    /// says nothing of it.
    private static func said(by words: [String]) -> Bool? {
        if let meaning = StatusPhrase.meaning(of: words) { return meaning != .visit }
        return StatusPhrase.isUnwanted(words) ? true : nil
    }

    private static func isKnown(_ word: String) -> Bool {
        StatusPhrase.isCancelled(word) || StatusPhrase.isNoun(word) || StatusPhrase.isFiller(word)
            || StatusPhrase.isOfDoubt(word) || off.contains(word) || StatusWords.isFinished(word)
            || planned.contains(word) || visits.contains(word) || reports.contains(word)
            || glue.contains(word)
            || past.contains(word) || wishes.contains(word)
    }

    /// Whether a part says that what follows is left out, or what a mark means.
    private static func isDenial(_ text: String) -> Bool {
        StatusPhrase.words(of: text).contains(where: denials.contains)
    }

    private static let off: Set<String> = [
        "declined", "removed", "withdrawn", "rejected", "aborted", "abandoned", "noshow", "noshows",
        "rescheduled", "postponed", "duplicate", "duplicates", "archived", "expired", "suspended", "inactive",
        "deferred", "unscheduled", "trashed", "onhold", "calledoff", "waitlist", "lost", "dead",
    ]
    /// What is behind its jobs.
    private static let past: Set<String> = [
        "old", "past", "previous", "prior", "historical", "former", "lost", "dead", "missed",
    ]
    /// What turns the words beside it into a plan.
    private static let wishes: Set<String> = ["to", "be", "needs", "need", "awaiting", "requested"]
    /// Words that say it together.
    private static let pairs = [
        ("no show", "noshow"), ("no shows", "noshow"), ("on hold", "onhold"), ("called off", "calledoff"),
        ("be scheduled", "scheduling"), ("to scheduling", "unscheduled"), ("not scheduled", "unscheduled"),
        ("needs scheduling", "unscheduled"), ("need scheduling", "unscheduled"),
        ("be rescheduled", "rescheduled"), ("to rescheduled", "rescheduled"), ("wait list", "waitlist"),
        ("waiting list", "waitlist"),
    ]
    private static let planned: Set<String> = [
        "scheduled", "confirmed", "open", "active", "booked", "upcoming", "planned", "dispatched", "pending",
    ]
    private static let visits: Set<String> = [
        "appointment", "appointments", "appt", "appts", "job", "jobs", "visit", "visits", "work", "order",
        "orders", "wo", "wos", "event", "events", "booking", "bookings", "meeting", "meetings", "ticket",
        "tickets", "call", "calls", "service", "services", "install", "installs", "installation",
        "installations", "customers", "clients", "rows", "entries", "items", "records", "reservations",
    ]
    private static let reports: Set<String> = ["report", "export", "list", "listing", "import", "system"]
    private static let glue: Set<String> = [
        "the", "all", "only", "these", "those", "following", "below", "are", "were", "is", "was", "have",
        "has", "been", "and", "or", "by", "status", "section", "group", "this", "today", "yesterday", "week",
        "month", "late", "same", "day", "closed", "any", "please", "yet", "it", "do", "go", "access", "home",
        "parts", "part", "credit",
        "per",
    ]
    private static let omitted: Set<String> = [
        "excluded", "exclude", "omitted", "omit", "ignored", "ignore", "skipped", "skip", "hidden",
        "excludes",
    ]
    /// What a phrase is followed by that is no part of it.
    private static let tails: Set<String> = [
        "for", "from", "between", "since", "during", "dated", "within", "until", "till", "due", "because",
        "pending",
    ]
    private static let denials: Set<String> = [
        "not", "no", "without", "except", "exclude", "excludes", "excluded", "excluding", "excl", "omit",
        "omits", "omitted", "hidden", "hide", "hides", "legend", "key", "color", "colour", "colors",
        "filtered",
        "ignored", "skipped", "missing", "red", "gray", "grey", "strikethrough",
    ]
}
