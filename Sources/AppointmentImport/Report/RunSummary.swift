package import AppointmentLedger
package import AppointmentRows

/// How a run ended: what the program prints and scripts read.
package struct RunSummary: Sendable {
    /// One input file.
    package struct File: Sendable {
        /// As the user named it; `-` for standard input.
        package var name: String
        /// Its rows by state.
        package var counts: RowCounts
        /// Its rejects file, if one was written.
        package var rejects: String?
        /// Why its rejects file could not be written.
        package var rejectsError: String?
        /// Why nothing of it was imported: it can't be read as appointments, or was set aside.
        package var error: InputError?
        /// Where an inbox put it.
        package var movedTo: String?
        /// Why it was left in its inbox.
        package var moveError: String?
    }

    /// The run's number in the ledger; nil where there is no ledger.
    package var run: Int?
    /// The status that the process ends with.
    package var exit: ExitStatus
    /// The files, in the order given.
    package var files: [File]
    /// Batches claimed.
    package var batches: Int
    /// Requests attempted.
    package var posts: Int
    /// Those that repeated rows after an outcome that proved that nothing was created.
    package var retries: Int
    /// From the start of the run to its end.
    package var seconds: Double
    /// Whether the run made its ledger.
    package var ledgerCreated: Bool
    /// The first findings, at most 1,000.
    package var findings: [FileFinding]
    /// All findings.
    package var findingsTotal: Int
    /// Whether nothing was posted because of the rows, or because nothing was to be posted.
    package var isAbandoned: Bool
    /// Why it stopped itself before everything was posted; nil where it did not.
    package var stopped: RunStop?
    /// Why delivery ended; nil where there was none.
    package var end: DeliveryEnd?
    /// What the ledger failed with in the middle of the run.
    package var failure: LedgerError?

    /// The rows of all files.
    package var totals: RowCounts {
        files.reduce(into: RowCounts()) { $0 += $1.counts }
    }

    /// The rows that are still to be posted, as the ledger has them: those of files that were set aside, or of a
    /// run that posts nothing, are not.
    package var open: Int {
        isAbandoned ? 0 : files.reduce(0) { $0 + ($1.error == nil ? $1.counts[.pending] : 0) }
    }
}

extension RunSummary {
    /// The summary of a run that could not begin.
    package init(nothingBegan exit: ExitStatus) {
        self.init(
            run: nil, exit: exit, files: [], batches: 0, posts: 0, retries: 0, seconds: 0,
            ledgerCreated: false,
            findings: [], findingsTotal: 0, isAbandoned: false, stopped: nil, end: nil, failure: nil)
    }

    /// The stable JSON object, version 2.
    package var json: JSONOutput {
        .object(
            SummaryJSON(
                run: run, exit: Int(exit.rawValue), stopped: stopped, files: files.map(\.json),
                totals: totals, batches: batches, posts: posts, retries: retries, seconds: seconds,
                ledgerCreated: ledgerCreated, findings: findings, findingsTotal: findingsTotal
            ).members)
    }
}

extension RunSummary.File {
    /// The file's entry in the summary.
    package var json: JSONOutput {
        var members: [(String, JSONOutput)] = [("file", .text(name))]
        members += counts.json
        members.append(("rejects", rejects.map { .text($0) } ?? .null))
        if let rejectsError { members.append(("rejects_error", .text(rejectsError))) }
        if let error {
            members.append(("error", .text(error.message)))
            members.append(("error_code", .text(error.code.rawValue)))
        }
        if let movedTo { members.append(("moved_to", .text(movedTo))) }
        if let moveError { members.append(("move_error", .text(moveError))) }
        return .object(members)
    }
}

extension RowCounts {
    /// `rows` and the eight states, in the order in which they are shown.
    package var json: [(String, JSONOutput)] {
        [("rows", .integer(rows))] + RowState.shown.map { ($0.name, .integer(self[$0])) }
    }
}

extension FileFinding {
    /// The finding's entry in the summary.
    package var json: JSONOutput {
        .object([
            ("file", .text(file)),
            ("line", .integer(finding.line)),
            ("column", finding.column.map { .text($0) } ?? .null),
            ("code", .text(finding.code.rawValue)),
            ("severity", .text(finding.severity.rawValue)),
            ("value", .text(finding.value)),
            ("message", .text(finding.message)),
            ("fix", .text(finding.fix)),
        ])
    }
}
