@testable import ImportFixtures
@testable import AppointmentRows
import TestSupport
import SecurityTrax
import Testing
@testable import AppointmentLedger

@Suite("Claiming and settling") struct PostingTests {
    private let fixture: LedgerFixture

    init() throws { fixture = try LedgerFixture() }

    /// Begins a run with these visits staged.
    private func begin(_ visits: [Visit]) async throws {
        _ = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
        let input = try fixture.input(Visit.file(visits))
        _ = try await fixture.ledger.stage(
            [input], rules: LedgerFixture.rules(), batchSize: 50, decide: { _ in .post },
            isStopped: { false },
            progress: { _ in })
    }

    private func claim(_ request: ClaimRequest, now: Int64? = nil) async throws -> ClaimedBatch? {
        try await fixture.ledger.claim(Claim(request, now: now)).batch
    }

    private func settle(
        _ batch: ClaimedBatch, _ settlements: [RowSettlement], reopening: [Int] = []
    ) async throws {
        try await fixture.ledger.settle(
            BatchSettlement(
                batch: batch, rows: settlements, outcome: "answered", status: 200, reason: "why",
                reopened: reopening))
    }

    // MARK: Claiming

    @Test("Batches hold the rows in their order, as many as are asked for")
    func sizes() async throws {
        try await begin((1...7).map { Visit(customer: $0) })
        var customers: [[Int64]] = []
        while let batch = try await claim(.fresh(limit: 3)) {
            customers.append(batch.appointments.map(\.customerID))
        }
        #expect(customers == [[1, 2, 3], [4, 5, 6], [7]])
        #expect(try await fixture.ledger.openCounts().claimed == 7)
    }

