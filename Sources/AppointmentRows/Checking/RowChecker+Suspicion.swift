import CSVReading
import SecurityTrax

// What can be read and is suspicious all the same.
extension RowChecker {
    /// When a window is a calendar's way to say "some time that day": from midnight to midnight, or to the minute
    /// before it.
    func isAllDay(_ start: LocalTime, _ end: LocalTime) -> Bool {
        guard start.minuteOfDay == 0, end >= start else { return false }
        return end.minuteOfDay == 0 || end.minuteOfDay == 1439
    }

    /// An all-day event has no times, whatever its fields for them say or lack: what was found in them since
    /// `firstFinding` is replaced.
    func checkAllDay(_ check: inout RowCheck, since firstFinding: Int) {
        if check.isFilled(.allDay), let isSure = saysAllDay(check.value(.allDay)) {
            check.takeBackFindings(since: firstFinding)
            check.report(.allDay) { isSure ? .allDay($0, isSaid: true) : .allDayUnclear($0) }
        } else if check.findingCount > firstFinding,
            let column = [check.startColumn, check.endColumn].first(where: { saysAllDay($0, check) })
        {
            check.takeBackFindings(since: firstFinding)
            check.report(column) { .allDayInsteadOfTime($0) }
        }
    }

    /// Whether a field for a time has the words of a calendar: `All day`.
    private func saysAllDay(_ column: InputColumn, _ check: RowCheck) -> Bool {
        check.isFilled(column) && Self.allDayWords.contains(nameKey(check.value(column)))
    }

    private static let allDayWords: Set<String> = [
        "allday", "alldayevent", "wholeday", "fullday", "entireday",
    ]

    /// What a column for all-day events says: nil where the row is none, false where that can't be told.
    private func saysAllDay(_ text: String) -> Bool? {
        if Self.denials.contains(nameKey(text)) { return nil }
        if Self.allDayWords.contains(nameKey(text)) { return true }
        return switch YesNoWords.answer(text) {
        case true?: true
        case false?: nil
        case nil: false
        }
    }

    /// What such a column has besides a no where the row is none.
    private static let denials: Set<String> = ["timed", "notallday", "notalldayevent"]

    /// A time at night that may be an afternoon's without its PM.
    func checkNight(isStart: Bool, _ moment: Moment?, _ text: TimeText?, _ check: inout RowCheck) {
        guard let moment, let text else { return }
        if text.saysHalfOfDay {
            // `12:00 AM` is written for noon more often than for midnight.
            guard isStart, text.minuteOfDay < 60, !text.hasOffset else { return }
            return check.report(check.startColumn) { .noonAsMidnight($0, time: moment.local) }
        }
        guard Self.isNight(moment.local.minuteOfDay, isStart: isStart) else { return }
        check.report(isStart ? check.startColumn : check.endColumn) {
            .nightHours(
                $0, isStart: isStart, time: moment.local, isConverted: text.hasOffset)
        }
    }

    /// How long a visit is that nobody makes, in minutes: at its end, one whose end has the date of the day after.
    static let longVisit = 961...1500

    /// How short a visit is that nobody makes, in minutes: an end that was meant in hours, or a start that was typed twice.
    static let shortVisit = 1...4

    /// An end that hardly is the visit's: its date may be the next day's.
    func checkLength(_ start: LocalTime, _ end: LocalTime, _ check: inout RowCheck) {
        let length = Int(end.minutes) - Int(start.minutes)
        if Self.shortVisit.contains(length) {
            let isDuration = check.endColumn.holdsLength
            check.report(check.endColumn) {
                .shortVisit($0, start: start, minutes: length, isDuration: isDuration)
            }
        }
        guard Self.longVisit.contains(length) else { return }
        check.report(check.endColumn) { .longVisit($0, start: start, end: end) }
    }

    /// Whether a window that starts or ends so many minutes after midnight does so at night.
    @inline(__always)
    static func isNight(_ minute: Int, isStart: Bool) -> Bool {
        // What ends at the night's beginning has no part of it, nor what starts at its end.
        isStart ? minute < morning || minute >= evening : minute <= morning || minute > evening
    }

    /// The end of the night, in minutes since midnight.
    private static let morning = 6 * 60
    /// The beginning of the night, in minutes since midnight.
    private static let evening = 21 * 60

    /// Says where an abbreviation was read as one of the zones that it may stand for.
    func warnOfZone(
        _ rowZone: RowZone, _ start: Moment?, _ end: Moment?, hasOffset: Bool, _ check: inout RowCheck
    ) {
        guard case .zone(let zone) = rowZone, let abbreviation = zone.abbreviation,
            let instant = start?.utc ?? end?.utc
        else { return }
        let isInColumn = check.isFilled(.timeZone)
        // The zone of `--time-zone` is used only where a time has an offset to be converted.
        guard isInColumn || hasOffset else { return }
        // In winter `EST` is what the clocks show; `MST` is Arizona's name all year.
        guard abbreviation == "MST" || zone.isDaylightTime(atUTC: instant) else { return }
        check.report(isInColumn ? .timeZone : check.startColumn) { place in
            var place = place
            if !isInColumn { place.value = abbreviation }
            return .timeZoneGuessed(place, zone: zone)
        }
    }
}
