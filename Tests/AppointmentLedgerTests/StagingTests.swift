@testable import ImportFixtures
@testable import AppointmentRows
import TestSupport
import Foundation
import SecurityTrax
import Synchronization
import Testing
@testable import AppointmentLedger

@Suite("Staging") struct StagingTests {
    private func stage(
        _ fixture: LedgerFixture, _ inputs: [RowInput], rules: StagingRules = LedgerFixture.rules(),
        decision: StagingDecision = .post, isStopped: () -> Bool = { false }
    ) async throws -> StagedRun {
        _ = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
        let stopped = isStopped()
        return try await fixture.ledger.stage(
            inputs, rules: rules, batchSize: 50, decide: { _ in decision }, isStopped: { stopped },
            progress: { _ in })
    }

    /// Everything that staging can change, as text.
    private func content(_ fixture: LedgerFixture) async throws -> [String?] {
        try await [
            fixture.ledger.text(
                """
                SELECT group_concat(format('%d %d %d %d %d %s %s %d %d %d %d %s %s %s', id, customer, start, end, tech,
                    service_detail, notes, state, accepted_run, file_id, line, code, reason, changed), '|') FROM appointments
                """),
            fixture.ledger.text(
                "SELECT group_concat(format('%d %d %d %s %s', file_id, line, state, code, reason), '|') FROM rows"
            ),
            fixture.ledger.text("SELECT group_concat(number || appointment_id, '|') FROM sender_numbers"),
        ]
    }

