import AppointmentRows
import Foundation
@testable import ImportFixtures
import SQLiteStore
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentLedger

/// A large run stages without the index of identities and compares its rows in memory: both ways must come to the same.
@Suite("Rows that are loaded in bulk") struct BulkLoadTests {
    private let rows = RandomRow(
        customers: [0, 1, 2, 3, 7_000_000_000], numbers: ["", "", "A1", "A2", "A3", "A4"])

    private func content(_ fixture: LedgerFixture) async throws -> [String?] {
        try await [
            fixture.ledger.text(
                """
                SELECT group_concat(format('%d %d %d %d %d %s %s %d %d %d %d %s %s', id, customer, start, end, tech,
                    service_detail, notes, state, accepted_run, file_id, line, code, reason), char(10))
                FROM (SELECT * FROM appointments ORDER BY id)
                """),
            fixture.ledger.text(
                """
                SELECT group_concat(format('%d %d %d %d %s %s %s', file_id, line, state, appointment_id, code, reason,
                    written), char(10)) FROM rows
                """),
            fixture.ledger.text(
                """
                SELECT group_concat(format('%d %d %d', k.file_id, \(KnownRows.line), \(KnownRows.appointment)), char(10))
                FROM \(KnownRows.table)
                """),
            fixture.ledger.text(
                "SELECT group_concat(file_id || ' ' || line || ' ' || message, char(10)) FROM findings"),
            fixture.ledger.text(
                "SELECT group_concat(number || ' ' || appointment_id, '|') FROM sender_numbers"),
            fixture.ledger.text(
                "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_schema ORDER BY name)"),
        ]
    }

