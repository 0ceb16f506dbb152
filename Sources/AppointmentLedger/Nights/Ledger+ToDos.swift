import SQLiteStore
import SecurityTrax

/// What is to be done by hand: the list, and a person's word on it.
extension Ledger {
    /// What is to be done, the earliest visit first.
    package func toDos() throws -> [ToDo] {
        try mappingErrors { try Self.toDos(in: store, where: "t.closed IS NULL", [:], limit: nil) }
    }

    /// How much is to be done by hand where a run's rows were sent to; 0 where that can't be read.
    package func openToDoCount(ofRun run: Int) -> Int {
        let count = try? store.integer(
            """
            SELECT count(*) FROM to_dos AS t JOIN appointments AS a ON a.id = t.appointment_id
                JOIN runs AS r ON r.id = :run AND r.endpoint_id = a.endpoint_id
            WHERE t.closed IS NULL
            """, ["run": run])
        return (count ?? nil) ?? 0
    }

    /// What is, or was, to be done for one appointment: what is open, and what people did by hand, the earliest first.
    func toDos(of id: Int) throws -> [ToDo] {
        try Self.toDos(
            in: store, where: "t.appointment_id = :id AND \(Self.isOpenOrDone)", ["id": id], limit: nil
        ).sorted { $0.number < $1.number }
    }

    /// Whether a to-do `t` is open, or says where a visit was brought by hand.
    static let isOpenOrDone = "(t.closed IS NULL OR t.closed_by = 'person')"

    /// What a run changed in what is to be done, as it was when it ended.
    func toDos(ofRun run: RunRecord) throws -> ToDoChanges {
        var changes = ToDoChanges()
        let arguments: Arguments = ["run": run.run]
        // Most ledgers have none.
        guard try store.integer("SELECT 1 FROM to_dos LIMIT 1") != nil else { return changes }
        changes.new = try store.integer("SELECT count(*) FROM to_dos WHERE opened_run = :run", arguments) ?? 0
        changes.closed =
            try store.integer(
                "SELECT count(*) FROM to_dos WHERE closed_run = :run AND closed_by = 'file'", arguments) ?? 0
        changes.open =
            try store.integer(
                """
                SELECT count(*) FROM to_dos AS t JOIN appointments AS a ON a.id = t.appointment_id
                    JOIN runs AS r ON r.id = :run AND r.endpoint_id = a.endpoint_id
                WHERE t.opened_run <= :run
                    AND (t.closed IS NULL OR coalesce(t.closed_run > :run, t.closed > r.finished, FALSE))
                """, arguments) ?? 0
        if changes.new > 0 {
            changes.firstNew = try Self.toDos(
                in: store, where: "t.opened_run = :run", arguments, limit: ToDoChanges.listed)
        }
        return changes
    }

