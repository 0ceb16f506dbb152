import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Claiming: a guarded, durable transaction.
extension Ledger {
    /// Claims a batch: its rows are `posting` on disk before this returns.
    package func claim(_ claim: Claim) throws -> ClaimResult {
        guard let run = try prepare(claim) else { return ClaimResult() }
        return try begin(
            mappingErrors { try store.transaction { try take(claim, of: run) } })
    }

    /// Settles a batch and claims the next one in the same transaction: one wait for the disk instead of two. Where they
    /// can't be done together, they are one after the other.
    ///
    /// - Returns: what claiming came to, once the batch is settled.
    /// - Throws: where it is not settled; nothing was claimed then.
    package func settle(
        _ settlement: BatchSettlement, claiming claim: Claim
    ) throws -> Result<ClaimResult, any Error> {
        let taken: TakenBatch
        do {
            guard let run = try prepare(claim) else {
                try settle(settlement)
                return .success(ClaimResult())
            }
            taken = try mappingErrors {
                try store.transaction {
                    try write(settlement)
                    return try take(claim, of: run)
                }
            }
        } catch {
            // What the answer proves must not depend on what may come next.
            try settle(settlement)
            return Result { try self.claim(claim) }
        }
        noteSettled(settlement)
        return Result { try begin(taken) }
    }

    /// What comes before the transaction that claims.
    ///
    /// - Returns: the run; nil where it has no files.
    private func prepare(_ claim: Claim) throws -> ActiveRun? {
        guard let run = activeRun else { preconditionFailure("a run must have begun") }
        if run.files == nil { return nil }
        try letStagingStand()
        try checkPlace()
        // Where the disk is full by the time that an answer comes, what it proves can still be put
        // on record: otherwise known outcomes would turn into doubt.
        let rows = run.inFlight + claim.request.rows
        try mappingErrors {
            try store.preallocateLog(bytes: Self.bytesForEnding + rows * Self.bytesForRow)
        }
        return run
    }

    /// What claiming brought, before anybody else knows of it.
    private struct TakenBatch {
        var result = ClaimResult()
        /// The last appointment that no later claim needs to look at.
        var cursor: Int
    }

    /// Takes the rows of a batch; inside a transaction.
    private func take(_ claim: Claim, of run: ActiveRun) throws -> TakenBatch {
        var taken = TakenBatch(cursor: run.cursor)
        var batch = ClaimedBatch(id: 0, appointmentIDs: [], appointments: [])
        var echoes = Set<EchoIdentity>()
        var expired: [Int] = []
        var claimed = IDRuns()
        var mayAdvance = true
        func take(_ row: Row) throws {
            let id: Int = try row["id"]
            let appointment = try Self.appointment(in: row)
            if let now = claim.now, try row["expires_at"] < now {
                expired.append(id)
            } else if echoes.insert(EchoIdentity(appointment)).inserted {
                claimed.add(id, at: batch.appointmentIDs.count)
                batch.appointmentIDs.append(id)
                batch.appointments.append(appointment)
            } else {
                // It stays pending, and the next claim finds it: an echo could
                // not tell it from its twin in this batch.
                mayAdvance = false
            }
            if mayAdvance { taken.cursor = id }
        }
        switch claim.request {
        case .fresh(let limit):
            guard let files = run.files else { return taken }
            let rows = try store.rows(
                """
                SELECT id, expires_at, \(Self.appointmentColumns) FROM appointments
                WHERE id > :cursor AND state = \(AppointmentState.sql(.pending))
                    AND file_id BETWEEN :first AND :last
                ORDER BY id
                """,
                ["cursor": run.cursor, "first": files.lowerBound, "last": files.upperBound])
            while batch.appointmentIDs.count < limit, let row = try rows.next() { try take(row) }
        case .again(let ids):
            let query = try store.prepared(
                """
                SELECT id, expires_at, \(Self.appointmentColumns) FROM appointments
                WHERE id = :id AND state = \(AppointmentState.sql(.pending))
                """)
            mayAdvance = false
            for id in ids { try query.forEach(["id": id], take) }
        }
        for id in expired { guard try Self.expire(id, in: store) else { throw notOurs(id) } }
        taken.result.expired = expired.count
        if !batch.appointmentIDs.isEmpty {
            try record(&batch, attempt: claim.attempt, of: run)
            try setPosting(claimed, batch.id)
            taken.result.batch = batch
        }
        return taken
    }

