import CSVReading
import SecurityTrax

// What stands above a row: a technician's name, a day, cells that were merged.
extension RowChecker {
    /// Says what lines and cells above a row that may be booked say of it, or may say.
    mutating func checkAbove(_ check: inout RowCheck, isRow: Bool) {
        let hasStart = check.row.named.contains(.start)
        let above = merged.isPossible ? noteTechnician(start: hasStart ? check.row.start : nil, check) : nil
        guard isRow else { return }
        if let day = headings.day, hasStart, day.contradicts(check.row.start) {
            let start = check.row.start
            check.report(check.startColumn) {
                .otherDayAbove($0, line: day.line, text: day.text, start: start)
            }
        }
        let field = check.plan[.techID]
        guard check.row.techID == 0, field < 0 || check.isEmpty(at: field),
            // Another column says it already.
            !check.found(.techElsewhere), !check.found(.severalTechs)
        else { return }
        if let heading = headings.name(above: check) {
            let column = check.plan.technicianName
            check.report(
                .techElsewhere(line: check.line, above: (heading.line, heading.text), column: column))
        } else if let above {
            check.report(.techID) { .mergedTechnician($0, above: (above.line, above.text)) }
        }
    }

    /// Looks at who goes to a row. Returns what stands above an empty field, and may hold for it too.
    @discardableResult
    mutating func noteTechnician(start: LocalTime?, _ check: RowCheck) -> MergedTechnicians.Named? {
        let above = merged.note(
            check.value(.techID), day: start.map { Int($0.minutes) / 1440 } ?? 0,
            line: check.record.position.line)
        plainRows?.needsTechnician = merged.isPossible
        return above
    }
}
