import Foundation
import SQLiteStore
import SystemFiles

/// Whether the ledger may be trusted: whole, the newest, no copy.
extension Ledger {
    /// How long a start looks for damage. A million appointments (190 MB) take about 1 s, from a cold disk 4 s. A
    /// ledger that is too large to be looked through in this time is used all the same: SQLite still refuses damaged
    /// pages when it comes to them.
    static let healthCheckLimit = Duration.seconds(20)

    /// Looks for damage: at every start, since damage that nobody looks for books visits twice without a word.
    static func checkHealth(_ store: Connection, _ path: String, found: Int) throws {
        guard found > 0 else { return }
        do {
            guard case .damaged(let words) = try store.check(within: healthCheckLimit) else { return }
            throw LedgerError.damaged(path: path, words)
        } catch {
            store.leaveAsFound()
            throw error
        }
    }

    /// Refuses a copy, and a ledger that lacks something that the lock file knows of.
    static func checkIdentity(
        _ store: Connection, _ path: String, found: Int, lock: LedgerLock, adopting: Bool
    ) throws {
        if adopting { return }
        let last = lock.mark
        guard found > 0 else {
            if last != LedgerMark() { throw LedgerError.vanished(path: path, last: last.run) }
            return
        }
        if let made = try store.integer("SELECT value FROM facts WHERE name = 'copied'") {
            throw LedgerError.copy(path: path, made: made)
        }
        let mark = try mark(of: store)
        if mark.isBehind(last) { throw LedgerError.behind(path: path, at: mark, last: last) }
    }

    /// How far a ledger has come: numbers that stay whatever is pruned.
    static func mark(of store: Connection) throws -> LedgerMark {
        var mark = LedgerMark()
        let query = try store.prepare("SELECT name, seq FROM sqlite_sequence")
        while try query.step() {
            switch query.text(0) {
            case "runs": mark.run = query.integer(1)
            case "batches": mark.batch = query.integer(1)
            case "verdicts": mark.word = query.integer(1)
            default: break
            }
        }
        return mark
    }

    /// Lets the lock file know how far the ledger has come, once it has it for good.
    func rememberMark() throws {
        guard let lock else { return }
        let mark = try failable { try Self.mark(of: store) }
        try lock.record(mark)
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
        let last = lock.mark
        let adopted: Int? = try failable {
            let newest = try Self.mark(of: store)
            let isCopy = try store.integer("SELECT value FROM facts WHERE name = 'copied'") != nil
            guard isCopy || newest.isBehind(last) else { return nil }
            return try store.transaction {
                let now = Self.now
                // Numbers beyond those that the lost ledger gave: no two runs, batches or words share one.
                let beyond = newest.joined(with: last)
                let id = beyond.run + 1
                try Self.raise(beyond, in: store)
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
                        let changed = try update.bind(appointment, at: 1).bind(batch, at: 2).bind(now, at: 3)
                            .bind(RowCode.outcomeUnknown, at: 4).bind(reason, at: 5).run()
                        guard changed == 1 else { throw notOurs(appointment) }
                    }
                    try store.execute("DELETE FROM facts WHERE name = 'adopting'")
                }
                try store.execute("DELETE FROM facts WHERE name = 'copied'")
                return pending.count
            }
        }
        guard let adopted else { return Adoption(wasNeeded: false, inDoubt: 0) }
        try rememberMark()
        return Adoption(wasNeeded: true, inDoubt: adopted)
    }

    /// Sees to it that the next batch and the next word get a number beyond these.
    private static func raise(_ mark: LedgerMark, in store: Connection) throws {
        for (table, number) in [("batches", mark.batch), ("verdicts", mark.word)] {
            let raised = try store.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1")
                .bind(table, at: 1).bind(number, at: 2).run()
            if raised == 0 {
                try store.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)")
                    .bind(table, at: 1).bind(number, at: 2).run()
            }
        }
    }

    /// Writes a copy of the ledger as it is now, mode 0600, whole or not at all.
    ///
    /// - Parameter marked: as a copy, which is refused until it is adopted.
    /// - Returns: false where something is at `target` already; it was not touched.
    func backUp(to target: String, marked: Bool = true) throws -> Bool {
        let folder = PathParts(target).folder
        let output = try TemporaryOutput(in: folder.isEmpty ? "." : folder, permissionsOf: nil)
        do {
            let copy = try Connection(path: output.path, mode: .readWrite)
            try store.copy(to: copy)
            // One file, without a log beside it, that can be carried elsewhere.
            try copy.execute("PRAGMA journal_mode = MEMORY")
            if marked {
                try copy.prepare("INSERT OR REPLACE INTO facts VALUES ('copied', ?1)").bind(Self.now, at: 1)
                    .run()
            }
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
