import AppointmentRows
import SQLiteStore

/// The runs, and where the ledger stands between them.
extension Ledger {
    /// The number of the last run that did something with rows, of the last one of all where none did, or nil where
    /// there was none. A resume that found nothing and a dry run say nothing of what became of last night's file.
    package func lastRun() throws -> Int? {
        try mappingErrors {
            try store.integer(
                """
                SELECT r.id FROM runs AS r WHERE r.command IN ('import', 'resume')
                    AND EXISTS (SELECT 1 FROM files WHERE run_id = r.id)
                ORDER BY r.id DESC LIMIT 1
                """) ?? store.integer("SELECT max(id) FROM runs")
        }
    }

    /// How many rows of a file in `files` were valid: those that a rule left out are neither.
    static let validRows = RowState.shown.filter { ![.invalid, .skipped].contains($0) }
        .map { "coalesce(\($0.name), 0)" }.joined(separator: " + ")

    /// When the last night's work was done: milliseconds since 1970 UTC.
    ///
    /// That is the end of an import that posted all it could, but not of one whose files were all left out, or whose
    /// rows were invalid, all of them; or of a
    /// resume that had something to do, where the import before it lacked nothing else. A resume that finds nothing
    /// says nothing of a night whose file could not be read.
    package func lastCompleteRun() throws -> Int? {
        try mappingErrors {
            try store.integer(
                """
                SELECT r.finished FROM runs AS r
                WHERE r.exit IN (0, 1) AND r.abandoned = 0
                    -- Where nothing was valid, nothing of that night was booked.
                    AND (SELECT coalesce(sum(invalid), 0) = 0 OR sum(\(Self.validRows)) > 0
                        FROM files WHERE run_id = r.id)
                    AND CASE r.command
                    WHEN 'import' THEN
                        NOT EXISTS (SELECT 1 FROM files WHERE run_id = r.id)
                        OR EXISTS (SELECT 1 FROM files WHERE run_id = r.id AND error IS NULL)
                    WHEN 'resume' THEN
                        EXISTS (SELECT 1 FROM files WHERE run_id = r.id)
                        AND NOT EXISTS (
                            SELECT 1 FROM runs AS i WHERE i.id = (
                                SELECT max(id) FROM runs WHERE command = 'import' AND id < r.id)
                            AND (i.abandoned = 1
                                OR EXISTS (SELECT 1 FROM files WHERE run_id = i.id AND error IS NOT NULL)))
                    ELSE 0 END
                ORDER BY r.id DESC LIMIT 1
                """)
        }
    }

    /// How the last import or resume ended before a run, or the last one of all: an exit status; nil where there was
    /// none, or it was killed.
    package func lastExit(before run: Int?) throws -> Int? {
        try mappingErrors {
            try store.first(
                """
                SELECT exit FROM runs
                WHERE command IN ('import', 'resume') AND (:run IS NULL OR id < :run) ORDER BY id DESC LIMIT 1
                """, ["run": run]
            ) { try $0["exit"] as Int? } ?? nil
        }
    }

    /// The last runs, newest first.
    package func runs(limit: Int) throws -> [RunRecord] {
        try mappingErrors {
            let ids = try store.all(
                "SELECT id FROM runs ORDER BY id DESC LIMIT :limit", ["limit": limit]
            ) { try $0["id"] as Int }
            return try ids.compactMap { try report(ofRun: $0) }
        }
    }

