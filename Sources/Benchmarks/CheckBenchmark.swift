/// `stimport check`, in both orders of the customers, beside `sqlite3 .import`: that validates nothing, but finds rows
/// that repeat another as a check does.
enum CheckBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let tools = try Tools(stimport: arguments.program)
        let rows = arguments.rows ?? 1_000_000
        let small = try check(SampleFile(rows: 1_000, order: .sequential), tools)
        var rising: Double?
        for order in arguments.orders {
            let file = try SampleFile(rows: rows, order: order)
            var sides = [Contest.Side(name: "check, \(order.rawValue)") { try check(file, tools) }]
            let rival = SQLiteImport(tools: tools, file: file.path, folder: file.folder)
            if let rival = try rival.side() { sides.append(rival) }
            let result = try Contest.run(sides, goes: arguments.goes, goal: nil, rows: rows)[0]
            if let memory = result.memory, let least = small.memory {
                let each = Double(max(0, memory - least)) * 1024 / Double(rows)
                Measuring.line(
                    "", "\(Measuring.text(each)) bytes a row beyond those of 1,000 rows (goal: 24)")
            }
            if let rising {
                Measuring.line("random beside rising", Measuring.ratio(result.seconds, rising, goal: 1.3))
            }
            rising = order == .sequential ? result.seconds : rising
        }
    }

    static func check(_ file: borrowing SampleFile, _ tools: Tools) throws -> ChildRun {
        try ChildRun([tools.stimport, "check", "--allow-past", "--no-progress", file.path], in: file.folder)
    }
}
