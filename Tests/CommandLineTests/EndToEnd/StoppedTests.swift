import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A run or a file that is stopped for its rows says why")
struct StoppedTests {
    /// Three good rows of ten.
    private static func messy(firstCustomer: Int) -> String {
        SampleRows.csv(count: 3, firstCustomer: firstCustomer)
            + String(repeating: "0,1,x,y,Instal,,\n", count: 7)
    }

    private func fixture() throws -> SandboxFixture {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 4)
        try fixture.folder.write("b.csv", Self.messy(firstCustomer: 9_100))
        try fixture.write("c.csv", rows: 2, firstCustomer: 9_200)
        return fixture
    }

    @Test("--max-invalid sets one file aside, and the others go on")
    func fileByFile() throws {
        let fixture = try fixture()
        let run = try fixture.run("a.csv", "b.csv", "c.csv", "--max-invalid", "20%")
        #expect(run.status == 1)
        #expect(run.totals == "created 6, invalid 7, pending 3")
        #expect(run.summary.stopped == nil)
        let file = run.summary.files[1]
        #expect(file.errorCode == "max-invalid")
        #expect(file.error?.contains("7 of 10 rows are invalid (70%)") == true)
        #expect(file.error?.contains("20%") == true)
        #expect(fixture.server.createdCount == 6)
        // Nothing of it is kept to be posted, and its counts stay what they were.
        #expect(try fixture.run("resume").totals == "")
        let status = try fixture.stimport.run("status").stdout
        #expect(status.contains("7 invalid + 3 valid") && status.contains("7 of 10 rows"))
        #expect(status.contains("Nothing is pending or in doubt"))
        // Corrected, it is imported whole.
        try fixture.write("b.csv", rows: 10, firstCustomer: 9_100)
        #expect(try fixture.run("b.csv", "--max-invalid", "20%").totals == "created 10")
        #expect(fixture.server.duplicates == 0)
    }

    @Test(
        "Where nothing is left to post, the run itself was stopped: in the summary, the report, the log and the status",
        arguments: [("--max-invalid=20%", "max-invalid"), ("--all-or-nothing", "all-or-nothing")])
    func whole(option: String, code: String) throws {
        let fixture = try fixture()
        let log = fixture.folder.path("log.json")
        let run = try fixture.run("b.csv", option, "--log", log, "--log-format", "json")
        #expect(run.status == 1)
        #expect(run.totals == "invalid 7, pending 3")
        let stopped = try #require(run.summary.stopped)
        #expect(stopped.code == code)
        #expect(stopped.message.contains("7 of 10 rows are invalid (70%)"))
        #expect(!stopped.fix.isEmpty)
        #expect(fixture.server.createdCount == 0)
        #expect(try fixture.folder.read("log.json").contains("\"stopped\":\"\(code)\""))
        let report = try ImportSummary(try fixture.stimport.run("report", "--format", "json").stdout)
        #expect(report.stopped?.code == code && report.stopped?.message == stopped.message)
        for text in [
            try fixture.stimport.run("status").stdout, try fixture.stimport.run("report").stdout,
            try fixture.stimport.run("report", "--format", "html").stdout,
        ] {
            #expect(text.contains("7 of 10 rows are invalid"), "\(text)")
            #expect(!text.contains("3 pending"))
        }
        let text = try fixture.stimport.run("b.csv", option)
        #expect(text.status == 1)
        #expect((text.stdout + text.stderr).contains("7 of 10 rows are invalid"))
        #expect(!text.stdout.contains("start the same command again"))
    }

    @Test(
        "What is to be done about a file that was set aside imports all of it, and standard output has the reason"
    )
    func setAsideAdvice() throws {
        let fixture = try fixture()
        let text = try fixture.stimport.run(
            "a.csv", "b.csv", "c.csv", "--max-invalid", "20%", "--metrics", "m.prom")
        #expect(text.status == 1)
        #expect(text.stdout.contains("b.csv: set aside: 7 of 10 rows are invalid (70%)"))
        #expect(
            text.stdout.contains("Next: correct b.csv, all of whose rows were set aside, then stimport b.csv")
        )
        // Its rejects file lacks the three good rows.
        #expect(!text.stdout.contains("completes this import"))
        var metrics = try fixture.folder.read("m.prom")
        #expect(metrics.contains("stimport_files_set_aside 1\n"))
        #expect(metrics.contains("stimport_files_unreadable 0\n"))
        #expect(metrics.contains("stimport_stopped 0\n"))
        try fixture.write("b.csv", rows: 10, firstCustomer: 9_100)
        #expect(try fixture.run("b.csv").totals == "created 10")

        try fixture.folder.write("d.csv", Self.messy(firstCustomer: 9_300))
        let whole = try fixture.stimport.run("d.csv", "--all-or-nothing", "--metrics", "m.prom")
        #expect(whole.stdout.contains("stopped: 7 of 10 rows are invalid (70%)"))
        metrics = try fixture.folder.read("m.prom")
        #expect(metrics.contains("stimport_stopped{code=\"all-or-nothing\"} 1\n"))
    }

    @Test("One messy file of the inbox does not hold up the others, and leaves it", arguments: [false, true])
    func inbox(isUnreadable: Bool) throws {
        let fixture = try SandboxFixture()
        try fixture.write("in/a.csv", rows: 4)
        try fixture.folder.write(
            "in/b.csv", isUnreadable ? "what,is,this\n1,2,3\n" : Self.messy(firstCustomer: 9_100))
        try fixture.write("in/c.csv", rows: 2, firstCustomer: 9_200)
        for name in ["a", "b", "c"] {
            let path = fixture.folder.path("in/\(name).csv")
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: path)
        }
        let run = try fixture.run("--inbox", fixture.folder.path("in"), "--max-invalid", "20%")
        #expect(run.status == (isUnreadable ? 3 : 1))
        #expect(fixture.server.createdCount == 6)
        #expect(fixture.folder.exists("in/done/a.csv") && fixture.folder.exists("in/done/c.csv"))
        #expect(fixture.folder.exists("in/rejects/b.csv"))
    }

    @Test("With --all-or-nothing what stopped the run leaves the inbox, and the next run posts the rest")
    func allOrNothingInbox() throws {
        let fixture = try SandboxFixture()
        try fixture.write("in/a.csv", rows: 4)
        try fixture.folder.write("in/b.csv", Self.messy(firstCustomer: 9_100))
        for name in ["a", "b"] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -60)],
                ofItemAtPath: fixture.folder.path("in/\(name).csv"))
        }
        let first = try fixture.run("--inbox", fixture.folder.path("in"), "--all-or-nothing")
        #expect(first.status == 1)
        #expect(first.summary.stopped?.code == "all-or-nothing")
        #expect(fixture.server.createdCount == 0)
        #expect(fixture.folder.exists("in/a.csv") && fixture.folder.exists("in/rejects/b.csv"))
        #expect(
            try fixture.run("--inbox", fixture.folder.path("in"), "--all-or-nothing").totals == "created 4")
        #expect(fixture.folder.exists("in/done/a.csv"))
    }

    @Test("Refused rows are findings with their reason, at the end of the run and afterwards")
    func refused() throws {
        let fixture = try SandboxFixture { $0.refusedCustomers = ["9002"] }
        try fixture.write(rows: 3)
        let run = try fixture.run("a.csv")
        #expect(run.totals == "created 2, refused 1")
        #expect(run.codes == ["refused-by-service"])
        #expect(run.summary.findingsTotal == 1)
        #expect(run.summary.findings[0].severity == "refused")
        #expect(run.summary.findings[0].message.contains("Customer not found"))
        let report = try ImportSummary(try fixture.stimport.run("report", "--format", "json").stdout)
        #expect(report.findings.map(\.code) == ["refused-by-service"])
        #expect(report.findingsTotal == 1)
        #expect(try fixture.stimport.run("a.csv").stdout.contains("Customer not found"))
    }

    @Test("Findings of a file that turns out to be unreadable are not told")
    func rolledBack() throws {
        let fixture = try SandboxFixture()
        let rows = String(repeating: "0,1,x,y,Instal,,\n", count: 1_500)
        try fixture.folder.write("a.csv", SampleRows.csv(count: 1) + rows + "9001,1,\"never closed\n")
        let run = try fixture.run("a.csv")
        #expect(run.status == 3)
        #expect(run.summary.findingsTotal == 0 && run.summary.findings.isEmpty)
        for command in [["a.csv", "--verbose"], ["check", "a.csv"], ["check", "a.csv", "--format", "csv"]] {
            let text = try fixture.stimport.run(command)
            #expect(text.status == 3)
            #expect(!text.stdout.contains("invalid-"), "\(command)")
        }
    }
}
