import AppointmentRows
import SystemFiles
import SQLiteStore
package import SecurityTrax

/// An appointment in doubt, with what is known of it.
package struct DoubtfulAppointment: Sendable, Hashable {
    /// Its ID in the ledger: what `resolve` takes.
    package var id: Int
    /// The batch that it was posted with.
    package var batch: Int
    /// When that post began: milliseconds since 1970 UTC.
    package var sent: Int
    /// Why it is in doubt, in words; not escaped.
    package var reason: String
    /// As on the wire.
    package var appointment: Appointment
    /// The file that brought it, as its run named it.
    package var file: String
    /// Its line there.
    package var line: Int
    /// The run that posted it.
    package var run: Int
    /// Where it was posted to.
    package var endpoint: String

    /// How long after a post SecurityTrax may still be working on it, in minutes.
    package static let settlingMinutes = Ledger.settlingMinutes

    /// Its seven columns as on the wire.
    package var columns: [String] { AppointmentField.allCases.map { appointment[$0] } }
}

/// Pending rows that one run left.
package struct PendingRows: Sendable, Hashable {
    /// The run that left them.
    package var run: Int
    /// When it began: milliseconds since 1970 UTC.
    package var started: Int
    /// Where they are to be posted.
    package var endpoint: String
    /// How many they are.
    package var count: Int
}

/// A person's word on one appointment in doubt.
package enum Resolution: String, Sendable, Hashable, CaseIterable {
    /// It is there: a person saw it in SecurityTrax.
    case created
    /// It is not: it may be posted again.
    case notCreated = "not-created"
}

/// Who speaks, and why.
package struct Decision: Sendable, Hashable {
    /// The user's name.
    package var who: String
    /// In the user's words.
    package var note: String?

    /// A decision.
    package init(who: String, note: String?) {
        self.who = who
        self.note = note
    }
}

/// What a person says of what `review` lists.
package struct PersonsWords: Sendable {
    /// Of appointments in doubt, with the batch that the person's list names, if it names one.
    package var resolutions: [(id: Int, batch: Int?, resolution: Resolution)]
    /// Of what was done by hand: appointments, with the number of the to-do, if a list names it.
    package var done: [(id: Int, number: Int?)] = []
    /// Runs that were held and are to be posted.
    package var approved: [Int] = []
    /// Appointments that nobody wants to be told of before a moment: milliseconds since 1970 UTC.
    package var quiet: [(id: Int, until: Int)] = []

    /// The customers that a person's list has for its appointments: another ledger's list has others.
    package var customers: [Int: Int64] = [:]
    /// The reasons that it has for the runs that were held.
    package var holdReasons: [Int: String] = [:]

    /// The appointments that are spoken of.
    package var ids: [Int] { resolutions.map(\.id) + done.map(\.id) + quiet.map(\.id) }

    /// Whether nothing is said.
    package var isEmpty: Bool { ids.isEmpty && approved.isEmpty }

    /// Nothing is said yet, but for these.
    package init(resolutions: [(id: Int, batch: Int?, resolution: Resolution)] = []) {
        self.resolutions = resolutions
    }
}

extension Ledger {
    /// How long after a post SecurityTrax may still be working on it.
    static let settlingMinutes = 15

    /// What is in doubt, the oldest first; what is found as `posting` too, where nobody is posting.
    package func inDoubt() throws -> [DoubtfulAppointment] {
        try mappingErrors {
            let stranded = isInUse ? "" : "OR a.state = \(AppointmentState.sql(.posting))"
            return try store.all(
                """
                SELECT \(Self.qualifiedColumns), a.id, a.batch_id, b.claimed, a.reason, f.name, a.line,
                    b.run_id, e.identity
                FROM appointments AS a LEFT JOIN batches AS b ON b.id = a.batch_id
                LEFT JOIN files AS f ON f.id = a.file_id LEFT JOIN endpoints AS e ON e.id = a.endpoint_id
                WHERE a.state = \(AppointmentState.sql(.inDoubt)) \(stranded) ORDER BY a.id
                """
            ) { row in
                DoubtfulAppointment(
                    id: try row["id"], batch: try row["batch_id"] ?? 0, sent: try row["claimed"] ?? 0,
                    reason: try row["reason"] ?? RowCode.strandedReason,
                    appointment: try Self.appointment(in: row), file: try row["name"] ?? "",
                    line: try row["line"], run: try row["run_id"] ?? 0,
                    endpoint: try row["identity"] ?? "")
            }
        }
    }

