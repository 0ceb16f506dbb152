/// Columns that say one thing of a visit, by their names, and their values whether it is so: `Completed`, `On Hold`,
/// `Active`, `Canceled By`.
///
/// As with statuses, a word that is not known here makes it something else: `Completed Forms`, `Active Account`.
enum StatusMarks {
    /// What a column says whose name has these letters and digits, or nil.
    static func kind(ofLetters letters: String) -> StatusWords.Kind? {
        if let name = names.first(where: { $0.fits(letters) }) { return name.kind }
        // Who called it off, and why.
        guard let words = traceVocabulary.split(letters),
            words.contains(where: traced.contains), words.contains(where: traces.contains)
        else { return nil }
        return .trace
    }

    private static let names = [
        MarkedName(.absence, finished, beside: glue),
        MarkedName(.absence, ["completed", "finished"], beside: glue, times),
        MarkedName(.flag, refused, beside: glue, times), MarkedName(.doubt, parked, beside: glue),
        MarkedName(.doubt, ["rescheduled"], beside: glue, times),
        MarkedName(.active, ["active"], beside: glue),
        MarkedName(.active, wanted, beside: glue, ["to", "it"]),
    ]
    private static let finished: Set<String> = [
        "completed", "complete", "done", "closed", "finished", "fulfilled",
    ]
    private static let refused: Set<String> = [
        "removed", "trashed", "rejected", "withdrawn", "discarded", "refused", "isdeleted",
    ]
    private static let parked: Set<String> = [
        "archived", "duplicate", "dup", "dupe", "onhold", "hold", "rescheduled", "postponed", "inactive",
        "suspended", "expired", "deferred", "unscheduled", "parked", "paused", "superseded", "draft",
        "tentative",
        "skip", "skipped", "exclude", "excluded", "ignore", "ignored", "omit", "omitted", "donotbook",
        "dontbook",
        "donotschedule", "donotimport", "dontimport",
        // What stands in SecurityTrax may be booked twice.
        "alreadybooked", "alreadyentered", "alreadyscheduled", "alreadyimported", "insecuritytrax",
        "enteredinsecuritytrax",
        "bookedinsecuritytrax", "addedtosecuritytrax", "enteredinst", "bookedinst", "incrm", "enteredincrm",
        "bookedincrm",
        "addedtocrm", "imported", "uploaded",
    ]
    /// What is answered by a no where a row is to be left out.
    private static let wanted: Set<String> = ["include", "included", "import", "book", "enabled"]
    private static let glue: Set<String> = [
        "is", "was", "has", "been", "the", "appointment", "appt", "visit", "job", "event", "booking",
        "meeting", "workorder", "wo", "row", "record", "entry", "flag", "indicator", "ind", "yn", "yesno",
        "truefalse", "tf", "bool", "boolean", "checkbox", "c", "marked", "as", "placed", "put", "on",
    ]
    private static let times: Set<String> = [
        "at", "on", "date", "time", "datetime", "timestamp", "utc", "gmt", "local",
    ]
    private static let traced: Set<String> = [
        "canceled", "cancelled", "cancel", "cancellation", "cancelation", "deleted", "deletion", "voided",
        "void", "declined", "rejected", "rejection", "removed", "removal", "trashed", "withdrawn",
    ]
    private static let traceVocabulary = Vocabulary([traced, traces])
    private static let traces: Set<String> = [
        "reason", "reasons", "by", "note", "notes", "comment", "comments", "code", "type", "category", "user",
        "who", "for", "the", "of", "name", "description", "details", "appointment", "appt", "visit", "job",
        "event", "booking", "meeting", "why",
    ]
}
