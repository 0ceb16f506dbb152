@testable import ImportFixtures
import SQLiteStore
import Testing

@testable import AppointmentLedger

@Suite("What the ledger's tables refuse") struct SchemaTests {
    static let insert = """
        INSERT INTO appointments (endpoint_id, customer, service, start, end, tech, state, accepted_run, file_id,
            line, expires_at)
        """

    @Test(
        "A state that there is none of, and a reference that leads nowhere",
        arguments: [
            "\(SchemaTests.insert) VALUES (1, 7, 1, 0, 60, 0, 7, 1, 1, 2, 0)",
            "\(SchemaTests.insert) VALUES (1, 7, 1, 0, 60, 0, -1, 1, 1, 2, 0)",
            "\(SchemaTests.insert) VALUES (9, 7, 1, 0, 60, 0, 0, 1, 1, 2, 0)",
            "\(SchemaTests.insert) VALUES (1, 7, 1, 0, 60, 0, 0, 9, 1, 2, 0)",
            "\(SchemaTests.insert) VALUES (1, 7, 1, 0, 60, 0, 0, 1, 9, 2, 0)",
            "UPDATE appointments SET withdrawn_from = 6",
            "UPDATE appointments SET file_id = 9",
            "INSERT INTO rows (file_id, line, state) VALUES (1, 99, 8)",
            "INSERT INTO rows (file_id, line, state) VALUES (9, 99, 0)",
            "INSERT INTO files (run_id, name) VALUES (9, 'a.csv')",
            "INSERT INTO runs (command, endpoint_id, started) VALUES ('import', 9, 0)",
            "UPDATE runs SET abandoned = 2",
            "INSERT INTO sender_numbers VALUES (1, 'A', 99)", "INSERT INTO sender_numbers VALUES (9, 'A', 1)",
            "INSERT INTO origins VALUES (9, 1, 'a.csv', 1, 1)",
            "INSERT INTO decisions (appointment_id, made, who, word) VALUES (99, 0, 'ann', 'created')",
            """
            INSERT INTO findings (file_id, line, position, code, severity, value, message, fix)
            VALUES (1, 99, 0, 'x', 'fatal', '', '', '')
            """,
            "INSERT INTO told VALUES (9, 1, 1, 1)", "INSERT INTO quiet VALUES (99, 0, 'ann')",
            "INSERT INTO holds (run_id, held, reason) VALUES (99, 0, 'x')",
            "INSERT INTO holds (run_id, held, reason, word) VALUES (1, 0, 'x', 'approved')",
            """
            INSERT INTO to_dos (appointment_id, code, said, file_id, line, opened, opened_run, last_run)
            VALUES (99, 'x', '', 1, 1, 0, 1, 1)
            """,
            """
            INSERT INTO to_dos (appointment_id, code, said, file_id, line, opened, opened_run, last_run)
            VALUES (1, 'x', '', 1, 1, 0, 1, 1), (1, 'y', '', 1, 1, 0, 1, 1)
            """,
            "DELETE FROM files", "DELETE FROM runs", "DELETE FROM endpoints",
        ])
    func refuses(sql: String) async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit(customer: 0), Visit(customer: 1)]], fate: nil)
        do {
            try await fixture.ledger.execute(sql)
            Issue.record("it was let through")
        } catch let error as SQLiteError {
            #expect(error.kind == .constraint)
        }
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    }

    @Test("After every kind of run no reference leads nowhere, and the file is whole")
    func references() async throws {
        let fixture = try LedgerFixture()
        let visits = [Visit(customer: 1, number: "A"), Visit(customer: 2, number: "B"), Visit(customer: 0)]
        try await fixture.run([visits], fate: .refused, identity: true)
        try await fixture.run([visits], fate: .inDoubt, identity: true)
        try await fixture.run([[Visit(customer: 3)]], fate: .pending, decision: .abandon)
        try await fixture.ledger.resolve(
            [(1, nil, .created)], by: Decision(who: "ann", note: nil), evenIfRecent: true)
        try await fixture.ledger.withdraw([1], by: Decision(who: "ann", note: "x"))
        try await fixture.resume(.created)
        _ = try await fixture.ledger.prune(before: Ledger.now + 1_000)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
        #expect(try await fixture.ledger.text("PRAGMA integrity_check") == "ok")
    }
}
