import AppointmentRows
@testable import ImportFixtures
import SQLiteStore
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentLedger

/// Rows of appointments that an earlier run created share entries; a report shows each of them as one of its own.
@Suite("Rows of known appointments") struct KnownRowsTests {
    private let ann = Decision(who: "ann", note: nil)

    private func visits(_ days: ClosedRange<Int>) -> [Visit] { days.map { Visit(day: $0) } }

    @Test("A report says of each where and by which run it was created")
    func report() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([visits(10...12), visits(13...14)], fate: .created)
        let second = try await fixture.run([[Visit(day: 14)] + visits(10...11), visits(12...13)], fate: nil)
        #expect(second.states == Array(repeating: .alreadyCreated, count: 5))
        #expect(
            second.rows.map(\.reason) == [
                "created from line 3 of \"file2.csv\" (run 1)",
                "created from line 2 of \"file1.csv\" (run 1)",
                "created from line 3 of \"file1.csv\" (run 1)",
                "created from line 4 of \"file1.csv\" (run 1)",
                "created from line 2 of \"file2.csv\" (run 1)",
            ])
        #expect(second.rows.map(\.line) == [2, 3, 4, 2, 3])
        #expect(second.rows.map(\.appointment) == [5, 1, 2, 3, 4])
        #expect(second.rows.allSatisfy { $0.columns[6] == "Ring twice" && $0.code.isEmpty })
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM rows") == 0)
        #expect(try await fixture.ledger.integer("SELECT sum(count) FROM known_rows") == 5)
    }

    @Test("A third run names the run that created them, and not the one that found them known")
    func third() async throws {
        let fixture = try LedgerFixture()
        for _ in 0..<3 { try await fixture.run([visits(10...11)], fate: .created) }
        let third = try await fixture.ledger.rows(ofRun: 3)
        #expect(third.allSatisfy { $0.reason.hasSuffix("of \"file1.csv\" (run 1)") })
    }

    @Test("What was said of them stays, where a person lets one be booked again", arguments: [false, true])
    func bookedAgain(isTakenUp: Bool) async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([visits(10...12)], fate: .created)
        try await fixture.run([visits(10...12)], fate: nil)
        try await fixture.run([visits(11...11)], fate: nil)
        let before = try await (fixture.ledger.rows(ofRun: 2), fixture.ledger.rows(ofRun: 3))
        try await fixture.ledger.withdraw([2], by: ann)
        #expect(try await fixture.ledger.rows(ofRun: 2) == before.0)
        try await fixture.ledger.undoWithdrawal([2], by: ann, rebooking: true)
        #expect(try await fixture.ledger.rows(ofRun: 2) == before.0)
        if isTakenUp {
            let visit = Visit(notes: "Bring a ladder", day: 11)
            let again = try await fixture.run([[Visit(day: 20), visit]], fate: .created)
            #expect(again.states == [.created, .created])
            #expect(again.rows[1].line == 3)
        }
        #expect(try await fixture.ledger.rows(ofRun: 2) == before.0)
        #expect(try await fixture.ledger.rows(ofRun: 3) == before.1)
        #expect(try await fixture.ledger.integer("SELECT sum(count) FROM known_rows") == 2)
        for run in 2...3 {
            let counts = try await fixture.ledger.counts(ofRun: run).values.reduce(into: RowCounts()) {
                $0 += $1
            }
            #expect(try await fixture.ledger.report(ofRun: run)?.totals == counts)
        }
    }

    @Test("A withdrawal that is taken back leaves them where they are")
    func withdrawalUndone() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([visits(10...12)], fate: .created)
        let second = try await fixture.run([visits(10...12)], fate: nil)
        try await fixture.ledger.withdraw([2], by: ann)
        try await fixture.ledger.undoWithdrawal([2], by: ann, rebooking: false)
        #expect(try await fixture.ledger.rows(ofRun: 2) == second.rows)
        #expect(try await fixture.ledger.integer("SELECT sum(count) FROM known_rows") == 3)
    }

    @Test("They are forgotten with their run, and counted")
    func pruned() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([visits(10...12)], fate: .created)
        try await fixture.run([visits(10...12)], fate: nil)
        let later = Ledger.now + 1_000
        #expect(try await fixture.ledger.prunable(before: later).rows == 3)
        #expect(try await fixture.ledger.prune(before: later).rows == 3)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM known_rows") == 0)
    }

    @Test(
        "Whatever does not fit an entry is left to the caller",
        arguments: [
            (1, 1, true), (1 << 31 - 1, 1 << 32 - 1, true), (1 << 31, 1, false), (1, 1 << 32, false),
            (0, 1, false),
            (1, -1, false),
        ])
    func limits(line: Int, appointment: Int, fits: Bool) throws {
        let store = try Connection(path: "", mode: .temporary)
        try store.execute("CREATE TABLE known_rows (file_id, first_line, count, pairs TEXT)")
        let known = try KnownRows(store: store)
        #expect(try known.add(line: line, appointment: appointment, file: 1) == fits)
        try known.flush()
        let found = try store.first(
            "SELECT \(KnownRows.line) AS line, \(KnownRows.appointment) AS id FROM \(KnownRows.table)"
        ) {
            (try $0["line"] as Int, try $0["id"] as Int)
        }
        #expect(found?.0 == (fits ? line : nil))
        #expect(found?.1 == (fits ? appointment : nil))
    }

    @Test("Entries are of one file and of so many rows at the most", arguments: [1, 2, 3, 7])
    func entries(size: Int) throws {
        let store = try Connection(path: "", mode: .temporary)
        try store.execute("CREATE TABLE known_rows (file_id, first_line, count, pairs TEXT)")
        let known = try KnownRows(store: store, entrySize: size)
        var expected: [String] = []
        for (file, rows) in [(1, 4), (2, 1), (3, 6)] {
            for row in 1...rows {
                #expect(try known.add(line: row * 3, appointment: file * 100 + row, file: file))
                expected.append("\(file) \(row * 3) \(file * 100 + row)")
            }
        }
        try known.flush()
        #expect(
            try store.text(
                "SELECT group_concat(k.file_id || ' ' || (\(KnownRows.line)) || ' ' || (\(KnownRows.appointment)), '|') FROM \(KnownRows.table)"
            )
                == expected.joined(separator: "|"))
        #expect(try store.integer("SELECT max(count) FROM known_rows") == min(size, 6))
        #expect(
            try store.integer("SELECT count(*) FROM known_rows WHERE count <> json_array_length(pairs)") == 0)
    }
}