    /// Those to-dos `t` of appointments `a` that a condition holds for.
    static func toDos(
        in store: Connection, where condition: String, _ arguments: Arguments, limit: Int?
    ) throws -> [ToDo] {
        try store.all(
            """
            SELECT \(qualifiedColumns), a.id, a.state, a.batch_id, a.line AS visit_line,
                g.name AS visit_file, e.identity AS endpoint, t.id AS number, t.code AS news, t.said,
                t.customer AS wanted_customer, t.service AS wanted_service, t.start AS wanted_start,
                t.end AS wanted_end, t.tech AS wanted_tech, f.name AS file, t.line AS news_line,
                t.opened_run, t.opened, q.until, t.closed, t.who, d.customer AS now_customer,
                d.service AS now_service, d.start AS now_start, d.end AS now_end, d.tech AS now_tech
            FROM to_dos AS t JOIN appointments AS a ON a.id = t.appointment_id
                JOIN endpoints AS e ON e.id = a.endpoint_id
                LEFT JOIN files AS f ON f.id = t.file_id LEFT JOIN files AS g ON g.id = a.file_id
                LEFT JOIN quiet AS q ON q.appointment_id = a.id AND \(quietWord) >= t.opened
                LEFT JOIN to_dos AS d ON d.id = (
                    SELECT max(p.id) FROM to_dos AS p
                    WHERE p.appointment_id = t.appointment_id AND p.closed_by = 'person' AND p.id < t.id)
            WHERE \(condition) ORDER BY a.start, a.id \(limit.map { "LIMIT \($0)" } ?? "")
            """, arguments
        ) { row in
            let visit = LedgerAppointment(
                id: try row["id"], state: try row["state"], batch: try row["batch_id"],
                appointment: try appointment(in: row), file: try row["visit_file"] ?? "",
                line: try row["visit_line"], endpoint: try row["endpoint"])
            return ToDo(
                number: try row["number"], code: ToDoCode(rawValue: try row["news"]) ?? .moved, visit: visit,
                wanted: try place("wanted", in: row, of: visit.appointment),
                broughtTo: try place("now", in: row, of: visit.appointment), said: try row["said"],
                file: try row["file"] ?? "", line: try row["news_line"], run: try row["opened_run"],
                opened: try row["opened"], quietUntil: try row["until"], done: try row["closed"],
                doneBy: try row["who"] ?? "")
        }
    }

    /// A visit with the values of some columns; nil where those are empty.
    private static func place(_ name: String, in row: Row, of visit: Appointment) throws -> Appointment? {
        guard let start: Int = try row["\(name)_start"], let end: Int = try row["\(name)_end"],
            let customer: Int64 = try row["\(name)_customer"], let service: Int = try row["\(name)_service"],
            let tech: Int64 = try row["\(name)_tech"]
        else { return nil }
        var place = visit
        place.customerID = customer
        place.techID = tech == 0 ? nil : tech
        place.start = LocalTime(minutes: Int32(start))
        place.end = LocalTime(minutes: Int32(end))
        place.serviceType = ServiceType(rawValue: service) ?? visit.serviceType
        return place
    }

    /// A person has done what was to be done.
    ///
    /// - Parameter number: the to-do's own number, where a list says it.
    /// - Throws: `LedgerError` where nothing is to be done, or something else than was listed.
    func markDone(_ id: Int, number: Int?, by decision: Decision, at now: Int) throws {
        let open = try store.integer(
            "SELECT id FROM to_dos WHERE appointment_id = :id AND closed IS NULL", ["id": id])
        guard let open else {
            throw try state(of: id) == nil ? LedgerError.unknown(id) : LedgerError.nothingToDo(id)
        }
        if let number, number != open { throw LedgerError.oldList(id) }
        try store.run(
            """
            UPDATE to_dos SET closed = :now, closed_by = 'person', who = :who, note = :note
            WHERE id = :open
            """, ["open": open, "now": now, "who": decision.who, "note": decision.note])
        try record(decision, "done", on: id, batch: nil, at: now)
        // Whoever changed it found it there.
        let isMoved =
            try store.integer(
                "SELECT 1 FROM to_dos WHERE id = :open AND code = :moved",
                ["open": open, "moved": ToDoCode.moved.rawValue]) != nil
        guard isMoved, try state(of: id) == .inDoubt else { return }
        try Self.freezeRow(ofAppointment: id, keepingTexts: false, in: store)
        try store.run(
            """
            UPDATE appointments SET state = \(AppointmentState.sql(.created)), changed = :now, code = NULL,
                reason = :reason
            WHERE id = :id AND state = \(AppointmentState.sql(.inDoubt))
            """,
            ["id": id, "now": now, "reason": "found in SecurityTrax, and changed there, by \(decision.who)"])
        try record(decision, Resolution.created.rawValue, on: id, batch: nil, at: now)
    }

    /// When somebody last wanted to be told no more of the appointment `q` for a while. That was said of what was there
    /// then: a to-do or a doubt that came later is another matter.
    private static let quietWord = """
        (SELECT max(w.made) FROM decisions AS w WHERE w.appointment_id = q.appointment_id AND w.word = 'quiet')
        """

