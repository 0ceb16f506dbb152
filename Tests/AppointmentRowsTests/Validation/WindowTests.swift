import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Ends that are durations or windows")
struct WindowTests {
    /// What becomes of one row: `start to end` or the first finding's code, and the warnings.
    private func outcome(_ header: String, _ row: String, _ change: (inout ReadingOptions) -> Void = { _ in })
        throws -> String
    {
        let reading = try Reading(
            "Customer ID,Service,\(header)\n9710,Install,\(row)\n", ReadingOptions.test(change))
        let only = try #require(reading.rows.first)
        guard only.row.isValid else { return only.findings.first?.code.rawValue ?? "" }
        let warnings = only.findings.map { ", " + $0.code.rawValue }.joined()
        return "\(only.row.start.wire) to \(only.row.end.wire)" + warnings
    }

    @Test(
        "A duration is read as people and programs write it",
        arguments: [
            ("90", .unsaid, .minutes(90)), ("90.0", .unsaid, .minutes(90)), ("1:30", .unsaid, .minutes(90)),
            ("01:30:00", .unsaid, .minutes(90)), ("0:45", .minutes, .minutes(45)),
            ("90 min", .unsaid, .minutes(90)),
            ("90min.", .unsaid, .minutes(90)), ("90 Minutes", .hours, .minutes(90)),
            ("1h 30m", .unsaid, .minutes(90)),
            ("1 hr 30 mins", .unsaid, .minutes(90)), ("1 hour and 30 minutes", .unsaid, .minutes(90)),
            ("1h30", .unsaid, .minutes(90)), ("1.5 hours", .unsaid, .minutes(90)),
            ("2 h", .minutes, .minutes(120)),
            ("PT1H30M", .unsaid, .minutes(90)), ("1 day", .unsaid, .minutes(1440)),
            ("1.5", .hours, .minutes(90)),
            ("2", .hours, .minutes(120)), ("2", .minutes, .minutes(2)), ("0.333", .hours, .minutes(20)),
            ("0", .unsaid, .minutes(0)), ("2", .unsaid, .ambiguous), ("1.5", .unsaid, .ambiguous),
            ("0.0625", .unsaid, .ambiguous), ("soon", .unsaid, .unreadable), ("-30", .unsaid, .unreadable),
            ("1:75", .unsaid, .unreadable), ("1:30:15", .unsaid, .unreadable),
            ("30m 1h", .unsaid, .unreadable),
            ("1h 1h", .unsaid, .unreadable), ("1e3", .unsaid, .unreadable),
            ("99999999", .unsaid, .unreadable),
            ("1,5 h", .unsaid, .unreadable), ("9:00 AM", .unsaid, .unreadable), ("h", .unsaid, .unreadable),
            ("10:00", .minutes, .ambiguousClock), ("20:00", .minutes, .ambiguousClock),
            ("1:30:00", .minutes, .ambiguousClock), ("90:00", .minutes, .ambiguousClock),
            ("10:00", .minutesAndSeconds, .ambiguousClock), ("90", .minutesAndSeconds, .unreadable),
            ("90 min", .minutesAndSeconds, .minutes(90)), ("10:00", .hours, .minutes(600)),
            ("1.h.5", .unsaid, .unreadable), (".", .minutes, .unreadable), ("1.2.3", .minutes, .unreadable),
        ] as [(String, VisitDuration.Unit, VisitDuration.Reading)])
    func durations(_ text: String, _ unit: VisitDuration.Unit, _ expected: VisitDuration.Reading) {
        #expect(VisitDuration.read(text, unit: unit) == expected)
    }

