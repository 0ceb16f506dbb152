@testable import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentLedger

@Suite("Finding appointments") struct FindingTests {
    private let fixture: LedgerFixture

    init() throws { fixture = try LedgerFixture() }

    private func find(_ change: (inout AppointmentSearch) -> Void) async throws -> [FoundAppointment] {
        var search = AppointmentSearch()
        change(&search)
        return try await fixture.ledger.appointments(matching: search).all
    }

    @Test("An appointment is found by its customer, wherever it was posted, with all that became of it")
    func customer() async throws {
        try await fixture.run([[Visit(customer: 103317), Visit(customer: 2)]], fate: .created)
        try await fixture.run([[Visit(customer: 103317, day: 25)]], fate: nil, at: "other.example/x")
        let found = try await find { $0.words = ["103317"] }
        #expect(found.map(\.id) == [1, 3])
        #expect(found.map(\.state) == [.created, .pending])
        #expect(found.map(\.run) == [1, 2])
        #expect(found.map(\.line) == [2, 2])
        #expect(found.map(\.file) == ["file1.csv", "file2.csv"])
        #expect(found.map(\.endpoint) == [LedgerFixture.endpoint, "other.example/x"])
        #expect(found.map(\.batch) == [1, nil])
        #expect(found[0].postedRun == 1)
        let times = try [found[0].staged, #require(found[0].posted), #require(found[0].answered)]
        #expect(times == times.sorted() && times[0] > 1_700_000_000_000)
        #expect(found[1].posted == nil && found[1].answered == nil && found[1].decisions.isEmpty)
        #expect(try await find { $0.words = ["999"] }.isEmpty)
        #expect(try await find { $0.words = ["0103317"] }.count == 2, "007 is 7")
        #expect(try await find { $0.words = ["2", "103317", "x"] }.map(\.id) == [1, 2, 3])
    }

    @Test("An appointment is found by the sender's number, as it was written")
    func senderNumber() async throws {
        let visits = [
            Visit(number: "A-17"), Visit(customer: 2, number: "103317"), Visit(customer: 103317, number: "C"),
        ]
        try await fixture.run([visits], fate: .created, identity: true)
        let found = try await find { $0.words = ["A-17"] }
        #expect(found.map(\.senderNumbers) == [["A-17"]])
        #expect(
            found[0].isNamed("A-17") && !found[0].isNamed("a-17") && found[0].isNamed("0000000001") == false)
        let both = try await find { $0.words = ["103317"] }.map(\.id)
        #expect(both == [2, 3], "a number and a customer")
        #expect(try await find { $0.words = ["a-17"] }.isEmpty)
    }

    @Test("What people said of it is told, the oldest first")
    func decisions() async throws {
        try await fixture.run([[Visit()]], fate: .inDoubt)
        try await fixture.ledger.resolve(
            [(1, nil, .created)], by: Decision(who: "ann", note: "saw it"), evenIfRecent: true)
        try await fixture.ledger.withdraw([1], by: Decision(who: "bob", note: nil))
        let found = try await find { $0.states = [.withdrawn] }
        #expect(found.map(\.decisions).first?.map(\.who) == ["ann", "bob"])
        #expect(found[0].decisions.map(\.word) == ["created", "withdrawn"])
        #expect(found[0].decisions.map(\.note) == ["saw it", nil])
        #expect(try await find { $0.states = [.inDoubt] }.isEmpty)
    }

    @Test("Technician, day and state narrow a search, and each does alone too")
    func filters() async throws {
        try await fixture.run(
            [
                [
                    Visit(customer: 1, tech: "7"), Visit(customer: 2, tech: "8"),
                    Visit(customer: 3, tech: "7", day: 24),
                ]
            ],
            fate: .created)
        try await fixture.run([[Visit(customer: 4, tech: "7")]], fate: .refused)
        #expect(try await find { $0.techID = 7 }.map(\.id) == [1, 4, 3])
        #expect(try await find { $0.techID = 9 }.isEmpty)
        let first = try #require(try await find { $0.words = ["1"] }.first).appointment.start
        let midnight = LocalTime(minutes: first.minutes - first.minutes % 1_440)
        let day = midnight..<LocalTime(minutes: midnight.minutes + 1_440)
        #expect(try await find { $0.start = day }.map(\.id) == [1, 2, 4])
        #expect(
            try await find {
                $0.start = day
                $0.techID = 7
                $0.states = [.created]
            }.map(\.id) == [1])
        #expect(
            try await find {
                $0.words = ["1", "2", "3"]
                $0.techID = 7
            }.map(\.id) == [1, 3])
        #expect(try await find { $0.states = [.refused] }.map(\.id) == [4])
        #expect(try await find { _ in }.count == 4)
    }

    @Test("Since a moment: what was staged, posted, answered or changed by a person after it")
    func since() async throws {
        try await fixture.run([[Visit(), Visit(customer: 2)]], fate: .created)
        try await fixture.run([[Visit(customer: 3)]], fate: nil)
        // As if all of it had been long ago.
        try await fixture.ledger.execute(
            """
            UPDATE runs SET started = 1000; UPDATE batches SET claimed = 1000, settled = 1000;
            UPDATE appointments SET changed = 1000
            """)
        let moment = Ledger.now - 60_000
        #expect(try await find { $0.since = moment }.isEmpty)
        try await fixture.run([[Visit(customer: 4)]], fate: nil)
        #expect(try await find { $0.since = moment }.map(\.id) == [4])
        try await fixture.ledger.withdraw([1], by: Decision(who: "ann", note: "x"))
        #expect(try await find { $0.since = moment }.map(\.id) == [1, 4])
        #expect(try await find { $0.since = 1000 }.count == 4)
    }

    @Test("What a dead run was posting is in doubt, what a living one posts is being posted")
    func stranded() async throws {
        try await fixture.run([[Visit()]], fate: nil)
        let run = try await fixture.ledger.begin(command: "resume", endpoint: LedgerFixture.endpoint)
        _ = try await fixture.ledger.takeUpPending()
        _ = try #require(try await fixture.ledger.claim(Claim(.fresh(limit: 1))).batch)
        func states(_ state: AppointmentState) async throws -> [AppointmentState] {
            var search = AppointmentSearch()
            search.states = [state]
            return try await Ledger.read(fixture.path).appointments(matching: search).all.map(\.state)
        }
        #expect(try await states(.posting) == [.posting])
        #expect(try await states(.inDoubt).isEmpty)
        try fixture.close()
        #expect(try await states(.posting).isEmpty)
        #expect(try await states(.inDoubt) == [.inDoubt])
        #expect(run == 2)
    }

    @Test("More than one chunk comes in order and whole")
    func chunks() async throws {
        let visits = (1...1_201).map { Visit(customer: $0, notes: "n") }
        try await fixture.run([visits], fate: nil)
        let found = try await find { $0.states = [.pending] }
        #expect(found.map(\.id) == Array(1...1_201))
    }
}
