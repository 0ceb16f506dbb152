@testable import ImportFixtures
@testable import AppointmentRows
import TestSupport
import Testing

@testable import AppointmentLedger

@Suite("Already booked differently") struct RebookingTests {
    static let overlaps: [(String, String, Bool)] = [
        ("07:00", "08:00", true), ("09:00", "10:00", true), ("08:00", "09:00", true),
        ("07:00", "10:00", true),
        ("07:30", "09:29", true), ("07:30", "09:31", true), ("07:25", "07:31", true),
        ("09:29", "09:35", true),
        ("06:00", "07:30", false), ("09:30", "10:30", false), ("12:00", "13:00", false),
    ]

    @Test(
        "A window that overlaps another of an earlier run is refused, one that touches is not",
        arguments: overlaps)
    func windows(from: String, to: String, overlaps: Bool) async throws {
        for fate in Fate.allCases {
            for rebooks in [false, true] {
                let fixture = try LedgerFixture()
                try await fixture.run([[Visit()]], fate: fate)
                let done = try await fixture.run(
                    [[Visit(from: from, to: to)]], fate: .created,
                    rules: LedgerFixture.rules { $0.allowsRebooking = rebooks })
                let isRefused = overlaps && !rebooks && fate != .refused
                #expect(done.states == [isRefused ? .invalid : .created], "\(fate), rebooking \(rebooks)")
                #expect(done.codes == (isRefused ? ["already-booked-differently"] : []))
            }
        }
    }

    @Test(
        "It takes the same customer and service type; the technician does not matter",
        arguments: [
            (Visit(customer: 9711, to: "09:00"), false), (Visit(to: "09:00", service: 2), false),
            (Visit(tech: "", to: "09:00"), true), (Visit(tech: ""), true), (Visit(tech: "6"), true),
        ])
    func others(other: Visit, isRefused: Bool) async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit()]], fate: .created)
        let done = try await fixture.run([[other]], fate: .created)
        #expect(done.states == [isRefused ? .invalid : .created])
        if isRefused {
            let finding = try #require(done.staged.findings.first?.finding)
            #expect(finding.message.contains("file1.csv"))
            #expect(finding.message.contains("run 1"))
        }
    }

    @Test(
        "Within a run, distinct technicians are a crew",
        arguments: [
            ("5", "6", true), ("5", "", false), ("", "5", false), ("5", "5", false),
        ], [false, true])
    func crews(techs: (String, String, Bool), inOtherFile: Bool) async throws {
        let fixture = try LedgerFixture()
        let first = Visit(tech: techs.0)
        let second = Visit(tech: techs.1, to: "10:00")
        let done = try await fixture.run(
            inOtherFile ? [[first], [second]] : [[first, second]], fate: .created)
        #expect(done.states == [.created, techs.2 ? .created : .invalid])
        let again = try await fixture.run([[first, second]], fate: .created)
        #expect(again.states == [.alreadyCreated, techs.2 ? .alreadyCreated : .invalid])
    }

    @Test("One of a crew that was refused is taken up again beside the other")
    func crewTakenUp() async throws {
        let fixture = try LedgerFixture()
        let crew = [Visit(tech: "5"), Visit(tech: "6")]
        try await fixture.run([crew], fate: .refused)
        try await fixture.run([[crew[0]]], fate: .created)
        // Both were accepted in one run; since then the first was accepted anew.
        let done = try await fixture.run([crew], fate: .created)
        #expect(done.states == [.alreadyCreated, .invalid])

        let other = try LedgerFixture()
        try await other.run([crew], fate: .refused)
        #expect(try await other.run([crew], fate: .created).states == [.created, .created])
    }

    @Test("Of a crew, the one that was refused is posted again when the file comes again")
    func crewHalfRefused() async throws {
        let fixture = try LedgerFixture()
        let crew = [Visit(tech: "5"), Visit(tech: "6")]
        let run = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
        let staged = try await fixture.ledger.stage(
            [try fixture.input(Visit.file(crew))], rules: LedgerFixture.rules(), batchSize: 50,
            decide: { _ in .post },
            isStopped: { false }, progress: { _ in })
        #expect(staged.totals[.pending] == 2)
        for fate in [Fate.created, .refused] {
            let batch = try #require(
                try await fixture.ledger.claim(Claim(.fresh(limit: 50))).batch)
            #expect(batch.appointments.count == 1, "equal customer, start and end do not share a batch")
            try await fixture.ledger.settle(
                BatchSettlement(batch: batch, rows: [fate.settlement], outcome: "answered", status: 200))
        }
        try await fixture.ledger.finish(
            Ledger.Ending(
                exit: 1, seconds: 0, batches: 2, posts: 2, retries: 0, findingsTotal: 0,
                counts: try await fixture.ledger.counts(ofRun: run)))
        #expect(try await fixture.run([crew], fate: .created).states == [.alreadyCreated, .created])
    }

    @Test("A refused appointment is not taken up again where another was booked in its place since")
    func inTheWay() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit()]], fate: .refused)
        try await fixture.run([[Visit(to: "10:00")]], fate: .created)
        let done = try await fixture.run([[Visit()]], fate: .created)
        #expect(done.states == [.invalid])
        #expect(done.codes == ["already-booked-differently"])
        let allowed = try await fixture.run(
            [[Visit()]], fate: .created, rules: LedgerFixture.rules { $0.allowsRebooking = true })
        #expect(allowed.states == [.created])
    }

    @Test("Within one run, one that was refused is not taken up beside another without a crew")
    func inTheWayWithinRun() async throws {
        for visits in [[Visit(), Visit(to: "10:00")], [Visit(to: "10:00"), Visit()]] {
            let fixture = try LedgerFixture()
            try await fixture.run([[Visit()]], fate: .refused)
            #expect(try await fixture.run([visits], fate: .created).states == [.created, .invalid])
        }
    }

    @Test("A pending appointment stands: it was there before what was booked on purpose")
    func pendingStands() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([[Visit()]], fate: nil)
        try await fixture.run(
            [[Visit(to: "10:00")]], fate: .created, rules: LedgerFixture.rules { $0.allowsRebooking = true })
        #expect(try await fixture.run([[Visit()]], fate: .created).states == [.created])
    }

    @Test("A long window is found by rows that begin long after it")
    func longWindows() async throws {
        let fixture = try LedgerFixture()
        let text =
            Visit.header + "\n9710,5,2014-01-20 07:00,2014-01-23 08:00,1,,,\n"
        func input() throws -> RowInput {
            let path = try fixture.folder.write("long.csv", text)
            return RowInput(name: "long.csv") { () throws(InputError) in
                try AppointmentReader(file: InputFile(path), options: .test { $0.maxWindow = 5_000 })
            }
        }
        let long = try await fixture.run(
            [try input()], rows: 1, fate: .created, rules: LedgerFixture.rules { $0.maxWindow = 5_000 })
        #expect(long.states == [.created])
        // The next run asks for no long windows itself.
        #expect(try await fixture.run([[Visit()]], fate: .created).states == [.invalid])
        #expect(try await fixture.run([[Visit(from: "08:00")]], fate: .created).states == [.created])
    }
}
