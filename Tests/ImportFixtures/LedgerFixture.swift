package import AppointmentLedger
package import AppointmentRows
package import SecurityTrax
package import TestSupport
import Testing

/// A real ledger in a folder of its own, with the steps of a run by hand.
package final class LedgerFixture {
    package static let endpoint = "secure.example/acme/poster"
    /// 2014-01-01 00:00 UTC.
    package static let now: Int64 = 1_388_534_400 / 60

    package let folder: TemporaryFolder
    package let path: String
    package private(set) var ledger: Ledger
    private var files = 0

    package init() throws {
        folder = try TemporaryFolder()
        path = folder.path("ledger.sqlite3")
        ledger = try Ledger.openBlocking(path, mustExist: false)
    }

    /// Gives the ledger and its lock up.
    package func close() throws {
        ledger = try Ledger.temporaryBlocking()
    }

    /// As the next process finds it: what was in memory is gone, and the lock is free.
    package func reopen() throws {
        ledger = try Ledger.temporaryBlocking()
        ledger = try Ledger.openBlocking(path, mustExist: true)
    }

    package static func rules(_ change: (inout StagingRules) -> Void = { _ in }) -> StagingRules {
        var rules = StagingRules(now: now)
        change(&rules)
        return rules
    }

    /// A file of its own as an input.
    package func input(_ text: String, named name: String? = nil, identity: Bool = false) throws -> RowInput {
        files += 1
        let path = try folder.write(name ?? "file\(files).csv", text)
        return RowInput(name: name ?? "file\(files).csv") { () throws(InputError) in
            var options = ReadingOptions.test
            // The ledger decides what is past.
            options.identityColumn = identity ? "Number" : nil
            return try AppointmentReader(file: InputFile(path), options: options)
        }
    }

    /// What one run did.
    package struct Done {
        package var run: Int
        package var staged: StagedRun
        /// The run's rows right after it ended, in their order.
        package var rows: [ReportRow]
        /// The appointments that it posted.
        package var posted: [Appointment]

        package var states: [RowState] { rows.map(\.state) }
        package var codes: [String] { staged.findings.map(\.finding.code.rawValue) }
    }

    /// One run over files of visits. The fate of nil posts nothing.
    @discardableResult
    package func run(
        _ visits: [[Visit]], fate: Fate?, at endpoint: String = endpoint, rules: StagingRules = rules(),
        identity: Bool = false, decision: StagingDecision = .post
    ) async throws -> Done {
        let inputs = try visits.map { try input(Visit.file($0), identity: identity) }
        return try await run(
            inputs, rows: visits.joined().count, fate: fate, at: endpoint, rules: rules, decision: decision)
    }

    /// One run over inputs that have so many readable rows.
    @discardableResult
    package func run(
        _ inputs: [RowInput], rows: Int, fate: Fate?, at endpoint: String = endpoint,
        rules: StagingRules = rules(), decision: StagingDecision = .post
    ) async throws -> Done {
        let run = try await ledger.begin(command: "import", endpoint: endpoint)
        let staged = try await ledger.stage(
            inputs, rules: rules, batchSize: 50, decide: { _ in decision }, isStopped: { false },
            progress: { _ in })
        #expect(staged.totals.rows == rows, "each row read is in one state once it is staged")
        var posted: [Appointment] = []
        if let fate, !staged.isAbandoned { posted = try await post(fate) }
        return try await end(run, staged, posted, rows: rows)
    }

    /// Posts all that is left, each batch once.
    package func post(_ fate: Fate) async throws -> [Appointment] {
        var posted: [Appointment] = []
        while let batch = try await ledger.claim(Claim(.fresh(limit: 50))).batch {
            posted += batch.appointments
            try await ledger.settle(
                BatchSettlement(
                    batch: batch, rows: batch.appointments.map { _ in fate.settlement }, outcome: "answered",
                    status: 200))
            if fate == .pending { break }
        }
        return posted
    }

    /// What `resume` does.
    @discardableResult
    package func resume(_ fate: Fate?) async throws -> Done {
        let run = try await ledger.begin(command: "resume", endpoint: Self.endpoint)
        let staged = try await ledger.takeUpPending()
        var posted: [Appointment] = []
        if let fate { posted = try await post(fate) }
        return try await end(run, staged, posted, rows: staged.totals.rows)
    }

    private func end(_ run: Int, _ staged: StagedRun, _ posted: [Appointment], rows: Int) async throws -> Done
    {
        var counts = try await ledger.counts(ofRun: run)
        if staged.isAbandoned {
            for file in staged.files { counts[file.id] = file.counts }
        } else if let first = counts.keys.min(), let last = counts.keys.max() {
            #expect(try await ledger.storedCounts(ofFiles: first...last) == counts)
        }
        let total = counts.values.reduce(into: RowCounts()) { $0 += $1 }
        #expect(total.rows == rows, "each row read is in one state at the end")
        try await ledger.finish(
            Ledger.Ending(
                exit: 0, seconds: 1.25, batches: 1, posts: 1, retries: 0, findingsTotal: staged.findingsTotal,
                counts: counts))
        let record = try #require(try await ledger.report(ofRun: run))
        #expect(record.totals == total)
        return Done(run: run, staged: staged, rows: try await ledger.rows(ofRun: run), posted: posted)
    }
}
