import AppointmentRows

/// A run as the ledger keeps it.
package struct RunRecord: Sendable {
    /// One of its files.
    package struct File: Sendable {
        /// As the user named it.
        package var name: String
        /// Its rows by state: as the run ended, or as they are now where it has not.
        package var counts: RowCounts
        /// Its rejects file, if one was written.
        package var rejects: String?
        /// Why its rejects file could not be written.
        package var rejectsError: String?
        /// Why nothing of it was imported: it could not be read as appointments, or was set aside.
        package var error: String?
        /// The stable code of that.
        package var errorCode: String?
        /// What is odd about it as a whole.
        package var remarks: [FileRemark] = []

        /// Whether it was read, and set aside because of its rows.
        package var isSetAside: Bool { errorCode == InputError.Code.tooManyInvalid.rawValue }
    }

    /// Its number, from 1.
    package var run: Int
    /// `import`, `resume`, `dry-run` or `adopt`.
    package var command: String
    /// Where it posted to.
    package var endpoint: String
    /// Milliseconds since 1970 UTC.
    package var started: Int
    /// Milliseconds since 1970 UTC; nil while it goes on, and for good where it was killed and nothing ran since.
    package var finished: Int?
    /// The status that it ended with; nil where it was killed.
    package var exit: Int?
    /// Batches claimed.
    package var batches: Int
    /// Requests attempted.
    package var posts: Int
    /// Those that repeated rows.
    package var retries: Int
    /// From its start to its end.
    package var seconds: Double
    /// Whether it made the ledger.
    package var ledgerCreated: Bool
    /// All its findings.
    package var findingsTotal: Int
    /// What was told for the first time.
    package var findingsNew = 0
    /// What an earlier run told of the same visit.
    package var findingsKnown = 0
    /// How many rows were in doubt since an earlier run.
    package var doubtsKnown = 0
    /// What is to be done by hand, as it was when the run ended.
    package var toDos = ToDoChanges()
    /// Whether it posted nothing because of its rows.
    package var isAbandoned: Bool
    /// Why it stopped itself before everything was posted; nil where it did not.
    package var stopped: RunStop?
    /// When its rows and findings were forgotten, which leaves its counts: milliseconds since 1970 UTC.
    package var pruned: Int?
    /// Its files, in order.
    package var files: [File]

    /// The rows of all files.
    package var totals: RowCounts {
        files.reduce(into: RowCounts()) { $0 += $1.counts }
    }
}