    /// What is pending, by the run that left it, the oldest first.
    ///
    /// - Parameter endpoint: only there; nil for all.
    package func pendingByRun(at endpoint: String? = nil) throws -> [PendingRows] {
        try mappingErrors {
            try store.all(
                """
                SELECT f.run_id, r.started, e.identity, count(*) AS count
                FROM appointments AS a JOIN files AS f ON f.id = a.file_id JOIN runs AS r ON r.id = f.run_id
                JOIN endpoints AS e ON e.id = a.endpoint_id
                WHERE a.state = \(AppointmentState.sql(.pending))
                    AND (:endpoint IS NULL OR e.identity = :endpoint)
                GROUP BY f.run_id, a.endpoint_id ORDER BY f.run_id
                """, ["endpoint": endpoint]
            ) { row in
                PendingRows(
                    run: try row["run_id"], started: try row["started"], endpoint: try row["identity"],
                    count: try row["count"])
            }
        }
    }

    /// Takes what a person says: all of it, or nothing.
    ///
    /// - Parameters:
    ///   - evenIfRecent: whether "not created" counts within minutes of the post.
    ///   - isTrial: whether it is only found out whether it could be taken: nothing is changed then.
    /// - Throws: `LedgerError` where any of it can't be taken.
    package func take(
        _ words: PersonsWords, by decision: Decision, evenIfRecent: Bool, isTrial: Bool = false
    ) throws {
        try change(isTrial: isTrial) {
            let now = Self.now
            try checkList(words)
            // First: that a visit was not created leaves nothing to be done about it.
            for (id, number) in words.done { try markDone(id, number: number, by: decision, at: now) }
            for word in words.resolutions {
                try settle(word, by: decision, evenIfRecent: evenIfRecent, at: now)
            }
            for run in words.approved { try approve(run: run, by: decision, at: now) }
            for (id, until) in words.quiet { try keepQuiet(id, until: until, by: decision, at: now) }
        }
    }

    /// Changes the ledger by a person's word in one transaction; where it is a trial, it is rolled back.
    private func change(isTrial: Bool, _ body: () throws -> Void) throws {
        precondition(lock != nil, "a person's word needs the lock")
        try mappingErrors {
            try store.inTransaction {
                try body()
                return isTrial ? .rollback : .commit
            }
        }
        if !isTrial { try rememberMark() }
    }

    /// Refuses a list that was made of another ledger: the numbers are the same, and mean other visits.
    private func checkList(_ words: PersonsWords) throws {
        for (id, customer) in words.customers.sorted(by: { $0.key < $1.key }) {
            let known = try store.integer("SELECT customer FROM appointments WHERE id = :id", ["id": id])
            if let known, Int64(known) != customer {
                throw LedgerError.otherList(
                    "appointment \(id) is customer \(known)'s, and in the list \(customer)'s")
            }
        }
        for (run, reason) in words.holdReasons.sorted(by: { $0.key < $1.key }) {
            let known = try store.first("SELECT reason FROM holds WHERE run_id = :run", ["run": run]) {
                try $0["reason"] as String
            }
            if let known, known != reason, "'" + known != reason {
                throw LedgerError.otherList("run \(run) was held for another reason than the list says")
            }
        }
    }

