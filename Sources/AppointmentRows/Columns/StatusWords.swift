/// Columns that say whether a visit is to be made, and the words that say that it is not.
enum StatusWords {
    /// How such a column says it.
    enum Kind: Sendable {
        /// In words: `Cancelled`.
        case words
        /// By a yes or no, or by the time when it happened: `Canceled` holds `true`.
        case flag
        /// In the same way, that nobody was at home: `No Show` holds `true`.
        case absence
    }

    /// What a column of this name says, or nil where it is no status of a visit.
    ///
    /// Statuses of something else (an invoice, an account, an estimate) are left out on purpose: a paid invoice
    /// is closed while its visit is still to be made.
    static func kind(ofColumn name: String) -> Kind? {
        let key = nameKey(name)
        for key in [key, ColumnName.withoutRemark(key)].compactMap({ $0 }) {
            if wordColumns.contains(key) { return .words }
            if flagColumns.contains(key) { return .flag }
            if absenceColumns.contains(key) { return .absence }
        }
        return nil
    }

    /// What a value says of its visit.
    enum Meaning: Sendable, Hashable {
        /// It is to be made.
        case visit
        /// It took place, or nobody was at home: it stands there all the same.
        case over
        /// It was called off.
        case calledOff
    }

    /// What a value says of its visit.
    static func meaning(of value: String, _ kind: Kind) -> Meaning {
        guard saysNoVisit(value, kind) else { return .visit }
        return saysCalledOff(value, kind) ? .calledOff : .over
    }

    /// Whether a value says that no visit is to be made.
    static func saysNoVisit(_ value: String, _ kind: Kind) -> Bool {
        let words = words(of: value)
        switch kind {
        case .words: return isCalledOff(value) || isOver(words)
        case .flag, .absence:
            // A date or a name in such a column says when, or by whom.
            return !words.isEmpty && !noes.contains(words.joined(separator: " ")) && !isEmptyDate(value)
        }
    }

    /// Whether a value says that a visit was called off.
    static func saysCalledOff(_ value: String, _ kind: Kind) -> Bool {
        let words = words(of: value)
        if words.contains("noshow") || words.contains("show") { return false }
        switch kind {
        case .words:
            return isCalledOff(value)
        case .flag: return saysNoVisit(value, .flag)
        case .absence: return false
        }
    }

    /// Whether a value says that the visit was called off, or that nobody was at home.
    ///
    /// A negation counts where it stands before such a word and in one phrase with it: "Not cancelled" is none, and
    /// "Cancelled, no longer needed" is one.
    private static func isCalledOff(_ value: String) -> Bool {
        phrases(of: value).contains { phrase in
            var words = words(of: phrase)[...]
            while let word = words.popFirst() {
                if word == "no", let next = words.first, shows.contains(next) { return true }
                if calledOff.contains(word) { return true }
                if negations.contains(word) { return false }
            }
            return false
        } || nouns.contains(words(of: value).joined(separator: " "))
    }

    /// "Job completed, paid" is over; "Done, return visit needed" may not be.
    private static func isOver(_ words: [String]) -> Bool {
        words.contains(where: finished.contains)
            && words.allSatisfy { finished.contains($0) || fillers.contains($0) }
    }

    /// Whether a value is what databases and spreadsheets write where there is no date.
    private static func isEmptyDate(_ value: String) -> Bool {
        var value = value
        let reading = value.withUTF8 { TimeText.read(trim($0), order: .monthFirst) }
        switch reading {
        case .problem(.emptyDate): return true
        case .time(let time): return time.hasEmptyDate && time.minuteOfDay == 0
        // `0000-00-00 00:00:00`
        case .problem:
            return value.allSatisfy { $0.isNumber ? $0 == "0" : !$0.isLetter || "TtZz".contains($0) }
        }
    }

    /// The pieces of a value between its commas, dashes and brackets.
    private static func phrases(of value: String) -> [String] {
        value.replacing(" - ", with: ";").split { ",;:()[]{}/|–—.!".contains($0) }.map(String.init)
    }

    /// The words of a value in lower case: letters and digits, apostrophes left out.
    private static func words(of value: String) -> [String] {
        value.lowercased().filter { $0 != "'" && $0 != "’" }
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static let shows: Set<String> = ["show", "shows", "showed"]
    private static let calledOff: Set<String> = [
        "canceled", "cancelled", "cancelado", "cancelada", "noshow", "noshows", "deleted", "void", "voided",
        "declined", "cxl", "cxld", "cxled",
    ]
    /// Words that say so where they stand alone: "Cancellation requested" is a wish.
    private static let nouns: Set<String> = ["cancel", "cancellation"]
    private static let finished: Set<String> = ["completed", "complete", "closed", "done"]
    /// Words that turn what stands beside them into a wish, a plan or its opposite.
    private static let negations: Set<String> = [
        "not", "no", "never", "un", "isnt", "wasnt", "cannot", "cant", "to", "be", "if", "unless", "may",
        "pending", "awaiting", "requested", "almost", "nearly", "partly", "partially", "non",
    ]
    private static let fillers: Set<String> = [
        "job", "visit", "work", "order", "service", "appointment", "appt", "ticket", "call", "is", "was",
        "all",
        "and", "successfully", "fully", "paid", "unpaid", "invoiced", "billed", "by", "tech", "technician",
    ]
    private static let noes: Set<String> = [
        "false", "no", "n", "f", "0", "0 0", "off", "none", "null", "nil", "na", "n a", "nan", "nat", "blank",
        "never", "not canceled",
        "not cancelled", "not deleted", "active", "open",
    ]

    private static let wordColumns = keys(
        """
        Status,Job Status,Appointment Status,Appt Status,Visit Status,Work Order Status,WO Status,Order Status,\
        Booking Status,Event Status,Service Status,Schedule Status,Scheduling Status,Meeting Status,\
        Dispatch Status,Ticket Status,Task Status,Call Status,Install Status,Confirmation Status,\
        Service Appointment Status,Service Call Status,Current Status,Status Name,Job State,\
        Appointment State,Visit State,Cancellation Status,Outcome,Appointment Outcome,Visit Outcome,\
        Job Outcome,Disposition,Appt. Status,Status Code,Status Description,Appointment Status Name,\
        Job Status Name,Scheduled Status
        """)
    private static let flagColumns = keys(
        """
        Canceled,Cancelled,Is Canceled,Is Cancelled,Was Canceled,Was Cancelled,Appointment Canceled,\
        Appointment Cancelled,Job Canceled,Job Cancelled,Visit Canceled,Visit Cancelled,Event Canceled,\
        Event Cancelled,Canceled At,Cancelled At,Canceled On,Cancelled On,Date Canceled,Date Cancelled,\
        Canceled Date,Cancelled Date,Cancel Date,Cancellation Date,Cancellation Time,Deleted,Is Deleted,Deleted At,Deleted On,\
        Voided,Is Void,Void,Declined,Is Declined,Canceled Flag,Cancelled Flag,Canceled Time,Cancelled Time,\
        Canceled At (UTC),Cancelled At (UTC),Deleted At (UTC)
        """)

    private static let absenceColumns = keys("No Show,Is No Show,Marked as No-Show")

    private static func keys(_ names: String) -> Set<String> {
        Set(names.split(separator: ",").map { nameKey(String($0)) })
    }
}