    /// Nobody wants to be told of an appointment before a moment (milliseconds since 1970 UTC).
    func keepQuiet(_ id: Int, until: Int, by decision: Decision, at now: Int) throws {
        guard try state(of: id) != nil else { throw LedgerError.unknown(id) }
        try store.run(
            """
            INSERT INTO quiet VALUES (:id, :until, :who)
            ON CONFLICT DO UPDATE SET until = excluded.until, who = excluded.who
            """, ["id": id, "until": until, "who": decision.who])
        try record(decision, "quiet", on: id, batch: nil, at: now)
    }

    /// The appointments whose doubt nobody wants to be told of, with until when: milliseconds since 1970 UTC.
    package func quietDoubts(at now: Int) throws -> [Int: Int] {
        try mappingErrors {
            var quiet: [Int: Int] = [:]
            try store.forEach(
                """
                SELECT q.appointment_id, q.until FROM quiet AS q JOIN appointments AS a ON a.id = q.appointment_id
                    LEFT JOIN batches AS b ON b.id = a.batch_id
                WHERE q.until > :now AND \(Self.quietWord) >= coalesce(b.claimed, 0)
                """, ["now": now]
            ) { row in
                quiet[try row["appointment_id"]] = try row["until"]
            }
            return quiet
        }
    }

    /// The visit that a to-do speaks of turned out never to have been created: it is not posted as it was, since the
    /// file says something else now. What a person did by hand since changed nothing of what the file says.
    func dropToDo(ofUncreated id: Int, at now: Int) throws {
        let code: String? = try store.first(
            """
            SELECT code FROM to_dos WHERE id = (SELECT max(id) FROM to_dos WHERE appointment_id = :id)
                AND (closed IS NULL OR closed_by = 'person')
            """, ["id": id]
        ) { try $0["code"] }
        guard let code = try code ?? endingWord(on: id) else { return }
        let wasPending = try Self.refuseWaiting(
            id, code: code, reason: "it was not created, and a later file says otherwise of it",
            in: store)
        precondition(wasPending, "it was made pending just now")
        try closeToDo(of: id, at: now)
    }

    /// What kind of news a later file has of an appointment in doubt by leaving it out, as a visit that is over: nil where
    /// none has, or a later one has the visit again.
    private func endingWord(on id: Int) throws -> String? {
        try store.execute(LedgerSchema.makeLeftOut)
        let word = try store.integer(
            """
            SELECT max(l.file_id) FROM left_out AS l JOIN appointments AS a ON a.id = l.appointment_id
            WHERE l.appointment_id = :id AND l.ends = 1 AND l.file_id > a.file_id
            """, ["id": id])
        guard let word else { return nil }
        let again = try store.integer(
            """
            SELECT 1 FROM rows WHERE file_id >= :word AND appointment_id = :id
            AND state <> \(RowState.sql(.skipped)) LIMIT 1
            """, ["word": word, "id": id])
        return again == nil ? ToDoCode.cancelled.rawValue : nil
    }

    /// A withdrawal was taken back: what was to be done when it was made is to be done again.
    func reopenToDo(of id: Int) throws {
        try store.run(
            """
            UPDATE to_dos SET closed = NULL, closed_by = NULL
            WHERE id = (SELECT max(id) FROM to_dos WHERE appointment_id = :id)
                AND closed_by = 'changed' AND closed_run IS NULL
                AND closed = (
                    SELECT max(made) FROM decisions WHERE appointment_id = :id AND word = 'withdrawn')
            """, ["id": id])
    }

    /// What was to be done is settled by another word of a person.
    func closeToDo(of id: Int, at now: Int) throws {
        try store.run(
            """
            UPDATE to_dos SET closed = :now, closed_by = 'changed'
            WHERE appointment_id = :id AND closed IS NULL
            """, ["id": id, "now": now])
    }
}
