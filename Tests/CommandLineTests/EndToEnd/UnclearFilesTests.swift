import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// Files that can be read in two ways, and records that are no visits, from end to end.
@Suite("Files that can be read in two ways")
struct UnclearFilesTests {
    /// A text with next year instead of 2027: all of it is ahead, and within the horizon.
    private static func dated(_ text: String) -> String {
        let year = (Int(SampleRows.day(0).suffix(4)) ?? 0) + 1
        return text.replacing("2027", with: String(year))
    }

    private static let dayFirst = dated(
        """
        Customer ID,Start,End,Service,Technician,Notes
        104880,5/1/2027 9:00,5/1/2027 10:00,Install,12,
        104881,12/1/2027 9:00,12/1/2027 10:00,Install,12,
        104882,13/1/2027 9:00,13/1/2027 10:00,Install,12,
        104883,25/1/2027 9:00,25/1/2027 10:00,Install,12,

        """)
    private static let otherOrder = dated(
        """
        Customer ID,Technician,Start,End,Service
        104882,17,1/5/2027 9:00,1/5/2027 10:00,Install
        Technician,Customer ID,Start,End,Service
        17,104883,1/5/2027 11:00,1/5/2027 12:00,Install

        """)
    private static let twoDates = dated(
        """
        Date,Customer ID,Appointment Date,Start,End,Service
        12/1/2026,104882,1/5/2027,9:00,10:00,Install

        """)
    private static let unclear = [
        ("date-order", dayFirst, ["lines 4 and 5", "--date-order dmy", "--date-order mdy"]),
        ("duplicate-header", otherOrder, ["line 3", "duplicate header"]),
        (
            "duplicate-column", twoDates,
            ["line 2", "--map Date=\"Date\"", "--map Date=\"Appointment Date\""]
        ),
    ]

    @Test(
        "Nothing of it is kept, neither by check nor by an import, and other files go on", arguments: unclear)
    func nothingKept(code: String, text: String, texts: [String]) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", text)
        let check = try fixture.run("check", "a.csv")
        #expect(check.status == 3)
        let run = try fixture.run("a.csv")
        #expect(run.status == 3)
        for run in [check, run] {
            #expect(run.summary.files[0].errorCode == code)
            #expect(run.totals == "")
            #expect(run.summary.findings.isEmpty)
        }
        #expect(fixture.server.posts == 0)
        #expect(try fixture.report("--all").count == 0)
        let plain = try fixture.stimport.run("check", "a.csv")
        #expect(plain.status == 3)
        for text in texts { #expect((plain.stdout + plain.stderr).contains(text), "\(text)") }
        #expect(try fixture.run("resume").totals == "")

        try fixture.write("good.csv", rows: 3)
        let both = try fixture.run("a.csv", "good.csv")
        #expect(both.status == 3)
        #expect(both.totals == "created 3")
        #expect(fixture.server.createdCount == 3)
    }