    @Test("A run that is stopped while it reads leaves its number, and nothing else")
    func stopped() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit(), Visit(day: 24)]], fate: .refused)
        let before = try await content(fixture)
        let input = try fixture.input(
            Visit.file([Visit(notes: "new"), Visit(customer: 7), Visit(customer: 7)]))
        await #expect(throws: RunStopped.self) { try await stage(fixture, [input], isStopped: { true }) }
        #expect(try await content(fixture) == before)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM files") == 1)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM runs") == 2)
    }

    @Test("A source that fails for a reason of its own undoes the whole run")
    func throwing() async throws {
        struct Broken: Error {}
        let fixture = try LedgerFixture()
        let good = try fixture.input(Visit.file([Visit()]))
        _ = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
        await #expect(throws: Broken.self) {
            try await fixture.ledger.stage(
                [good], rules: LedgerFixture.rules(), batchSize: 50, decide: { _ in .abandon },
                preview: { _ in throw Broken() }, isStopped: { false }, progress: { _ in })
        }
        #expect(try await fixture.ledger.appointments().isEmpty)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM files") == 0)
    }

    @Test(
        "A run that is abandoned keeps its findings and its rows, and no appointment",
        arguments: [false, true])
    func abandoned(afterwards: Bool) async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit(), Visit(day: 24)]], fate: .refused)
        try await fixture.run([[Visit(day: 25)]], fate: nil)
        try await fixture.run([[Visit(day: 26)]], fate: .created)
        let before = try await content(fixture)
        let visits = [
            Visit(notes: "new"), Visit(day: 24), Visit(notes: "new"), Visit(notes: "new", day: 25),
            Visit(notes: "new", day: 26),
            Visit(customer: 8), Visit(customer: 8), Visit(customer: 0), Visit(notes: "new", day: 26),
        ]
        let input = try fixture.input(Visit.file(visits), named: "abandoned.csv")
        var staged = try await stage(fixture, [input], decision: afterwards ? .post : .abandon)
        if afterwards { staged = try #require(try await fixture.ledger.unstage()) }
        #expect(staged.isAbandoned)
        let counts = staged.totals
        #expect(counts[.pending] == 4)
        #expect(counts[.duplicate] == 3)
        #expect(counts[.invalid] == 1)
        #expect(counts[.alreadyCreated] == 1)
        #expect(
            staged.findings.map(\.finding.code.rawValue) == ["changed-since-created", "invalid-customer-id"])
        #expect(try await content(fixture)[0] == before[0])
        #expect(try await content(fixture)[2] == before[2])
        #expect(
            try await fixture.ledger.text(
                "SELECT group_concat(format('%d %d %d %s %s', file_id, line, state, code, reason), '|') FROM rows WHERE file_id < 4"
            ) == before[1])
        #expect(try await fixture.ledger.unstage() == nil, "once")
        #expect(try await fixture.ledger.claim(Claim(.fresh(limit: 50))).batch == nil)
        let rows = try await fixture.ledger.rows(ofRun: 4)
        #expect(rows.count == 5)

        // A process that died here, and the next run: the run is shown as it was.
        try fixture.reopen()
        #expect(try await fixture.ledger.report(ofRun: 4)?.totals == counts)
        try await fixture.ledger.recover()
        #expect(try await fixture.ledger.report(ofRun: 4)?.totals == counts)
        #expect(try await fixture.ledger.report(ofRun: 4)?.isAbandoned == true)
        try await fixture.run([[Visit(customer: 77), Visit(customer: 78)]], fate: .created)
        #expect(try await fixture.ledger.rows(ofRun: 4) == rows)
        #expect(rows.filter { $0.state == .duplicate }.map { $0.columns[0] } == ["9710", "8", "9710"])
    }

    @Test("Rows that repeat an abandoned appointment never show another one")
    func reusedIDs() async throws {
        let fixture = try LedgerFixture()
        let abandoned = try await fixture.run(
            [[Visit(customer: 1), Visit(customer: 1)]], fate: nil, decision: .abandon)
        try await fixture.run([[Visit(customer: 2)]], fate: .created)
        let rows = try await fixture.ledger.rows(ofRun: abandoned.run)
        #expect(rows.map { $0.columns[0] } == ["1"])
        #expect(rows.map { $0.columns[6] } == ["Ring twice"])
    }

    @Test("Once a batch is claimed nothing is taken back")
    func unstageAfterClaim() async throws {
        let fixture = try LedgerFixture()
        _ = try await stage(fixture, [try fixture.input(Visit.file([Visit()]))])
        _ = try await fixture.ledger.claim(Claim(.fresh(limit: 1)))
        #expect(try await fixture.ledger.unstage() == nil)
        #expect(try await fixture.ledger.appointments().count == 1)
    }

    @Test(
        "Past is what would be posted, and nothing else",
        arguments: [
            (Fate?.none, RowState.invalid), (.pending, .invalid), (.refused, .invalid),
            (.created, .alreadyCreated),
            (.inDoubt, .inDoubt),
        ])
    func past(earlier: Fate?, expected: RowState) async throws {
        let fixture = try LedgerFixture()
        if let earlier { try await fixture.run([[Visit()]], fate: earlier) }
        let late = LedgerFixture.rules { $0.now += 60 * 24 * 60 }
        let done = try await fixture.run([[Visit()]], fate: .created, rules: late)
        #expect(done.states == [expected])
        #expect(done.codes == (expected == .invalid ? ["in-the-past"] : []))
        if earlier == .pending {
            // Nobody will post it any more, and its run is shown as it ended.
            #expect(try await fixture.ledger.states() == [AppointmentState.refused.rawValue])
            #expect(try await fixture.ledger.rows(ofRun: 1).map(\.state) == [.pending])
            #expect(try await fixture.ledger.appointments().map(\.code) == ["in-the-past"])
        }
        if expected == .invalid {
            let allowed = try await fixture.run(
                [[Visit()]], fate: .created, rules: LedgerFixture.rules { $0.allowsPast = true })
            #expect(allowed.states == [.created])
        }
    }

    @Test("Without a zone, a start is past once it is past in the last place on earth")
    func pastEverywhere() async throws {
        for (minutes, expected) in [(0, RowState.created), (1, .invalid)] {
            let fixture = try LedgerFixture()
            // 2014-01-23 07:30 in UTC−12 is 19:30 UTC.
            let start = LedgerFixture.now + Int64(22 * 1440 + 19 * 60 + 30 + minutes)
            let done = try await fixture.run(
                [[Visit()]], fate: .created, rules: LedgerFixture.rules { $0.now = start })
            #expect(done.states == [expected])
        }
    }

    @Test("Findings are listed up to a limit and counted beyond it")
    func findings() async throws {
        let fixture = try LedgerFixture()
        let visits = (0..<600).map { _ in Visit(customer: 0, service: 9) }
        let done = try await fixture.run([visits], fate: nil)
        #expect(done.staged.findings.count == StagedRun.listedFindings)
        #expect(done.staged.findingsTotal == 1_200)
        #expect(try await fixture.ledger.findings(ofRun: 1, limit: .max).count == 1_200)
        #expect(
            try await fixture.ledger.findings(ofRun: 1, limit: 7) == Array(done.staged.findings.prefix(7)))
    }

    @Test("Texts are kept as they are, empty ones too")
    func texts() async throws {
        let fixture = try LedgerFixture()
        let done = try await fixture.run(
            [[Visit(detail: "", notes: ""), Visit(customer: 2, detail: "é🧰", notes: "\"a\n\tb\"")]],
            fate: .created)
        #expect(done.posted.map(\.notes) == ["", "a\n\tb"])
        #expect(done.posted.map(\.serviceDetailType) == ["", "é🧰"])
        #expect(
            try await fixture.ledger.integer("SELECT count(*) FROM appointments WHERE notes IS NULL") == 0)
        let again = try await fixture.run([[Visit(detail: "", notes: "now with words")]], fate: nil)
        #expect(again.codes == ["changed-since-created"])
    }

    @Test("A dry run shows the batches that posting would make", arguments: 0..<20)
    func preview(seed: Int) async throws {
        var random = SeededNumbers(state: UInt64(seed))
        // Few customers and windows, several technicians: many twins.
        let visits = (0..<40).map { _ in
            Visit(
                customer: Int.random(in: 1...4, using: &random),
                tech: String(Int.random(in: 1...9, using: &random)),
                day: Int.random(in: 20...22, using: &random))
        }
        let size = Int.random(in: 1...9, using: &random)
        let fixture = try LedgerFixture()
        let input = try fixture.input(Visit.file(visits))
        _ = try await fixture.ledger.begin(command: "dry-run", endpoint: LedgerFixture.endpoint)
        let shown = Mutex<[[Appointment]]>([])
        _ = try await fixture.ledger.stage(
            [input], rules: LedgerFixture.rules(), batchSize: size, decide: { _ in .abandon },
            preview: { @Sendable batch in shown.withLock { $0.append(batch) } }, isStopped: { false },
            progress: { _ in })
        _ = try await stage(fixture, [input])
        var posted: [[Appointment]] = []
        while let batch = try await fixture.ledger.claim(Claim(.fresh(limit: size))).batch {
            posted.append(batch.appointments)
            try #require(posted.count <= 40)
        }
        #expect(shown.withLock { $0 } == posted)
        #expect(posted.joined().count == Set(visits.map(\.line)).count)
    }
}
