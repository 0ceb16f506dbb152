package import AppointmentLedger
import AppointmentRows
import SecurityTrax

/// How a test's rows end that it posts.
package enum Fate: String, Sendable, CaseIterable {
    case created, refused, inDoubt, pending

    package var settlement: RowSettlement {
        switch self {
        case .created: .created([ResponseDetail(name: "ConfirmationStatusName", value: "Not Confirmed")])
        case .refused: .refused(reason: "no such customer")
        case .inDoubt: .inDoubt(reason: "the answer was cut")
        case .pending: .pending(reason: "busy")
        }
    }
}
