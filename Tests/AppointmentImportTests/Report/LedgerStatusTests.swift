import Foundation
import SystemFiles
@testable import AppointmentLedger
import AppointmentRows
import Testing

@testable import AppointmentImport

@Suite("Where a ledger stands") struct LedgerStatusTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func hoursAgo(_ hours: Double) -> Int {
        Int((now.timeIntervalSince1970 - hours * 3_600) * 1000)
    }

    private static let pending = [PendingRows(run: 3, started: hoursAgo(5), endpoint: "x", count: 1_200)]

    @Test(
        "A monitor gets a word, the figures and a status",
        arguments: [
            (
                LedgerStanding(pending: [], inDoubt: 0, posting: 0, lastSuccess: hoursAgo(3)), 0,
                "OK: last complete run 3 h ago"
            ),
            (
                LedgerStanding(pending: [], inDoubt: 0, posting: 0, lastSuccess: hoursAgo(31)), 5,
                "STALE: last complete run 1 d 7 h ago"
            ),
            (
                LedgerStanding(pending: [], inDoubt: 0, posting: 0, lastSuccess: nil), 5,
                "STALE: no complete run yet, limit 1 d 2 h"
            ),
            (
                LedgerStanding(pending: pending, inDoubt: 0, posting: 0, lastSuccess: hoursAgo(1)), 5,
                "PENDING: 1,200 appointments pending since run 3, 5 hours ago: stimport resume"
            ),
            (
                LedgerStanding(pending: pending, inDoubt: 2, posting: 0, lastSuccess: hoursAgo(1)), 6,
                "IN DOUBT: 2 appointments in doubt: stimport review"
            ),
            (
                LedgerStanding(pending: [], inDoubt: 0, posting: 50, lastSuccess: hoursAgo(1)), 5,
                "POSTING: 50 appointments are being posted"
            ),
        ] as [(LedgerStanding, Int32, String)])
    func health(standing: LedgerStanding, exit: Int32, text: String) {
        let status = LedgerStatus(runs: [], hasMore: false, standing: standing, next: NextSteps())
        let health = status.health(within: .seconds(26 * 3_600), now: Self.now)
        #expect(health.status.rawValue == exit)
        #expect(health.text.hasPrefix(text), "\(health.text)")
    }

    @Test(
        "What has pending rows posted says where resume would not take them",
        arguments: [
            (["x"], nil, "stimport resume"), (["x"], "x", "stimport resume"),
            (["x", "x"], "x", "stimport resume"),
            (
                ["x"], "y",
                "stimport resume, with the settings of x: today's post to another place"
            ),
            (["x", "y"], "y", "stimport resume, and once more with the settings of x"),
        ] as [([String], String?, String)])
    func completion(pendingAt: [String], endpoint: String?, text: String) {
        let pending = pendingAt.map {
            PendingRows(run: 3, started: Self.hoursAgo(5), endpoint: $0, count: 2)
        }
        let status = LedgerStatus(
            runs: [], hasMore: false,
            standing: LedgerStanding(pending: pending, inDoubt: 0, posting: 0, lastSuccess: nil),
            next: NextSteps(), endpoint: endpoint)
        let words = text + " (or stimport withdraw --run N --note TEXT)"
        #expect(status.lines.contains("Next: \(words)"), "\(status.lines)")
        let health = status.health(within: .seconds(3_600), now: Self.now)
        #expect(health.reason.hasSuffix(": \(text)"), "\(health.reason)")
    }

    @Test(
        "Times are the zone's, with its offset",
        arguments: [
            ("America/Denver", "2027-01-15 01:00:00 -07:00", "2027-01-15T01:00:00-07:00"),
            ("Asia/Kolkata", "2027-01-15 13:30:00 +05:30", "2027-01-15T13:30:00+05:30"),
            ("UTC", "2027-01-15 08:00:00 +00:00", "2027-01-15T08:00:00Z"),
        ])
    func times(zone: String, text: String, iso: String) throws {
        let zone = try #require(SystemZone(identifier: zone))
        #expect(LedgerTime.local(1_800_000_000_000, zone: zone) == text)
        #expect(LedgerTime.iso(1_800_000_000_000, zone: zone) == iso)
    }

    @Test(
        "A duration in words",
        arguments: [
            (0, "0 ms"), (0.25, "250 ms"), (3.21, "3.2 s"), (59.9, "59.9 s"), (125, "2 min 5 s"),
            (3_600, "1 h"), (3_720, "1 h 2 min"), (93_600, "1 d 2 h"), (172_800, "2 d"),
        ])
    func elapsed(seconds: Double, text: String) {
        #expect(LedgerTime.elapsed(seconds) == text)
    }
}
