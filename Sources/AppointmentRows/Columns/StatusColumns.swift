/// Which columns say, by their names, whether a visit is to be made.
///
/// Names are taken apart into words. One that has a word in it that is not known here is no status of a visit: those
/// of something else (an invoice, an account, an estimate) are left out on purpose, since a paid invoice is closed
/// while its visit is still to be made.
enum StatusColumns {
    /// What a column of this name says, or nil where it is no status of a visit.
    static func kind(ofColumn name: String) -> StatusWords.Kind? {
        let key = nameKey(name)
        for key in [key, ColumnName.withoutRemark(key)].compactMap({ $0 }) {
            if let kind = kind(ofKey: key) { return kind }
        }
        return nil
    }

    /// Whether a column of this name says that a row was deleted, whatever became of its visit.
    static func isOfDeletion(_ name: String) -> Bool {
        let letters = nameKey(name).filter(\.isLetter)
        return ["delet", "remov", "trash", "discard"].contains { letters.contains($0) }
    }

    /// Whether a column of this name holds the titles of a calendar's events.
    static func isTitle(_ name: String) -> Bool {
        let key = nameKey(name)
        return titles.contains(key) || ColumnName.withoutRemark(key).map(titles.contains) ?? false
    }

    private static func kind(ofKey key: String) -> StatusWords.Kind? {
        // `Status (Job)`, `Appt. Status`, `job.status`, `Cancelled Y/N`
        let letters = String(key.filter { $0.isLetter || $0.isNumber })
        guard !letters.isEmpty else { return nil }
        if let words = wordVocabulary.split(letters) {
            // `Text Status` is a message's, `Status Text` a visit's.
            let text = words.firstIndex(of: "text") ?? words.count
            if words.dropFirst(text).contains(where: statuses.contains) { return nil }
            // `Status Of Job` has one; `Job Name` has none.
            if words.contains(where: statuses.contains) { return kind(ofWords: words) }
        }
        if tallies.contains(letters) { return .tally }
        if let name = ownNames.first(where: { $0.fits(letters) }) { return name.kind }
        if StatusPhrase.isCancelled(letters) || StatusPhrase.isNoun(letters) { return .flag }
        if let name = sharedNames.first(where: { $0.fits(letters) }) { return name.kind }
        if let kind = StatusMarks.kind(ofLetters: letters) { return kind }
        // A letter that is another one's neighbour: `Ststus`.
        let isSlip = letters.utf8.count == 6 && Suggestion.distance(Array(letters.utf8), status) <= 1
        return isSlip ? .words : nil
    }

    private static func kind(ofWords words: [String]) -> StatusWords.Kind {
        if words.contains(where: flags.contains) { return .cancellation }
        if words.contains(where: visits.contains) { return .words }
        // Without a word for it, a status is the row's own; a stage or a result may be of anything.
        let isOwn = words.contains {
            slips.contains($0) || $0 == "state" || $0 == "outcome" || $0 == "disposition"
                || neighbours.contains($0)
        }
        return isOwn && !words.contains(where: others.contains) ? .words : .others
    }

    private static let status = Array("status".utf8)

