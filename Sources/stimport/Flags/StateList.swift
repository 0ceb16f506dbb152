import AppointmentLedger
import AppointmentRows
import SystemFiles

/// `--state`: the names of states, separated by commas. Rows have other states than appointments: the command says
/// which are meant.
struct StateList: Sendable, Hashable {
    /// As `AppointmentState` and `RowState` name them.
    let names: [String]

    /// - Throws: `UsageError` where neither a row nor an appointment has such a state.
    init(parsing text: String) throws(UsageError) {
        var names: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = Wording.trimmed(String(part)).lowercased().replacing("-", with: "_")
                .replacing(" ", with: "_")
            guard Self.known.contains(name) else {
                throw UsageError(
                    "\(ValueParser.quoted(String(part))) is no state",
                    fix: ValueParser.wordsFix(String(part), Self.written(Self.known)))
            }
            names.append(name)
        }
        self.names = names
    }

    /// The states that are meant, of one kind.
    ///
    /// - Throws: `UsageError` where one is of the other kind.
    func states<State>(of kind: String, among all: [State], _ name: (State) -> String) throws(UsageError)
        -> [State]
    {
        var found: [State] = []
        for word in names {
            guard let state = all.first(where: { name($0) == word }) else {
                throw UsageError(
                    "--state: no \(kind) is \(Self.written([word])[0])",
                    fix: "give one of \(Self.written(all.map(name)).joined(separator: ", "))")
            }
            found.append(state)
        }
        return found
    }

    private static let known: [String] =
        RowState.shown.map(\.name)
        + AppointmentState.allCases.map(\.name).filter { name in !RowState.shown.contains { $0.name == name }
        }

    private static func written(_ names: [String]) -> [String] { names.map { $0.replacing("_", with: "-") } }
}
