import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What a row says of a visit that an earlier row of the run books. Several files in one run are such as those of two nights of which the first could not be imported: what a later file
/// says of a visit goes before what an earlier one said, as it would in a run of its own.
extension StagingSession {
    /// A row of an earlier file that is not to be posted.
    struct OvertakenRow {
        /// Its appointment.
        var visit: KnownAppointment
        /// Why.
        var finding: Finding
        /// The row that says so.
        var by: RowPlace
    }

    /// Whether the file in hand has the later word of two files of this run: it comes behind the other, and was not
    /// written before it.
    func hasLaterWord(than row: RowPlace) -> Bool {
        guard row.file != file, row.file >= firstFile else { return false }
        // Rejected rows are as old as the file that they came from.
        switch (rejectsFiles.contains(file), rejectsFiles.contains(row.file)) {
        case (true, false): return false
        case (false, true): return true
        default: break
        }
        guard let other = result.files.first(where: { $0.id == row.file })?.facts.modified, let own = saved
        else { return true }
        return own >= other
    }

    /// Marks the visits among others that a file of another night has: such files have no crews in common.
    func markOtherNights(_ known: inout KnownOfRow) {
        guard let own = saved else { return }
        for (index, other) in known.others.enumerated() where other.isOfThisRun && other.row.file != file {
            let written = result.files.first { $0.id == other.row.file }?.facts.modified
            known.others[index].isOfOtherNight = written.map { abs(own - $0) > Self.night } ?? false
        }
    }

    /// Files that were written further apart than this are of two nights: milliseconds.
    private static let night = 6 * 3_600_000

    /// Sees to it that a number stands no more for a visit which a row of another number has taken over: the two exchange
    /// places, or one takes the place that the other leaves.
    func freeNumber(_ number: @autoclosure () -> String, _ known: inout KnownOfRow) {
        guard !takers.isEmpty, let numbered = known.numbered, let taker = takers[numbered.id],
            taker != number()
        else { return }
        known.numbered = nil
    }

    /// Takes note of a row that has the visit of another number, which waits since an earlier file.
    func noteTaker(_ number: @autoclosure () -> String, _ decision: RowDecision, _ known: KnownOfRow) {
        switch decision.outcome {
        case .takenUp, .repeated: break
        default: return
        }
        guard let own = known.own, own.state == .pending || own.state == .refused,
            known.numbered?.id != own.id
        else { return }
        takers[own.id] = own.row.file == file ? nil : number()
    }

    /// Lets a row's values stand for those that an earlier file has for its number.
    func overtake(by row: CheckedRow, _ known: inout KnownOfRow) {
        if let own = known.own, let entry = overtaken[own.id],
            entry.by.file == file || hasLaterWord(than: entry.by)
        {
            overtaken[own.id] = nil
        }
        if let numbered = known.numbered, numbered.isOfThisRun, numbered.state == .pending,
            numbered.id != known.own?.id, !rules.allowsRebooking, hasLaterWord(than: numbered.row)
        {
            overtaken[numbered.id] = OvertakenRow(
                visit: numbered,
                finding: .replacedByLaterFile(
                    line: numbered.row.line,
                    because: "a later file has other values for its number: \(place(of: row))"),
                by: RowPlace(file: file, line: row.line))
            // The number is free for the row.
            known.numbered?.state = .refused
        }
        if !overtaken.isEmpty { known.others.removeAll { overtaken[$0.id] != nil } }
    }

    /// A row calls off a visit that an earlier file of this run left to be posted, or can't be posted itself.
    func overtake(_ visit: KnownAppointment, by row: CheckedRow, because reason: Finding) {
        let isSkipped = reason.severity == .skipped
        overtaken[visit.id] = OvertakenRow(
            visit: visit,
            finding: .replacedByLaterFile(
                line: visit.row.line, code: isSkipped ? reason.code : .replacedByLaterFile,
                because: isSkipped
                    ? "a later file: \(reason.message) (\(place(of: row)))"
                    : "a later file has it in a row that can't be posted: \(place(of: row))"),
            by: RowPlace(file: file, line: row.line))
    }

    private func place(of row: CheckedRow) -> String {
        OtherAppointment.place(line: row.line, file: fileName, run: nil)
    }

    /// Takes the rows that other rows of the run contradict out of it, before it is decided what becomes of it.
    func settleOvertaken() throws {
        guard !overtaken.isEmpty, let last = result.files.last?.id else { return }
        try store.execute("CREATE TEMP TABLE overtaken (id INTEGER PRIMARY KEY)")
        let rows = overtaken.values.sorted {
            ($0.visit.row.file, $0.visit.row.line) < ($1.visit.row.file, $1.visit.row.line)
        }
        for entry in rows {
            let texts = try store.first(
                "SELECT \(Ledger.appointmentColumns) FROM appointments WHERE id = :id", ["id": entry.visit.id]
            ) { row in
                let appointment = try Ledger.appointment(in: row)
                return AppointmentField.allCases.map { appointment[$0] }
            }
            guard let texts, let position = result.files.firstIndex(where: { $0.id == entry.visit.row.file })
            else { continue }
            try store.run("INSERT INTO temp.overtaken VALUES (:id)", ["id": entry.visit.id])
            let state: RowState = entry.finding.severity == .error ? .invalid : .skipped
            file = entry.visit.row.file
            try record([entry.finding], of: texts)
            try put(line: entry.visit.row.line, as: state, because: [entry.finding], written: texts)
            result.files[position].counts[.pending] -= 1
            result.files[position].counts[state] += 1
        }
        let ids = "SELECT id FROM temp.overtaken"
        try replaced.detachRows(ofFiles: firstFile...last, from: "a.id IN (\(ids))")
        try replaced.restore(ids)
        // What an earlier run left pending waits again as it did before: it is not wanted either.
        let waiting = try store.all(
            """
            SELECT id, file_id, line FROM appointments
            WHERE id IN (\(ids)) AND state = \(AppointmentState.sql(.pending))
            """
        ) { (id: try $0["id"] as Int, row: RowPlace(file: try $0["file_id"], line: try $0["line"])) }
        for visit in waiting {
            guard let finding = overtaken[visit.id]?.finding else { continue }
            try refuse(visit.id, carriedBy: visit.row, code: finding.code.rawValue, because: finding.message)
        }
        try store.execute("DROP TABLE temp.overtaken")
    }
}
