@testable import AppointmentRows
@testable import ImportFixtures
import SecurityTrax
import TestSupport
import Testing
@testable import AppointmentLedger

@Suite("Settling a batch and claiming the next one at once") struct JointClaimTests {
    /// A run with some visits staged, of which the first ones are claimed.
    private static func begin(_ visits: Int, claiming limit: Int) async throws -> (
        LedgerFixture, ClaimedBatch
    ) {
        let fixture = try LedgerFixture()
        _ = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
        let input = try fixture.input(Visit.file((1...visits).map { Visit(customer: $0) }))
        _ = try await fixture.ledger.stage(
            [input], rules: LedgerFixture.rules(), batchSize: 50, decide: { _ in .post },
            isStopped: { false },
            progress: { _ in })
        let batch = try #require(try await fixture.ledger.claim(Claim(.fresh(limit: limit))).batch)
        return (fixture, batch)
    }

    private static func settlement(_ batch: ClaimedBatch, _ rows: [RowSettlement]) -> BatchSettlement {
        BatchSettlement(
            batch: batch, rows: rows, outcome: "answered", status: 200, reason: "why", trust: .answers)
    }

    /// Everything that a ledger says of its appointments and batches, but for the time.
    private static func content(_ ledger: Ledger) async throws -> String? {
        try await ledger.text(
            """
            SELECT group_concat(line, char(10)) FROM (
                SELECT id || ':' || state || '/' || coalesce(batch_id, '-') || '/' || coalesce(code, '-') || '/'
                    || coalesce(reason, '-') || '/' || coalesce(response_details, '-') AS line FROM appointments
                UNION ALL SELECT 'batch ' || id || ':' || size || '/' || attempt || '/' || (settled IS NULL) || '/'
                    || coalesce(outcome, '-') || '/' || refused || '/' || in_doubt FROM batches
                UNION ALL SELECT 'endpoint ' || coalesce(answered_run, '-') || '/' || coalesce(doubted_run, '-')
                    FROM endpoints)
            """)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fates: [RowSettlement]
        /// What is claimed next; nil for those that came back.
        let next: ClaimRequest?

        init(_ testDescription: String, _ fates: [RowSettlement], next: ClaimRequest? = .fresh(limit: 3)) {
            (self.testDescription, self.fates, self.next) = (testDescription, fates, next)
        }
    }

    @Test(
        "leaves the ledger as one after the other does",
        arguments: [
            Case("all created", Array(repeating: .created([]), count: 4)),
            Case(
                "each with its own details",
                (1...4).map { .created([ResponseDetail(name: "ID", value: "\($0)")]) }),
            Case(
                "mixed",
                [.created([]), .refused(reason: "no"), .inDoubt(reason: "cut"), .pending(reason: "busy")]),
            Case("all came back", Array(repeating: .pending(reason: "busy"), count: 4), next: nil),
            Case("nothing is left", Array(repeating: .created([]), count: 4), next: .again(ids: [])),
            Case(
                "rows that are not pending", Array(repeating: .created([]), count: 4),
                next: .again(ids: [1, 2])),
        ])
    func sameAsInTurn(_ sample: Case) async throws {
        let (joint, first) = try await Self.begin(9, claiming: 4)
        let (turn, second) = try await Self.begin(9, claiming: 4)
        let next = Claim(
            sample.next ?? .again(ids: first.appointmentIDs), attempt: sample.next == nil ? 1 : 0)
        let claimed = try await joint.ledger.settle(Self.settlement(first, sample.fates), claiming: next)
            .get()
        try await turn.ledger.settle(Self.settlement(second, sample.fates))
        #expect(try await turn.ledger.claim(next) == claimed)
        #expect(try await Self.content(joint.ledger) == Self.content(turn.ledger))
        // Both go on from the same place.
        #expect(
            try await joint.ledger.claim(Claim(.fresh(limit: 2)))
                == turn.ledger.claim(Claim(.fresh(limit: 2))))
    }

    @Test("is on disk when it returns, both or neither")
    func durable() async throws {
        let (fixture, batch) = try await Self.begin(6, claiming: 3)
        let next = try await fixture.ledger.settle(
            Self.settlement(batch, Array(repeating: .created([]), count: 3)),
            claiming: Claim(.fresh(limit: 2))
        ).get()
        #expect(next.batch?.appointments.map(\.customerID) == [4, 5])
        #expect(try await Ledger.read(fixture.path).states() == [2, 2, 2, 1, 1, 0])
    }

    @Test("keeps what the answer proves where the next claim fails")
    func claimFails() async throws {
        let (fixture, batch) = try await Self.begin(6, claiming: 3)
        try await fixture.ledger.execute(
            "CREATE TEMP TRIGGER no_batch BEFORE INSERT ON main.batches BEGIN SELECT RAISE(ABORT, 'no'); END")
        let claimed = try await fixture.ledger.settle(
            Self.settlement(batch, [.created([]), .refused(reason: "no"), .created([])]),
            claiming: Claim(.fresh(limit: 2)))
        #expect(throws: LedgerError.self) { try claimed.get() }
        #expect(try await Ledger.read(fixture.path).states() == [2, 3, 2, 0, 0, 0])
        try await fixture.ledger.execute("DROP TRIGGER no_batch")
        #expect(
            try await fixture.ledger.claim(Claim(.fresh(limit: 2))).batch?.appointments.map(\.customerID) == [
                4, 5,
            ])
    }

    @Test("claims nothing where the batch can't be settled")
    func settlingFails() async throws {
        let (fixture, batch) = try await Self.begin(6, claiming: 3)
        var other = batch
        other.id = 99
        await #expect(throws: LedgerError.self) {
            _ = try await fixture.ledger.settle(
                Self.settlement(other, Array(repeating: .created([]), count: 3)),
                claiming: Claim(.fresh(limit: 2)))
        }
        #expect(try await Ledger.read(fixture.path).states() == [1, 1, 1, 0, 0, 0])
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM batches") == 1)
    }
}
