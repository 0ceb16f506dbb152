import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Foundation
import SecurityTrax
import SecurityTraxSandbox

/// The whole import, durable ledger and loopback posts included. The stand-in shares the processor, so this is
/// the least that the client can do.
enum PostingBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let file = try SampleFile(rows: arguments.rows ?? 20_000, order: .sequential)
        let (path, folder) = (file.path, file.folder)
        var first: Double?
        for (batchSize, concurrency) in [(50, 1), (50, 4), (200, 1), (1_000, 1), (1, 1)] {
            let server = try SandboxServer(SandboxConfiguration(keepsAppointments: false))
            defer { server.stop() }
            var settings = ImportSettings(
                ledger: .file("\(folder)/\(batchSize)-\(concurrency).sqlite3", mustExist: false, wait: .zero),
                endpoint: try Endpoint(url: server.endpoint), credentials: server.configuration.credentials,
                reading: ReadingOptions(now: Date()))
            settings.reading.allowPast = true
            settings.rejects = .none
            settings.policy.batchSize = batchSize
            settings.policy.concurrency = concurrency
            let start = ContinuousClock.now
            let summary = try await ImportRun(settings).importFiles([path])
            let seconds = Measuring.seconds(since: start)
            guard summary.totals[.created] == summary.totals.rows, server.duplicates == 0 else {
                throw BenchmarkFailure("not every row was created once: \(summary.totals)")
            }
            let rate = Double(summary.totals.rows) / seconds
            Measuring.line(
                "batches of \(batchSize), \(concurrency) at a time",
                Measuring.rows(summary.totals.rows, in: seconds),
                "\(Measuring.text(Double(summary.posts) / seconds)) posts/s",
                first.map { "\(Measuring.text(rate / $0)) × the first line's rows/s" } ?? "")
            first = first ?? rate
        }
    }
}
