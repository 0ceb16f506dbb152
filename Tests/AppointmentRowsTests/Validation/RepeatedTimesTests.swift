import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Times that a row says twice")
struct RepeatedTimesTests {
    private func codes(_ header: String, _ row: String, _ options: ReadingOptions = .test) throws -> [String]
    {
        try Reading("Customer ID,Service,\(header)\n9710,Install,\(row)\n", options).codes
    }

    @Test(
        "Where they differ, that is said",
        arguments: [
            ("Date,Start,End", "1/24/2014,1/23/2014 9:00,1/23/2014 10:00"),
            ("Appointment Date,Start,End", "1/24/2014,1/23/2014 9:00,1/23/2014 10:00"),
            ("Appointment Date,Start,End", "12/24/2013,1/23/2014 9:00,1/23/2014 10:00"),
            ("Start Date,Start Time,End Time", "2014-01-24,2014-01-23 9:00,2014-01-23 10:00"),
            ("Date,Start,Duration", "1/24/2014,1/23/2014 9:00,60"),
            ("End Date,Start,End", "1/24/2014,1/23/2014 9:00,1/23/2014 10:00"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 10:00,90"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 10:00,2 hours"),
            ("Start,End,Duration (hrs)", "1/23/2014 9:00,1/23/2014 10:00,1.5"),
            ("Start,End,Length (min)", "1/23/2014 9:00,1/23/2014 10:00,45"),
            ("Date,Start,End,Duration", "1/23/2014,9:00,10:00,90"),
        ])
    func differing(header: String, row: String) throws {
        #expect(try codes(header, row) == ["contradicting-times"])
        #expect(try codes(header, row, .test { $0.isStrict = true }) == ["contradicting-times"])
        // What is asked for by name is meant.
        let names = header.split(separator: ",").map(String.init)
        var map: [InputColumn: String] = [:]
        for name in names {
            if let column = InputColumn(named: name), [.start, .end].contains(column) { map[column] = name }
        }
        #expect(try codes(header, row, .test { $0.columnMap = map }) == [])
    }

    @Test("The start and the end are booked")
    func booked() throws {
        let text =
            "Customer ID,Service,Date,Start,End,Duration\n9710,Install,1/24/2014,1/23/2014 9:00,1/23/2014 9:45,120\n"
        let reading = try Reading(text)
        #expect(reading.codes == ["contradicting-times"])
        #expect(
            reading.rows.map { "\($0.row.start.wire) \($0.row.end.wire)" } == [
                "01/23/2014 9:00 01/23/2014 9:45"
            ])
    }

    @Test(
        "Where they agree, or one says something else, nothing is said",
        arguments: [
            ("Date,Start,End", "1/23/2014,1/23/2014 9:00,1/23/2014 10:00"),
            ("Date,Start,End", "2014-01-23,1/23/2014 9:00,1/23/2014 10:00"),
            ("Date,Start,End", "01/23/2014,1/23/2014 9:00,1/23/2014 10:00"),
            ("Date,Start,End", ",1/23/2014 9:00,1/23/2014 10:00"),
            ("Date,Start,End", "1/24/2014,9:00,10:00"),
            // The day on which the row was written.
            ("Date,Start,End", "12/30/2013,1/23/2014 9:00,1/23/2014 10:00"),
            ("Date,Start,End", "1/1/2014,1/23/2014 9:00,1/23/2014 10:00"),
            ("Start Date,Start,End", "6/1/2012,1/23/2014 9:00,1/23/2014 10:00"),
            ("Date,Start,End", "soon,1/23/2014 9:00,1/23/2014 10:00"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 10:00,60"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 10:00,1:00"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 10:00,1"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 10:00,"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 10:00,0"),
            ("Start,End,Duration", "1/23/2014 9:00,1/23/2014 10:00,long"),
            ("Start,End,Duration (hrs)", "1/23/2014 9:00,1/23/2014 10:00,1.0"),
            ("Start,End,DurationHours,DurationMinutes", "1/23/2014 9:00,1/23/2014 10:30,1,30"),
            // Somebody comes between the two, for a while.
            ("Date,Time window from,Time window to,Duration", "1/23/2014,9:00,11:00,25"),
            ("Earliest Time,Latest Time,Time at stop (minutes)", "1/23/2014 9:00,1/23/2014 11:00,45"),
            ("Window Start,Window End,Duration", "1/23/2014 9:00,1/23/2014 11:00,45"),
            ("Start,End,Travel Duration", "1/23/2014 9:00,1/23/2014 11:00,45"),
            ("Start,End,On Job Duration", "1/23/2014 9:00,1/23/2014 11:00,45"),
            ("Start,End,Total Duration", "1/23/2014 9:00,1/23/2014 11:00,45"),
        ])
    func agreeing(header: String, row: String) throws {
        #expect(try codes(header, row) == [])
    }
}
