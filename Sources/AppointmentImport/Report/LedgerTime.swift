package import SystemFiles
import AppointmentLedger
import SecurityTrax
import Synchronization

/// Points in time and durations in words: the only place that writes them. Points are the ledger's milliseconds since
/// 1970 UTC, shown in the machine's zone with its offset.
package enum LedgerTime {
    /// `2026-11-23 22:46:02 +01:00`, for people.
    ///
    /// - Parameter zone: nil for the machine's.
    package static func local(_ milliseconds: Int, zone: SystemZone? = nil) -> String {
        // The rows of a report share few times.
        if let last = last.withLock({ $0 }), last.milliseconds == milliseconds, last.zone == zone {
            return last.text
        }
        let (date, time, offset) = parts(milliseconds, zone)
        let text = date + " " + time + " " + text(ofOffset: offset)
        last.withLock { $0 = (milliseconds, zone, text) }
        return text
    }

    private static let last = Mutex<(milliseconds: Int, zone: SystemZone?, text: String)?>(nil)

    /// `2026-11-23T22:46:02+01:00`, for other programs.
    ///
    /// - Parameter zone: nil for the machine's.
    package static func iso(_ milliseconds: Int, zone: SystemZone? = nil) -> String {
        let (date, time, offset) = parts(milliseconds, zone)
        return date + "T" + time + (offset == 0 ? "Z" : text(ofOffset: offset))
    }

    /// `2026-11-23T22:46:02.123Z`, for logs: the same everywhere, and in order.
    package static func stamp(_ date: Date) -> String {
        let milliseconds = Int((date.timeIntervalSince1970 * 1000).rounded())
        let (date, time, _) = parts(milliseconds, .utc)
        return date + "T" + time + "." + LocalTime.digits(milliseconds - 1000 * floor(milliseconds, 1000), 3)
            + "Z"
    }

    /// The date, the time of day and the offset in seconds.
    private static func parts(
        _ milliseconds: Int, _ zone: SystemZone?
    ) -> (date: String, time: String, offset: Int) {
        let moment = floor(milliseconds, 1000)
        let offset = (zone ?? .current).offset(at: moment)
        let day = floor(moment + offset, 86_400)
        let second = moment + offset - day * 86_400
        return (
            LocalTime.isoDate(ofDay: day),
            LocalTime.clock(ofMinute: second / 60) + ":" + LocalTime.digits(second % 60), offset
        )
    }

    /// A quotient rounded down.
    private static func floor(_ number: Int, _ divisor: Int) -> Int {
        (number - ((number % divisor) + divisor) % divisor) / divisor
    }

    /// `2026-11-23`: the day alone.
    package static func day(_ milliseconds: Int, zone: SystemZone? = nil) -> String {
        parts(milliseconds, zone).date
    }

    /// `22:46:02`: the time of day alone.
    package static func clock(_ milliseconds: Int, zone: SystemZone? = nil) -> String {
        parts(milliseconds, zone).time
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
    package static func offset(of zone: SystemZone, at date: Date) -> String {
        text(ofOffset: zone.offset(at: Int(date.timeIntervalSince1970.rounded(.down))))
    }

    private static func text(ofOffset seconds: Int) -> String {
        let minutes = seconds / 60
        return (minutes < 0 ? "-" : "+") + LocalTime.clock(ofMinute: abs(minutes))
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
