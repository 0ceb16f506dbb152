import SystemFiles
import Foundation

/// The ledger as a person uses it between runs: looks at it, and gives a word on
/// what is in doubt.
package struct LedgerBook: Sendable {
    /// The ledger's file.
    package let path: String

    /// The ledger at `path`, which is not opened yet.
    package init(path: String) {
        self.path = path
    }

    // MARK: Looking

    /// What is in doubt, the oldest first: rows that a dead run was posting included.
    package func inDoubt() async throws -> [DoubtfulAppointment] {
        let ledger = try Ledger.openForReading(path)
        return try await ledger.inDoubt(countsStranded: !ledger.beginReading())
    }

    /// Where the ledger stands at one moment.
    package func standing() async throws -> LedgerStanding {
        let ledger = try Ledger.openForReading(path)
        return try await standing(of: ledger, isRunning: ledger.beginReading())
    }

    private func standing(of ledger: Ledger, isRunning: Bool) async throws -> LedgerStanding {
        let (inDoubt, claimed) = try await ledger.openCounts()
        return LedgerStanding(
            pending: try await ledger.pendingByRun(), inDoubt: isRunning ? inDoubt : inDoubt + claimed,
            posting: isRunning ? claimed : 0, lastSuccess: try await ledger.lastCompleteRun())
    }

    /// Where the ledger stands, and its last runs, newest first: as they are at one moment.
    package func overview(runs limit: Int) async throws -> (runs: [RunRecord], standing: LedgerStanding) {
        let ledger = try Ledger.openForReading(path)
        let isRunning = try await ledger.beginReading()
        return (try await ledger.runs(limit: limit), try await standing(of: ledger, isRunning: isRunning))
    }

    /// One run, or the last; nil where there is none.
    package func run(_ number: Int?) async throws -> RunRecord? {
        let ledger = try Ledger.openForReading(path)
        guard let number = try await number != nil ? number : ledger.lastRun() else { return nil }
        return try await ledger.run(number)
    }

    /// A run's findings, in the files' order.
    ///
    /// - Parameter limit: how many at the most; nil for all.
    package func findings(ofRun run: Int, limit: Int?) async throws -> [FileFinding] {
        let ledger = try Ledger.openForReading(path)
        return try await ledger.findings(ofRun: run, limit: limit ?? .max)
    }

    /// Hands a run's rows to `body`, in the files' order.
    package func forEachRow(ofRun run: Int, _ body: @Sendable (ReportRow) throws -> Void) async throws {
        let ledger = try Ledger.openForReading(path)
        let isRunning = try await ledger.beginReading()
        // Of a pruned run, only the rows that no later run changed would be found: less than the truth.
        guard try await ledger.run(run)?.pruned == nil, let files = try await ledger.fileRange(ofRun: run)
        else { return }
        try await ledger.forEachRow(ofFiles: files) { try body($0.told(isRunning: isRunning)) }
    }

    /// Hands every appointment that the ledger knows to `body`, once each.
    package func forEachAppointment(_ body: @Sendable (ReportRow) throws -> Void) async throws {
        let ledger = try Ledger.openForReading(path)
        let isRunning = try await ledger.beginReading()
        try await ledger.forEachAppointment { try body($0.told(isRunning: isRunning)) }
    }

    // MARK: A person's words

    /// Waits until nobody is posting, and settles what a dead run left behind: what is shown then is what is known.
    ///
    /// - Throws: `LedgerError`, also where another run holds the ledger.
    package func settle(wait: Duration = .zero) async throws {
        _ = try await openForWriting(wait)
    }

    /// Appointments as they are now, for a person to look at before a word on them counts.
    ///
    /// - Throws: `VerdictError` where the ledger has none of an ID, `LedgerError`.
    package func appointments(_ ids: [Int]) async throws -> [LedgerAppointment] {
        let ledger = try Ledger.openForReading(path)
        let found = try await ledger.appointments(ids, countsStranded: !ledger.beginReading())
        let known = Set(found.map(\.id))
        if let unknown = ids.first(where: { !known.contains($0) }) { throw VerdictError.unknown(unknown) }
        return found
    }

    /// The appointments of a batch that are in doubt.
    ///
    /// - Throws: `VerdictError` where there are none, `LedgerError`.
    package func inDoubt(ofBatch batch: Int) async throws -> [Int] {
        let ledger = try Ledger.openForReading(path)
        let ids = try await ledger.inDoubt(ofBatch: batch, countsStranded: !ledger.beginReading())
        guard !ids.isEmpty else {
            throw VerdictError(
                message: "nothing of batch \(batch) is in doubt", fix: "take the number from stimport review")
        }
        return ids
    }

    /// What a run left pending.
    ///
    /// - Throws: `VerdictError` where there is no such run, `LedgerError`.
    package func pending(ofRun run: Int) async throws -> [Int] {
        let ledger = try Ledger.openForReading(path)
        guard try await ledger.run(run) != nil else {
            throw VerdictError(
                message: "the ledger has no run \(run)", fix: "take the number from stimport status")
        }
        return try await ledger.pending(ofRun: run)
    }

    /// Settles appointments in doubt: all of them, or none.
    ///
    /// - Parameters:
    ///   - verdicts: by appointment, with the batch that the person's list names, if it names one.
    ///   - evenIfRecent: whether "not created" counts within 15 minutes of the post.
    ///   - wait: how long to wait for a run that holds the ledger.
    /// - Throws: `VerdictError`, `LedgerError`.
    package func resolve(
        _ verdicts: [(id: Int, batch: Int?, verdict: Verdict)], by decision: Decision, evenIfRecent: Bool,
        wait: Duration = .zero
    ) async throws {
        let ledger = try await openForWriting(wait)
        try await ledger.resolve(verdicts, by: decision, evenIfRecent: evenIfRecent)
    }

    /// Takes appointments out: all of them, or none.
    ///
    /// - Throws: `VerdictError`, also where one is no longer as it was shown; `LedgerError`.
    package func withdraw(
        _ appointments: [LedgerAppointment], by decision: Decision, wait: Duration = .zero
    ) async throws {
        let shown = Dictionary(
            appointments.map { ($0.id, $0.state) }, uniquingKeysWith: { first, _ in first })
        try await openForWriting(wait).withdraw(appointments.map(\.id), shown: shown, by: decision)
    }

    /// Takes withdrawals back: all of them, or none.
    ///
    /// - Parameter rebooking: whether they are to be booked again, whatever they were.
    /// - Throws: `VerdictError`, `LedgerError`.
    package func undoWithdrawal(
        _ ids: [Int], by decision: Decision, rebooking: Bool, wait: Duration = .zero
    ) async throws {
        try await openForWriting(wait).undoWithdrawal(ids, by: decision, rebooking: rebooking)
    }

    // MARK: Housekeeping

    /// Forgets details of what was settled before `cutoff`.
    ///
    /// - Parameters:
    ///   - cutoff: milliseconds since 1970 UTC.
    ///   - isRehearsal: counts only, changes nothing, and needs no lock.
    /// - Throws: `LedgerError`.
    package func prune(before cutoff: Int, isRehearsal: Bool, wait: Duration = .zero) async throws
        -> PruneReport
    {
        if isRehearsal { return try await Ledger.openForReading(path).prunable(before: cutoff) }
        return try await openForWriting(wait).prune(before: cutoff)
    }

    /// Writes a copy of the ledger, marked as one; safe while a run is posting.
    ///
    /// - Returns: false where something is at `target` already; it was not touched.
    /// - Throws: `LedgerError`; `BackupError` where the copy can't be written.
    package func backUp(to target: String) async throws -> Bool {
        let ledger = try Ledger.openForReading(path)
        do {
            return try await ledger.backUp(to: target)
        } catch let error as FileError {
            throw BackupError(message: error.message)
        }
    }

    /// Takes a copy, or a ledger that was put back, into use.
    ///
    /// - Returns: how many appointments came from pending into doubt; nil where the ledger needed no adoption.
    /// - Throws: `LedgerError`.
    package func adopt(by who: String, wait: Duration = .zero) async throws -> Int? {
        let ledger = try Ledger.open(path, mustExist: true, lockWait: wait, adopting: true)
        try await ledger.recover()
        let adoption = try await ledger.adopt(by: who)
        return adoption.wasNeeded ? adoption.inDoubt : nil
    }

    private func openForWriting(_ wait: Duration) async throws -> Ledger {
        let ledger = try Ledger.open(path, mustExist: true, lockWait: wait)
        try await ledger.recover()
        return ledger
    }
}

/// Why a copy of the ledger could not be written.
package struct BackupError: Error, Sendable, Hashable {
    /// One sentence without its full stop, not escaped.
    package var message: String
}

extension ReportRow {
    /// A row that a living run is posting is told apart from one that a dead run left.
    fileprivate func told(isRunning: Bool) -> ReportRow {
        guard isBeingPosted else { return self }
        var row = self
        row.reason =
            isRunning ? "it is being posted at this moment" : "the run ended while this was being posted"
        return row
    }
}
