/// What one code means, why it exists and what to do about it: for `stimport help CODE`, the manual page and the
/// documentation.
package struct Explanation: Sendable, Hashable {
    /// What kinds of codes there are, in the order of the documentation.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case finding = "Findings"
        case toDo = "To-dos"
        case remark = "Remarks about files"
        case file = "Files that can't be imported"
        case state = "States"
        case outcome = "Outcomes of a post"
        case stop = "Stops"
        case ledger = "Ledgers that can't be used"
        case comparison = "What a comparison with a report finds"
        case exit = "Exit statuses"
        case key = "Keys of the JSON summary"

        /// What one of them is called.
        package var title: String {
            switch self {
            case .finding: "a finding about a row"
            case .toDo: "something to do by hand"
            case .remark: "what is odd about a file"
            case .file: "why a file can't be imported"
            case .state: "a state of a row or an appointment"
            case .outcome: "the outcome of a post or a handshake"
            case .stop: "why a run stopped itself"
            case .ledger: "why the ledger can't be used"
            case .comparison: "what reconcile found of a visit"
            case .exit: "an exit status"
            case .key: "a key of the JSON summary"
            }
        }
    }

    /// What kind of code it is.
    package let kind: Kind
    /// As it stands in files, logs and JSON.
    package let code: String
    /// What it means.
    package let meaning: String
    /// Why there is such a thing.
    package let why: String
    /// What to do about it.
    package let action: String

    init(_ kind: Kind, _ code: String, _ text: (meaning: String, why: String, action: String)) {
        self.kind = kind
        self.code = code
        (meaning, why, action) = text
    }
}
