import Foundation
import SystemFiles
import Testing

@testable import AppointmentImport

@Suite("What should have come and did not")
struct OverdueFileTests {
    /// A file that came: its name, when, and what is wrong with it.
    struct Came {
        var name = "in/a.csv"
        var time: String
        var rows: Int? = 3
        var problem: String?
        var digest: String?
        var modified: String?

        init(
            _ time: String, _ name: String = "in/a.csv", rows: Int? = 3, problem: String? = nil,
            digest: String? = nil, modified: String? = nil
        ) {
            (self.time, self.name, self.rows) = (time, name, rows)
            (self.problem, self.digest, self.modified) = (problem, digest, modified)
        }

        func file() throws -> ArrivedFile {
            ArrivedFile(
                path: name, time: try date(time), rows: rows, problem: problem, digest: digest,
                modified: try modified.map(date))
        }
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let expected: [String]
        let came: [Came]
        let now: String
        let zone: String
        /// The pattern, the day and the reason of each that is overdue.
        let overdue: [String]

        init(
            _ description: String, _ expected: String..., came: Came..., now: String,
            zone: String = "America/Denver", overdue: String...
        ) {
            testDescription = description
            (self.expected, self.came, self.now) = (expected, came, now)
            (self.zone, self.overdue) = (zone, overdue)
        }
    }

