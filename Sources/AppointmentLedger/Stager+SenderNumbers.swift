import AppointmentRows
import SQLiteStore
import SecurityTrax

/// `--identity-column`: the sender's own appointment numbers.
extension Stager {
    func appointment(numbered number: String) throws -> Candidate? {
        let query = try store.prepare(
            """
            SELECT a.id, a.tech, a.start, a.end, a.state, a.accepted_run, a.file_id, a.line
            FROM sender_numbers AS s JOIN appointments AS a ON a.id = s.appointment_id
            WHERE s.endpoint_id = ?1 AND s.number = ?2
            """
        ).bind(endpoint, at: 1).bind(number, at: 2)
        guard try query.step(), let state = AppointmentState(rawValue: query.integer(4)) else { return nil }
        return Candidate(
            id: query.integer(0), tech: query.integer(1), start: LocalTime(minutes: Int32(query.integer(2))),
            end: LocalTime(minutes: Int32(query.integer(3))), state: state, acceptedRun: query.integer(5),
            file: query.integer(6), line: query.integer(7))
    }

    func number(_ appointment: Int, _ number: String) throws {
        let query = try store.prepare(
            "SELECT appointment_id FROM sender_numbers WHERE endpoint_id = ?1 AND number = ?2"
        ).bind(endpoint, at: 1).bind(number, at: 2)
        let previous = try query.step() ? query.integer(0) : nil
        if previous == appointment { return }
        if previous != nil || appointment <= baseline {
            // For `abandon`: where the number was before this run.
            try store.prepare("INSERT OR IGNORE INTO temp.renumbered VALUES (?1, ?2)")
                .bind(number, at: 1).bind(previous.map(Int64.init), at: 2).run()
        }
        try store.prepare(
            """
            INSERT INTO sender_numbers VALUES (?1, ?2, ?3)
            ON CONFLICT (endpoint_id, number) DO UPDATE SET appointment_id = excluded.appointment_id
            """
        ).bind(endpoint, at: 1).bind(number, at: 2).bind(appointment, at: 3).run()
    }
}
