import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("What a file says of a visit elsewhere than in the field that is read")
struct SaidElsewhereTests {
    private static let when = "1/23/2014 7:30,1/23/2014 9:30"

    private func reading(_ header: String, _ row: String, _ options: ReadingOptions = .test) throws -> Reading
    {
        try Reading("Customer ID,Service,\(header)\n9710,Install,\(row)\n", options)
    }

    @Test(
        "AM or PM in a column of its own is not passed over",
        arguments: [
            ("Date,Start,AM/PM,Duration", "1/23/2014,7:00,PM,60", false),
            ("Date,Start,AMPM,Duration", "1/23/2014,7:00,AM,60", false),
            ("Start,Start AM/PM,End,End AM/PM", "1/23/2014 7:00,PM,1/23/2014 8:00,PM", false),
            ("Date,Start,AM/PM,Duration", "1/23/2014,7:00 PM,PM,60", true),
            ("Date,Start,AM/PM,Duration", "1/23/2014,9:00,,60", true),
        ])
    func halfOfDay(header: String, row: String, isValid: Bool) throws {
        let reading = try reading(header, row)
        #expect(reading.errors == [] || !isValid)
        #expect(reading.errors.first?.hasPrefix("invalid-time") == true || isValid)
    }

    @Test(
        "Where only one time says AM or PM, more than half a day between them is not taken for what was meant",
        arguments: [
            ("1/23/2014 7:00,1/23/2014 8:00 PM", false), ("1/23/2014 6:30,1/23/2014 7:00 PM", false),
            ("1/23/2014 9:00,1/23/2014 2:00 PM", true), ("1/23/2014 9:00,1/23/2014 10:00 AM", true),
            ("1/23/2014 7:00 AM,1/23/2014 8:00 PM", true), ("1/23/2014 7:00,1/23/2014 20:00", true),
            ("1/23/2014 8:00 AM,1/23/2014 9:00", true), ("1/23/2014 6:00 AM,1/23/2014 21:00", true),
        ])
    func oneSaysHalf(times: String, isValid: Bool) throws {
        let reading = try reading("Start,End", times)
        #expect(reading.errors.isEmpty == isValid, "\(reading.summary)")
    }

    private static func denver() throws -> ReadingOptions {
        let zone = try #require(ZoneRule(named: "America/Denver"))
        return .test { $0.timeZone = zone }
    }

    @Test(
        "A zone in the name of a column is not passed over",
        arguments: [
            ("Start Time (ET)", nil, false), ("Start Time (UTC)", nil, false), ("start_utc", nil, false),
            ("Start [GMT]", nil, false), ("Start Time (MT)", nil, false),
            ("Start Time (ET)", "America/Denver", false),
            ("Start Time (MT)", "America/Denver", true), ("Start Time (Mountain)", "America/Denver", true),
            ("Start Time (local)", "America/Denver", true), ("Start Time (local)", nil, true),
            ("Start", nil, true),
        ] as [(String, String?, Bool)])
    func zoneInName(name: String, zone: String?, isValid: Bool) throws {
        let rule = zone.flatMap { ZoneRule(named: $0) }
        let options = ReadingOptions.test {
            $0.columnMap = [.start: name]
            $0.timeZone = rule
        }
        let row = "1/23/2014 16:00,1/23/2014 17:00"
        let codes = try reading("\(name),End", row, options).codes
        #expect(codes == (isValid ? [] : ["time-zone-not-allowed"]))
        // A time with its offset says more than the name.
        guard rule != nil else { return }
        let withOffset = "2014-01-23T16:00Z,2014-01-23T17:00Z"
        #expect(try reading("\(name),End", withOffset, options).codes == [])
    }

    @Test("UTC is no customer's zone", arguments: ["UTC", "utc", "GMT", "Etc/UTC"])
    func nobodysZone(zone: String) throws {
        let row = "1/23/2014 16:00,1/23/2014 17:00,\(zone)"
        for options in [ReadingOptions.test, try Self.denver()] {
            #expect(try reading("Start,End,TimeZone", row, options).codes == ["time-zone-not-allowed"])
        }
    }

    @Test(
        "An offset on one side only says nothing of the other",
        arguments: [
            "2014-01-23T16:00:00Z,2014-01-23T17:00:00", "2014-01-23T16:00:00,2014-01-23T17:00:00Z",
        ])
    func oneOffset(times: String) throws {
        #expect(try reading("Start,End", times, Self.denver()).codes == ["invalid-time"])
    }

    @Test("Dots beside slashes are two ways of writing dates")
    func dottedForms() throws {
        let text =
            "Customer ID,Service,Start,End\n1,Install,01.10.2014 09:00,01.10.2014 10:00\n2,Install,1/2/2014 9:00 AM,1/2/2014 10:00 AM\n"
        let reading = try Reading(text, .test { $0.dateOrder = .dayFirst })
        #expect(reading.codes == ["mixed-date-forms", "mixed-date-forms"])
    }

    @Test(
        "What a spreadsheet leaves behind is no detail type, no note and no number of the sender",
        arguments: ["#REF!", "#NAME?", "########", "1.4E+01"])
    func damaged(text: String) throws {
        #expect(
            try reading("Start,End,Detail Type", "\(Self.when),\(text)").summary == [
                "missing-value Detail Type"
            ])
        #expect(try reading("Start,End,Notes", "\(Self.when),\(text)").summary == ["missing-value Notes"])
        #expect(try reading("Start,End,Notes", "\(Self.when),see \(text) there").findings == [])
    }

    @Test(
        "Texts that begin alike are texts",
        arguments: ["#4 gate", "14", "+1 508 555 0107", "1 + 2", "-", "5E10"])
    func texts(text: String) throws {
        let reading = try reading("Start,End,Notes", "\(Self.when),\(text)")
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.notes) == [text])
    }

    @Test("A second header in words that nobody knows is one all the same")
    func otherHeader() throws {
        let first = "Customer ID,Technician,Start,End,Service\n104,17,\(Self.when),Install\n"
        let error = try #require(
            Reading.failure(first + "Installer No,Customer Nr,Von,Bis,Art\n17,105,\(Self.when),Install\n"))
        #expect(error.line == 3)
        // Rows of people who write words where numbers belong are rows.
        for row in [
            "Smith,TBD,soon,later,Install", "Smith,Bob,,,", "Smith,Bob,TBD,TBD,Call", "Total,,,,",
            "Ann 5,Bob,soon,later,x",
        ] {
            #expect(Reading.failure(first + row + "\n") == nil, "\(row)")
        }
    }
}
