import Foundation
import SQLiteStore

/// Whether the ledger may be trusted: whole, the newest, no copy.
extension Ledger {
    /// How long a start looks for damage. A ledger that is too large to be looked through in this time is
    /// used all the same: SQLite still refuses damaged pages when it comes to them.
    static let healthCheckLimit = Duration.seconds(20)

    /// Looks for damage where the last user of the ledger did not end as it should: its run is without an
    /// end, or it left a write-ahead log.
    static func checkHealth(_ store: Connection, _ path: String, found: Int, hadLog: Bool) throws {
        guard found > 0 else { return }
        do {
            guard try hadLog || store.integer("SELECT 1 FROM runs WHERE finished IS NULL LIMIT 1") != nil,
                case .damaged(let words) = try store.check(within: healthCheckLimit)
            else { return }
            throw LedgerError.damaged(path: path, words)
        } catch {
            store.leaveAsFound()
            throw error
        }
    }

    /// Refuses a copy, and a ledger that lacks the last run that the lock file knows of.
    static func checkIdentity(
        _ store: Connection, _ path: String, found: Int, lock: LedgerLock, adopting: Bool
    ) throws {
        if adopting { return }
        guard found > 0 else {
            if let last = lock.lastRun { throw LedgerError.vanished(path: path, last: last) }
            return
        }
        if let made = try store.integer("SELECT value FROM facts WHERE name = 'copied'") {
            throw LedgerError.copy(path: path, made: made)
        }
        let run = try store.integer("SELECT seq FROM sqlite_sequence WHERE name = 'runs'") ?? 0
        if let last = lock.lastRun, last > run { throw LedgerError.behind(path: path, run: run, last: last) }
    }

    /// What `adopt` did.
    struct Adoption: Sendable {
        /// Whether there was anything to adopt.
        var wasNeeded: Bool
        /// Appointments that came from pending into doubt.
        var inDoubt: Int
    }

    /// Takes a copy, or a ledger that was put back, into use. What it has pending may have been posted after
    /// it was made, so it comes into doubt, all of it in one transaction.
    func adopt(by who: String) throws -> Adoption {
        guard let lock else { preconditionFailure("adopting needs the lock") }
        let last = lock.lastRun ?? 0
        let adopted: (id: Int, count: Int)? = try failable {
            let newest = try store.integer("SELECT seq FROM sqlite_sequence WHERE name = 'runs'") ?? 0
            let isCopy = try store.integer("SELECT value FROM facts WHERE name = 'copied'") != nil
            guard isCopy || last > newest else { return nil }
            return try store.transaction {
                let now = Self.now
                // A number beyond those that the lost ledger gave: no two runs share one.
                let id = max(newest, last) + 1
                try store.execute("INSERT INTO endpoints (identity) VALUES ('') ON CONFLICT DO NOTHING")
                try store.prepare(
                    """
                    INSERT INTO runs (id, command, endpoint_id, started, finished, exit)
                    SELECT ?1, 'adopt', id, ?2, ?2, 0 FROM endpoints WHERE identity = ''
                    """
                ).bind(id, at: 1).bind(now, at: 2).run()
                let query = try store.prepare("SELECT id FROM appointments WHERE state = 0")
                var pending: [Int] = []
                while try query.step() { pending.append(query.integer(0)) }
                if !pending.isEmpty {
                    try store.execute("INSERT INTO facts VALUES ('adopting', 1)")
                    let reason =
                        "\(who) took a copy of the ledger into use, and this may have been posted after it was made"
                    try store.prepare(
                        """
                        INSERT INTO batches (run_id, claimed, size, attempt, settled, outcome, reason)
                        VALUES (?1, ?2, ?3, 0, ?2, 'adopted', ?4)
                        """
                    ).bind(id, at: 1).bind(now, at: 2).bind(pending.count, at: 3).bind(reason, at: 4).run()
                    let batch = store.lastInsertedRowID
                    let update = try store.prepare(
                        """
                        UPDATE appointments SET state = 4, batch_id = ?2, changed = ?3, code = ?4, reason = ?5
                        WHERE id = ?1 AND state = 0
                        """)
                    for appointment in pending {
                        try Self.freezeRow(ofAppointment: appointment, keepingTexts: false, in: store)
                        try update.bind(appointment, at: 1).bind(batch, at: 2).bind(now, at: 3)
                            .bind(RowCode.outcomeUnknown, at: 4).bind(reason, at: 5).run()
                    }
                    try store.execute("DELETE FROM facts WHERE name = 'adopting'")
                }
                try store.execute("DELETE FROM facts WHERE name = 'copied'")
                return (id, pending.count)
            }
        }
        guard let adopted else { return Adoption(wasNeeded: false, inDoubt: 0) }
        lock.record(run: adopted.id)
        return Adoption(wasNeeded: true, inDoubt: adopted.count)
    }

    /// Writes a copy of the ledger as it is now, marked as one, mode 0600, whole or not at all.
    ///
    /// - Returns: false where something is at `target` already; it was not touched.
    func backUp(to target: String) throws -> Bool {
        let folder = (target as NSString).deletingLastPathComponent
        let output = try TemporaryOutput(in: folder.isEmpty ? "." : folder, permissionsOf: nil)
        do {
            let copy = try Connection(path: output.path, mode: .readWrite)
            try store.copy(to: copy)
            // One file, without a log beside it, that can be carried elsewhere.
            try copy.execute("PRAGMA journal_mode = MEMORY")
            try copy.prepare("INSERT OR REPLACE INTO facts VALUES ('copied', ?1)").bind(Self.now, at: 1).run()
            if case .damaged(let words) = try copy.check(within: nil) {
                throw LedgerError.damaged(path: path, words)
            }
        } catch let error as SQLiteError where error.kind == .full || error.kind == .inputOutput {
            throw RejectsError(message: "can't write \(target): \(error.message)")
        } catch let error as SQLiteError {
            throw LedgerError(error, path: path)
        }
        return try output.install(at: target, replacing: false)
    }
}
