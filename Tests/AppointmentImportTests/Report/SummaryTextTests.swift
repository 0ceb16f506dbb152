@testable import AppointmentLedger
import AppointmentRows
import Testing

@testable import AppointmentImport

@Suite("The summary for people") struct SummaryTextTests {
    private static func counts(_ states: [RowState: Int]) -> RowCounts {
        states.reduce(into: RowCounts()) { $0[$1.key] = $1.value }
    }

    private static func report(
        _ files: [RunReport.File], abandoned: Bool = false, batches: Int = 0
    ) -> RunReport {
        RunReport(
            run: 12, exit: .success, files: files, batches: batches, posts: batches, seconds: 3.2,
            isAbandoned: abandoned)
    }

    struct Example: Sendable {
        var name: String
        var report: RunReport
        var width: Int?
        var lines: [String]
    }

    private static let two = [
        RunReport.File(name: "monday.csv", counts: counts([.created: 990, .alreadyCreated: 6, .invalid: 4])),
        RunReport.File(name: "tuesday.csv", counts: counts([.created: 250, .inDoubt: 50])),
    ]

    static let examples = [
        Example(
            name: "a file and the states that occur", report: report([two[0]], batches: 20), width: nil,
            lines: [
                "file         rows  created  already created  invalid",
                "monday.csv  1,000      990                6        4",
                "1,000 rows = 990 created + 6 already created + 4 invalid",
                "run 12: 20 batches, 20 posts, 3.2 s, 309 rows a second",
            ]),
        Example(
            name: "several files have a sum", report: report(two, batches: 26), width: 80,
            lines: [
                "file          rows  created  already created  invalid  in doubt",
                "monday.csv   1,000      990                6        4         0",
                "tuesday.csv    300      250                0        0        50",
                "all files    1,300    1,240                6        4        50",
                "1,300 rows = 1,240 created + 6 already created + 4 invalid + 50 in doubt",
                "run 12: 26 batches, 26 posts, 3.2 s, 403 rows a second",
            ]),
        Example(
            name: "a long name is shortened in its middle",
            report: report([
                .init(
                    name: "export-of-some-other-software-2027-01-11-final.csv", counts: counts([.created: 3])),
                .init(name: "客户预约清单二〇二七年一月第二周到第三周.csv", counts: counts([.created: 4])),
            ]), width: 45,
            lines: [
                "file                            rows  created",
                "export-of-some-…1-11-final.csv     3        3",
                "客户预约清单二…周到第三周.csv      4        4",
                "all files                          7        7",
                "7 rows = 7 created",
                "run 12: 3.2 s, 2 rows a second",
            ]),
        Example(
            name: "on a narrow terminal a block a file", report: report([two[1]]), width: 30,
            lines: [
                "tuesday.csv", "  rows      300", "  created   250", "  in doubt   50",
                "300 rows = 250 created + 50 in doubt", "run 12: 3.2 s, 94 rows a second",
            ]),
        Example(
            name: "what was only checked is valid, not pending",
            report: report(
                [.init(name: "a.csv", counts: counts([.pending: 3, .invalid: 1]))], abandoned: true),
            width: nil,
            lines: [
                "file   rows  invalid  valid", "a.csv     4        1      3", "4 rows = 1 invalid + 3 valid",
                "run 12: 3.2 s, 1 row a second",
            ]),
        Example(
            name: "no rows", report: report([.init(name: "-", counts: RowCounts())]), width: nil,
            lines: ["file            rows", "standard input     0", "0 rows", "run 12: 3.2 s"]),
        Example(
            name: "a file that could not be read",
            report: report([
                .init(
                    name: "x.csv", counts: RowCounts(),
                    problem: .init(code: "no-such-file", message: "there is no file x.csv"))
            ]), width: nil,
            lines: ["file       rows", "x.csv  not read", "0 rows", "run 12: 3.2 s"]),
    ]

    @Test(
        "One aligned table, only the states that occur, and an accounting that adds up", arguments: examples)
    func lines(example: Example) {
        let style = TextStyle(width: example.width)
        #expect(SummaryText(example.report, style).lines == example.lines, "\(example.name)")
    }

    @Test("A colour takes no room in the table")
    func colors() {
        let style = TextStyle { text, _ in "\u{1B}[1m\(text)\u{1B}[0m" }
        let plain = SummaryText(Self.report(Self.two)).lines
        let painted = SummaryText(Self.report(Self.two), style).lines
        #expect(painted != plain)
        let bare = painted.map { $0.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "") }
        #expect(bare == plain)
    }

    @Test("The next command is one that can be typed: with the options that were given, and quoted")
    func nextSteps() {
        var report = Self.report([
            .init(name: "a.csv", counts: Self.counts([.inDoubt: 2, .refused: 1]), rejects: "my rejects.csv")
        ])
        let next = NextSteps(options: ["--ledger", "my ledger.sqlite3"])
        let lines = next.lines(report)
        #expect(lines.count == 2)
        #expect(lines[0].hasSuffix("stimport review --ledger 'my ledger.sqlite3'"))
        #expect(lines[1].contains("stimport 'my rejects.csv' --ledger 'my ledger.sqlite3'"))
        report.files[0].counts = Self.counts([.pending: 1])
        #expect(next.lines(report).contains { $0.contains("stimport resume --ledger") })
        report.isAbandoned = true
        #expect(next.lines(report).isEmpty)
    }

    @Test(
        "The reasons that hold for several rows are counted, the most frequent first, refused ones by what was said"
    )
    func reasons() {
        var digest = FindingsDigest()
        func add(
            _ line: Int, _ code: FindingCode, _ severity: Finding.Severity, _ message: String, _ fix: String
        ) {
            digest.add(
                FileFinding(
                    file: "a.csv",
                    finding: Finding(
                        line: line, column: severity == .error ? "Service" : nil, code: code,
                        severity: severity, message: message, fix: fix)))
        }
        for line in 2...3 { add(line, .invalidServiceType, .error, "m\(line)", "write 1") }
        for line in 4...33 { add(line, .invalidServiceType, .error, "m\(line)", "write 2") }
        add(34, .invalidServiceType, .error, "m", "write 3")
        for line in 35...37 { add(line, .refusedByService, .refused, "it said no", "correct it") }
        add(38, .refusedByService, .refused, "it said never", "correct it")
        digest.addDoubt(4, "no answer")
        digest.addDoubt(50, "the connection was closed")
        digest.addDoubt(2, "no answer")
        #expect(
            digest.frequent(.error).map(\.text) == [
                "30 × invalid-service-type in Service, first at line 4 of a.csv: write 2",
                "2 × invalid-service-type in Service, first at line 2 of a.csv: write 1",
            ])
        #expect(
            digest.frequent(.refused).map(\.text) == [
                "3 × refused-by-service, first at line 35 of a.csv: it said no: correct it"
            ])
        #expect(digest.total(.error) == 33 && digest.first(.error).count == 20)
        #expect(
            digest.doubtTexts == ["50 × in doubt: the connection was closed", "6 × in doubt: no answer"])
    }
}
