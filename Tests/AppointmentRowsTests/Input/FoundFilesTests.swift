import CSVReading
import Foundation
import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

/// Small files after public reports of files that went wrong in other programs, each for a kind.
@Suite("Files that people really had")
struct FoundFilesTests {
    struct File: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        /// What becomes of each row: `customer start`, `skipped`, or the code of what is wrong.
        var rows: [String]
        /// The code of why the file can't be read, with the line that it names.
        var unreadable: String?
        /// What the remedy says.
        var fix: [String] = []
        /// The options with which it is read, and what it gives then.
        var remedy: (@Sendable (inout ReadingOptions) -> Void)?
        var after: [String] = []

        init(
            _ name: String, _ text: String, rows: [String] = [], unreadable: String? = nil,
            fix: [String] = [],
            after: [String] = [], remedy: (@Sendable (inout ReadingOptions) -> Void)? = nil
        ) {
            self.init(
                name, bytes: Array(text.utf8), rows: rows, unreadable: unreadable, fix: fix, after: after,
                remedy: remedy)
        }

        init(
            _ name: String, bytes: [UInt8], rows: [String] = [], unreadable: String? = nil,
            fix: [String] = [],
            after: [String] = [], remedy: (@Sendable (inout ReadingOptions) -> Void)? = nil
        ) {
            testDescription = name
            self.bytes = bytes
            self.rows = rows
            self.unreadable = unreadable
            self.fix = fix
            self.after = after
            self.remedy = remedy
        }
    }

    private static let header = "Customer ID,Start,End,Service,Technician,Notes\n"

    static let files: [File] = [
        File(
            "day first",
            header
                + "1,5/1/2027 9:00,5/1/2027 10:00,Install,12,\n2,12/1/2027 9:00,12/1/2027 10:00,Install,12,\n"
                + "3,13/1/2027 9:00,13/1/2027 10:00,Install,12,\n4,25/1/2027 9:00,25/1/2027 10:00,Install,12,\n",
            unreadable: "date-order 4", fix: ["--date-order dmy"],
            after: ["1 01/05/2027 9:00", "2 01/12/2027 9:00", "3 01/13/2027 9:00", "4 01/25/2027 9:00"]
        ) { $0.givenDateOrder = .dayFirst },
        File(
            "cancelled visits",
            "Customer ID,Start,End,Service,Status\n1,1/5/2027 9:00,1/5/2027 10:00,Install,Scheduled\n"
                + "2,1/5/2027 9:00,1/5/2027 10:00,Install,Cancelled\n3,1/5/2027 9:00,1/5/2027 10:00,Install,No show\n",
            rows: ["1 01/05/2027 9:00", "skipped", "skipped"],
            after: ["1 01/05/2027 9:00", "2 01/05/2027 9:00", "3 01/05/2027 9:00"]
        ) { $0.hasDefaultSkips = false },
        File(
            "joined with another order of columns",
            "Customer ID,Technician,Start,End,Service\n1,17,1/5/2027 9:00,1/5/2027 10:00,Install\n"
                + "Technician,Customer ID,Start,End,Service\n17,2,1/5/2027 11:00,1/5/2027 12:00,Install\n",
            unreadable: "duplicate-header 3", fix: ["before line 3"]),
        File(
            "joined with the same header",
            header + "1,1/5/2027 9:00,1/5/2027 10:00,Install,12,\n" + header
                + "2,1/5/2027 11:00,1/5/2027 12:00,Service,12,\n",
            rows: ["1 01/05/2027 9:00", "skipped", "2 01/05/2027 11:00"]),
        File(
            "two columns for the day",
            "Date,Customer ID,Appointment Date,Start,End,Service\n12/1/2026,1,1/5/2027,9:00,10:00,Install\n",
            unreadable: "duplicate-column 2",
            fix: ["--map Date=\"Date\"", "--map Date=\"Appointment Date\""],
            after: ["1 01/05/2027 9:00"]
        ) { $0.columnMap = [.date: "Appointment Date"] },
        File(
            "an all-day event",
            "\"Subject\",\"Start Date\",\"Start Time\",\"End Date\",\"End Time\",\"All day event\",\"Customer ID\",\"Service\"\n"
                + "\"x\",\"1/5/2027\",\"12:00:00 AM\",\"1/6/2027\",\"12:00:00 AM\",\"True\",\"1\",\"Install\"\n",
            rows: ["all-day"]),
        File(
            "several technicians",
            header + "1,1/5/2027 9:00,1/5/2027 10:00,Install,\"12,17\",\n"
                + "2,1/5/2027 9:00,1/5/2027 10:00,Install,12 17,\n3,1/5/2027 9:00,1/5/2027 10:00,Install,\"101,102\",\n",
            rows: ["several-techs", "several-techs", "several-techs"]),
        File(
            "stray quotes",
            "Customer ID,Start,End,Service,Notes\n1,1/5/2027 9:00,1/5/2027 10:00,Install,\"say \\\"hi\\\" now\"\n"
                + "2,1/5/2027 9:00,1/5/2027 10:00,Install,\"the \"big\" panel\"\n"
                + "3,1/5/2027 9:00,1/5/2027 10:00,Install,\"12\" pipe\n",
            rows: ["bad-quoting", "bad-quoting", "bad-quoting"]),
        File(
            "lines above the header",
            "Daily Appointment Report,,,,,\nReport generated,11/25/2026,,,,\n,,,,,\n" + header
                + "1,1/5/2027 9:00,1/5/2027 10:00,Install,12,\n",
            rows: ["1 01/05/2027 9:00"]),
        File(
            "lines below the data",
            header + "1,1/5/2027 9:00,1/5/2027 10:00,Install,12,\n\n\"Appointments by technician\"\n"
                + "\"Copyright (c) 2000-2026 example inc.\"\n\"Generated By: Front Office 11/25/2026 8:00 AM\"\n"
                + "Total records: 1\n",
            rows: ["1 01/05/2027 9:00", "skipped", "skipped", "skipped", "skipped"]),
        File(
            "years of two digits", header + "1,1/5/27 9:00,1/5/27 10:00,Install,12,\n",
            rows: ["1 01/05/2027 9:00"]),
        File(
            "numbers with fractions", header + "1.0,1/5/2027 9:00,1/5/2027 10:00,1.0,12.0,\n",
            rows: ["1 01/05/2027 9:00"]),
        File(
            "numbers as formulas",
            header + "\"=\"\"1\"\"\",1/5/2027 9:00,1/5/2027 10:00,Install,\"=\"\"12\"\"\",\n",
            rows: ["1 01/05/2027 9:00"]),
        File(
            "a duration", "Customer ID,Start Time,Duration,Service Type\n1,01/05/2027 9:00 AM,120,Install\n",
            rows: ["1 01/05/2027 9:00"]),
        File(
            "an old Mac",
            bytes: Array(
                (header + "1,1/5/2027 9:00,1/5/2027 10:00,Install,12,Caf").replacing("\n", with: "\r").utf8)
                + [0x8E, 0x20, 0x52, 0x9F, 0x73, 0x0D],
            unreadable: "invalid-encoding 2",
            fix: [
                "save the file as CSV UTF-8, or add --encoding macintosh if \"Café Rüs\" is right",
                "windows-1252",
            ],
            after: ["1 01/05/2027 9:00"]
        ) { $0.encoding = .macintosh },
        File(
            "the end that DOS wrote", header + "1,1/5/2027 9:00,1/5/2027 10:00,Install,12,\n\u{1A}",
            rows: ["1 01/05/2027 9:00"]),
    ]

    private func rows(_ file: File, _ change: (@Sendable (inout ReadingOptions) -> Void)?) throws -> [String]
    {
        // 2026-11-25 12:00 UTC
        var options = ReadingOptions(now: Date(timeIntervalSince1970: 1_795_608_000))
        change?(&options)
        return try Reading(file.bytes, options).rows.map { row in
            switch row.row.result {
            case .valid: "\(row.row.customerID) \(row.row.start.wire)"
            case .skipped: "skipped"
            case .invalid: row.findings.first?.code.rawValue ?? ""
            }
        }
    }

    @Test(
        "Each kind gives what is right, or is refused with what to change, which then helps", arguments: files
    )
    func found(_ file: File) throws {
        do {
            let rows = try rows(file, nil)
            #expect(file.unreadable == nil)
            #expect(rows == file.rows)
        } catch let error as InputError {
            #expect("\(error.code.rawValue) \(error.line ?? 0)" == file.unreadable)
            for words in file.fix { #expect(error.fix.contains(words), "\(error.fix)") }
        }
        if let remedy = file.remedy { #expect(try rows(file, remedy) == file.after) }
    }
}
