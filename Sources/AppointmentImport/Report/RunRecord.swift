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
        /// Why nothing of it was imported: it could not be read as appointments, or was set aside.
        public var error: String?
        /// The stable code of that.
        public var errorCode: String?

        /// Whether it was read, and set aside because of its rows.
        public var isSetAside: Bool { errorCode == InputError.tooManyInvalidCode }
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
    /// Why it stopped itself before everything was posted; nil where it did not.
    public var stopped: RunStop?
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
        var members = SummaryJSON(
            run: run, exit: exit, stopped: stopped, files: files.map(\.json), totals: totals,
            batches: batches, posts: posts, retries: retries, seconds: seconds,
            ledgerCreated: ledgerCreated, findings: findings, findingsTotal: findingsTotal
        ).members
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
        if let errorCode { members.append(("error_code", .text(errorCode))) }
        return .object(members)
    }
}