    @Test(
        "A row whose end is a duration ends so long after its start",
        arguments: [
            ("Start,Duration", "1/23/2014 9:00,120", "01/23/2014 9:00 to 01/23/2014 11:00"),
            ("Start,Duration (mins.)", "1/23/2014 9:00,5", "01/23/2014 9:00 to 01/23/2014 9:05"),
            ("Start,DurationHours", "1/23/2014 9:00,1.5", "01/23/2014 9:00 to 01/23/2014 10:30"),
            (
                "Start,DurationHours,DurationMinutes", "1/23/2014 9:00,1,30",
                "01/23/2014 9:00 to 01/23/2014 10:30"
            ),
            (
                "Start,DurationHours,DurationMinutes", "1/23/2014 9:00,,30",
                "01/23/2014 9:00 to 01/23/2014 9:30"
            ),
            ("Date,Start,Duration", "1/23/2014,9:00 AM,1h 30m", "01/23/2014 9:00 to 01/23/2014 10:30"),
            ("Start,Duration", "1/23/2014 11:00 PM,2:00", "01/23/2014 23:00 to 01/24/2014 1:00"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 9:45,45", "01/23/2014 9:00 to 01/23/2014 9:45"),
            ("Start,End,Duration", "1/23/2014 9:00,,120", "01/23/2014 9:00 to 01/23/2014 11:00"),
            ("Start,End,Duration", "1/23/2014 9:00,,", "missing-value"),
            ("Start,Duration", "1/23/2014 9:00,", "missing-value"),
            ("Start,Duration", "1/23/2014 9:00,2", "invalid-time"),
            ("Start,Duration", "1/23/2014 9:00,soon", "invalid-time"),
            ("Start,Duration", "1/23/2014 9:00,0", "end-not-after-start"),
            ("Start,DurationHours,DurationMinutes", "1/23/2014 9:00,0,0", "end-not-after-start"),
            ("Start,Duration", "1/23/2014 9:00,3000", "window-too-long"),
            ("Start,Duration", ",90", "missing-value"),
        ])
    func ends(_ header: String, _ row: String, _ expected: String) throws {
        #expect(try outcome(header, row) == expected)
    }

    @Test(
        "The unit beside a duration is the duration's",
        arguments: [
            ("Duration,Duration Type", "15,Hours", "01/24/2014 0:00"),
            ("Duration,Duration Type", "1,Hours", "01/23/2014 10:00"),
            ("Duration,Duration Type", "15,Minutes", "01/23/2014 9:15"),
            ("Duration,Duration Unit", "2,hr", "01/23/2014 11:00"),
            ("Duration,Duration Units", "5,mins.", "01/23/2014 9:05"),
            ("Length,Length Unit", "1.5,H", "01/23/2014 10:30"),
            ("Estimated Duration,DurationType", "2,hrs", "01/23/2014 11:00"),
            ("Duration,Duration UOM", "90,M", "01/23/2014 10:30"),
            ("Duration,Duration Type", "1:30,Hours", "01/23/2014 10:30"),
            ("Duration,Duration Type", "90 min,Minutes", "01/23/2014 10:30"),
            ("Duration,Duration Type", "1h 30m,Hours", "01/23/2014 10:30"),
            ("Duration,Duration Type", "90,", "01/23/2014 10:30"),
            ("Duration (minutes),Duration Type", "90,Minutes", "01/23/2014 10:30"),
            ("Duration,Duration Type", "30,Days", "invalid-time"),
            ("Duration,Duration Type", "900,Seconds", "invalid-time"),
            ("Duration,Duration Type", "2,", "invalid-time"),
            ("Duration,Duration Type", "20:00,Minutes", "invalid-time"),
            ("Duration,Duration Type", "90 min,Hours", "invalid-time"),
            ("Duration (minutes),Duration Type", "2,Hours", "invalid-time"),
            ("End,Duration,Duration Type", "1/23/2014 9:45,2,Days", "01/23/2014 9:45"),
        ])
    func units(_ header: String, _ row: String, _ expected: String) throws {
        let found = try outcome("Start,\(header)", "1/23/2014 9:00,\(row)")
        #expect(
            found.replacing("01/23/2014 9:00 to ", with: "").split(separator: ",").first ?? "" == expected)
    }

    @Test(
        "Hours and minutes are parts of one time, or the same time twice",
        arguments: [
            ("Duration (hours),Duration (minutes)", "1.5,90", "01/23/2014 10:30"),
            ("Hours,Minutes", "1,60", "01/23/2014 10:00"),
            ("Duration (hrs),Duration (min)", "1,30", "01/23/2014 10:30"),
            ("Hours,Minutes", "0,90", "01/23/2014 10:30"), ("Hours,Minutes", "2,0", "01/23/2014 11:00"),
            ("Hours,Minutes", "1.5,0", "01/23/2014 10:30"), ("Hours,Minutes", ",90", "01/23/2014 10:30"),
            ("Hours,Minutes", "0.5,30", "01/23/2014 9:30"), ("Hours,Minutes", "1:30,90", "01/23/2014 10:30"),
            ("Hours,Minutes", "1,90", "invalid-time"), ("Hours,Minutes", "1.5,30", "invalid-time"),
            ("Hours,Minutes", "2,60", "invalid-time"),
            ("Duration (hours),Duration (minutes)", "1.5,45", "invalid-time"),
        ])
    func hoursAndMinutes(_ header: String, _ row: String, _ expected: String) throws {
        let found = try outcome("Start,\(header)", "1/23/2014 9:00,\(row)")
        #expect(found.replacing("01/23/2014 9:00 to ", with: "") == expected)
    }

