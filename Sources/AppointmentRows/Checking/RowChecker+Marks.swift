// What belongs to a time and stands apart from it, or at one of two times only: a zone in the column's name, an offset,
// AM and PM.
extension RowChecker {
    /// Half a day, in minutes.
    static let halfOfDay: Int32 = 720

    /// Reports a time without an offset beside one that has it and is converted.
    func hasOneOffset(
        _ zone: RowZone, _ start: TimeText?, _ end: TimeText?, _ check: inout RowCheck
    ) -> Bool {
        guard case .zone = zone, let start, let end, check.startColumn != check.endColumn,
            start.hasOffset != end.hasOffset
        else { return false }
        reportBare(isStart: end.hasOffset, &check) { .offsetMissing($0, other: $1) }
        return true
    }

    /// Reports that one of a row's times lacks what the other one has.
    ///
    /// - Parameters:
    ///   - isStart: Whether it is the start that lacks it.
    ///   - finding: Made of the place of that one, and of the other's column.
    private func reportBare(
        isStart: Bool, _ check: inout RowCheck, _ finding: (FindingPlace, String) -> Finding
    ) {
        let (bare, other) =
            isStart ? (check.startColumn, check.endColumn) : (check.endColumn, check.startColumn)
        let name = check.plan.name(other)
        check.report(bare) { finding($0, name) }
    }

    /// Reports times without an offset whose column names a zone that is not known to be the customer's.
    func checkNamedZones(_ zone: RowZone, _ start: TimeText?, _ end: TimeText?, _ check: inout RowCheck) {
        let (startColumn, endColumn) = (check.startColumn, check.endColumn)
        for (column, text) in [(startColumn, start), (endColumn, end)] {
            guard let said = check.plan.namedZones[column], let text, !text.hasOffset else { continue }
            let named = ZoneRule(named: said.word)
            if case .zone(let rule) = zone, rule == named { continue }
            let identifier = named.flatMap { $0.isNobodys ? nil : $0.identifier }
            check.report(column) { .zoneInName($0, said, identifier: identifier) }
            if startColumn == endColumn { return }
        }
    }

    /// Reports AM or PM in a column of its own, where a time says neither.
    func checkHalvesOfDay(_ start: TimeText?, _ end: TimeText?, _ check: inout RowCheck) {
        guard let position = check.plan.halvesOfDay.first(where: { !check.hasNoValue(at: $0) }),
            [start, end].contains(where: { $0.map { $0.hasClock && !$0.saysHalfOfDay } ?? false })
        else { return }
        check.report(at: position) { .halfOfDayApart($0) }
    }

    /// Reports a time that says neither AM nor PM in a file whose first time does, where it may be of either half.
    mutating func checkUnsaidHalf(_ start: TimeText?, _ end: TimeText?, _ check: inout RowCheck) {
        if writesHalfOfDay == nil, let start, start.hasClock { writesHalfOfDay = start.saysHalfOfDay }
        // Where one of the two says it, the other one follows.
        guard writesHalfOfDay == true, start?.saysHalfOfDay != true, end?.saysHalfOfDay != true else {
            return
        }
        for (column, text) in [(check.startColumn, start), (check.endColumn, end)] {
            guard let text, !text.saysHalfOfDay, !text.hasOffset, (60..<780).contains(text.minuteOfDay) else {
                continue
            }
            return check.report(column) { .halfOfDayLacking($0, minute: text.minuteOfDay) }
        }
    }

    /// Reports a time that says neither AM nor PM beside one that does, where that leaves more than half a day between.
    ///
    /// - Parameter length: From the start to the end as they are read, in minutes.
    func checkHalfOfDay(_ start: TimeText?, _ end: TimeText?, length: Int32, _ check: inout RowCheck) {
        guard let start, let end, check.startColumn != check.endColumn,
            start.saysHalfOfDay != end.saysHalfOfDay, length > Self.halfOfDay,
            mayBeOtherHalf(start, isStart: true), mayBeOtherHalf(end, isStart: false)
        else { return }
        reportBare(isStart: end.saysHalfOfDay, &check) { .halfOfDayUnsaid($0, other: $1) }
    }

    /// Whether a time that says neither AM nor PM may be meant in the other half of the day; at night that is said in
    /// any case (`night-hours`).
    private func mayBeOtherHalf(_ text: TimeText, isStart: Bool) -> Bool {
        text.saysHalfOfDay
            || text.minuteOfDay < 13 * 60 && !Self.isNight(text.minuteOfDay, isStart: isStart)
    }
}
