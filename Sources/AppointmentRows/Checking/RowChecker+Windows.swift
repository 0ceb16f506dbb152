import CSVReading
import SecurityTrax

// Where a row says when it starts and ends: two columns, a start and a duration, or one column with both.
extension RowChecker {
    /// What a row says of its times, before they are placed on a calendar; what is nil has a finding.
    struct WrittenTimes {
        var start: TimeText?
        var end: TimeText?
        /// Minutes, instead of an end.
        var duration: Int?
        /// How the columns for the day alone write it, where a time has none.
        var dateForm = TimeText.DateForm.none
        var endDateForm = TimeText.DateForm.none
    }

    /// Reads a row's times.
    func writtenTimes(_ check: inout RowCheck) -> WrittenTimes {
        let (start, end) = (check.plan[.start], check.plan[.end])
        if start >= 0, !check.isUnusable(start) {
            let reading = reading(.start, check)
            if case .time(let text) = reading, end >= 0, end != start, !check.hasNoValue(at: end) {
                if text.minuteOfDay == 0, let written = timesOfWholeDay(text, &check) { return written }
                // Nearly every row.
                return WrittenTimes(start: withClock(text, .start, &check), end: endText(&check))
            }
            if reading != nil || check.plan[.window] < 0 { return writtenTimes(reading, &check) }
        } else if start >= 0 {
            return WrittenTimes(start: nil, end: endText(&check))
        }
        return window(.window, &check)
    }

    /// Reads the times of a row whose start column says this.
    private func writtenTimes(_ reading: TimeReading?, _ check: inout RowCheck) -> WrittenTimes {
        let end = check.plan[.end]
        let hasEnd = end >= 0 && end != check.plan[.start] && !check.hasNoValue(at: end)
        var written = WrittenTimes()
        switch reading {
        case .none: check.report(.start) { .missingValue($0, meaning: .start) }
        case .time(let text):
            // The day alone, or its midnight as spreadsheets write it, beside the times of that day.
            if !text.hasClock || text.minuteOfDay == 0 && text.hasDate && !text.hasOffset, !hasEnd,
                check.isFilled(.window),
                let window = window(onDayOf: text, check)
            {
                check.endColumn = .window
                return WrittenTimes(start: window.start, end: window.end)
            }
            written.start = withClock(text, .start, &check)
        case .problem(let problem):
            let order = options.dateOrder
            if problem == .unreadable || problem == .zoneName,
                let window = TimeWindow(check.value(.start), order: order, years: years)
            {
                guard hasEnd else { return times(of: window, .start, &check) }
                let column = check.plan.name(.end)
                check.report(.start) { .windowAndEnd($0, endColumn: column) }
                return written
            }
            check.report(.start) { .unreadableTime($0, problem: problem, isDateOnly: false, order: order) }
        }
        if hasEnd {
            written.end = endText(&check)
        } else if check.isFilled(.window), WrittenDuration(durationUnits, { check.given($0) }).isEmpty {
            written.end = endOfWindow(written.start, &check)
        } else {
            written.duration = duration(&check)
        }
        return written
    }

    /// The times of a window beside a start and an end that say the whole day, from midnight to midnight or to the minute
    /// before it; nil where they don't, or there is none.
    private func timesOfWholeDay(_ start: TimeText, _ check: inout RowCheck) -> WrittenTimes? {
        guard check.isFilled(.window), !start.hasOffset, case .time(let end) = reading(.end, check),
            end.minuteOfDay == 0 || end.minuteOfDay == 1439, !end.hasOffset, start.hasDate == end.hasDate
        else { return nil }
        if start.hasDate {
            guard
                let first = LocalTime(
                    year: start.year, month: start.month, day: start.day, hour: 0, minute: 0),
                let last = LocalTime(year: end.year, month: end.month, day: end.day, hour: 0, minute: 0),
                last.dayNumber == first.dayNumber
                    || end.minuteOfDay == 0 && last.dayNumber == first.dayNumber + 1
            else { return nil }
        }
        guard let window = window(onDayOf: start, check) else { return nil }
        check.endColumn = .window
        return WrittenTimes(start: window.start, end: window.end)
    }

    private func endText(_ check: inout RowCheck) -> TimeText? {
        check.plan[.end] >= 0 ? timeText(.end, &check) : nil
    }

    /// Reads a column with both times.
    private func window(_ column: InputColumn, _ check: inout RowCheck) -> WrittenTimes {
        guard !check.isUnusable(check.plan[column]) else { return WrittenTimes() }
        guard check.isFilled(column) else {
            check.report(column) { .missingValue($0, meaning: column) }
            return WrittenTimes()
        }
        guard let window = TimeWindow(check.value(column), order: options.dateOrder, years: years) else {
            check.report(column) { .noWindow($0) }
            return WrittenTimes()
        }
        return times(of: window, column, &check)
    }

