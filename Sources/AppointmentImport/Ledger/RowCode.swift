/// The codes of rows that are neither invalid nor done. Stable, like the findings' codes.
enum RowCode {
    /// SecurityTrax said no.
    static let refusedByService = "refused-by-service"
    /// A person took it back out of the ledger.
    static let withdrawn = "withdrawn"
    /// It may or may not exist.
    static let outcomeUnknown = "outcome-unknown"
}
