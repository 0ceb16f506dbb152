import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Rejects files")
struct RejectsTests {
    private static let day = SampleRows.day(12)
    private static let header = "Crew,SecurityTraxUniqueID,StartTime,EndTime,ServiceType,TechID,Notes"
    private static let added = [
        "stimport_line", "stimport_file", "stimport_run", "stimport_code", "stimport_reason", "stimport_fix",
    ]

    /// Two good rows, one with a mistyped service type, one that the service refuses.
    private static let mixed = """
        \(header)
        north,9001,\(day) 9:00,\(day) 10:00,Install,11,"two
        lines, with ""quotes"" too"
        south,9002,\(day) 9:00,\(day) 10:00,Instal,12, kept as it is
        east,9003,\(day) 9:00,\(day) 10:00,2,13,
        west,9004,\(day) 9:00,\(day) 10:00,3,14,

        """

    private func fixture() throws -> SandboxFixture { try SandboxFixture { $0.refusedCustomers = ["9003"] } }

    @Test("It holds the rejected rows as they were, with what is wrong and what would fix it")
    func content() throws {
        let fixture = try fixture()
        try fixture.folder.write("in/a.csv", Self.mixed)
        let run = try fixture.run("in/a.csv")
        #expect(run.status == 1)
        #expect(run.totals == "created 2, invalid 1, refused 1")
        #expect(run.summary.files[0].rejects == "in/a.rejects.csv")
        let rejects = CSVTable(try fixture.folder.read("in/a.rejects.csv"))
        #expect(rejects.header == CSVTable(Self.header + "\n").header + Self.added)
        #expect(rejects["Crew"] == ["south", "east"])
        #expect(rejects["ServiceType"] == ["Instal", "2"])
        #expect(rejects["Notes"] == [" kept as it is", ""])
        #expect(rejects["stimport_line"] == ["4", "5"])
        #expect(rejects["stimport_code"] == ["invalid-service-type", "refused-by-service"])
        #expect(rejects["stimport_reason"][1].contains("Customer not found"))
        #expect(rejects["stimport_fix"].allSatisfy { !$0.isEmpty })
        #expect(try fixture.folder.read("in/a.csv") == Self.mixed)
    }

    @Test("Corrected and imported again, it completes the import")
    func corrected() throws {
        let fixture = try fixture()
        try fixture.folder.write("a.csv", Self.mixed)
        #expect(try fixture.run("a.csv").status == 1)
        var rejects = CSVTable(try fixture.folder.read("a.rejects.csv"))
        rejects[0, "ServiceType"] = "Install"
        rejects[1, "SecurityTraxUniqueID"] = "9005"
        try fixture.folder.write("a.rejects.csv", rejects.text)
        let second = try fixture.run("a.rejects.csv")
        #expect(second.status == 0)
        #expect(second.totals == "created 2")
        #expect(fixture.server.created.map(\.customerID) == ["9001", "9004", "9002", "9005"])
        #expect(fixture.server.duplicates == 0)
        // What somebody edited stays.
        #expect(try fixture.folder.read("a.rejects.csv") == rejects.text)
    }

    @Test("A rejects file's own rejects go beside it, never over it, without the columns twice")
    func rejectsOfRejects() throws {
        let fixture = try fixture()
        try fixture.folder.write("a.csv", Self.mixed)
        #expect(try fixture.run("a.csv").status == 1)
        let first = try fixture.folder.bytes("a.rejects.csv")
        let second = try fixture.run("a.rejects.csv")
        #expect(second.status == 1)
        #expect(second.summary.files[0].rejects == "a-2.rejects.csv")
        #expect(try fixture.folder.bytes("a.rejects.csv") == first)
        let rejects = CSVTable(try fixture.folder.read("a-2.rejects.csv"))
        #expect(rejects.header == CSVTable(Self.header + "\n").header + Self.added)
        // The line and the file that the row came from first, through every round.
        #expect(rejects["stimport_line"] == ["4", "5"])
        #expect(rejects["stimport_file"] == ["a.csv", "a.csv"])
        #expect(rejects["stimport_run"] == ["1", "1"])
        #expect(try fixture.run("a-2.rejects.csv").summary.files[0].rejects == "a-3.rejects.csv")
        let third = CSVTable(try fixture.folder.read("a-3.rejects.csv"))
        #expect(third["stimport_line"] == ["4", "5"])
        #expect(third["stimport_file"] == ["a.csv", "a.csv"])
    }

