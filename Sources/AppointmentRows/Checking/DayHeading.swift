import SecurityTrax
import SystemFiles

/// A line with nothing but a day, above the rows of that day: `Monday 1/5/2027`.
struct DayHeading {
    let line: Int
    let text: String
    private let year, month, day: Int

    /// Nil where a record is none, and where it may be the day on which the report was printed.
    init?(_ heading: HeadingText, line: Int, options: ReadingOptions) {
        guard heading.cells.count == 1, heading.parts[0].utf8.count < 40 else { return nil }
        for count in stride(from: heading.parts.count, to: 0, by: -1) {
            // `Monday 1/5/2027 (3 jobs)`
            if count < heading.parts.count {
                let rest = heading.parts[count]
                guard rest.first?.isNumber == true, !TimeMention.isIn(rest) else { return nil }
            }
            let text = heading.parts[..<count].joined(separator: " ")
            guard let day = Self.day(text, options) else { continue }
            let start = LocalTime(year: day.year, month: day.month, day: day.day, hour: 0, minute: 0)
            let now = Int((options.now.timeIntervalSince1970 / 60).rounded(.down))
            guard text.contains(where: \.isLetter) || start.map({ Int($0.minutes) > now }) ?? false else {
                return nil
            }
            (year, month, self.day) = (day.year, day.month, day.day)
            self.line = line
            self.text = heading.cells[0]
            return
        }
        return nil
    }

    private static func day(_ text: String, _ options: ReadingOptions) -> TimeText? {
        // A weekday that is wrong contradicts its date too.
        for text in [text[...], text.drop { !$0.isNumber }] where !text.isEmpty {
            var text = String(text)
            let reading = text.withUTF8 { TimeText.read($0, order: options.dateOrder, years: options.years) }
            if case .time(let time) = reading, time.hasDate, !time.hasClock { return time }
            guard case .problem(.otherWeekday) = reading else { return nil }
        }
        return nil
    }

    /// Whether a time is of another day.
    func contradicts(_ time: LocalTime) -> Bool {
        let other = time.components
        return (year, month, day) != (other.year, other.month, other.day)
    }
}
