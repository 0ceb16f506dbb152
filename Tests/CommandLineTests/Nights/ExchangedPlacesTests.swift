import SecurityTraxSandbox
import TestSupport
import Testing

/// Two visits of one customer with numbers, of which one takes the place that the other leaves.
@Suite("Visits that exchange their places")
struct ExchangedPlacesTests {
    private static func visits(_ hours: [Int]) -> [ExportedVisit] {
        hours.enumerated().map { ExportedVisit(number: $0 + 1, customer: 9001, day: 5, hour: $1) }
    }

    /// Where they stand later; first one at 9, the other at 13.
    private static let later = [[13, 17], [13, 9], [17, 9], [13, 11], [11, 9], [9, 13], [17, 19]]
    private static let numbered = ["--identity-column", "Number"]

    private func booked(_ fixture: SandboxFixture) -> [String] {
        fixture.server.created.map {
            "\($0.customerID) \($0.start.split(separator: " ")[1].split(separator: ":")[0])"
        }.sorted()
    }

    private func write(_ fixture: SandboxFixture, _ name: String, _ visits: [ExportedVisit], isReversed: Bool)
        throws
    {
        try fixture.folder.write(name, NightlyExport.text(isReversed ? visits.reversed() : visits))
    }

    @Test("Both are booked where the last of two files in one run has them", arguments: later, [false, true])
    func oneRun(hours: [Int], isReversed: Bool) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "1.csv", Self.visits([9, 13]), isReversed: false)
        try write(fixture, "2.csv", Self.visits(hours), isReversed: isReversed)
        let run = try fixture.run(["1.csv", "2.csv"] + Self.numbered)
        #expect(run.status == 0, "\(run.process.stdout)")
        #expect(booked(fixture) == hours.map { "9001 \($0)" }.sorted())
        // Nothing of it is new to the next run.
        #expect(try fixture.run(["2.csv"] + Self.numbered).totals == "already_created 2")
        #expect(try fixture.toDos() == [])
    }

    @Test(
        "Both are booked where a later file has them, if they still waited", arguments: later, [false, true])
    func pending(hours: [Int], isReversed: Bool) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "1.csv", Self.visits([9, 13]), isReversed: false)
        #expect(try fixture.run(["1.csv", "--stop-after", "0s"] + Self.numbered).totals == "pending 2")
        try write(fixture, "2.csv", Self.visits(hours), isReversed: isReversed)
        #expect(try fixture.run(["2.csv"] + Self.numbered).totals == "created 2")
        #expect(booked(fixture) == hours.map { "9001 \($0)" }.sorted())
        #expect(try fixture.run("resume").totals == "")
        #expect(try fixture.run(["2.csv"] + Self.numbered).totals == "already_created 2")
    }

    @Test("Each is moved by hand where they were created", arguments: later, [false, true])
    func created(hours: [Int], isReversed: Bool) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "1.csv", Self.visits([9, 13]), isReversed: false)
        #expect(try fixture.run(["1.csv"] + Self.numbered).totals == "created 2")
        try write(fixture, "2.csv", Self.visits(hours), isReversed: isReversed)
        #expect(try fixture.run(["2.csv"] + Self.numbered).totals == "already_created 2")
        #expect(booked(fixture) == ["9001 13", "9001 9"])
        #expect(try fixture.toDos().count == zip(hours, [9, 13]).count { $0 != $1 })
    }

    @Test("One number with two places in one file is still a contradiction", arguments: [false, true])
    func contradiction(wasPending: Bool) throws {
        let fixture = try SandboxFixture()
        if wasPending {
            try write(fixture, "1.csv", Self.visits([9, 13]), isReversed: false)
            #expect(try fixture.run(["1.csv", "--stop-after", "0s"] + Self.numbered).totals == "pending 2")
        }
        var visits = Self.visits([9, 13, 17])
        visits[2].number = 1
        try write(fixture, "2.csv", visits, isReversed: false)
        #expect(try fixture.run(["2.csv"] + Self.numbered).totals == "created 2, invalid 1")
    }

    @Test("What waits is not posted where it stood, once its row can't be posted any more")
    func invalidSince() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("1.csv", NightlyExport.text([Self.visits([9])[0]]))
        #expect(try fixture.run(["1.csv"] + Self.numbered).totals == "created 1")
        try fixture.folder.write("2.csv", NightlyExport.text(Self.visits([9, 13])))
        #expect(
            try fixture.run(["2.csv", "--stop-after", "0s"] + Self.numbered).totals
                == "already_created 1, pending 1")
        // The place that the first one leaves can't be taken before somebody has moved it.
        try fixture.folder.write("3.csv", NightlyExport.text(Self.visits([13, 9])))
        #expect(try fixture.run(["3.csv"] + Self.numbered).totals == "already_created 1, invalid 1")
        #expect(try fixture.run("resume").totals == "")
        #expect(fixture.server.createdCount == 1)
    }

    @Test(
        "A whole schedule ends what waits and is not in it, whatever else its customer has",
        arguments: [false, true])
    func gone(hasNumbers: Bool) throws {
        let fixture = try SandboxFixture()
        let flags = hasNumbers ? Self.numbered : []
        let other = ExportedVisit(number: 7, customer: 9009, day: 5, hour: 9)
        var visit = ExportedVisit(number: 1, customer: 9001, tech: 9, day: 5, hour: 11)
        try fixture.folder.write("1.csv", NightlyExport.text([other, visit]))
        #expect(try fixture.run(["1.csv", "--stop-after", "0s"] + flags).totals == "pending 2")
        (visit.number, visit.tech) = (2, 7)
        try fixture.folder.write("2.csv", NightlyExport.text([other, visit]))
        #expect(try fixture.run(["2.csv", "--complete-export"] + flags).totals == "created 1, invalid 1")
        #expect(try fixture.run("resume").totals == "")
        #expect(fixture.server.created.map(\.customerID) == ["9009"])
    }
}
