import AppointmentRows
import SQLiteStore
import SecurityTrax

/// `--check-overlaps`: the same technician at two places at once.
extension StagingSession {
    /// Makes each row of this run invalid whose technician is elsewhere at that time: in another row of the
    /// run, or in an appointment that the ledger has pending, held, in doubt or created. Each row names the other.
    func invalidateOverlaps() throws {
        guard let last = result.files.last?.id else { return }
        try store.execute(
            """
            \(LedgerSchema.techIndex);
            CREATE TEMP TABLE overlaps AS
                SELECT a.id AS id, min(b.id) AS other FROM appointments AS a
                JOIN appointments AS b ON b.endpoint_id = a.endpoint_id AND b.tech = a.tech AND b.tech > 0
                    AND b.start < a.end AND b.start > a.start - \(reach) AND b.end > a.start
                WHERE a.endpoint_id = \(endpoint) AND a.tech > 0 AND a.file_id >= \(firstFile) AND a.state = \(AppointmentState.sql(.pending))
                    AND b.customer <> a.customer
                    AND b.state IN (\(AppointmentState.sql(where: \.isActive)))
                GROUP BY a.id;
            """)
        try store.forEach(
            """
            SELECT \(Ledger.qualifiedColumns), a.file_id, a.line, b.customer AS other_customer, b.start AS other_start,
                b.end AS other_end, b.file_id AS other_file, b.line AS other_line
            FROM temp.overlaps AS o JOIN appointments AS a ON a.id = o.id JOIN appointments AS b ON b.id = o.other
            ORDER BY a.file_id, a.line
            """
        ) { row in
            let appointment = try Ledger.appointment(in: row)
            let line: Int = try row["line"]
            file = try row["file_id"]
            let origin = try index.origin(ofFile: try row["other_file"])
            let other = OtherAppointment(
                file: origin?.name, line: try row["other_line"], run: origin?.run,
                customerID: try row["other_customer"], start: LocalTime(minutes: try row["other_start"]),
                end: LocalTime(minutes: try row["other_end"]))
            let finding = Finding.techOverlap(line: line, techID: appointment.techID ?? 0, other: other)
            let columns = AppointmentField.allCases.map { appointment[$0] }
            try record([finding], of: columns)
            try put(line: line, as: .invalid, because: [finding], written: columns)
            if let index = result.files.firstIndex(where: { $0.id == file }) {
                result.files[index].counts[.pending] -= 1
                result.files[index].counts[.invalid] += 1
            }
        }
        let overlapping = "SELECT id FROM temp.overlaps"
        try replaced.detachRows(ofFiles: firstFile...last, from: "a.id IN (\(overlapping))")
        try replaced.restore(overlapping)
        try store.execute("DROP TABLE temp.overlaps")
    }
}
