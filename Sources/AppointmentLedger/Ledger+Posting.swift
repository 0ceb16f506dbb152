import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Claiming and settling: each one guarded, durable transaction.
extension Ledger {
    /// Claims a batch: its rows are `posting` on disk before this returns.
    ///
    /// - Parameters:
    ///   - attempt: 0 for the first time, counted up for repeats.
    ///   - now: minutes since 1970 UTC, for the rows whose time has passed; nil lets them through.
    package func claim(_ request: ClaimRequest, attempt: Int, now: Int64?) throws -> ClaimResult {
        guard let run = activeRun else { preconditionFailure("a run must have begun") }
        guard let files = run.files else { return ClaimResult() }
        try letStagingStand()
        try checkPlace()
        let last = lock?.mark
        let rows = run.inFlight + request.rows
        let (result, cursor) = try mappingErrors {
            // Where the disk is full by the time that an answer comes, what it proves can still be put
            // on record: otherwise known outcomes would turn into doubt.
            try store.preallocateLog(bytes: Self.bytesForEnding + rows * Self.bytesForRow)
            return try store.transaction {
                var result = ClaimResult()
                var cursor = run.cursor
                var batch = ClaimedBatch(id: 0, appointmentIDs: [], appointments: [])
                var echoes = Set<EchoIdentity>()
                var expired: [Int] = []
                var claimed = IDRuns()
                var mayAdvance = true
                func take(_ row: Row) throws {
                    let id: Int = try row["id"]
                    let appointment = try Self.appointment(in: row)
                    if let now, try row["expires_at"] < now {
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
                    if mayAdvance { cursor = id }
                }
                switch request {
                case .fresh(let limit):
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
                result.expired = expired.count
                if !batch.appointmentIDs.isEmpty {
                    try recordAsking(run)
                    try store.run(
                        """
                        INSERT INTO batches (run_id, claimed, size, attempt)
                        VALUES (:run, :now, :size, :attempt)
                        """,
                        [
                            "run": run.id, "now": Self.now, "size": batch.appointmentIDs.count,
                            "attempt": attempt,
                        ])
                    batch.id = store.lastInsertedRowID
                    if let last, batch.id <= last.batch {
                        // Somebody wrote an older copy over the open file.
                        throw LedgerError.behind(
                            path: path, at: LedgerMark(run: run.id, batch: batch.id - 1, word: last.word),
                            last: last)
                    }
                    let update = try store.prepared(
                        """
                        UPDATE appointments SET state = \(AppointmentState.sql(.posting)), batch_id = :batch,
                            changed = NULL, code = NULL, reason = NULL
                        WHERE id BETWEEN :first AND :last AND state = \(AppointmentState.sql(.pending))
                        """)
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
                    result.batch = batch
                }
                return (result, cursor)
            }
        }
        activeRun?.cursor = cursor
        if let batch = result.batch {
            activeRun?.hasAsked = true
            activeRun?.inFlight += batch.appointmentIDs.count
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
    private static let bytesForRow = 32 << 10
    /// What everything around it adds.
    private static let bytesForEnding = 1 << 20

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
    package func settle(
        _ batch: ClaimedBatch, _ settlements: [RowSettlement], outcome: String, status: Int?, reason: String?,
        reopening reopened: [Int] = [], trust: EndpointTrust? = nil
    ) throws {
        precondition(settlements.count == batch.appointmentIDs.count, "each row is settled")
        try mappingErrors {
            try store.transaction {
                let now = Self.now
                let update = try store.prepared(
                    """
                    UPDATE appointments SET state = :state, changed = :now, code = :code, reason = :reason,
                        response_details = :details
                    WHERE id BETWEEN :first AND :last AND state = \(AppointmentState.sql(.posting))
                        AND batch_id = :batch
                    """)
                var runs = IDRuns()
                let ids = batch.appointmentIDs
                var before: Int?
                for position in ids.indices.sorted(by: { ids[$0] < ids[$1] }) {
                    runs.add(
                        ids[position], at: position,
                        goesOn: before.map { settlements[$0] == settlements[position] } ?? false)
                    before = position
                }
                for run in runs.runs {
                    let settlement = settlements[run.position]
                    let changed = try update.run([
                        "first": run.ids.lowerBound, "last": run.ids.upperBound, "batch": batch.id,
                        "state": settlement.state, "now": now, "code": settlement.code,
                        "reason": settlement.reason,
                        "details": settlement.details.isEmpty ? nil : Self.json(settlement.details),
                    ])
                    guard changed == run.ids.count else { throw notOurs(run.ids.lowerBound) }
                }
                let settled = try store.run(
                    """
                    UPDATE batches SET settled = :now, outcome = :outcome, status = :status, reason = :reason,
                        refused = :refused, in_doubt = :doubtful
                    WHERE id = :batch AND settled IS NULL
                    """,
                    [
                        "batch": batch.id, "now": now, "outcome": outcome, "status": status, "reason": reason,
                        "refused": settlements.count { $0.state == .refused },
                        "doubtful": settlements.count { $0.state == .inDoubt },
                    ])
                guard settled == 1 else { throw notOurs(batch.id) }
                let reopen = try store.prepared(
                    """
                    UPDATE appointments SET state = \(AppointmentState.sql(.pending)), changed = :now,
                        code = NULL, reason = :reason
                    WHERE id = :id AND state = \(AppointmentState.sql(.refused)) AND code = :refused
                    """)
                for id in reopened {
                    let changed = try reopen.run([
                        "id": id, "now": now, "reason": reason, "refused": RowCode.refusedByService,
                    ])
                    guard changed == 1 else { throw notOurs(id) }
                }
                if let trust, let run = activeRun, run.trust != trust { try record(trust, run) }
            }
        }
        if let trust { activeRun?.trust = trust }
        activeRun?.inFlight -= settlements.count
    }

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

    func notOurs(_ id: Int) -> LedgerError {
        LedgerError(
            .failed, "entry \(id) of the ledger is not in the state that this run left it in",
            fix: "another program changed the ledger while it was locked: look into it before posting again")
    }

    static func json(_ details: [ResponseDetail]) -> String {
        json(details.flatMap { [$0.name, $0.value] })
    }
}
