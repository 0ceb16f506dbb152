/// The real program stages a file (`--stop-after 0s`: nothing is posted), beside `sqlite3 .import` of the same
/// file into a table with a unique index on the same identity.
enum StagingBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let tools = try Tools(stimport: arguments.program)
        let rows = arguments.rows ?? 1_000_000
        for order in arguments.orders {
            let file = try SampleFile(rows: rows, order: order)
            let ledger = file.folder + "/ledger.sqlite3"
            var sides = [
                Contest.Side(
                    name: "stimport, \(order.rawValue)", prepare: { Tools.remove(ledger) },
                    // Unfinished: every row is pending.
                    run: { try ChildRun(stage(file, ledger, tools), in: file.folder, expecting: 5) })
            ]
            let rival = SQLiteImport(tools: tools, file: file.path, folder: file.folder)
            if let rival = try rival.side() { sides.append(rival) }
            try Contest.run(sides, goes: arguments.goes, goal: 0.8, rows: rows)
        }
    }

    /// The words that stage a sample and post nothing.
    static func stage(_ file: borrowing SampleFile, _ ledger: String, _ tools: Tools) -> [String] {
        [
            tools.stimport, "--ledger", ledger, "--endpoint", Tools.nowhere, "--stop-after", "0s",
            "--allow-past",
            "--no-rejects", "--no-progress", file.path,
        ]
    }
}