    @Test("A claim is on record before anything is sent")
    func durable() async throws {
        try await begin([Visit(), Visit(customer: 2)])
        let batch = try #require(try await claim(.fresh(limit: 50)))
        var reader = try await Ledger.read(fixture.path)
        #expect(try await reader.states() == [1, 1])
        #expect(
            try await reader.integer("SELECT size FROM batches WHERE id = \(batch.id) AND settled IS NULL")
                == 2)
        try await settle(batch, [Fate.created.settlement, Fate.refused.settlement])
        #expect(try await reader.states() == [1, 1], "a reader sees the moment that it began with")
        reader = try await Ledger.read(fixture.path)
        #expect(try await reader.states() == [2, 3])
        #expect(
            try await reader.text("SELECT outcome || ' ' || status || ' ' || reason FROM batches")
                == "answered 200 why")
    }

    @Test(
        "Rows with equal customer, start and end never share a batch, and none is skipped", arguments: 0..<30)
    func twins(seed: Int) async throws {
        var random = SeededNumbers(state: UInt64(seed))
        let visits = (0..<60).map { _ in
            Visit(
                customer: Int.random(in: 1...3, using: &random),
                tech: String(Int.random(in: 1...30, using: &random)))
        }
        try await begin(visits)
        let limit = Int.random(in: 1...10, using: &random)
        var posted: [Appointment] = []
        var attempts = 0
        while let batch = try await claim(.fresh(limit: limit)) {
            attempts += 1
            try #require(attempts < 200)
            #expect(batch.appointments.count <= limit)
            #expect(Set(batch.appointments.map(\.customerID)).count == batch.appointments.count)
            if Int.random(in: 0..<4, using: &random) == 0 {
                // Proven not to be created: the same rows once more.
                try await settle(batch, batch.appointmentIDs.map { _ in .pending(reason: "busy") })
                let again = try #require(try await claim(.again(ids: batch.appointmentIDs)))
                #expect(again.appointmentIDs == batch.appointmentIDs)
                try await settle(again, again.appointmentIDs.map { _ in .created([]) })
            } else {
                try await settle(batch, batch.appointmentIDs.map { _ in .created([]) })
            }
            posted += batch.appointments
        }
        #expect(posted.count == Set(visits.map(\.line)).count)
        #expect(Set(posted).count == posted.count)
        #expect(try await fixture.ledger.states().allSatisfy { $0 == AppointmentState.created.rawValue })
    }

    @Test("What is claimed again is what is still pending of it")
    func again() async throws {
        try await begin((1...4).map { Visit(customer: $0) })
        let batch = try #require(try await claim(.fresh(limit: 4)))
        #expect(try await claim(.again(ids: batch.appointmentIDs)) == nil, "they are being posted")
        try await settle(
            batch, [.pending(reason: "x"), .created([]), .inDoubt(reason: "x"), .pending(reason: "x")])
        let again = try #require(try await claim(.again(ids: batch.appointmentIDs)))
        #expect(again.appointmentIDs == [batch.appointmentIDs[0], batch.appointmentIDs[3]])
        #expect(again.id != batch.id)
        #expect(try await claim(.again(ids: [])) == nil)
        #expect(try await claim(.again(ids: [4_711])) == nil)
    }

    @Test("A run claims its own rows only")
    func ownRows() async throws {
        try await fixture.run([[Visit(customer: 1)]], fate: nil)
        try await begin([Visit(customer: 2)])
        #expect(try await claim(.fresh(limit: 50))?.appointments.map(\.customerID) == [2])
        #expect(try await claim(.fresh(limit: 50)) == nil)
        #expect(try await fixture.ledger.states() == [0, 1])
    }

    @Test("What is read ahead is what the next claim takes, and claims nothing")
    func readAhead() async throws {
        let ledger = fixture.ledger
        try await begin((1...5).map { Visit(customer: $0) })
        #expect(try await ledger.nextFresh(2, now: nil).map(\.customerID) == [1, 2])
        #expect(try await ledger.states() == [0, 0, 0, 0, 0])
        #expect(try await claim(.fresh(limit: 3))?.appointments.map(\.customerID) == [1, 2, 3])
        let ahead = try await ledger.nextFresh(3, now: nil)
        #expect(try await ledger.hasFreshRows())
        #expect(try await claim(.fresh(limit: 3))?.appointments == ahead)
        #expect(try await ledger.nextFresh(3, now: nil).isEmpty)
        #expect(try await !ledger.hasFreshRows())
        #expect(try await ledger.states() == [1, 1, 1, 1, 1])
    }

    @Test("However many rows have passed, they are refused, and the ones behind them claimed")
    func manyPassed() async throws {
        let late = (1...2100).map { Visit(customer: $0, day: 20) }
        try await begin(late + [Visit(customer: 9_000, day: 28), Visit(customer: 9_001, day: 28)])
        let now = LedgerFixture.now + 22 * 1440
        // They were read before their time passed.
        #expect(try await fixture.ledger.nextFresh(50, now: nil).count == 50)
        let result = try await fixture.ledger.claim(Claim(.fresh(limit: 50), now: now))
        #expect(result.expired == 2100)
        #expect(result.batch?.appointments.map(\.customerID) == [9_000, 9_001])
        #expect(try await !fixture.ledger.hasFreshRows())
    }

    @Test("Rows whose time passed while they waited are refused at the claim")
    func passed() async throws {
        try await begin([Visit(day: 20), Visit(day: 23), Visit(day: 21)])
        let now = LedgerFixture.now + 22 * 1440
        let result = try await fixture.ledger.claim(Claim(.fresh(limit: 50), now: now))
        #expect(result.expired == 2)
        let batch = try #require(result.batch)
        #expect(batch.appointments.map(\.start.components.day) == [23])
        #expect(try await fixture.ledger.states() == [3, 1, 3])
        try await settle(batch, [.pending(reason: "busy")])
        let late = try await fixture.ledger.claim(
            Claim(.again(ids: batch.appointmentIDs), attempt: 1, now: now + 10 * 1440))
        #expect(late == ClaimResult(batch: nil, expired: 1))
        let counts = try await fixture.ledger.counts(ofRun: 1)
        #expect(counts.values.first?[.refused] == 3)
        #expect(
            try await fixture.ledger.rows(ofRun: 1).map(\.code) == [
                "in-the-past", "in-the-past", "in-the-past",
            ])
        #expect(
            try await fixture.ledger.integer("SELECT count(*) FROM batches") == 1, "no batch without rows")
    }

    @Test(
        "A row is past one minute after it may have begun anywhere, and not before",
        arguments: [(0, 0), (1, 1)])
    func passedBoundary(minutes: Int, expired: Int) async throws {
        try await begin([Visit()])
        let start = LedgerFixture.now + Int64(22 * 1440 + 19 * 60 + 30 + minutes)
        #expect(try await fixture.ledger.claim(Claim(.fresh(limit: 1), now: start)).expired == expired)
    }

    // MARK: Settling

    @Test("Each settlement is kept with its code, its reason and its details")
    func settlements() async throws {
        try await begin((1...4).map { Visit(customer: $0) })
        let batch = try #require(try await claim(.fresh(limit: 4)))
        let details = [ResponseDetail(name: "A", value: "1,\"2\""), ResponseDetail(name: "B", value: "")]
        try await settle(
            batch,
            [.created(details), .refused(reason: "no"), .inDoubt(reason: "cut"), .pending(reason: "busy")])
        let rows = try await fixture.ledger.rows(ofRun: 1)
        #expect(rows.map(\.state) == [.created, .refused, .inDoubt, .pending])
        #expect(rows.map(\.code) == ["", "refused-by-service", "outcome-unknown", ""])
        #expect(rows.map(\.reason) == ["", "no", "cut", "busy"])
        #expect(rows[0].details == details)
        #expect(rows[1...].allSatisfy { $0.details.isEmpty })
        #expect(try await fixture.ledger.inDoubt().map(\.columns.first) == ["3"])
    }

    @Test(
        "Each row gets its own settlement, in whatever order, with gaps between the rows", arguments: 0..<30)
    func mixedSettlements(seed: Int) async throws {
        var random = SeededNumbers(state: UInt64(seed))
        try await begin((1...40).map { Visit(customer: $0) })
        let whole = try #require(try await claim(.fresh(limit: 40)))
        // Some come back, so that what is claimed again has gaps; and in another order.
        try await settle(whole, whole.appointmentIDs.map { _ in .pending(reason: "busy") })
        let ids = whole.appointmentIDs.filter { _ in Int.random(in: 0..<4, using: &random) > 0 }
            .shuffled(using: &random)
        let batch = try #require(try await claim(.again(ids: ids)))
        #expect(batch.appointmentIDs == ids)
        let expected = whole.appointmentIDs.map { ids.contains($0) ? 1 : 0 }
        #expect(try await fixture.ledger.states() == expected)
        let fates: [RowSettlement] = [
            .created([]), .created([ResponseDetail(name: "a", value: "b")]), .refused(reason: "no"),
            .inDoubt(reason: "x"), .pending(reason: "y"),
        ]
        var fate = fates[0]
        let settlements = ids.map { _ in
            if Int.random(in: 0..<3, using: &random) == 0 { fate = fates.randomElement(using: &random)! }
            return fate
        }
        try await settle(batch, settlements)
        for (id, settlement) in zip(ids, settlements) {
            let found = try await fixture.ledger.text(
                """
                SELECT state || coalesce(code, '-') || coalesce(reason, '-') || (response_details IS NULL)
                FROM appointments WHERE id = \(id)
                """)
            #expect(
                found == "\(settlement.state.rawValue)\(settlement.code ?? "-")\(settlement.reason ?? "-")"
                    + "\(settlement.details.isEmpty ? 1 : 0)")
        }
    }

    @Test("A batch is settled once, and only as it was claimed")
    func guards() async throws {
        try await begin((1...3).map { Visit(customer: $0) })
        let first = try #require(try await claim(.fresh(limit: 2)))
        let second = try #require(try await claim(.fresh(limit: 2)))
        var mixed = first
        mixed.appointmentIDs = [first.appointmentIDs[0], second.appointmentIDs[0]]
        await #expect(throws: LedgerError.self) { try await settle(mixed, [.created([]), .created([])]) }
        var unknown = first
        unknown.id = 99
        await #expect(throws: LedgerError.self) { try await settle(unknown, [.created([]), .created([])]) }
        #expect(try await fixture.ledger.states() == [1, 1, 1], "nothing of a refused settlement is kept")
        try await settle(first, [.created([]), .created([])])
        for settlement in [RowSettlement.created([]), .pending(reason: "x"), .inDoubt(reason: "x")] {
            await #expect(throws: LedgerError.self) { try await settle(first, [settlement, settlement]) }
        }
        #expect(try await fixture.ledger.states() == [2, 2, 1])
    }

    @Test("A batch that came back and was claimed anew can't be settled by its first number")
    func lateAnswer() async throws {
        try await begin([Visit()])
        let first = try #require(try await claim(.fresh(limit: 2)))
        try await settle(first, [.pending(reason: "busy")])
        _ = try #require(try await claim(.again(ids: first.appointmentIDs)))
        await #expect(throws: LedgerError.self) { try await settle(first, [.created([])]) }
        #expect(try await fixture.ledger.states() == [1])
    }

    @Test("Refused rows are reopened with the settlement that shows that they were not to blame")
    func reopens() async throws {
        try await begin((1...3).map { Visit(customer: $0) })
        let first = try #require(try await claim(.fresh(limit: 1)))
        try await settle(first, [.refused(reason: "400")])
        let second = try #require(try await claim(.fresh(limit: 1)))
        await #expect(throws: LedgerError.self) {
            try await settle(second, [.pending(reason: "400")], reopening: [3])
        }
        #expect(try await fixture.ledger.states() == [3, 1, 0])
        try await settle(second, [.pending(reason: "400")], reopening: first.appointmentIDs)
        #expect(try await fixture.ledger.states() == [0, 0, 0])
        #expect(try await fixture.ledger.rows(ofRun: 1).map(\.state) == [.pending, .pending, .pending])
        await #expect(throws: LedgerError.self, "a withdrawn or past row is none of its business") {
            try await fixture.ledger.execute(
                "UPDATE appointments SET state = 3, code = 'withdrawn' WHERE id = 1")
            let third = try #require(try await claim(.fresh(limit: 1)))
            try await settle(third, [.pending(reason: "400")], reopening: [1])
        }
    }

    // MARK: States

    @Test("SQL lets through the transitions of the design, and no other")
    func transitions() async throws {
        let allowed: [AppointmentState: Set<AppointmentState>] = [
            // To itself only where values of a pending row change.
            .pending: [.pending, .posting, .refused, .held],
            .posting: [.pending, .created, .refused, .inDoubt],
            .created: [],
            .refused: [.pending],
            .inDoubt: [.pending, .created],
            .withdrawn: [.pending],
            .held: [.pending, .refused],
        ]
        // A withdrawal remembers what it took out: what was held goes back to pending.
        let takenOut: [AppointmentState: AppointmentState] = [
            .pending: .pending, .created: .created, .refused: .refused, .held: .pending,
        ]
        try await begin([Visit()])
        let ledger = fixture.ledger
        try await ledger.execute("PRAGMA synchronous = OFF")
        let memories = [nil] + AppointmentState.allCases.filter { $0 != .held }
        for from in AppointmentState.allCases {
            for to in AppointmentState.allCases {
                for (before, after) in memories.flatMap({ before in memories.map { (before, $0) } }) {
                    let isAllowed =
                        allowed[from]?.contains(to) == true
                        || to == .withdrawn && after != nil && takenOut[from] == after
                        || from == .withdrawn && to == before
                    try await unguarded("state = \(from.rawValue), withdrawn_from = \(Self.sql(before))")
                    let words = "\(from) to \(to), \(Self.sql(before)) to \(Self.sql(after))"
                    do {
                        try await ledger.execute(
                            """
                            UPDATE appointments SET state = \(to.rawValue),
                                withdrawn_from = \(Self.sql(after))
                            """)
                        #expect(isAllowed, Comment(rawValue: words))
                        #expect(try await ledger.states() == [to.rawValue])
                    } catch {
                        #expect(!isAllowed, Comment(rawValue: words))
                        #expect(try await ledger.states() == [from.rawValue])
                    }
                }
            }
        }
    }

    @Test("A row that was never sent comes into doubt only while a copy is taken into use")
    func doubtOfACopy() async throws {
        try await begin([Visit()])
        let doubt = "UPDATE appointments SET state = \(AppointmentState.inDoubt.rawValue)"
        await #expect(throws: (any Error).self) { try await fixture.ledger.execute(doubt) }
        try await fixture.ledger.execute("INSERT INTO metadata (name, value) VALUES ('adopting', 1)")
        try await fixture.ledger.execute(doubt)
        #expect(try await fixture.ledger.states() == [AppointmentState.inDoubt.rawValue])
    }

    /// Sets what no way leads to.
    private func unguarded(_ change: String) async throws {
        let guardSQL = try #require(
            await fixture.ledger.text("SELECT sql FROM sqlite_schema WHERE name = 'appointments_transition'"))
        try await fixture.ledger.execute(
            """
            BEGIN; DROP TRIGGER appointments_transition; UPDATE appointments SET \(change);
            \(guardSQL); COMMIT
            """)
    }

    private static func sql(_ state: AppointmentState?) -> String {
        state.map { String($0.rawValue) } ?? "NULL"
    }

    // MARK: After a death

    @Test("What a dead run was posting is in doubt, and its counts are put on record")
    func recovers() async throws {
        try await begin((1...4).map { Visit(customer: $0) } + [Visit(customer: 1), Visit(customer: 0)])
        let first = try #require(try await claim(.fresh(limit: 1)))
        try await settle(first, [.created([])])
        _ = try #require(try await claim(.fresh(limit: 2)))
        try fixture.reopen()
        #expect(try await fixture.ledger.recover() == 2)
        #expect(try await fixture.ledger.recover() == 0)
        #expect(try await fixture.ledger.states() == [2, 4, 4, 0])
        let record = try #require(try await fixture.ledger.report(ofRun: 1))
        #expect(record.finished != nil)
        #expect(record.exit == nil)
        let counts = record.totals
        #expect(counts.rows == 6)
        #expect(counts[.created] == 1 && counts[.inDoubt] == 2 && counts[.pending] == 1)
        #expect(counts[.duplicate] == 1 && counts[.invalid] == 1)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM batches WHERE settled IS NULL") == 0)
        #expect(try await fixture.ledger.lastCompleteRun() == nil)
        // The next runs change what is true, and not how that one ended.
        try await fixture.run([(1...4).map { Visit(customer: $0) }], fate: .created)
        #expect(try await fixture.ledger.report(ofRun: 1)?.totals == counts)
        #expect(
            try await fixture.ledger.rows(ofRun: 1).map(\.state)
                == [.created, .inDoubt, .inDoubt, .pending, .duplicate, .invalid])
    }

    @Test("What a run is posting is pending while it lives, and in doubt where it is dead")
    func stranded() async throws {
        try await begin([Visit()])
        _ = try #require(try await claim(.fresh(limit: 2)))
        let reading = try await Ledger.read(fixture.path)
        #expect(try await reading.standing().posting == 1)
        #expect(try await reading.inDoubt().isEmpty)
        #expect(try await reading.runs(limit: 5).first?.totals[.inDoubt] == 0)
        #expect(try await reading.runs(limit: 5).first?.totals[.pending] == 1)
        #expect(try await reading.rows(ofRun: 1).map(\.state) == [.pending])
        #expect(try await reading.rows(ofRun: 1).map(\.code) == ["posting"])
        #expect(
            try await reading.rows(ofRun: 1).map(\.reason) == ["it is being posted at this moment"])
        try fixture.close()
        let after = try await Ledger.read(fixture.path)
        #expect(try await after.standing().posting == 0)
        #expect(try await after.inDoubt().count == 1)
        #expect(try await after.runs(limit: 5).first?.totals[.inDoubt] == 1)
        #expect(
            try await after.rows(ofRun: 1).map(\.reason) == ["the run ended while this was being posted"])
    }
}
