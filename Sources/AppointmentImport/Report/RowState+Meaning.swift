import AppointmentLedger

/// What each state means for whoever looks: the one place to say it of a new state.
extension RowState {
    /// The state in a sentence: `in doubt`.
    package var words: String { name.replacing("_", with: " ") }

    /// As above; what would be posted, where nothing is, is no more than valid.
    package func words(isOnlyValid: Bool) -> String {
        self == .pending && isOnlyValid ? "valid" : words
    }

    /// How it looks; nil where nothing has to be done and nothing was.
    package var tone: TextStyle.Tone? {
        switch self {
        case .created, .alreadyCreated: .good
        case .invalid, .refused, .inDoubt: .bad
        case .pending: .careful
        case .duplicate, .skipped: nil
        }
    }

    /// What somebody has to do about a row in this state; nil where nobody has to.
    package var advice: String? {
        switch self {
        case .inDoubt:
            "SecurityTrax may or may not have these. Look at the customer's appointments and history there, then say what you found: stimport resolve --created ID…, or stimport resolve --not-created ID…; the portal shows the viewer's zone, the times here are the customer's."
        case .refused: "SecurityTrax said no. Correct them in the rejects file and import it."
        case .invalid:
            "They can't be posted as they are written. Correct them in the rejects file and import it."
        case .pending: "They are still to be posted: stimport resume."
        case .created, .alreadyCreated, .duplicate, .skipped: nil
        }
    }

    /// Whether a row in this state is not done with.
    package var needsSomebody: Bool { advice != nil }
}
