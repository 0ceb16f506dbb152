package import Foundation

/// Points in time for people: the ledger's milliseconds since 1970 UTC.
package enum LedgerTime {
    /// `2026-11-23 22:46:02 UTC`: the same everywhere.
    package static func utc(_ milliseconds: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day()
            .time(includingFractionalSeconds: false)
        return date.formatted(style) + " UTC"
    }

    /// `2026-11-23T22:46:02Z`, for other programs.
    package static func iso(_ milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
    }

    /// `3 hours ago`.
    package static func age(_ milliseconds: Int, now: Date = Date()) -> String {
        let seconds = max(0, Int(now.timeIntervalSince1970) - milliseconds / 1000)
        let (count, unit) =
            switch seconds {
            case ..<120: (seconds, "second")
            case ..<7_200: (seconds / 60, "minute")
            case ..<172_800: (seconds / 3_600, "hour")
            default: (seconds / 86_400, "day")
            }
        return "\(count) \(unit)\(count == 1 ? "" : "s") ago"
    }
}
