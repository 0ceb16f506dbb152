import Foundation

/// What takes a ledger of a million appointments: a finished file once more, and questions.
enum LedgerBenchmark {
    static func run(_ arguments: BenchmarkArguments) async throws {
        let tools = try Tools(stimport: arguments.program)
        let rows = arguments.rows ?? 1_000_000
        let file = try SampleFile(rows: rows, order: .sequential)
        let ledger = file.folder + "/ledger.sqlite3"
        guard try fill(ledger, from: file, tools) else {
            return Measuring.line("sqlite3", "not installed: nothing to compare with")
        }
        try Contest.run(
            [
                Contest.Side(name: "a finished file again", prepare: { try restore(ledger) }) {
                    try ChildRun(StagingBenchmark.stage(file, ledger, tools), in: file.folder)
                },
                Contest.Side(name: "check of the same file") { try CheckBenchmark.check(file, tools) },
            ], goes: arguments.goes, goal: nil, rows: rows)

        try restore(ledger)
        _ = try tools.sql(doubt(100), on: ledger, in: file.folder)
        let customer = SampleFile.customer(rows / 2, .sequential)
        let questions = [
            (
                ["find", "\(customer)"],
                "SELECT * FROM appointments WHERE customer = \(customer) AND endpoint_id IN (SELECT id FROM endpoints)"
            ),
            (["status"], "SELECT state, count(*) FROM appointments WHERE state IN (0, 1, 4) GROUP BY state"),
            (["review"], "SELECT * FROM appointments WHERE state = 4"),
        ]
        for (words, query) in questions {
            try Contest.run(
                [
                    Contest.Side(name: "stimport \(words.joined(separator: " "))") {
                        try ChildRun([tools.stimport] + words + ["--ledger", ledger], in: file.folder)
                    },
                    Contest.Side(name: "sqlite3, the bare query") {
                        guard let run = try tools.sql(query, on: ledger, in: file.folder) else {
                            throw BenchmarkFailure("sqlite3 is gone")
                        }
                        return run
                    },
                ], goes: arguments.goes, goal: 2)
        }
    }

    /// Makes a ledger in which every row of a sample is created.
    ///
    /// - Returns: false without sqlite3, which stands in for the service here.
    static func fill(_ ledger: String, from file: borrowing SampleFile, _ tools: Tools) throws -> Bool {
        guard tools.sqlite != nil else { return false }
        Tools.remove(ledger)
        _ = try ChildRun(StagingBenchmark.stage(file, ledger, tools), in: file.folder, expecting: 5)
        _ = try tools.sql(
            """
            BEGIN; UPDATE appointments SET state = 1; UPDATE appointments SET state = 2; COMMIT;
            PRAGMA wal_checkpoint(TRUNCATE)
            """, on: ledger, in: file.folder)
        try FileManager.default.copyItem(atPath: ledger, toPath: ledger + ".filled")
        return true
    }

    /// Puts a ledger back to where it was filled: each run adds to it.
    static func restore(_ ledger: String) throws {
        Tools.remove(ledger)
        try FileManager.default.copyItem(atPath: ledger + ".filled", toPath: ledger)
    }

    /// SQL that brings appointments into doubt. They were created: the trigger that guards that steps aside.
    private static func doubt(_ count: Int) -> String {
        """
        CREATE TEMP TABLE guard AS SELECT sql FROM sqlite_schema WHERE name = 'appointments_transition';
        DROP TRIGGER appointments_transition;
        UPDATE appointments SET state = 4, code = 'outcome-unknown', reason = 'measured' WHERE id <= \(count);
        """
    }
}
