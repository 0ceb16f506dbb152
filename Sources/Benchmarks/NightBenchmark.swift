/// A night with nothing to do: each of 1,000 rows was created before. Beside a Python that only starts, with the
/// modules that a script for the same work would import.
enum NightBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let tools = try Tools(stimport: arguments.program)
        let file = try SampleFile(rows: arguments.rows ?? 1_000, order: .random)
        let ledger = file.folder + "/ledger.sqlite3"
        guard try LedgerBenchmark.fill(ledger, from: file, tools) else {
            return Measuring.line("sqlite3", "not installed: no ledger can be made")
        }
        var sides = [
            Contest.Side(
                name: "a night with nothing to do", prepare: { try LedgerBenchmark.restore(ledger) }
            ) {
                try ChildRun(StagingBenchmark.stage(file, ledger, tools), in: file.folder)
            }
        ]
        if let python = tools.python {
            sides.append(
                Contest.Side(name: "python3, its imports alone") {
                    try ChildRun(
                        [python, "-c", "import csv, sqlite3, http.client, xml.etree.ElementTree"],
                        in: file.folder)
                })
        }
        let result = try Contest.run(sides, goes: max(9, arguments.goes), goal: 0.3)[0]
        if let memory = result.memory {
            Measuring.line("", "\(Measuring.text(Double(memory) / 1024)) MiB at most (goal: 20)")
        }
    }
}