    /// The times of the window's column on the day that the start's gives; nil where they are none, or of another day.
    private func window(onDayOf day: TimeText, _ check: RowCheck) -> TimeWindow? {
        guard !check.isUnusable(check.plan[.window]),
            WrittenDuration(durationUnits, { check.given($0) }).isEmpty,
            var window = TimeWindow(check.value(.window), order: options.dateOrder, years: years),
            !window.start.hasDate, !window.end.hasDate
        else { return nil }
        (window.start.year, window.start.month, window.start.day) = (day.year, day.month, day.day)
        (window.end.year, window.end.month, window.end.day) = (day.year, day.month, day.day)
        window.start.dateForm = day.dateForm
        return window
    }

    private func times(of window: TimeWindow, _ column: InputColumn, _ check: inout RowCheck)
        -> WrittenTimes
    {
        check.startColumn = column
        check.endColumn = column
        return WrittenTimes(start: window.start, end: window.end)
    }

    /// Reads the end of a row whose start has a column of its own beside one with both times.
    private func endOfWindow(_ start: TimeText?, _ check: inout RowCheck) -> TimeText? {
        guard !check.isUnusable(check.plan[.window]) else { return nil }
        guard let window = TimeWindow(check.value(.window), order: options.dateOrder, years: years) else {
            check.report(.window) { .noWindow($0) }
            return nil
        }
        guard let start else { return nil }
        let isSameDay =
            !window.start.hasDate || !start.hasDate
            || (window.start.year, window.start.month, window.start.day) == (
                start.year, start.month, start.day
            )
        guard isSameDay, window.start.minuteOfDay == start.minuteOfDay, !start.hasOffset else {
            let column = check.plan.name(.start)
            check.report(.window) { .windowAndStart($0, startColumn: column) }
            return nil
        }
        check.endColumn = .window
        var end = window.end
        if !end.hasDate { (end.year, end.month, end.day) = (start.year, start.month, start.day) }
        return end
    }

    // MARK: Durations

    /// How long the visit takes, in minutes, or nil after a finding.
    private func duration(_ check: inout RowCheck) -> Int? {
        let written = WrittenDuration(durationUnits) { check.given($0) }
        guard !written.isEmpty else {
            // The end itself is asked for where the file has a column for it.
            let columns: [InputColumn] = [.end, .duration, .durationMinutes, .durationHours, .window]
            let missing =
                columns.first { check.plan[$0] >= 0 && check.plan[$0] != check.plan[.start] } ?? .end
            if !check.isUnusable(check.plan[missing]) {
                check.report(missing) { .missingValue($0, meaning: missing) }
            }
            return nil
        }
        let columns: [InputColumn] = [.duration, .durationHours, .durationMinutes, .durationUnit]
        if columns.contains(where: { check.plan[$0] >= 0 && check.isUnusable(check.plan[$0]) }) { return nil }
        switch written.read() {
        case .success(let (minutes, column)):
            check.endColumn = column
            if minutes > 0 { return minutes }
            check.report(column) { .noDuration($0) }
        case .failure(.unreadable(let column, let reading)):
            check.report(column) { .unreadableDuration($0, reading) }
        case .failure(.unknownUnit):
            check.report(.durationUnit) { .unknownUnit($0) }
        case .failure(.otherUnit(let column)):
            let other = (column: check.plan.name(.durationUnit), unit: written.unit)
            check.report(column) { .otherUnit($0, unitColumn: other.column, unit: other.unit) }
        case .failure(.hoursAndMinutes):
            let other = (column: check.plan.name(.durationHours), hours: written.hours.text)
            check.report(.durationMinutes) {
                .hoursAndMinutes($0, hoursColumn: other.column, hours: other.hours)
            }
        }
        return nil
    }

    // MARK: Ways of writing dates

    /// Says where a date is written in another way than the first one of its column.
    mutating func warnOfForms(_ written: WrittenTimes, _ check: inout RowCheck) {
        if let start = written.start { note(start.dateForm, check.startColumn, &check) }
        if let end = written.end, check.endColumn != check.startColumn {
            note(end.dateForm, check.endColumn, &check)
        }
        note(written.dateForm, .date, &check)
        note(written.endDateForm, .endDate, &check)
    }

    private mutating func note(_ form: TimeText.DateForm, _ column: InputColumn, _ check: inout RowCheck) {
        guard form != .none, let other = dateForms.note(form, column, check) else { return }
        check.report(column) { .mixedDateForms($0, other: other.text, line: other.line) }
    }
}

/// In which way each column's first date is written.
struct DateForms {
    /// A date of a column.
    struct Example {
        var line: Int
        var text: String
    }

    private var first: [InputColumn: Example] = [:]
    /// The form of the columns whose first date is known, by `InputColumn.rawValue`: what nearly every row asks.
    private var forms = [TimeText.DateForm](repeating: .none, count: InputColumn.allCases.count)

    /// In which way a column's first date is written; `none` where it had none yet.
    @inline(__always)
    func first(of column: InputColumn) -> TimeText.DateForm { forms[column.rawValue] }

    /// Looks at a date; returns the column's first one where that is written in another way.
    @inline(__always)
    mutating func note(_ form: TimeText.DateForm, _ column: InputColumn, _ check: RowCheck) -> Example? {
        let known = forms[column.rawValue]
        if known == form { return nil }
        if known == .none {
            forms[column.rawValue] = form
            first[column] = Example(line: check.line, text: check.value(column))
            return nil
        }
        return first[column]
    }
}
