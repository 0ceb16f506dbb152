@testable import AppointmentLedger
@testable import ImportFixtures
@testable import AppointmentRows
import CSVReading
import Foundation
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentImport

@Suite("Rejects files") struct RejectsWriterTests {
    private let fixture: LedgerFixture

    init() throws { fixture = try LedgerFixture() }

    private func settings(
        _ choice: ImportSettings.RejectsChoice = .besideInput, _ reading: ReadingOptions = .test
    ) throws -> ImportSettings {
        var settings = ImportSettings(
            ledger: .file(fixture.path, mustExist: false, wait: .zero),
            endpoint: try Endpoint(url: "http://127.0.0.1:1/x"), credentials: nil, reading: reading)
        settings.rejects = choice
        return settings
    }

    /// Imports a file that refuses what its visits' notes ask for, and writes its rejects.
    private func run(
        _ name: String, bytes: [UInt8]? = nil, rows: Int, choice: ImportSettings.RejectsChoice = .besideInput,
        reading: ReadingOptions = .test, refusing: Bool = false, before: () throws -> Void = {}
    ) async throws -> RejectsWriter.Written {
        let path = fixture.folder.path(name)
        if let bytes { try fixture.folder.write(name, bytes: bytes) }
        let opened = try await OpenedInput.open(path, stop: StopSignal())
        let input = RowInput(name: path) { () throws(InputError) in try opened.rows(reading) }
        let done = try await fixture.run([input], rows: rows, fate: refusing ? .refused : .created)
        let id = try #require(done.staged.files.first?.id)
        let rejected = done.states.contains { $0 == .invalid || $0 == .refused }
        try before()
        return await RejectsWriter(try settings(choice, reading), ledger: fixture.ledger)
            .write(staged: id...id, hasRejects: rejected, opened)
    }

    private static let added =
        "stimport_line,stimport_file,stimport_run,stimport_code,stimport_reason,stimport_fix"
    private static let header = "Note,SecurityTraxUniqueID,Start,End,Service Type,Extra"
    private static let good = "x,1,2014-01-23 07:30,2014-01-23 08:30,Install,kept"
    private static let bad = "\" a \"\"q\"\" \",0,2014-01-23 07:30,2014-01-23 08:30,Instal,\"two\nlines\""

