import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What the files say of visits that stand, or may stand, in SecurityTrax: whether a person has to change something
/// there.
///
/// News are collected while rows are staged, and compared once all of them are known: with what was created, and with
/// what a person has said to have done by hand since. A row that agrees goes before all others of the same visit.
extension StagingSession {
    static let newsTables = """
        CREATE TEMP TABLE news (
            appointment_id INTEGER PRIMARY KEY, code TEXT, customer INTEGER, service INTEGER, start INTEGER,
            end INTEGER, tech INTEGER, said TEXT, file_id INTEGER, line INTEGER);
        CREATE TEMP TABLE unclear_customers (customer INTEGER PRIMARY KEY);
        CREATE TEMP TABLE mentioned (appointment_id INTEGER PRIMARY KEY);
        """
    static let dropNewsTables =
        "DROP TABLE temp.news; DROP TABLE temp.unclear_customers; DROP TABLE temp.mentioned;"

    // MARK: While rows are staged

    /// Finds what an earlier row of the run said of the visit that has a row's number: a number stands for one visit.
    func lookForNumberedRow(_ row: CheckedRow, _ known: inout KnownOfRow) throws {
        guard var earlier = known.numbered, !earlier.isOfThisRun,
            [.created, .inDoubt, .posting].contains(earlier.state)
        else { return }
        var move = moved.move(of: earlier.id)
        if let row = move?.visit.row, hasLaterWord(than: row) {
            try takeBackMove(of: earlier.id)
            move = nil
        }
        // What moves it is later than what has it as it was.
        if let move {
            earlier = move.visit
            known.repeatsNumberedRow =
                earlier.customerID == row.customerID && earlier.start == row.start && earlier.end == row.end
                && earlier.techID == row.techID && move.service == row.serviceType.rawValue
        } else if let seen = try index.seen.row(of: earlier.id) {
            if hasLaterWord(than: seen.place) { return }
            earlier.row = seen.place
            known.repeatsNumberedRow = earlier.id == known.own?.id
        } else {
            return
        }
        earlier.isOfThisRun = true
        known.numberedRow = earlier
    }

    /// A later file has other words for a visit that an earlier one moves.
    func takeBackMove(of visit: Int) throws {
        moved.takeBackMove(of: visit)
        try store.run(
            "DELETE FROM temp.news WHERE appointment_id = :id AND start IS NOT NULL", ["id": visit])
    }

    /// Finds what was moved since it was created, or is to be: the visit whose place the row has under another number,
    /// and others that the row would be booked beside.
    func lookForMoved(_ row: CheckedRow, _ known: inout KnownOfRow) {
        if let own = known.own, !own.isOfThisRun, own.state.isSent, !row.senderNumber.isEmpty,
            known.numbered?.id != own.id
        {
            known.ownMoved = moved.place(of: own.id)
        }
        // Where somebody took a visit away, there is room.
        known.others.removeAll { !$0.isOfThisRun && moved.isLeft($0.id) }
        for place in moved.places(ofCustomer: row.customerID)
        where place.service == row.serviceType.rawValue && place.visit.start < row.end
            && place.visit.end > row.start && place.visit.id != known.own?.id
        {
            known.others.append(place.visit)
        }
    }

    /// A row has the sender's number of a visit, and other values.
    func noteMoved(_ visit: KnownAppointment, _ row: CheckedRow) throws {
        moved.move(visit, to: row, of: file)
        // Whoever is to be moved is not cancelled.
        try store.run(
            """
            INSERT OR REPLACE INTO temp.news
                (appointment_id, code, customer, service, start, end, tech, said, file_id, line)
            SELECT :id, :code, :customer, :service, :start, :end, :tech, '', :file, :line
            WHERE NOT EXISTS (SELECT 1 FROM temp.news WHERE appointment_id = :id AND start IS NOT NULL)
            """,
            [
                "id": visit.id, "code": ToDoCode.moved.rawValue, "customer": row.customerID,
                "service": row.serviceType.rawValue, "start": row.start.minutes, "end": row.end.minutes,
                "tech": row.techID, "file": file, "line": row.line,
            ])
    }

