import AppointmentLedger
import AppointmentRows
import SystemFiles

/// `--state`: the names of states, separated by commas. Rows have other states than appointments: the command says
/// which are meant.
struct StateList: Sendable, Hashable {
    /// As they were typed.
    private let words: [String]

    init(parsing text: String) {
        words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }

    /// The states of rows that are meant: `report`.
    ///
    /// - Throws: `UsageError` where no row has such a state.
    func rowStates() throws(UsageError) -> [RowState] {
        try states(of: "a row", among: RowState.shown, \.name) { name, written in
            AppointmentState.allCases.first { $0.name == name }.map { state in
                UsageError(
                    "--state: no row is \(written)",
                    fix:
                        "the row of such an appointment is \(Self.written(RowState(of: state).name)); stimport find --state \(written) shows the appointments"
                )
            }
        }
    }

    /// The states of appointments that are meant: `find`.
    ///
    /// - Throws: `UsageError` where no appointment has such a state.
    func appointmentStates() throws(UsageError) -> [AppointmentState] {
        try states(of: "an appointment", among: AppointmentState.allCases, \.name) { name, written in
            RowState.shown.first { $0.name == name }.map { state in
                UsageError(
                    "--state: no appointment is \(written), only a row",
                    fix: (state == .alreadyCreated ? "give created, whichever run created it; " : "")
                        + "stimport report --state \(written) shows such rows")
            }
        }
    }

    /// - Parameter other: what to say where the other kind has a state of that name, and as it is written.
    private func states<State>(
        of kind: String, among all: [State], _ name: (State) -> String,
        other: (_ name: String, _ written: String) -> UsageError?
    ) throws(UsageError) -> [State] {
        var found: [State] = []
        for word in words {
            let wanted = Wording.trimmed(word).lowercased().replacing("-", with: "_")
                .replacing(" ", with: "_")
            if let state = all.first(where: { name($0) == wanted }) {
                found.append(state)
                continue
            }
            throw other(wanted, Self.written(wanted))
                ?? UsageError(
                    "--state: \(ValueParser.quoted(word)) is no state of \(kind)",
                    fix: ValueParser.wordsFix(word, all.map { Self.written(name($0)) }))
        }
        return found
    }

    /// The states of rows in words: `created, already-created, …`.
    static var rowWords: String { RowState.shown.map { written($0.name) }.joined(separator: ", ") }

    /// The states of appointments in words.
    static var appointmentWords: String {
        AppointmentState.allCases.map { written($0.name) }.joined(separator: ", ")
    }

    /// A name as it is typed: `in-doubt`.
    private static func written(_ name: String) -> String { name.replacing("_", with: "-") }
}
