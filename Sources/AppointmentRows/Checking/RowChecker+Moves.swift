import CSVReading
import SecurityTrax

// A visit's new time in a column of its own: the old one must not be booked without a word.
extension RowChecker {
    /// Reports the first column in which a new time stands that is not the row's.
    func checkMoves(_ check: inout RowCheck) {
        guard !check.plan.moves.isEmpty, check.row.named.isSuperset(of: [.start, .end]) else { return }
        guard
            let move = check.plan.moves.first(where: { !check.isEmpty(at: $0.position) && moves($0, check) })
        else { return }
        let (start, end) = (check.row.start, check.row.end)
        let column = move.part == .start ? check.startColumn : check.endColumn
        let name = check.plan.name(column)
        let length = move.part == .duration ? Int(end.minutes - start.minutes) : nil
        let mapped = mapped(move, column, check)
        check.report(at: move.position) {
            .movedElsewhere(
                $0, column: (column, name), says: move.part == .start ? start : end, length: length,
                mapped: mapped)
        }
    }

    /// What the column can be read as, where it has the new times of all rows; nil where it has only a part of them.
    private func mapped(_ move: MoveColumn, _ column: InputColumn, _ check: RowCheck) -> InputColumn? {
        if move.part == .duration { return check.plan[.duration] < 0 ? nil : .duration }
        guard case .time(let time)? = reading(at: move.position, check), time.hasClock, !isDay(time, move)
        else {
            return check.plan[.date] < 0 || move.part == .end ? nil : .date
        }
        return time.hasDate || check.plan[.date] >= 0 ? column : nil
    }

    /// Whether what a column has is another time than the row's, or may be one.
    private func moves(_ move: MoveColumn, _ check: RowCheck) -> Bool {
        let text = check.text(at: move.position)
        let own = check.value(move.part == .start ? check.startColumn : check.endColumn)
        if YesNoWords.answer(text) != nil || Self.saysNoMove(text) || nameKey(text) == nameKey(own)
            || StatusWords.isEmptyDate(text)
        {
            return false
        }
        if move.part == .duration { return isOtherLength(text, check) }
        switch reading(at: move.position, check) {
        case .time(let time)?: return isOther(time, move, check)
        case .problem(.emptyDate)?, nil: return false
        case .problem(.unreadable)?, .problem(.zoneName)?:
            if let window = TimeWindow(text, order: options.dateOrder, years: years) {
                return isOther(window.start, move, check) || isOther(window.end, move, check, isEnd: true)
            }
            return move.isSure && (move.takesWords || TimeMention.isIn(text))
        case .problem?: return move.isSure
        }
    }

    private func reading(at position: Int, _ check: RowCheck) -> TimeReading? {
        var text = check.text(at: position)
        let (order, years) = (options.dateOrder, years)
        return text.isEmpty ? nil : text.withUTF8 { TimeText.read($0, order: order, years: years) }
    }

    /// Whether a time is another one than the row's.
    private func isOther(_ time: TimeText, _ move: MoveColumn, _ check: RowCheck, isEnd: Bool = false) -> Bool
    {
        let start = check.row.start
        let own = isEnd || move.part == .end ? check.row.end : start
        var minutes = Int(own.minutes)
        if time.hasOffset, options.timeZone != nil || check.isFilled(.timeZone) {
            // As far as the start is from UTC.
            minutes += Int(check.row.expiresAt) - Int(start.minutes) + time.offset
        }
        guard let local = Int32(exactly: minutes).map({ LocalTime(minutes: $0) }) else { return true }
        let day = local.components
        let isOtherDay = time.hasDate && (time.year, time.month, time.day) != (day.year, day.month, day.day)
        let isOtherClock = time.hasClock && !isDay(time, move) && time.minuteOfDay != local.minuteOfDay
        guard isOtherDay || isOtherClock else { return false }
        return move.isSure || isAhead(time) ?? move.isReschedule
    }

    /// Whether a time is a day, as spreadsheets write it: its midnight.
    private func isDay(_ time: TimeText, _ move: MoveColumn) -> Bool {
        move.isDate && time.hasDate && time.minuteOfDay == 0
    }

    /// Whether a time is still to come, wherever it is; nil where it has no day. What was written down is past.
    private func isAhead(_ time: TimeText) -> Bool? {
        guard time.hasDate else { return nil }
        let written = LocalTime(
            year: time.year, month: time.month, day: time.day, hour: max(0, time.minuteOfDay) / 60,
            minute: max(0, time.minuteOfDay) % 60)
        return written.map { Int($0.minutes) > now + Self.firstClock } ?? true
    }

    private func isOtherLength(_ text: String, _ check: RowCheck) -> Bool {
        let length = Int(check.row.end.minutes - check.row.start.minutes)
        let readings = [VisitDuration.Unit.minutes, .hours].map { VisitDuration.read(text, unit: $0) }
        guard readings.contains(where: { if case .minutes = $0 { true } else { false } }) else {
            return false
        }
        return !readings.contains(.minutes(length))
    }

    /// Whether a text says that nothing was moved.
    private static func saysNoMove(_ text: String) -> Bool {
        let key = nameKey(text)
        if ["tbd", "tba", "tobedetermined", "tobeannounced"].contains(key.filter(\.isLetter)) {
            return false
        }
        return NobodyWords.contain(text) || unmoved.contains(key)
    }

    private static let unmoved: Set<String> = [
        "same", "sametime", "sameday", "asscheduled", "unchanged", "nochange", "nochanges", "notchanged",
        "notmoved",
        "notrescheduled", "notapplicable", "original", "asis", "(blank)", "blank", "keep", "ok", "confirmed",
    ]
}
