import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Runs that post nothing")
struct NothingPostedTests {
    /// Three valid rows and one whose end comes before its start.
    private static func mixed() -> String {
        let day = SampleRows.day(30)
        return SampleRows.csv(count: 3) + "9100,,\(day) 10:00,\(day) 9:00,1,,\n"
    }

    private func expectNothingKept(_ fixture: SandboxFixture) throws {
        #expect(fixture.server.posts == 0)
        let resume = try fixture.run("resume")
        #expect(resume.status == 0)
        #expect(resume.summary.totals.rows == 0)
        #expect(fixture.server.posts == 0)
        #expect(try fixture.report("--all").count == 0)
    }

    @Test("check needs no settings, makes no ledger and writes no file")
    func check() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("bad.csv", Self.mixed())
        try fixture.write("good.csv", rows: 2)
        var plain = try Stimport(folder: fixture.folder)
        plain.environment["STIMPORT_LEDGER"] = "/nowhere/at/all.sqlite3"
        func check(_ arguments: String...) throws -> SandboxFixture.Import {
            try SandboxFixture.read(plain.run(["check", "--format", "json"] + arguments))
        }
        let good = try check("good.csv")
        #expect(good.status == 0)
        #expect(good.totals == "pending 2")
        #expect(good.summary.run == nil)
        let bad = try check("bad.csv", "good.csv")
        #expect(bad.status == 1)
        #expect(bad.totals == "duplicate 2, invalid 1, pending 3")
        #expect(bad.codes == ["end-not-after-start"])
        let missing = try check("bad.csv", "none.csv")
        #expect(missing.status == 3)
        #expect(fixture.server.connections == 0)
        #expect(try fixture.folder.list() == ["bad.csv", "good.csv"])
        // A rejects file only where one is asked for.
        #expect(try check("bad.csv", "--rejects", "rejects.csv").summary.files[0].rejects == "rejects.csv")
        #expect(try CSVTable(fixture.folder.read("rejects.csv"))["stimport_code"] == ["end-not-after-start"])
    }

    @Test("A dry run shows the batches and keeps no appointment")
    func dryRun() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 5)
        let run = try fixture.run("a.csv", "--dry-run", "--batch-size", "2")
        #expect(run.status == 0)
        #expect(run.totals == "pending 5")
        #expect(run.summary.posts == 0)
        #expect(run.process.stderr.contains("batch 3: 1 appointment"))
        #expect(fixture.server.connections == 0)
        try expectNothingKept(fixture)
        // The run itself is on record.
        #expect(try fixture.stimport.run("status", "--run", "1").stdout.contains("dry-run"))
        // And the rows can be posted.
        #expect(try fixture.run("a.csv").totals == "created 5")
    }

    @Test("A dry run shows as many rows as --first lets a run post", arguments: [1, 2, 3, 5, 6, 100])
    func first(limit: Int) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 5)
        let shown = try fixture.stimport.run(
            "a.csv", "--dry-run", "--first", "\(limit)", "--batch-size", "2")
        #expect(shown.status == 0)
        #expect(
            shown.stdout.components(separatedBy: "\n  customer ").count - 1 == min(5, limit),
            "\(shown.stdout)")
        let documents = try fixture.stimport.run("a.csv", "--dry-run", "--show-xml", "--first", "\(limit)")
        #expect(
            documents.stdout.components(separatedBy: "CreateTechScheduleBySecurityTraxUniqueID").count - 1
                == min(5, limit))
        try expectNothingKept(fixture)
    }

    @Test(
        "A dry run by a setting that no run could use ends as the run would",
        arguments: ["nowhere.pem", "a.csv"])
    func certificates(file: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        let run = try fixture.stimport.run("a.csv", "--ca-file", file)
        let rehearsal = try fixture.stimport.run("a.csv", "--ca-file", file, "--dry-run")
        #expect(run.status == 2 && rehearsal.status == 2)
        #expect(rehearsal.stderr == run.stderr && rehearsal.stdout == "")
        #expect(fixture.server.connections == 0)
    }

    @Test("--show-xml shows the documents with the credentials masked, and asks for no password")
    func showXML() throws {
        let fixture = try SandboxFixture { $0.keepsRequests = true }
        try fixture.write(rows: 2)
        var stimport = fixture.stimport
        stimport.environment["STIMPORT_PASSWORD"] = nil
        let masked = try stimport.run("a.csv", "--dry-run", "--show-xml")
        #expect(masked.status == 0)
        #expect(masked.stdout.contains("CreateTechScheduleBySecurityTraxUniqueID"))
        let shown = try fixture.stimport.run("a.csv", "--dry-run", "--show-xml")
        for secret in [fixture.server.password, fixture.server.username] {
            #expect(!shown.stdout.contains(secret))
            #expect(!shown.stderr.contains(secret))
        }
        // What is shown is what is posted, but for the three values.
        #expect(try fixture.run("a.csv").status == 0)
        let posted = try #require(fixture.server.lastRequestBody)
        let creates = posted[try #require(posted.range(of: "CreateTech")).lowerBound...]
        #expect(shown.stdout.contains(creates.trimmingCharacters(in: .newlines)))
    }

    @Test(
        "Too many bad rows stop a run before it posts",
        arguments: [
            (["--all-or-nothing"], false), (["--max-invalid", "0"], false),
            (["--max-invalid", "24%"], false),
            (["--max-invalid", "1"], true), (["--max-invalid", "25%"], true), ([], true),
        ] as [([String], Bool)])
    func tooManyInvalid(flags: [String], posts: Bool) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.mixed())
        let run = try fixture.run(["a.csv"] + flags)
        #expect(run.status == 1)
        #expect(run.totals == (posts ? "created 3, invalid 1" : "invalid 1, pending 3"))
        if posts { #expect(fixture.server.createdCount == 3) } else { try expectNothingKept(fixture) }
        // Its findings are kept.
        #expect(try fixture.stimport.run("report", "--run", "1").stdout.contains("end-not-after-start"))
        #expect(fixture.folder.exists("a.rejects.csv"))
    }

    @Test("A run that stops itself leaves what earlier runs left as it was")
    func earlierRowsStay() throws {
        let fixture = try SandboxFixture()
        try fixture.write("old.csv", rows: 3)
        #expect(try fixture.run("old.csv", "--stop-after", "0s").totals == "pending 3")
        let before = try fixture.report("--all").records
        try fixture.folder.write("a.csv", Self.mixed())
        #expect(try fixture.run("a.csv", "--all-or-nothing").totals == "invalid 1, pending 3")
        #expect(try fixture.run("a.csv", "--dry-run").totals == "invalid 1, pending 3")
        #expect(try fixture.report("--all").records == before)
        #expect(try fixture.run("resume").totals == "created 3")
    }

    @Test("With --all-or-nothing one file that can't be read keeps the others from being posted")
    func allOrNothingUnreadable() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        let run = try fixture.run("a.csv", "none.csv", "--all-or-nothing")
        #expect(run.status == 3)
        try expectNothingKept(fixture)
    }

    @Test("--stop-after 0s stages, and resume posts what was staged")
    func stageOnly() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let run = try fixture.run("a.csv", "--stop-after", "0s")
        #expect(run.status == 5)
        #expect(run.totals == "pending 3")
        #expect(fixture.server.posts == 0)
        let resume = try fixture.stimport.run("resume")
        #expect(resume.status == 0)
        #expect(resume.stderr.contains("3 pending since run 1"))
        #expect(fixture.server.createdCount == 3)
    }

    @Test("--sandbox says that nothing is sent, and leaves nothing behind")
    func sandbox() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.mixed())
        let plain = try Stimport(folder: fixture.folder)
        let run = try plain.run("--sandbox", "a.csv")
        #expect(run.status == 1)
        #expect(run.stderr.contains("Nothing is sent to SecurityTrax"))
        #expect(run.stdout.contains("3 created"))
        #expect(try fixture.folder.list() == ["a.csv"])
        #expect(try plain.run("--sandbox", "a.csv", "--ledger", "l.sqlite3").status == 2)
    }
}