    /// A row says that a visit was called off.
    func noteCancelled(_ appointment: Int, _ row: CheckedRow, _ finding: Finding) throws {
        try store.run(
            """
            INSERT INTO temp.news (appointment_id, code, said, file_id, line) VALUES (:id, :code, :said, :file, :line)
            ON CONFLICT (appointment_id) DO UPDATE SET said = excluded.said, file_id = excluded.file_id,
                line = excluded.line
            WHERE start IS NULL AND file_id <> excluded.file_id
            """,
            [
                "id": appointment, "code": ToDoCode.cancelled.rawValue,
                "said": "\(Wording.quoted(finding.column ?? "")) says \(Wording.quoted(finding.value))",
                "file": file, "line": row.line,
            ])
    }

    /// A row that is not to be posted may be of a visit that is not gone then: of one that it means, or of any of its
    /// customer.
    func noteMentioned(
        _ row: CheckedRow, _ visits: [KnownAppointment], _ findings: some Collection<Finding>
    ) throws {
        guard rules.isCompleteExport, !isInMemory else { return }
        for visit in visits {
            try store.run("INSERT OR IGNORE INTO temp.mentioned VALUES (:id)", ["id": visit.id])
        }
        if !visits.isEmpty, !row.senderNumber.isEmpty { return }
        let isShapeless = findings.contains { FindingCode.shapeless.contains($0.code) }
        let position = AppointmentField.allCases.firstIndex(of: .customerID) ?? 0
        let customer = row.customerID > 0 ? row.customerID : Int64(row.written?[position] ?? "") ?? 0
        if !isShapeless, customer > 0 {
            // One that is left out names its own visit, if it is one of ours.
            if row.result == .skipped, row.named.contains(.start) { return }
            try store.run(
                "INSERT OR IGNORE INTO temp.unclear_customers VALUES (:customer)", ["customer": customer])
        } else if row.result != .skipped {
            hasUnknownCustomers = true
        }
    }

    // MARK: Once all rows are known

    /// Turns the run's news into what is to be done by hand.
    func settleNews() throws {
        guard !isInMemory else { return }
        let hasToDos =
            try store.integer(
                "SELECT 1 FROM to_dos WHERE closed IS NULL OR closed_by = 'person' LIMIT 1") != nil
        let hasNews = try store.integer("SELECT 1 FROM temp.news LIMIT 1") != nil
        guard hasToDos || hasNews || rules.isCompleteExport else { return }
        try index.seen.writeDown()
        // A visit that has another place under its number is moved, whoever has its place now. One that a file calls
        // off stands where that file or a later one has it too.
        try store.run(
            """
            DELETE FROM temp.news AS n
            WHERE start IS NULL AND EXISTS (
                SELECT 1 FROM temp.seen AS s WHERE s.appointment_id = n.appointment_id
                AND (s.file_id >= n.file_id AND NOT \(Self.isRejected("s")) OR EXISTS (
                    SELECT 1 FROM rows AS r WHERE r.file_id >= n.file_id AND r.file_id <= :last
                    AND r.appointment_id = n.appointment_id AND r.state <> \(RowState.sql(.skipped))
                    AND NOT \(Self.isRejected("r")))))
            """, ["last": firstFile + result.files.count])
        if rules.isCompleteExport { try noteGone() }
        let now = Ledger.now
        if hasToDos { try compareWithToDos(now: now) }
        result.toDos.new = try openNews(now: now)
        result.toDos.open = try countOpen()
        result.toDos.firstNew = try Ledger.toDos(
            in: store, where: "t.closed IS NULL AND t.opened_run = :run AND a.endpoint_id = :endpoint",
            ["run": run, "endpoint": endpoint], limit: ToDoChanges.listed)
    }

    /// Whether a row, of a table of that name, is one that an earlier run rejected.
    ///
    /// - Parameter run: An SQL condition on that run, `o.origin_run`.
    private static func isRejected(_ table: String, by run: String = "o.origin_run > 0") -> String {
        """
        EXISTS (SELECT 1 FROM origins AS o WHERE o.file_id = \(table).file_id AND o.line = \(table).line AND \(run))
        """
    }

