import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What staging says of a row that only the ledger can judge.
extension Stager {
    func bookedDifferently(_ row: CheckedRow, _ other: Candidate) throws -> Finding {
        .alreadyBookedDifferently(line: row.line, other: try describe(other), state: other.state.words)
    }

    func inThePast(_ row: CheckedRow) -> Finding {
        // Without a known zone, a start is past only once it is past in the last zone on earth.
        let knowsZone = row.pastAfter != Int64(row.start.minutes) + 12 * 60
        return .inThePast(
            line: row.line, column: startColumn, start: row.start, knowsZone: knowsZone,
            isLongAgo: rules.now - row.pastAfter > 366 * 1440)
    }

    /// What is said of a row whose appointment a person has taken out.
    func withdrawn(_ row: CheckedRow, _ own: Candidate) throws -> Finding {
        let query = try store.prepare("SELECT reason, withdrawn_from FROM appointments WHERE id = ?1")
            .bind(own.id, at: 1)
        _ = try query.step()
        defer { query.reset() }
        return .withdrawn(
            line: row.line, appointment: own.id, other: try describe(own), reason: query.text(0),
            wasCreated: query.integer(1) == AppointmentState.created.rawValue)
    }

    /// What a finding says of another row: its file, line and run.
    func describe(_ other: Candidate) throws -> OtherAppointment {
        findOther.bind(other.id, at: 1).bind(other.file, at: 2)
        defer { findOther.reset() }
        _ = try findOther.step()
        return OtherAppointment(
            file: other.file == file ? nil : findOther.optionalText(1), line: other.line,
            run: other.file < firstFile ? findOther.optionalInteger(0) : nil,
            customerID: Int64(findOther.integer(2)),
            techID: other.tech == 0 ? nil : Int64(other.tech), start: other.start, end: other.end)
    }
}