    /// Puts a batch on record, and gives it its number.
    private func record(_ batch: inout ClaimedBatch, attempt: Int, of run: ActiveRun) throws {
        try recordAsking(run)
        try store.run(
            """
            INSERT INTO batches (run_id, claimed, size, attempt)
            VALUES (:run, :now, :size, :attempt)
            """,
            ["run": run.id, "now": Self.now, "size": batch.appointmentIDs.count, "attempt": attempt])
        batch.id = store.lastInsertedRowID
        if let last = lock?.mark, batch.id <= last.batch {
            // Somebody wrote an older copy over the open file.
            throw LedgerError.behind(
                path: path, at: LedgerMark(run: run.id, batch: batch.id - 1, word: last.word), last: last)
        }
    }

    private func setPosting(_ claimed: IDRuns, _ batch: Int) throws {
        let update = try store.prepared(
            """
            UPDATE appointments SET state = \(AppointmentState.sql(.posting)), batch_id = :batch,
                changed = NULL, code = NULL, reason = NULL
            WHERE id BETWEEN :first AND :last AND state = \(AppointmentState.sql(.pending))
            """)
        for run in claimed.runs {
            let changed = try update.run([
                "first": run.ids.lowerBound, "last": run.ids.upperBound, "batch": batch,
            ])
            guard changed == run.ids.count else {
                throw LedgerError(
                    .failed,
                    "appointment \(run.ids.lowerBound), or one behind it, changed while it was being claimed",
                    fix: "start again; nothing was sent")
            }
        }
    }

    /// What comes behind the transaction that claimed, and before the batch's first byte leaves.
    private func begin(_ taken: TakenBatch) throws -> ClaimResult {
        activeRun?.cursor = taken.cursor
        if let batch = taken.result.batch, let run = activeRun {
            activeRun?.hasAsked = true
            activeRun?.inFlight += batch.appointmentIDs.count
            do {
                // A ledger that does not know the batch is an older one.
                try lock?.record(LedgerMark(run: run.id, batch: batch.id))
            } catch {
                // Nothing of it was sent.
                let words = "nothing was sent: \(error.message)"
                try? settle(
                    BatchSettlement(
                        batch: batch, rows: batch.appointments.map { _ in .pending(reason: words) },
                        outcome: "never-sent", reason: words))
                throw error
            }
        }
        return taken.result
    }

    /// What claiming and settling one row adds to the log at the most: its page each time, and its texts.
    private static let bytesForRow = 32 << 10
    /// What everything around it adds.
    private static let bytesForEnding = 1 << 20

    /// Forms the batches of a run that posts nothing, in the order and sizes that posting would have.
    func previewBatches(of size: Int, _ body: ([Appointment]) throws -> Void) throws {
        guard let files = activeRun?.files else { return }
        let rows = try store.rows(
            """
            SELECT \(Self.appointmentColumns) FROM appointments
            WHERE state = \(AppointmentState.sql(.pending)) AND file_id BETWEEN :first AND :last ORDER BY id
            """, ["first": files.lowerBound, "last": files.upperBound])
        var waiting: [Appointment] = []
        var isExhausted = false
        while true {
            var batch: [Appointment] = []
            var echoes = Set<EchoIdentity>()
            var rest: [Appointment] = []
            func place(_ appointment: Appointment) {
                if batch.count < size, echoes.insert(EchoIdentity(appointment)).inserted {
                    batch.append(appointment)
                } else {
                    rest.append(appointment)
                }
            }
            waiting.forEach(place)
            while !isExhausted, batch.count < size {
                if let row = try rows.next() {
                    place(try Self.appointment(in: row))
                } else {
                    isExhausted = true
                }
            }
            if batch.isEmpty { return }
            try body(batch)
            waiting = rest
        }
    }

    /// What an echo names a row by, within its batch.
    private struct EchoIdentity: Hashable {
        let customer: Int64
        let start: LocalTime
        let end: LocalTime

        init(_ appointment: Appointment) {
            customer = appointment.customerID
            start = appointment.start
            end = appointment.end
        }
    }

    /// A pending appointment whose time passed while it waited is refused, not posted.
    ///
    /// - Returns: whether it was pending.
    static func expire(_ id: Int, in store: Connection) throws -> Bool {
        try refuseWaiting(id, code: FindingCode.inThePast.rawValue, reason: expiredReason, in: store)
    }

    static let expiredReason = "its time passed before it was posted"

    /// An appointment that waits to be posted is refused by us, not posted.
    ///
    /// - Returns: whether it waited.
    static func refuseWaiting(_ id: Int, code: String, reason: String, in store: Connection) throws -> Bool {
        try store.run(
            """
            UPDATE appointments SET state = \(AppointmentState.sql(.refused)), changed = :now, code = :code,
                reason = :reason
            WHERE id = :id AND state IN (\(AppointmentState.sql(where: \.isWaiting)))
            """, ["id": id, "now": now, "code": code, "reason": reason]) == 1
    }
}