    /// Visits to come that the whole schedule does not have any more: those that were created are a person's, those
    /// that wait are not posted.
    private func noteGone() throws {
        guard let last = result.files.last else { return }
        let totals = result.totals
        let live = totals.rows - totals[.skipped] - totals[.invalid]
        let cutShort = cutShort ?? lacksRows
        guard cutShort == nil, !hasUnknownCustomers, live > 0, result.files.allSatisfy({ $0.error == nil })
        else {
            let index = result.files.count - 1
            result.files[index].remarks.append(
                cutShort.map { .goneNotJudged(because: $0) } ?? .goneNotJudged(isEmpty: live <= 0))
            return try result.files[index].recordFacts(in: store)
        }
        try store.run("INSERT OR IGNORE INTO whole_schedules VALUES (:run)", ["run": run])
        let missing = """
            endpoint_id = :endpoint AND expires_at >= :now AND file_id < :first
            AND id NOT IN (SELECT appointment_id FROM temp.seen)
            AND id NOT IN (SELECT appointment_id FROM temp.mentioned)
            """
        // A person may have given a visit to another customer since.
        let gone = """
            \(missing) AND customer NOT IN (SELECT customer FROM temp.unclear_customers)
            AND NOT EXISTS (
                SELECT 1 FROM to_dos AS t WHERE t.appointment_id = appointments.id AND t.closed_by = 'person'
                AND t.customer IN (SELECT customer FROM temp.unclear_customers))
            """
        try store.run(
            """
            INSERT OR IGNORE INTO temp.news (appointment_id, code, said, file_id, line)
            SELECT id, :code, '', :file, 0 FROM appointments
            WHERE state IN (\(AppointmentState.sql(.created, .inDoubt))) AND \(gone)
            """,
            [
                "code": ToDoCode.gone.rawValue, "file": last.id, "endpoint": endpoint, "now": rules.now,
                "first": firstFile,
            ])
        let unclear = try store.integer(
            """
            SELECT count(*) FROM appointments AS a
            WHERE state IN (\(AppointmentState.sql(.created, .inDoubt))) AND \(missing)
                AND customer IN (SELECT customer FROM temp.unclear_customers)
                AND NOT EXISTS (SELECT 1 FROM to_dos AS t WHERE t.appointment_id = a.id AND t.closed IS NULL)
            """, ["endpoint": endpoint, "now": rules.now, "first": firstFile])
        let index = result.files.count - 1
        if let unclear, unclear > 0 {
            result.files[index].remarks.append(.goneNotJudged(unclear))
            try result.files[index].recordFacts(in: store)
        }
        // A row of its customer that can't be posted may be of it: then that has its values, and those of before are not
        // wanted either.
        let waiting = try store.all(
            """
            SELECT id, file_id, line FROM appointments
            WHERE state IN (\(AppointmentState.sql(.pending, .held))) AND \(missing)
            """, ["endpoint": endpoint, "now": rules.now, "first": firstFile]
        ) {
            (id: try $0["id"] as Int, row: RowPlace(file: try $0["file_id"], line: try $0["line"]))
        }
        guard !waiting.isEmpty else { return }
        for visit in waiting {
            try refuse(
                visit.id, carriedBy: visit.row, code: ToDoCode.gone.rawValue,
                because: "a later file of the whole schedule does not have it")
        }
        result.files[index].remarks.append(.goneBeforePosted(waiting.count))
        try result.files[index].recordFacts(in: store)
    }

    /// The last word of a person that something was done by hand, for an appointment `id`.
    private static func done(_ id: String) -> String {
        """
        (SELECT max(d.id) FROM to_dos AS d WHERE d.appointment_id = \(id) AND d.closed_by = 'person')
        """
    }

    private static let wanted = ["customer", "service", "start", "end", "tech"]

    /// Whether `n` and a to-do `t` want the same of a visit.
    private static let isSame = wanted.map { "n.\($0) IS t.\($0)" }.joined(separator: " AND ")

