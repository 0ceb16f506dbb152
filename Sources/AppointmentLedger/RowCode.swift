import AppointmentRows
import SecurityTrax

/// The codes of rows that are neither invalid nor done. Stable, like the findings' codes.
package enum RowCode {
    /// SecurityTrax said no.
    static let refusedByService = FindingCode.refusedByService.rawValue
    /// A person took it back out of the ledger.
    static let withdrawn = FindingCode.withdrawn.rawValue
    /// It may or may not exist.
    static let outcomeUnknown = "outcome-unknown"

    /// Why a row is in doubt that was found as `posting`, with nobody posting.
    static let strandedReason = "the run ended while this was being posted"

    /// Why a row is refused: the service's words are told as such.
    package static func words(forRefused code: String, _ reason: String) -> String {
        guard code == refusedByService else { return reason }
        return reason.isEmpty
            ? "SecurityTrax refused it and gave no reason" : "SecurityTrax refused it: \(reason)"
    }

    /// What would have a refused row booked, as far as the reason shows it.
    package static func fix(forRefused code: String, _ reason: String) -> String {
        switch code {
        case FindingCode.inThePast.rawValue: "give it a time to come, or import it with --allow-past"
        case FindingCode.skippedStatus.rawValue, FindingCode.skippedByRule.rawValue, ToDoCode.moved.rawValue,
            ToDoCode.gone.rawValue:
            "nothing, where the later file is right; a file that brings it again has it posted"
        case _ where code != FindingCode.refusedByService.rawValue && FindingCode(rawValue: code) != nil:
            "correct what a later file says of it, and import that; a file that brings it again has it posted"
        default:
            if PostVerdict.isOfWholeRequest(reason: reason) {
                "the request with this row alone was turned away as a whole, and nothing names the cause: shorten its notes, take out what looks like code or an address, and import it again; where that doesn't help, ask whoever runs the network, or SecurityTrax, what is blocked"
            } else if reason.isEmpty {
                "make this visit in SecurityTrax by hand, which says what is in its way; then correct the row and import it again, or leave it out"
            } else {
                "correct what SecurityTrax names, and import the row again"
            }
        }
    }
}
