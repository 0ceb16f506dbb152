@testable import ImportFixtures
import Foundation
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite struct DateAndZoneTests {
    private static let columns = "SecurityTraxUniqueID,ServiceType,Date,EndDate,TimeZone,StartTime,EndTime\n"

    /// One row: `Date,EndDate,TimeZone,StartTime,EndTime`.
    private func read(_ row: String, _ options: ReadingOptions = .test) throws -> Reading {
        try Reading(Self.columns + "9710,1," + row + "\n", options)
    }

    private func window(_ reading: Reading) -> String? {
        guard let row = reading.rows.first?.row, row.isValid else { return nil }
        return "\(row.start.wire) - \(row.end.wire)"
    }

    @Test(
        "Clock times take their date from the columns for it",
        arguments: [
            ("1/23/2014,,,7:30,9:30", "01/23/2014 7:30 - 01/23/2014 9:30"),
            ("2014-01-23,,,7:30 AM,9:30 PM", "01/23/2014 7:30 - 01/23/2014 21:30"),
            ("1/23/2014 0:00,,,7:30,9:30", "01/23/2014 7:30 - 01/23/2014 9:30"),
            ("1/23/2014 12:00:00 AM,,,7:30,9:30", "01/23/2014 7:30 - 01/23/2014 9:30"),
            ("1/23/2014,1/24/2014,,22:30,1:30", "01/23/2014 22:30 - 01/24/2014 1:30"),
            ("1/23/2014,,,7:30,1/23/2014 9:30", "01/23/2014 7:30 - 01/23/2014 9:30"),
            // A time that has its own date doesn't look at the column.
            ("nonsense,,,1/23/2014 7:30,1/23/2014 9:30", "01/23/2014 7:30 - 01/23/2014 9:30"),
            (",1/23/2014,,1/23/2014 7:30,9:30", "01/23/2014 7:30 - 01/23/2014 9:30"),
        ])
    func dates(row: String, expected: String) throws {
        let reading = try read(row)
        // At night there is a warning.
        #expect(reading.errors == [])
        #expect(window(reading) == expected)
    }

    @Test(
        "A date that is needed and not there, or wrong, is said once",
        arguments: [
            (",,,7:30,9:30", "missing-value Date"),
            (",,,7:30,1/23/2014 9:30", "missing-value Date"),
            ("2/30/2014,,,7:30,9:30", "no-such-date Date"),
            ("soon,,,7:30,9:30", "invalid-time Date"),
            ("1/23/2014 8:00,,,7:30,9:30", "invalid-time Date"),
            ("7:30,,,7:30,9:30", "invalid-time Date"),
            ("1/23/34,,,7:30,9:30", "invalid-time Date"),
            ("1/23/2014,soon,,7:30,9:30", "invalid-time EndDate"),
            ("1/23/2014,,,22:30,1:30", "end-not-after-start EndTime"),
            ("1/23/2014,,,1/23/2014,9:30", "invalid-time StartTime"),
        ])
    func wrongDates(row: String, expected: String) throws {
        #expect(try read(row).summary == [expected])
    }

    @Test("An end after midnight without a date of its own is told about EndDate")
    func overMidnight() throws {
        #expect(try read("1/23/2014,,,22:30,1:30").findings.first?.fix.contains("EndDate") == true)
        #expect(try read(",,,1/23/2014 8:00,1/23/2014 1:30").findings.first?.fix.contains("PM") == true)
    }

    @Test("A file without a Date column can't have mere clock times")
    func noDateColumn() throws {
        let reading = try Reading(row: "9710,,7:30,9:30,1,,")
        #expect(reading.summary == ["invalid-time StartTime", "invalid-time EndTime"])
        #expect(reading.findings.first?.fix.contains("add a column Date") == true)
    }

    @Test(
        "A time with an offset becomes the customer's local time",
        arguments: [
            (",,Mountain,2014-01-23T14:30Z,2014-01-23T16:30Z", "01/23/2014 7:30 - 01/23/2014 9:30"),
            (
                ",,America/Denver,2014-07-23T14:30Z,2014-07-23T10:30-06:00",
                "07/23/2014 8:30 - 07/23/2014 10:30"
            ),
            (",,Arizona,2014-07-23T14:30Z,2014-07-23T16:30Z", "07/23/2014 7:30 - 07/23/2014 9:30"),
            (",,EST,2014-01-23 23:30 -0800,2014-01-24 00:30 -0800", "01/24/2014 2:30 - 01/24/2014 3:30"),
            ("2014-01-23,,Pacific,14:30Z,16:30Z", "01/23/2014 6:30 - 01/23/2014 8:30"),
            (",,Pacific,1/23/2014 7:30,1/23/2014 9:30", "01/23/2014 7:30 - 01/23/2014 9:30"),
        ])
    func offsets(row: String, expected: String) throws {
        let reading = try read(row)
        // At night there is a warning.
        #expect(reading.errors == [])
        #expect(window(reading) == expected)
    }

    @Test(
        "Local times that don't exist and instants that can't be written are refused",
        arguments: [
            // 2014-03-09 2:00 to 3:00 is skipped, 2014-11-02 1:00 to 2:00 repeated.
            (",,Mountain,3/9/2014 2:00,3/9/2014 4:00", "no-such-local-time StartTime"),
            (",,Mountain,3/9/2014 2:59,3/9/2014 4:00", "no-such-local-time StartTime"),
            (",,Mountain,3/9/2014 1:30,3/9/2014 2:30", "no-such-local-time EndTime"),
            (",,Mountain,2014-11-02T07:30Z,2014-11-02T10:00Z", "ambiguous-local-time StartTime"),
            (",,Mountain,2014-11-02T08:30Z,2014-11-02T10:00Z", "ambiguous-local-time StartTime"),
            (",,,2014-11-02T08:30Z,11/2/2014 10:00", "time-zone-not-allowed StartTime"),
            (",,Mars/Olympus,3/9/2014 2:00,3/9/2014 4:00", "invalid-time TimeZone"),
            (",,Mountain,1/23/2014 7:30 MST,1/23/2014 9:30", "time-zone-not-allowed StartTime"),
        ])
    func gaps(row: String, expected: String) throws {
        #expect(try read(row).summary == [expected])
    }

    @Test("A skipped and a repeated time are explained")
    func gapWording() throws {
        let gap = try #require(try read(",,Mountain,3/9/2014 2:30,3/9/2014 4:00").findings.first)
        #expect(
            gap.message
                == "\"3/9/2014 2:30\": the clocks in America/Denver skip that time, going 1 hour forward")
        let half = try #require(
            try read(",,Australia/Lord_Howe,10/5/2014 2:15,10/5/2014 4:00").findings.first)
        #expect(half.message.hasSuffix("going 30 minutes forward"))
        let twice = try #require(try read(",,Mountain,2014-11-02T07:30Z,2014-11-02T10:00Z").findings.first)
        #expect(
            twice.message
                == "\"2014-11-02T07:30Z\" is 11/02/2014 1:30 in America/Denver, which the clocks there show twice that day"
        )
    }

    @Test(
        "Times beside a change of the clocks are fine",
        arguments: [
            (",,Mountain,3/9/2014 1:59,3/9/2014 3:00"), (",,Arizona,3/9/2014 2:00,3/9/2014 2:30"),
            (",,Mountain,11/2/2014 1:30,11/2/2014 3:30"), (",,Mountain,2014-11-02T06:59Z,2014-11-02T09:00Z"),
            (",,,3/9/2014 2:00,3/9/2014 4:00"),
        ])
    func besideGaps(row: String) throws {
        #expect(try read(row).errors == [])
    }

    @Test("With a zone that nobody knows, what is wrong besides is still said")
    func unknownZone() throws {
        #expect(
            try read(",,Mars,1/23/2014 9:30,1/23/2014 7:30").summary == [
                "invalid-time TimeZone", "end-not-after-start EndTime",
            ])
        #expect(try read(",,Mars,2014-01-23T09:30Z,1/23/2014 7:30").summary == ["invalid-time TimeZone"])
    }

    @Test("A fix is written in the date order that was asked for")
    func formOfOrder() throws {
        func fix(_ order: DateOrder) throws -> String? {
            let options = ReadingOptions.test { $0.dateOrder = order }
            return try Reading(row: "9710,,soon,2014-01-23 9:30,1,,", options).findings.first?.fix
        }
        #expect(try fix(.monthFirst) == "write it as 1/23/2014 7:30 or 2014-01-23 7:30")
        #expect(try fix(.dayFirst) == "write it as 23/1/2014 7:30 or 2014-01-23 7:30")
        #expect(try fix(.yearFirst) == "write it as 2014-01-23 7:30")
    }

    @Test("Past is counted in the row's zone, or everywhere where there is none")
    func past() throws {
        let local = try #require(LocalTime(year: 2014, month: 1, day: 23, hour: 7, minute: 30)).minutes
        func expiresAt(_ row: String) throws -> Int64? { try read(row).rows.first?.row.expiresAt }
        #expect(try expiresAt(",,,1/23/2014 7:30,1/23/2014 9:30") == Int64(local) + 720)
        #expect(try expiresAt(",,Mountain,1/23/2014 7:30,1/23/2014 9:30") == Int64(local) + 420)
        #expect(try expiresAt(",,Mountain,2014-01-23T14:30Z,2014-01-23T16:30Z") == Int64(local) + 420)
        // A local time that comes twice is past after the second one.
        let repeated = try #require(LocalTime(year: 2014, month: 11, day: 2, hour: 1, minute: 30)).minutes
        #expect(try expiresAt(",,Mountain,11/2/2014 1:30,11/2/2014 9:30") == Int64(repeated) + 420)
    }

    @Test("The option serves rows that name no zone of their own")
    func optionZone() throws {
        let options = ReadingOptions.test { $0.timeZone = ZoneRule(named: "Eastern Time") }
        #expect(
            window(try read(",,,2014-01-23T14:30Z,2014-01-23T16:30Z", options))
                == "01/23/2014 9:30 - 01/23/2014 11:30")
        #expect(
            window(try read(",,PST,2014-01-23T14:30Z,2014-01-23T16:30Z", options))
                == "01/23/2014 6:30 - 01/23/2014 8:30")
    }

    @Test(
        "Zones go by the names that people write",
        arguments: [
            ("America/Denver", "America/Denver"), ("america/denver", "America/Denver"),
            ("Mountain", "America/Denver"),
            ("MST", "America/Denver"), ("mdt", "America/Denver"), ("MT", "America/Denver"),
            ("US/Mountain", "America/Denver"), ("Mountain Time", "America/Denver"),
            ("Mountain Standard Time", "America/Denver"), ("Mountain Time (US & Canada)", "America/Denver"),
            ("Eastern", "America/New_York"), ("Eastern Time", "America/New_York"),
            ("EST5EDT", "America/New_York"),
            ("America/New York", "America/New_York"), ("US/Eastern", "America/New_York"),
            ("Central", "America/Chicago"),
            ("Pacific Daylight Time", "America/Los_Angeles"), ("Arizona", "America/Phoenix"),
            ("US Mountain Standard Time", "America/Phoenix"), ("Alaska", "America/Anchorage"),
            ("HST", "Pacific/Honolulu"), ("Hawaii", "Pacific/Honolulu"),
            ("Puerto Rico", "America/Puerto_Rico"),
            ("Europe/Berlin", "Europe/Berlin"), ("Asia/Calcutta", "Asia/Calcutta"), (" UTC ", "UTC"),
        ])
    func zoneNames(text: String, identifier: String) {
        #expect(ZoneRule(named: text)?.identifier == identifier)
    }

    @Test(
        "What isn't a zone is none",
        arguments: ["", " ", "Mars", "GMT+7", "+02:00", "America/", "America/Nowhere", "../x"])
    func noZones(text: String) {
        #expect(ZoneRule(named: text) == nil)
    }

    @Test(
        "A misspelt zone has a suggestion",
        arguments: [
            ("Mountian", "Mountain"), ("America/Denvr", "America/Denver"), ("Boise", "America/Boise"),
        ])
    func zoneSuggestions(text: String, expected: String) throws {
        let finding = try #require(try read(",,\(text),1/23/2014 7:30,1/23/2014 9:30").findings.first)
        #expect(finding.fix.hasPrefix("did you mean \(expected)?"))
    }

    @Test("Instants of local times agree with Foundation through two years of clock changes")
    func instants() throws {
        for name in [
            "America/Denver", "America/Phoenix", "Australia/Lord_Howe", "Europe/London", "America/St_Johns",
        ] {
            let zone = try #require(ZoneRule(named: name))
            let offsets = try #require(TimeZone(identifier: name))
            // From 2014-01-01 on, in steps that hit every quarter of an hour around the changes.
            var shown: [Int: [Int]] = [:]
            let start = 23_141_280
            for utc in stride(from: start, to: start + 2 * 525_600, by: 15) {
                let local =
                    utc + offsets.secondsFromGMT(for: Date(timeIntervalSince1970: Double(utc) * 60)) / 60
                shown[local, default: []].append(utc)
            }
            for local in stride(from: start + 1440, to: start + 2 * 525_600 - 1440, by: 15) {
                let expected = shown[local] ?? []
                switch zone.instants(ofLocal: local) {
                case .none: #expect(expected == [])
                case .one(let utc): #expect(expected == [utc])
                case .two(let early, let late): #expect(expected == [early, late])
                }
            }
        }
    }
}