    /// The lines of an export and of the one before: visits were left out and others put in.
    private func export(after last: String?, _ random: inout SeededNumbers) -> String {
        let fresh = rows.file(rows: 25, &random).split(separator: "\n")
        var lines =
            last.map { $0.split(separator: "\n").filter { _ in Int.random(in: 0..<8, using: &random) > 0 } }
            ?? []
        if lines.isEmpty { lines = [fresh[0]] }
        for line in fresh.dropFirst(last == nil ? 1 : 20) {
            lines.insert(line, at: Int.random(in: 1...lines.count, using: &random))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let ways: [(loading: BulkLoad.Use, followsOrder: Bool, seen: Int)] = [
        (.never, false, 1 << 16), (.never, true, 1 << 16), (.never, true, 0), (.never, false, 3),
        (.always(holding: 1 << 20), true, 7), (.always(holding: 25), false, 0),
        (.always(holding: 0), true, 1),
    ]

    @Test("However rows are looked up, every run leaves the same ledger", arguments: 0..<12)
    func same(seed: Int) async throws {
        var expected: [String?]?
        for (loading, followsOrder, seenInMemory) in Self.ways {
            var last: String?
            var random = SeededNumbers(state: UInt64(seed))
            let fixture = try LedgerFixture()
            for fate in [Fate.created, .created, .refused, .inDoubt, .pending, nil] {
                var texts = (0..<3).map { _ in rows.file(rows: 25, &random) }
                texts[2] = export(after: last, &random)
                last = texts[2]
                // It can't be read to its end: what came before is rolled back.
                texts[1] += "4,\"open quote\n"
                let inputs = try texts.map { try fixture.input($0, identity: true) }
                let rules = LedgerFixture.rules {
                    $0.loading = loading
                    $0.followsOrder = followsOrder
                    $0.seenInMemory = seenInMemory
                    $0.allowsRebooking = fate == .inDoubt
                    $0.checksOverlaps = fate == .pending
                    $0.maxInvalid = fate == nil ? .rows(8) : nil
                }
                let decision = fate == .refused && seed % 4 == 0 ? StagingDecision.abandon : .post
                let run = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
                let staged = try await fixture.ledger.stage(
                    inputs, rules: rules, batchSize: 50, decide: { _ in decision }, isStopped: { false },
                    progress: { _ in })
                #expect(staged.files[1].error != nil)
                if let fate, !staged.isAbandoned { _ = try await fixture.post(fate) }
                if fate == nil { _ = try await fixture.ledger.unstage() }
                let counts = try await fixture.ledger.counts(ofRun: run)
                try await fixture.ledger.finish(
                    Ledger.Ending(
                        exit: 0, seconds: 0, batches: 1, posts: 1, retries: 0,
                        findingsTotal: staged.findingsTotal, counts: counts))
            }
            let found = try await content(fixture)
            #expect(found == expected ?? found, "\(loading), \(followsOrder), \(seenInMemory)")
            expected = expected ?? found
            #expect(try await fixture.ledger.integer("PRAGMA foreign_keys") == 1)
            #expect(try await fixture.ledger.text("PRAGMA integrity_check") == "ok")
            #expect(try await fixture.ledger.integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
        }
        let states = try #require(expected?[0])
        #expect(states.count > 1_000)
    }

    @Test("Rows in rising order of customers are not held in memory, until one comes that is not")
    func rising() async throws {
        let visits = (1...60).map { Visit().with(\.customer, $0) }
        let (rising, rolledBack, again) = (Array(visits[..<40]), Array(visits[40...]), Array(visits[20..<31]))
        for limit in [0, 39, 40, 51, 1 << 20] {
            let fixture = try LedgerFixture()
            let texts = [
                Visit.file(rising), Visit.file(rolledBack + again) + "4,\"open quote\n",
                Visit.file(again + rolledBack + rolledBack.suffix(10)),
            ]
            let inputs = try texts.map { try fixture.input($0) }
            _ = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
            let staged = try await fixture.ledger.stage(
                inputs, rules: LedgerFixture.rules { $0.loading = .always(holding: limit) }, batchSize: 50,
                decide: { _ in .post }, isStopped: { false }, progress: { _ in })
            #expect(staged.files.map { $0.counts[.pending] } == [40, 0, 20], "\(limit)")
            #expect(staged.files.map { $0.counts[.duplicate] } == [0, 0, 21], "\(limit)")
        }
    }

    @Test(
        "It is done where a run brings twice what the ledger has, and enough of it",
        arguments: [
            (0, 0, false), (1 << 20, 0, false), (2 << 20, 0, true), (2 << 20, 16_000, true),
            (2 << 20, 17_000, false),
        ])
    func pays(bytes: Int, last: Int, pays: Bool) throws {
        let store = try Connection(path: "", mode: .temporary)
        try store.execute("CREATE TABLE appointments (id INTEGER PRIMARY KEY)")
        if last > 0 { try store.run("INSERT INTO appointments VALUES (:last)", ["last": last]) }
        #expect(try (BulkLoad.room(forBytes: bytes, in: store) != nil) == pays)
    }

    @Test(
        "An appointment is found in whatever cell its window begins, and forgotten above a mark",
        arguments: [0, 2_000, 5_000, 1 << 30])
    func map(expecting expected: Int) {
        var map = VisitMap(TimeCells(reach: 60), limit: 5_000, expecting: expected)
        for id in 1...5_000 {
            let isAdded = map.add(id: id, customer: Int64(id % 7), service: id % 2, start: (id - 2_500) * 10)
            #expect(isAdded)
        }
        let isOneMoreAdded = map.add(id: 5_001, customer: 1, service: 1, start: 0)
        #expect(!isOneMoreAdded)
        func found(_ id: Int) -> Bool {
            var found = false
            let start = (id - 2_500) * 10
            map.forEach(customer: Int64(id % 7), service: id % 2, overlapping: start + 59, start + 70) {
                if $0 == id { found = true }
            }
            return found
        }
        #expect((1...5_000).allSatisfy(found))
        map.forget(above: 1_000)
        #expect(map.count == 1_000)
        #expect((1...5_000).allSatisfy { found($0) == ($0 <= 1_000) })
    }
}