    /// `status`, and what slips make of it: a letter left out, written twice, or swapped with its neighbour.
    private static let slips: Set<String> = {
        let letters = Array("status")
        var slips: Set<String> = ["status", "statuses", "stat", "sts"]
        for index in letters.indices {
            var slip = letters
            slip.remove(at: index)
            slips.insert(String(slip))
            slip.insert(contentsOf: [letters[index], letters[index]], at: index)
            slips.insert(String(slip))
            if index + 1 < letters.count {
                slip = letters
                slip.swapAt(index, index + 1)
                slips.insert(String(slip))
            }
        }
        return slips
    }()
    /// A status, in the languages of the neighbours.
    private static let neighbours: Set<String> = [
        "estado", "estatus", "statut", "stato", "stav", "estat", "durum", "статус", "状態", "ステータス",
    ]
    private static let statuses = slips.union(neighbours).union([
        "state", "outcome", "disposition", "stage", "phase", "result", "progress", "resolution", "situation",
    ])
    /// What is the visit itself.
    private static let visits: Set<String> = [
        "job", "jobs", "appointment", "appointments", "appt", "appts", "visit", "visits", "workorder",
        "workorders", "wo", "serviceorder", "booking", "bookings", "reservation", "event", "meeting",
        "ticket",
        "task", "servicecall", "scheduled", "stop", "assignment", "session", "activity", "record", "row",
        "entry",
        "calendar",
    ]
    /// What belongs to a visit and may be done before it: the order, the call that confirms it, an earlier
    /// installation.
    private static let others: Set<String> = [
        "order", "install", "installation", "call", "confirmation", "service", "schedule", "scheduling",
        "sched", "dispatch", "dispatching", "project", "inspection", "maintenance", "sub", "reason",
    ]
    private static let glue: Set<String> = [
        "current", "final", "latest", "overall", "name", "code", "description", "desc", "label", "text",
        "value", "category", "type", "of", "for", "the", "c", "1", "2", "3",
    ]
    /// What a cancellation is called where it is a column of its own.
    private static let flags: Set<String> = [
        "canceled", "cancelled", "cancel", "cancellation", "cancelation", "deleted", "voided", "void",
        "declined", "storniert", "annulé", "annule", "cancelado", "cancelada", "anulado", "anulada",
        "geannuleerd", "cxl", "cxld",
    ]
    private static let flagGlue: Set<String> = [
        "is", "was", "has", "been", "the", "appointment", "appt", "visit", "job", "event", "booking",
        "meeting", "workorder", "wo", "at", "on", "date", "time", "datetime", "timestamp", "flag",
        "indicator",
        "ind", "yn", "yesno", "truefalse", "tf", "utc", "gmt", "local", "bool", "boolean", "checkbox", "c",
    ]
    /// Columns that are of nothing else.
    private static let ownNames = [
        MarkedName(.flag, flags, beside: flagGlue),
        MarkedName(.absence, ["noshow", "noshows"], beside: flagGlue, ["marked", "as"]),
    ]
    /// What was more than once is the customer's.
    private static let tallies: Set<String> = [
        "cancellations", "cancelations", "cancels", "noshows", "customernoshows", "customercancellations",
        "reschedules", "deletions", "removals",
    ]

    /// Columns of the visit itself, or of what was answered, in which people write that it is off.
    private static let mentions: Set<String> = [
        "confirmation", "confirmed", "confirm", "booking", "bookings", "visit", "attendance", "attended",
        "appointment", "appt", "unconfirmed", "flag", "closereason", "closurereason",
        "reasonclosed", "closedreason", "closingreason", "action", "change", "changetype", "updatetype",
        "recordaction",
    ]
    /// Columns of what the customer answered.
    private static let answers: Set<String> = [
        "rsvp", "response", "responses", "reply", "replies", "answer", "customersays", "attending",
        "willattend",
    ]
    /// Columns that may hold anything else.
    private static let sharedNames = [
        MarkedName(
            .answer, answers,
            beside: mentions,
            [
                "is", "was", "customer", "client", "the", "by", "c", "call", "reminder", "sms", "text",
                "message", "email", "whatsapp", "last", "latest", "from", "to", "status", "content", "body",
                "received",
            ]),
        MarkedName(
            .mention, mentions,
            beside: [
                "is", "was", "customer", "client", "yn", "yesno", "the", "by", "flag", "checkbox", "c",
                "call", "reminder",
            ]),
    ]
    private static let wordVocabulary = Vocabulary([statuses, visits, others, glue, flags])

    private static let titles = Set(
        [
            "Subject", "Title", "Summary", "Event Title", "Event Name", "Event Subject", "Event Summary",
            "Appointment Title", "Appointment Name", "Appointment Subject", "Meeting Title",
            "Meeting Subject",
            "Job Title", "Visit Title",
        ].map { nameKey($0) })
}
