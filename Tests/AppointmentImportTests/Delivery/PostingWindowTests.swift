import Foundation
import SystemFiles
import Testing

@testable import AppointmentImport

@Suite("When posts may begin")
struct PostingWindowTests {
    @Test(
        "A window has its hours by its own zone's clocks, daylight saving included",
        arguments: [
            ("2027-01-11T14:59:59Z", nil), ("2027-01-11T15:00:00Z", 36_000), ("2027-01-12T00:59:30Z", 30),
            ("2027-01-12T01:00:00Z", nil), ("2027-07-12T14:00:00Z", 36_000), ("2027-07-12T13:59:00Z", nil),
        ] as [(String, Int?)])
    func remaining(time: String, seconds: Int?) throws {
        let zone = try #require(SystemZone(identifier: "America/Denver"))
        let window = PostingWindow(hours: 480...1_080, zone: zone)
        let date = try Date(time, strategy: .iso8601)
        #expect(window.remaining(at: date) == seconds.map { .seconds($0) })
        #expect(window.text == "08:00-18:00 (America/Denver)")
    }

    @Test("A day's whole length is always open")
    func wholeDay() throws {
        let window = PostingWindow(hours: 0...1_440, zone: .utc)
        #expect(window.remaining(at: try Date("2027-01-11T23:59:59Z", strategy: .iso8601)) == .seconds(1))
    }

    @Test(
        "Two refused logins in a row hold back the third for a day, fewer or older ones do not",
        arguments: [
            ([], false), ([1], false), ([1, 2], true), ([23, 40], true), ([25, 26], false),
            ([24, 24], false),
        ])
    func loginGuard(hoursAgo: [Int], isHeldBack: Bool) throws {
        let now = Date(timeIntervalSince1970: 1_800_000_000)
        let refused = hoursAgo.map { Int(now.timeIntervalSince1970 * 1000) - $0 * 3_600_000 }
        let objection = LoginGuard(refused: refused).objection(at: now)
        #expect((objection != nil) == isHeldBack)
    }
}