    @Test("They hold the rejected records as they were, with what is wrong and what would fix it")
    func content() async throws {
        let text = [Self.header, Self.good, Self.bad, ""].joined(separator: "\n")
        let written = try await run("in.csv", bytes: Array(text.utf8), rows: 2)
        #expect(written.error == nil)
        #expect(written.name == fixture.folder.path("in.rejects.csv"))
        let lines = try fixture.folder.read("in.rejects.csv")
        #expect(
            lines.hasPrefix(
                Self.header + "," + Self.added + "\n" + Self.bad + ",3,"
            ))
        #expect(lines.contains("invalid-customer-id"))
        #expect(!lines.contains("kept"))
        #expect(try fixture.folder.list().filter { $0.contains("stimport") }.isEmpty)
    }

    @Test(
        "They have the input's dialect, line ends and encoding, and read back as the same row",
        arguments: [
            (",", "\n", "utf-8"), (";", "\r\n", "utf-8"), ("\t", "\r", "utf-8"), ("|", "\n", "utf-8-bom"),
            (",", "\r\n", "utf-16le"), (";", "\n", "utf-16be"), (",", "\n", "windows-1252"),
        ])
    func dialects(delimiter: String, lineEnd: String, encoding: String) async throws {
        let rows = [
            ["SecurityTraxUniqueID", "StartTime", "EndTime", "ServiceType", "Notes"],
            ["0", "2014-01-23 07:30", "2014-01-23 08:30", "Install", "Müller & \"Söhne\"\(delimiter)x"],
            ["5", "2014-01-23 07:30", "2014-01-23 08:30", "Install", "fine"],
        ]
        let text = rows.map { row in
            row.map { field in
                field.contains("\"")
                    ? "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : field
            }.joined(separator: delimiter) + lineEnd
        }.joined()
        func bytes(_ text: String) -> [UInt8] {
            switch encoding {
            case "utf-8-bom": return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            case "utf-16le": return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            case "utf-16be": return [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            case "windows-1252": return text.unicodeScalars.map { UInt8($0.value) }
            default: return Array(text.utf8)
            }
        }
        let reading = ReadingOptions.test { if encoding == "windows-1252" { $0.encoding = .windows1252 } }
        let written = try await run("in.csv", bytes: bytes(text), rows: 2, reading: reading)
        #expect(written.error == nil)
        let got = try fixture.folder.bytes("in.rejects.csv")
        let lines = text.components(separatedBy: lineEnd)
        let added = Self.added.replacingOccurrences(of: ",", with: delimiter)
        let start = bytes(lines[0] + delimiter + added + lineEnd + lines[1] + delimiter + "2" + delimiter)
        #expect(Array(got.prefix(start.count)) == start)
        #expect(
            got.suffix(encoding == "utf-16le" ? 2 : lineEnd.utf8.count).contains(lineEnd.utf8.last!)
                || encoding == "utf-16le")

        // The same reader takes it back, without the columns that were added.
        let again = try Reading(got, reading)
        #expect(again.rows.count == 1)
        #expect(again.rows[0].row.written?[6] == rows[1][4])
        #expect(again.layout?.columns.count { $0.isFromRejects } == 6)
    }

    @Test("Corrected and imported, it completes the import, and its own rejects do not pile columns up")
    func chain() async throws {
        let text = [Self.header, Self.bad, ""].joined(separator: "\n")
        _ = try await run("in.csv", bytes: Array(text.utf8), rows: 1)
        let first = try fixture.folder.read("in.rejects.csv")
        let second = try await run("in.rejects.csv", rows: 1)
        #expect(second.name == fixture.folder.path("in-2.rejects.csv"))
        #expect(try fixture.folder.read("in.rejects.csv") == first, "its own input is not touched")
        let header = try fixture.folder.read("in-2.rejects.csv").split(separator: "\n")[0]
        #expect(header == Self.header + "," + Self.added)
        let fixed = first.replacingOccurrences(of: ",0,", with: ",12,").replacingOccurrences(
            of: "Instal,", with: "Install,")
        let third = try await run("in.rejects.csv", bytes: Array(fixed.utf8), rows: 1)
        #expect(third == RejectsWriter.Written())
        #expect(!fixture.folder.exists("in-2.rejects.csv"), "nothing is left to reject")
        #expect(try await fixture.ledger.appointments().map { $0.columns[0] } == ["12"])
    }

    @Test("The next run of the same input replaces them, and removes them when nothing is left")
    func replaces() async throws {
        let bad = Array([Self.header, Self.bad, ""].joined(separator: "\n").utf8)
        let good = Array([Self.header, Self.good, ""].joined(separator: "\n").utf8)
        for _ in 0..<2 {
            #expect(
                try await run("in.csv", bytes: bad, rows: 1).name == fixture.folder.path("in.rejects.csv"))
        }
        let path = fixture.folder.path("in.rejects.csv")
        #expect(try await fixture.ledger.writtenRejects(at: path) != nil)
        #expect(try await run("in.csv", bytes: good, rows: 1) == RejectsWriter.Written())
        #expect(!fixture.folder.exists("in.rejects.csv"))
        #expect(try await fixture.ledger.writtenRejects(at: path) == nil)
    }

    @Test("What somebody has touched since, or put there, stays")
    func keepsTouched() async throws {
        let bad = Array([Self.header, Self.bad, ""].joined(separator: "\n").utf8)
        try fixture.folder.write("in.rejects.csv", "theirs")
        #expect(try await run("in.csv", bytes: bad, rows: 1).name == fixture.folder.path("in-2.rejects.csv"))
        try fixture.folder.write("in-2.rejects.csv", "edited")
        #expect(try await run("in.csv", bytes: bad, rows: 1).name == fixture.folder.path("in-3.rejects.csv"))
        let good = Array([Self.header, Self.good, ""].joined(separator: "\n").utf8)
        _ = try await run("in.csv", bytes: good, rows: 1)
        #expect(try fixture.folder.read("in.rejects.csv") == "theirs")
        #expect(try fixture.folder.read("in-2.rejects.csv") == "edited")
        #expect(!fixture.folder.exists("in-3.rejects.csv"))
    }

    @Test(
        "They never take the place of the file that they come from, even where the user names it",
        arguments: [false, true])
    func ownInput(emptied: Bool) async throws {
        let text = [Self.header, Self.good, ""].joined(separator: "\n")
        let choice = ImportSettings.RejectsChoice.file(fixture.folder.path("r.csv"))
        #expect(
            try await run("in.csv", bytes: Array(text.utf8), rows: 1, choice: choice, refusing: true).name
                == fixture.folder.path("r.csv"))
        let before = try fixture.folder.read("r.csv")
        #expect(before.contains("SecurityTrax refused it: no such customer"))
        let written = try await run("r.csv", rows: 1, choice: choice, refusing: !emptied)
        #expect(written.name == (emptied ? nil : fixture.folder.path("r-2.csv")))
        #expect(try fixture.folder.read("r.csv") == before)
    }

    @Test("A file that changed since gives the seven columns that the ledger knows")
    func changedInput() async throws {
        let text = [Self.header, Self.bad, ""].joined(separator: "\n")
        let written = try await run("in.csv", bytes: Array(text.utf8), rows: 1) {
            let handle = try FileHandle(forWritingTo: fixture.folder.url("in.csv"))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data("more\n".utf8))
            try handle.close()
        }
        #expect(written.error == nil)
        let lines = try fixture.folder.read("in.rejects.csv")
        #expect(
            lines.hasPrefix(
                "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes,stimport_line"
            ))
        #expect(lines.contains("Instal"))
    }

    @Test("Where they can't be written, the reason is told and the run goes on")
    func unwritable() async throws {
        let text = [Self.header, Self.bad, ""].joined(separator: "\n")
        let written = try await run(
            "in.csv", bytes: Array(text.utf8), rows: 1, choice: .file(fixture.folder.path("none/r.csv")))
        #expect(written.name == nil)
        #expect(written.error?.contains("none") == true)
        #expect(
            try await run("in.csv", bytes: Array(text.utf8), rows: 1, choice: .none)
                == RejectsWriter.Written())
    }

    @Test("A row that the service refused carries its words")
    func refused() async throws {
        let text = [Self.header, Self.good, ""].joined(separator: "\n")
        let written = try await run("in.csv", bytes: Array(text.utf8), rows: 1, refusing: true)
        #expect(written.name != nil)
        let line = try fixture.folder.read("in.rejects.csv").split(separator: "\n")[1]
        #expect(
            line == Self.good
                + ",2,\(fixture.folder.path("in.csv")),1,refused-by-service,SecurityTrax refused it: no such customer,\"correct what SecurityTrax names, and import the row again\""
        )
    }
}
