import AppointmentImport
import Foundation

/// How many rows a night one process carries where the service's pace is the limit: by simulation, by real runs that
/// show whether the simulation is right, and how near the real program comes to a server's own time.
enum PaceBenchmark {
    /// From 22:00 to 6:00.
    private static let nightLength = Duration.seconds(8 * 3_600)

    static func run(_ arguments: BenchmarkArguments) async throws {
        simulateNights()
        let tools = try Tools(stimport: arguments.program)
        try compare(tools, goes: arguments.goes)
        try beside50Milliseconds(tools, arguments)
    }

    private static func policy(batch: Int, inFlight: Int, until end: Duration? = nil) -> DeliveryPolicy {
        var policy = DeliveryPolicy()
        policy.batchSize = batch
        policy.concurrency = inFlight
        policy.stopAfter = end
        return policy
    }

    // MARK: Simulated

    private static func simulateNights() {
        print("  simulated, 22:00 to 6:00: rows a night (an hour)")
        func night(
            _ seconds: Double, _ batch: Int, _ inFlight: Int, _ service: SimulatedDelivery.Service = .calm
        ) -> Int {
            SimulatedDelivery(
                policy: policy(batch: batch, inFlight: inFlight, until: nightLength),
                answersAfter: .seconds(seconds),
                service: service
            ).run(rows: .max).created
        }
        for seconds in [0.2, 1, 5] {
            for batch in [10, 50, 200] {
                let figures = [1, 2, 4, 8].map { inFlight in
                    let rows = night(seconds, batch, inFlight)
                    return "\(inFlight): \(grouped(rows)) (\(grouped(rows / 8)))"
                }
                print("    \(seconds) s a batch of \(batch), in flight  " + figures.joined(separator: "   "))
            }
        }
        print("  the same in batches of 50 where not every post is answered, × the calm night")
        for seconds in [0.2, 1, 5] {
            for inFlight in [1, 8] {
                let calm = Double(night(seconds, 50, inFlight))
                let others: [(String, SimulatedDelivery.Service)] = [
                    ("1 post in 100 refused for now", .busy(every: 100)),
                    ("1 in 1,000 never answered", .lost(every: 1_000)),
                ]
                let figures = others.map { name, service in
                    "\(name): \(Measuring.text(Double(night(seconds, 50, inFlight, service)) / calm))"
                }
                print(
                    "    \(seconds) s a batch, \(inFlight) in flight  " + figures.joined(separator: "   "))
            }
        }
    }

    // MARK: Simulated beside real

    /// The real program against a real server, with a tenth of the times: what is our own weighs ten times as much.
    private static func compare(_ tools: Tools, goes: Int) throws {
        print("  the real program and a loopback server with a tenth of these times, beside the simulation")
        let cases: [(seconds: Double, batch: Int, inFlight: Int, refusing: Int?)] = [
            (0.02, 10, 1, nil), (0.02, 50, 4, nil), (0.1, 50, 1, nil), (0.1, 50, 8, nil), (0.1, 200, 2, nil),
            (0.5, 10, 4, nil), (0.5, 200, 8, nil), (0.1, 10, 1, 10), (0.1, 50, 4, 20),
        ]
        for (seconds, batch, inFlight, refusing) in cases {
            let rows = batch * inFlight * Int((3 / seconds).rounded())
            let file = try SampleFile(rows: rows, order: .random)
            let ledger = file.folder + "/ledger.sqlite3"
            var runs: [Double] = []
            for _ in 0..<goes {
                Tools.remove(ledger)
                let server = try InstantServer(answeringAfter: seconds, refusingEvery: refusing)
                runs.append(
                    try post(file, to: server, ledger, batch: batch, inFlight: inFlight, tools).seconds)
            }
            let simulated = (1...101).map { seed in
                let delivery = SimulatedDelivery(
                    policy: policy(batch: batch, inFlight: inFlight), answersAfter: .seconds(seconds),
                    service: refusing.map { .busy(every: $0) } ?? .calm)
                return delivery.run(rows: rows, seed: UInt64(seed)).elapsed.inSeconds
            }
            let (real, expected) = (Measuring.median(runs), Measuring.median(simulated))
            let refused = refusing.map { ", each \($0)th refused" } ?? ""
            Measuring.line(
                "\(seconds) s, \(batch) a batch, \(inFlight) in flight\(refused)",
                "\(grouped(rows)) rows", "simulated \(Measuring.time(expected))",
                "real \(Measuring.time(real))", "\(Measuring.text(real / expected)) ×")
        }
    }

    /// 100,000 rows in batches of 100 to a server that takes 50 ms, 4 in flight.
    private static func beside50Milliseconds(_ tools: Tools, _ arguments: BenchmarkArguments) throws {
        let (rows, batch, inFlight, seconds) = (arguments.rows ?? 100_000, 100, 4, 0.05)
        let file = try SampleFile(rows: rows, order: .random)
        let ledger = file.folder + "/ledger.sqlite3"
        let server = try InstantServer(answeringAfter: seconds)
        let result = try Contest.run(
            [
                Contest.Side(name: "a server that takes 50 ms", prepare: { Tools.remove(ledger) }) {
                    try post(file, to: server, ledger, batch: batch, inFlight: inFlight, tools)
                }
            ], goes: arguments.goes, goal: nil, rows: rows)[0]
        let rounds = (rows + batch * inFlight - 1) / (batch * inFlight)
        // One more for the handshake.
        let least = Double(rounds + 1) * seconds
        Measuring.line(
            "the server's own time", Measuring.time(least),
            Measuring.ratio(result.seconds, least, goal: 1.05))
    }

    private static func post(
        _ file: borrowing SampleFile, to server: InstantServer, _ ledger: String, batch: Int, inFlight: Int,
        _ tools: Tools
    ) throws -> ChildRun {
        try ChildRun(
            [
                tools.stimport, "--ledger", ledger, "--endpoint",
                "http://127.0.0.1:\(server.port)/site/informationposter.php", "--batch-size", "\(batch)",
                "--concurrency", "\(inFlight)", "--allow-past", "--no-rejects", "--no-progress", file.path,
            ], in: file.folder)
    }
}
