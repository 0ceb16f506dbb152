package import Foundation

/// A file that should have come and did not, and why what came is not it.
package struct OverdueFile: Sendable, Hashable {
    /// What is wrong.
    package enum Reason: Sendable, Hashable {
        /// No file of that name was imported.
        case missing
        /// It had a header and no rows.
        case empty(String)
        /// It is one that was imported before.
        case old(String)
        /// It came, and nothing of it was imported: why.
        case notImported(String, String)
    }

    /// What was expected.
    package var expectation: Expectation
    /// The day that it was expected on: `2026-11-26`.
    package var day: String
    /// What is wrong.
    package var reason: Reason

    /// One sentence without its full stop, not escaped.
    package var message: String {
        let due = "\(expectation.pattern) was expected by \(expectation.clock) on \(day)"
        return switch reason {
        case .missing: "\(due), and no such file was imported"
        case .empty(let name): "\(due), and \(name) has a header and no rows"
        case .old(let name): "\(due), and \(name) is the same as one that was imported before"
        case .notImported(let name, let why): "\(due), and nothing of \(name) was imported: \(why)"
        }
    }

    /// Judges what has come, and knows nothing else: the same facts give the same answer.
    ///
    /// An expectation is judged on the last day that it was due. What was imported since that day began counts, so
    /// that a file that comes late ends the alarm. Before its time a day is not judged.
    ///
    /// - Parameters:
    ///   - arrived: in any order; what was imported earlier than a week ago only serves comparison.
    ///   - calendar: whose clocks and days are meant.
    package static func judge(
        _ expectations: [Expectation], _ arrived: [ArrivedFile], now: Date, calendar: Calendar
    ) -> [OverdueFile] {
        expectations.compactMap { expectation in
            guard let day = lastDueDay(of: expectation, now, calendar) else { return nil }
            let named = arrived.filter { expectation.matches($0.name) }
            let came = named.filter { $0.time >= day.start && $0.time <= now }.sorted { $0.time < $1.time }
            let reasons = came.map { reason(for: $0, named) }
            // One good file is enough.
            if reasons.contains(nil) { return nil }
            return OverdueFile(
                expectation: expectation, day: day.text, reason: (reasons.last ?? nil) ?? .missing)
        }
    }

    private static func reason(for file: ArrivedFile, _ all: [ArrivedFile]) -> Reason? {
        if let problem = file.problem { return .notImported(file.name, problem) }
        if file.rows == 0 { return .empty(file.name) }
        return file.isRepeat(of: all) ? .old(file.name) : nil
    }

    /// The last day on which the expectation's time has come.
    private static func lastDueDay(
        of expectation: Expectation, _ now: Date, _ calendar: Calendar
    ) -> (start: Date, text: String)? {
        // Days are counted from noon, which every day has.
        guard let noon = calendar.date(bySettingHour: 12, minute: 0, second: 0, of: now) else { return nil }
        for back in 0...7 {
            guard let date = calendar.date(byAdding: .day, value: -back, to: noon) else { return nil }
            guard expectation.weekdays.contains(calendar.component(.weekday, from: date)) else { continue }
            let start = calendar.startOfDay(for: date)
            if back > 0 || latestClock(since: start, now, calendar) >= expectation.time {
                return (start, day(date, calendar))
            }
        }
        return nil
    }

    /// The latest time of day, in minutes, that the clocks have shown since the day began: where they were put back,
    /// that is more than they show now; a time that was left out has come once they show a later one.
    private static func latestClock(since start: Date, _ now: Date, _ calendar: Calendar) -> Int {
        func minutes(_ date: Date) -> Int {
            let parts = calendar.dateComponents([.hour, .minute], from: date)
            return (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
        }
        guard let change = calendar.timeZone.nextDaylightSavingTimeTransition(after: start), change <= now
        else {
            return minutes(now)
        }
        return max(minutes(now), minutes(change.addingTimeInterval(-1)))
    }

    private static func day(_ date: Date, _ calendar: Calendar) -> String {
        date.formatted(Date.ISO8601FormatStyle(timeZone: calendar.timeZone).year().month().day())
    }
}
