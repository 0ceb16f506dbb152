import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What was forgotten, or would be.
package struct PruneReport: Sendable, Hashable {
    /// Runs whose rows, findings and batches go; their counts stay.
    package var runs = 0
    /// Rows of those runs.
    package var rows = 0
    /// Findings of those runs.
    package var findings = 0
    /// Batches of those runs.
    package var batches = 0
    /// Appointments whose notes, detail type, reason and response details go; identity and state stay.
    package var appointments = 0
    /// The ledger's size in bytes.
    package var bytesBefore = 0
    /// Its size afterwards; for a rehearsal, the same.
    package var bytesAfter = 0
    /// Whether the file was rebuilt to give room back to the disk.
    package var wasRebuilt = false
    /// Why it was not, where it would have been worth it.
    package var rebuildFailure: String?
}

/// Forgetting: details go, identities and states stay, what is open is not touched.
extension Ledger {
    /// What has not ended: nothing of it is forgotten.
    private static let openStates = AppointmentState.sql(where: \.isOpen)

    /// What an appointment may forget.
    private static let forgettable =
        AppointmentField.texts.map(\.ledgerColumn) + ["response_details", "reason"]

    /// The appointments that may forget: created, refused or withdrawn before `:cutoff`.
    private static let oldAppointments =
        """
        state IN (\(AppointmentState.sql { !$0.isOpen })) AND changed < :cutoff
        AND (\(forgettable.map { "\($0) IS NOT NULL" }.joined(separator: " OR ")))
        AND NOT EXISTS (SELECT 1 FROM to_dos AS t WHERE t.appointment_id = appointments.id AND t.closed IS NULL)
        """

    /// The runs that may forget: ended before `:cutoff`, with nothing open that they brought.
    private static let oldRuns =
        """
        SELECT id FROM runs WHERE finished < :cutoff AND pruned IS NULL AND NOT EXISTS (
            SELECT 1 FROM appointments AS a JOIN files AS f ON f.id = a.file_id
            WHERE a.state IN (\(openStates)) AND f.run_id = runs.id)
        """

    /// What `prune` would forget, without changing anything.
    package func prunable(before cutoff: Int) throws -> PruneReport {
        try mappingErrors {
            func count(_ sql: String) throws -> Int {
                try store.integer(sql, ["cutoff": cutoff]) ?? 0
            }
            var report = PruneReport()
            let runs = "WITH old AS MATERIALIZED (\(Self.oldRuns))"
            let files = "(SELECT id FROM files WHERE run_id IN old)"
            report.runs = try count("\(runs) SELECT count(*) FROM old")
            report.rows = try count(
                """
                \(runs) SELECT (SELECT count(*) FROM rows WHERE file_id IN \(files))
                    + (SELECT coalesce(sum(count), 0) FROM known_rows WHERE file_id IN \(files))
                """)
            report.findings = try count("\(runs) SELECT count(*) FROM findings WHERE file_id IN \(files)")
            report.batches = try count("\(runs) SELECT count(*) FROM batches WHERE \(Self.batchesOf("old"))")
            report.appointments = try count("SELECT count(*) FROM appointments WHERE \(Self.oldAppointments)")
            report.bytesBefore = try store.size()
            report.bytesAfter = report.bytesBefore
            return report
        }
    }

    /// Forgets what was settled before `cutoff` (milliseconds since 1970 UTC), in one transaction; then gives
    /// room back to the disk, where at least a quarter of the file and 1 MiB of it came free.
    package func prune(before cutoff: Int) throws -> PruneReport {
        precondition(lock != nil, "pruning needs the lock")
        var report = PruneReport()
        var freed = 0
        try mappingErrors {
            report.bytesBefore = try store.size()
            // What is forgotten is overwritten: notes hold gate codes.
            try store.execute("PRAGMA secure_delete = ON")
            try store.execute("CREATE TEMP TABLE IF NOT EXISTS old_runs (id INTEGER PRIMARY KEY)")
            try store.transaction {
                func change(_ sql: String) throws -> Int {
                    try store.run(sql, ["cutoff": cutoff])
                }
                try store.execute("DELETE FROM temp.old_runs")
                report.runs = try change("INSERT INTO temp.old_runs \(Self.oldRuns)")
                freed =
                    try store.integer(
                        """
                        SELECT sum(\(Self.forgettable.map { "coalesce(length(\($0)), 0)" }.joined(separator: " + ")))
                        FROM appointments WHERE \(Self.oldAppointments)
                        """, ["cutoff": cutoff]) ?? 0
                let files = "(SELECT id FROM files WHERE run_id IN (SELECT id FROM temp.old_runs))"
                let known = try store.integer("SELECT sum(count) FROM known_rows WHERE file_id IN \(files)")
                var deleted: [String: Int] = [:]
                for table in LedgerSchema.tablesByRow {
                    deleted[table] = try store.run("DELETE FROM \(table) WHERE file_id IN \(files)")
                }
                try store.execute(LedgerSchema.makeLeftOut)
                try store.run("DELETE FROM whole_schedules WHERE run_id IN (SELECT id FROM temp.old_runs)")
                try store.run("DELETE FROM left_out WHERE file_id IN \(files)")
                report.rows = (deleted["rows"] ?? 0) + (known ?? 0)
                report.findings = deleted["findings"] ?? 0
                _ = try change("DELETE FROM customer_answers WHERE asked < :cutoff")
                _ = try change("DELETE FROM quiet WHERE until < :cutoff")
                _ = try store.run("DELETE FROM told WHERE last_run IN (SELECT id FROM temp.old_runs)")
                report.batches = try store.run(
                    "DELETE FROM batches WHERE \(Self.batchesOf("(SELECT id FROM temp.old_runs)"))")
                try store.run(
                    "UPDATE runs SET pruned = :now WHERE id IN (SELECT id FROM temp.old_runs)",
                    ["now": Self.now])
                report.appointments = try change(
                    """
                    UPDATE appointments SET \(Self.forgettable.map { "\($0) = NULL" }.joined(separator: ", "))
                    WHERE \(Self.oldAppointments)
                    """)
            }
        }
        rebuildWhereWorthIt(freed: freed, &report)
        try mappingErrors { report.bytesAfter = try store.size() }
        return report
    }

    /// Batches of forgotten runs, but for those that an open appointment names.
    private static func batchesOf(_ runs: String) -> String {
        """
        run_id IN \(runs) AND id NOT IN (
            SELECT batch_id FROM appointments WHERE state IN (\(openStates)) AND batch_id IS NOT NULL)
        """
    }

    private func rebuildWhereWorthIt(freed: Int, _ report: inout PruneReport) {
        do {
            let page = try store.integer("PRAGMA page_size") ?? 4_096
            let free = (try store.integer("PRAGMA freelist_count") ?? 0) * page + freed
            if free >= 1 << 20, free * 4 >= report.bytesBefore {
                try store.execute("VACUUM")
                report.wasRebuilt = true
            }
            // The log still holds what was forgotten, until it is written back and cut.
            try store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        } catch {
            // Everything is forgotten all the same; only its room is not given back.
            report.rebuildFailure = LedgerError(error, path: path).message
        }
    }
}
