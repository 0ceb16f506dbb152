import SystemFiles
import AppointmentLedger
import AppointmentRows
import SecurityTrax

/// A day as somebody types it: `2027-01-05`, or with slashes in the file's order, month first without one.
struct TypedDay: Sendable, Hashable {
    /// As it was typed.
    let text: String

    /// - Throws: `UsageError` where it is a day in no order.
    init(parsing text: String) throws(UsageError) {
        self.text = text
        guard DateOrder.allCases.contains(where: { midnight($0) != nil }) else {
            throw UsageError("\(ValueParser.quoted(text)) is not a day", fix: Self.fix)
        }
    }

    private static let fix = "give for example 1/5/2027 or 2027-01-05"

    /// Its midnight.
    ///
    /// - Parameter option: the option that was given: `--date`.
    /// - Throws: `UsageError` where the order makes no day of it.
    func midnight(_ order: DateOrder?, of option: String) throws(UsageError) -> LocalTime {
        guard let midnight = midnight(order) else {
            throw UsageError("\(option): \(ValueParser.quoted(text)) is not a day", fix: Self.fix)
        }
        return midnight
    }

    /// Its beginning in the machine's zone: milliseconds since 1970 UTC.
    ///
    /// - Parameter option: the option that was given: `--since`.
    /// - Throws: `UsageError` where the order makes no day of it.
    func milliseconds(_ order: DateOrder?, of option: String) throws(UsageError) -> Int {
        SystemZone.current.start(ofDay: try midnight(order, of: option).dayNumber) * 1000
    }

    /// Its midnight; nil where the order makes no day of it.
    private func midnight(_ order: DateOrder?) -> LocalTime? {
        let separator: Character = text.contains("/") ? "/" : "-"
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (48...57).contains($0) } && part.count <= 4 ? Int(part) : nil
        }
        guard parts.count == 3, numbers.count == 3 else { return nil }
        let (year, month, day) =
            if parts[0].count == 4 {
                (numbers[0], numbers[1], numbers[2])
            } else if order == .dayFirst {
                (numbers[2], numbers[1], numbers[0])
            } else {
                (numbers[2], numbers[0], numbers[1])
            }
        guard year >= 1_000 else { return nil }
        return LocalTime(year: year, month: month, day: day, hour: 0, minute: 0)
    }
}

/// `--since`: a day, or how long ago.
enum PointInTime: Sendable, Hashable {
    /// The beginning of a day in the machine's zone.
    case day(TypedDay)
    case ago(Duration)

    init(parsing text: String) throws(UsageError) {
        if let duration = DurationText.duration(text) {
            self = .ago(duration)
        } else if let day = try? TypedDay(parsing: text) {
            self = .day(day)
        } else {
            throw UsageError(
                "\(ValueParser.quoted(text)) is neither a day nor a duration",
                fix: "give for example 26h, 7d, 1/5/2027 or 2027-01-05")
        }
    }

    /// The point in milliseconds since 1970 UTC.
    ///
    /// - Throws: `UsageError` where the order makes no day of what was typed.
    func milliseconds(_ order: DateOrder?, now: Date = Date()) throws(UsageError) -> Int {
        switch self {
        case .ago(let duration):
            return now.addingTimeInterval(-Double(duration.components.seconds)).milliseconds
        case .day(let day): return try day.milliseconds(order, of: "--since")
        }
    }
}
