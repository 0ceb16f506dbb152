import Foundation
import TestSupport
import Testing

@testable import SystemFiles

@Suite("Files of the zone database")
struct ZoneFileTests {
    private static func content(_ name: String) throws -> [UInt8] {
        try SmallFile.read("/usr/share/zoneinfo/" + name)
    }

    private static func rule(_ text: String) -> ZoneFileRule? { ZoneFileRule(Array(text.utf8)) }

    /// Seconds since 1970 of a time in UTC.
    private static func moment(_ text: String) throws -> Int {
        Int(try Date(text, strategy: .iso8601).timeIntervalSince1970)
    }

    @Test(
        "A rule says when the clocks change, for all years to come",
        arguments: [
            // Second Sunday of March and first of November, at two o'clock.
            ("MST7MDT,M3.2.0,M11.1.0", "2050-03-13T08:59:59Z", "2050-03-13T09:00:00Z", -25_200, -21_600),
            ("MST7MDT,M3.2.0,M11.1.0", "2050-11-06T07:59:59Z", "2050-11-06T08:00:00Z", -21_600, -25_200),
            // The last Sunday, at one o'clock UTC.
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-03-27T00:59:59Z", "2050-03-27T01:00:00Z", 3_600, 7_200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2050-10-30T00:59:59Z", "2050-10-30T01:00:00Z", 7_200, 3_600),
            // Summer over the turn of the year.
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2050-10-01T15:59:59Z", "2050-10-01T16:00:00Z", 36_000, 39_600),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2051-01-01T00:00:00Z", "2051-01-01T00:00:01Z", 39_600, 39_600),
            // Half an hour, and offsets with minutes.
            (
                "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2050-10-01T15:29:59Z", "2050-10-01T15:30:00Z",
                37_800, 39_600
            ),
            // Hours below zero and behind midnight.
            (
                "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T00:59:59Z", "2050-03-27T01:00:00Z", -7_200,
                -3_600
            ),
            ("IST-2IDT,M3.4.4/26,M10.5.0", "2050-03-24T23:59:59Z", "2050-03-25T00:00:00Z", 7_200, 10_800),
            // Days by their numbers, with and without 29 February.
            ("XXX0YYY,J60/0,J300/0", "2052-02-29T23:59:59Z", "2052-03-01T00:00:00Z", 0, 3_600),
            ("XXX0YYY,59/0,300/0", "2052-02-28T23:59:59Z", "2052-02-29T00:00:00Z", 0, 3_600),
            // The other way round: winter has the smaller offset, and is the daylight time.
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2050-10-30T00:59:59Z", "2050-10-30T01:00:00Z", 3_600, 0),
            // None at all.
            ("MST7", "2050-03-13T08:59:59Z", "2050-03-13T09:00:00Z", -25_200, -25_200),
            ("<+0545>-5:45", "2050-03-13T08:59:59Z", "2050-03-13T09:00:00Z", 20_700, 20_700),
        ])
    func rules(text: String, before: String, after: String, first: Int, second: Int) throws {
        let rule = try #require(Self.rule(text))
        #expect(rule.period(at: try Self.moment(before)).offset == first)
        #expect(rule.period(at: try Self.moment(after)).offset == second)
    }

    @Test(
        "What is no rule is none",
        arguments: [
            "", "M", "MST", "7", "MST7MDT", "MST7MDT,", "MST7MDT,M3.2.0", "MST7MDT,M3.2.0,M11.1.0,",
            "MST7MDT,M3.2.0,M11.1.0x", "MST7MDT,M13.2.0,M11.1.0", "MST7MDT,M3.6.0,M11.1.0",
            "MST7MDT,M3.2.7,M11.1.0", "MST7MDT,M3.0.0,M11.1.0", "MST7MDT,J0,J365", "MST7MDT,366,1",
            "MST7MDT,M3.2.0/168,M11.1.0", "MST25", "MST7:60", "<MST7", "MST99999999999999999999",
            "MST7MDT,M3.2,M11",
            "MST7 MDT,M3.2.0,M11.1.0",
        ])
    func noRules(text: String) {
        #expect(Self.rule(text) == nil)
    }

    @Test(
        "A file cut at any place is none, or says what the whole one says",
        arguments: ["America/Denver", "Asia/Kolkata"])
    func cut(name: String) throws {
        let content = try Self.content(name)
        for length in content.indices {
            #expect(ZoneFile(Array(content[..<length])) == nil, "\(length)")
        }
        #expect(ZoneFile(content) != nil)
    }

    @Test(
        "A file with any byte changed is read without harm", arguments: ["America/Denver", "Europe/Dublin"])
    func changed(name: String) throws {
        let content = try Self.content(name)
        for index in content.indices {
            for byte: UInt8 in [0, 1, 0x7F, 0x80, 0xFF] where byte != content[index] {
                var damaged = content
                damaged[index] = byte
                guard let file = ZoneFile(damaged) else { continue }
                // Whatever it says, no clock is further from UTC.
                for moment in [Int.min / 2, -4_000_000_000, 0, 1_800_000_000, 4_000_000_000] {
                    #expect(abs(file.period(at: moment).offset) <= 26 * 3_600)
                }
            }
        }
    }

    @Test(
        "Nothing but a name of the database is looked for",
        arguments: [
            "", "/", "/etc/passwd", "../zoneinfo/UTC", "America/../UTC", "America/", "/America",
            "America//Denver",
            "America/Denver\u{0}", "right/America/Denver", "posix/America/Denver", "zone.tab", "tzdata.zi",
            "America", "Mars/Olympus", "America/Denver ", "a/b/c/d", String(repeating: "A", count: 100),
        ])
    func foreignNames(name: String) {
        #expect(SystemZone(identifier: name) == nil)
    }

    @Test("The names in use are those that can be opened")
    func names() {
        let names = SystemZone.names()
        #expect(names.count > 300 && names.contains("America/Denver") && !names.contains("US/Mountain"))
        for name in names { #expect(SystemZone(identifier: name) != nil, "\(name)") }
    }
}

@Suite("Days and changes of a zone")
struct ZoneClockTests {
    private func zone(_ name: String) throws -> SystemZone { try #require(SystemZone(identifier: name)) }

    @Test("A day begins when Foundation says", arguments: SystemZoneTests.zones)
    func starts(name: String) throws {
        let zone = try zone(name)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: name))
        // 2000 to 2036.
        for day in 10_957..<24_106 {
            let noon = Date(timeIntervalSince1970: Double(day * 86_400 + 43_200))
            let local = zone.clock(at: Int(noon.timeIntervalSince1970)).day
            let start = calendar.startOfDay(for: noon)
            #expect(zone.start(ofDay: local) == Int(start.timeIntervalSince1970), "\(noon)")
        }
    }

    @Test(
        "The next change is found to the second",
        arguments: [
            ("America/Denver", 1_767_225_600, 1_772_960_400),
            ("Australia/Lord_Howe", 1_767_225_600, 1_775_314_800),
            ("America/Phoenix", 1_767_225_600, nil), ("UTC", 1_767_225_600, nil),
        ] as [(String, Int, Int?)])
    func changes(name: String, after: Int, change: Int?) throws {
        let zone = try zone(name)
        #expect(zone.nextChange(after: after, until: after + 200 * 86_400) == change)
        guard let change else { return }
        #expect(zone.nextChange(after: after, until: change - 1) == nil)
        #expect(zone.nextChange(after: after, until: change) == change)
        #expect(zone.offset(at: change) != zone.offset(at: change - 1))
    }
}
