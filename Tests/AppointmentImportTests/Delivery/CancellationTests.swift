import AppointmentLedger
import AppointmentRows
import Foundation
import SecurityTrax
import SecurityTraxSandbox
import TestSupport
import Testing

@testable import AppointmentImport

/// An import of a few rows, one a post, in a task that a test cancels.
private final class CancelledImport: Sendable {
    let server: SandboxServer
    let folder: TemporaryFolder
    private let settings: ImportSettings

    init(
        _ faults: String..., csv: String = SampleRows.csv(count: 3), concurrency: Int = 1,
        lockWait: Duration = .zero
    ) throws {
        server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(parsing: faults)))
        folder = try TemporaryFolder()
        try folder.write("a.csv", csv)
        var settings = ImportSettings(
            ledger: .file(folder.path("l.sqlite3"), mustExist: false, wait: lockWait),
            endpoint: try Endpoint(url: server.endpoint), credentials: server.configuration.credentials,
            reading: ReadingOptions(now: Date()))
        settings.reading.allowPast = true
        settings.reading.horizonDays = 100_000
        settings.policy.batchSize = 1
        settings.policy.concurrency = concurrency
        self.settings = settings
    }

    /// Until the server has parked so many posts. Waits without a thread: the import needs one.
    func untilHeld(_ count: Int = 1) async throws {
        while server.held < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// The ledger, held as another run would hold it.
    func heldLedger() async throws -> Ledger {
        try await Ledger.open(folder.path("l.sqlite3"), mustExist: false)
    }

    /// Until the import has the lock's file open too, beside whoever holds it.
    func untilLockIsTried() async throws {
        let lock = folder.path("l.sqlite3.lock")
        let files = "/proc/self/fd"
        func count() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: files)
                .count {
                    (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(files)/\($0)")) == lock
                }
        }
        while try count() < 2 { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Runs it, and cancels it once `moment` has come.
    ///
    /// - Parameter releases: Whether what is parked goes on then.
    func run(
        events: @escaping @Sendable (RunEvent) -> Void = { _ in }, releases: Bool = true,
        isResumed: Bool = false, cancelledAfter moment: () async throws -> Void
    )
        async throws -> RunReport
    {
        let run = ImportRun(settings, events: events)
        let file = folder.path("a.csv")
        let task = Task { isResumed ? try await run.resume() : try await run.importFiles([file]) }
        try await moment()
        task.cancel()
        if releases { server.release() }
        return try await task.value
    }

    /// Posts what is left, as the next run would.
    func resume() async throws -> RunReport {
        server.setFaults([])
        return try await ImportRun(settings).resume()
    }
}

@Suite("A cancelled import") struct CancellationTests {
    @Test(
        "What is in flight is awaited and settled, and nothing more is sent", arguments: ["after", "before"])
    func inFlight(moment: String) async throws {
        let cancelled = try CancelledImport("hold:\(moment)@2")
        let server = cancelled.server
        let summary = try await cancelled.run { try await cancelled.untilHeld() }
        #expect(summary.exit == .interrupted)
        #expect(summary.totals[.created] == 2)
        #expect(summary.totals[.pending] == 1)
        #expect(server.posts == 2)
        #expect(try await cancelled.resume().totals[.created] == 1)
        #expect(server.createdCount == 3)
        #expect(server.duplicates == 0)
    }

    @Test("All that is in flight at once is awaited and settled")
    func fullQueue() async throws {
        let cancelled = try CancelledImport(
            "hold:after@1-3", csv: SampleRows.csv(count: 8), concurrency: 3)
        let server = cancelled.server
        let summary = try await cancelled.run { try await cancelled.untilHeld(3) }
        #expect(summary.exit == .interrupted)
        #expect(summary.totals[.created] == 3)
        #expect(summary.totals[.pending] == 5)
        #expect(server.posts == 3)
        #expect(try await cancelled.resume().totals[.created] == 5)
        #expect(server.createdCount == 8)
        #expect(server.duplicates == 0)
    }

    @Test(
        "What can create nothing is not awaited",
        arguments: [
            ("hold@handshake", SampleRows.csv(count: 3), 3),
            (
                "hold@query",
                SampleRows.csv(count: 2).replacing(SampleRows.header, with: SampleRows.header + ",Phone")
                    + ",,02/01/2027 8:00,02/01/2027 9:00,1,,,5085550107\n", 0
            ),
        ])
    func unanswered(fault: String, csv: String, pending: Int) async throws {
        let cancelled = try CancelledImport(fault, csv: csv)
        let summary = try await cancelled.run(releases: false) { try await cancelled.untilHeld() }
        #expect(summary.exit == .interrupted)
        #expect(summary.totals[.created] == 0)
        #expect(summary.totals[.pending] == pending)
        #expect(cancelled.server.createdCount == 0)
    }

    @Test(
        "It does not wait until the service may be asked again",
        arguments: [("503:retry-after=3000@2", 1), ("503:retry-after=3000@handshake", 0)])
    func pause(fault: String, created: Int) async throws {
        let cancelled = try CancelledImport(fault)
        let (pauses, told) = AsyncStream.makeStream(of: Void.self)
        let summary = try await cancelled.run(events: { event in
            if case .paused = event { told.yield() }
        }) {
            for await _ in pauses { break }
        }
        #expect(summary.exit == .interrupted)
        #expect(summary.totals[.created] == created)
        #expect(summary.totals[.pending] == 3 - created)
        #expect(cancelled.server.createdCount == created)
    }

    @Test("It does not wait until another run lets go of the ledger", arguments: [false, true])
    func lock(isResumed: Bool) async throws {
        let cancelled = try CancelledImport(lockWait: .seconds(86_400))
        var holder: Ledger? = try await cancelled.heldLedger()
        let error = await #expect(throws: LedgerError.self) {
            try await cancelled.run(isResumed: isResumed) { try await cancelled.untilLockIsTried() }
        }
        #expect(error?.code == .held)
        #expect(cancelled.server.posts == 0)
        #expect(try await holder?.lastRun() == nil)
        // Nothing of it is left in the way of the next one.
        holder = nil
        #expect(try await cancelled.resume().exit == .success)
    }

    @Test("One that was cancelled before it began has done nothing")
    func before() async throws {
        let cancelled = try CancelledImport()
        let task = Task {
            // Until it is cancelled.
            while (try? await Task.sleep(for: .seconds(600))) != nil {}
            return try await cancelled.run {}
        }
        task.cancel()
        let summary = try? await task.value
        #expect(summary?.exit ?? .interrupted == .interrupted)
        #expect(cancelled.server.posts == 0)
    }

    @Test("What is pending stays so where a resumed run is cancelled")
    func resumed() async throws {
        let cancelled = try CancelledImport("hold:after@1")
        let server = cancelled.server
        #expect(try await cancelled.run { try await cancelled.untilHeld() }.totals[.pending] == 2)
        let task = Task {
            while (try? await Task.sleep(for: .seconds(600))) != nil {}
            return try await cancelled.resume()
        }
        task.cancel()
        let summary = try await task.value
        #expect(summary.exit == .interrupted)
        #expect(summary.totals[.pending] == 2)
        #expect(server.createdCount == 1)
        #expect(try await cancelled.resume().totals[.created] == 2)
    }
}
