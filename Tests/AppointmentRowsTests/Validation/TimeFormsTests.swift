import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Forms of times that only a column of them makes sure of")
struct TimeFormsTests {
    private func times(_ header: String, _ row: String) throws -> String {
        let reading = try Reading("Customer ID,Service,\(header)\n9710,Install,\(row)\n")
        return reading.codes.isEmpty
            ? reading.rows.map { "\($0.row.start.wire) \($0.row.end.wire)" }.joined()
            : reading.codes.joined(separator: " ")
    }

    @Test(
        "A date and a clock time in one text",
        arguments: [
            "20140123T073000", "20140123T0730", "20140123 073000", "20140123 7:30", "20140123073000",
            "201401230730",
            "2014-01-23-07.30.00.000000", "2014-01-23-07.30.00", "1/23/2014 7h30", "1/23/2014 07h30",
            "1/23/2014 7:30 h",
            "1/23/2014 7:30 hrs", "1/23/2014 7:30 Uhr", "1/23/2014 7:30",
        ])
    func moments(text: String) throws {
        #expect(try times("Start,Duration", "\(text),60") == "01/23/2014 7:30 01/23/2014 8:30")
    }

    @Test(
        "A clock time beside a date",
        arguments: [
            ("0730", "0930", "7:30 9:30"), ("0730", "1330", "7:30 13:30"), ("T07:30", "T09:30", "7:30 9:30"),
            ("7h30", "9h", "7:30 9:00"), ("9 Uhr", "10:30 Uhr", "9:00 10:30"),
            ("9:00 hrs", "12 noon", "9:00 12:00"),
            ("9:00", "12:00 noon", "9:00 12:00"), ("9 h 15", "10h15", "9:15 10:15"),
        ])
    func clocks(start: String, end: String, expected: String) throws {
        let parts = expected.split(separator: " ")
        let wanted = "01/23/2014 \(parts[0]) 01/23/2014 \(parts[1])"
        for date in ["1/23/2014", "20140123"] {
            #expect(try times("Date,Start Time,End Time", "\(date),\(start),\(end)") == wanted)
        }
    }

    @Test(
        "A window",
        arguments: [
            ("0800-1200", "8:00 12:00"), ("800 - 1000", "8:00 10:00"), ("8h30-10h", "8:30 10:00"),
            ("0900 to 1330", "9:00 13:30"),
        ])
    func windows(window: String, expected: String) throws {
        let parts = expected.split(separator: " ")
        #expect(
            try times("Date,Time Window", "1/23/2014,\(window)")
                == "01/23/2014 \(parts[0]) 01/23/2014 \(parts[1])")
    }

    @Test(
        "What may be something else is not read",
        arguments: [
            "2460", "9999", "730", "07300", "20140123T2460", "19140123T073000x", "7h300",
            "h30", "13 noon",
            "9:30 noon", "7 days", "T", "Tea time", "201401", "2014012307",
        ])
    func others(text: String) throws {
        #expect(try times("Date,Start Time,End Time", "1/23/2014,\(text),23:00").contains("invalid-time"))
    }

    @Test("An end that is a clock time alone is on the start's day")
    func clockEnd() throws {
        for end in ["9:30", "9:30 AM", "0930"] {
            #expect(try times("Start,End", "1/23/2014 7:30,\(end)") == "01/23/2014 7:30 01/23/2014 9:30")
            #expect(
                try times("Start,End,Date", "1/23/2014 7:30,\(end),") == "01/23/2014 7:30 01/23/2014 9:30")
        }
        #expect(try times("Start,End", "1/23/2014 7:30,6:30").contains("end-not-after-start"))
        #expect(try times("Start,End", "7:30,1/23/2014 9:30").contains("invalid-time"))
    }

    @Test(
        "A start is called in other words too",
        arguments: ["Time", "When", "Scheduled For", "Visit Time", "Booked For", "Appointment Time"])
    func names(name: String) throws {
        #expect(try times("Date,\(name),Duration", "1/23/2014,7:30,60") == "01/23/2014 7:30 01/23/2014 8:30")
        // A clearer name has it.
        #expect(
            try times("Date,\(name),Start Time,End Time", "1/23/2014,6:00,7:30,8:30")
                == "01/23/2014 7:30 01/23/2014 8:30")
    }

    @Test(
        "Lengths in other forms, and by the name of a column that is said to be one",
        arguments: [
            ("0 days 01:30:00", "Duration", 90), ("1.5", "Scheduled Hours", 90), ("2", "Hours Booked", 120),
            ("45", "Booked Minutes", 45), ("90", "Effort", 90),
        ])
    func lengths(text: String, name: String, minutes: Int) throws {
        let reading = try Reading(
            "Customer ID,Service,Start,\(name)\n9710,Install,1/23/2014 7:30,\(text)\n",
            .test { $0.columnMap = [.duration: name] })
        #expect(reading.codes == [])
        #expect(reading.rows.map { Int($0.row.end.minutes - $0.row.start.minutes) } == [minutes])
    }

    @Test(
        "The day and the clock time of a start in two columns, as programs name them",
        arguments: [
            "Scheduled Start", "Appointment Start", "Job Start", "Schedule start", "Visit Start", "Start",
        ])
    func parted(name: String) throws {
        let end = name.replacing("Start", with: "End").replacing("start", with: "end")
        #expect(
            try times("\(name) Date,\(name) Time,\(end) Date,\(end) Time", "1/23/2014,23:30,1/24/2014,1:30")
                .contains("night"))
        #expect(
            try times("\(name) Date,\(name) Time,\(end) Time", "1/23/2014,7:30,9:30")
                == "01/23/2014 7:30 01/23/2014 9:30")
    }

    @Test("Columns of dates that hold clock times too are the start's and the end's")
    func datesWithClocks() throws {
        let wanted = "01/23/2014 7:30 01/23/2014 9:30"
        #expect(try times("Start Date,End Date", "1/23/2014 7:30 AM,1/23/2014 9:30 AM") == wanted)
        #expect(try times("Date,Duration", "2014-01-23T07:30,120") == wanted)
        #expect(try times("Scheduled Date,Length", "1/23/2014 7:30,2h") == wanted)
        for row in ["1/23/2014,1/24/2014", ",", "next week,"] {
            #expect(throws: InputError.self) { try times("Start Date,End Date", row) }
        }
        // With a column for the clock time it is a date.
        #expect(try times("Date,Start Time,Duration", "1/23/2014,7:30,120") == wanted)
    }
}