    @Test(
        "What a clock would show is no number of minutes",
        arguments: [
            ("Duration (mm:ss)", "10:00", "invalid-time"), ("Duration [mm:ss]", "90", "invalid-time"),
            ("Duration (minutes)", "20:00", "invalid-time"), ("Duration (min)", "1:30:00", "invalid-time"),
            ("Minutes", "20:00", "invalid-time"), ("Duration (minutes)", "0:45", "01/23/2014 9:45"),
            ("Duration (hh:mm)", "1:30", "01/23/2014 10:30"),
            ("Duration (h:mm:ss)", "1:30:00", "01/23/2014 10:30"),
            ("Duration (mm:ss)", "90 min", "01/23/2014 10:30"),
        ])
    func clocks(_ header: String, _ text: String, _ expected: String) throws {
        let found = try outcome("Start,\(header)", "1/23/2014 9:00,\(text)")
        #expect(found.replacing("01/23/2014 9:00 to ", with: "") == expected)
        if header.contains("ss"), !header.contains("h:") {
            let mapped = try outcome("Start,\(header)", "1/23/2014 9:00,\(text)") {
                $0.columnMap[.duration] = header
            }
            #expect(mapped.replacing("01/23/2014 9:00 to ", with: "") == expected)
        }
    }

    @Test("A duration that is too long is corrected, not the dates", arguments: ["3600", "90:00", "2000"])
    func tooLong(_ text: String) throws {
        let reading = try Reading("Customer ID,Service,Start,Duration\n9710,Install,1/23/2014 9:00,\(text)\n")
        #expect(reading.summary == ["window-too-long Duration"])
        #expect(reading.findings.first?.fix.contains("the duration, \"\(text)\"") == true)
        #expect(reading.findings.first?.fix.contains("date") == false)
    }

