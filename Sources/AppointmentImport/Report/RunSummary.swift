/// How a run ended: what the program prints and scripts read.
public struct RunSummary: Sendable {
    /// One input file.
    public struct File: Sendable {
        /// As the user named it; `-` for standard input.
        public var name: String
        /// Its rows by state.
        public var counts: RowCounts
        /// Its rejects file, if one was written.
        public var rejects: String?
        /// Why its rejects file could not be written.
        public var rejectsError: String?
        /// Why it can't be read as appointments.
        public var error: InputError?
        /// Where an inbox put it.
        public var movedTo: String?
        /// Why it was left in its inbox.
        public var moveError: String?
    }

    /// The run's number in the ledger; nil where there is no ledger.
    public var run: Int?
    /// The status that the process ends with.
    public var exit: ExitStatus
    /// The files, in the order given.
    public var files: [File]
    /// Batches claimed.
    public var batches: Int
    /// Requests attempted.
    public var posts: Int
    /// Those that repeated rows after an outcome that proved that nothing was created.
    public var retries: Int
    /// From the start of the run to its end.
    public var seconds: Double
    /// Whether the run made its ledger.
    public var ledgerCreated: Bool
    /// The first findings, at most 1,000.
    public var findings: [FileFinding]
    /// All findings.
    public var findingsTotal: Int
    /// Whether nothing was posted because of the rows, or because nothing was to be posted.
    public var isAbandoned: Bool
    /// Why delivery ended; nil where there was none.
    public var end: DeliveryEnd?
    /// What the ledger failed with in the middle of the run.
    public var failure: LedgerError?

    /// The rows of all files.
    public var totals: RowCounts {
        files.reduce(into: RowCounts()) { $0 += $1.counts }
    }
}

extension RunSummary {
    /// The summary of a run that could not begin.
    public init(nothingBegan exit: ExitStatus) {
        self.init(
            run: nil, exit: exit, files: [], batches: 0, posts: 0, retries: 0, seconds: 0,
            ledgerCreated: false,
            findings: [], findingsTotal: 0, isAbandoned: false, end: nil, failure: nil)
    }

    /// The stable JSON object, version 1.
    public var json: JSONOutput {
        .object([
            ("version", .integer(1)),
            ("run", run.map { .integer($0) } ?? .null),
            ("exit", .integer(Int(exit.rawValue))),
            ("files", .array(files.map(\.json))),
            ("totals", .object(totals.json)),
            ("batches", .integer(batches)),
            ("posts", .integer(posts)),
            ("retries", .integer(retries)),
            ("seconds", .number((seconds * 1000).rounded() / 1000)),
            ("ledger_created", .boolean(ledgerCreated)),
            ("findings_total", .integer(findingsTotal)),
            ("findings", .array(findings.map(\.json))),
        ])
    }
}

extension RunSummary.File {
    /// The file's entry in the summary.
    public var json: JSONOutput {
        var members: [(String, JSONOutput)] = [("file", .text(name))]
        members += counts.json
        members.append(("rejects", rejects.map { .text($0) } ?? .null))
        if let rejectsError { members.append(("rejects_error", .text(rejectsError))) }
        if let error {
            members.append(("error", .text(error.message)))
            members.append(("error_code", .text(error.code)))
        }
        if let movedTo { members.append(("moved_to", .text(movedTo))) }
        if let moveError { members.append(("move_error", .text(moveError))) }
        return .object(members)
    }
}

extension RowCounts {
    /// `rows` and the seven states, in the order in which they are shown.
    public var json: [(String, JSONOutput)] {
        [("rows", .integer(rows))] + RowState.shown.map { ($0.name, .integer(self[$0])) }
    }
}

extension FileFinding {
    /// The finding's entry in the summary.
    public var json: JSONOutput {
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
