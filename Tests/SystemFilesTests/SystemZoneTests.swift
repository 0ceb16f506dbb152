import Foundation
import TestSupport
import Testing

@testable import SystemFiles

@Suite("Time zones")
struct SystemZoneTests {
    /// Zones of the United States and others whose clocks do something unusual: half hours, quarters, a change of half
    /// an hour, the southern half, daylight saving time in winter, a day left out, none at all.
    static let zones = [
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
        "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico", "America/Indiana/Indianapolis",
        "America/Detroit", "America/Boise", "America/Adak", "America/St_Johns", "America/Sao_Paulo",
        "America/Santiago", "Europe/Berlin", "Europe/London", "Europe/Dublin", "Asia/Kathmandu",
        "Asia/Kolkata", "Asia/Tehran", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Apia",
        "Pacific/Chatham", "Africa/Monrovia", "Etc/GMT+5", "UTC",
    ]

    @Test(
        "A zone's offset is what Foundation makes of it, around each change and anywhere else",
        arguments: zones)
    func offsets(name: String) throws {
        let zone = try #require(SystemZone(identifier: name))
        let theirs = try #require(TimeZone(identifier: name))
        var numbers = SystemRandomNumberGenerator()
        // 1970 to 2090: behind 2037 the files have a rule instead of changes.
        var moments = (0..<2_000).map { _ in Int.random(in: 0..<3_786_912_000, using: &numbers) }
        var date = Date(timeIntervalSince1970: 0)
        while let change = theirs.nextDaylightSavingTimeTransition(after: date), moments.count < 6_000 {
            let moment = Int(change.timeIntervalSince1970)
            moments += [moment - 1, moment, moment + 1, moment - 3_601, moment + 3_601]
            date = change
        }
        for moment in moments {
            let date = Date(timeIntervalSince1970: Double(moment))
            #expect(zone.offset(at: moment) == theirs.secondsFromGMT(for: date), "\(date)")
        }
    }

    @Test(
        "Daylight saving time is what Foundation makes of it",
        arguments: zones.filter { $0 != "Europe/Dublin" })
    func daylightTime(name: String) throws {
        let zone = try #require(SystemZone(identifier: name))
        let theirs = try #require(TimeZone(identifier: name))
        for day in 0..<40_000 {
            let date = Date(timeIntervalSince1970: Double(day * 86_400))
            #expect(
                zone.isDaylightTime(at: day * 86_400) == theirs.isDaylightSavingTime(for: date), "\(date)")
        }
    }

    @Test("The machine's zone is the one that Foundation knows")
    func machine() {
        for day in 0..<40_000 {
            let moment = day * 86_400 + day
            let date = Date(timeIntervalSince1970: Double(moment))
            #expect(SystemZone.current.offset(at: moment) == TimeZone.current.secondsFromGMT(for: date))
        }
    }
}
