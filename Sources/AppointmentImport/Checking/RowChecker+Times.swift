import CSVReading
import SecurityTrax

extension RowChecker {
    /// A time on the calendar.
    struct Moment {
        var local: LocalTime
        /// Minutes since 1970-01-01 00:00 UTC, where the zone is known; the later one where the clocks showed the
        /// time twice.
        var utc: Int?
    }

    /// A calendar date from a column of its own.
    private struct CalendarDate {
        var year: Int
        var month: Int
        var day: Int
    }

    /// The outcome of reading a date column.
    private enum DateColumn {
        case date(CalendarDate)
        /// The column is there, but this row leaves it empty.
        case empty
        /// The file has no such column.
        case absent
        /// A finding says what is wrong.
        case bad
    }

    /// Reads the start and the end, places them in the customer's zone, and checks what depends on both.
    mutating func checkTimes(
        _ record: CSVRecord, _ unprintable: UInt64, _ row: inout CheckedRow, _ findings: inout [Finding]
    ) {
        let firstFinding = findings.count
        let startText = timeText(record, .start, unprintable, row.line, &findings)
        let endText = timeText(record, .end, unprintable, row.line, &findings)

        var startDate = DateColumn.absent
        var endDate = DateColumn.absent
        let needsStartDate = startText.map { !$0.hasDate } ?? false
        let needsEndDate = endText.map { !$0.hasDate } ?? false
        if needsEndDate { endDate = date(record, .endDate, unprintable, row.line, &findings) }
        if needsStartDate { startDate = date(record, .date, unprintable, row.line, &findings) }
        if needsEndDate {
            switch endDate {
            case .absent, .empty:
                // Said once, where both times need it.
                endDate = needsStartDate ? startDate : date(record, .date, unprintable, row.line, &findings)
            case .date, .bad: break
            }
        }
        let isDateMissing =
            (needsStartDate && isEmptyColumn(startDate)) || (needsEndDate && isEmptyColumn(endDate))
        if isDateMissing {
            findings.append(.missingValue(line: row.line, column: plan.name(.date), meaning: .date))
        }

        let zone = zone(record, unprintable, row.line, &findings)
        let start = startText.flatMap { moment($0, .start, startDate, zone, record, row.line, &findings) }
        let end = endText.flatMap { moment($0, .end, endDate, zone, record, row.line, &findings) }

        if let start {
            row.start = start.local
            // Without a zone: past in UTC−12, the last place on earth.
            row.pastAfter = Int64(start.utc ?? Int(start.local.minutes) + 720)
            // Without a zone: far ahead even in UTC+14, the first place on earth.
            if !options.allowFarAhead,
                (start.utc ?? Int(start.local.minutes) - 840) > now + options.horizonDays * 1440
            {
                findings.append(
                    .tooFarAhead(
                        line: row.line, column: plan.name(.start), value: value(record, .start),
                        start: start.local, days: options.horizonDays,
                        ahead: (Int(start.local.minutes) - now) / 1440))
            }
        }
        if let end { row.end = end.local }
        if let start, let end {
            if isAllDay(start.local, end.local) {
                findings.append(
                    .allDay(line: row.line, column: plan.name(.start), value: value(record, .start)))
                return
            }
            checkWindow(start.local, end.local, isEndClockOnly: needsEndDate, record, row.line, &findings)
        }
        if let hours = options.hours {
            checkHours(start, end, hours, record, row.line, &findings)
        } else if findings.count == firstFinding {
            checkNight(.start, start, startText, record, row.line, &findings)
            checkNight(.end, end, endText, record, row.line, &findings)
        }
        let hasOffset = startText?.hasOffset == true || endText?.hasOffset == true
        warnOfZone(zone, start, end, hasOffset: hasOffset, record, row.line, &findings)
    }

