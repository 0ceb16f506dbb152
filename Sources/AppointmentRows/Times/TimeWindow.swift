/// Two times in one text: `8:00 AM - 12:00 PM`, `1/5/2027 8:00 AM to 10:00 AM`, `9-11 AM`.
struct TimeWindow {
    /// When it begins.
    var start: TimeText
    /// When it ends; on the start's day where it has no date of its own.
    var end: TimeText

    /// Reads a trimmed text, or nil where it is no window.
    ///
    /// Where only one of the times says AM or PM, the other one is on the same half of the day if that makes a window,
    /// and otherwise on the other half: `9:00 - 11:00 AM`, `10:00 - 2:00 PM`, `8:00 AM - 4:00`.
    ///
    /// - Parameters:
    ///   - order: Which number of a date comes first.
    ///   - years: As in `TimeText.read`.
    init?(_ text: String, order: DateOrder, years: ClosedRange<Int>?) {
        guard text.utf8.count <= 100 else { return nil }
        for mark in Self.separators {
            for range in text.ranges(of: mark) {
                let left = Wording.trimmed(String(text[..<range.lowerBound]))
                let right = Wording.trimmed(String(text[range.upperBound...]))
                guard !left.isEmpty, !right.isEmpty,
                    let window = Self.window(left, right, order: order, years: years)
                else { continue }
                self = window
                return
            }
        }
        return nil
    }

    private init(start: TimeText, end: TimeText) {
        self.start = start
        self.end = end
    }

    /// The surest first: a hyphen may belong to a date.
    private static let separators = [
        "–", "—", "−", " - ", " to ", " until ", " till ", " thru ", "~", "-", "to",
    ]

    private static func window(
        _ left: String, _ right: String, order: DateOrder, years: ClosedRange<Int>?
    ) -> TimeWindow? {
        if let window = militaryWindow(left, right) { return window }
        guard var end = TimeText.clock(in: right, order: order, years: years) else { return nil }
        // `9-11 AM`: an hour alone is one where the other time says the half of the day.
        guard
            var start = TimeText.clock(in: left, order: order, years: years)
                ?? (end.saysHalfOfDay ? TimeText.clock(in: left + ":00", order: order, years: years) : nil)
        else { return nil }
        let isOneDay = !end.hasDate || (start.year, start.month, start.day) == (end.year, end.month, end.day)
        if isOneDay {
            if end.saysHalfOfDay, !start.saysHalfOfDay { start.move(to: end, isBefore: true) }
            if start.saysHalfOfDay, !end.saysHalfOfDay { end.move(to: start, isBefore: false) }
        }
        if !end.hasDate { (end.year, end.month, end.day) = (start.year, start.month, start.day) }
        return TimeWindow(start: start, end: end)
    }

    /// `0800-1200`, `800 - 1000`; nil where the two are anything else.
    private static func militaryWindow(_ left: String, _ right: String) -> TimeWindow? {
        func clock(_ text: String) -> TimeText? {
            var digits = text.utf8.count == 3 ? "0" + text : text
            return digits.withUTF8 { TimeText.militaryClock($0) }
        }
        guard let start = clock(left), let end = clock(right), start.minuteOfDay < end.minuteOfDay,
            start.minuteOfDay % 5 == 0, end.minuteOfDay % 5 == 0
        else { return nil }
        return TimeWindow(start: start, end: end)
    }
}

extension TimeText {
    /// The time that a text says, with or without its day; nil where it says no clock time.
    static func clock(in text: String, order: DateOrder, years: ClosedRange<Int>?) -> TimeText? {
        var text = text
        let reading = text.withUTF8 { TimeText.readInColumn($0, order: order, years: years) }
        guard case .time(let time) = reading, time.hasClock else { return nil }
        return time
    }

    /// Takes the half of the day that makes a window with the other time, whose half is known.
    fileprivate mutating func move(to other: TimeText, isBefore: Bool) {
        // What has no half on a clock with twelve hours is meant as it stands.
        guard (60..<780).contains(minuteOfDay) else { return }
        let morning = minuteOfDay % 720
        let isAfternoon = other.minuteOfDay >= 720
        for candidate in [isAfternoon ? morning + 720 : morning, isAfternoon ? morning : morning + 720]
        where isBefore ? candidate < other.minuteOfDay : candidate > other.minuteOfDay {
            minuteOfDay = candidate
            saysHalfOfDay = true
            return
        }
    }
}
