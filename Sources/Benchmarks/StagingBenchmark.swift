import Foundation

/// The real program stages a file (`--stop-after 0s`: nothing is posted), beside `sqlite3 .import` of the same
/// file into a table with a unique index on the same identity.
enum StagingBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let program = arguments.program ?? beside.appendingPathComponent("stimport").path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw BenchmarkFailure("there is no \(program): build it first (swift build -c release)")
        }
        for order in arguments.orders {
            let file = try SampleFile(rows: arguments.rows ?? 1_000_000, order: order)
            let rows = arguments.rows ?? 1_000_000
            let (staging, memory) = try time(
                program,
                [
                    "--ledger", file.folder + "/ledger.sqlite3", "--endpoint", "http://127.0.0.1:9/never",
                    "--stop-after", "0s", "--allow-past", "--no-rejects", "--no-progress", file.path,
                ],
                // Unfinished: every row is pending.
                expecting: 5)
            Measuring.line(
                "stimport, \(order.rawValue)", "\(Measuring.text(staging)) s",
                Measuring.rows(rows, in: staging),
                memory.map { "\($0) MiB at most" } ?? "")
            guard let sqlite = find("sqlite3") else {
                Measuring.line("sqlite3", "not installed: nothing to compare with")
                continue
            }
            let script = file.folder + "/import.sql"
            try Data(
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                CREATE TABLE a (customer INTEGER, tech INTEGER, start TEXT, stop TEXT, type INTEGER, detail TEXT, notes TEXT);
                CREATE UNIQUE INDEX identity ON a (customer, start, stop, type, tech);
                .import --csv --skip 1 \(file.path) a

                """.utf8
            ).write(to: URL(fileURLWithPath: script))
            let (importing, _) = try time(
                sqlite, [file.folder + "/import.sqlite3", ".read \(script)"], expecting: 0)
            Measuring.line(
                "sqlite3 .import, \(order.rawValue)", "\(Measuring.text(importing)) s",
                Measuring.rows(rows, in: importing),
                "stimport takes \(Measuring.text(staging / importing)) × its time")
        }
    }

    private static func find(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Wall-clock seconds from start to end, and the most memory seen, in MiB.
    private static func time(
        _ program: String, _ words: [String], expecting status: Int32
    ) throws -> (seconds: Double, memory: Int?) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = words
        process.environment = [
            "STIMPORT_USERNAME": "user", "STIMPORT_PASSWORD": "password", "STIMPORT_PARTNER_ID": "partner",
            "HOME": NSTemporaryDirectory(),
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        var memory: Int?
        while process.isRunning {
            memory = peakMemory(of: process) ?? memory
            usleep(2_000)
        }
        let seconds = Measuring.seconds(since: start)
        guard process.terminationStatus == status else {
            throw BenchmarkFailure("\(program) ended with \(process.terminationStatus) instead of \(status)")
        }
        return (seconds, memory)
    }

    /// The most memory that a running process has used, in MiB; nil where the system doesn't tell. What the
    /// parent counts of its children (`ru_maxrss`) would hold the parent's own memory at the fork.
    private static func peakMemory(of process: Process) -> Int? {
        guard
            let status = try? String(
                contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return kilobytes / 1024
    }
}
