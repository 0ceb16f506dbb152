import AppointmentLedger
import AppointmentRows
import SecurityTrax

/// Every code that a user or a script may meet, explained. A finding's text stands with its code; the others come
/// from exhaustive switches: a new case does not compile before it has one.
package enum Reference {
    typealias Text = (meaning: String, why: String, action: String)

    /// All of them, by kind, in the order of their declarations.
    package static let all: [Explanation] =
        FindingCode.allCases.map { Explanation(.finding, $0.rawValue, ($0.meaning, $0.why, $0.action)) }
        + ToDoCode.allCases.map { Explanation(.toDo, $0.rawValue, text(of: $0)) }
        + FileRemark.Code.allCases.map { Explanation(.remark, $0.rawValue, text(of: $0)) }
        + InputError.Code.allCases.compactMap { code in
            text(of: code).map { Explanation(.file, code.rawValue, $0) }
        }
        + RowState.shown.map { Explanation(.state, $0.name, text(of: $0)) }
        + AppointmentState.allCases.compactMap { state in
            text(of: state).map { Explanation(.state, state.name, $0) }
        }
        + [Explanation(.state, "outcome-unknown", outcomeUnknown)]
        + OutcomeWord.allCases.map { Explanation(.outcome, $0.rawValue, text(of: $0)) }
        + RunStop.Code.allCases.map { Explanation(.stop, $0.rawValue, text(of: $0)) }
        + LedgerError.Code.allCases.map { Explanation(.ledger, $0.rawValue, text(of: $0)) }
        + Reconciliation.Finding.allCases.map { Explanation(.comparison, $0.rawValue, text(of: $0)) }
        + ExitStatus.allCases.map { Explanation(.exit, String($0.rawValue), text(of: $0)) }
        + keys.map { Explanation(.key, $0.code, $0.text) }

    /// What is called so. `in doubt` and `in_doubt` are the same; a word may be a finding and a stop.
    package static func explanations(of word: String) -> [Explanation] {
        let key = normalized(word)
        return all.filter { normalized($0.code) == key }
    }

    /// Every code, each once.
    package static var codes: [String] {
        var seen = Set<String>()
        return all.map(\.code).filter { seen.insert($0).inserted }
    }

    private static func normalized(_ word: String) -> String {
        word.lowercased().replacing("_", with: "-").replacing(" ", with: "-")
    }
}
