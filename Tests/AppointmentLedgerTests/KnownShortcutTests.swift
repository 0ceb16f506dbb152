import AppointmentRows
@testable import ImportFixtures
import SQLiteStore
import TestSupport
import Testing

@testable import AppointmentLedger

/// A row of an appointment that was created just so is kept by a shorter way: both ways must leave the same.
@Suite("The shorter way of rows that there is nothing to say of") struct KnownShortcutTests {
    private let rows = RandomRow(customers: [1, 2, 3, 4], numbers: ["", "", "", "A1", "A2"])

    private func content(_ ledger: Ledger) async throws -> [String?] {
        try await [
            ledger.text(
                """
                SELECT group_concat(format('%d %d %d %d %s %d %d %d %d %s', id, customer, start, tech, notes, state,
                    accepted_run, file_id, line, reason), char(10))
                FROM (SELECT * FROM appointments ORDER BY id)
                """),
            ledger.text(
                """
                SELECT group_concat(format('%d %d %d %d %s %s', file_id, line, state, appointment_id, code, reason),
                    char(10)) FROM rows
                """),
            ledger.text(
                """
                SELECT group_concat(format('%d %d %d', k.file_id, \(KnownRows.line), \(KnownRows.appointment)), char(10))
                FROM \(KnownRows.table)
                """),
            ledger.text(
                "SELECT group_concat(file_id || ' ' || line || ' ' || message, char(10)) FROM findings"),
            ledger.text("SELECT group_concat(number || ' ' || appointment_id, '|') FROM sender_numbers"),
        ]
    }

    @Test("Both ways leave the same ledger", arguments: 0..<8)
    func same(seed: Int) async throws {
        var found: [[String?]] = []
        var known = 0
        for shortensKnown in [false, true] {
            var random = SeededNumbers(state: UInt64(seed))
            let fixture = try LedgerFixture()
            let first = rows.file(rows: 40, &random)
            for (night, fate) in [Fate.created, .created, .refused, nil].enumerated() {
                // The same rows again, some of them twice and with other notes, among new ones.
                let lines = first.split(separator: "\n")
                let again = (0..<20).map { _ -> String in
                    let line = String(lines.dropFirst().randomElement(using: &random) ?? "")
                    let isChanged = Int.random(in: 0..<5, using: &random) == 0
                    return isChanged ? line.replacing("Ring twice", with: "Ladder") : line
                }
                let texts = [
                    ([String(lines[0])] + again).joined(separator: "\n") + "\n",
                    // What has one of their numbers comes before them, or it would be the later word.
                    rows.file(rows: 10, &random), first,
                ]
                let rules = LedgerFixture.rules {
                    $0.shortensKnown = shortensKnown
                    $0.isStrict = seed % 2 == 1
                    $0.followsOrder = seed % 3 > 0
                    $0.allowsRebooking = night == 2
                    $0.seenInMemory = seed < 4 ? 5 : 1 << 16
                }
                let inputs = try texts.map { try fixture.input($0, identity: true) }
                _ = try await fixture.run(inputs, rows: 70, fate: fate, rules: rules)
            }
            found.append(try await content(fixture.ledger))
            known = try await fixture.ledger.integer("SELECT sum(count) FROM known_rows") ?? 0
        }
        #expect(found[0] == found[1])
        #expect(known > 2)
    }
}
