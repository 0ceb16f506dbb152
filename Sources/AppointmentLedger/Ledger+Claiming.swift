import AppointmentRows
import SQLiteStore
package import SecurityTrax

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
        /// What is left to claim.
        var fresh: FreshRows
    }

    /// Takes the rows of a batch; inside a transaction.
    private func take(_ claim: Claim, of run: ActiveRun) throws -> TakenBatch {
        var taken = TakenBatch(fresh: run.fresh)
        let choice: FreshRows.Choice
        switch claim.request {
        case .fresh(let limit):
            choice = try take(limit, of: &taken.fresh, claim.now, run, &taken.result)
        case .again(let ids):
            var rows = try FreshRows(pending(ids))
            choice = try take(ids.count, of: &rows, claim.now, run, &taken.result)
        }
        if choice.ids.isEmpty { return taken }
        var batch = ClaimedBatch(id: 0, appointmentIDs: choice.ids, appointments: choice.appointments)
        try record(&batch, attempt: claim.attempt, of: run)
        try setPosting(batch)
        taken.result.batch = batch
        return taken
    }

    /// Takes the next rows, and refuses those before them whose time has passed.
    private func take(
        _ limit: Int, of rows: inout FreshRows, _ now: Int64?, _ run: ActiveRun, _ result: inout ClaimResult
    ) throws -> FreshRows.Choice {
        while true {
            let choice = try rows.choose(limit, now: now) {
                try freshRows(of: run, after: $0, limit: $1)
            }
            rows.remove(choice)
            for id in choice.expired { guard try Self.expire(id, in: store) else { throw notOurs(id) } }
            result.expired += choice.expired.count
            if !choice.ids.isEmpty || choice.expired.isEmpty { return choice }
        }
    }

    /// The rows that a claim of that many fresh ones would take at this moment, read ahead of it.
    ///
    /// - Parameter now: as a claim has it.
    package func nextFresh(_ limit: Int, now: Int64?) throws -> [Appointment] {
        guard let run = activeRun else { return [] }
        var fresh = run.fresh
        let choice = try mappingErrors {
            try fresh.choose(limit, now: now) { try freshRows(of: run, after: $0, limit: $1) }
        }
        activeRun?.fresh = fresh
        return choice.appointments
    }

    /// The pending rows of a run behind an appointment, in the order of the claims.
    private func freshRows(of run: ActiveRun, after id: Int, limit: Int) throws -> [FreshRows.Row] {
        guard let files = run.files else { return [] }
        return try store.all(
            """
            SELECT \(Self.freshColumns) FROM appointments
            WHERE id > :id AND state = \(AppointmentState.sql(.pending)) AND file_id BETWEEN :first AND :last
            ORDER BY id LIMIT :limit
            """, ["id": id, "first": files.lowerBound, "last": files.upperBound, "limit": limit],
            Self.freshRow)
    }

    /// Those of some appointments that are pending.
    private func pending(_ ids: [Int]) throws -> [FreshRows.Row] {
        let query = try store.prepared(
            """
            SELECT \(Self.freshColumns) FROM appointments
            WHERE id = :id AND state = \(AppointmentState.sql(.pending))
            """)
        return try ids.compactMap { try query.first(["id": $0], Self.freshRow) }
    }

    private static let freshColumns = "id, expires_at, \(appointmentColumns)"

    private static func freshRow(_ row: Row) throws -> FreshRows.Row {
        FreshRows.Row(
            id: try row["id"], expires: try row["expires_at"], appointment: try appointment(in: row))
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

    private func setPosting(_ batch: ClaimedBatch) throws {
        let update = try store.prepared(
            """
            UPDATE appointments SET state = \(AppointmentState.sql(.posting)), batch_id = :batch,
                changed = NULL, code = NULL, reason = NULL
            WHERE id BETWEEN :first AND :last AND state = \(AppointmentState.sql(.pending))
            """)
        var claimed = IDRuns()
        for (position, id) in batch.appointmentIDs.enumerated() { claimed.add(id, at: position) }
        for run in claimed.runs {
            let changed = try update.run([
                "first": run.ids.lowerBound, "last": run.ids.upperBound, "batch": batch.id,
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
        activeRun?.fresh = taken.fresh
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
    ///
    /// - Parameter limit: how many appointments there are at the most in all of them; nil where there is no limit.
    func previewBatches(of size: Int, limit: Int?, _ body: ([Appointment]) throws -> Void) throws {
        guard let run = activeRun else { return }
        var fresh = FreshRows()
        var left = limit ?? .max
        while left > 0 {
            let choice = try fresh.choose(min(size, left), now: nil) {
                try freshRows(of: run, after: $0, limit: $1)
            }
            if choice.ids.isEmpty { return }
            fresh.remove(choice)
            left -= choice.appointments.count
            try body(choice.appointments)
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
