import AppointmentRows
import SQLiteStore

/// Rows of a corrected rejects file: where each came from first, and which run it completes.
extension Stager {
    /// Keeps where a row came from, for the rejects file of this run.
    func put(_ origin: RowOrigin, ofLine line: Int) throws {
        try store.prepare("INSERT OR REPLACE INTO origins VALUES (?1, ?2, ?3, ?4, ?5)")
            .bind(file, at: 1).bind(line, at: 2).bind(origin.file, at: 3).bind(origin.line, at: 4)
            .bind(origin.run, at: 5).run()
    }

    /// The run that a row of a rejects file counts as part of: the one that rejected it, as far as the ledger
    /// bears that out; otherwise this one.
    func acceptingRun(_ origin: RowOrigin) throws -> Int {
        guard origin.run > 0, origin.run < run else { return run }
        let query = try store.prepare(
            """
            SELECT 1 FROM files AS f JOIN runs AS r ON r.id = f.run_id
            WHERE f.run_id = ?1 AND f.name = ?2 AND r.endpoint_id = ?4 AND r.abandoned = 0
                AND f.error_code IS NULL AND (f.refused > 0 OR EXISTS (
                    SELECT 1 FROM rows AS x WHERE x.file_id = f.id AND x.line = ?3 AND x.state IN (4, 5)))
            LIMIT 1
            """
        ).bind(origin.run, at: 1).bind(origin.file, at: 2).bind(origin.line, at: 3).bind(endpoint, at: 4)
        defer { query.reset() }
        return try query.step() ? origin.run : run
    }
}
