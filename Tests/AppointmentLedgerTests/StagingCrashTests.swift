import AppointmentRows
import Foundation
@testable import ImportFixtures
import SecurityTrax
import Synchronization
import TestSupport
import Testing

@testable import AppointmentLedger

/// What is on disk at each step of staging is what a `kill -9` there leaves.
@Suite("A run that dies while it stages") struct StagingCrashTests {
    enum Step: String, CaseIterable {
        case reading, setAside, decided, previewed, staged, takenBack
    }

    /// Everything that staging can change for another run, as text.
    private func content(_ ledger: Ledger, before run: Int) async throws -> [String?] {
        let files = "(SELECT id FROM files WHERE run_id < \(run))"
        return try await [
            ledger.text(
                """
                SELECT group_concat(format('%d %d %d %d %d %s %s %d %d %d %d %s %s %s', id, customer, start, end, tech,
                    service_detail, notes, state, accepted_run, file_id, line, code, reason, changed), '|')
                FROM (SELECT * FROM appointments ORDER BY id)
                """),
            ledger.text(
                """
                SELECT group_concat(format('%d %d %d %s %s', file_id, line, state, code, reason), '|')
                FROM rows WHERE file_id IN \(files)
                """),
            ledger.text("SELECT group_concat(number || ' ' || appointment_id, '|') FROM sender_numbers"),
        ]
    }

    /// A ledger with appointments in every state that a file can bring again, and two files that bring them: one with
    /// too many invalid rows, where `maxInvalid` is set.
    private func prepared() async throws -> (fixture: LedgerFixture, inputs: [RowInput]) {
        let fixture = try LedgerFixture()
        try await fixture.run(
            [[Visit(number: "A"), Visit(day: 24, number: "A2")]], fate: .refused, identity: true)
        try await fixture.run([[Visit(day: 25, number: "B")]], fate: nil, identity: true)
        try await fixture.run(
            [[Visit(day: 26, number: "C"), Visit(day: 22, number: "C2")]], fate: .created, identity: true)
        let first = [
            Visit(notes: "new", number: "A"), Visit(customer: 8, number: "E"),
            Visit(customer: 0, number: "F"),
            Visit(customer: 0, number: "G"), Visit(customer: 8, number: "E"),
        ]
        let second = [
            Visit(day: 24, number: "B"), Visit(notes: "new", day: 25, number: "D"),
            Visit(notes: "new", day: 25, number: "D"), Visit(customer: 9, number: "H"),
            Visit(notes: "other", day: 26, number: "C"), Visit(customer: 0, number: "I"),
        ]
        return (
            fixture,
            [
                try fixture.input(Visit.file(first), named: "first.csv", identity: true),
                try fixture.input(Visit.file(second), named: "second.csv", identity: true),
            ]
        )
    }

    /// Copies the files of a ledger as they are.
    private func copy(_ ledger: URL, _ step: Step) throws -> String {
        let source = ledger.deletingLastPathComponent()
        let folder = source.appendingPathComponent(step.rawValue)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        for name in try FileManager.default.contentsOfDirectory(atPath: source.path)
        where name.hasPrefix(ledger.lastPathComponent) && !name.hasSuffix("-shm") {
            try FileManager.default.copyItem(
                at: source.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
        return folder.appendingPathComponent(ledger.lastPathComponent).path
    }

    @Test(
        "It leaves its number and nothing else, or what it decided, and is started again as if it had not been",
        arguments: [StagingDecision.post, .abandon, .stop],
        [
            (false, BulkLoad.Use.never), (true, .never), (false, .always(holding: 2)),
            (true, .always(holding: 99)),
        ])
    func steps(decision: StagingDecision, how: (setsAside: Bool, loading: BulkLoad.Use)) async throws {
        let setsAside = how.setsAside
        let (fixture, inputs) = try await prepared()
        let before = try await content(fixture.ledger, before: 4)
        let rules = LedgerFixture.rules {
            $0.allowsRebooking = true
            $0.maxInvalid = setsAside ? .rows(1) : nil
            $0.loading = how.loading
        }
        let copies = Mutex<[Step: String]>([:])
        let place = URL(fileURLWithPath: fixture.path)
        let take = { @Sendable (step: Step) in
            if copies.withLock({ $0[step] }) != nil { return }
            let path = try copy(place, step)
            copies.withLock { $0[step] = path }
        }
        _ = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
        let reads = Mutex(0)
        let staged = try await fixture.ledger.stage(
            inputs, rules: rules, batchSize: 50,
            decide: { _ in
                try? take(.decided)
                return decision
            },
            preview: { @Sendable _ in try take(.previewed) }, isStopped: { false },
            progress: { _ in
                let count = reads.withLock {
                    $0 += 1
                    return $0
                }
                try? take(count == 1 ? .reading : .setAside)
            })
        try take(.staged)
        #expect(staged.files.map { $0.error?.code } == [setsAside ? .tooManyInvalid : nil, nil])
        if decision == .post {
            let back = try #require(try await fixture.ledger.unstage())
            #expect(back.totals == staged.totals)
            try take(.takenBack)
        }
        try fixture.close()

        let taken = copies.withLock { $0 }
        // What is stopped for its rows is not shown: nothing of it would be posted.
        #expect(taken.count == (decision == .stop ? 4 : 5))
        for step in Step.allCases {
            guard let path = taken[step] else { continue }
            let ledger = try await Ledger.open(path, mustExist: true)
            try await ledger.recover()
            let record = try #require(try await ledger.report(ofRun: 4), "\(step)")
            let isPosted = step == .staged && decision == .post
            #expect(record.isAbandoned == (step == .takenBack || step == .staged && !isPosted), "\(step)")
            if !isPosted {
                for (now, then) in zip(try await content(ledger, before: 4), before) {
                    #expect(now == then, "\(step)")
                }
            }
            if step == .staged || step == .takenBack {
                #expect(record.totals == staged.totals, "\(step)")
                #expect(try await ledger.findings(ofRun: 4, limit: 100) == staged.findings, "\(step)")
                let open = isPosted ? staged.files.filter { $0.error == nil } : []
                let waiting = open.reduce(0) { $0 + $1.counts[.pending] }
                #expect(
                    try await ledger.pendingByRun().filter { $0.run == 4 }.map(\.count).reduce(0, +)
                        == waiting)
                // Each row says what its file said, whatever becomes of the appointment that it repeats.
                let repeated = try await ledger.rows(ofRun: 4).filter { $0.state == .duplicate }
                #expect(
                    repeated.map { "\($0.columns[0]) \($0.columns[6])" } == ["8 Ring twice", "9710 new"],
                    "\(step)")
            } else {
                #expect(record.totals.rows == 0, "\(step)")
                #expect(try await ledger.integer("SELECT count(*) FROM files WHERE run_id = 4") == 0)
                #expect(try await ledger.integer("SELECT count(*) FROM findings WHERE file_id > 3") == 0)
            }
            // Started again, it comes to the same.
            _ = try await ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
            let again = try await ledger.stage(
                inputs, rules: rules, batchSize: 50, decide: { _ in .post }, isStopped: { false },
                progress: { _ in })
            #expect(again.files.map(\.counts) == staged.files.map(\.counts), "\(step)")
            #expect(again.findings.map(\.finding) == staged.findings.map(\.finding), "\(step)")
        }
    }
}
