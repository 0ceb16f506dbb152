import Foundation
import SQLiteStore
import SecurityTrax

/// Claiming and settling: each one guarded, durable transaction.
extension Ledger {
    /// Claims a batch: its rows are `posting` on disk before this returns.
    ///
    /// - Parameters:
    ///   - attempt: 0 for the first time, counted up for repeats.
    ///   - now: minutes since 1970 UTC, for the rows whose time has passed; nil lets them through.
    func claim(_ request: ClaimRequest, attempt: Int, now: Int64?) throws -> ClaimResult {
        guard let run else { preconditionFailure("a run must have begun") }
        guard let files = run.files else { return ClaimResult() }
        stager = nil
        try checkPlace()
        let last = lock?.mark
        let rows = run.inFlight + request.rows
        let (result, cursor) = try failable {
            // Where the disk is full by the time that an answer comes, what it proves can still be put
            // on record: otherwise known outcomes would turn into doubt.
            try store.holdRoom(bytes: Self.roomForEnding + rows * Self.roomForRow)
            return try store.transaction {
                var result = ClaimResult()
                var cursor = run.cursor
                var batch = ClaimedBatch(id: 0, appointmentIDs: [], appointments: [])
                var slots = Set<Slot>()
                var passed: [Int] = []
                var mayAdvance = true
                func take(_ row: Statement) {
                    let id = row.integer(0)
                    let appointment = Self.appointment(in: row, from: 2)
                    if let now, Int64(row.integer(1)) < now {
                        passed.append(id)
                    } else if slots.insert(Slot(appointment)).inserted {
                        batch.appointmentIDs.append(id)
                        batch.appointments.append(appointment)
                    } else {
                        // It stays pending, and the next claim finds it: an echo could
                        // not tell it from its twin in this batch.
                        mayAdvance = false
                    }
                    if mayAdvance { cursor = id }
                }
                switch request {
                case .fresh(let limit):
                    let query = try statement(
                        """
                        SELECT id, expires_at, \(Self.appointmentColumns) FROM appointments
                        WHERE id > ?1 AND state = 0 AND file_id BETWEEN ?2 AND ?3 ORDER BY id
                        """
                    ).bind(run.cursor, at: 1).bind(files.lowerBound, at: 2).bind(files.upperBound, at: 3)
                    defer { query.reset() }
                    while batch.appointmentIDs.count < limit, try query.step() { take(query) }
                case .again(let ids):
                    let query = try statement(
                        """
                        SELECT id, expires_at, \(Self.appointmentColumns) FROM appointments
                        WHERE id = ?1 AND state = 0
                        """)
                    mayAdvance = false
                    for id in ids {
                        query.bind(id, at: 1)
                        if try query.step() { take(query) }
                        query.reset()
                    }
                }
                for id in passed { guard try Self.expire(id, in: store) else { throw notOurs(id) } }
                result.passed = passed.count
                if !batch.appointmentIDs.isEmpty {
                    try recordAsking(run)
                    try statement(
                        "INSERT INTO batches (run_id, claimed, size, attempt) VALUES (?1, ?2, ?3, ?4)"
                    )
                    .bind(run.id, at: 1).bind(Self.now, at: 2).bind(batch.appointmentIDs.count, at: 3)
                    .bind(attempt, at: 4).run()
                    batch.id = store.lastInsertedRowID
                    if let last, batch.id <= last.batch {
                        // Somebody wrote an older copy over the open file.
                        throw LedgerError.behind(
                            path: path, at: LedgerMark(run: run.id, batch: batch.id - 1, word: last.word),
                            last: last)
                    }
                    let update = try statement(
                        """
                        UPDATE appointments SET state = 1, batch_id = ?2, changed = NULL, code = NULL, reason = NULL
                        WHERE id = ?1 AND state = 0
                        """)
                    for id in batch.appointmentIDs {
                        guard try update.bind(id, at: 1).bind(batch.id, at: 2).run() == 1 else {
                            throw LedgerError(
                                .failed, "appointment \(id) changed while it was being claimed",
                                fix: "start again; nothing was sent")
                        }
                    }
                    result.batch = batch
                }
                return (result, cursor)
            }
        }
        self.run?.cursor = cursor
        if let batch = result.batch {
            self.run?.hasAsked = true
            self.run?.batches += 1
            self.run?.inFlight += batch.appointmentIDs.count
            do {
                // Before its first byte leaves: a ledger that does not know it is an older one.
                try lock?.record(LedgerMark(run: run.id, batch: batch.id))
            } catch {
                // Nothing of it was sent.
                let words = "nothing was sent: \(error.message)"
                try? settle(
                    batch, batch.appointments.map { _ in .pending(reason: words) }, outcome: "never-sent",
                    status: nil, reason: words)
                throw error
            }
        }
        return result
    }

    /// What claiming and settling one row adds to the log at the most: its page each time, and its texts.
    private static let roomForRow = 32 << 10
    /// What everything around it adds.
    private static let roomForEnding = 1 << 20