    private func settle(
        _ word: (id: Int, batch: Int?, resolution: Resolution), by decision: Decision, evenIfRecent: Bool,
        at now: Int
    ) throws {
        let (id, batch, resolution) = word
        let found = try store.first(
            """
            SELECT a.state, a.batch_id, b.claimed FROM appointments AS a
            LEFT JOIN batches AS b ON b.id = a.batch_id WHERE a.id = :id
            """, ["id": id]
        ) { row in
            (
                state: try row["state"] as AppointmentState, batch: try row["batch_id"] as Int?,
                sent: try row["claimed"] as Int?
            )
        }
        let (state, doubtfulBatch, sent) = (found?.state, found?.batch ?? 0, found?.sent ?? 0)
        guard state == .inDoubt else { throw LedgerError.notInDoubt(id, state: state) }
        if let batch, batch != doubtfulBatch {
            throw LedgerError.oldList(id, batch: batch, now: doubtfulBatch)
        }
        if resolution == .notCreated, !evenIfRecent, now - sent < Self.settlingMinutes * 60_000 {
            throw LedgerError.tooSoon(id)
        }
        try Self.freezeRow(ofAppointment: id, keepingTexts: false, in: store)
        let words = resolution == .created ? "found in SecurityTrax" : "not found in SecurityTrax"
        let changed = try store.run(
            """
            UPDATE appointments SET state = :state, changed = :now, code = NULL, reason = :reason
            WHERE id = :id AND state = \(AppointmentState.sql(.inDoubt))
            """,
            [
                "id": id, "state": resolution == .created ? AppointmentState.created : .pending,
                "now": now, "reason": "\(words) by \(decision.who)",
            ])
        guard changed == 1 else { throw LedgerError.changedMeanwhile(id) }
        try record(decision, resolution.rawValue, on: id, batch: doubtfulBatch, at: now)
        if resolution == .notCreated { try dropToDo(ofUncreated: id, at: now) }
    }

    /// The IDs of a batch's appointments that are in doubt.
    ///
    /// - Throws: `LedgerError`, also where there are none.
    package func inDoubt(ofBatch batch: Int) throws -> [Int] {
        let stranded = isInUse ? "" : "OR state = \(AppointmentState.sql(.posting))"
        let found = try ids(
            """
            SELECT id FROM appointments
            WHERE batch_id = :number AND (state = \(AppointmentState.sql(.inDoubt)) \(stranded)) ORDER BY id
            """, batch)
        if found.isEmpty { throw LedgerError.nothingInDoubt(batch: batch) }
        return found
    }

    /// The IDs of the appointments that a run left pending; of a run that is held, those that it keeps apart.
    ///
    /// - Throws: `LedgerError`, also where there is no such run.
    package func pending(ofRun run: Int) throws -> [Int] {
        if try report(ofRun: run) == nil { throw LedgerError.unknown(run: run) }
        let held = try mappingErrors { try heldIDs(ofRun: run) }
        if !held.isEmpty { return held }
        return try ids(
            """
            SELECT a.id FROM appointments AS a JOIN files AS f ON f.id = a.file_id
            WHERE f.run_id = :number AND a.state = \(AppointmentState.sql(.pending)) ORDER BY a.id
            """, run)
    }

    private func ids(_ sql: String, _ number: Int) throws -> [Int] {
        try mappingErrors { try store.all(sql, ["number": number]) { try $0["id"] } }
    }

    /// Takes appointments out: all of them, or none. No file brings them back.
    ///
    /// - Parameters:
    ///   - shown: as a person saw them before the word: where one has another state now, it is refused.
    ///   - isTrial: whether it is only found out whether they could be: nothing is changed then.
    /// - Throws: `LedgerError`.
    package func withdraw(
        _ shown: [LedgerAppointment], by decision: Decision, isTrial: Bool = false
    ) throws {
        try change(isTrial: isTrial) {
            let now = Self.now
            let update = try store.prepared(
                """
                UPDATE appointments SET state = \(AppointmentState.sql(.withdrawn)),
                    withdrawn_from = CASE WHEN state IN (\(AppointmentState.sql(where: \.isWaiting)))
                        THEN \(AppointmentState.sql(.pending)) ELSE state END, changed = :now, code = :code, reason = :reason
                WHERE id = :id AND state = :state
                """)
            for (id, seen) in shown.map({ ($0.id, $0.state) }) {
                let state = try state(of: id)
                guard let state, state.canBeWithdrawn else {
                    throw LedgerError.cannotWithdraw(id, state: state)
                }
                if seen != state { throw LedgerError.changedMeanwhile(id) }
                try Self.freezeRow(ofAppointment: id, keepingTexts: false, in: store)
                let words = "withdrawn by \(decision.who)" + (decision.note.map { ": \($0)" } ?? "")
                let changed = try update.run([
                    "id": id, "state": state, "now": now, "code": RowCode.withdrawn, "reason": words,
                ])
                guard changed == 1 else { throw LedgerError.changedMeanwhile(id) }
                try record(decision, RowCode.withdrawn, on: id, batch: nil, at: now)
                try closeToDo(of: id, at: now)
            }
            try endEmptyHolds(by: decision, at: now)
        }
    }

