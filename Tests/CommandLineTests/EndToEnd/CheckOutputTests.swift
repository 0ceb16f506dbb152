import TestSupport
import Testing

@Suite("What check shows")
struct CheckOutputTests {
    private let folder: TemporaryFolder
    private let stimport: Stimport

    init() throws {
        folder = try TemporaryFolder()
        stimport = try Stimport(folder: folder)
    }

    private func badRows(_ count: Int) -> String {
        let day = SampleRows.day(10)
        let rows = (1...count).map {
            SampleRows.row("\($0)", "", "\(day) 8:00", "\(day) 9:00", "Instal", "", "")
        }
        return ([SampleRows.header] + rows).joined(separator: "\n") + "\n"
    }

    @Test("Equal findings are grouped, and the first twenty are shown in full")
    func grouped() throws {
        try folder.write("a.csv", badRows(25))
        let run = try stimport.run("check", "a.csv")
        #expect(run.status == 1)
        #expect(
            run.stdout.contains(
                "25 × invalid-service-type in ServiceType, first at line 2 of a.csv (customer 1): \"Instal\": did you mean Install?"
            ))
        #expect(run.stdout.split(separator: "\n").count { $0.contains(": error invalid-service-type") } == 20)
        #expect(run.stdout.contains("and 5 more"))
    }

    @Test("All of them are shown with --verbose, as JSON and as CSV")
    func all() throws {
        try folder.write("a.csv", badRows(25))
        let verbose = try stimport.run("check", "a.csv", "--verbose").stdout
        #expect(verbose.split(separator: "\n").count { $0.contains(": error invalid-service-type") } == 25)
        let csv = try stimport.run("check", "a.csv", "--format", "csv").stdout
        #expect(csv.split(separator: "\n").count == 26)
        let json = try stimport.run("check", "a.csv", "--format", "json").stdout
        #expect(json.split(separator: "\n").count { $0.contains("\"code\": \"invalid-service-type\"") } == 25)
    }

    @Test(
        "A value that a terminal or a spreadsheet would act on is harmless in the CSV of the findings",
        arguments: [
            ("\u{1B}[2J", "\\u{1B}[2J"), ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-x", "'-x"),
            ("-5", "-5"), ("a\tb", "a\\tb"),
        ])
    func harmless(value: String, shown: String) throws {
        let day = SampleRows.day(10)
        let row = SampleRows.row(value, "", "\(day) 8:00", "\(day) 9:00", "Install", "", "")
        try folder.write("a.csv", SampleRows.header + "\n" + row + "\n")
        let csv = try stimport.run("check", "a.csv", "--format", "csv").stdout
        #expect(CSVTable(csv)["value"] == [shown])
    }

    @Test("Names of files and columns are harmless there too")
    func harmlessNames() throws {
        let day = SampleRows.day(10)
        try folder.write("=a.csv", "=1+1,Start,End,Service\nx,\(day) 8:00,\(day) 9:00,Install\n")
        let run = try stimport.run(
            "check", "=a.csv", "--map", "SecurityTraxUniqueID==1+1", "--format", "csv")
        let csv = CSVTable(run.stdout)
        #expect(csv["file"] == ["'=a.csv"], "\(run.stderr)")
        #expect(csv["column"] == ["'=1+1"])
    }

    @Test("A preview shows the dialect, each column's meaning and the first five appointments")
    func preview() throws {
        let day = SampleRows.day(10)
        let rows = (1...7).map { "\($0);\(day) 8:00;\(day) 9:00;Install;red" }
        try folder.write("a.csv", (["Customer ID;Start;End;Job Type;Colour"] + rows).joined(separator: "\n"))
        let run = try stimport.run("check", "a.csv", "--preview")
        #expect(run.status == 0)
        for words in [
            "encoding: utf-8", "delimiter: semicolon", "column 1, \"Customer ID\": SecurityTraxUniqueID",
            "column 4, \"Job Type\": ServiceType", "column 5, \"Colour\": ignored", "customer 5,",
        ] {
            #expect(run.stdout.contains(words), "\(words)")
        }
        #expect(!run.stdout.contains("customer 6,"))
    }
}
