import Foundation
import SystemFiles
import Testing

@testable import AppointmentImport

@Suite("Times in words")
struct LedgerTimeTests {
    @Test("A log's time is what Foundation makes of it")
    func stamps() {
        var numbers = SystemRandomNumberGenerator()
        let edges = [0, 1, 999, 1000, 951_782_399_999, 951_782_400_000, 951_868_800_000, 4_107_542_399_999]
        let random = (0..<2_000).map { _ in Int.random(in: 0..<4_102_444_800_000, using: &numbers) }
        for milliseconds in edges + random {
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            let whole = Date(timeIntervalSince1970: Double(milliseconds / 1000)).formatted(
                .iso8601.year().month().day().dateSeparator(.dash).time(includingFractionalSeconds: false))
            let expected = "\(whole).\(String(format: "%03d", milliseconds % 1000))Z"
            #expect(LedgerTime.stamp(date) == expected)
        }
    }

    @Test(
        "A time in a zone is what Foundation makes of it",
        arguments: [
            "UTC", "America/Denver", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe",
            "Pacific/Apia",
        ])
    func zones(name: String) throws {
        let zone = try #require(TimeZone(identifier: name))
        let ours = try #require(SystemZone(identifier: name))
        let people = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone).year().month().day()
            .time(includingFractionalSeconds: false)
        let programs = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone)
        var numbers = SystemRandomNumberGenerator()
        let edges = [
            0, 1, 999, 1000, 951_782_399_999, 1_800_000_000_000, 1_825_318_799_999, 1_825_318_800_000,
        ]
        for milliseconds in edges
            + (0..<500).map({ _ in Int.random(in: 0..<4_102_444_800_000, using: &numbers) })
        {
            let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
            let local = date.formatted(people)
            #expect(
                LedgerTime.local(milliseconds, zone: ours) == local + " "
                    + LedgerTime.offset(of: ours, at: date))
            #expect(LedgerTime.day(milliseconds, zone: ours) == local.prefix(10))
            #expect(LedgerTime.clock(milliseconds, zone: ours) == local.suffix(8))
            #expect(LedgerTime.iso(milliseconds, zone: ours) == date.formatted(programs))
        }
    }
}