    /// One run, or nil where the ledger has none of that number.
    package func report(ofRun id: Int) throws -> RunRecord? {
        try mappingErrors {
            let found = try store.first(
                """
                SELECT r.*, e.identity FROM runs AS r LEFT JOIN endpoints AS e ON e.id = r.endpoint_id
                WHERE r.id = :id
                """, ["id": id]
            ) { row in
                RunRecord(
                    run: id, command: try row["command"], endpoint: try row["identity"] ?? "",
                    started: try row["started"], finished: try row["finished"], exit: try row["exit"],
                    batches: try row["batches"], posts: try row["posts"], retries: try row["retries"],
                    seconds: try row["seconds"], ledgerCreated: try row["ledger_created"],
                    findingsTotal: try row["findings_total"], findingsNew: try row["findings_new"] ?? 0,
                    findingsKnown: try row["findings_known"] ?? 0,
                    doubtsKnown: try row["in_doubt_known"] ?? 0,
                    isAbandoned: try row["abandoned"],
                    stopped: try Self.stop(in: row), pruned: try row["pruned"], files: [])
            }
            guard var record = found else { return nil }
            // A run that has not ended has no counts on record yet.
            let live = record.finished == nil && !record.isAbandoned ? try counts(ofRun: id) : [:]
            record.files = try store.all(
                """
                SELECT id, name, rejects, rejects_error, error, error_code, remarks, \(Self.countColumns)
                FROM files WHERE run_id = :run ORDER BY id
                """, ["run": id]
            ) { row in
                RunRecord.File(
                    name: try row["name"], counts: try live[try row["id"]] ?? Self.counts(in: row),
                    rejects: try row["rejects"], rejectsError: try row["rejects_error"],
                    error: try row["error"], errorCode: try row["error_code"],
                    remarks: FileRemark.list(try row["remarks"]))
            }
            record.toDos = try toDos(ofRun: record)
            return record
        }
    }

    /// Why the run in a row of `runs` stopped itself; nil where it did not.
    private static func stop(in row: Row) throws -> RunStop? {
        guard let text: String = try row["stopped_code"], let code = RunStop.Code(rawValue: text) else {
            return nil
        }
        return RunStop(
            code: code, message: try row["stopped_message"] ?? "", fix: try row["stopped_fix"] ?? "")
    }

    /// When runs at an endpoint were refused their login since the last one that was not, the newest first:
    /// milliseconds since 1970 UTC.
    ///
    /// - Parameter limit: how many are looked at.
    package func refusedLogins(at endpoint: String, limit: Int) throws -> [Int] {
        try mappingErrors {
            let tries: [(wasRefused: Bool, time: Int)] = try store.all(
                """
                SELECT r.stopped_code, coalesce(r.finished, r.started) AS time
                FROM runs AS r JOIN endpoints AS e ON e.id = r.endpoint_id
                WHERE e.identity = :endpoint AND (r.stopped_code = :refused OR r.posts > 0)
                    AND time > coalesce(e.login_accepted, 0)
                ORDER BY r.id DESC LIMIT :limit
                """,
                ["endpoint": endpoint, "refused": RunStop.Code.credentialsRefused.rawValue, "limit": limit]
            ) { row in
                let code: String? = try row["stopped_code"]
                return (code == RunStop.Code.credentialsRefused.rawValue, try row["time"])
            }
            return tries.prefix { $0.wasRefused }.map(\.time)
        }
    }

    /// Takes note that a login was accepted outside of a run: what was refused before is over.
    package func recordAcceptedLogin(at endpoint: String) throws {
        precondition(lock != nil, "it needs the lock")
        try mappingErrors {
            _ = try store.run(
                "UPDATE endpoints SET login_accepted = :now WHERE identity = :endpoint",
                ["endpoint": endpoint, "now": Self.now])
        }
    }

    /// Whether any appointment was ever created.
    package func hasCreated() throws -> Bool {
        try mappingErrors {
            try store.integer(
                "SELECT 1 FROM appointments WHERE state = \(AppointmentState.sql(.created)) LIMIT 1") != nil
        }
    }

    /// How many appointments a living run is posting.
    package func posting() throws -> Int {
        // Where nobody is posting there are none, and nothing has to be looked for.
        isInUse ? try openCounts().claimed : 0
    }

    /// What is open.
    package func standing() throws -> LedgerStanding {
        let (inDoubt, claimed) = try openCounts()
        return LedgerStanding(
            pending: try pendingByRun(), inDoubt: isInUse ? inDoubt : inDoubt + claimed,
            posting: isInUse ? claimed : 0, held: try heldRuns(),
            toDos: try mappingErrors {
                try store.integer("SELECT count(*) FROM to_dos WHERE closed IS NULL") ?? 0
            }, lastSuccess: try lastCompleteRun())
    }
}
