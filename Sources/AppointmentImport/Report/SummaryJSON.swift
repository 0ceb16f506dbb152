import AppointmentLedger

/// The members of a run's stable JSON object, version 2: the same for a run that has just ended and for one that
/// the ledger keeps.
struct SummaryJSON {
    var run: Int?
    var exit: Int?
    var stopped: RunStop?
    var files: [JSONOutput]
    var totals: RowCounts
    var batches: Int
    var posts: Int
    var retries: Int
    var seconds: Double
    var ledgerCreated: Bool
    var findings: [FileFinding]
    var findingsTotal: Int

    var members: [(String, JSONOutput)] {
        [
            ("version", .integer(2)),
            ("run", run.map { .integer($0) } ?? .null),
            ("exit", exit.map { .integer($0) } ?? .null),
            ("stopped", stopped?.json ?? .null),
            ("files", .array(files)),
            ("totals", .object(totals.json)),
            ("batches", .integer(batches)),
            ("posts", .integer(posts)),
            ("retries", .integer(retries)),
            ("seconds", .number((seconds * 1000).rounded() / 1000)),
            ("ledger_created", .boolean(ledgerCreated)),
            ("findings_total", .integer(findingsTotal)),
            ("findings", .array(findings.map(\.json))),
        ]
    }
}
