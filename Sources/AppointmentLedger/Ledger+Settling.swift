import SQLiteStore
import SecurityTrax

/// Settling: a guarded, durable transaction.
extension Ledger {
    /// Settles a batch: what its answer proves is on disk before this returns.
    package func settle(_ settlement: BatchSettlement) throws {
        try mappingErrors { try store.transaction { try write(settlement) } }
        noteSettled(settlement)
    }

    /// Writes what an answer proves; inside a transaction.
    func write(_ settlement: BatchSettlement) throws {
        let batch = settlement.batch
        let settlements = settlement.rows
        precondition(settlements.count == batch.appointmentIDs.count, "each row is settled")
        let now = Self.now
        let update = try store.prepared(
            """
            UPDATE appointments SET state = ?1, changed = ?2, code = ?3, reason = ?4, response_details = ?5
            WHERE id BETWEEN ?6 AND ?7 AND state = \(AppointmentState.sql(.posting)) AND batch_id = ?8
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
            let row = settlements[run.position]
            // By position: where the service says something else of each row, it is one run for each.
            let changed = try update.run {
                $0.bind(row.state.rawValue, at: 1).bind(now, at: 2).bind(row.code, at: 3)
                    .bind(row.reason, at: 4)
                    .bind(row.details.isEmpty ? nil : Self.json(row.details), at: 5)
                    .bind(run.ids.lowerBound, at: 6).bind(run.ids.upperBound, at: 7).bind(batch.id, at: 8)
            }
            guard changed == run.ids.count else { throw notOurs(run.ids.lowerBound) }
        }
        let settled = try store.run(
            """
            UPDATE batches SET settled = :now, outcome = :outcome, status = :status, reason = :reason,
                refused = :refused, in_doubt = :doubtful
            WHERE id = :batch AND settled IS NULL
            """,
            [
                "batch": batch.id, "now": now, "outcome": settlement.outcome, "status": settlement.status,
                "reason": settlement.reason,
                "refused": settlements.count { $0.state == .refused },
                "doubtful": settlements.count { $0.state == .inDoubt },
            ])
        guard settled == 1 else { throw notOurs(batch.id) }
        if settlements.contains(where: { $0.state == .refused }) {
            try forgetCustomers(
                ofRefused: zip(ids, settlements).compactMap { id, row in
                    row.state == .refused ? (id, row.reason ?? "") : nil
                })
        }
        let reopen = try store.prepared(
            """
            UPDATE appointments SET state = \(AppointmentState.sql(.pending)), changed = :now,
                code = NULL, reason = :reason
            WHERE id = :id AND state = \(AppointmentState.sql(.refused)) AND code = :refused
            """)
        for id in settlement.reopened {
            let changed = try reopen.run([
                "id": id, "now": now, "reason": settlement.reason, "refused": RowCode.refusedByService,
            ])
            guard changed == 1 else { throw notOurs(id) }
        }
        if let trust = settlement.trust, let run = activeRun, run.trust != trust { try record(trust, run) }
    }

    /// What is remembered of a settled batch.
    func noteSettled(_ settlement: BatchSettlement) {
        if let trust = settlement.trust { activeRun?.trust = trust }
        activeRun?.inFlight -= settlement.rows.count
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
