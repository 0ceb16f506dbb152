import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The next commands lead to the same place, read the same way")
struct NextStepsTests {
    private static let rows =
        "Kunde,StartTime,EndTime,ServiceType\n9001,31/12/2026 8:00,31/12/2026 9:00,1\n9002,31/12/2026 8:00,31/12/2026 7:00,1\n"
    private static let map = "SecurityTraxUniqueID=Kunde"

    @Test(
        "What reads the rejects file as its input was read is printed, typed or from a variable, and works",
        arguments: [
            (["--date-order", "dmy", "--map", map], [:]),
            ([], ["STIMPORT_DATE_ORDER": "dmy", "STIMPORT_MAP": map]),
            (["--date-order", "dmy"], ["STIMPORT_MAP": map, "STIMPORT_ALLOW_PAST": "true"]),
        ] as [([String], [String: String])])
    func reading(options: [String], variables: [String: String]) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.rows)
        let run = try fixture.stimport.run(["a.csv"] + options, environment: variables)
        #expect(run.status == 1, "\(run.stderr)")
        let line = try #require(run.stdout.split(separator: "\n").first { $0.hasPrefix("Next: correct ") })
        #expect(line.contains("--date-order dmy") && line.contains("--map '\(Self.map)'"), "\(line)")
        #expect(line.contains("--allow-past") == (variables["STIMPORT_ALLOW_PAST"] != nil))
        // Who posts and with what is nobody's to see.
        #expect(!line.contains(fixture.server.password))
        let rejects = try fixture.folder.read("a.rejects.csv").replacing(
            "31/12/2026 7:00", with: "31/12/2026 10:00")
        try fixture.folder.write("a.rejects.csv", rejects)
        let start = try #require(line.range(of: "then stimport ")).upperBound
        let end = try #require(line.range(of: " completes")).lowerBound
        // As somebody types it, in a shell of their own.
        let again = try fixture.stimport.start(shell: "\"$0\" \(line[start..<end])").wait()
        #expect(again.status == 0, "\(line) \(again.stderr)")
        #expect(fixture.server.createdCount == 2)
    }

    @Test("What stands in the settings file holds for the next command too and is not repeated")
    func settings() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "config/stimport/settings.json",
            #"{ "dateOrder": "dmy", "map": { "SecurityTraxUniqueID": "Kunde" } }"#)
        try fixture.folder.write("a.csv", Self.rows)
        let run = try fixture.stimport.run("a.csv")
        #expect(run.stdout.contains("then stimport a.rejects.csv completes this import"), "\(run.stdout)")
    }

    @Test("The hours are those of the run, by its clock")
    func hours() throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 2)
        let run = try fixture.stimport.run(
            "a.csv", "--post-between", "0:00-24:00", "--time-zone", "America/Denver", "--stop-after", "0s")
        #expect(run.status == 5)
        let command = "stimport resume --post-between 0:00-24:00 --time-zone America/Denver"
        #expect(run.stdout.contains(command), "\(run.stdout)")
        #expect(
            try fixture.stimport.run(command.split(separator: " ").dropFirst().map(String.init)).status == 0)
        #expect(fixture.server.createdCount == 2)
    }

    @Test("A zone without hours is no business of a resume")
    func zone() throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 2)
        let run = try fixture.stimport.run(
            "a.csv", "--time-zone", "America/Denver", "--stop-after", "0s")
        #expect(run.stdout.contains("stimport resume\n"), "\(run.stdout)")
    }
}
