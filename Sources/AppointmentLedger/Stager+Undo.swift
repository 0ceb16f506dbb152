import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Taking back what the run staged, as long as nothing of it was claimed.
extension Stager {
    /// Takes back every appointment of this run; its findings and fixed rows stay.
    func abandon() throws {
        try takeBack("SELECT id FROM appointments WHERE id > \(baseline) UNION SELECT id FROM temp.taken")
        try restoreNumbers("appointment_id > \(baseline) OR number IN (SELECT number FROM temp.renumbered)")
        try store.execute("UPDATE runs SET abandoned = 1 WHERE id = \(run)")
        for file in result.files { try put(file.counts, onRecordOf: file.id) }
        result.isAbandoned = true
    }

    /// Takes back every appointment of one file, before another file is staged; its findings and fixed rows stay.
    func setAside(_ staged: inout StagedFile, because error: InputError) throws {
        try takeBack(
            """
            SELECT id FROM appointments WHERE file_id = \(staged.id)
                AND (id > \(baseline) OR id IN (SELECT id FROM temp.taken))
            """)
        // Another file's row that repeats one of these repeats nothing that counts.
        try store.execute("DELETE FROM temp.seen WHERE file_id = \(staged.id)")
        try put(staged.counts, onRecordOf: staged.id)
        staged.error = error
    }

    /// The counts of a file whose rows the ledger does not keep.
    private func put(_ counts: RowCounts, onRecordOf file: Int) throws {
        try store.execute(
            """
            UPDATE files SET created = 0, already_created = \(counts[.alreadyCreated]),
                duplicate = \(counts[.duplicate]), skipped = \(counts[.skipped]),
                invalid = \(counts[.invalid]), refused = 0, in_doubt = \(counts[.inDoubt]),
                pending = \(counts[.pending])
            WHERE id = \(file)
            """)
    }

    /// Makes the ledger forget that this run took up some appointments.
    ///
    /// - Parameter ids: a query for their IDs.
    func takeBack(_ ids: String) throws {
        try store.execute("CREATE TEMP TABLE taken_back AS \(ids)")
        try keepTextsOfRepeats()
        try restoreNumbers("appointment_id IN (SELECT id FROM temp.taken_back)")
        let columns =
            "state, service_detail, notes, accepted_run, file_id, line, expires_at, changed, code, reason"
        try store.execute(
            """
            DELETE FROM appointments WHERE id > \(baseline) AND id IN (SELECT id FROM temp.taken_back);
            DELETE FROM rows WHERE EXISTS (
                SELECT 1 FROM temp.frozen AS f JOIN temp.taken AS t ON t.file_id = f.file_id AND t.line = f.line
                WHERE f.file_id = rows.file_id AND f.line = rows.line AND t.id IN (SELECT id FROM temp.taken_back));
            UPDATE appointments
            SET (\(columns)) = (SELECT \(columns) FROM temp.taken AS t WHERE t.id = appointments.id)
            WHERE id IN (SELECT id FROM temp.taken) AND id IN (SELECT id FROM temp.taken_back);
            DELETE FROM temp.frozen WHERE EXISTS (
                SELECT 1 FROM temp.taken AS t WHERE t.file_id = frozen.file_id AND t.line = frozen.line
                    AND t.id IN (SELECT id FROM temp.taken_back));
            DELETE FROM temp.taken WHERE id IN (SELECT id FROM temp.taken_back);
            DROP TABLE temp.taken_back;
            """)
    }

    /// Gives sender's numbers back to the appointments that they named before this run.
    private func restoreNumbers(_ condition: String) throws {
        try store.execute(
            """
            CREATE TEMP TABLE numbers_back AS
                SELECT number FROM sender_numbers WHERE endpoint_id = \(endpoint) AND (\(condition));
            DELETE FROM sender_numbers
                WHERE endpoint_id = \(endpoint) AND number IN (SELECT number FROM temp.numbers_back);
            INSERT INTO sender_numbers SELECT \(endpoint), number, appointment_id FROM temp.renumbered
                WHERE appointment_id <= \(baseline) AND number IN (SELECT number FROM temp.numbers_back);
            DROP TABLE temp.numbers_back;
            """)
    }

    /// Rows that repeat an appointment which is about to go keep its texts themselves: its ID will be another's.
    private func keepTextsOfRepeats() throws {
        let gone = "id > \(baseline) AND id IN (SELECT id FROM temp.taken_back)"
        let isGone =
            "file_id >= \(firstFile) AND appointment_id IN (SELECT id FROM temp.taken_back WHERE id > \(baseline))"
        try keepTexts("SELECT * FROM appointments WHERE \(gone)", ofRows: isGone)
        try store.execute("UPDATE rows SET appointment_id = NULL WHERE \(isGone)")
    }

    /// Earlier runs' rows keep the texts of the appointments that this run gave others.
    func keepEarlierTexts() throws {
        guard hasNewTexts else { return }
        try keepTexts(
            """
            SELECT t.* FROM temp.taken AS t JOIN appointments AS n ON n.id = t.id
            WHERE n.service_detail IS NOT t.service_detail OR n.notes IS NOT t.notes
            """, ofRows: "file_id < \(firstFile)")
    }

    private func keepTexts(_ appointments: String, ofRows condition: String) throws {
        let query = try store.prepare(
            """
            SELECT \(Ledger.appointmentColumns), r.file_id, r.line FROM (\(appointments)) AS a
            JOIN (SELECT file_id, line, appointment_id FROM rows WHERE written IS NULL AND \(condition)) AS r
                ON r.appointment_id = a.id
            """)
        var found: [(file: Int, line: Int, written: String)] = []
        while try query.step() {
            let appointment = Ledger.appointment(in: query)
            let texts = Ledger.json(AppointmentField.allCases.map { appointment[$0] })
            found.append((query.integer(7), query.integer(8), texts))
        }
        let update = try store.prepare("UPDATE rows SET written = ?3 WHERE file_id = ?1 AND line = ?2")
        for row in found {
            try update.bind(row.file, at: 1).bind(row.line, at: 2).bind(row.written, at: 3).run()
        }
    }
}
