import AppointmentRows

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
        code == refusedByService ? "SecurityTrax refused it: \(reason)" : reason
    }
}
