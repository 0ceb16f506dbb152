import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Technicians by name")
struct TechnicianTests {
    private static let day = SampleRows.day(12)

    /// A row for each technician, of customers 9001, 9002, …
    private static func file(_ technicians: [String]) -> String {
        "Customer ID,Start,End,Service,Technician\n"
            + technicians.enumerated().map {
                SampleRows.row("\(9001 + $0)", "\(day) 9:00", "\(day) 10:00", "Install", $1) + "\n"
            }.joined()
    }

    private static let roster =
        "ID,First Name,Last Name,Email\n12,John,Smith,j@x.com\n17,Mike,Jones,m@x.com\n"

    @Test("A roster turns names into TechIDs; numbers stay, and unknown ones are said; nobody is guessed")
    func roster() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("techs.csv", Self.roster)
        try fixture.folder.write(
            "a.csv",
            Self.file(["John Smith", "jones, MIKE", "31", "TBD", "", "Jon Smith", "Mike", "Smith / Jones"]))
        let run = try fixture.run("a.csv", "--techs", fixture.folder.path("techs.csv"))
        #expect(run.status == 1)
        #expect(run.totals == "created 5, invalid 3")
        // 31 is nobody of the roster's: it is posted, and said.
        #expect(run.codes == ["tech-not-in-roster", "unknown-tech", "unknown-tech", "several-techs"])
        #expect(run.summary.findings[1].fix.contains("did you mean \"John Smith\""))
        #expect(fixture.server.created.map(\.techID) == ["12", "17", "31", "", ""])
        // The rejects file has the names as they were; corrected, it goes through.
        let rejects = try fixture.folder.read("a.rejects.csv")
        #expect(rejects.contains("Jon Smith"))
        try fixture.folder.write("a.rejects.csv", rejects.replacing("Jon Smith", with: "John Smith"))
        let again = try fixture.run(
            "a.rejects.csv", "--techs", fixture.folder.path("techs.csv"), "--no-rejects")
        #expect(again.totals == "created 1, invalid 2")
        #expect(fixture.server.created.last?.techID == "12")
    }

    @Test("The settings file names a roster, or is one; the variable names one too")
    func settings() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("techs.csv", Self.roster)
        try fixture.folder.write("a.csv", Self.file(["John Smith", "Mike Jones"]))
        for techs in ["\"techs.csv\"", "{ \"John Smith\": 12, \"Mike Jones\": \"17\" }"] {
            try fixture.folder.write("settings.json", "{ \"techs\": \(techs) }")
            let check = try fixture.run("check", "a.csv", "--config", fixture.folder.path("settings.json"))
            #expect(check.totals == "pending 2", "\(techs)")
        }
        let check = try fixture.run(
            "check", "a.csv", environment: ["STIMPORT_TECHS": fixture.folder.path("techs.csv")])
        #expect(check.totals == "pending 2")
        #expect(try fixture.run("check", "a.csv").codes == ["invalid-tech-id", "invalid-tech-id"])
    }

    @Test(
        "A roster that can't be used is wrong usage, and nothing is posted",
        arguments: [
            ("Name,TechID\nJohn Smith,12\njohn smith,13\n", "stands for two TechIDs, 12 and 13"),
            ("Name,TechID\nJohn Smith,x\n", "line 2"), ("Name\nJohn Smith\n", "IDs"), ("", "no technician"),
        ])
    func wrong(text: String, words: String) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("techs.csv", text)
        try fixture.folder.write("a.csv", Self.file(["John Smith"]))
        let outcome = try fixture.stimport.run("a.csv", "--techs", fixture.folder.path("techs.csv"))
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains(words) && outcome.stderr.contains("techs.csv"))
        #expect(fixture.server.requests == 0)
        let none = try fixture.stimport.run("a.csv", "--techs", fixture.folder.path("none.csv"))
        #expect(none.status == 2)
        try fixture.folder.write("settings.json", "{ \"techs\": { \"John Smith\": \"x\" } }")
        let settings = try fixture.stimport.run("a.csv", "--config", fixture.folder.path("settings.json"))
        #expect(settings.status == 2)
        #expect(settings.stderr.contains("techs.John Smith"))
    }

    @Test("Under slot scheduling a name is refused as a number is")
    func slots() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("techs.csv", Self.roster)
        try fixture.folder.write("a.csv", Self.file(["John Smith", "TBD"]))
        let check = try fixture.run(
            "check", "a.csv", "--techs", fixture.folder.path("techs.csv"), "--slot-scheduling")
        #expect(check.codes == ["tech-with-slot-scheduling"])
    }

    @Test(
        "Files of technicians and words are read in the encoding that is named, and as UTF-8 where they are")
    func encoding() throws {
        func western(_ text: String) -> Data { Data(text.unicodeScalars.map { UInt8($0.value) }) }
        let day = SampleRows.day(3)
        let rows =
            "Customer ID,Technician,Start,End,Service\n104880,José Núñez,\(day) 9:00,\(day) 10:00,Révision\n"
        let (roster, words) = (
            "Name,TechID\nJosé Núñez,12\n", "column,theirs,ours\nServiceType,Révision,Service\n"
        )
        for isUnicode in [false, true] {
            let fixture = try SandboxFixture()
            func write(_ name: String, _ data: Data) throws {
                try data.write(to: URL(fileURLWithPath: fixture.folder.path(name)))
            }
            try write("a.csv", western(rows))
            try write("techs.csv", isUnicode ? Data(roster.utf8) : western(roster))
            try write("values.csv", isUnicode ? Data(words.utf8) : western(words))
            let lists = [
                "--techs", fixture.folder.path("techs.csv"), "--values", fixture.folder.path("values.csv"),
            ]
            let run = try fixture.run(["a.csv", "--encoding", "windows-1252"] + lists)
            #expect(run.status == 0 && run.totals == "created 1", "\(run.process.stderr)")
            #expect(fixture.server.created.map(\.techID) == ["12"])
            guard !isUnicode else { continue }
            let unnamed = try fixture.stimport.run(["check", "a.csv"] + lists)
            #expect(unnamed.status == 2)
            #expect(unnamed.stderr.contains("--encoding windows-1252"))
        }
    }
}