    /// Settles a batch: what its answer proves is on disk before this returns.
    ///
    /// - Parameters:
    ///   - settlements: one for each appointment, in the batch's order.
    ///   - outcome: a short word for the outcome.
    ///   - status: the answer's HTTP status, if there was one.
    ///   - reason: why, in words.
    ///   - reopened: rows refused earlier in this run that go back to pending, since it
    ///     turned out that the fault was not in them.
    ///   - trust: what the outcome tells of the endpoint.
    func settle(
        _ batch: ClaimedBatch, _ settlements: [RowSettlement], outcome: String, status: Int?, reason: String?,
        reopening reopened: [Int] = [], trust: EndpointTrust? = nil
    ) throws {
        precondition(settlements.count == batch.appointmentIDs.count, "each row is settled")
        try failable {
            try store.transaction {
                let now = Self.now
                let update = try statement(
                    """
                    UPDATE appointments SET state = ?3, changed = ?4, code = ?5, reason = ?6, response_details = ?7
                    WHERE id = ?1 AND state = 1 AND batch_id = ?2
                    """)
                for (id, settlement) in zip(batch.appointmentIDs, settlements) {
                    update.bind(id, at: 1).bind(batch.id, at: 2).bind(settlement.state.rawValue, at: 3)
                        .bind(now, at: 4)
                    switch settlement {
                    case .created(let details):
                        update.bind(nil as String?, at: 5).bind(nil as String?, at: 6)
                            .bind(details.isEmpty ? nil : Self.json(details), at: 7)
                    case .refused(let reason):
                        update.bind(RowCode.refusedByService, at: 5).bind(reason, at: 6).bind(
                            nil as String?, at: 7)
                    case .inDoubt(let reason):
                        update.bind(RowCode.outcomeUnknown, at: 5).bind(reason, at: 6).bind(
                            nil as String?, at: 7)
                    case .pending(let reason):
                        update.bind(nil as String?, at: 5).bind(reason, at: 6).bind(nil as String?, at: 7)
                    }
                    guard try update.run() == 1 else { throw notOurs(id) }
                }
                let settled = try statement(
                    """
                    UPDATE batches SET settled = ?2, outcome = ?3, status = ?4, reason = ?5
                    WHERE id = ?1 AND settled IS NULL
                    """
                ).bind(batch.id, at: 1).bind(now, at: 2).bind(outcome, at: 3)
                    .bind(status.map(Int64.init), at: 4).bind(reason, at: 5).run()
                guard settled == 1 else { throw notOurs(batch.id) }
                let reopen = try statement(
                    """
                    UPDATE appointments SET state = 0, changed = ?2, code = NULL, reason = ?3
                    WHERE id = ?1 AND state = 3 AND code = '\(RowCode.refusedByService)'
                    """)
                for id in reopened {
                    guard try reopen.bind(id, at: 1).bind(now, at: 2).bind(reason, at: 3).run() == 1 else {
                        throw notOurs(id)
                    }
                }
                if let trust, let run, run.trust != trust { try record(trust, run) }
            }
        }
        if let trust { run?.trust = trust }
        run?.inFlight -= settlements.count
    }

    /// Forms the batches of a run that posts nothing, in the order and sizes that posting would have.
    func previewBatches(of size: Int, _ body: ([Appointment]) throws -> Void) throws {
        guard let files = run?.files else { return }
        let query = try statement(
            """
            SELECT \(Self.appointmentColumns) FROM appointments
            WHERE state = 0 AND file_id BETWEEN ?1 AND ?2 ORDER BY id
            """
        ).bind(files.lowerBound, at: 1).bind(files.upperBound, at: 2)
        defer { query.reset() }
        var waiting: [Appointment] = []
        var isExhausted = false
        while true {
            var batch: [Appointment] = []
            var slots = Set<Slot>()
            var rest: [Appointment] = []
            func place(_ appointment: Appointment) {
                if batch.count < size, slots.insert(Slot(appointment)).inserted {
                    batch.append(appointment)
                } else {
                    rest.append(appointment)
                }
            }
            waiting.forEach(place)
            while !isExhausted, batch.count < size {
                if try query.step() { place(Self.appointment(in: query)) } else { isExhausted = true }
            }
            if batch.isEmpty { return }
            try body(batch)
            waiting = rest
        }
    }

    /// What an echo names a row by, within its batch.
    private struct Slot: Hashable {
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
        try store.prepare(
            """
            UPDATE appointments SET state = 3, changed = ?2, code = ?3, reason = 'its time passed before it was posted'
            WHERE id = ?1 AND state = 0
            """
        ).bind(id, at: 1).bind(now, at: 2).bind(FindingCode.inThePast.rawValue, at: 3).run() == 1
    }

    func notOurs(_ id: Int) -> LedgerError {
        LedgerError(
            .failed, "entry \(id) of the ledger is not in the state that this run left it in",
            fix: "another program changed the ledger while it was locked: look into it before posting again")
    }

    static func json(_ details: [ResponseDetail]) -> String {
        json(details.flatMap { [$0.name, $0.value] })
    }
}
