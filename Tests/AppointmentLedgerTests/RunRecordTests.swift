@testable import ImportFixtures
import SecurityTrax
import Testing
@testable import AppointmentLedger

@Suite("The record of runs") struct RunRecordTests {
    private let fixture: LedgerFixture

    init() throws { fixture = try LedgerFixture() }

    private func finish(command: String, exit: Int32, decision: StagingDecision = .post) async throws {
        _ = try await fixture.ledger.begin(command: command, endpoint: LedgerFixture.endpoint)
        let input = try fixture.input(Visit.file([]))
        let staged = try await fixture.ledger.stage(
            [input], rules: LedgerFixture.rules(), batchSize: 50, decide: { _ in decision },
            isStopped: { false },
            progress: { _ in })
        try await fixture.ledger.finish(
            Ledger.Ending(
                exit: exit, seconds: 2.3456, batches: 2, posts: 3, retries: 1, findingsTotal: 4, counts: [:],
                rejects: [(staged.files[0].id, "a.rejects.csv", nil)]))
    }

    @Test("A run keeps what it ended with")
    func keeps() async throws {
        try await finish(command: "import", exit: 1)
        let run = try #require(try await fixture.ledger.report(ofRun: 1))
        #expect(run.command == "import")
        #expect(run.endpoint == LedgerFixture.endpoint)
        #expect(run.exit == 1)
        #expect(run.posts == 3 && run.retries == 1 && run.batches == 2)
        #expect(run.findingsTotal == 4)
        #expect(abs(run.seconds - 2.345) < 0.0005)
        #expect(run.ledgerCreated)
        #expect(!run.isAbandoned)
        #expect(run.files.map(\.rejects) == ["a.rejects.csv"])
        #expect(try #require(run.finished) >= run.started)
        try await finish(command: "import", exit: 0)
        try fixture.reopen()
        try await finish(command: "import", exit: 0)
        #expect(try await fixture.ledger.report(ofRun: 3)?.ledgerCreated == false)
    }

    @Test("Runs come newest first, as many as are asked for, and an unknown one is none")
    func order() async throws {
        #expect(try await fixture.ledger.lastRun() == nil)
        #expect(try await fixture.ledger.runs(limit: 3).isEmpty)
        for _ in 1...4 { try await finish(command: "import", exit: 0) }
        #expect(try await fixture.ledger.runs(limit: 3).map(\.run) == [4, 3, 2])
        #expect(try await fixture.ledger.lastRun() == 4)
        #expect(try await fixture.ledger.report(ofRun: 5) == nil)
    }

    @Test("The last run is the last one that had rows: neither a rehearsal nor a resume that found nothing")
    func last() async throws {
        try await finish(command: "dry-run", exit: 0)
        #expect(try await fixture.ledger.lastRun() == 1, "where there is no other")
        try await fixture.run([[Visit()]], fate: .created)
        _ = try await fixture.ledger.begin(command: "resume", endpoint: LedgerFixture.endpoint)
        #expect(try await fixture.ledger.takeUpPending().files.isEmpty)
        try await finish(command: "dry-run", exit: 0)
        try await finish(command: "adopt", exit: 0)
        #expect(try await fixture.ledger.lastRun() == 2)
    }

    @Test("A run that is not there is none")
    func missing() async throws {
        #expect(try await fixture.ledger.report(ofRun: 0) == nil)
    }

    @Test(
        "Complete is a run that posted all it could",
        arguments: [
            ("import", Int32(0), StagingDecision.post, true), ("import", 1, .post, true),
            ("resume", 0, .post, true),
            ("import", 5, .post, false), ("import", 6, .post, false), ("import", 130, .post, false),
            ("import", 1, .abandon, false), ("dry-run", 0, .abandon, false), ("dry-run", 0, .post, false),
        ])
    func complete(command: String, exit: Int32, decision: StagingDecision, isComplete: Bool) async throws {
        try await finish(command: command, exit: exit, decision: decision)
        #expect(try await fixture.ledger.lastCompleteRun() != nil || !isComplete)
        #expect(try await fixture.ledger.lastCompleteRun() == nil || isComplete)
    }

