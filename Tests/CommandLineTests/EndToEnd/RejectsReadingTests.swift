import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Rejected rows are read as their file was")
struct RejectsReadingTests {
    private static let day = SampleRows.day(12)
    private static let other = SampleRows.day(20)

    /// A date of which day and month may be taken for each other, with the day first.
    private static let (dayFirst, monthFirst): (String, String) = {
        for days in 5...400 {
            let parts = SampleRows.day(days).split(separator: "/")
            if let day = Int(parts[1]), let month = Int(parts[0]), day <= 12, day != month, days < 300 {
                return ("\(parts[1])/\(parts[0])/\(parts[2])", SampleRows.day(days))
            }
        }
        return ("", "")
    }()

    struct Said: CustomTestStringConvertible, Sendable {
        var testDescription: String { arguments.first ?? "" }
        var header: String
        /// A row whose service, `Instal`, is wrong.
        var row: String
        var arguments: [String]
        var start: String
        /// What is written into the folder beside it.
        var file: (name: String, text: String)?
    }

    static let cases: [Said] = [
        Said(
            header: "Customer ID,Start,End,Service",
            row: "9001,\(dayFirst) 9:00,\(dayFirst) 10:00,Instal", arguments: ["--date-order", "dmy"],
            start: "\(monthFirst) 9:00"),
        Said(
            header: "Customer ID,Start,Confirmed,End,Service",
            row: "9001,\(day) 9:00,\(other) 9:00,\(other) 10:00,Instal",
            arguments: ["--map", "StartTime=Confirmed"],
            start: "\(other) 9:00"),
        Said(
            header: "Ticket,Customer ID,Start,End,Service", row: "J1,9001,\(day) 9:00,\(day) 10:00,Instal",
            arguments: ["--identity-column", "Ticket"], start: "\(day) 9:00"),
        Said(
            header: "Customer ID,Start,End,Service", row: "9001,\(day)T09:00Z,\(day)T10:00Z,Instal",
            arguments: ["--time-zone", "America/Denver"], start: ""),
        Said(
            header: "Customer ID,Start,End,Service,Tech", row: "9001,\(day) 9:00,\(day) 10:00,Instal,12",
            arguments: ["--techs", "t.csv"], start: "\(day) 9:00",
            file: ("t.csv", "Name,TechID\n12,7\nAnn Lee,12\n")),
        Said(
            header: "Customer ID,Start,End,Service,Detail",
            row: "9001,\(day) 9:00,\(day) 10:00,Instal,Panel", arguments: ["--values", "v.csv"],
            start: "\(day) 9:00", file: ("v.csv", "column,theirs,ours\nServiceDetailType,Panel,14\n")),
    ]

    @Test("What was said of the file has to be said of them too", arguments: cases)
    func said(said: Said) throws {
        let fixture = try SandboxFixture()
        if let file = said.file { try fixture.folder.write(file.name, file.text) }
        try fixture.folder.write("a.csv", "\(said.header)\n\(said.row)\n")
        let first = try fixture.run(["a.csv"] + said.arguments)
        #expect(first.totals == "invalid 1")
        let rejects = try fixture.folder.read("a.rejects.csv")
        try fixture.folder.write("a.rejects.csv", rejects.replacing("Instal", with: "Install"))
        let without = try fixture.run("a.rejects.csv")
        #expect(without.status == 3 && without.totals == "")
        #expect(without.summary.files[0].errorCode == "read-otherwise")
        #expect(without.process.stderr.contains(said.arguments[0]), "\(without.process.stderr)")
        #expect(fixture.server.createdCount == 0)
        let with = try fixture.run(["a.rejects.csv"] + said.arguments)
        #expect(with.summary.files[0].error == nil)
        guard !said.start.isEmpty else { return }
        #expect(with.totals == "created 1")
        #expect(fixture.server.created.map(\.start) == [said.start])
    }

    @Test("What was not said of the file may be said of them")
    func corrected() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "a.csv", "Customer ID,Start,End,Service,Tech\n9001,\(Self.day) 9:00,\(Self.day) 10:00,1,Ann Lee\n"
        )
        #expect(try fixture.run("a.csv").totals == "invalid 1")
        try fixture.folder.write("t.csv", "Name,TechID\nAnn Lee,12\n")
        #expect(try fixture.run("a.rejects.csv", "--techs", "t.csv").totals == "created 1")
    }

    @Test("Day and month that a spreadsheet swapped meanwhile are not booked", arguments: [false, true])
    func swapped(isRefused: Bool) throws {
        let fixture = try SandboxFixture(isRefused ? ["refused@1"] : [])
        let parts = Self.monthFirst.split(separator: "/")
        let iso = "\(parts[2])-\(parts[0])-\(parts[1])"
        let service = isRefused ? "Install" : "Instal"
        try fixture.folder.write(
            "a.csv", "Customer ID,Start,End,Service\n9001,\(iso) 09:00,\(iso) 10:00,\(service)\n")
        let first = try fixture.run("a.csv")
        #expect(first.totals == (isRefused ? "refused 1" : "invalid 1"))
        let rejects = try fixture.folder.read("a.rejects.csv").replacing("\(service),", with: "Install,")
        try fixture.folder.write("a.rejects.csv", rejects.replacing(iso, with: Self.dayFirst))
        let run = try fixture.run("a.rejects.csv", "--allow-past", "--horizon", "3000d")
        #expect(run.totals == "invalid 1" && run.codes == ["day-and-month-swapped"])
        #expect(fixture.server.createdCount == 0)
        // Another day is another day.
        try fixture.folder.write("a.rejects.csv", rejects.replacing(iso, with: Self.day))
        #expect(try fixture.run("a.rejects.csv").totals == "created 1")
    }
}
