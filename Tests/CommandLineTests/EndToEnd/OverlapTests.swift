import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A technician at two places at once")
struct OverlapTests {
    private static func row(_ customer: String, _ tech: String, _ from: String, _ to: String) -> String {
        let day = SampleRows.day(10)
        return SampleRows.row(customer, tech, "\(day) \(from)", "\(day) \(to)", "1", "", "")
    }

    private func write(_ fixture: SandboxFixture, _ name: String, _ rows: [String]) throws {
        try fixture.folder.write(name, ([SampleRows.header] + rows).joined(separator: "\n") + "\n")
    }

    /// A visit in `a.csv`, and in `b.csv` one at the same time for its technician and one for another.
    private func writeTwoNights(_ fixture: SandboxFixture) throws {
        try write(fixture, "a.csv", [Self.row("1", "5", "8:00", "10:00")])
        try write(
            fixture, "b.csv", [Self.row("2", "5", "9:00", "11:00"), Self.row("3", "6", "9:00", "11:00")])
    }

    @Test(
        "Rows of one file are compared by technician, window and customer",
        arguments: [
            ([row("1", "5", "8:00", "10:00"), row("2", "5", "9:00", "11:00")], "invalid 2"),
            ([row("1", "5", "8:00", "10:00"), row("2", "5", "8:30", "9:00")], "invalid 2"),
            ([row("1", "5", "8:00", "9:00"), row("2", "5", "9:00", "10:00")], "created 2"),
            ([row("1", "5", "8:00", "10:00"), row("2", "6", "9:00", "11:00")], "created 2"),
            ([row("1", "", "8:00", "10:00"), row("2", "", "9:00", "11:00")], "created 2"),
            (
                [
                    row("1", "5", "8:00", "10:00"), row("2", "5", "9:00", "11:00"),
                    row("3", "7", "9:00", "11:00"),
                ],
                "created 1, invalid 2"
            ),
            (
                [
                    row("1", "5", "8:00", "10:00"), row("1", "5", "8:00", "10:00"),
                    row("2", "5", "9:00", "11:00"),
                ],
                "duplicate 1, invalid 2"
            ),
        ])
    func withinAFile(rows: [String], totals: String) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", rows)
        let run = try fixture.run("a.csv", "--check-overlaps")
        #expect(run.totals == totals)
        #expect(run.status == (totals.contains("invalid") ? 1 : 0))
        #expect(Set(run.codes) == (totals.contains("invalid") ? ["tech-overlap"] : []))
        // Nothing of the rows that were refused waits in the ledger.
        #expect(try fixture.run("resume").totals == "")
    }

    @Test("Without --check-overlaps nobody asks")
    func unasked() throws {
        let fixture = try SandboxFixture()
        try write(
            fixture, "a.csv", [Self.row("1", "5", "8:00", "10:00"), Self.row("2", "5", "9:00", "11:00")])
        #expect(try fixture.run("a.csv").totals == "created 2")
    }

    @Test("A row is compared with what an earlier run created, and each names the other")
    func againstTheLedger() throws {
        let fixture = try SandboxFixture()
        try writeTwoNights(fixture)
        #expect(try fixture.run("a.csv").totals == "created 1")
        let run = try fixture.run("b.csv", "--check-overlaps")
        #expect(run.totals == "created 1, invalid 1")
        let check = try fixture.stimport.run("b.csv", "--check-overlaps").stdout
        #expect(check.contains("line 2 of \"a.csv\" (run 1)"))
        #expect(fixture.server.createdCount == 2)
    }

    @Test("A visit that is held has its technician's time: it is only not posted yet")
    func againstAHeldVisit() throws {
        let fixture = try SandboxFixture()
        try writeTwoNights(fixture)
        #expect(try fixture.run("a.csv", "--hold-if", "new>0").totals == "pending 1")
        #expect(try fixture.run("b.csv", "--check-overlaps").totals == "created 1, invalid 1")
    }

    @Test("Rows of one file name each other, as text and as CSV")
    func named() throws {
        let fixture = try SandboxFixture()
        try write(
            fixture, "a.csv", [Self.row("1", "5", "8:00", "10:00"), Self.row("2", "5", "9:00", "11:00")])
        let csv = try fixture.stimport.run("check", "a.csv", "--check-overlaps", "--format", "csv").stdout
        let lines = csv.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "file,line,column,code,severity,value,message,fix,customer")
        #expect(lines[1].hasPrefix("a.csv,2,TechID,tech-overlap,error,5,") && lines[1].contains("line 3"))
        #expect(lines[2].hasPrefix("a.csv,3,TechID,tech-overlap,error,5,") && lines[2].contains("line 2"))
    }
}
