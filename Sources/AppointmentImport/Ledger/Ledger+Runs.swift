import SQLiteStore

extension Ledger {
    /// The number of the last run, or nil where there was none.
    func lastRun() throws -> Int? {
        try failable { try store.integer("SELECT max(id) FROM runs") }
    }

    /// When the last run ended that posted all it could: milliseconds since 1970 UTC.
    func lastCompleteRun() throws -> Int? {
        try failable {
            try store.integer(
                "SELECT max(finished) FROM runs WHERE exit IN (0, 1) AND abandoned = 0 AND command IN ('import', 'resume')"
            )
        }
    }

    /// The last runs, newest first.
    func runs(limit: Int) throws -> [RunRecord] {
        try failable {
            let query = try store.prepare("SELECT id FROM runs ORDER BY id DESC LIMIT ?1").bind(limit, at: 1)
            var ids: [Int] = []
            while try query.step() { ids.append(query.integer(0)) }
            return try ids.compactMap { try run($0) }
        }
    }

    /// One run, or nil where the ledger has none of that number.
    func run(_ id: Int) throws -> RunRecord? {
        try failable {
            let query = try store.prepare(
                """
                SELECT r.command, e.identity, r.started, r.finished, r.exit, r.batches, r.posts, r.retries,
                    r.seconds, r.ledger_created, r.findings_total, r.abandoned, r.pruned,
                    r.stopped_code, r.stopped_message, r.stopped_fix
                FROM runs AS r LEFT JOIN endpoints AS e ON e.id = r.endpoint_id WHERE r.id = ?1
                """
            ).bind(id, at: 1)
            guard try query.step() else { return nil }
            var record = RunRecord(
                run: id, command: query.text(0), endpoint: query.text(1), started: query.integer(2),
                finished: query.optionalInteger(3), exit: query.optionalInteger(4), batches: query.integer(5),
                posts: query.integer(6), retries: query.integer(7), seconds: query.number(8),
                ledgerCreated: query.integer(9) != 0, findingsTotal: query.integer(10),
                isAbandoned: query.integer(11) != 0,
                stopped: query.optionalText(13).map {
                    RunStop(code: $0, message: query.text(14), fix: query.text(15))
                }, pruned: query.optionalInteger(12), files: [])
            query.reset()
            let files = try store.prepare(
                """
                SELECT id, name, rejects, rejects_error, error, error_code, created, already_created, duplicate, skipped,
                    invalid, refused, in_doubt, pending
                FROM files WHERE run_id = ?1 ORDER BY id
                """
            ).bind(id, at: 1)
            // A run that has not ended has no counts on record yet.
            let live = record.finished == nil && !record.isAbandoned ? try counts(ofRun: id) : [:]
            while try files.step() {
                let counts = Self.counts(in: files, from: 6)
                record.files.append(
                    RunRecord.File(
                        name: files.text(1), counts: live[files.integer(0)] ?? counts,
                        rejects: files.optionalText(2), rejectsError: files.optionalText(3),
                        error: files.optionalText(4), errorCode: files.optionalText(5)))
            }
            return record
        }
    }
}