    @Test(
        "A start beside a window has the window's end",
        arguments: [
            ("Start,Window", "1/23/2014 8:00 AM,8:00 AM - 10:00 AM", "01/23/2014 8:00 to 01/23/2014 10:00"),
            (
                "Date,Start,Window", "1/23/2014,8:00 AM,8:00 AM - 10:00 AM",
                "01/23/2014 8:00 to 01/23/2014 10:00"
            ),
            (
                "Start,End,Window", "1/23/2014 8:00 AM,,8:00 AM - 10:00 AM",
                "01/23/2014 8:00 to 01/23/2014 10:00"
            ),
            (
                "Start,Window", "1/23/2014 8:00 AM,1/23/2014 8:00 AM - 10:00 AM",
                "01/23/2014 8:00 to 01/23/2014 10:00"
            ),
            ("Start,Window", "1/23/2014 8:30 AM,8:00 AM - 10:00 AM", "invalid-time"),
            ("Start,Window", "1/23/2014 8:00 AM,1/24/2014 8:00 AM - 10:00 AM", "invalid-time"),
            ("Start,Window", "1/23/2014 8:00 AM,morning", "invalid-time"),
            ("Start,Window", "1/23/2014 8:00 AM,", "missing-value"),
            // The day alone.
            ("Start,Arrival Window", "1/23/2014,8:00 AM - 12:00 PM", "01/23/2014 8:00 to 01/23/2014 12:00"),
            ("Start,Window", "2014-01-23,8 AM to 10 AM", "01/23/2014 8:00 to 01/23/2014 10:00"),
            ("Start,End,Window", "1/23/2014,,8:00 AM - 10:00 AM", "01/23/2014 8:00 to 01/23/2014 10:00"),
            // The day's midnight, as spreadsheets write it, and the whole day.
            ("Start,Window", "1/23/2014 0:00,8:00 AM - 10:00 AM", "01/23/2014 8:00 to 01/23/2014 10:00"),
            ("Start,Window", "1/23/2014 1:00 AM,1:00 AM - 2:00 AM", "01/23/2014 1:00 to 01/23/2014 2:00"),
            (
                "Start,End,Window", "1/23/2014 0:00,1/23/2014 23:59,8:00 AM - 10:00 AM",
                "01/23/2014 8:00 to 01/23/2014 10:00"
            ),
            (
                "Start,End,Window", "1/23/2014 12:00 AM,1/24/2014 12:00 AM,8:00 AM - 10:00 AM",
                "01/23/2014 8:00 to 01/23/2014 10:00"
            ),
            (
                "Date,Start,End,Window", "1/23/2014,0:00,23:59,8:00 AM - 10:00 AM",
                "01/23/2014 8:00 to 01/23/2014 10:00"
            ),
            ("Start,End,Window", "1/23/2014 0:00,1/25/2014 0:00,8:00 AM - 10:00 AM", "all-day"),
            ("Start,End,Window", "1/23/2014 0:00,1/23/2014 23:59,morning", "all-day"),
            ("Start,End,Window", "1/23/2014 0:00,1/23/2014 23:59,", "all-day"),
            ("Date,Start,Window", "1/23/2014,0:00,8:00 AM - 10:00 AM", "invalid-time"),
            ("Start,Window", "1/23/2014,1/24/2014 8:00 AM - 10:00 AM", "invalid-time"),
            ("Start,Window", "1/23/2014,morning", "invalid-time"),
            ("Start,Window", "1/23/2014,", "invalid-time"),
            ("Start,End,Window", "1/23/2014,1/23/2014,8:00 AM - 10:00 AM", "invalid-time"),
            ("Start,Duration,Window", "1/23/2014,60,8:00 AM - 10:00 AM", "invalid-time"),
            ("Start,Window", "2/30/2014,8:00 AM - 10:00 AM", "no-such-date"),
        ])
    func startAndWindow(_ header: String, _ row: String, _ expected: String) throws {
        #expect(try outcome(header, row) == expected)
    }

    @Test("What is missing is said of a column that the file has")
    func missingWindow() throws {
        let reading = try Reading("Customer ID,Service,Start,Window\n9710,Install,1/23/2014 9:00,\n")
        #expect(reading.summary == ["missing-value Window"])
    }

