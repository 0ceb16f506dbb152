import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A visit that is pending and cancelled since")
struct CancelledLaterTests {
    private static func file(_ status: String, tech: String = "5") -> String {
        let day = SampleRows.day(5)
        return SampleRows.header + ",Status\n"
            + SampleRows.row("9001", tech, "\(day) 9:00", "\(day) 10:00", "1", "", "") + ",\(status)\n"
            + SampleRows.row("9002", "6", "\(day) 9:00", "\(day) 10:00", "1", "", "") + ",Scheduled\n"
    }

    @Test(
        "Nothing posts it any more, until a file brings it again",
        arguments: ["Cancelled", "Canceled by customer", "No show", "Completed"], [false, true])
    func cancelled(status: String, comesBack: Bool) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("monday.csv", Self.file("Scheduled"))
        #expect(try fixture.run("monday.csv", "--stop-after", "0s").totals == "pending 2")
        try fixture.folder.write("tuesday.csv", Self.file(status))
        #expect(try fixture.run("tuesday.csv", "--stop-after", "0s").totals == "skipped 1, pending 1")
        if comesBack {
            try fixture.folder.write("wednesday.csv", Self.file("Scheduled"))
            #expect(try fixture.run("wednesday.csv").totals == "created 2")
            #expect(fixture.server.createdCount == 2)
        } else {
            #expect(try fixture.run("resume").totals == "created 1")
            #expect(fixture.server.createdCount == 1)
        }
        #expect(fixture.server.duplicates == 0)
    }

    @Test("Another technician's row, a check and a rehearsal leave it as it is")
    func untouched() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("monday.csv", Self.file("Scheduled"))
        #expect(try fixture.run("monday.csv", "--stop-after", "0s").totals == "pending 2")
        try fixture.folder.write("tuesday.csv", Self.file("Cancelled", tech: "7"))
        _ = try fixture.run("tuesday.csv", "--stop-after", "0s")
        try fixture.folder.write("tuesday.csv", Self.file("Cancelled"))
        _ = try fixture.stimport.run("check", "tuesday.csv")
        _ = try fixture.stimport.run("tuesday.csv", "--dry-run")
        #expect(try fixture.run("resume").totals == "created 2")
    }
}
