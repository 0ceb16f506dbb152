import AppointmentImport
import Foundation

/// A ledger of 10,000,000 appointments, as years of a group of dealers would make it: staged by the real program, a
/// million rows a file and a run, each customer once and in random order, which no index is helped by. Between the runs
/// `sqlite3` stands in for the service: what was staged becomes created.
enum LargeLedgerBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let tools = try Tools(stimport: arguments.program)
        guard tools.sqlite != nil else {
            return Measuring.line("sqlite3", "not installed: no ledger can be made")
        }
        let rows = arguments.rows ?? 10_000_000
        let each = min(rows, 1_000_000)
        // Keeps the folder until the end.
        let home = try SampleFile(rows: 1_000, order: .random)
        let ledger = home.folder + "/ledger.sqlite3"
        var first = 0
        while first < rows {
            let file = try SampleFile(rows: min(each, rows - first), order: .random, first: first)
            let run = try ChildRun(
                StagingBenchmark.stage(file, ledger, tools), in: file.folder, expecting: 5)
            first += each
            _ = try tools.sql(
                """
                BEGIN; UPDATE appointments SET state = 1 WHERE state = 0;
                UPDATE appointments SET state = 2 WHERE state = 1; COMMIT;
                PRAGMA wal_checkpoint(TRUNCATE)
                """, on: ledger, in: home.folder)
            tell("staged, \(grouped(min(first, rows))) in it then", run)
        }
        let size = try FileManager.default.attributesOfItem(atPath: ledger)[.size] as? Int ?? 0
        Measuring.line(
            "the ledger", "\(Measuring.text(Double(size) / 1e9)) GB",
            "\(Measuring.text(Double(size) / Double(rows))) bytes a row")

        let customer = SampleFile.customer(rows / 2, .random)
        for words in [["find", "\(customer)"], ["status"], ["status", "--check", "26h"], ["review"]] {
            let isChecked = words.contains("--check")
            try Contest.run(
                [
                    Contest.Side(name: "stimport \(words.joined(separator: " "))") {
                        // Nobody has posted anything: no run was complete.
                        try ChildRun(
                            [tools.stimport] + words + ["--ledger", ledger], in: home.folder,
                            expecting: isChecked ? 5 : 0)
                    }
                ], goes: arguments.goes, goal: nil)
        }
        for go in 0..<arguments.goes {
            let night = try SampleFile(rows: 1_000, order: .random, first: rows + go * 1_000)
            tell(
                "a night of 1,000 new rows staged",
                try ChildRun(StagingBenchmark.stage(night, ledger, tools), in: night.folder, expecting: 5))
        }
        for _ in 0..<arguments.goes {
            tell(
                "a night of 1,000 rows, all there",
                try ChildRun(StagingBenchmark.stage(home, ledger, tools), in: home.folder))
        }
    }

    private static func tell(_ what: String, _ run: ChildRun) {
        Measuring.line(
            what, Measuring.time(run.seconds), "\(Measuring.time(run.processor)) of processor time",
            run.memory.map { Measuring.text(Double($0) / 1024) + " MiB" } ?? "")
    }
}
