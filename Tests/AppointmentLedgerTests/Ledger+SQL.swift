import SQLiteStore

@testable import AppointmentLedger

/// What tests ask a ledger's tables, and do to them, by hand.
extension Ledger {
    /// The stored states, by ID.
    func states() throws -> [Int] {
        try store.all("SELECT state FROM appointments ORDER BY id") { try $0["state"] }
    }

    func execute(_ sql: String) throws { try store.execute(sql) }
    func integer(_ sql: String) throws -> Int? { try store.integer(sql) }
    func text(_ sql: String) throws -> String? { try store.text(sql) }
}
