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

        var isEmpty: Bool { if case .empty = self { true } else { false } }
        /// Whether nothing says a date.
        var isNowhere: Bool {
            switch self {
            case .empty, .absent: true
            case .date, .bad: false
            }
        }
    }

    /// The zone of a row.
    enum RowZone {
        case zone(ZoneRule)
        case none
        /// A finding says what is wrong. Local times can still be compared, as without a zone.
        case bad
    }

    /// Reads the start and the end, places them in the customer's zone, and checks what depends on both.
    mutating func checkTimes(_ check: inout RowCheck) {
        let firstFinding = check.findingCount
        readTimes(&check)
        checkAllDay(&check, since: firstFinding)
    }

    private mutating func readTimes(_ check: inout RowCheck) {
        let firstFinding = check.findingCount
        var written = writtenTimes(&check)
        let (startText, endText) = (written.start, written.end)

        var startDate = DateColumn.absent
        var endDate = DateColumn.absent
        let needsStartDate = startText.map { !$0.hasDate } ?? false
        let needsEndDate = endText.map { !$0.hasDate } ?? false
        if needsEndDate { endDate = date(.endDate, &written, &check) }
        if needsStartDate { startDate = date(.date, &written, &check) }
        if needsEndDate {
            switch endDate {
            case .absent, .empty:
                // Said once, where both times need it.
                endDate = needsStartDate ? startDate : date(.date, &written, &check)
            case .date, .bad: break
            }
        }
        if needsEndDate, endDate.isNowhere, let startText, startText.hasDate, !startText.hasOffset {
            // `1/5/2027 9:00 AM` and `10:00 AM`
            endDate = .date(CalendarDate(year: startText.year, month: startText.month, day: startText.day))
        }
        if needsStartDate && startDate.isEmpty || needsEndDate && endDate.isEmpty {
            check.report(.date) { .missingValue($0, meaning: .date) }
        }

        let zone = zone(&check)
        if hasOneOffset(zone, startText, endText, &check) { return }
        checkNamedZones(zone, startText, endText, &check)
        checkHalvesOfDay(startText, endText, &check)
        let start = startText.flatMap { moment($0, check.startColumn, startDate, zone, &check) }
        let end =
            if let duration = written.duration {
                start.flatMap { moment(duration, after: $0, zone, &check) }
            } else {
                endText.flatMap { moment($0, check.endColumn, endDate, zone, &check) }
            }

        if let start {
            check.row.start = start.local
            check.row.named.insert(.start)
            // Without a zone: past in UTC−12, the last place on earth.
            check.row.expiresAt = Int64(start.utc ?? Int(start.local.minutes) + Self.lastClock)
            checkHorizon(start, &check)
        }
        if let end {
            check.row.end = end.local
            check.row.named.insert(.end)
        }
        if let start, let end {
            if isAllDay(start.local, end.local) {
                check.report(check.startColumn) { .allDay($0) }
                return
            }
            checkWindow(start.local, end.local, isEndClockOnly: needsEndDate, &check)
            checkHalfOfDay(startText, endText, length: end.local.minutes - start.local.minutes, &check)
        }
        if let hours = options.hours {
            checkHours(start, end, hours, &check)
        } else if check.findingCount == firstFinding {
            checkNight(isStart: true, start, startText, &check)
            checkNight(isStart: false, end, endText, &check)
        }
        if check.findingCount == firstFinding { checkUnsaidHalf(startText, endText, &check) }
        if let start, let end, check.findingCount == firstFinding {
            checkLength(start.local, end.local, &check)
        }
        let hasOffset = startText?.hasOffset == true || endText?.hasOffset == true
        warnOfZone(zone, start, end, hasOffset: hasOffset, &check)
        warnOfForms(written, &check)
    }

    /// What a time's field says, or nil after a finding.
    func timeText(_ column: InputColumn, _ check: inout RowCheck) -> TimeText? {
        guard !check.isUnusable(check.plan[column]) else { return nil }
        switch reading(column, check) {
        case .none:
            check.report(column) { .missingValue($0, meaning: column) }
            return nil
        case .time(let text): return withClock(text, column, &check)
        case .problem(let problem):
            let order = options.dateOrder
            check.report(column) { .unreadableTime($0, problem: problem, isDateOnly: false, order: order) }
            return nil
        }
    }

    /// A time that has a clock time, or nil after a finding.
    func withClock(_ text: TimeText, _ column: InputColumn, _ check: inout RowCheck) -> TimeText? {
        if text.hasClock { return text }
        let order = options.dateOrder
        check.report(column) { .noClock($0, order: order) }
        return nil
    }

    /// What a column's field says; nil where it is empty.
    func reading(_ column: InputColumn, _ check: RowCheck) -> TimeReading? {
        let (order, years) = (options.dateOrder, years)
        return check.record.withField(check.plan[column]) { bytes -> TimeReading? in
            let text = trim(bytes)
            guard !text.isEmpty, !NoValueWords.contain(text) else { return nil }
            if column == .start || column == .end, let clock = TimeText.militaryClock(text) {
                return .time(clock)
            }
            return TimeText.readInColumn(text, order: order, years: years)
        }
    }

    private func date(
        _ column: InputColumn, _ written: inout WrittenTimes, _ check: inout RowCheck
    ) -> DateColumn {
        let field = check.plan[column]
        guard field >= 0 else { return .absent }
        guard !check.isUnusable(field) else { return .bad }
        let order = options.dateOrder
        switch reading(column, check) {
        case .none: return .empty
        case .time(let text):
            if column == .date {
                written.dateForm = text.dateForm
            } else {
                written.endDateForm = text.dateForm
            }
            // Spreadsheets write a date as its midnight.
            guard text.hasDate, text.minuteOfDay <= 0, !text.hasOffset else {
                check.report(column) { .notADate($0, order: order) }
                return .bad
            }
            return .date(CalendarDate(year: text.year, month: text.month, day: text.day))
        case .problem(let problem):
            check.report(column) { .unreadableTime($0, problem: problem, isDateOnly: true, order: order) }
            return .bad
        }
    }

    private mutating func zone(_ check: inout RowCheck) -> RowZone {
        guard check.isFilled(.timeZone) else { return options.timeZone.map { .zone($0) } ?? .none }
        let field = check.plan[.timeZone]
        guard !check.isUnusable(field) else { return .bad }
        // Taken out for the call: the closure may not touch the checker that it changes.
        var cache = ZoneCache()
        swap(&cache, &zones)
        defer { swap(&cache, &zones) }
        if let rule = check.record.withField(field, { cache.rule(trim($0)) }) {
            guard !rule.isNobodys else {
                check.report(.timeZone) { .zoneOfNobody($0) }
                return .bad
            }
            return .zone(rule)
        }
        let fix = cache.fix(check.text(at: field))
        check.report(.timeZone) { .unknownZone($0, fix: fix) }
        return .bad
    }

    /// Places a time on the calendar of the customer's zone, or nil after a finding.
    private func moment(
        _ text: TimeText, _ column: InputColumn, _ date: DateColumn, _ rowZone: RowZone,
        _ check: inout RowCheck
    ) -> Moment? {
        var (year, month, day) = (text.year, text.month, text.day)
        if !text.hasDate {
            switch date {
            case .date(let date): (year, month, day) = (date.year, date.month, date.day)
            case .absent:
                let order = options.dateOrder
                check.report(column) { .noDate($0, hasEmptyDate: text.hasEmptyDate, order: order) }
                return nil
            case .empty, .bad: return nil
            }
        }
        guard
            let written = LocalTime(
                year: year, month: month, day: day, hour: text.minuteOfDay / 60, minute: text.minuteOfDay % 60
            )
        else {
            check.report(column) { .outOfRange($0) }
            return nil
        }
        var zone: ZoneRule?
        if case .zone(let rule) = rowZone { zone = rule }
        guard text.hasOffset else {
            guard let zone else { return Moment(local: written, utc: nil) }
            switch zone.instants(ofLocal: Int(written.minutes)) {
            case .one(let utc), .two(_, let utc): return Moment(local: written, utc: utc)
            case .none:
                check.report(column) { .noSuchLocalTime($0, zone: zone, local: Int(written.minutes)) }
                return nil
            }
        }
        guard let zone else {
            // With an unknown zone it can't be said whether an offset is allowed.
            if case .bad = rowZone { return nil }
            check.report(column) { .timeZoneNotAllowed($0) }
            return nil
        }
        let utc = Int(written.minutes) - text.offset
        // A day at the edge of the calendar is a typing error, whatever the zone.
        guard let minutes = Int32(exactly: utc + zone.offset(atUTC: utc)),
            LocalTime.years.contains(LocalTime(minutes: minutes).components.year)
        else {
            check.report(column) { .outOfRange($0) }
            return nil
        }
        let local = LocalTime(minutes: minutes)
        if case .two = zone.instants(ofLocal: Int(minutes)) {
            check.report(column) { .ambiguousLocalTime($0, zone: zone, local: local) }
            return nil
        }
        return Moment(local: local, utc: utc)
    }

    /// The time so many minutes after another one, as clocks go on; nil after a finding.
    private func moment(
        _ minutes: Int, after start: Moment, _ rowZone: RowZone, _ check: inout RowCheck
    ) -> Moment? {
        var local = Int(start.local.minutes) + minutes
        var utc: Int?
        if case .zone(let zone) = rowZone, let instant = start.utc {
            utc = instant + minutes
            local = instant + minutes + zone.offset(atUTC: instant + minutes)
        }
        guard let local = Int32(exactly: local),
            LocalTime.years.contains(LocalTime(minutes: local).components.year)
        else {
            check.report(check.startColumn) { .outOfRange($0) }
            return nil
        }
        return Moment(local: LocalTime(minutes: local), utc: utc)
    }

    /// How far the clocks of the first place on earth are ahead of UTC, and those of the last behind it, in minutes.
    static let firstClock = 840
    static let lastClock = 720

    private func checkHorizon(_ start: Moment, _ check: inout RowCheck) {
        let days = options.horizonDays
        // Without a zone: far ahead even in UTC+14, the first place on earth.
        guard !options.allowFarAhead,
            (start.utc ?? Int(start.local.minutes) - Self.firstClock) > now + days * 1440
        else {
            return
        }
        let ahead = (Int(start.local.minutes) - now) / 1440
        check.report(check.startColumn) { .tooFarAhead($0, start: start.local, days: days, ahead: ahead) }
    }

    private func checkWindow(
        _ start: LocalTime, _ end: LocalTime, isEndClockOnly: Bool, _ check: inout RowCheck
    ) {
        let length = Int(end.minutes) - Int(start.minutes)
        if length <= 0 {
            check.report(check.endColumn) {
                .endNotAfterStart(
                    $0, start: start, end: end,
                    endDateColumn: isEndClockOnly ? InputColumn.endDate.name : nil)
            }
        } else if length > options.maxWindow {
            let limit = options.maxWindow
            let isDuration = check.endColumn.holdsLength
            check.report(check.endColumn) {
                .windowTooLong($0, length: length, limit: limit, isDuration: isDuration)
            }
        }
    }

    /// Both ends must lie within the working hours of the start's day.
    private func checkHours(
        _ start: Moment?, _ end: Moment?, _ hours: ClosedRange<Int>, _ check: inout RowCheck
    ) {
        if let start, !hours.contains(start.local.minuteOfDay) {
            check.report(check.startColumn) {
                .outsideHours($0, isStart: true, time: start.local, hours: hours)
            }
        }
        if let end {
            // Midnight ends the day before; otherwise another day is another working day.
            var minute = end.local.minuteOfDay
            if let start, end.local > start.local {
                minute = Int(end.local.minutes) - (Int(start.local.minutes) - start.local.minuteOfDay)
            }
            if !hours.contains(minute) {
                check.report(check.endColumn) {
                    .outsideHours($0, isStart: false, time: end.local, hours: hours)
                }
            }
        }
    }
}
