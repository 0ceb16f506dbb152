import ImportFixtures
import Testing

@testable import AppointmentRows

/// An end with the date of the next day makes a visit of a day and a night.
@Suite("Visits that are too long to be meant") struct LongVisitTests {
    private static func reading(
        _ start: String, _ end: String, _ change: (inout ReadingOptions) -> Void = { _ in }
    ) throws -> Reading {
        try Reading(row: "9710,5,\(start),\(end),Install,,", .test(change))
    }

    @Test(
        "are warned of, and booked as they stand",
        arguments: [
            ("1/23/2014 8:00", "1/24/2014 8:00"), ("1/23/2014 8:00", "1/24/2014 7:00"),
            ("1/23/2014 8:00 AM", "1/24/2014 7:30 AM"), ("1/23/2014 13:00", "1/24/2014 10:00"),
            ("1/23/2014 8:00", "1/24/2014 9:00"), ("2014-01-23 9:30", "2014-01-24 10:30"),
            ("1/23/2014 1:00 AM", "1/23/2014 11:00 PM"),
        ])
    func long(start: String, end: String) throws {
        let reading = try Self.reading(start, end) { $0.maxWindow = 48 * 60 }
        #expect(reading.summary == ["long-visit EndTime"])
        #expect(reading.rows.first?.row.isValid == true)
    }

    @Test("by a duration or a window too")
    func otherEnds() throws {
        for (column, value) in [("Duration", "24h"), ("Duration", "1435 min")] {
            let reading = try Reading(
                "Customer ID,Start,Service,\(column)\n9710,1/23/2014 8:00,Install,\(value)\n")
            #expect(reading.summary == ["long-visit \(column)"])
        }
        let dated = try Reading(
            "Customer ID,Date,Start,End Date,End,Service\n9710,1/23/2014,8:00,1/24/2014,8:00,Install\n")
        #expect(dated.summary == ["long-visit End"])
    }

    @Test(
        "and nothing is said twice",
        arguments: [
            ("1/23/2014 8:00", "1/24/2014 9:00", "window-too-long"),
            ("1/23/2014 0:00", "1/24/2014 0:00", "all-day"),
            ("1/23/2014 8:00", "1/24/2014 5:00", "night-hours"),
            ("1/23/2014 0:00", "1/23/2014 23:59", "all-day"),
            ("1/23/2014 8:00 AM", "1/24/2014 7:30", "invalid-time"),
        ])
    func once(start: String, end: String, code: String) throws {
        #expect(try Self.reading(start, end).codes == [code])
    }

    @Test(
        "Long days, nights and visits of days that were asked for are not warned of",
        arguments: [
            ("1/23/2014 8:00", "1/23/2014 20:00"), ("1/23/2014 7:00", "1/23/2014 21:00"),
            ("1/23/2014 8:00 PM", "1/24/2014 6:00 AM"), ("1/23/2014 10:00 PM", "1/24/2014 9:00 AM"),
            ("1/23/2014 6:00 AM", "1/23/2014 10:00 PM"), ("1/23/2014 8:00", "1/24/2014 17:00"),
            ("1/23/2014 8:00", "1/25/2014 17:00"),
        ])
    func honest(start: String, end: String) throws {
        #expect(try Self.reading(start, end) { $0.maxWindow = 72 * 60 }.codes == [])
    }
}
