import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Which rows are the same appointment")
struct IdentityTests {
    private static let day = SampleRows.day(10)
    private static let plain = row()

    /// A row of one customer's visit, with what is given in place of the usual.
    private static func row(
        customer: String = "9001", tech: String = "11", from: String = "9:00", to: String = "10:00",
        service: String = "1", detail: String = "Panel", notes: String = "Ring twice"
    ) -> String {
        SampleRows.row(customer, tech, "\(day) \(from)", "\(day) \(to)", service, detail, notes)
    }

    private func write(_ fixture: SandboxFixture, _ name: String, _ rows: String...) throws {
        try fixture.folder.write(name, ([SampleRows.header] + rows).joined(separator: "\n") + "\n")
    }

    @Test(
        "A row that repeats an earlier one of its file is a duplicate, however it is written",
        arguments: [
            plain, row(customer: "009001"), row(tech: "011"), row(from: "09:00", to: "10:00:00"),
            row(from: "9:00 AM", to: "10:00 am"), row(service: "install"), row(detail: " Panel "),
        ])
    func duplicate(second: String) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.plain, second)
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        #expect(run.totals == "created 1, duplicate 1")
        #expect(fixture.server.createdCount == 1)
        #expect(run.codes == [])
    }

    @Test("A row that repeats one of an earlier file of the same run is a duplicate")
    func duplicateAcrossFiles() throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.plain)
        try write(fixture, "b.csv", Self.plain, Self.row(customer: "9002"))
        let run = try fixture.run("a.csv", "b.csv")
        #expect(run.status == 0)
        #expect(run.summary.files.map(\.counts.description) == ["created 1", "created 1, duplicate 1"])
        #expect(fixture.server.createdCount == 2)
    }

    @Test("Another file of another run finds it created already")
    func alreadyCreated() throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.plain)
        try write(fixture, "b.csv", Self.plain, Self.plain, Self.row(customer: "9002"))
        #expect(try fixture.run("a.csv").status == 0)
        let run = try fixture.run("b.csv")
        #expect(run.status == 0)
        #expect(run.totals == "created 1, already_created 1, duplicate 1")
        #expect(fixture.server.createdCount == 2)
        #expect(fixture.server.duplicates == 0)
    }

    @Test(
        "Of two rows that differ in detail or notes only, the first one stands",
        arguments: [row(notes: "Don't ring"), row(detail: "")])
    func conflictingDuplicate(second: String) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.plain, second)
        try write(fixture, "b.csv", second)
        let run = try fixture.run("a.csv", "b.csv")
        #expect(run.status == 1)
        #expect(run.totals == "created 1, invalid 2")
        #expect(run.codes == ["conflicting-duplicate", "conflicting-duplicate"])
        #expect(fixture.server.created.map(\.notes) == ["Ring twice"])
        #expect(fixture.server.created.map(\.serviceDetailType) == ["Panel"])
    }

    @Test("Notes that changed since it was created are a warning, and nothing is posted")
    func changedSinceCreated() throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.plain)
        #expect(try fixture.run("a.csv").status == 0)
        try write(fixture, "a.csv", Self.row(notes: "Don't ring"))
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        #expect(run.totals == "already_created 1")
        #expect(run.codes == ["changed-since-created"])
        #expect(run.summary.findings.map(\.severity) == ["warning"])
        #expect(fixture.server.createdCount == 1)
    }

    // MARK: Already booked differently

    enum Earlier: String, CaseIterable { case created, pending, inDoubt }

    @Test(
        "The same visit with another technician or window is not booked a second time",
        arguments: [
            row(tech: "12"), row(tech: ""), row(to: "10:30"), row(from: "8:30"),
            row(from: "9:15", to: "9:45"),
        ],
        Earlier.allCases)
    func alreadyBookedDifferently(later: String, earlier: Earlier) throws {
        let fixture = try SandboxFixture(earlier == .inDoubt ? ["close:after@1"] : [])
        try write(fixture, "a.csv", Self.plain)
        let stop = earlier == .pending ? ["--stop-after", "0s"] : []
        let first = try fixture.run(["a.csv"] + stop)
        #expect(first.status == [.created: 0, .pending: 5, .inDoubt: 6][earlier])
        try write(fixture, "b.csv", later)
        let second = try fixture.run("b.csv")
        #expect(second.status == 1)
        #expect(second.totals == "invalid 1")
        #expect(second.codes == ["already-booked-differently"])
        #expect(second.summary.findings[0].message.contains("a.csv"))
        #expect(fixture.server.createdCount == (earlier == .pending ? 0 : 1))
        // A person knows better.
        let third = try fixture.run("b.csv", "--allow-rebooking")
        #expect(third.status == 0)
        #expect(third.totals == "created 1")
    }

    @Test(
        "Another window, another service type and another customer are other visits",
        arguments: [
            row(from: "10:00", to: "11:00"), row(from: "8:00", to: "9:00"), row(service: "2"),
            row(customer: "9002"),
        ])
    func otherVisits(later: String) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.plain)
        #expect(try fixture.run("a.csv").status == 0)
        try write(fixture, "b.csv", later)
        let run = try fixture.run("b.csv")
        #expect(run.status == 0)
        #expect(run.totals == "created 1")
    }

    @Test("Several technicians in one run are a crew, and one without a technician is none")
    func crew() throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.row(tech: "11"), Self.row(tech: "12"), Self.row(tech: ""))
        try write(fixture, "b.csv", Self.row(tech: "13"))
        let run = try fixture.run("a.csv", "b.csv")
        #expect(run.status == 1)
        #expect(run.totals == "created 3, invalid 1")
        #expect(run.codes == ["already-booked-differently"])
        #expect(fixture.server.created.map(\.techID).sorted() == ["11", "12", "13"])
        // Tomorrow's export brings the same crew again.
        let again = try fixture.run("a.csv", "b.csv")
        #expect(again.totals == "already_created 3, invalid 1")
        #expect(fixture.server.createdCount == 3)
    }

    // MARK: Taken up again

    @Test("A refused appointment is posted again when a later import brings it")
    func refusedAgain() throws {
        let fixture = try SandboxFixture(["refused@1"])
        try write(fixture, "a.csv", Self.plain)
        let first = try fixture.run("a.csv")
        #expect(first.status == 1)
        #expect(first.totals == "refused 1")
        let second = try fixture.run("a.csv")
        #expect(second.status == 0)
        #expect(second.totals == "created 1")
        #expect(try fixture.report("--run", "1")["state"] == ["refused"])
    }

    @Test("A pending appointment is posted with the newest file's values, by that file's run")
    func pendingTakenUp() throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.plain, Self.row(customer: "9002"))
        let first = try fixture.run("a.csv", "--stop-after", "0s")
        #expect(first.status == 5)
        #expect(first.totals == "pending 2")
        try write(fixture, "b.csv", Self.row(detail: "Camera", notes: "New notes"))
        let second = try fixture.run("b.csv")
        #expect(second.status == 0)
        #expect(second.totals == "created 1")
        #expect(fixture.server.created.map(\.notes) == ["New notes"])
        #expect(fixture.server.created.map(\.serviceDetailType) == ["Camera"])
        // The other one waits for its own file, or for resume.
        let resume = try fixture.run("resume")
        #expect(resume.status == 0)
        #expect(resume.totals == "created 1")
        #expect(resume.summary.files.map(\.file) == ["a.csv"])
        #expect(fixture.server.created.map(\.customerID) == ["9001", "9002"])
        #expect(try fixture.report("--run", "1")["state"] == ["pending", "pending"])
        #expect(try fixture.report("--run", "1")["Notes"] == ["Ring twice", "Ring twice"])
    }

    @Test("Another endpoint is another SecurityTrax: nothing is created there yet")
    func otherEndpoint() throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", Self.plain)
        #expect(try fixture.run("a.csv").status == 0)
        let other = try SandboxServer()
        let run = try fixture.run("a.csv", "--endpoint", other.endpoint)
        #expect(run.status == 0)
        #expect(run.totals == "created 1")
        #expect(other.createdCount == 1)
    }

    // MARK: The sender's own number

    @Test("The sender's number and the wire values each keep a visit from being booked twice")
    func identityColumn() throws {
        let fixture = try SandboxFixture()
        let header = "Appt," + SampleRows.header
        func write(_ name: String, _ rows: String...) throws {
            try fixture.folder.write(name, ([header] + rows).joined(separator: "\n") + "\n")
        }
        let flags = ["--identity-column", "Appt"]
        try write("a.csv", "A-1,\(Self.plain)")
        #expect(try fixture.run(["a.csv"] + flags).totals == "created 1")
        // The same values under another number.
        try write("c.csv", "A-0,\(Self.plain)")
        #expect(try fixture.run(["c.csv"] + flags).totals == "already_created 1")
        // The same number for another day.
        try write(
            "b.csv", "A-1," + Self.plain.replacingOccurrences(of: Self.day, with: SampleRows.day(20)))
        let moved = try fixture.run(["b.csv"] + flags)
        #expect(moved.status == 1)
        #expect(moved.totals == "already_created 1")
        #expect(moved.summary.toDo.codes == ["moved-since-created"])
        // The place that is left has another number: that is another visit, and none is booked for it.
        try write("c.csv", "A-2,\(Self.plain)")
        #expect(try fixture.run(["c.csv"] + flags).totals == "invalid 1")
        // Both the same, and neither.
        try write("d.csv", "A-1,\(Self.plain)", "A-3,\(Self.row(customer: "9002"))")
        #expect(try fixture.run(["d.csv"] + flags).totals == "created 1, already_created 1")
        #expect(fixture.server.createdCount == 2)
    }
}