    @Test("One of a crew that was rejected for a typo completes the crew, round after round")
    func crewAfterRejects() throws {
        let fixture = try SandboxFixture()
        let window = "\(Self.day) 9:00,\(Self.day) 10:00,Install"
        try fixture.folder.write(
            "a.csv", "\(Self.header)\n,9001,\(window),11,\n,9001,\(window),1z,\n,9001,\(window),1y,\n")
        #expect(try fixture.run("a.csv").totals == "created 1, invalid 2")
        var rejects = CSVTable(try fixture.folder.read("a.rejects.csv"))
        rejects[0, "TechID"] = "12"
        try fixture.folder.write("b.csv", rejects.text)
        #expect(try fixture.run("b.csv").totals == "created 1, invalid 1")
        var second = CSVTable(try fixture.folder.read("b.rejects.csv"))
        second[0, "TechID"] = "13"
        try fixture.folder.write("c.csv", second.text)
        #expect(try fixture.run("c.csv").totals == "created 1")
        #expect(fixture.server.created.map(\.techID) == ["11", "12", "13"])
        // Another technician for the same visit in a file of its own is another booking.
        try fixture.folder.write("d.csv", "\(Self.header)\n,9001,\(window),14,\n")
        let other = try fixture.run("d.csv")
        #expect(other.codes == ["already-booked-differently"])
        // And so is one that only claims to come from that run.
        var false1 = CSVTable(second.text)
        false1[0, "TechID"] = "15"
        false1[0, "stimport_line"] = "2"
        try fixture.folder.write("e.csv", false1.text)
        #expect(try fixture.run("e.csv").codes == ["already-booked-differently"])
    }

    @Test(
        "The next run of the same input replaces it, removes it when nothing is left, and spares an edited one"
    )
    func replaced() throws {
        let fixture = try fixture()
        try fixture.folder.write("a.csv", Self.mixed)
        #expect(try fixture.run("a.csv").summary.files[0].rejects == "a.rejects.csv")
        #expect(try fixture.run("a.csv").summary.files[0].rejects == "a.rejects.csv")
        #expect(try fixture.folder.list().filter { $0.contains("rejects") } == ["a.rejects.csv"])
        // Somebody works on it: the next one is numbered.
        let edited = try fixture.folder.read("a.rejects.csv") + "a note\n"
        try fixture.folder.write("a.rejects.csv", edited)
        #expect(try fixture.run("a.csv").summary.files[0].rejects == "a-2.rejects.csv")
        #expect(try fixture.folder.read("a.rejects.csv") == edited)
        // The file is mended at its source.
        try fixture.folder.write(
            "a.csv",
            Self.mixed.replacingOccurrences(of: "Instal,", with: "Install,").replacingOccurrences(
                of: ",9003,", with: ",9006,"))
        let mended = try fixture.run("a.csv")
        #expect(mended.status == 0)
        #expect(mended.summary.files[0].rejects == nil)
        #expect(try fixture.folder.list().filter { $0.contains("rejects") } == ["a.rejects.csv"])
        #expect(try fixture.folder.read("a.rejects.csv") == edited)
    }

    @Test("Somebody else's file of that name is left alone")
    func foreign() throws {
        let fixture = try fixture()
        try fixture.folder.write("a.csv", Self.mixed)
        try fixture.folder.write("a.rejects.csv", "mine\n")
        #expect(try fixture.run("a.csv").summary.files[0].rejects == "a-2.rejects.csv")
        #expect(try fixture.folder.read("a.rejects.csv") == "mine\n")
    }