    /// What a time's field says, or nil after a finding.
    private mutating func timeText(
        _ record: CSVRecord, _ column: InputColumn, _ unprintable: UInt64, _ line: Int,
        _ findings: inout [Finding]
    ) -> TimeText? {
        let field = plan[column]
        guard !isMarked(unprintable, field) else { return nil }
        let (order, years) = (options.dateOrder, years)
        let reading = record.withField(field) { bytes -> TimeReading? in
            let text = trim(bytes)
            return text.isEmpty ? nil : TimeText.read(text, order: order, years: years)
        }
        switch reading {
        case .none:
            findings.append(.missingValue(line: line, column: plan.name(column), meaning: column))
            return nil
        case .time(let text):
            guard text.hasClock else {
                findings.append(
                    .noClock(
                        line: line, column: plan.name(column), value: value(record, column),
                        order: options.dateOrder))
                return nil
            }
            return text
        case .problem(let problem):
            report(problem, column, isDateOnly: false, record, line, &findings)
            return nil
        }
    }

    private mutating func report(
        _ problem: TimeProblem, _ column: InputColumn, isDateOnly: Bool, _ record: CSVRecord, _ line: Int,
        _ findings: inout [Finding]
    ) {
        findings.append(
            .unreadableTime(
                line: line, column: plan.name(column), value: value(record, column), problem: problem,
                isDateOnly: isDateOnly, order: options.dateOrder))
    }

    private mutating func date(
        _ record: CSVRecord, _ column: InputColumn, _ unprintable: UInt64, _ line: Int,
        _ findings: inout [Finding]
    ) -> DateColumn {
        let field = plan[column]
        guard field >= 0 else { return .absent }
        guard !isMarked(unprintable, field) else { return .bad }
        let (order, years) = (options.dateOrder, years)
        let reading = record.withField(field) { bytes -> TimeReading? in
            let text = trim(bytes)
            return text.isEmpty ? nil : TimeText.read(text, order: order, years: years)
        }
        switch reading {
        case .none: return .empty
        case .time(let text):
            // Spreadsheets write a date as its midnight.
            guard text.hasDate, text.minuteOfDay <= 0, !text.hasOffset else {
                findings.append(
                    .notADate(
                        line: line, column: plan.name(column), value: value(record, column),
                        order: options.dateOrder))
                return .bad
            }
            return .date(CalendarDate(year: text.year, month: text.month, day: text.day))
        case .problem(let problem):
            report(problem, column, isDateOnly: true, record, line, &findings)
            return .bad
        }
    }

    private func isEmptyColumn(_ date: DateColumn) -> Bool {
        if case .empty = date { true } else { false }
    }

    enum RowZone {
        case zone(ZoneRule)
        case none
        /// A finding says what is wrong. Local times can still be compared, as without a zone.
        case bad
    }

    private mutating func zone(
        _ record: CSVRecord, _ unprintable: UInt64, _ line: Int, _ findings: inout [Finding]
    ) -> RowZone {
        let field = plan[.timeZone]
        if field >= 0, !isEmpty(record, field) {
            guard !isMarked(unprintable, field) else { return .bad }
            // Taken out for the call: the closure may not touch the checker that it changes.
            var cache = ZoneCache()
            swap(&cache, &zones)
            let rule = record.withField(field) { cache.rule(trim($0)) }
            swap(&cache, &zones)
            if let rule { return .zone(rule) }
            let text = value(record, .timeZone)
            findings.append(
                .unknownZone(line: line, column: plan.name(.timeZone), value: text, fix: zones.fix(text)))
            return .bad
        }
        return options.timeZone.map { .zone($0) } ?? .none
    }

