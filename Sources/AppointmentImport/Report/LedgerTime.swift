import AppointmentLedger
package import Foundation
import SecurityTrax
import Synchronization

/// Points in time and durations in words: the only place that writes them. Points are the ledger's milliseconds since
/// 1970 UTC, shown in the machine's zone with its offset.
package enum LedgerTime {
    /// `2026-11-23 22:46:02 +01:00`, for people.
    package static func local(_ milliseconds: Int, zone: TimeZone = .current) -> String {
        // The rows of a report share few times, and formatting one takes longer than all else about a row.
        if let last = last.withLock({ $0 }), last.milliseconds == milliseconds, last.zone == zone {
            return last.text
        }
        let text = formatted(milliseconds, zone)
        last.withLock { $0 = (milliseconds, zone, text) }
        return text
    }

    private static let last = Mutex<(milliseconds: Int, zone: TimeZone, text: String)?>(nil)

    private static func formatted(_ milliseconds: Int, _ zone: TimeZone) -> String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space, timeZone: zone).year().month().day()
            .time(includingFractionalSeconds: false)
        return Date(milliseconds: milliseconds).formatted(style) + " "
            + offset(of: zone, at: Date(milliseconds: milliseconds))
    }

    /// `2026-11-23T22:46:02+01:00`, for other programs.
    package static func iso(_ milliseconds: Int, zone: TimeZone = .current) -> String {
        Date(milliseconds: milliseconds).formatted(
            Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone))
    }

    /// `2026-11-23T22:46:02.123Z`, for logs: the same everywhere, and in order.
    package static func stamp(_ date: Date) -> String {
        // Each line of a log has one, and the first that Foundation formats makes a calendar.
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
        let seconds = (milliseconds - ((milliseconds % 1000) + 1000) % 1000) / 1000
        let minutes = (seconds - ((seconds % 60) + 60) % 60) / 60
        let time = LocalTime(minutes: Int32(clamping: minutes)).components
        func digits(_ number: Int, _ count: Int = 2) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        return
            "\(digits(time.year, 4))-\(digits(time.month))-\(digits(time.day))T\(digits(time.hour)):\(digits(time.minute)):\(digits(seconds - minutes * 60)).\(digits(milliseconds - seconds * 1000, 3))Z"
    }

    /// `2026-11-23`: the day alone.
    package static func day(_ milliseconds: Int, zone: TimeZone = .current) -> String {
        String(local(milliseconds, zone: zone).prefix(10))
    }

    /// `22:46:02`: the time of day alone.
    package static func clock(_ milliseconds: Int, zone: TimeZone = .current) -> String {
        String(local(milliseconds, zone: zone).dropFirst(11).prefix(8))
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
        return counted(count, unit) + " ago"
    }

    /// How long something took, or takes: `250 ms`, `3.2 s`, `2 min 5 s`, `1 h 2 min`, `3 d 2 h`.
    package static func elapsed(_ seconds: Double) -> String {
        let seconds = max(0, seconds)
        if seconds < 0.9995 { return "\(Int((seconds * 1000).rounded())) ms" }
        let tenths = (seconds * 10).rounded() / 10
        if tenths < 60 { return (tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)") + " s" }
        let whole = Int(seconds.rounded())
        if whole < 3_600 { return two(whole / 60, "min", whole % 60, "s") }
        if whole < 86_400 { return two(whole / 3_600, "h", whole / 60 % 60, "min") }
        return two(whole / 86_400, "d", whole / 3_600 % 24, "h")
    }

    /// The same for a duration.
    package static func elapsed(_ duration: Duration) -> String {
        elapsed(duration.inSeconds)
    }

    /// The offset of a zone as it is written: `+01:00`.
    package static func offset(of zone: TimeZone, at date: Date) -> String {
        let minutes = zone.secondsFromGMT(for: date) / 60
        func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return (minutes < 0 ? "-" : "+") + digits(abs(minutes) / 60) + ":" + digits(abs(minutes) % 60)
    }

    private static func two(_ first: Int, _ unit: String, _ second: Int, _ smaller: String) -> String {
        "\(first) \(unit)" + (second == 0 ? "" : " \(second) \(smaller)")
    }
}

extension Duration {
    /// The duration as a fraction of seconds.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }

    /// The duration in whole milliseconds.
    package var inMilliseconds: Int {
        Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
    }
}
