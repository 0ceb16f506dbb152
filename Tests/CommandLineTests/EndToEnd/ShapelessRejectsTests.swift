import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Rejected rows whose values may stand under the wrong names")
struct ShapelessRejectsTests {
    private static let day = SampleRows.day(12)
    private static let header = "Customer ID,Start,End,Service,Address,Tech ID,Notes"
    private static let window = "\(day) 8:00,\(day) 9:00,Install"
    private static let good = "9001,\(window),1 High St,11,ring\n"

    /// A row that can be read in several ways, as it stands in the file; each would be a row like any other once its
    /// fields are written down one by one.
    struct Example: CustomTestStringConvertible {
        let what: String
        let row: String
        let code: String
        var testDescription: String { what }
    }

    static let examples: [Example] = [
        Example(what: "too short", row: "9002,\(window),12\n", code: "ragged-row"),
        Example(what: "short by its technician", row: "9002,\(window),1 High St\n", code: "ragged-row"),
        Example(
            what: "a quote that swallows a row",
            row: "9002,\(window),\"2 High St,12,\n9003,\(window),3 High St,12,\"\n", code: "bad-quoting"),
        Example(
            what: "text behind a quote", row: "9002,\(window),1 High St,12,\"the \"big\" one\"\n",
            code: "bad-quoting"),
        Example(
            what: "a backslash", row: "9002,\(window),1 High St,12,\"say \\\"hi\\\", then go\"\n",
            code: "bad-quoting"),
        Example(
            what: "shifted, with an empty field at its end", row: "9002,\(window),12 Elm St, 84601,12,\n",
            code: "ragged-row"),
        Example(
            what: "shifted, with a text at its end", row: "9002,\(window),12 Elm St, 84601,12,ring\n",
            code: "ragged-row"),
        Example(
            what: "shifted twice", row: "9002,\(window),12 Elm St, Unit 7, 84601,12,ring\n",
            code: "ragged-row"),
    ]

    private func rejected(_ example: Example) throws -> (SandboxFixture, CSVTable) {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", "\(Self.header)\n\(Self.good)\(example.row)")
        let run = try fixture.run("a.csv")
        #expect(run.totals == "created 1, invalid 1")
        #expect(run.codes == [example.code])
        return (fixture, CSVTable(try fixture.folder.read("a.rejects.csv")))
    }

    @Test(
        "Imported as they are they are rejected again, round after round, with all they have",
        arguments: examples)
    func unchanged(example: Example) throws {
        let (fixture, first) = try rejected(example)
        for name in ["a", "a-2", "a-3"] {
            let run = try fixture.run("\(name).rejects.csv")
            #expect(run.status == 1)
            #expect(run.totals == "invalid 1")
            #expect(run.codes == [example.code])
        }
        let last = CSVTable(try fixture.folder.read("a-4.rejects.csv"))
        #expect(last.header == first.header)
        let shape = first.records[0].count - 7
        #expect(last.records[0].prefix(shape + 2) == first.records[0].prefix(shape + 2))
        #expect(last.records[0].last == first.records[0].last)
        #expect(first.records[0].contains("3"))
        #expect(fixture.server.createdCount == 1)
    }

    @Test("Opened and saved by a spreadsheet they are rejected too", arguments: examples)
    func saved(example: Example) throws {
        var (fixture, rejects) = try rejected(example)
        rejects.records = rejects.records.map { fields in
            fields.map { field in
                // A text of several lines stays as it is.
                field.contains("\n")
                    ? field
                    : field.replacing(" 8:00", with: " 08:00:00").replacing(" 9:00", with: " 09:00:00 AM")
                        .replacing(" 84601", with: "84601.00")
            } + ["", ""]
        }
        try fixture.folder.write("b.csv", rejects.text)
        let run = try fixture.run("b.csv")
        #expect(run.totals == "invalid 1")
        #expect(run.codes == [example.code])
        #expect(fixture.server.createdCount == 1)
    }

    @Test("Corrected they are posted", arguments: examples)
    func corrected(example: Example) throws {
        var (fixture, rejects) = try rejected(example)
        // What is too much is taken out, and each value put under its name.
        rejects.records[0].removeSubrange(7..<7 + rejects.records[0].count - rejects.header.count)
        rejects[0, "Address"] = "12 Elm St, 84601"
        rejects[0, "Tech ID"] = "12"
        rejects[0, "Notes"] = "as it was meant"
        try fixture.folder.write("b.csv", rejects.text)
        let run = try fixture.run("b.csv")
        #expect(run.totals == "created 1")
        #expect(fixture.server.created.map(\.notes) == ["ring", "as it was meant"])
        #expect(fixture.server.created.map(\.techID) == ["11", "12"])
    }

    @Test(
        "Who finds them right as they stand says so by emptying stimport_code",
        arguments: examples.filter { ["short by its notes", "text behind a quote"].contains($0.what) })
    func confirmed(example: Example) throws {
        var (fixture, rejects) = try rejected(example)
        let refused = try fixture.stimport.run("a.rejects.csv")
        #expect((refused.stdout + refused.stderr).contains("empty stimport_code"))
        rejects[0, "stimport_code"] = ""
        try fixture.folder.write("b.csv", rejects.text)
        #expect(try fixture.run("b.csv").totals == "created 1")
    }

    @Test("Files without such rows have no column for them")
    func noColumn() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", "\(Self.header)\n\(Self.good)9002,\(Self.window),,1x,\n")
        #expect(try fixture.run("a.csv").totals == "created 1, invalid 1")
        #expect(!CSVTable(try fixture.folder.read("a.rejects.csv")).header.contains("stimport_shape"))
    }
}
