@testable import ImportFixtures
import Foundation
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite struct ReadingTests {
    /// Rows with one mistake each, and what is found.
    private static let mistakes = [
        (",5,1/23/2014 7:30,1/23/2014 9:30,1,,", "missing-value SecurityTraxUniqueID"),
        ("9710,5,,1/23/2014 9:30,1,,", "missing-value StartTime"),
        ("9710,5,1/23/2014 7:30,  ,1,,", "missing-value EndTime"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30,,,", "missing-value ServiceType"),
        ("97A,5,1/23/2014 7:30,1/23/2014 9:30,1,,", "invalid-customer-id SecurityTraxUniqueID"),
        ("0,5,1/23/2014 7:30,1/23/2014 9:30,1,,", "invalid-customer-id SecurityTraxUniqueID"),
        (
            "9223372036854775808,5,1/23/2014 7:30,1/23/2014 9:30,1,,",
            "invalid-customer-id SecurityTraxUniqueID"
        ),
        ("9710,-5,1/23/2014 7:30,1/23/2014 9:30,1,,", "invalid-tech-id TechID"),
        ("9710,0,1/23/2014 7:30,1/23/2014 9:30,1,,", "invalid-tech-id TechID"),
        ("9710,\"5,6\",1/23/2014 7:30,1/23/2014 9:30,1,,", "several-techs TechID"),
        ("9710,5,1/23/2014 0:00,1/24/2014 0:00,1,,", "all-day StartTime"),
        ("9710,Bob,1/23/2014 7:30,1/23/2014 9:30,1,,", "invalid-tech-id TechID"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30,4,,", "invalid-service-type ServiceType"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30,Instal,,", "invalid-service-type ServiceType"),
        ("9710,5,soon,1/23/2014 9:30,1,,", "invalid-time StartTime"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30:15,1,,", "invalid-time EndTime"),
        ("9710,5,2/30/2014 7:30,3/2/2014 9:30,1,,", "no-such-date StartTime"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30Z,1,,", "time-zone-not-allowed EndTime"),
        ("9710,5,1/23/2014 7:30,1/23/2014 7:30,1,,", "end-not-after-start EndTime"),
        ("9710,5,1/23/2014 7:30,1/22/2014 9:30,1,,", "end-not-after-start EndTime"),
        ("9710,5,1/23/2014 7:30,1/24/2014 7:31,1,,", "window-too-long EndTime"),
        ("9710,5,1/23/2018 7:30,1/23/2018 9:30,1,,", "too-far-ahead StartTime"),
        ("9710,5,1/1/9999 7:30,1/23/2014 9:30,1,,", "too-far-ahead StartTime"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30,1,,a\u{0}b", "unprintable-character Notes"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30,1,\u{1F},", "unprintable-character ServiceDetailType"),
        ("97\u{0}10,5,1/23/2014 7:30,1/23/2014 9:30,1,,", "unprintable-character SecurityTraxUniqueID"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30,1,,\u{FFFE}", "unprintable-character Notes"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30,1,", "ragged-row -"),
        ("9710,5,1/23/2014 7:30,1/23/2014 9:30,1,,Ring, twice", "ragged-row -"),
    ]

    @Test("Every code that a file alone can lead to is in a table")
    func allCodes() {
        // Those of two rows, of the clock and of options have tests of their own.
        let others: Set<FindingCode> = [
            .noSuchLocalTime, .ambiguousLocalTime, .inThePast, .outsideHours, .techWithSlotScheduling,
            .techOverlap,
            .nightHours, .timeZoneGuessed, .notesTooLong, .badQuoting, .conflictingDuplicate,
            .alreadyBookedDifferently,
            .changedSinceCreated, .withdrawn, .refusedByService, .mixedDateForms, .sameVisitTwice,
            .unknownTech, .techNotInRoster, .techElsewhere, .contradictingTimes, .customerNotFound,
            .customerAmbiguous,
            .customerMismatch,
            .skippedStatus, .unclearStatus, .contradictingStatus, .skippedByRule, .repeatedHeader,
            .noAppointment, .incompleteFile, .cancelledOtherwise, .shortVisit, .customerIsTech,
            .halfOfDayUnsaid,
            .replacedByLaterFile, .dayAndMonthSwapped, .longVisit, .garbledText,
        ]
        let tabled = Set(Self.mistakes.map { String($0.1.prefix { $0 != " " }) })
        #expect(tabled == Set(FindingCode.allCases.filter { !others.contains($0) }.map(\.rawValue)))
    }

    @Test("A good row is read as it is")
    func goodRow() throws {
        let reading = try Reading(row: Reading.goodRow)
        #expect(reading.findings == [])
        let row = try #require(reading.rows.first)
        #expect(reading.rows.count == 1)
        #expect(row.row.line == 2)
        #expect(row.row.isValid)
        #expect(row.row.customerID == 9710)
        #expect(row.row.techID == 5)
        #expect(row.row.start.wire == "01/23/2014 7:30")
        #expect(row.row.end.wire == "01/23/2014 9:30")
        #expect(row.row.serviceType == .install)
        #expect(row.detail == "Panel")
        #expect(row.notes == "Ring twice")
        #expect(row.row.written == nil)
        // Past in UTC−12: 19:30 UTC.
        #expect(row.row.expiresAt == Int64(row.row.start.minutes) + 720)
    }

    @Test(
        "Each mistake has its code, its column and one finding",
        arguments: mistakes)
    func findings(row: String, expected: String) throws {
        let reading = try Reading(row: row)
        #expect(reading.summary == [expected])
        #expect(reading.rows.map(\.row.isValid) == [false])
        let finding = try #require(reading.findings.first)
        #expect(finding.line == 2)
        #expect(finding.severity == .error)
        for text in [finding.message, finding.fix] {
            #expect(!text.isEmpty && !text.hasSuffix("."))
        }
        #expect(try #require(reading.rows.first).row.written?.count == 7)
    }

    @Test("A row with everything wrong has all of its findings, in the order of the columns")
    func everything() throws {
        let row = "#9710,x,2/30/2014 7:30,24:00,Fix,\u{1},\"\(String(repeating: "n", count: 2001))\""
        #expect(
            try Reading(row: row).summary == [
                "unprintable-character ServiceDetailType", "invalid-customer-id SecurityTraxUniqueID",
                "invalid-tech-id TechID", "invalid-service-type ServiceType", "no-such-date StartTime",
                "invalid-time EndTime", "notes-too-long Notes",
            ])
        // What depends on two values, or on an option.
        let rules = ReadingOptions.test {
            $0.hours = 480...1200
            $0.slotScheduling = true
        }
        #expect(
            try Reading(row: "9710,5,1/23/2019 7:30,1/23/2019 6:30,1,,", rules).summary == [
                "tech-with-slot-scheduling TechID", "too-far-ahead StartTime", "end-not-after-start EndTime",
                "outside-hours StartTime", "outside-hours EndTime",
            ])
    }

    @Test("What an invalid row says is kept, shortened, in the order of the wire")
    func written() throws {
        let text =
            "Notes,EndTime,StartTime,SecurityTraxUniqueID,ServiceType\n"
            + String(repeating: "é", count: 3000) + ", 9:30 ,x,y,z\n"
        let row = try #require(try Reading(text).rows.first)
        #expect(row.row.written == ["y", "", "x", " 9:30 ", "z", "", String(repeating: "é", count: 2000)])
    }

    @Test(
        "A mistake names the value and what to write instead",
        arguments: [
            ("9,710", "separators", "digits alone"),
            ("9710.000", "decimals", "digits alone"),
            ("9,710.00", "decimals", "digits alone"),
            ("9 710", "separators", "digits alone"),
            ("9'710", "separators", "digits alone"),
            ("104,882, 104,883", "separators", "digits alone"),
            ("+9710", "+", "write 9710"),
            ("9710.5", "more than digits", "whole number"),
            ("97#10", "more than digits", "whole number"),
            ("#9710", "#", "write 9710"),
            ("'9710", "apostrophe", "write 9710"),
            ("1.23457E+12", "rounded", "Number without decimals"),
            ("####", "too narrow", "widen the column"),
            ("#REF!", "formula", "correct the formula"),
            ("Smith", "not a number", "not the name"),
            ("-5", "negative", "above 0"),
            ("000", "above 0", "above 0"),
            ("99999999999999999999", "too large", "whole number"),
        ])
    func customerWording(value: String, message: String, fix: String) throws {
        let reading = try Reading(row: "\"\(value)\",5,1/23/2014 7:30,1/23/2014 9:30,1,,")
        let finding = try #require(reading.findings.first)
        #expect(reading.summary == ["invalid-customer-id SecurityTraxUniqueID"])
        #expect(finding.value == value)
        #expect(finding.message.contains("\"\(value)\""))
        #expect(finding.message.contains(message), "\(finding.message)")
        #expect(finding.fix.contains(fix), "\(finding.fix)")
    }

    @Test(
        "Numbers keep their value, whatever stands before or around them",
        arguments: [
            ("007", 7), (" 42\t", 42), ("42.0", 42), ("42.00", 42), ("\"=\"\"42\"\"\"", 42), ("=\"42\"", 42),
            ("\u{200E}42\u{200F}", 42), ("\u{202A}42\u{202C}", 42), ("\u{200B}42\u{2060}", 42),
            ("\"=\"\" 42.0\"\"\"", 42), ("\u{A0}42\u{A0}", 42), ("\u{FEFF}42", 42),
            ("9223372036854775807", Int64.max),
        ])
    func numbers(text: String, value: Int64) throws {
        let reading = try Reading(row: "\(text),\(text),1/23/2014 7:30,1/23/2014 9:30,1,,")
        #expect(reading.codes == ["customer-is-tech"])
        #expect(reading.rows.first?.row.customerID == value)
        #expect(reading.rows.first?.row.techID == value)
    }

    @Test(
        "Service types go by number and by name",
        arguments: [
            ("1", ServiceType.install), ("2", .service), ("3", .ripOut), ("02", .service),
            ("Install", .install),
            ("INSTALL", .install), ("service", .service), ("Rip-out", .ripOut), ("rip out", .ripOut),
            ("RIP_OUT", .ripOut), ("ripout", .ripOut), (" Service ", .service), ("1.0", .install),
            ("3.00", .ripOut),
        ])
    func serviceTypes(text: String, type: ServiceType) throws {
        let reading = try Reading(row: "9710,,1/23/2014 7:30,1/23/2014 9:30,\(text),,")
        #expect(reading.findings == [])
        #expect(reading.rows.first?.row.serviceType == type)
    }

    @Test(
        "A service type with a slip says which one may be meant",
        arguments: [
            ("Instal", "Install"), ("Installation", "Install"), ("Servcie", "Service"), ("Rip", nil),
            ("Ripp out", "Rip-out"), ("removal", "Rip-out"), ("#1", "Install"), ("4", nil), ("10", nil),
            ("1 0", nil),
            ("1 & 2", nil), ("Install/Service", nil), ("Remove and reinstall", nil), ("Do not install", nil),
            ("De-install", "Rip-out"), ("Uninstallation", "Rip-out"), ("Cancel install", nil),
            ("-1", "Install"),
            ("Service call", "Service"), ("Fix", nil),
        ] as [(String, String?)])
    func serviceTypeSuggestions(text: String, name: String?) throws {
        let finding = try #require(
            try Reading(row: "9710,,1/23/2014 7:30,1/23/2014 9:30,\(text),,").findings.first)
        if let name {
            #expect(finding.fix.hasPrefix("did you mean \(name)?"), "\(finding.fix)")
        } else {
            #expect(finding.fix.hasPrefix("write Install"), "\(finding.fix)")
        }
    }

    @Test("Notes keep inner white space, tabs and line breaks, and lose what is around them")
    func notes() throws {
        let reading = try Reading(
            row: "9710,,1/23/2014 7:30,1/23/2014 9:30,1, a  b ,\"\n Gate:\t7\r\n  ring \u{A0}\"")
        #expect(reading.findings == [])
        #expect(reading.rows.first?.notes == "Gate:\t7\r\n  ring")
        #expect(reading.rows.first?.detail == "a  b")
    }

    @Test("Notes are measured in characters, not in bytes")
    func notesLength() throws {
        let options = ReadingOptions.test { $0.maxNotes = 10 }
        let start = "9710,,1/23/2014 7:30,1/23/2014 9:30,1,,"
        #expect(try Reading(row: start + String(repeating: "é", count: 10), options).findings == [])
        let finding = try #require(
            try Reading(row: start + String(repeating: "é", count: 11), options).findings.first)
        #expect(finding.code == .notesTooLong)
        #expect(finding.message == "Notes has 11 characters, and 10 are allowed")
        #expect(finding.fix == "shorten it by 1, or allow more with --max-notes 11")
    }

    @Test("A character that XML can't carry is named with its place")
    func unprintable() throws {
        let finding = try #require(
            try Reading(row: "9710,,1/23/2014 7:30,1/23/2014 9:30,1,,né\u{0}x").findings.first)
        #expect(finding.message.contains("U+0000 (NUL) as its character 3"))
    }

    @Test("A NUL in a column that isn't used is a finding too, other control characters there are not")
    func unusedColumns() throws {
        let header = Reading.header + ",Town\n" + Reading.goodRow
        #expect(try Reading(header + ",a\u{0}\n").summary == ["unprintable-character Town"])
        #expect(try Reading(header + ",a\u{1}\n").findings == [])
    }

    @Test(
        "Empty fields too many do no harm",
        arguments: [",", ",,,", ", ,\"\""])
    func emptyExtras(extra: String) throws {
        let reading = try Reading(row: Reading.goodRow + extra)
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.row.isValid) == [true])
    }

    @Test("Columns without names at the end of the header may be missing in the rows")
    func unnamedColumns() throws {
        let reading = try Reading(Reading.header + ",,\n" + Reading.goodRow + "\n" + Reading.goodRow + ",,\n")
        #expect(reading.findings == [])
        #expect(reading.rows.count == 2)
    }

    @Test("A ragged row names its counts and the first text too many")
    func ragged() throws {
        let finding = try #require(try Reading(row: Reading.goodRow + ", please").findings.first)
        #expect(finding.message == "the row has 8 fields, the header 7; the first one too many is \"please\"")
        #expect(finding.fix.contains("comma"))
    }

    @Test("A stray quote that swallows rows is found, a note of several lines is not")
    func badQuoting() throws {
        let row = "9710,5,1/23/2014 7:30,1/23/2014 9:30,1,,"
        let swallowing =
            row + "\"Ring twice\n" + Reading.goodRow + "\n" + Reading.goodRow + "\n" + row + "end\"\n"
        let reading = try Reading(row: swallowing + Reading.goodRow)
        #expect(reading.summary == ["bad-quoting Notes"])
        #expect(reading.rows.map(\.row.isValid) == [false, true])
        #expect(reading.findings.first?.message.contains("4 lines") == true)
        #expect(try Reading(row: row + "\"Ring twice,\nthen wait,\nplease\"").findings == [])
    }

    @Test(
        "A quote that can be read in several ways is found, and the next row is read as it is",
        arguments: [
            #""12" pipe""#, #""say \"hi\" now""#, #""the "big" panel""#, #""pipe 12\"""#, #""C:\dir\""#,
            #""say \"hi\", then go""#, #""hi "you", there""#, #"12\" pipe"#, #" "x" y"#,
        ])
    func strayQuotes(notes: String) throws {
        let row = "9710,5,1/23/2014 7:30,1/23/2014 9:30,1,,"
        for next in ["ring", #""ring, twice""#, #""say ""hi""""#, #"12" pipe"#, #" "ring""#] {
            let reading = try Reading(row: row + notes + "\n" + row + next)
            #expect(reading.summary == ["bad-quoting Notes"])
            #expect(reading.rows.map(\.row.isValid) == [false, true])
            #expect(
                reading.rows.last?.notes
                    == ["ring, twice", "say \"hi\"", "12\" pipe", "ring"].first {
                        next.replacing("\"", with: "").hasSuffix($0.replacing("\"", with: ""))
                    })
        }
    }

    @Test("A stray quote in a column that is not used is found too: the fields after it may be shifted")
    func strayQuoteElsewhere() throws {
        let text = Reading.header + ",Town\n" + Reading.goodRow + ",\"the \"big\" one\"\n"
        #expect(try Reading(text).summary == ["bad-quoting Town"])
    }

    @Test("Blank lines and records of empty fields are passed over, lines are still counted")
    func blankRecords() throws {
        let reading = try Reading(row: "\n,,,,,,\n" + Reading.goodRow + "\n\n" + Reading.goodRow)
        #expect(reading.rows.map(\.row.line) == [4, 6])
    }

    @Test("Slot scheduling takes rows without a technician")
    func slots() throws {
        let options = ReadingOptions.test { $0.slotScheduling = true }
        #expect(try Reading(row: "9710,,1/23/2014 7:30,1/23/2014 9:30,1,,", options).findings == [])
        #expect(
            try Reading(row: "9710,5,1/23/2014 7:30,1/23/2014 9:30,1,,", options).summary == [
                "tech-with-slot-scheduling TechID"
            ])
    }

    @Test(
        "Working hours hold for both ends, the limits included",
        arguments: [
            ("1/23/2014 7:00", "1/23/2014 20:00", [] as [String]),
            ("1/23/2014 6:59", "1/23/2014 9:00", ["outside-hours StartTime"]),
            ("1/23/2014 7:00", "1/23/2014 20:01", ["outside-hours EndTime"]),
            ("1/23/2014 19:00", "1/24/2014 8:00", ["outside-hours EndTime"]),
            ("1/23/2014 3:00", "1/23/2014 4:00", ["outside-hours StartTime", "outside-hours EndTime"]),
        ])
    func hours(start: String, end: String, expected: [String]) throws {
        let options = ReadingOptions.test { $0.hours = 420...1200 }
        #expect(try Reading(row: "9710,,\(start),\(end),1,,", options).summary == expected)
    }

    @Test("The horizon counts from now, generously where no zone is known")
    func horizon() throws {
        // Now is 2014-01-01 00:00 UTC; in UTC+14 it is 14:00.
        let options = ReadingOptions.test { $0.horizonDays = 10 }
        #expect(try Reading(row: "9710,,1/11/2014 14:00,1/11/2014 15:00,1,,", options).findings == [])
        #expect(
            try Reading(row: "9710,,1/11/2014 14:01,1/11/2014 15:00,1,,", options).summary == [
                "too-far-ahead StartTime"
            ])
        let zone = ReadingOptions.test {
            $0.horizonDays = 10
            $0.timeZone = ZoneRule(named: "UTC")
        }
        #expect(try Reading(row: "9710,,1/11/2014 0:00,1/11/2014 15:00,1,,", zone).errors == [])
        #expect(
            try Reading(row: "9710,,1/11/2014 0:01,1/11/2014 15:00,1,,", zone).errors == [
                "too-far-ahead StartTime"
            ])
        let far = ReadingOptions.test { $0.allowFarAhead = true }
        #expect(try Reading(row: "9710,,1/11/2044 14:01,1/11/2044 15:00,1,,", far).findings == [])
    }

    @Test("The longest appointment is a setting, itself included")
    func window() throws {
        let options = ReadingOptions.test { $0.maxWindow = 90 }
        #expect(try Reading(row: "9710,,1/23/2014 7:30,1/23/2014 9:00,1,,", options).findings == [])
        let finding = try #require(
            try Reading(row: "9710,,1/23/2014 7:30,1/23/2014 9:01,1,,", options).findings.first)
        #expect(finding.message == "the appointment takes 91 minutes, and 90 minutes are allowed")
    }

    @Test("The sender's own number is kept, and must be there where it is asked for")
    func senderNumber() throws {
        let options = ReadingOptions.test { $0.identityColumn = "job no" }
        let reading = try Reading(
            "Job No,\(Reading.header)\n A-17 ,\(Reading.goodRow)\n,\(Reading.goodRow)\n", options)
        #expect(reading.rows.first?.senderNumber == "A-17")
        #expect(reading.summary == ["missing-value Job No"])
        #expect(reading.layout?.columns.first?.isIdentity == true)
    }

    @Test("The column of the sender's own number doesn't count as one that its name might mean")
    func senderNumberName() throws {
        let options = ReadingOptions.test { $0.identityColumn = "Job" }
        let header = Reading.header.replacing("ServiceType", with: "Type")
        let reading = try Reading("Job,\(header)\nA-17,\(Reading.goodRow)\n", options)
        #expect(reading.findings == [])
        #expect(reading.rows.first?.senderNumber == "A-17")
    }

    @Test("Findings name the column as the file has it")
    func columnNames() throws {
        let reading = try Reading("Customer #,Begin,Finish,Job Type\nx,y,z,w\n")
        #expect(
            reading.summary == [
                "invalid-customer-id Customer #", "invalid-service-type Job Type", "invalid-time Begin",
                "invalid-time Finish",
            ])
    }

    @Test("More rows than a chunk holds come in the file's order")
    func chunks() throws {
        let text =
            Reading.header + "\n"
            + (1...1300).map { "\($0),,1/23/2014 7:30,1/23/2014 9:30,1,,note \($0)\n" }.joined()
        let reading = try Reading(text)
        #expect(reading.rows.map(\.row.customerID) == Array(1...1300))
        #expect(reading.rows.last?.notes == "note 1300")
        #expect(reading.rows.last?.row.line == 1301)
    }

    @Test("Whatever stands in the fields, a row is valid or has an error, and its ranges lie in its chunk")
    func anyFields() throws {
        let values = [
            "", " ", "9710", "0", "-1", "99999999999999999999", "1/23/2014 7:30", "1/23/2014 9:30",
            "23/1/2014", "7:30",
            "7:30 PM", "2014-03-09T02:30", "2014-11-02T08:30Z", "12/31/9999 23:59", "1/1/0001 0:00",
            "6052-12-31 23:59",
            "1/1/0001 0:00+18:00", "6052-12-31 23:59-18:00", "6053-01-01 0:00", "Install", "rip out", "Fix",
            "Mountain",
            "Mars", "\u{0}", "\u{FFFF}", "é", "😀", "\"a\nb\"", "\"a,b\n1,2,3,4,5,6,7,8,9,10,11\n\"", "####",
            "#REF!",
            "1E+5", "\u{A0}", "\u{FEFF}9710", String(repeating: "n", count: 3000),
        ]
        let header =
            "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes,Date,EndDate,TimeZone,No"
        var generator = SeededGenerator(state: 11)
        for round in 0..<20 {
            var text = header + "\n"
            for _ in 0..<60 {
                let count = Int.random(in: 0..<20, using: &generator) == 0 ? 9 : 11
                text +=
                    (0..<count).map { _ in values.randomElement(using: &generator) ?? "" }.joined(
                        separator: ",") + "\n"
            }
            let options = ReadingOptions.test {
                $0.dateOrder = DateOrder.allCases[round % 3]
                $0.timeZone = round % 2 == 0 ? nil : ZoneRule(named: "Pacific")
                $0.hours = round % 4 < 2 ? nil : 420...1200
                $0.slotScheduling = round % 5 == 0
                $0.allowFarAhead = round % 7 == 0
                $0.maxNotes = round % 6 == 0 ? 1 : 2000
                $0.identityColumn = round % 8 == 0 ? "No" : nil
            }
            let temporary = try TemporaryInput(text)
            let reader = try AppointmentReader(file: InputFile(temporary.path), options: options)
            var chunk = CheckedRows()
            while try reader.next(&chunk) {
                var nextFinding = 0
                for row in chunk.rows {
                    #expect(row.findings.lowerBound == nextFinding)
                    nextFinding = row.findings.upperBound
                    #expect(row.isValid == chunk.findings[row.findings].isEmpty)
                    #expect(row.isValid == (row.written == nil))
                    #expect(
                        chunk.findings[row.findings].allSatisfy { $0.line == row.line && !$0.message.isEmpty }
                    )
                    guard row.isValid else { continue }
                    #expect(row.customerID > 0 && row.techID >= 0 && row.start < row.end)
                    for range in [row.texts.serviceDetailType, row.texts.notes, row.senderNumber] {
                        #expect(range.upperBound <= chunk.text.count)
                        #expect(String(validating: chunk.text[range], as: UTF8.self) != nil)
                    }
                }
                #expect(nextFinding == chunk.findings.count)
            }
        }
    }

    @Test("A long value is shortened")
    func shortened() throws {
        let reading = try Reading(
            row: "\(String(repeating: "x", count: 5000)),,1/23/2014 7:30,1/23/2014 9:30,1,,")
        #expect(reading.findings.first?.value == String(repeating: "x", count: 60) + "…")
    }
}