    @Test("A duration is counted as clocks go on, through a change to daylight saving time")
    func clockChange() throws {
        let change: (inout ReadingOptions) -> Void = { $0.timeZone = ZoneRule(named: "America/Denver") }
        #expect(
            try outcome("Start,Duration", "3/9/2014 1:00 AM,120", change)
                == "03/09/2014 1:00 to 03/09/2014 4:00")
        #expect(
            try outcome("Start,Duration", "2014-01-23T16:00Z,90", change)
                == "01/23/2014 9:00 to 01/23/2014 10:30")
    }

    @Test(
        "A window is read as people write it",
        arguments: [
            ("8:00 AM - 12:00 PM", "8:00 to 12:00"), ("8:00 AM–12:00 PM", "8:00 to 12:00"),
            ("8:00am-12:00pm", "8:00 to 12:00"), ("8 AM to 12 PM", "8:00 to 12:00"),
            ("8-11 AM", "8:00 to 11:00"),
            ("8:00 - 12:00", "8:00 to 12:00"), ("13:00-15:30", "13:00 to 15:30"),
            ("1:00 - 5:00 PM", "13:00 to 17:00"),
            ("10:00 - 2:00 PM", "10:00 to 14:00"), ("8:00 - 12:00 PM", "8:00 to 12:00"),
            ("12:00 - 4:00 PM", "12:00 to 16:00"), ("8:00 AM - 4:00", "8:00 to 16:00"),
            ("8:00 AM until 10:00 AM", "8:00 to 10:00"), ("8:00 AM ~ 10:00 AM", "8:00 to 10:00"),
            ("8-12", nil), ("1-5", nil), ("morning", nil), ("8:00 AM", nil), ("8:00 AM -", nil), ("", nil),
            ("8:00 AM - noon", nil), ("1-555-0100", nil),
        ] as [(String, String?)])
    func windows(_ text: String, _ expected: String?) throws {
        let window = TimeWindow(text, order: .monthFirst, years: nil)
        let clocks = window.map {
            "\(Wording.clock($0.start.minuteOfDay)) to \(Wording.clock($0.end.minuteOfDay))"
        }
        #expect(clocks == expected)
    }

    @Test(
        "One column with both times is a start and an end",
        arguments: [
            ("Date,Time Window", "1/23/2014,8:00 AM - 12:00 PM", "01/23/2014 8:00 to 01/23/2014 12:00"),
            ("Arrival Window", "1/23/2014 8:00 AM - 12:00 PM", "01/23/2014 8:00 to 01/23/2014 12:00"),
            ("Window", "2014-01-23 08:00-10:00", "01/23/2014 8:00 to 01/23/2014 10:00"),
            ("Window", "1/23/2014 8:00 PM - 1/24/2014 7:00 AM", "01/23/2014 20:00 to 01/24/2014 7:00"),
            ("Time Slot", "\"Thu, Jan 23, 2014 8:00 AM - 10:00 AM\"", "01/23/2014 8:00 to 01/23/2014 10:00"),
            ("Date,Start,End", "1/23/2014,8:00 AM - 10:00 AM,", "01/23/2014 8:00 to 01/23/2014 10:00"),
            ("Date,Start,Duration", "1/23/2014,8:00 AM - 10:00 AM,", "01/23/2014 8:00 to 01/23/2014 10:00"),
            ("Date,Start,End", "1/23/2014,8:00 AM - 10:00 AM,11:00 AM", "invalid-time"),
            ("Date,Time Window", "1/23/2014,", "missing-value"),
            ("Date,Time Window", "1/23/2014,anytime", "invalid-time"),
            ("Date,Time Window", "1/23/2014,8:00 AM", "invalid-time"),
            ("Date,Time Window", "1/23/2014,12:00 PM - 8:00 AM", "end-not-after-start"),
            ("Time Window", "8:00 AM - 12:00 PM", "invalid-time"),
            ("Date,Time Window", "1/23/2014,8:00 AM - 12:00 PM EST", "invalid-time"),
        ])
    func columns(_ header: String, _ row: String, _ expected: String) throws {
        #expect(try outcome(header, row) == expected)
    }

    @Test("Two of our columns may be one of the file's, where it holds a window")
    func mappedTwice() throws {
        let change: (inout ReadingOptions) -> Void = { $0.columnMap = [.start: "Slot", .end: "Slot"] }
        #expect(
            try outcome("Date,Slot", "1/23/2014,8:00 AM - 10:00 AM", change)
                == "01/23/2014 8:00 to 01/23/2014 10:00")
    }

    @Test("Without an end, a duration or a window the file can't be read, and each of the ways is named")
    func missing() throws {
        let error = try #require(throws: InputError.self) { try outcome("Start", "1/23/2014 9:00") }
        #expect(error.code.rawValue == "missing-column" && error.message.contains("EndTime is missing"))
        #expect(error.fix.contains("--map EndTime=") && error.fix.contains("--map Duration"))
        #expect(error.fix.contains("--map Window"))
        let slip = try #require(throws: InputError.self) {
            try outcome("Start,Duratoin", "1/23/2014 9:00,90")
        }
        #expect(slip.fix.hasPrefix("did you mean --map Duration=\"Duratoin\"?"))
        #expect(
            try outcome("Start,Duratoin", "1/23/2014 9:00,90") { $0.columnMap = [.duration: "Duratoin"] }
                == "01/23/2014 9:00 to 01/23/2014 10:30")
    }
}

@Suite("Dates with words, and two ways of writing them")
struct DateFormTests {
    private func wire(_ text: String) -> String {
        var text = text
        let reading = text.withUTF8 { TimeText.read($0, order: .monthFirst, years: 2013...2016) }
        switch reading {
        case .problem(let problem): return "\(problem)"
        case .time(let time):
            let date = time.hasDate ? "\(time.year)-\(time.month)-\(time.day)" : ""
            return date + (time.hasClock ? " " + Wording.clock(time.minuteOfDay) : "")
        }
    }

