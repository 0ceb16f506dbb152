@testable import ImportFixtures
@testable import AppointmentRows
import SecurityTrax
import Testing
@testable import AppointmentLedger

@Suite("The identity of an appointment") struct IdentityTests {
    /// What a row is to be, given what an earlier run left of its appointment.
    static func expected(_ earlier: Fate?) -> RowState {
        switch earlier {
        case .created: .alreadyCreated
        case .inDoubt: .inDoubt
        case .refused, .pending, nil: .pending
        }
    }

    @Test("A row takes the state that an earlier run left", arguments: Fate.allCases, [false, true])
    func acrossRuns(earlier: Fate, changed: Bool) async throws {
        let fixture = try LedgerFixture()
        let first = try await fixture.run([[Visit()]], fate: earlier)
        let before = try #require(try await fixture.ledger.rows(ofRun: first.run).first)
        let visit = changed ? Visit().with(\.notes, "Side door").with(\.detail, "Keypad") : Visit()
        let second = try await fixture.run([[visit]], fate: nil)
        #expect(second.states == [Self.expected(earlier)])
        #expect(second.codes == (changed && earlier == .created ? ["changed-since-created"] : []))
        #expect(
            try await fixture.ledger.rows(ofRun: first.run) == [before],
            "the earlier run is shown as it ended")
        let now = try #require(try await fixture.ledger.appointments().first)
        let takesUp = earlier == .refused || earlier == .pending
        #expect(now.columns[6] == (takesUp ? visit.notes : "Ring twice"))
        #expect(now.columns[5] == (takesUp ? visit.detail : "Panel"))
        #expect(try await fixture.ledger.appointments().count == 1)
        let posted = try await fixture.resume(.created).posted
        #expect(posted.map(\.notes) == (takesUp ? [visit.notes] : []))
        #expect(try await fixture.ledger.rows(ofRun: first.run) == [before])
    }

    @Test(
        "A repeat within a run is a duplicate, or a conflict where its texts differ",
        arguments: [Fate?.none] + Fate.allCases,
        [[false, false], [false, true], [true, false], [true, true]])
    func withinRun(earlier: Fate?, choice: [Bool]) async throws {
        let (changed, inOtherFile) = (choice[0], choice[1])
        let fixture = try LedgerFixture()
        if let earlier { try await fixture.run([[Visit()]], fate: earlier) }
        let again = changed ? Visit().with(\.notes, "Side door") : Visit()
        let done = try await fixture.run(
            inOtherFile ? [[Visit()], [again, again]] : [[Visit(), again, again]], fate: .created)
        let repeated: RowState = changed ? .invalid : .duplicate
        let first = Self.expected(earlier)
        #expect(done.states == [first == .pending ? .created : first, repeated, repeated])
        #expect(done.codes == (changed ? ["conflicting-duplicate", "conflicting-duplicate"] : []))
        #expect(done.posted.count == (first == .pending ? 1 : 0))
        if changed { #expect(done.rows[1].columns[6] == "Side door", "as it was written") }
        #expect(try await fixture.ledger.appointments().count == 1)
    }

    @Test(
        "Equal rows of one file that name no technician are a duplicate with a question: was it a crew?",
        arguments: ["", "5"], [false, true])
    func sameVisitTwice(tech: String, inOtherFile: Bool) async throws {
        let fixture = try LedgerFixture()
        let visit = Visit().with(\.tech, tech)
        let done = try await fixture.run(
            inOtherFile ? [[visit], [visit]] : [[visit, visit]], fate: .created)
        #expect(done.states == [.created, .duplicate])
        #expect(done.codes == (tech.isEmpty && !inOtherFile ? ["same-visit-twice"] : []))
        #expect(done.posted.count == 1)
    }

    @Test(
        "With --strict the second of them is invalid, as a row with any other warning is",
        arguments: ["", "5"])
    func sameVisitTwiceStrictly(tech: String) async throws {
        let fixture = try LedgerFixture()
        let visit = Visit().with(\.tech, tech)
        let done = try await fixture.run(
            [[visit, visit]], fate: .created, rules: LedgerFixture.rules { $0.isStrict = true })
        #expect(done.states == [.created, tech.isEmpty ? .invalid : .duplicate])
        #expect(done.codes == (tech.isEmpty ? ["same-visit-twice"] : []))
        #expect(done.posted.count == 1)
    }

    @Test("A file that breaks in the middle leaves its entry only, and what follows is as if it had not been")
    func brokenFile() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit()], [Visit(customer: 2)]], fate: .created)
        let broken = Visit.file([Visit(), Visit(customer: 3), Visit(notes: "other")]) + "4,\"open quote\n"
        let done = try await fixture.run(
            [
                try fixture.input(broken, named: "broken.csv"),
                try fixture.input(Visit.file([Visit(), Visit(customer: 3)])),
            ], rows: 2, fate: .created)
        #expect(done.staged.files.map { $0.error == nil } == [false, true])
        #expect(done.staged.files.map(\.counts.rows) == [0, 2])
        #expect(done.states == [.alreadyCreated, .created])
        #expect(done.staged.findings.isEmpty)
        let record = try #require(try await fixture.ledger.report(ofRun: done.run))
        #expect(record.files.map(\.name).first == "broken.csv")
        #expect(record.files.first?.error == done.staged.files.first?.error?.message)
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM findings") == 0)
    }

    @Test(
        "What names an appointment: anything else is another one",
        arguments: [
            Visit(customer: 9711), Visit(tech: "6", from: "10:00", to: "11:00"),
            Visit(from: "09:30", to: "10:30"),
            Visit(service: 2), Visit(day: 24),
        ])
    func otherIdentity(other: Visit) async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit()]], fate: .created)
        let done = try await fixture.run([[other]], fate: .created)
        #expect(done.states == [.created])
        #expect(try await fixture.ledger.appointments().count == 2)
    }

    @Test("Values are compared as the wire has them")
    func wireValues() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit()]], fate: .created)
        let text =
            Visit.header + "\n009710 ,05,1/23/2014 7:30 AM,01/23/2014 09:30:00, install ,Panel,Ring twice,\n"
        let done = try await fixture.run([try fixture.input(text)], rows: 1, fate: .created)
        #expect(done.states == [.alreadyCreated])
        #expect(done.codes.isEmpty)
    }

    @Test("Another endpoint has appointments of its own")
    func endpoints() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit()]], fate: .created)
        let done = try await fixture.run(
            [[Visit(), Visit(to: "10:00")]], fate: .created, at: "secure.example/other")
        #expect(done.states == [.created, .invalid])
        let pending = try await fixture.run([[Visit(customer: 1)]], fate: nil, at: "secure.example/other")
        #expect(pending.states == [.pending])
        #expect(
            try await fixture.resume(.created).posted.isEmpty,
            "resume posts where it is told to, and nowhere else")
        #expect(try await fixture.ledger.pendingByRun().map(\.count) == [1])
        #expect(try await fixture.ledger.pendingByRun(at: LedgerFixture.endpoint).isEmpty)
    }

    // MARK: The sender's numbers

    @Test(
        "The same number with other wire values is a move of what may exist; what waits gets the newest values",
        arguments: Fate.allCases, [false, true])
    func numbers(earlier: Fate, rebooks: Bool) async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit(number: "A1")]], fate: earlier, identity: true)
        let moved = try await fixture.run(
            [[Visit(day: 27, number: "A1")]], fate: .created,
            rules: LedgerFixture.rules { $0.allowsRebooking = rebooks },
            identity: true)
        let isFree = earlier == .refused || earlier == .pending || rebooks
        let state: RowState = isFree ? .created : earlier == .inDoubt ? .inDoubt : .alreadyCreated
        #expect(moved.states == [state])
        #expect(moved.codes == [])
        #expect(moved.staged.toDos.firstNew.map(\.code) == (isFree ? [] : [.moved]))
        // The number went with the appointment that was booked last.
        let third = try await fixture.run([[Visit(day: 28, number: "A1")]], fate: nil, identity: true)
        #expect(third.states == [isFree ? .alreadyCreated : state])
        #expect(third.staged.toDos.firstNew.map(\.code) == [.moved])
    }

    @Test("The same appointment under another number is the same appointment")
    func otherNumber() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit(number: "A1")]], fate: .created, identity: true)
        let done = try await fixture.run(
            [[Visit(number: "A2"), Visit(day: 27, number: "A2")]], fate: .created, identity: true)
        #expect(done.states == [.alreadyCreated, .invalid])
        let withoutNumber = try await fixture.run([[Visit()]], fate: .created)
        #expect(withoutNumber.states == [.alreadyCreated])
    }

    @Test(
        "A number that a run's rows have with two sets of values stands for the first, and a move told twice is a duplicate",
        arguments: [
            ([27, 28], [RowState.alreadyCreated, .invalid]), ([27, 27], [.alreadyCreated, .duplicate]),
            ([23, 27], [.alreadyCreated, .invalid]), ([27, 23], [.alreadyCreated, .invalid]),
            ([23, 23], [.alreadyCreated, .duplicate]),
        ] as [([Int], [RowState])])
    func numbersTwice(days: [Int], states: [RowState]) async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit(day: 23, number: "A1")]], fate: .created, identity: true)
        let done = try await fixture.run(
            [days.map { Visit(day: $0, number: "A1") }], fate: .created, identity: true)
        #expect(done.states == states)
        #expect(done.codes == (states[1] == .invalid ? ["already-booked-differently"] : []))
        #expect(done.staged.toDos.new == (days[0] == 27 ? 1 : 0))
        #expect(done.posted.isEmpty)
    }

    @Test("Within a run too, a number stands for one appointment")
    func numbersWithinRun() async throws {
        let fixture = try LedgerFixture()
        let done = try await fixture.run(
            [[Visit(number: "A1"), Visit(day: 27, number: "A1")], [Visit(day: 28, number: "A1")]],
            fate: .created,
            identity: true)
        #expect(done.states == [.skipped, .invalid, .created], "the later file counts")
    }

    @Test("A run that is abandoned leaves the numbers where they were")
    func abandonedNumbers() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run(
            [[Visit(number: "A1"), Visit(day: 24, number: "B1")]], fate: .created, identity: true)
        let rules = LedgerFixture.rules { $0.allowsRebooking = true }
        try await fixture.run(
            [[Visit(day: 27, number: "A1"), Visit(number: "B1"), Visit(day: 29, number: "C1")]], fate: nil,
            rules: rules,
            identity: true, decision: .abandon)
        #expect(try await fixture.ledger.appointments().count == 2)
        let next = try await fixture.run(
            [[Visit(day: 28, number: "A1"), Visit(day: 28, number: "B1")], [Visit(day: 29, number: "C1")]],
            fate: .created,
            identity: true)
        #expect(next.states == [.alreadyCreated, .alreadyCreated, .created])
        #expect(next.staged.toDos.firstNew.map(\.visit.id) == [1, 2])
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM sender_numbers") == 3)
    }
}