    /// Takes withdrawals back: all of them, or none.
    ///
    /// - Parameters:
    ///   - rebooking: Whether they become pending whatever they were: by a person's word that the visit
    ///     is wanted and is not in SecurityTrax. Otherwise each becomes what it was.
    ///   - isTrial: whether it is only found out whether they could be: nothing is changed then.
    package func undoWithdrawal(
        _ ids: [Int], by decision: Decision, rebooking: Bool, isTrial: Bool = false
    ) throws {
        try change(isTrial: isTrial) {
            let now = Self.now
            let next =
                rebooking ? AppointmentState.sql(.pending) : "withdrawn_from"
            let update = try store.prepared(
                """
                UPDATE appointments SET state = \(next), withdrawn_from = NULL, changed = :now, code = NULL,
                    reason = :reason
                WHERE id = :id AND state = \(AppointmentState.sql(.withdrawn))
                """)
            for id in ids {
                let state = try state(of: id)
                guard state == .withdrawn else { throw LedgerError.notWithdrawn(id, state: state) }
                try Self.freezeRow(ofAppointment: id, keepingTexts: false, in: store)
                if let other = try bookedMeanwhile(insteadOf: id, rebooking: rebooking) {
                    throw LedgerError.bookedMeanwhile(id, other, state: try self.state(of: other))
                }
                if rebooking { try KnownRows.writeOut(rowsOf: id, in: store) }
                let words =
                    (rebooking ? "to be booked again, said " : "withdrawal taken back by ") + decision.who
                    + (decision.note.map { ": \($0)" } ?? "")
                let changed = try update.run(["id": id, "now": now, "reason": words])
                guard changed == 1 else { throw LedgerError.changedMeanwhile(id) }
                if !rebooking {
                    try holdAgain(id, at: now)
                    try reopenToDo(of: id)
                }
                try record(
                    decision, rebooking ? "rebook" : "withdrawal-undone", on: id, batch: nil, at: now)
            }
        }
    }

    /// An appointment that was accepted since a withdrawn one, for the same visit as far as can be told: with both,
    /// it would be booked twice.
    private func bookedMeanwhile(insteadOf id: Int, rebooking: Bool) throws -> Int? {
        try store.integer(
            """
            SELECT o.id FROM appointments AS a JOIN appointments AS o
                ON o.endpoint_id = a.endpoint_id AND o.customer = a.customer AND o.service = a.service
                AND o.id <> a.id AND o.start < a.end AND o.end > a.start
            WHERE a.id = :id AND (:rebooking OR a.withdrawn_from = \(AppointmentState.sql(.pending)))
                AND o.accepted_run > a.accepted_run AND o.state IN (\(AppointmentState.sql(where: \.isActive)))
            ORDER BY o.id LIMIT 1
            """, ["id": id, "rebooking": rebooking ? 1 : 0])
    }

    func state(of id: Int) throws -> AppointmentState? {
        try store.first("SELECT state FROM appointments WHERE id = :id", ["id": id]) { try $0["state"] }
    }

    func record(_ decision: Decision, _ word: String, on id: Int, batch: Int?, at now: Int) throws {
        try store.run(
            """
            INSERT INTO decisions (appointment_id, made, who, word, batch_id, note)
            VALUES (:id, :now, :who, :word, :batch, :note)
            """,
            [
                "id": id, "now": now, "who": decision.who, "word": word, "batch": batch,
                "note": decision.note,
            ])
    }
}
