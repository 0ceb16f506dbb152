import AppointmentRows
import SQLiteStore

/// A run that was held before its first post, and on which nobody has decided.
package struct HeldRun: Sendable, Hashable {
    /// The run.
    package var run: Int
    /// When it was held: milliseconds since 1970 UTC.
    package var held: Int
    /// Why, with the figures; not escaped.
    package var reason: String
    /// How many appointments wait.
    package var count: Int
    /// The files that brought them, as the run named them.
    package var files: [String]
    /// Where they are to be posted: an endpoint's identity.
    package var endpoint: String
}

/// Runs that are held: they keep their appointments apart until a person decides.
extension Ledger {
    /// The runs that wait for a decision, the oldest first.
    package func heldRuns() throws -> [HeldRun] {
        try mappingErrors {
            let held = try store.all(
                """
                SELECT h.run_id, h.held, h.reason, e.identity,
                    (SELECT count(*) FROM appointments AS a JOIN files AS f ON f.id = a.file_id
                        WHERE a.state = \(AppointmentState.sql(.held)) AND f.run_id = h.run_id) AS count
                FROM holds AS h JOIN runs AS r ON r.id = h.run_id JOIN endpoints AS e ON e.id = r.endpoint_id
                WHERE h.decided IS NULL ORDER BY h.run_id
                """
            ) { row in
                HeldRun(
                    run: try row["run_id"], held: try row["held"], reason: try row["reason"],
                    count: try row["count"], files: [], endpoint: try row["identity"])
            }
            return try held.filter { $0.count > 0 }.map { run in
                var run = run
                run.files = try store.all(
                    "SELECT name FROM files WHERE run_id = :run ORDER BY id", ["run": run.run]
                ) { try $0["name"] }
                return run
            }
        }
    }

    /// Lets a held run be posted: its appointments are pending then. Those for whose number a later file has other values,
    /// which waited for this word, are refused instead: a file that brings those is posted.
    ///
    /// - Throws: `LedgerError` where the run is not held.
    func approve(run: Int, by decision: Decision, at now: Int) throws {
        let ids = try heldIDs(ofRun: run)
        guard !ids.isEmpty else {
            throw try report(ofRun: run) == nil ? LedgerError.unknown(run: run) : .notHeld(run: run)
        }
        let update = try store.prepared(
            """
            UPDATE appointments SET state = \(AppointmentState.sql(.pending)), changed = :now,
                reason = :reason
            WHERE id = :id AND state = \(AppointmentState.sql(.held))
            """)
        let otherwise = try rowsSince(ofRun: run)
        for id in ids {
            if let place = otherwise[id] {
                try Self.freezeRow(ofAppointment: id, keepingTexts: false, in: store)
                let wasWaiting = try Self.refuseWaiting(
                    id, code: FindingCode.replacedByLaterFile.rawValue,
                    reason: "a later file has other values for its number: \(place)", in: store)
                guard wasWaiting else { throw LedgerError.changedMeanwhile(id) }
                try record(decision, "approved", on: id, batch: nil, at: now)
                continue
            }
            let changed = try update.run([
                "id": id, "now": now, "reason": "held, and approved by \(decision.who)",
            ])
            guard changed == 1 else { throw LedgerError.changedMeanwhile(id) }
            try record(decision, "approved", on: id, batch: nil, at: now)
        }
        try decide(run, "approved", decision, at: now)
    }

    /// How many appointments of a run that was approved are not posted, since a later file has them otherwise.
    package func overtakenCount(ofRun run: Int) throws -> Int {
        try mappingErrors {
            try store.integer(
                """
                SELECT count(*) FROM appointments AS a JOIN files AS f ON f.id = a.file_id
                WHERE f.run_id = :run AND a.state = \(AppointmentState.sql(.refused)) AND a.code = :code
                """, ["run": run, "code": FindingCode.replacedByLaterFile.rawValue]) ?? 0
        }
    }

    /// The last row of a later file that has a held appointment's number with other values, by the appointment.
    private func rowsSince(ofRun run: Int) throws -> [Int: String] {
        try store.execute(LedgerSchema.makeLeftOut)
        var places: [Int: String] = [:]
        try store.forEach(
            """
            SELECT a.id, l.line, l2.name, l2.run_id
            FROM files AS f JOIN appointments AS a ON a.file_id = f.id
            JOIN sender_numbers AS s ON s.appointment_id = a.id
            JOIN left_out AS l ON l.number = s.number AND l.file_id > a.file_id AND l.ends = 0
            JOIN files AS l2 ON l2.id = l.file_id
            JOIN runs AS r ON r.id = l2.run_id AND r.endpoint_id = a.endpoint_id AND r.abandoned = 0
            WHERE f.run_id = :run AND a.state = \(AppointmentState.sql(.held)) AND s.number <> ''
            ORDER BY l.file_id, l.line
            """, ["run": run]
        ) { row in
            places[try row["id"]] = OtherAppointment.place(
                line: try row["line"], file: try row["name"], run: try row["run_id"])
        }
        return places
    }

    /// The IDs of a run's held appointments.
    func heldIDs(ofRun run: Int) throws -> [Int] {
        try store.all(
            """
            SELECT a.id FROM appointments AS a JOIN files AS f ON f.id = a.file_id
            WHERE f.run_id = :run AND a.state = \(AppointmentState.sql(.held)) ORDER BY a.id
            """, ["run": run]
        ) { try $0["id"] }
    }

    /// Keeps a person's word on a held run.
    private func decide(_ run: Int, _ word: String, _ decision: Decision, at now: Int) throws {
        try store.run(
            """
            UPDATE holds SET decided = :now, word = :word, who = :who, note = :note
            WHERE run_id = :run AND decided IS NULL
            """,
            ["run": run, "now": now, "word": word, "who": decision.who, "note": decision.note])
    }

    /// Keeps an appointment apart again whose withdrawal was taken back, where nobody has approved its run.
    func holdAgain(_ id: Int, at now: Int) throws {
        let run = try store.integer(
            """
            SELECT h.run_id FROM appointments AS a JOIN files AS f ON f.id = a.file_id
            JOIN holds AS h ON h.run_id = f.run_id
            WHERE a.id = :id AND a.state = \(AppointmentState.sql(.pending)) AND h.word IS NOT 'approved'
            """, ["id": id])
        guard let run else { return }
        try store.run(
            "UPDATE appointments SET state = \(AppointmentState.sql(.held)), changed = :now WHERE id = :id",
            ["id": id, "now": now])
        try store.run(
            "UPDATE holds SET decided = NULL, word = NULL, who = NULL, note = NULL WHERE run_id = :run",
            ["run": run])
    }

    /// Ends the holds of which a withdrawal has left nothing.
    func endEmptyHolds(by decision: Decision, at now: Int) throws {
        let held: [Int] = try store.all("SELECT run_id FROM holds WHERE decided IS NULL", [:]) {
            try $0["run_id"]
        }
        for run in held where try heldIDs(ofRun: run).isEmpty {
            try decide(run, "withdrawn", decision, at: now)
        }
    }
}
