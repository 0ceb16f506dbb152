@testable package import AppointmentLedger
import SQLiteStore

extension Ledger {
    /// A run's rows, as a report shows them.
    package func rows(ofRun run: Int) throws -> [ReportRow] {
        guard let files = try fileRange(ofRun: run) else { return [] }
        var rows: [ReportRow] = []
        try forEachRow(ofFiles: files) { rows.append($0) }
        return rows
    }

    /// All appointments, as they are now.
    package func appointments() throws -> [ReportRow] {
        var rows: [ReportRow] = []
        try forEachAppointment { rows.append($0) }
        return rows
    }

    /// The stored states, by ID.
    package func states() throws -> [Int] {
        let query = try store.prepare("SELECT state FROM appointments ORDER BY id")
        var states: [Int] = []
        while try query.step() { states.append(query.integer(0)) }
        return states
    }

    package func execute(_ sql: String) throws { try store.execute(sql) }
    package func integer(_ sql: String) throws -> Int? { try store.integer(sql) }
    package func text(_ sql: String) throws -> String? { try store.text(sql) }
}