    /// Places a time on the calendar of the customer's zone, or nil after a finding.
    private func moment(
        _ text: TimeText, _ column: InputColumn, _ date: DateColumn, _ rowZone: RowZone, _ record: CSVRecord,
        _ line: Int, _ findings: inout [Finding]
    ) -> Moment? {
        var (year, month, day) = (text.year, text.month, text.day)
        if !text.hasDate {
            switch date {
            case .date(let date): (year, month, day) = (date.year, date.month, date.day)
            case .absent:
                findings.append(
                    .noDate(
                        line: line, column: plan.name(column), value: value(record, column),
                        hasEmptyDate: text.hasEmptyDate, order: options.dateOrder))
                return nil
            case .empty, .bad: return nil
            }
        }
        guard
            let written = LocalTime(
                year: year, month: month, day: day, hour: text.minuteOfDay / 60, minute: text.minuteOfDay % 60
            )
        else {
            findings.append(.outOfRange(line: line, column: plan.name(column), value: value(record, column)))
            return nil
        }
        var zone: ZoneRule?
        if case .zone(let rule) = rowZone { zone = rule }
        guard text.hasOffset else {
            guard let zone else { return Moment(local: written, utc: nil) }
            switch zone.instants(ofLocal: Int(written.minutes)) {
            case .one(let utc), .two(_, let utc): return Moment(local: written, utc: utc)
            case .none:
                findings.append(
                    .noSuchLocalTime(
                        line: line, column: plan.name(column), value: value(record, column), zone: zone,
                        local: Int(written.minutes)))
                return nil
            }
        }
        guard let zone else {
            // With an unknown zone it can't be said whether an offset is allowed.
            if case .bad = rowZone { return nil }
            findings.append(
                .timeZoneNotAllowed(line: line, column: plan.name(column), value: value(record, column)))
            return nil
        }
        let utc = Int(written.minutes) - text.offset
        // A day at the edge of the calendar is a typing error, whatever the zone.
        guard let minutes = Int32(exactly: utc + zone.offset(atUTC: utc)),
            LocalTime.years.contains(LocalTime(minutes: minutes).components.year)
        else {
            findings.append(.outOfRange(line: line, column: plan.name(column), value: value(record, column)))
            return nil
        }
        let local = LocalTime(minutes: minutes)
        if case .two = zone.instants(ofLocal: Int(minutes)) {
            findings.append(
                .ambiguousLocalTime(
                    line: line, column: plan.name(column), value: value(record, column), zone: zone,
                    local: local))
            return nil
        }
        return Moment(local: local, utc: utc)
    }

    private func checkWindow(
        _ start: LocalTime, _ end: LocalTime, isEndClockOnly: Bool, _ record: CSVRecord, _ line: Int,
        _ findings: inout [Finding]
    ) {
        let length = Int(end.minutes) - Int(start.minutes)
        if length <= 0 {
            findings.append(
                .endNotAfterStart(
                    line: line, column: plan.name(.end), value: value(record, .end), start: start, end: end,
                    endDateColumn: isEndClockOnly ? InputColumn.endDate.name : nil))
        } else if length > options.maxWindow {
            findings.append(
                .windowTooLong(
                    line: line, column: plan.name(.end), value: value(record, .end), length: length,
                    limit: options.maxWindow))
        }
    }

    /// Both ends must lie within the working hours of the start's day.
    private func checkHours(
        _ start: Moment?, _ end: Moment?, _ hours: ClosedRange<Int>, _ record: CSVRecord, _ line: Int,
        _ findings: inout [Finding]
    ) {
        if let start, !hours.contains(start.local.minuteOfDay) {
            findings.append(
                .outsideHours(
                    line: line, column: plan.name(.start), value: value(record, .start), isStart: true,
                    time: start.local, hours: hours))
        }
        if let end {
            // Midnight ends the day before; otherwise another day is another working day.
            var minute = end.local.minuteOfDay
            if let start, end.local > start.local {
                minute = Int(end.local.minutes) - (Int(start.local.minutes) - start.local.minuteOfDay)
            }
            if !hours.contains(minute) {
                findings.append(
                    .outsideHours(
                        line: line, column: plan.name(.end), value: value(record, .end), isStart: false,
                        time: end.local, hours: hours))
            }
        }
    }

    /// A field's text, for a finding.
    func value(_ record: CSVRecord, _ column: InputColumn) -> String {
        Wording.trimmed(record.string(plan[column]))
    }
}