    private func compareWithToDos(now: Int) throws {
        // Rejected rows of before say nothing of what was to be done, or was done, since.
        func isRejectedBefore(_ time: String) -> String {
            Self.isRejected("s", by: "(SELECT started FROM runs WHERE id = o.origin_run) <= \(time)")
        }
        // What a person changed by hand is not any more as it was created: a row that says so is news.
        let columns = Self.wanted.joined(separator: ", ")
        try store.run(
            """
            INSERT OR IGNORE INTO temp.news (appointment_id, code, \(columns), said, file_id, line)
            SELECT s.appointment_id, :code, \(Self.wanted.map { "a.\($0)" }.joined(separator: ", ")), '',
                s.file_id, s.line
            FROM to_dos AS t CROSS JOIN temp.seen AS s ON s.appointment_id = t.appointment_id
                JOIN appointments AS a ON a.id = t.appointment_id
            WHERE t.id = \(Self.done("t.appointment_id")) AND NOT \(isRejectedBefore("t.closed"))
            """, ["code": ToDoCode.moved.rawValue])
        // A file agrees again with what was created. One that was written before the file by which there is something to be
        // done says nothing of that.
        let closing: Arguments = ["now": now, "run": run, "endpoint": endpoint]
        let here = "appointment_id IN (SELECT id FROM appointments WHERE endpoint_id = :endpoint)"
        result.toDos.closed += try store.run(
            """
            UPDATE to_dos AS t SET closed = :now, closed_by = 'file', closed_run = :run
            WHERE closed IS NULL AND \(here)
                AND EXISTS (
                    SELECT 1 FROM temp.seen AS s JOIN files AS f ON f.id = s.file_id
                    WHERE s.appointment_id = t.appointment_id AND coalesce(f.modified, t.opened) >= coalesce(
                        (SELECT modified FROM files WHERE id = t.file_id), t.opened)
                    AND NOT \(isRejectedBefore("t.opened")))
                AND appointment_id NOT IN (SELECT appointment_id FROM temp.news)
            """, closing)
        // It agrees with what a person has done by hand.
        try store.execute(
            """
            CREATE TEMP TABLE agreed AS SELECT n.appointment_id FROM temp.news AS n
            JOIN to_dos AS t ON t.id = \(Self.done("n.appointment_id")) WHERE \(Self.isSame)
            """)
        result.toDos.closed += try store.run(
            """
            UPDATE to_dos SET closed = :now, closed_by = 'file', closed_run = :run
            WHERE closed IS NULL AND \(here) AND appointment_id IN (SELECT appointment_id FROM temp.agreed)
            """, closing)
        try store.execute(
            """
            DELETE FROM temp.news WHERE appointment_id IN (SELECT appointment_id FROM temp.agreed);
            DROP TABLE temp.agreed;
            """)
        // It is known already.
        try store.run(
            """
            UPDATE to_dos AS t SET last_run = :run, file_id = n.file_id, line = n.line
            FROM temp.news AS n WHERE n.appointment_id = t.appointment_id AND t.closed IS NULL AND \(Self.isSame)
            """, ["run": run])
        try store.execute(
            """
            DELETE FROM temp.news AS n WHERE EXISTS (
                SELECT 1 FROM to_dos AS t
                WHERE t.appointment_id = n.appointment_id AND t.closed IS NULL AND \(Self.isSame));
            """)
        // What was wanted before is not wanted any more.
        try store.run(
            """
            UPDATE to_dos SET closed = :now, closed_by = 'changed', closed_run = :run
            WHERE closed IS NULL AND \(here) AND appointment_id IN (SELECT appointment_id FROM temp.news)
            """, closing)
    }

    private func openNews(now: Int) throws -> Int {
        let columns = Self.wanted.joined(separator: ", ")
        return try store.run(
            """
            INSERT INTO to_dos (appointment_id, code, \(columns), said, file_id, line, opened, opened_run, last_run)
            SELECT appointment_id, code, \(columns), said, file_id, line, :now, :run, :run FROM temp.news
            ORDER BY file_id, line, appointment_id
            """, ["now": now, "run": run])
    }

    private func countOpen() throws -> Int {
        try store.integer(
            """
            SELECT count(*) FROM to_dos AS t JOIN appointments AS a ON a.id = t.appointment_id
            WHERE t.closed IS NULL AND a.endpoint_id = :endpoint
            """, ["endpoint": endpoint]) ?? 0
    }
}