    @Test(
        "It has the input's dialect and encoding",
        arguments: [
            (";", "\r\n", String.Encoding.utf8, [UInt8](), []),
            ("\t", "\n", .utf8, [0xEF, 0xBB, 0xBF], []),
            ("|", "\r\n", .utf16LittleEndian, [0xFF, 0xFE], []),
            (",", "\r\n", .windowsCP1252, [], ["--encoding", "windows-1252"]),
        ] as [(String, String, String.Encoding, [UInt8], [String])])
    func dialect(
        delimiter: String, lineEnd: String, encoding: String.Encoding, mark: [UInt8], flags: [String]
    ) throws {
        let fixture = try fixture()
        let fields = [
            ["SecurityTraxUniqueID", "StartTime", "EndTime", "ServiceType", "Notes"],
            ["9001", "\(Self.day) 9:00", "\(Self.day) 10:00", "1", "plain"],
            ["9002", "\(Self.day) 9:00", "\(Self.day) 10:00", "9", "Zoë, à côté; \"öffnen\" | tab"],
        ]
        func encoded(_ records: [[String]]) throws -> [UInt8] {
            let text = records.map { record in
                record.map { field in
                    field.contains("\"")
                        ? "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : field
                }.joined(separator: delimiter) + lineEnd
            }.joined()
            return mark + Array(try #require(text.data(using: encoding)))
        }
        try fixture.folder.write("a.csv", bytes: encoded(fields))
        let run = try fixture.run(["a.csv"] + flags)
        #expect(run.totals == "created 1, invalid 1")
        let bytes = try fixture.folder.bytes("a.rejects.csv")
        #expect(bytes.starts(with: mark))
        let text = try #require(String(bytes: bytes.dropFirst(mark.count), encoding: encoding))
        #expect(text.hasPrefix(fields[0].joined(separator: delimiter) + delimiter + "stimport_line"))
        #expect(text.hasSuffix(lineEnd))
        let rejects = CSVTable(text, delimiter: try #require(delimiter.unicodeScalars.first))
        #expect(rejects["Notes"] == [fields[2][4]])
        // And it can be read again, without a word on how.
        #expect(try fixture.run(["a.rejects.csv"] + flags).codes == ["invalid-service-type"])
    }

    @Test(
        "None for standard input, --no-rejects, a dry run or check, unless it is asked for",
        arguments: [
            (["-"], nil), (["-", "--rejects", "r.csv"], "r.csv"), (["a.csv", "--no-rejects"], nil),
            (["a.csv", "--dry-run"], nil), (["a.csv", "--dry-run", "--rejects", "r.csv"], "r.csv"),
            (["check", "a.csv"], nil), (["check", "a.csv", "--rejects", "r.csv"], "r.csv"),
            (["a.csv", "--rejects", "r.csv"], "r.csv"), (["a.csv"], "a.rejects.csv"),
        ] as [([String], String?)])
    func whereAsked(arguments: [String], name: String?) throws {
        let fixture = try fixture()
        try fixture.folder.write("a.csv", Self.mixed)
        let run = try fixture.run(arguments, input: Self.mixed)
        #expect(run.status == 1)
        #expect(run.summary.files[0].rejects == name)
        let written = try fixture.folder.list().filter { $0.hasSuffix(".csv") && $0 != "a.csv" }
        #expect(written == (name.map { [$0] } ?? []))
        #expect(try fixture.folder.read("a.csv") == Self.mixed)
    }

    @Test("--rejects with the input's own name is wrong usage, and does not overwrite the input")
    func ownName() throws {
        let fixture = try fixture()
        try fixture.folder.write("a.csv", Self.mixed)
        let outcome = try fixture.stimport.run("a.csv", "--rejects", "a.csv")
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("--rejects"))
        #expect(try fixture.folder.read("a.csv") == Self.mixed)
        #expect(fixture.server.createdCount == 0)
    }

    @Test("Where it can't be written, its entry says so and the run goes on")
    func unwritable() throws {
        let fixture = try fixture()
        try fixture.folder.write("a.csv", Self.mixed)
        let run = try fixture.run("a.csv", "--rejects", "none/at/all.csv")
        #expect(run.status == 1)
        #expect(run.totals == "created 2, invalid 1, refused 1")
        #expect(run.summary.files[0].rejects == nil)
        #expect(run.summary.files[0].rejectsError?.isEmpty == false)
    }

    @Test("For resume it holds the seven columns, and is written only where it is asked for")
    func resume() throws {
        let fixture = try fixture()
        try fixture.folder.write("a.csv", Self.mixed)
        #expect(
            try fixture.run("a.csv", "--stop-after", "0s", "--no-rejects").totals == "invalid 1, pending 3")
        let run = try fixture.run("resume", "--rejects", "r.csv")
        #expect(run.status == 1)
        #expect(run.totals == "created 2, refused 1")
        let rejects = CSVTable(try fixture.folder.read("r.csv"))
        #expect(rejects.header == CSVTable(SampleRows.header + "\n").header + Self.added)
        #expect(rejects["SecurityTraxUniqueID"] == ["9003"])
        #expect(rejects["stimport_code"] == ["refused-by-service"])
    }

    @Test("Rows in doubt and pending rows are not in it")
    func onlyRejected() throws {
        let fixture = try SandboxFixture(["refused:rows=1@1", "close@2", "404@3"])
        try fixture.write(rows: 6)
        let run = try fixture.run("a.csv", "--batch-size", "2")
        #expect(run.status == 6)
        #expect(run.totals == "created 1, refused 1, in_doubt 2, pending 2")
        #expect(CSVTable(try fixture.folder.read("a.rejects.csv"))["SecurityTraxUniqueID"] == ["9001"])
    }
}
