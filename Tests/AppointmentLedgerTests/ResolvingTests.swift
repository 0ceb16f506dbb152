@testable import AppointmentRows
@testable import ImportFixtures
import SecurityTrax
import Testing
@testable import AppointmentLedger

@Suite("A person's words") struct ResolvingTests {
    private let fixture: LedgerFixture
    private let ann = Decision(who: "ann", note: "looked it up")

    init() throws { fixture = try LedgerFixture() }

    private func resolve(
        _ resolutions: [(id: Int, batch: Int?, resolution: Resolution)], evenIfRecent: Bool = true
    ) async throws {
        try await fixture.ledger.resolve(resolutions, by: ann, evenIfRecent: evenIfRecent)
    }

    @Test("A trial finds out what would be refused, and changes nothing", arguments: Resolution.allCases)
    func trial(resolution: Resolution) async throws {
        try await fixture.run([[Visit(), Visit(customer: 2)]], fate: .inDoubt)
        try await fixture.run([[Visit(customer: 3)]], fate: .created)
        let before = try await fixture.ledger.appointments()
        func take(_ id: Int, batch: Int, evenIfRecent: Bool = true) async throws {
            try await fixture.ledger.take(
                PersonsWords(resolutions: [(2, nil, resolution), (id, batch, resolution)]), by: ann,
                evenIfRecent: evenIfRecent, isTrial: true)
        }
        try await take(1, batch: 1)
        await #expect(throws: LedgerError.self) { try await take(1, batch: 99) }
        await #expect(throws: LedgerError.self) { try await take(3, batch: 2) }
        if resolution == .notCreated {
            await #expect(throws: LedgerError.self) { try await take(1, batch: 1, evenIfRecent: false) }
        }
        let shown = try await fixture.ledger.appointments([3])
        try await fixture.ledger.withdraw(shown, by: ann, isTrial: true)
        await #expect(throws: LedgerError.self) {
            try await fixture.ledger.undoWithdrawal([3], by: ann, rebooking: false, isTrial: true)
        }
        // Neither now nor for the next process.
        for _ in 0..<2 {
            #expect(try await fixture.ledger.appointments() == before)
            #expect(try await fixture.ledger.text("SELECT count(*) FROM decisions") == "0")
            try fixture.reopen()
        }
        // The words themselves are taken after it.
        try await resolve([(1, 1, resolution), (2, 1, resolution)])
        #expect(try await fixture.ledger.inDoubt().isEmpty)
    }

    @Test("A resolution changes what is true now, and not how the run ended", arguments: Resolution.allCases)
    func freezes(resolution: Resolution) async throws {
        let first = try await fixture.run([[Visit(), Visit(customer: 2)]], fate: .inDoubt)
        let totals = try await fixture.ledger.report(ofRun: first.run)?.totals
        try await resolve([(1, 1, resolution), (2, nil, resolution)])
        let expected: RowState = resolution == .created ? .created : .pending
        #expect(try await fixture.ledger.appointments().map(\.state) == [expected, expected])
        #expect(
            try await fixture.ledger.appointments().allSatisfy {
                $0.reason.contains("ann") && $0.code.isEmpty
            })
        #expect(try await fixture.ledger.rows(ofRun: first.run) == first.rows)
        #expect(try await fixture.ledger.report(ofRun: first.run)?.totals == totals)
        #expect(try await fixture.ledger.inDoubt().isEmpty)
        #expect(
            try await fixture.ledger.text(
                "SELECT group_concat(who || word || batch_id || note) FROM decisions")
                == ["ann\(resolution.rawValue)1looked it up", "ann\(resolution.rawValue)1looked it up"]
                .joined(
                    separator: ","))

        // What comes later: by the file again, and by resume.
        let second = try await fixture.run([[Visit()]], fate: .created)
        #expect(second.states == [resolution == .created ? .alreadyCreated : .created])
        let third = try await fixture.resume(.refused)
        #expect(third.states == (resolution == .created ? [] : [.refused]))
        #expect(try await fixture.ledger.rows(ofRun: first.run) == first.rows)
        #expect(try await fixture.ledger.rows(ofRun: second.run) == second.rows)
        #expect(try await fixture.ledger.counts(ofRun: first.run).values.first?[.inDoubt] == 2)
    }

    @Test("One that can't be taken keeps all of them from being taken")
    func allOrNothing() async throws {
        try await fixture.run([[Visit(), Visit(customer: 2)]], fate: .inDoubt)
        try await fixture.run([[Visit(customer: 3)]], fate: .created)
        let before = try await fixture.ledger.states()
        for wrong in [(3, nil), (99, nil), (2, 77), (0, nil), (-1, nil)] as [(Int, Int?)] {
            await #expect(throws: LedgerError.self) {
                try await resolve([(1, 1, .created), (wrong.0, wrong.1, .created)])
            }
        }
        // The same one twice: the second finds it settled.
        await #expect(throws: LedgerError.self) {
            try await resolve([(1, 1, .created), (1, 1, .notCreated)])
        }
        #expect(try await fixture.ledger.states() == before)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM decisions") == 0)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM rows") == 0)
    }

    @Test("Not created within a quarter of an hour takes more than a word")
    func tooSoon() async throws {
        try await fixture.run([[Visit(), Visit(customer: 2)]], fate: .inDoubt)
        await #expect(throws: LedgerError.self) {
            try await resolve([(1, nil, .notCreated)], evenIfRecent: false)
        }
        try await resolve([(1, nil, .created)], evenIfRecent: false)
        let almost = Ledger.now - 14 * 60_000
        try await fixture.ledger.execute("UPDATE batches SET claimed = \(almost)")
        await #expect(throws: LedgerError.self) {
            try await resolve([(2, nil, .notCreated)], evenIfRecent: false)
        }
        try await fixture.ledger.execute("UPDATE batches SET claimed = \(almost - 60_001)")
        try await resolve([(2, nil, .notCreated)], evenIfRecent: false)
        #expect(try await fixture.ledger.states() == [2, 0])
    }

    @Test("An old list is refused: its appointment came into doubt with another batch since")
    func oldList() async throws {
        try await fixture.run([[Visit()]], fate: .inDoubt)
        let list = try await fixture.ledger.inDoubt().map { (id: $0.id, batch: $0.batch) }
        try await resolve([(1, 1, .notCreated)])
        try await fixture.resume(.inDoubt)
        let error = await #expect(throws: LedgerError.self) {
            try await resolve(list.map { ($0.id, $0.batch, .created) })
        }
        #expect(error?.message.contains("batch 2") == true)
        await #expect(throws: LedgerError.self) { try await fixture.ledger.inDoubt(ofBatch: 1) }
        #expect(try await fixture.ledger.inDoubt(ofBatch: 2) == [1])
    }

    @Test(
        "What is pending, created or refused can be withdrawn, and no file brings it back",
        arguments: Fate.allCases)
    func withdraws(fate: Fate) async throws {
        let first = try await fixture.run([[Visit()]], fate: fate)
        let canBe = fate != .inDoubt
        do {
            try await fixture.ledger.withdraw([1], by: Decision(who: "ann", note: "cancelled"))
            #expect(canBe)
        } catch is LedgerError {
            #expect(!canBe)
            return
        }
        let now = try #require(try await fixture.ledger.appointments().first)
        #expect(now.state == .skipped)
        #expect(now.code == "withdrawn")
        #expect(now.reason == "withdrawn by ann: cancelled")
        #expect(try await fixture.ledger.rows(ofRun: first.run) == first.rows)
        #expect(try await fixture.resume(.created).posted.isEmpty)
        await #expect(throws: LedgerError.self) { try await fixture.ledger.withdraw([1], by: ann) }
        // Twice in one file too, and with other texts.
        let again = try await fixture.run([[Visit(notes: "anew"), Visit()]], fate: .created)
        #expect(again.states == [.skipped, .skipped])
        #expect(again.posted.isEmpty)
        let finding = try #require(again.staged.findings.first?.finding)
        #expect(finding.code == .withdrawn && finding.severity == .skipped)
        #expect(finding.message.contains("withdrawn by ann: cancelled"))
        #expect(finding.fix.contains(fate == .created ? "--undo --rebook 1" : "--undo 1"))
        #expect(again.rows.map(\.code) == ["withdrawn", "withdrawn"])
        #expect(try await fixture.ledger.rows(ofRun: first.run) == first.rows, "with its own texts")
        #expect(try await fixture.ledger.rows(ofRun: again.run) == again.rows)
    }

    @Test(
        "A withdrawal that is taken back leaves what was there before; only a person's word books a created one again",
        arguments: [Fate.pending, .created, .refused], [false, true])
    func undoes(fate: Fate, rebooking: Bool) async throws {
        let first = try await fixture.run([[Visit()]], fate: fate)
        let before = try await fixture.ledger.states()
        await #expect(throws: LedgerError.self) {
            try await fixture.ledger.undoWithdrawal([1], by: ann, rebooking: rebooking)
        }
        try await fixture.ledger.withdraw([1], by: ann)
        let skipped = try await fixture.run([[Visit()]], fate: .created)
        await #expect(throws: LedgerError.self, "all of them or none") {
            try await fixture.ledger.undoWithdrawal([1, 99], by: ann, rebooking: rebooking)
        }
        try await fixture.ledger.undoWithdrawal([1], by: ann, rebooking: rebooking)
        #expect(try await fixture.ledger.states() == (rebooking ? [0] : before))
        let after = try await fixture.run([[Visit(notes: "newest")]], fate: .created)
        #expect(after.states == (fate == .created && !rebooking ? [.alreadyCreated] : [.created]))
        #expect(after.posted.map(\.notes) == (after.states == [.created] ? ["newest"] : []))
        // Each run is still shown as it ended.
        #expect(try await fixture.ledger.rows(ofRun: first.run) == first.rows)
        #expect(try await fixture.ledger.rows(ofRun: skipped.run) == skipped.rows)
        #expect(
            try await fixture.ledger.text("SELECT group_concat(word) FROM decisions")
                == "withdrawn," + (rebooking ? "rebook" : "withdrawal-undone"))
    }

    @Test("What was taken back to pending is posted by resume too")
    func undoneAndResumed() async throws {
        try await fixture.run([[Visit()]], fate: nil)
        try await fixture.ledger.withdraw([1], by: ann)
        #expect(try await fixture.resume(.created).posted.isEmpty)
        try await fixture.ledger.undoWithdrawal([1], by: ann, rebooking: false)
        #expect(try await fixture.resume(.created).states == [.created])
    }

    @Test(
        "The sender's number of a withdrawn appointment keeps its rows out at another time too, and that is told"
    )
    func withdrawnNumber() async throws {
        try await fixture.run([[Visit(number: "A-1")]], fate: .created, identity: true)
        try await fixture.ledger.withdraw([1], by: ann)
        let moved = try await fixture.run([[Visit(day: 24, number: "A-1")]], fate: .created, identity: true)
        #expect(moved.states == [.invalid] && moved.codes == ["withdrawn"])
        #expect(moved.posted.isEmpty)
        let same = try await fixture.run([[Visit(number: "A-1")]], fate: .created, identity: true)
        #expect(same.states == [.skipped])
        let other = try await fixture.run([[Visit(day: 24, number: "A-2")]], fate: .created, identity: true)
        #expect(other.states == [.created])
    }

    @Test("A withdrawal of several is whole or not at all")
    func withdrawsAll() async throws {
        try await fixture.run([[Visit(), Visit(customer: 2)]], fate: nil)
        try await fixture.run([[Visit(customer: 3)]], fate: .inDoubt)
        for ids in [[1, 3], [1, 99], [1, 1]] {
            await #expect(throws: LedgerError.self) { try await fixture.ledger.withdraw(ids, by: ann) }
        }
        #expect(try await fixture.ledger.states() == [0, 0, 4])
        let ids = try await fixture.ledger.pending(ofRun: 1)
        #expect(ids == [1, 2])
        try await fixture.ledger.withdraw(ids, by: ann)
        #expect(try await fixture.ledger.states() == [5, 5, 4])
        #expect(try await fixture.ledger.report(ofRun: 1)?.totals[.pending] == 2)
    }

    @Test("A withdrawn row is no longer in the way of another")
    func freesTheSlot() async throws {
        try await fixture.run([[Visit()]], fate: .created)
        #expect(try await fixture.run([[Visit(to: "10:00")]], fate: .created).states == [.invalid])
        try await fixture.ledger.withdraw([1], by: ann)
        #expect(try await fixture.run([[Visit(to: "10:00")]], fate: .created).states == [.created])
        #expect(try await fixture.run([[Visit()]], fate: .created).states == [.skipped])
    }

    @Test("What a run left pending is shown as pending there when resume posts it")
    func resumed() async throws {
        let first = try await fixture.run([[Visit(), Visit(customer: 2)], [Visit(customer: 3)]], fate: nil)
        let second = try await fixture.run([[Visit(customer: 4)]], fate: nil)
        #expect(try await fixture.ledger.pendingByRun().map(\.run) == [1, 2])
        #expect(try await fixture.ledger.pendingByRun().map(\.count) == [3, 1])
        let resumed = try await fixture.resume(.created)
        #expect(resumed.staged.files.map(\.name) == ["file1.csv", "file2.csv", "file3.csv"])
        #expect(resumed.staged.files.map(\.counts.rows) == [2, 1, 1])
        #expect(resumed.states == [.created, .created, .created, .created])
        #expect(try await fixture.ledger.rows(ofRun: first.run) == first.rows)
        #expect(try await fixture.ledger.rows(ofRun: second.run) == second.rows)
        #expect(try await fixture.ledger.pendingByRun().isEmpty)
        let nothing = try await fixture.resume(.created)
        #expect(nothing.posted.isEmpty)
        #expect(nothing.staged.files.isEmpty)
    }

    @Test(
        "A row that is resumed, withdrawn, brought again and resumed is shown in each run as it ended there")
    func longStory() async throws {
        var runs = [try await fixture.run([[Visit()]], fate: nil)]
        runs.append(try await fixture.resume(.refused))
        runs.append(try await fixture.run([[Visit(notes: "b")]], fate: .pending))
        runs.append(try await fixture.resume(.inDoubt))
        try await resolve([(1, nil, .notCreated)])
        runs.append(try await fixture.resume(nil))
        try await fixture.ledger.withdraw([1], by: ann)
        runs.append(try await fixture.run([[Visit(notes: "c")]], fate: .created))
        try await fixture.ledger.undoWithdrawal([1], by: ann, rebooking: false)
        runs.append(try await fixture.run([[Visit(notes: "c")]], fate: .created))
        runs.append(try await fixture.run([[Visit(notes: "d")]], fate: .created))
        for run in runs {
            let rows = try await fixture.ledger.rows(ofRun: run.run)
            #expect(rows.map(\.state) == run.states, "run \(run.run)")
            #expect(rows.map(\.code) == run.rows.map(\.code), "run \(run.run)")
            #expect(rows.map(\.reason) == run.rows.map(\.reason), "run \(run.run)")
            #expect(rows.map(\.columns) == run.rows.map(\.columns), "run \(run.run)")
            #expect(try await fixture.ledger.report(ofRun: run.run)?.totals.rows == 1)
        }
        #expect(
            runs.map { $0.states[0] } == [
                .pending, .refused, .pending, .inDoubt, .pending, .skipped, .created, .alreadyCreated,
            ])
    }

    @Test("The words of a person need the lock: a run in progress keeps them waiting")
    func lock() async throws {
        try await fixture.run([[Visit()]], fate: .inDoubt)
        let error = await #expect(throws: LedgerError.self) { try await Ledger.openSettled(fixture.path) }
        #expect(error?.code == .held)
        #expect(try await Ledger.read(fixture.path).appointments([1]).map(\.state) == [.inDoubt])
    }

    @Test("By batch and by run, as the commands do it")
    func commands() async throws {
        try await fixture.run([[Visit(), Visit(customer: 2)]], fate: .inDoubt)
        try await fixture.run([[Visit(customer: 3)]], fate: nil)
        let path = fixture.path
        try fixture.close()
        let reading = try await Ledger.read(path)
        #expect(try await reading.inDoubt().map(\.line) == [2, 3])
        #expect(try await reading.standing().pending.map(\.run) == [2])
        func code(_ body: () async throws -> Void) async -> LedgerError.Code? {
            await #expect(throws: LedgerError.self) { try await body() }?.code
        }
        #expect(await code { _ = try await reading.inDoubt(ofBatch: 9) } == .notInDoubt)
        #expect(await code { _ = try await reading.pending(ofRun: 9) } == .unknownRun)
        #expect(await code { _ = try await reading.appointments([1, 99]) } == .unknownAppointment)
        let ids = try await reading.inDoubt(ofBatch: 1)
        #expect(ids == [1, 2])
        try await Ledger.openSettled(path).resolve(
            ids.map { ($0, 1, .created) }, by: ann, evenIfRecent: false)
        let pending = try await reading.appointments(try await reading.pending(ofRun: 2))
        #expect(pending.map(\.id) == [3])
        #expect(pending[0].state == .pending && pending[0].file == "file2.csv" && pending[0].line == 2)
        try await Ledger.openSettled(path).withdraw(pending, by: ann)
        #expect(try await reading.pending(ofRun: 2) == [3], "a reader sees the moment that it began with")
        #expect(try await Ledger.read(path).pending(ofRun: 2).isEmpty)
    }

    @Test("What changed since it was shown is not withdrawn")
    func shownStates() async throws {
        try await fixture.run([[Visit()]], fate: nil)
        let shown = try await fixture.ledger.appointments([1])
        try await fixture.resume(.created)
        await #expect(throws: LedgerError.self) {
            try await fixture.ledger.withdraw(shown, by: ann)
        }
        #expect(try await fixture.ledger.states() == [2])
    }
}