    /// 2026-11-26 is a Thursday.
    static let cases: [Case] = [
        Case(
            "Before its time a day is not judged, but the day before is", "*.csv by 02:30 daily",
            came: Came("2026-11-25T02:17:00-07:00"), now: "2026-11-26T02:29:59-07:00"),
        Case(
            "At its time it is due", "*.csv by 02:30 daily", came: Came("2026-11-25T02:17:00-07:00"),
            now: "2026-11-26T02:30:00-07:00", overdue: "*.csv 2026-11-26 missing"),
        Case(
            "What came that day is enough", "*.csv by 02:30 daily", came: Came("2026-11-26T00:00:00-07:00"),
            now: "2026-11-26T02:30:00-07:00"),
        Case(
            "What comes late ends it", "*.csv by 02:30 daily", came: Came("2026-11-26T09:00:00-07:00"),
            now: "2026-11-26T09:00:01-07:00"),
        Case(
            "What comes on the next day, before its time, ends yesterday's", "*.csv by 02:30 daily",
            came: Came("2026-11-26T00:10:00-07:00"), now: "2026-11-26T00:20:00-07:00"),
        Case(
            "Another name is another file", "b*.csv by 02:30 daily", came: Came("2026-11-26T01:00:00-07:00"),
            now: "2026-11-26T03:00:00-07:00", overdue: "b*.csv 2026-11-26 missing"),
        Case(
            "What comes after now is not known yet", "*.csv by 02:30 daily",
            came: Came("2026-11-26T04:00:00-07:00"), now: "2026-11-26T03:00:00-07:00",
            overdue: "*.csv 2026-11-26 missing"),
        // What came is not it.
        Case(
            "A header and no rows", "*.csv by 02:30 daily", came: Came("2026-11-26T01:00:00-07:00", rows: 0),
            now: "2026-11-26T03:00:00-07:00", overdue: "*.csv 2026-11-26 empty"),
        Case(
            "An empty one and a good one", "*.csv by 02:30 daily",
            came: Came("2026-11-26T01:00:00-07:00"), Came("2026-11-26T01:30:00-07:00", "in/b.csv", rows: 0),
            now: "2026-11-26T03:00:00-07:00"),
        Case(
            "How many rows a killed run's file had nobody knows", "*.csv by 02:30 daily",
            came: Came("2026-11-26T01:00:00-07:00", rows: nil), now: "2026-11-26T03:00:00-07:00"),
        Case(
            "One that could not be read", "*.csv by 02:30 daily",
            came: Came("2026-11-26T01:00:00-07:00", problem: "it is not CSV"),
            now: "2026-11-26T03:00:00-07:00", overdue: "*.csv 2026-11-26 not imported"),
        Case(
            "The same bytes as yesterday", "*.csv by 02:30 daily",
            came: Came("2026-11-25T01:00:00-07:00", digest: "1"),
            Came("2026-11-26T01:00:00-07:00", "in/b.csv", digest: "1"), now: "2026-11-26T03:00:00-07:00",
            overdue: "*.csv 2026-11-26 old"),
        Case(
            "The same name and time, and other bytes", "*.csv by 02:30 daily",
            came: Came("2026-11-25T01:00:00-07:00", digest: "1", modified: "2026-11-25T00:30:00-07:00"),
            Came("2026-11-26T01:00:00-07:00", digest: "2", modified: "2026-11-25T00:30:00-07:00"),
            now: "2026-11-26T03:00:00-07:00"),
        Case(
            "The same name and no newer time, where the bytes are not known", "*.csv by 02:30 daily",
            came: Came("2026-11-25T01:00:00-07:00", modified: "2026-11-25T00:30:00-07:00"),
            Came("2026-11-26T01:00:00-07:00", modified: "2026-11-25T00:30:00-07:00"),
            now: "2026-11-26T03:00:00-07:00", overdue: "*.csv 2026-11-26 old"),
        Case(
            "The same name and a newer time", "*.csv by 02:30 daily",
            came: Came("2026-11-25T01:00:00-07:00", modified: "2026-11-25T00:30:00-07:00"),
            Came("2026-11-26T01:00:00-07:00", modified: "2026-11-26T00:30:00-07:00"),
            now: "2026-11-26T03:00:00-07:00"),
        Case(
            "The same bytes as one that could not be imported then", "*.csv by 02:30 daily",
            came: Came("2026-11-25T01:00:00-07:00", problem: "disk", digest: "1"),
            Came("2026-11-26T01:00:00-07:00", digest: "1"), now: "2026-11-26T03:00:00-07:00"),
        // Weekends.
        Case(
            "On a weekend Friday's is asked for: it came", "*.csv by 02:30 Mon-Fri",
            came: Came("2026-11-27T02:00:00-07:00"), now: "2026-11-29T10:00:00-07:00"),
        Case(
            "On a weekend Friday's is asked for: it did not", "*.csv by 02:30 Mon-Fri",
            came: Came("2026-11-26T02:00:00-07:00"), now: "2026-11-29T10:00:00-07:00",
            overdue: "*.csv 2026-11-27 missing"),
        Case(
            "Friday's came on Saturday", "*.csv by 02:30 weekdays", came: Came("2026-11-28T11:00:00-07:00"),
            now: "2026-11-29T10:00:00-07:00"),
        Case(
            "Early on Monday it is still Friday's", "*.csv by 02:30 Mon-Fri",
            now: "2026-11-30T02:17:00-07:00",
            overdue: "*.csv 2026-11-27 missing"),
        Case(
            "A week ago today, before the time", "*.csv by 02:30 Thu",
            came: Came("2026-11-19T01:00:00-07:00"),
            now: "2026-11-26T02:00:00-07:00"),
        Case(
            "A week ago today it did not come", "*.csv by 02:30 Thu", came: Came("2026-11-18T23:59:59-07:00"),
            now: "2026-11-26T02:00:00-07:00", overdue: "*.csv 2026-11-19 missing"),
        // Midnight.
        Case(
            "Just after midnight yesterday's evening is judged", "*.csv by 23:30 daily",
            came: Came("2026-11-24T23:00:00-07:00"), now: "2026-11-26T00:10:00-07:00",
            overdue: "*.csv 2026-11-25 missing"),
        Case(
            "It came just before midnight", "*.csv by 23:30 daily", came: Came("2026-11-25T23:59:00-07:00"),
            now: "2026-11-26T00:10:00-07:00"),
        Case(
            "Midnight itself begins the day", "*.csv by 00:00 daily", came: Came("2026-11-25T23:59:59-07:00"),
            now: "2026-11-26T00:00:00-07:00", overdue: "*.csv 2026-11-26 missing"),
        Case(
            "The day is the zone's", "*.csv by 02:30 daily", came: Came("2026-11-26T01:00:00-07:00"),
            now: "2026-11-26T03:00:00-07:00", zone: "Europe/Berlin"),
        // Clocks that change: 2:00 is 3:00 on March 8, and 2:00 is 1:00 on November 1.
        Case(
            "A time that is left out has not come before the gap", "*.csv by 02:30 daily",
            came: Came("2026-03-07T02:00:00-07:00"), now: "2026-03-08T01:59:59-07:00"),
        Case(
            "A time that is left out has come behind the gap", "*.csv by 02:30 daily",
            came: Came("2026-03-07T02:00:00-07:00"), now: "2026-03-08T03:00:00-06:00",
            overdue: "*.csv 2026-03-08 missing"),
        Case(
            "A time that comes twice is due the first time", "*.csv by 01:30 daily",
            came: Came("2026-10-31T01:00:00-06:00"), now: "2026-11-01T01:30:00-06:00",
            overdue: "*.csv 2026-11-01 missing"),
        Case(
            "It stays due while the clock shows an earlier time again", "*.csv by 01:30 daily",
            came: Came("2026-10-31T01:00:00-06:00"), now: "2026-11-01T01:10:00-07:00",
            overdue: "*.csv 2026-11-01 missing"),
        Case(
            "On the night of the change, before it", "*.csv by 01:30 daily",
            came: Came("2026-10-31T01:00:00-06:00"), now: "2026-11-01T01:29:00-06:00"),
        Case(
            "A day without a midnight", "*.csv by 00:30 daily", came: Came("2026-09-05T23:50:00-04:00"),
            now: "2026-09-06T01:00:00-03:00", zone: "America/Santiago", overdue: "*.csv 2026-09-06 missing"),
        Case(
            "A day without a midnight has its file", "*.csv by 00:30 daily",
            came: Came("2026-09-06T01:00:00-03:00"), now: "2026-09-06T01:05:00-03:00",
            zone: "America/Santiago"),
        // Several.
        Case(
            "Each is judged by itself", "a*.csv by 02:30 daily", "b*.csv by 02:30 daily",
            "c*.csv by 06:00 daily", "d*.csv by 02:30 daily",
            came: Came("2026-11-26T01:00:00-07:00"), Came("2026-11-25T01:00:00-07:00", "in/c.csv"),
            Came("2026-11-26T01:00:00-07:00", "in/d.csv", rows: 0), now: "2026-11-26T03:00:00-07:00",
            overdue: "b*.csv 2026-11-26 missing", "d*.csv 2026-11-26 empty"),
        Case("Nothing is expected", now: "2026-11-26T03:00:00-07:00"),
    ]

    @Test("The last day that was due is judged", arguments: cases)
    func judged(_ example: Case) throws {
        let zone = try #require(SystemZone(identifier: example.zone))
        let overdue = OverdueFile.judge(
            try example.expected.map { try Expectation(parsing: $0) }, try example.came.map { try $0.file() },
            now: try date(example.now), zone: zone)
        let told = overdue.map { file in
            let word =
                switch file.reason {
                case .missing: "missing"
                case .empty: "empty"
                case .old: "old"
                case .notImported: "not imported"
                }
            return "\(file.expectation.pattern) \(file.day) \(word)"
        }
        #expect(told == example.overdue)
        for file in overdue {
            #expect(file.message.contains("was expected by \(file.expectation.clock) on \(file.day)"))
        }
    }
}

private func date(_ text: String) throws -> Date {
    try #require(ISO8601DateFormatter().date(from: text))
}
