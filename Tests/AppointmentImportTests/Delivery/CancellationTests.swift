import AppointmentLedger
import AppointmentRows
import Foundation
import SecurityTrax
import SecurityTraxSandbox
import TestSupport
import Testing

@testable import AppointmentImport

/// An import of three rows, one a post, in a task that a test cancels.
private final class CancelledImport: Sendable {
    let server: SandboxServer
    let folder: TemporaryFolder
    private let settings: ImportSettings

    init(_ faults: String...) throws {
        server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(parsing: faults)))
        folder = try TemporaryFolder()
        try folder.write("a.csv", SampleRows.csv(count: 3))
        var settings = ImportSettings(
            ledger: .file(folder.path("l.sqlite3"), mustExist: false, wait: .zero),
            endpoint: try Endpoint(url: server.endpoint), credentials: server.configuration.credentials,
            reading: ReadingOptions(now: Date()))
        settings.reading.allowPast = true
        settings.reading.horizonDays = 100_000
        settings.policy.batchSize = 1
        self.settings = settings
    }

    /// Until the server has parked a post. Waits without a thread: the import needs one.
    func untilHeld() async throws {
        while server.held == 0 { try await Task.sleep(for: .milliseconds(2)) }
    }

    /// Runs it, and cancels it once `moment` has come.
    func run(
        events: @escaping @Sendable (RunEvent) -> Void = { _ in },
        cancelledAfter moment: () async throws -> Void
    )
        async throws -> RunReport
    {
        let run = ImportRun(settings, events: events)
        let file = folder.path("a.csv")
        let task = Task { try await run.importFiles([file]) }
        try await moment()
        task.cancel()
        server.release()
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

    @Test("It does not wait until the service may be asked again")
    func pause() async throws {
        let cancelled = try CancelledImport("503:retry-after=3000@2")
        let (pauses, told) = AsyncStream.makeStream(of: Void.self)
        let summary = try await cancelled.run(events: { event in
            if case .paused = event { told.yield() }
        }) {
            for await _ in pauses { break }
        }
        #expect(summary.exit == .interrupted)
        #expect(summary.totals[.created] == 1)
        #expect(summary.totals[.pending] == 2)
        #expect(cancelled.server.posts == 2)
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
