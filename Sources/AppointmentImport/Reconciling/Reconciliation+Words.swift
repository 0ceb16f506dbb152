import AppointmentLedger

/// What each finding means for whoever looks: the one place to say it of a new one.
extension Reconciliation.Finding {
    /// The heading of those that were found so.
    var heading: String {
        switch self {
        case .proposedCreated: "In doubt, and in the report"
        case .notInReport: "In doubt, and not in the report (they stay in doubt)"
        case .unclear: "Can't be told from this report"
        case .missing: "Created by us, and not in the report"
        case .double: "More often in the report than we created them"
        case .pendingInReport: "Still to be posted, and in the report already"
        case .refusedInReport: "Refused, and in the report all the same"
        }
    }

    /// The finding in the closing line: `2 missing`.
    var words: String {
        switch self {
        case .proposedCreated: "in doubt and there"
        case .notInReport: "in doubt and not there"
        case .unclear: "unclear"
        case .missing: "missing"
        case .double: "double"
        case .pendingInReport: "pending and there"
        case .refusedInReport: "refused and there"
        }
    }

    /// What somebody has to do; not said of what has a command of its own.
    var advice: String? {
        switch self {
        case .proposedCreated: nil
        case .notInReport:
            "A report may be filtered: look each of them up before anything is said of it."
        case .unclear: "Look them up; a report with more columns (end, service, technician) tells more apart."
        case .missing: "Somebody may have moved, changed or deleted them: the customer's history says."
        case .double: "Customers may have two visits: cancel what is too much, in SecurityTrax."
        case .pendingInReport:
            "Take them out before anything is posted: stimport withdraw ID… --note TEXT."
        case .refusedInReport:
            "Take them out, or the next file that has them books them again: stimport withdraw ID… --note TEXT."
        }
    }
}
