@testable import ImportFixtures
@testable import AppointmentLedger
@testable import AppointmentRows
import Foundation
import Testing

@testable import AppointmentImport

@Suite("Summaries") struct SummaryTests {
    private func keys(_ value: JSONOutput) -> [String] {
        if case .object(let members) = value { members.map(\.0) } else { [] }
    }

    private func member(_ value: JSONOutput, _ key: String) -> JSONOutput? {
        if case .object(let members) = value { members.first { $0.0 == key }?.1 } else { nil }
    }

    private static let finding = FileFinding(
        file: "a.csv",
        finding: Finding(
            line: 17, column: "EndTime", code: .endNotAfterStart, value: "x", message: "m", fix: "f"))

    private func summary() -> RunReport {
        var counts = RowCounts()
        for (index, state) in RowState.shown.enumerated() { counts[state] = 1 << index }
        var other = RowCounts()
        other[.created] = 1_000
        return RunReport(
            run: 12, exit: .rowsRejected,
            files: [
                .init(name: "a.csv", counts: counts, rejects: "a.rejects.csv"),
                .init(name: "b.csv", counts: other, rejectsError: "full"),
                .init(
                    name: "c.csv", counts: RowCounts(),
                    problem: RunReport.Problem(
                        InputError(code: .missingColumn, message: "no StartTime", fix: "add it"))),
            ], batches: 20, posts: 21, retries: 1, seconds: 3.20049, ledgerCreated: false,
            findings: [Self.finding],
            findingsTotal: 7, isAbandoned: false)
    }

    @Test("The keys are those of the contract, in their order")
    func order() throws {
        let json = summary().json
        #expect(
            keys(json) == [
                "version", "run", "exit", "stopped", "files", "totals", "batches", "posts", "retries",
                "seconds",
                "ledger_created", "to_do", "findings_total", "findings_known", "in_doubt_known", "findings",
            ])
        let states = [
            "rows", "created", "already_created", "duplicate", "skipped", "invalid", "refused", "in_doubt",
            "pending",
        ]
        #expect(keys(try #require(member(json, "totals"))) == states)
        guard case .array(let files)? = member(json, "files"),
            case .array(let findings)? = member(json, "findings")
        else {
            Issue.record("no lists")
            return
        }
        #expect(keys(files[0]) == ["file"] + states + ["rejects"])
        #expect(keys(files[1]) == ["file"] + states + ["rejects", "rejects_error"])
        #expect(keys(files[2]) == ["file"] + states + ["rejects", "error", "error_code"])
        #expect(
            keys(findings[0]) == [
                "file", "line", "customer", "column", "code", "severity", "value", "message", "fix", "known",
            ])
    }

    @Test("The values are those of the run, and rows are the sum of the states")
    func values() throws {
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(summary().json.line.utf8)) as? [String: Any])
        #expect(object["version"] as? Int == 2)
        #expect(object["run"] as? Int == 12)
        #expect(object["exit"] as? Int == 1)
        #expect(object["seconds"] as? Double == 3.2)
        #expect(object["findings_total"] as? Int == 7)
        let totals = try #require(object["totals"] as? [String: Int])
        #expect(totals["rows"] == 1_255)
        #expect(totals["rows"] == totals.filter { $0.key != "rows" }.values.reduce(0, +))
        #expect(totals["created"] == 1_001 && totals["skipped"] == 8 && totals["pending"] == 128)
        let files = try #require(object["files"] as? [[String: Any]])
        #expect(files[0]["rejects"] as? String == "a.rejects.csv")
        #expect(files[1]["rejects"] is NSNull)
        #expect(files[2]["error"] as? String == "no StartTime")
        #expect(files[2]["rows"] as? Int == 0)
    }

    @Test("Without a ledger there is no run")
    func withoutRun() {
        var summary = summary()
        summary.run = nil
        #expect(member(summary.json, "run").map(\.line) == "null")
    }

    @Test("A run's record has the same keys as its summary")
    func record() {
        let record = RunRecord(
            run: 3, command: "import", endpoint: "x", started: 0, finished: nil, exit: nil, batches: 0,
            posts: 0,
            retries: 0, seconds: 0, ledgerCreated: false, findingsTotal: 0, isAbandoned: false, files: [])
        #expect(keys(RunReport(record, findings: [Self.finding]).json) == keys(summary().json))
        #expect(member(RunReport(record).json, "exit").map(\.line) == "null")
    }

    // MARK: Exit status

    @Test("Of several statuses the first by rank holds, in any order")
    func combined() {
        let ranking: [Int32] = [8, 7, 2, 6, 4, 130, 143, 3, 5, 1, 0]
        #expect(ExitStatus.ranking.map(\.rawValue) == ranking)
        #expect(Set(ExitStatus.ranking) == Set(ExitStatus.allCases))
        for (rank, status) in ExitStatus.ranking.enumerated() {
            for lower in ExitStatus.ranking[rank...] {
                #expect(ExitStatus.combined([status, lower]) == status)
                #expect(ExitStatus.combined([lower, status, lower]) == status)
            }
        }
        #expect(ExitStatus.combined([]) == .success)
    }
}
