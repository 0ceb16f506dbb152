import AppointmentRows
import SQLiteStore
import SystemFiles

/// Whether the ledger may be trusted: whole, the newest, no copy.
extension Ledger {
    /// How long a start looks for damage. A million appointments (190 MB) take about 1 s, from a cold disk 4 s. A
    /// ledger that is too large to be looked through in this time is used all the same: SQLite still refuses damaged
    /// pages when it comes to them.
    static let healthCheckLimit = Duration.seconds(20)

    /// Up to this size, in bytes, indexes are compared with their tables: some 100,000 appointments, 0.3 s.
    static let indexCheckLimit = 16 << 20

    /// Looks for damage: at every start, since damage that nobody looks for books visits twice without a word.
    static func checkHealth(_ store: Connection, _ path: String, found: Int) throws {
        guard found > 0 else { return }
        do {
            let health = try store.check(
                within: healthCheckLimit, comparingIndexes: try store.size() <= indexCheckLimit)
            guard case .damaged(let words) = health else { return }
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
        // Where a run kept a copy that has everything, adopting an older one would book again what that knows.
        if adopting, LedgerFile.rescuedCopy(insteadOf: path) == nil { return }
        if let objection = try objection(to: store, path, found: found, last: lock.mark) { throw objection }
    }

    /// Why a ledger may not be used: it is gone, a copy, or lacks something that the lock file knows of.
    ///
    /// - Parameter last: what that knows.
    static func objection(
        to store: Connection, _ path: String, found: Int, last: LedgerMark
    ) throws -> LedgerError? {
        guard found > 0 else {
            return last == LedgerMark() ? nil : LedgerError.emptied(path: path, last: last.run)
        }
        if let made = try store.integer("SELECT value FROM metadata WHERE name = 'copied'") {
            return LedgerError.copy(path: path, made: made)
        }
        let mark = try mark(of: store)
        return mark.isBehind(last) ? LedgerError.behind(path: path, at: mark, last: last) : nil
    }

    /// How far a ledger has come: numbers that stay whatever is pruned.
    static func mark(of store: Connection) throws -> LedgerMark {
        var mark = LedgerMark()
        try store.forEach("SELECT name, seq FROM sqlite_sequence") { row in
            let name: String = try row["name"]
            switch name {
            case "runs": mark.run = try row["seq"]
            case "batches": mark.batch = try row["seq"]
            case "decisions": mark.word = try row["seq"]
            default: break
            }
        }
        return mark
    }

    /// Lets the lock file know how far the ledger has come, once it has it for good.
    func rememberMark() throws {
        guard let lock else { return }
        let mark = try mappingErrors { try Self.mark(of: store) }
        try lock.record(mark)
    }

    /// Takes a copy, or a ledger that was put back, into use.
    ///
    /// - Returns: how many appointments came from pending into doubt; nil where the ledger needed no adoption.
    /// - Throws: `LedgerError`.
    package static func adopt(
        _ path: String, by who: String, lockWait: Duration = .zero
    ) async throws -> Int? {
        let ledger = try await open(path, mustExist: true, lockWait: lockWait, adopting: true)
        try await ledger.recover()
        return try await ledger.adopt(by: who)
    }

    /// What it has pending may have been posted after the copy was made, so it comes into doubt, all of it in one
    /// transaction; and so does what was refused, which the next file brings again, and what was held, which somebody
    /// may have approved.
    func adopt(by who: String) throws -> Int? {
        guard let lock else { preconditionFailure("adopting needs the lock") }
        let last = lock.mark
        let adopted: Int? = try mappingErrors {
            let newest = try Self.mark(of: store)
            let isCopy = try store.integer("SELECT value FROM metadata WHERE name = 'copied'") != nil
            guard isCopy || newest.isBehind(last) else { return nil }
            return try store.transaction {
                let now = Self.now
                // Numbers beyond those that the lost ledger gave: no two runs, batches or words share one.
                let beyond = newest.joined(with: last)
                let id = beyond.run + 1
                try Self.raise(beyond, in: store)
                try store.execute("INSERT INTO endpoints (identity) VALUES ('') ON CONFLICT DO NOTHING")
                try store.run(
                    """
                    INSERT INTO runs (id, command, endpoint_id, started, finished, exit)
                    SELECT :id, 'adopt', id, :now, :now, 0 FROM endpoints WHERE identity = ''
                    """, ["id": id, "now": now])
                let postable = try store.all(
                    """
                    SELECT id FROM appointments
                    WHERE state IN (\(AppointmentState.sql(.pending, .refused, .held))) ORDER BY id
                    """
                ) { try $0["id"] as Int }
                if !postable.isEmpty {
                    try store.execute("INSERT INTO metadata (name, value) VALUES ('adopting', 1)")
                    let reason =
                        "\(who) took a copy of the ledger into use, and this may have been posted after it was made"
                    try store.run(
                        """
                        INSERT INTO batches (run_id, claimed, size, attempt, settled, outcome, reason)
                        VALUES (:run, :now, :size, 0, :now, 'adopted', :reason)
                        """, ["run": id, "now": now, "size": postable.count, "reason": reason])
                    let batch = store.lastInsertedRowID
                    let update = try store.prepared(
                        """
                        UPDATE appointments SET state = \(AppointmentState.sql(.inDoubt)), batch_id = :batch,
                            changed = :now, code = :code, reason = :reason
                        WHERE id = :id AND state = \(AppointmentState.sql(.pending))
                        """)
                    // What was refused or held comes into doubt by way of pending, as the guard of the states has it.
                    let reopen = try store.prepared(
                        """
                        UPDATE appointments SET state = \(AppointmentState.sql(.pending))
                        WHERE id = :id AND state IN (\(AppointmentState.sql(.refused, .held)))
                        """)
                    for appointment in postable {
                        try Self.freezeRow(ofAppointment: appointment, keepingTexts: false, in: store)
                        try reopen.run(["id": appointment])
                        let changed = try update.run([
                            "id": appointment, "batch": batch, "now": now, "code": RowCode.outcomeUnknown,
                            "reason": reason,
                        ])
                        guard changed == 1 else { throw notOurs(appointment) }
                    }
                    try store.execute("DELETE FROM metadata WHERE name = 'adopting'")
                }
                try store.execute("DELETE FROM metadata WHERE name = 'copied'")
                return postable.count
            }
        }
        if adopted != nil { try rememberMark() }
        return adopted
    }

    /// Sees to it that the next batch and the next word get a number beyond these.
    private static func raise(_ mark: LedgerMark, in store: Connection) throws {
        for (table, number) in [("batches", mark.batch), ("decisions", mark.word)] {
            let entry: Arguments = ["table": table, "number": number]
            let raised = try store.run(
                "UPDATE sqlite_sequence SET seq = max(seq, :number) WHERE name = :table", entry)
            if raised == 0 {
                try store.run("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :number)", entry)
            }
        }
    }

    /// Writes a copy of the ledger as it is now, mode 0600, whole or not at all.
    ///
    /// - Parameter marked: as a copy, which is refused until it is adopted.
    /// - Returns: false where something is at `target` already; it was not touched.
    package func backUp(to target: String, marked: Bool = true) throws -> Bool {
        let folder = PathParts(target).folder
        do {
            let output = try AtomicFile(in: folder.isEmpty ? "." : folder)
            let copy = try Connection(path: output.path, mode: .readWrite)
            try store.copy(to: copy)
            // One file, without a log beside it, that can be carried elsewhere.
            try copy.execute("PRAGMA journal_mode = MEMORY")
            if marked {
                try copy.run(
                    "INSERT OR REPLACE INTO metadata (name, value) VALUES ('copied', :now)", ["now": Self.now]
                )
            }
            if case .damaged(let words) = try copy.check(within: nil) {
                throw LedgerError.damaged(path: path, words)
            }
            return try output.install(at: target, replacing: false)
        } catch let error as SQLiteError where error.kind == .full || error.kind == .inputOutput {
            throw LedgerError.copyFailed("can't write \(target): \(error.message)")
        } catch let error as FileError {
            throw LedgerError.copyFailed(error.message)
        } catch let error as SQLiteError {
            throw LedgerError(error, path: path)
        }
    }
}
