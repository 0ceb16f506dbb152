import Foundation
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
}
