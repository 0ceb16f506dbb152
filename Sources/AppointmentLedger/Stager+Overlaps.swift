import AppointmentRows
import SQLiteStore
import SecurityTrax

/// `--check-overlaps`: the same technician at two places at once.
extension Stager {
    /// Makes each row of this run invalid whose technician is elsewhere at that time: in another row of the
    /// run, or in an appointment that the ledger has pending, in doubt or created. Each row names the other.
    func invalidateOverlaps() throws {
        try store.execute(
            """
            \(LedgerSchema.techIndex);
            CREATE TEMP TABLE overlaps AS
                SELECT a.id AS id, min(b.id) AS other FROM appointments AS a
                JOIN appointments AS b ON b.endpoint_id = a.endpoint_id AND b.tech = a.tech AND b.tech > 0
                    AND b.start < a.end AND b.start > a.start - \(reach) AND b.end > a.start
                WHERE a.endpoint_id = \(endpoint) AND a.tech > 0 AND a.file_id >= \(firstFile) AND a.state = 0
                    AND b.customer <> a.customer AND b.state IN (0, 1, 2, 4)
                GROUP BY a.id;
            """)
        let query = try store.prepare(
            """
            SELECT o.id, \(Ledger.qualifiedColumns), a.file_id, a.line,
                b.customer, b.start, b.end, b.file_id, b.line, f.run_id, f.name
            FROM temp.overlaps AS o JOIN appointments AS a ON a.id = o.id JOIN appointments AS b ON b.id = o.other
            LEFT JOIN files AS f ON f.id = b.file_id
            ORDER BY a.file_id, a.line
            """)
        while try query.step() {
            let appointment = Ledger.appointment(in: query, from: 1)
            let line = query.integer(10)
            file = query.integer(9)
            let other = OtherAppointment(
                file: query.integer(14) == file ? nil : query.optionalText(17), line: query.integer(15),
                run: query.integer(14) < firstFile ? query.optionalInteger(16) : nil,
                customerID: Int64(query.integer(11)), start: LocalTime(minutes: Int32(query.integer(12))),
                end: LocalTime(minutes: Int32(query.integer(13))))
            let finding = Finding.techOverlap(line: line, techID: appointment.techID ?? 0, other: other)
            try record([finding])
            try putRow(
                line: line, as: .invalid, because: [finding],
                written: AppointmentField.allCases.map { appointment[$0] })
            if let index = result.files.firstIndex(where: { $0.id == file }) {
                result.files[index].counts[.pending] -= 1
                result.files[index].counts[.invalid] += 1
            }
        }
        try takeBack("SELECT id FROM temp.overlaps")
        try store.execute("DROP TABLE temp.overlaps")
    }
}
