import SecurityTrax
package import SystemFiles

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
    ///   - zone: whose clocks and days are meant.
    package static func judge(
        _ expectations: [Expectation], _ arrived: [ArrivedFile], now: Date, zone: SystemZone
    ) -> [OverdueFile] {
        expectations.compactMap { expectation in
            guard let day = lastDueDay(of: expectation, now, zone) else { return nil }
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
        of expectation: Expectation, _ now: Date, _ zone: SystemZone
    ) -> (start: Date, text: String)? {
        let moment = Int(now.timeIntervalSince1970.rounded(.down))
        let today = zone.clock(at: moment).day
        for back in 0...7 {
            let day = today - back
            guard expectation.weekdays.contains(LocalTime.weekday(ofDay: day) + 1) else { continue }
            let start = zone.start(ofDay: day)
            if back > 0 || latestClock(since: start, moment, zone) >= expectation.time {
                return (Date(timeIntervalSince1970: Double(start)), LocalTime.isoDate(ofDay: day))
            }
        }
        return nil
    }

    /// The latest time of day, in minutes, that the clocks have shown since the day began: where they were put back,
    /// that is more than they show now; a time that was left out has come once they show a later one.
    private static func latestClock(since start: Int, _ now: Int, _ zone: SystemZone) -> Int {
        func minutes(_ moment: Int) -> Int { zone.clock(at: moment).second / 60 }
        guard let change = zone.nextChange(after: start, until: now) else { return minutes(now) }
        return max(minutes(now), minutes(change - 1))
    }
}