    @Test(
        "An English month or a day of the week belongs to a date",
        arguments: [
            ("Jan 23, 2014 7:30 AM", "2014-1-23 7:30"), ("January 23rd, 2014, 7:30 AM", "2014-1-23 7:30"),
            ("23 Jan 2014 07:30", "2014-1-23 7:30"), ("23-Jan-2014 7:30", "2014-1-23 7:30"),
            ("23-Jan-14 7:30", "2014-1-23 7:30"), ("23Jan2014 7:30", "2014-1-23 7:30"),
            ("2014-Jan-23 07:30", "2014-1-23 7:30"), ("23rd of January 2014 at 7:30 am", "2014-1-23 7:30"),
            ("Thu, Jan 23, 2014 at 7:30 AM", "2014-1-23 7:30"), ("Thursday 23 January 2014", "2014-1-23"),
            ("Thu 1/23/2014 7:30", "2014-1-23 7:30"), ("Thursday, 1/23/2014 7:30 AM", "2014-1-23 7:30"),
            ("Thu. 1/23/14 7:30", "2014-1-23 7:30"), ("Thurs 2014-01-23 07:30", "2014-1-23 7:30"),
            ("SEPT 1 2014 7:30", "2014-9-1 7:30"), ("Jan 23 2014 - 7:30 AM", "2014-1-23 7:30"),
            ("Jan 23 2014 @ 7:30 AM", "2014-1-23 7:30"), ("Jan 23, 2014", "2014-1-23"),
            ("Thu Jan 23 2014 07:30:00 GMT-0700 (Mountain Standard Time)", "2014-1-23 7:30"),
            ("Fri, Jan 23, 2014 7:30 AM", "otherWeekday"), ("Fri 1/23/2014 7:30", "otherWeekday"),
            ("Feb 30, 2014 7:30", "noSuchDate"), ("27-Jan-05 7:30", "twoDigitYear"),
            ("Jan 23, 2014 25:00", "noSuchClock"),
            ("Jan 23 7:30", "unreadable"), ("Janx 23, 2014", "unreadable"), ("Ja 23, 2014", "unreadable"),
            ("Thu", "unreadable"), ("Thursday 7:30", "unreadable"), ("May", "unreadable"),
            ("Jan 2014", "unreadable"),
            ("Jan 23, 2014 soon", "unreadable"), ("March Smith", "unreadable"),
            ("23. Januar 2014", "2014-1-23"), ("Jänner 23, 2014", "unreadable"),
        ])
    func words(_ text: String, _ expected: String) {
        #expect(wire(text) == expected)
    }

    @Test(
        "Two ways of writing dates in one column are a warning on each row that differs from the first",
        arguments: [
            ("2014-01-23 7:30,2014-01-23 9:30", "1/24/2014 7:30,1/24/2014 9:30", 2),
            ("1/23/2014 7:30,1/23/2014 9:30", "2014-01-24 7:30,2014-01-24 9:30", 2),
            ("1/23/2014 7:30,2014-01-23 9:30", "1/24/2014 7:30,2014-01-24 9:30", 0),
            ("1/23/2014 7:30,1/23/2014 9:30", "24 Jan 2014 7:30,24 Jan 2014 9:30", 0),
            ("1/23/2014 7:30,1/23/2014 9:30", "1-24-2014 7:30,1-24-2014 9:30", 0),
        ])
    func mixed(_ first: String, _ second: String, _ count: Int) throws {
        let text = "Customer ID,Start,End,Service\n9710,\(first),Install\n9711,\(second),Install\n"
        let reading = try Reading(text)
        #expect(reading.rows.map(\.row.isValid) == [true, true])
        #expect(reading.codes == Array(repeating: "mixed-date-forms", count: count))
        #expect(
            reading.findings.allSatisfy {
                $0.line == 3 && $0.severity == .warning && $0.message.contains("line 2")
            })
        let strict = try Reading(text, .test { $0.isStrict = true })
        #expect(strict.rows.map(\.row.isValid) == [true, count == 0])
    }

    @Test("Two ways of writing in a column for the day are found as well")
    func mixedDays() throws {
        let reading = try Reading(
            "Customer ID,Date,Start,End,Service\n9710,2014-01-23,7:30,9:30,Install\n9711,1/24/2014,7:30,9:30,Install\n"
        )
        #expect(reading.summary == ["mixed-date-forms Date"])
    }
}
