import Foundation

/// A run as the ledger keeps it.
public struct RunRecord: Sendable {
    /// One of its files.
    public struct File: Sendable {
        /// As the user named it.
        public var name: String
        /// Its rows by state: as the run ended, or as they are now where it has not.
        public var counts: RowCounts
        /// Its rejects file, if one was written.
        public var rejects: String?
        /// Why its rejects file could not be written.
        public var rejectsError: String?
        /// Why it could not be read as appointments.
        public var error: String?
    }

    /// Its number, from 1.
    public var run: Int
    /// `import`, `resume`, `dry-run` or `adopt`.
    public var command: String
    /// Where it posted to.
    public var endpoint: String
    /// Milliseconds since 1970 UTC.
    public var started: Int
    /// Milliseconds since 1970 UTC; nil while it goes on, and for good where it was killed and nothing ran since.
    public var finished: Int?
    /// The status that it ended with; nil where it was killed.
    public var exit: Int?
    /// Batches claimed.
    public var batches: Int
    /// Requests attempted.
    public var posts: Int
    /// Those that repeated rows.
    public var retries: Int
    /// From its start to its end.
    public var seconds: Double
    /// Whether it made the ledger.
    public var ledgerCreated: Bool
    /// All its findings.
    public var findingsTotal: Int
    /// Whether it posted nothing because of its rows.
    public var isAbandoned: Bool
    /// When its rows and findings were forgotten, which leaves its counts: milliseconds since 1970 UTC.
    public var pruned: Int?
    /// Its files, in order.
    public var files: [File]

    /// The rows of all files.
    public var totals: RowCounts {
        files.reduce(into: RowCounts()) { $0 += $1.counts }
    }
}

extension RunRecord {
    /// The run in the form of its summary, with the findings given.
    public func json(findings: [FileFinding]) -> JSONOutput {
        var members: [(String, JSONOutput)] = [
            ("version", .integer(1)),
            ("run", .integer(run)),
            ("exit", exit.map { .integer($0) } ?? .null),
            ("files", .array(files.map(\.json))),
            ("totals", .object(totals.json)),
            ("batches", .integer(batches)),
            ("posts", .integer(posts)),
            ("retries", .integer(retries)),
            ("seconds", .number(seconds)),
            ("ledger_created", .boolean(ledgerCreated)),
            ("findings_total", .integer(findingsTotal)),
            ("findings", .array(findings.map(\.json))),
        ]
        if let pruned { members.append(("pruned", .text(Self.iso(pruned)))) }
        return .object(members)
    }

    private static func iso(_ milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
    }
}

extension RunRecord.File {
    /// The file's entry.
    public var json: JSONOutput {
        var members: [(String, JSONOutput)] = [("file", .text(name))]
        members += counts.json
        members.append(("rejects", rejects.map { .text($0) } ?? .null))
        if let rejectsError { members.append(("rejects_error", .text(rejectsError))) }
        if let error { members.append(("error", .text(error))) }
        return .object(members)
    }
}
