import AppointmentRows
import SQLiteStore
import SecurityTrax

extension StagedFile {
    /// Puts the file on record.
    ///
    /// - Parameter isPosted: whether its rows are to be posted: then its counts come with the run's end.
    func record(in store: Connection, run: Int, isPosted: Bool) throws {
        let columns = ["error", "error_code"] + RowState.shown.map(\.name)
        var values: Arguments = [
            "id": id, "run": run, "name": name, "error": error?.message, "error_code": error?.code.rawValue,
        ]
        for state in RowState.shown { values[state.name] = isPosted ? nil : counts[state] }
        try store.run(
            """
            INSERT INTO files (id, run_id, name, \(columns.joined(separator: ", ")))
            VALUES (:id, :run, :name, \(columns.map { ":\($0)" }.joined(separator: ", ")))
            ON CONFLICT (id) DO UPDATE SET \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
            """, values)
    }

    /// Puts on record what tells the file from other nights'.
    func recordFacts(in store: Connection) throws {
        try store.run(
            """
            UPDATE files SET layout = :layout, digest = :digest, newest_start = :newest, modified = :modified,
                held = :held, remarks = :remarks
            WHERE id = :id
            """,
            [
                "id": id, "layout": facts.layout, "digest": facts.digest,
                "newest": newestStart.map { Int($0.minutes) }, "modified": facts.modified, "held": heldRows,
                "remarks": remarks.isEmpty ? nil : FileRemark.json(remarks),
            ])
    }
}