    @Test("--date-order decides, and so does the setting", arguments: [true, false])
    func dateOrder(isFlag: Bool) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.dayFirst)
        let environment = isFlag ? [:] : ["STIMPORT_DATE_ORDER": "dmy"]
        let run = try fixture.run(
            ["a.csv"] + (isFlag ? ["--date-order", "dmy"] : []), environment: environment)
        #expect(run.status == 0)
        #expect(run.totals == "created 4")
        #expect(
            try fixture.report("--all")["StartTime"].map { String($0.prefix(5)) }
                == ["01/05", "01/12", "01/13", "01/25"])
        let monthFirst = try fixture.run("check", "a.csv", "--date-order", "mdy")
        #expect(monthFirst.status == 1)
        #expect(monthFirst.totals == "invalid 2, pending 2")
        #expect(Set(monthFirst.codes) == ["no-such-date"])
    }

    @Test("--map decides between two columns")
    func map() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", Self.twoDates)
        let run = try fixture.run("a.csv", "--map", "Date=Appointment Date")
        #expect(run.totals == "created 1")
        #expect(try fixture.report("--all")["StartTime"].first?.hasPrefix("01/05/") == true)
    }

    @Test("The header once more, a footer and stray quotes concern their own rows only")
    func ownRows() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "repeated.csv",
            Self.dated(
                """
                Customer ID,Start,End,Service,Technician,Notes
                104882,1/5/2027 9:00,1/5/2027 10:00,Install,12,
                Customer ID,Start,End,Service,Technician,Notes
                104883,1/5/2027 11:00,1/5/2027 12:00,Service,12,

                """))
        let repeated = try fixture.run("repeated.csv")
        #expect(repeated.status == 0)
        #expect(repeated.totals == "created 2, skipped 1")
        #expect(repeated.codes == ["repeated-header"])

        try fixture.folder.write(
            "footer.csv",
            Self.dated(
                """
                Customer ID,Start,End,Service,Technician,Notes
                104884,1/5/2027 9:00,1/5/2027 10:00,Install,12,

                "Appointments by technician"
                "Copyright (c) 2000-2026 example inc."
                "Generated By: Front Office 11/25/2026 8:00 AM"
                Total records: 1
                """))
        let footer = try fixture.run("footer.csv")
        #expect(footer.status == 0)
        #expect(footer.totals == "created 1, skipped 4")
        #expect(Set(footer.codes) == ["no-appointment"])
        #expect(footer.summary.files[0].rejects == nil)

        try fixture.folder.write(
            "quotes.csv",
            Self.dated(
                #"""
                Customer ID,Start,End,Service,Notes
                104885,1/5/2027 9:00,1/5/2027 10:00,Install,"say \"hi\" now"
                104886,1/5/2027 9:00,1/5/2027 10:00,Install,"the "big" panel"
                104887,1/5/2027 9:00,1/5/2027 10:00,Install,"12" pipe"
                104888,1/5/2027 9:00,1/5/2027 10:00,Install,"pipe 12\""
                104889,1/5/2027 9:00,1/5/2027 10:00,Install, "ring, twice"

                """#))
        let quotes = try fixture.run("quotes.csv")
        #expect(quotes.status == 1)
        #expect(quotes.totals == "created 1, invalid 4")
        #expect(Set(quotes.codes) == ["bad-quoting"])
        #expect(fixture.server.createdCount == 4)
        #expect(try fixture.report("--run", "3")["Notes"].contains("ring, twice"))
    }

    @Test("Records that are no appointments are one line for people, and take no error's place")
    func oneRemark() throws {
        let fixture = try SandboxFixture()
        let row = Self.dated("104882,1/5/2027 9:00,1/5/2027 10:00,Install,,\n")
        let header = "Customer ID,Start,End,Service,Technician,Notes\n"
        let footer = String(repeating: "\"a line of text\"\n", count: 30)
        try fixture.folder.write("a.csv", header + row + footer + row.replacing("Install", with: "Instal"))
        let check = try fixture.stimport.run("check", "a.csv")
        #expect(check.status == 1)
        #expect(check.stdout.components(separatedBy: "no-appointment").count == 2)
        #expect(check.stdout.contains("30 × no-appointment, first at line 3"))
        #expect(check.stdout.contains("a.csv:33, customer 104882, Service: error invalid-service-type"))
        #expect(!check.stdout.contains("more: --verbose"))
        let verbose = try fixture.stimport.run("check", "a.csv", "--verbose")
        #expect(verbose.stdout.contains("a.csv:32: skipped no-appointment"))
        // A single one is shown in full.
        try fixture.folder.write("b.csv", header + row + "Total records: 1\n")
        #expect(try fixture.stimport.run("check", "b.csv").stdout.contains("b.csv:3: skipped no-appointment"))
    }

    @Test("Where lines stand above the header, check, its preview and the log say so")
    func title() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "a.csv",
            Self.dated(
                """
                Daily Appointment Report,,,,,
                Report generated,11/25/2026,,,,
                ,,,,,
                Customer ID,Start,End,Service,Technician,Notes
                104882,1/5/2027 9:00,1/5/2027 10:00,Install,12,
                104883,1/5/2027 9:00,1/5/2027 10:00,Nothing,12,

                """))
        let sentence = "the header is in line 4"
        #expect(try fixture.stimport.run("check", "a.csv").stdout.contains(sentence))
        #expect(try fixture.stimport.run("check", "--preview", "a.csv").stdout.contains(sentence))
        let run = try fixture.run("a.csv", "--log", "a.log")
        #expect(run.totals == "created 1, invalid 1")
        #expect(try fixture.folder.read("a.log").contains(sentence))
        // The rejects file has the header and the row, not the lines above.
        let rejects = try CSVTable(fixture.folder.read("a.rejects.csv"))
        #expect(rejects["Customer ID"] == ["104883"])
        #expect(rejects["stimport_line"] == ["6"])
    }
}
