import Foundation

/// A whole import against a server that answers at once, beside a careful Python script: the same batches, and the same
/// two durable commits for each of them.
enum DeliveryBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let tools = try Tools(stimport: arguments.program)
        let rows = arguments.rows ?? 100_000
        let batch = 100
        let file = try SampleFile(rows: rows, order: .random)
        let server = try InstantServer()
        let ledger = file.folder + "/ledger.sqlite3"
        let path = "/site/informationposter.php"
        var sides = [
            Contest.Side(name: "stimport", prepare: { Tools.remove(ledger) }) {
                try ChildRun(
                    [
                        tools.stimport, "--ledger", ledger, "--endpoint",
                        "http://127.0.0.1:\(server.port)\(path)",
                        "--batch-size", "\(batch)", "--allow-past", "--no-rejects", "--no-progress",
                        file.path,
                    ], in: file.folder)
            }
        ]
        if let python = tools.python {
            let database = file.folder + "/script.sqlite3"
            sides.append(
                Contest.Side(name: "python3, Rivals/post.py", prepare: { Tools.remove(database) }) {
                    try ChildRun(
                        [
                            python, Tools.script("post.py"), file.path, database, "127.0.0.1",
                            "\(server.port)", path,
                            "\(batch)",
                        ], in: file.folder)
                })
        } else {
            Measuring.line("python3", "not installed: nothing to compare with")
        }
        try Contest.run(sides, goes: arguments.goes, goal: 0.35, rows: rows)
    }
}
