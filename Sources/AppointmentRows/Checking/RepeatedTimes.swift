import CSVReading
import SecurityTrax

/// Columns that say once more what a row's start and end say: a `Date` beside a start that has its own, a duration beside an
/// end. Nothing is read from them then, but where they say something else, one of the two was forgotten.
struct RepeatedTimes {
    /// Whether the date's column, the end's date and the duration are compared.
    let comparesDate, comparesEndDate, comparesDuration: Bool
    /// The positions of columns that name the day of the week.
    let weekdays: [Int]
    /// Whether the window in which somebody comes is compared with the start.
    let comparesWindow: Bool
    /// Whether the date may be the day on which the row was written: its name does not say that it is the visit's.
    let mayBeOfRow: Bool

    init(plan: ColumnPlan, options: ReadingOptions) {
        // What is asked for by name is meant.
        func isAsked(_ columns: InputColumn...) -> Bool { columns.contains { options.columnMap[$0] != nil } }
        comparesDate =
            plan[.date] >= 0 && plan[.start] >= 0 && plan[.date] != plan[.start] && !isAsked(.date, .start)
        comparesEndDate =
            plan[.endDate] >= 0 && plan[.end] >= 0 && plan[.endDate] != plan[.end] && !isAsked(.endDate, .end)
        weekdays = plan.header.indices.filter { !plan.isUsed($0) && WeekdayWord.isColumn(plan.header[$0]) }
        comparesWindow =
            plan[.window] >= 0 && plan[.start] >= 0 && plan[.end] >= 0 && !isAsked(.window, .start, .end)
        let key = plan[.date] < 0 ? "" : nameKey(plan.name(.date))
        mayBeOfRow = !["appointment", "appt", "visit", "job"].contains { key.hasPrefix($0) }
        let durations = InputColumn.allCases.filter { $0.holdsLength && plan[$0] >= 0 }
        comparesDuration =
            plan[.end] >= 0 && !durations.isEmpty
            && !isAsked(.end, .duration, .durationHours, .durationMinutes)
            && durations.allSatisfy { Self.isWhole(plan.name($0)) }
            && ![plan.name(.start), plan.name(.end)].contains(where: Self.isWindow)
    }

    /// Whether a duration is the visit's whole one, and not what is driven or worked of it.
    private static func isWhole(_ name: String) -> Bool {
        let key = nameKey(name)
        return ColumnName.match(name)?.certainty != .faint
            && !["stop", "site", "service", "onjob"].contains { key.contains($0) }
    }

    /// Whether somebody comes between two times, for however long: a route planner's.
    private static func isWindow(_ name: String) -> Bool {
        let key = nameKey(name)
        return ["window", "earliest", "latest", "arrival"].contains { key.contains($0) }
            || ["from", "to", "until", "till", "slot"].contains(key)
    }

    /// Whether one of them is looked at.
    var isEmpty: Bool {
        !comparesDate && !comparesEndDate && !comparesDuration && !comparesWindow && weekdays.isEmpty
    }
}

extension RowChecker {
    /// Says where a row's date or duration is another one than its start and end have.
    func checkRepeatedTimes(_ check: inout RowCheck) {
        guard !repeated.isEmpty, check.row.named.isSuperset(of: [.start, .end]) else { return }
        let (start, end) = (check.row.start, check.row.end)
        if hasOtherWeekday(than: start, &check) { return }
        if repeated.comparesDate, check.startColumn == .start {
            let isPast = repeated.mayBeOfRow
            if let day = otherDay(.date, than: start, writtenIn: .start, check),
                !isPast || Int(day.minutes) > now + Self.firstClock
            {
                let name = check.plan.name(.start)
                return check.report(.date) { .otherDay($0, timeColumn: name, time: start) }
            }
        }
        if repeated.comparesEndDate, check.endColumn == .end,
            otherDay(.endDate, than: end, writtenIn: .end, check) != nil
        {
            let name = check.plan.name(.end)
            return check.report(.endDate) { .otherDay($0, timeColumn: name, time: end) }
        }
        if repeated.comparesWindow, check.startColumn == .start, check.endColumn == .end,
            startsOutsideWindow(start, check)
        {
            return check.report(.window) { .outsideWindow($0, start: start) }
        }
        guard repeated.comparesDuration, check.endColumn == .end else { return }
        let written = WrittenDuration(durationUnits) { check.given($0) }
        let length = Int(end.minutes - start.minutes)
        switch written.isEmpty ? nil : written.read() {
        case .success(let (minutes, column))? where minutes > 0 && minutes != length:
            check.report(column) { .otherLength($0, length: length) }
        case .failure(.unreadable(let column, .ambiguous))?:
            // Neither so many minutes nor so many hours.
            guard let number = Double(check.value(column)), number * 60 != Double(length),
                number != Double(length)
            else {
                return
            }
            check.report(column) { .otherLength($0, length: length) }
        default: return
        }
    }

    /// Says where a column of weekdays names another one than the start's.
    ///
    /// - Returns: whether that is so.
    private func hasOtherWeekday(than start: LocalTime, _ check: inout RowCheck) -> Bool {
        for position in repeated.weekdays where !check.isEmpty(at: position) {
            guard let weekday = WeekdayWord.number(check.text(at: position)),
                weekday != LocalTime.weekday(ofDay: start.dayNumber)
            else { continue }
            let day = start.components
            let swapped = LocalTime(year: day.year, month: day.day, day: day.month, hour: 0, minute: 0)
            let isSwapped = swapped.map { LocalTime.weekday(ofDay: $0.dayNumber) == weekday } ?? false
            check.report(at: position) { .otherWeekday($0, start: start, isSwapped: isSwapped) }
            return true
        }
        return false
    }

    /// Whether a visit begins before or behind the window in which somebody is to come.
    private func startsOutsideWindow(_ start: LocalTime, _ check: RowCheck) -> Bool {
        guard check.isFilled(.window), !check.isUnusable(check.plan[.window]),
            let window = TimeWindow(check.value(.window), order: options.dateOrder, years: years),
            !window.start.hasDate, !window.start.hasOffset, window.start.minuteOfDay < window.end.minuteOfDay
        else { return false }
        return !(window.start.minuteOfDay...window.end.minuteOfDay).contains(start.minuteOfDay)
    }

    /// The day in a column, where it is another one than that of a time that has its own.
    private func otherDay(
        _ column: InputColumn, than time: LocalTime, writtenIn timeColumn: InputColumn, _ check: RowCheck
    ) -> LocalTime? {
        guard check.isFilled(column), case .time(let own)? = reading(timeColumn, check), own.hasDate,
            case .time(let other)? = reading(column, check), other.hasDate
        else { return nil }
        let day = time.components
        let written = (other.year, other.month, other.day)
        // A time with an offset has another day elsewhere.
        guard written != (own.year, own.month, own.day), written != (day.year, day.month, day.day) else {
            return nil
        }
        return LocalTime(year: other.year, month: other.month, day: other.day, hour: 0, minute: 0)
    }
}
