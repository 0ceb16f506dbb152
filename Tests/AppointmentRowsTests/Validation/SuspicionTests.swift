@testable import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("What can be read and is suspicious") struct SuspicionTests {
    private static let header = "Customer ID,Technician,Date,Start,End,Service"

    private func read(
        _ start: String, _ end: String, tech: String = "5", date: String = "1/23/2014",
        _ options: ReadingOptions = .test
    ) throws -> Reading {
        try Reading("\(Self.header)\n9710,\"\(tech)\",\(date),\(start),\(end),Install\n", options)
    }

    // MARK: All day

    @Test(
        "From midnight to midnight, or to the minute before it, is no window",
        arguments: [
            ("1/23/2014 0:00", "1/24/2014 0:00"), ("1/23/2014 12:00:00 AM", "1/24/2014 12:00:00 AM"),
            ("1/23/2014 0:00", "1/23/2014 0:00"), ("1/23/2014 0:00", "1/26/2014 0:00"),
            ("1/23/2014 0:00", "1/23/2014 23:59"), ("1/23/2014 12:00 AM", "1/23/2014 11:59 PM"),
            ("0:00", "0:00"), ("12:00 AM", "11:59 PM"), ("2014-01-23T00:00", "2014-01-24T00:00"),
        ])
    func midnights(start: String, end: String) throws {
        let reading = try read(start, end)
        #expect(reading.summary == ["all-day Start"])
        #expect(reading.rows.map(\.row.isValid) == [false])
    }

    @Test(
        "A window that only begins or ends at midnight is one",
        arguments: [
            ("1/23/2014 8:00 PM", "1/24/2014 12:00 AM"), ("1/23/2014 12:00 AM", "1/23/2014 2:00 AM"),
            ("1/23/2014 0:01 ", "1/23/2014 23:59"),
        ])
    func halfMidnights(start: String, end: String) throws {
        #expect(try read(start, end).errors == [])
    }

    @Test(
        "A column that says all day makes the row invalid, whatever its times",
        arguments: [
            "All day event", "AllDay", "Is all day", "All-day", "is_all_day", "ALL DAY EVENT", "All day?",
        ],
        ["True", "TRUE", "yes", "1", "Y", "x", "All day"])
    func saidAllDay(name: String, value: String) throws {
        for times in ["1/23/2014 9:00,1/23/2014 10:00", ",", "1/23/2014,1/23/2014", "soon,later"] {
            let reading = try Reading(
                "Customer ID,Start,End,Service,\(name)\n9710,\(times),Install,\(value)\n")
            #expect(reading.summary == ["all-day \(name)"])
        }
    }

    @Test(
        "The words instead of a time say so too",
        arguments: [
            ("All day", ""), ("all-day", "All Day"), ("ALLDAY", "9:00"), ("9:00", "All day event"),
            ("Full day", ""),
        ])
    func allDayForATime(start: String, end: String) throws {
        let reading = try read(start, end)
        #expect(reading.codes == ["all-day"])
        #expect(reading.rows.map(\.row.isValid) == [false])
    }

    @Test(
        "A column that says not all day says nothing",
        arguments: [
            "False", "no", "0", "N", "", " ", "FALSE", "n/a", "FALSCH", "FAUX", "Falso", "Nein", "0.0",
            "Onwaar",
            "timed", "-", "Não",
        ])
    func notAllDay(value: String) throws {
        let reading = try Reading(
            "Customer ID,Start,End,Service,All day event\n9710,1/23/2014 9:00,1/23/2014 10:00,Install,\(value)\n"
        )
        #expect(reading.findings == [])
    }

    @Test(
        "A column that says all day, in any spreadsheet's language, makes its row one without times",
        arguments: ["True", "yes", "1", "x", "WAHR", "VRAI", "VERDADERO", "Ja", "Oui", "Si", "All day", "✓"])
    func saidAllDay(value: String) throws {
        let reading = try Reading(
            "Customer ID,Start,End,Service,All day event\n9710,1/23/2014 9:00,1/23/2014 10:00,Install,\(value)\n"
        )
        #expect(reading.codes == ["all-day"])
        #expect(reading.findings.first?.message.contains("an all-day event says nothing") == true)
    }

    @Test("What is neither yes nor no is not taken for either", arguments: ["Xyz", "7", "Morning"])
    func unclearAllDay(value: String) throws {
        let reading = try Reading(
            "Customer ID,Start,End,Service,All day event\n9710,1/23/2014 9:00,1/23/2014 10:00,Install,\(value)\n"
        )
        #expect(reading.codes == ["all-day"])
        #expect(reading.findings.first?.message.contains("can't be told") == true)
    }

    // MARK: Night

    @Test(
        "A time at night without AM or PM is a warning, with it not",
        arguments: [
            ("1:00", "3:00", ["night-hours Start", "night-hours End"]),
            ("5:59", "7:00", ["night-hours Start"]),
            ("6:00", "7:00", []), ("19:00", "21:00", []), ("20:00", "21:01", ["night-hours End"]),
            ("21:00", "22:00", ["night-hours Start", "night-hours End"]),
            ("0:30", "2:00 AM", ["night-hours Start"]), ("1:00 AM", "3:00 AM", []),
            ("1:00 pm", "3:00 p.m.", []),
            ("9:00", "17:00", []), ("01:00:00", "9:00", ["night-hours Start"]), ("10:00 PM", "11:00 PM", []),
            ("2014-01-23T01:00", "2014-01-23 03:00", ["night-hours Start", "night-hours End"]),
        ])
    func night(start: String, end: String, expected: [String]) throws {
        let reading = try read(start, end)
        #expect(reading.summary == expected)
        #expect(reading.findings.allSatisfy { $0.severity == .warning })
        #expect(reading.rows.map(\.row.isValid) == [true])
    }

    @Test("The hours that are given make it an error, or right")
    func hours() throws {
        let day = ReadingOptions.test { $0.hours = 420...1200 }
        #expect(try read("1:00", "3:00", day).summary == ["outside-hours Start", "outside-hours End"])
        let all = ReadingOptions.test { $0.hours = 0...1440 }
        #expect(try read("1:00", "3:00", all).findings == [])
    }

    @Test("With strict rules a warning makes its row invalid")
    func strict() throws {
        let strict = ReadingOptions.test { $0.isStrict = true }
        let reading = try read("1:00", "3:00 AM", strict)
        #expect(reading.errors == ["night-hours Start"])
        #expect(reading.rows.map(\.row.isValid) == [false])
        #expect(try read("9:00", "10:00", strict).rows.map(\.row.isValid) == [true])
    }

    // MARK: Zones

    @Test(
        "An abbreviation that may mean another zone is a warning",
        arguments: [
            ("MST", "1/23/2014", true), ("mst", "7/23/2014", true), ("EST", "7/23/2014", true),
            ("EST", "1/23/2014", false), ("PST", "7/23/2014", true), ("MDT", "7/23/2014", false),
            ("Mountain", "7/23/2014", false), ("America/Denver", "7/23/2014", false),
            ("Arizona", "7/23/2014", false),
            ("HST", "7/23/2014", false),
        ])
    func zones(zone: String, date: String, isGuess: Bool) throws {
        let reading = try Reading(
            "Customer ID,Start,End,Service,TimeZone\n9710,\(date) 9:00,\(date) 10:00,Install,\(zone)\n")
        #expect(reading.summary == (isGuess ? ["time-zone-guessed TimeZone"] : []))
        #expect(reading.rows.map(\.row.isValid) == [true])
        // Named once for all rows, it matters where it converts.
        let options = ReadingOptions.test { $0.timeZone = ZoneRule(named: zone) }
        #expect(try read("\(date) 9:00", "\(date) 10:00", date: date, options).findings == [])
        let day = date == "1/23/2014" ? "2014-01-23" : "2014-07-23"
        #expect(
            try read("\(day)T18:00Z", "\(day)T19:00Z", date: date, options).codes.filter {
                $0 != "night-hours"
            }
                == (isGuess ? ["time-zone-guessed"] : []))
    }

    // MARK: Technicians

    @Test(
        "Several technicians in one field are several, and no number is made of them",
        arguments: [
            "12,17", "12, 17", "12;17", "12/17", "12 & 17", "12 and 17", "12 17", "12+17", "12\n17",
            "12\r\n17", "12|17",
            "#12, #17", "#12 #17", "12 AND 17", "12,17,18", "101,102", "1,234", "12 - 17", "12\\17",
            "(12) (17)", "12, and 17",
            "12\t17", "Bob & Ann", "Bob and Ann", "Bob; Ann", "Bob/Ann", "Bob + Ann", "Bob\nAnn",
            "Tech 12 & Tech 17",
            "12,12",
        ])
    func several(text: String) throws {
        let reading = try read("9:00", "10:00", tech: text)
        #expect(reading.summary == ["several-techs Technician"])
        let finding = try #require(reading.findings.first)
        #expect(finding.fix.hasPrefix("write one row for each"))
        #expect(!finding.fix.contains { $0.isNumber })
    }

    @Test(
        "What is one technician's wrong number or name is no group",
        arguments: [
            "Smith, Bob", "Bob Smith", "O'Brien", "12.5", "-12", "12a", "#x", "1.234", "Bob Smith (12)",
            "1/23/2014",
            "Alexander and", "0", "Sandy Anderson", "#N/A",
        ])
    func one(text: String) throws {
        #expect(try read("9:00", "10:00", tech: text).summary == ["invalid-tech-id Technician"])
    }

    @Test(
        "Nobody is nobody",
        arguments: [
            "", "Unassigned", "UNASSIGNED", "TBD", "t.b.d.", "None", "n/a", "N/A", "-", "--", "—", "(none)",
            "<unassigned>",
            "Not assigned", "No technician", "null", "Any", "to be determined", "TBD?",
        ])
    func nobody(text: String) throws {
        let reading = try read("9:00", "10:00", tech: text)
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.row.techID) == [0])
    }

    @Test(
        "No fix puts a number together from pieces",
        arguments: [
            "104,882", "104 882", "104'882", "104;882", "104.882", "1,0", "10-4882", "104/882", "104 & 882",
            "104\u{A0}882", "#104 882",
            "104, 882.0", "1 04882", "104_882", "(104) 882",
        ])
    func pieces(text: String) throws {
        let reading = try Reading(
            "Customer ID,Technician,Start,End,Service\n\"\(text)\",\"\(text)\",1/23/2014 9:00,1/23/2014 10:00,\"\(text)\"\n"
        )
        #expect(
            Set(reading.codes).isSubset(of: [
                "invalid-customer-id", "several-techs", "invalid-tech-id", "invalid-service-type",
            ]))
        #expect(reading.codes.count == 3)
        for finding in reading.findings {
            let numbers = finding.fix.split { !$0.isNumber }
            #expect(numbers.allSatisfy { ["0", "1", "2", "3"].contains($0) }, "\(finding.fix)")
            #expect(!finding.fix.hasPrefix("did you mean"), "\(finding.fix)")
        }
    }

    // MARK: Times that programs write

    @Test(
        "A clock time on a day that stands for none takes its day from the date column",
        arguments: [
            "12/30/1899 9:00", "12/30/1899 9:00:00 AM", "1899-12-30 09:00", "1899-12-30T09:00:00",
            "1/0/1900 9:00", "12/31/1899 9:00",
            "1/1/1900 9:00 AM", "1/1/1904 9:00", "1970-01-01 09:00", "30/12/1899 9:00", "0.375", "0.37500000",
            "0.3750000000000001", "1/0/00 9:00", "0001-01-01T09:00:00",
        ])
    func emptyDates(start: String) throws {
        let reading = try read(start, "10:00")
        #expect(reading.findings == [])
        #expect(reading.rows.first?.row.start.wire == "01/23/2014 9:00")
        let alone = try Reading("Customer ID,Start,End,Service\n9710,\(start),2014-01-23 10:00,Install\n")
        #expect(alone.summary == ["invalid-time Start"])
    }

    @Test(
        "Such a day is no date, and no fraction is guessed at",
        arguments: [
            "12/30/1899", "1/0/1900", "1899-12-30", "12/30/1899 9:00Z", "0.4", "0.1234", "1.375", "0.",
            "0.99999999",
        ])
    func noDate(start: String) throws {
        #expect(try read(start, "10:00").summary == ["invalid-time Start"])
    }

    @Test(
        "A year of two digits is read where only one year that an appointment can be in ends so",
        arguments: [
            ("1/23/14", "01/23/2014"), ("1-23-15", "01/23/2015"), ("12/31/13", "12/31/2013"),
        ])
    func twoDigitYears(date: String, wire: String) throws {
        for reading in [
            try read("9:00", "10:00", date: date), try read("\(date) 9:00", "\(date) 10:00 AM", date: ""),
        ] {
            #expect(reading.errors == [])
            #expect(reading.rows.first?.row.start.wire == wire + " 9:00")
        }
    }

    @Test(
        "Any other year of two digits is asked for in four",
        arguments: ["1/23/34", "1/23/99", "1/23/11", "14-1-23", "1/23/4"])
    func unclearYears(date: String) throws {
        let reading = try read("9:00", "10:00", date: date)
        #expect(reading.codes.allSatisfy { $0 == "invalid-time" || $0 == "no-such-date" }, "\(reading.codes)")
        #expect(reading.rows.map(\.row.isValid) == [false])
    }

    @Test("A horizon of a century leaves every year of two digits open")
    func longHorizon() throws {
        let options = ReadingOptions.test { $0.horizonDays = 36_525 }
        #expect(try read("9:00", "10:00", date: "1/23/14", options).summary == ["invalid-time Date"])
    }
}