    @Test("What is in doubt is listed with all that is known of it")
    func doubt() async throws {
        try await fixture.run(
            [[Visit(customer: 1)], [Visit(customer: 2), Visit(tech: "", notes: "x")]], fate: .inDoubt)
        let found = try await fixture.ledger.inDoubt()
        #expect(found.map(\.id) == [1, 2, 3])
        let last = try #require(found.last)
        #expect(last.batch == 1 && last.run == 1 && last.line == 3)
        #expect(last.file == "file2.csv")
        #expect(last.reason == "the answer was cut")
        #expect(last.endpoint == LedgerFixture.endpoint)
        #expect(last.columns == ["9710", "", "01/23/2014 7:30", "01/23/2014 9:30", "1", "Panel", "x"])
        #expect(abs(last.sent - Ledger.now) < 3_600_000)
    }

    @Test("A report has every row in its order: invalid ones as they were written")
    func report() async throws {
        let done = try await fixture.run(
            [
                [
                    Visit(customer: 3), Visit(customer: 0, notes: " as  written "), Visit(customer: 3),
                    Visit(customer: 1),
                ]
            ],
            fate: .created)
        #expect(done.rows.map(\.line) == [2, 3, 4, 5])
        #expect(done.states == [.created, .invalid, .duplicate, .created])
        #expect(done.rows[1].columns[0] == "0")
        #expect(done.rows[1].code == "invalid-customer-id")
        #expect(done.rows[1].appointment == nil)
        #expect(done.rows[2].appointment == done.rows[0].appointment)
        #expect(done.rows[2].reason == "the same appointment as line 2")
        #expect(
            done.rows[0].details == [ResponseDetail(name: "ConfirmationStatusName", value: "Not Confirmed")])
    }

    @Test("Rejected rows carry every reason and every fix once")
    func rejected() async throws {
        let run = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
        let visits = [
            Visit(customer: 0, service: 9), Visit(customer: 4), Visit(customer: 5),
            Visit(customer: 4, notes: "x"),
        ]
        let input = try fixture.input(Visit.file(visits))
        _ = try await fixture.ledger.stage(
            [input], rules: LedgerFixture.rules(), batchSize: 50, decide: { _ in .post },
            isStopped: { false },
            progress: { _ in })
        let batch = try #require(try await fixture.ledger.claim(Claim(.fresh(limit: 5))).batch)
        try await fixture.ledger.settle(
            BatchSettlement(
                batch: batch, rows: [.refused(reason: "no such customer"), .created([])],
                outcome: "answered", status: 200))
        let files = try #require(try await fixture.ledger.fileRange(ofRun: run))
        let rows = try await fixture.ledger.rejected(ofFiles: files).all
        #expect(rows.map(\.line) == [2, 3, 5])
        #expect(rows.map(\.code) == ["invalid-customer-id", "refused-by-service", "conflicting-duplicate"])
        #expect(rows[0].reason.contains("; "))
        #expect(rows[1].reason == "no such customer")
        #expect(rows.allSatisfy { !$0.fix.isEmpty })
        #expect(rows[1].columns[0] == "4")
    }

    @Test("Rejects files are put on record, replaced and forgotten")
    func rejectsFiles() async throws {
        let first = WrittenRejects(
            path: "/a.rejects.csv", input: "/a.csv", size: 7, modified: 1_700_000_000_123_456_789)
        let second = WrittenRejects(path: "/a-2.rejects.csv", input: "/a.csv", size: 8, modified: 9)
        try await fixture.ledger.remember(first)
        try await fixture.ledger.remember(second)
        #expect(try await fixture.ledger.writtenRejects(at: first.path) == first)
        #expect(try await fixture.ledger.writtenRejects(ofInput: "/a.csv") == [second, first])
        var changed = first
        changed.size = 70
        changed.input = "/b.csv"
        try await fixture.ledger.remember(changed)
        #expect(try await fixture.ledger.writtenRejects(ofInput: "/a.csv") == [second])
        #expect(try await fixture.ledger.writtenRejects(ofInput: "/b.csv") == [changed])
        try await fixture.ledger.forgetRejects(at: first.path)
        #expect(try await fixture.ledger.writtenRejects(at: first.path) == nil)
        try await fixture.ledger.forgetRejects(at: first.path)
    }
}
