import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Skipped rows, from the file to every report")
struct SkippedTests {
    private static let day = SampleRows.day(12)

    private static func file(_ statuses: [String], header: String = "Status") -> String {
        "SecurityTraxUniqueID,StartTime,EndTime,ServiceType,\(header)\n"
            + statuses.enumerated().map { "\(9001 + $0),\(day) 9:00,\(day) 10:00,Install,\($1)\n" }.joined()
    }

    @Test("Cancelled visits are not booked: they are skipped, counted and said")
    func cancelled() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.file(["Scheduled", "Cancelled", "No show"]))
        let check = try fixture.run("check", "a.csv")
        #expect(check.status == 0)
        #expect(check.totals == "skipped 2, pending 1")
        let run = try fixture.run("a.csv", "--metrics", fixture.folder.path("m.prom"))
        #expect(run.status == 0)
        #expect(run.totals == "created 1, skipped 2")
        #expect(run.codes == ["skipped-status", "skipped-status"])
        #expect(run.summary.findings.map(\.severity) == ["skipped", "skipped"])
        #expect(run.summary.findingsTotal == 2)
        #expect(run.summary.findings[0].message.contains("Cancelled"))
        #expect(fixture.server.createdCount == 1)
        #expect(!fixture.folder.exists("a.rejects.csv"))
        // Everywhere the same.
        let report = try fixture.report()
        #expect(SandboxFixture.totals(report) == "created 1, skipped 2")
        #expect(report["code"] == ["", "skipped-status", "skipped-status"])
        #expect(try fixture.folder.read("m.prom").contains("stimport_rows{state=\"skipped\"} 2"))
        #expect(try fixture.stimport.run("status").stdout.contains("2 skipped"))
        #expect(try fixture.stimport.run("report", "--format", "html").stdout.contains("skipped-status"))
        let text = try fixture.stimport.run("a.csv")
        #expect(text.status == 0)
        #expect(text.stdout.contains("3 rows = 1 already created + 2 skipped"))
    }

    @Test("Without the default skips they are rows like any other")
    func noDefaultSkips() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.file(["Scheduled", "Cancelled", "true"]))
        #expect(try fixture.run("a.csv", "--no-default-skips").totals == "created 3")
    }

    @Test("--skip and --only name columns and values, on the command line and in the settings")
    func rules() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.file(["Booked", "On hold", "Website", "Cancelled"]))
        #expect(
            try fixture.run("check", "a.csv", "--skip", "Status=on hold,website").totals
                == "skipped 3, pending 1"
        )
        #expect(try fixture.run("check", "a.csv", "--only", "Status=Booked").totals == "skipped 3, pending 1")
        #expect(
            try fixture.run("check", "a.csv", "--skip", "Status=Website", "--skip", "Status=On hold").totals
                == "skipped 3, pending 1")
        try fixture.folder.write("settings.json", "{ \"skip\": { \"Status\": \"On hold\" } }")
        #expect(
            try fixture.run("check", "a.csv", "--config", fixture.folder.path("settings.json")).totals
                == "skipped 2, pending 2")
    }

    @Test(
        "A rule for a column that no file has is wrong usage, with the nearest one",
        arguments: ["--skip", "--only"])
    func unknownColumn(option: String) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.file(["Booked"]))
        let outcome = try fixture.stimport.run("a.csv", option, "Statsu=Booked")
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("Statsu") && outcome.stderr.contains("did you mean \"Status\""))
        #expect(fixture.server.createdCount == 0)
        // Beside a file that has it, it is that file's matter.
        try fixture.folder.write("b.csv", Self.file(["Booked"], header: "Statsu"))
        #expect(try fixture.run("a.csv", "b.csv", option, "Statsu=Booked").status == 3)
    }
}
