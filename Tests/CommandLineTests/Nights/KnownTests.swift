import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("New and known")
struct KnownTests {
    /// Five bad rows, as a dealer's export has them every night, whose notes change.
    private static func export(bad: Int, note: String, good: Int = 1) -> String {
        let day = SampleRows.day(5)
        let rows =
            (0..<good).map {
                SampleRows.row(String(9001 + $0), "5", "\(day) 9:00", "\(day) 10:00", "1", "", note)
            }
            + (0..<bad).map { SampleRows.row("x\($0)", "5", "\(day) 9:00", "\(day) 10:00", "1", "", note) }
        return ([SampleRows.header] + rows).joined(separator: "\n") + "\n"
    }

    private static func night(
        _ fixture: SandboxFixture, _ text: String, _ arguments: String...
    ) throws -> SandboxFixture.Import {
        try fixture.folder.write("export.csv", text)
        return try fixture.run(
            ["export.csv", "--notify-command", "cat >> '\(fixture.folder.path("mails"))'", "--no-rejects"]
                + arguments)
    }

    private static func mails(_ fixture: SandboxFixture) throws -> Int {
        guard fixture.folder.exists("mails") else { return 0 }
        return try fixture.folder.read("mails").components(separatedBy: "\"version\": 2").count - 1
    }

    @Test("A finding that an earlier run told is known, and wakes nobody until there is another")
    func findings() throws {
        let fixture = try SandboxFixture()
        let first = try Self.night(fixture, Self.export(bad: 5, note: "monday"))
        #expect(first.status == 1)
        #expect(first.summary.findingsKnown == 0)
        #expect(try Self.mails(fixture) == 1)
        let second = try Self.night(fixture, Self.export(bad: 5, note: "tuesday"))
        #expect(second.status == 1)
        // Those five, and that the notes of the created one differ is told for the first time.
        #expect(second.summary.findingsKnown == 5)
        #expect(try Self.mails(fixture) == 2)
        let third = try Self.night(fixture, Self.export(bad: 5, note: "wednesday"))
        #expect(third.summary.findings.allSatisfy { $0.known })
        #expect(third.summary.findingsKnown == 6)
        #expect(third.status == 1)
        #expect(try Self.mails(fixture) == 2)
        let fourth = try Self.night(fixture, Self.export(bad: 6, note: "thursday"))
        #expect(fourth.summary.findings.filter { !$0.known }.count == 1)
        #expect(try Self.mails(fixture) == 3)
    }

    @Test("A refusal and a doubt are known the second time")
    func refusals() throws {
        let fixture = try SandboxFixture { $0.refusedCustomers = ["9001"] }
        let first = try Self.night(fixture, Self.export(bad: 0, note: "a"))
        #expect(first.totals == "refused 1")
        #expect(first.summary.findings.map { $0.known } == [false])
        let second = try Self.night(fixture, Self.export(bad: 0, note: "a"))
        #expect(second.summary.findings.map { $0.known } == [true])
        #expect(try Self.mails(fixture) == 1)
        fixture.server.setFaults(try FaultPlan("close:after"))
        let doubt = try Self.night(fixture, Self.export(bad: 0, note: "a", good: 2))
        #expect(doubt.status == 6)
        #expect(try Self.mails(fixture) == 2)
        fixture.server.setFaults([])
        let known = try Self.night(fixture, Self.export(bad: 0, note: "a", good: 2))
        #expect(known.status == 6)
        #expect(try Self.mails(fixture) == 2)
    }

    @Test(
        "When the notify command is run",
        arguments: [
            // Five bad rows, the same again, the service down, all well again, all well.
            ("any", [1, 2, 3, 3, 3]), ("new", [1, 1, 2, 3, 3]), ("change", [1, 1, 2, 3, 3]),
            ("never", [0, 0, 0, 0, 0]),
        ])
    func occasions(word: String, mails: [Int]) throws {
        let fixture = try SandboxFixture()
        var seen: [Int] = []
        func night(_ bad: Int, good: Int) throws {
            _ = try Self.night(
                fixture, Self.export(bad: bad, note: "a", good: good), "--notify-on", word, "--retries", "0")
            seen.append(try Self.mails(fixture))
        }
        try night(5, good: 1)
        try night(5, good: 1)
        fixture.server.setFaults(try FaultPlan("503:before"))
        try night(0, good: 2)
        fixture.server.setFaults([])
        try night(0, good: 2)
        try night(0, good: 2)
        #expect(seen == mails)
    }

    /// Nights, by their bad rows; whether the service was down in one.
    struct Nights: CustomTestStringConvertible {
        let told: String
        let nights: [(bad: Int, isDown: Bool)]
        let mails: [Int]
        var testDescription: String { told }
    }

    @Test(
        "After what was told, it is told once that all is well again",
        arguments: [
            Nights(
                told: "rows that are valid now", nights: [(5, false), (0, false), (0, false)],
                mails: [1, 2, 2]),
            Nights(
                told: "known ones that are valid now", nights: [(5, false), (5, false), (0, false)],
                mails: [1, 1, 2]),
            Nights(
                told: "a service that answers again", nights: [(0, true), (0, false), (0, false)],
                mails: [1, 2, 2]),
            Nights(
                told: "a service that answers again, with rows that are known",
                nights: [(5, true), (5, false)],
                mails: [1, 2]),
            Nights(told: "nothing", nights: [(0, false), (0, false)], mails: [0, 0]),
        ])
    func wellAgain(nights: Nights) throws {
        let fixture = try SandboxFixture()
        var seen: [Int] = []
        for (index, night) in nights.nights.enumerated() {
            fixture.server.setFaults(night.isDown ? try FaultPlan("503:before") : [])
            _ = try Self.night(
                fixture, Self.export(bad: night.bad, note: "a", good: index + 1), "--notify-on", "new",
                "--retries", "0")
            seen.append(try Self.mails(fixture))
        }
        #expect(seen == nights.mails)
    }

    @Test("All is not well while a visit is still to be changed by hand")
    func openToDo() throws {
        let fixture = try SandboxFixture()
        var visit = ExportedVisit(number: 1, customer: 9001, tech: 1)
        var seen: [Int] = []
        for hour in [9, 15, 15] {
            visit.hour = hour
            try fixture.folder.write("export.csv", NightlyExport.text([visit]))
            _ = try fixture.run(
                "export.csv", "--identity-column", "Number", "--notify-command",
                "cat >> '\(fixture.folder.path("mails"))'")
            seen.append(try Self.mails(fixture))
        }
        #expect(seen == [0, 1, 1])
    }

    /// What a night has to tell that the one before told already, and what is new then.
    enum Known: String, CaseIterable, CustomTestStringConvertible {
        case findings, refusal, doubt, hold, toDo
        var testDescription: String { rawValue }
    }

    @Test(
        "With --quiet a night without news says nothing, and one with news says it", arguments: Known.allCases
    )
    func quiet(known: Known) throws {
        let fixture = try SandboxFixture { if known == .refusal { $0.refusedCustomers = ["9001", "9002"] } }
        if known == .doubt { fixture.server.setFaults(try FaultPlan("close:after")) }
        let status: Int32 =
            switch known {
            case .findings, .refusal, .toDo: 1
            case .doubt: 6
            case .hold: 5
            }
        if known == .toDo { #expect(try Self.quietNight(fixture, known, 0).status == 0) }
        let first = try Self.quietNight(fixture, known, 1)
        #expect(first.status == status)
        #expect(!first.stdout.isEmpty && !first.stderr.isEmpty)
        let again = try Self.quietNight(fixture, known, 1)
        // A to-do that is known keeps no run from ending well.
        #expect(again.status == (known == .toDo ? 0 : status))
        #expect(again.stdout == "" && again.stderr == "", "\(again.stdout)\(again.stderr)")
        #expect(try fixture.folder.read("run.log").contains("ended with \(again.status ?? -1)"))
        let more = try Self.quietNight(fixture, known, 2)
        #expect(more.status == status)
        #expect(!more.stdout.isEmpty && !more.stderr.isEmpty)
    }

    /// A night that has so many things of a kind to tell.
    private static func quietNight(_ fixture: SandboxFixture, _ known: Known, _ count: Int) throws
        -> ProcessOutcome
    {
        var visits = (1...3).map { ExportedVisit(number: $0, customer: 9000 + $0, tech: $0) }
        var options = ["--quiet", "--no-rejects", "--log", "run.log"]
        var text: String
        switch known {
        case .findings: text = export(bad: count, note: "a")
        case .refusal, .doubt: text = export(bad: 0, note: "a", good: count)
        case .hold:
            text = NightlyExport.text(Array(visits.prefix(count)))
            options += ["--identity-column", "Number", "--hold-if", "new>0"]
        case .toDo:
            for index in 0..<count { visits[index].hour = 15 }
            text = NightlyExport.text(visits)
            options += ["--identity-column", "Number"]
        }
        try fixture.folder.write("export.csv", text)
        return try fixture.stimport.run(["export.csv"] + options)
    }

    @Test(
        "A run that can't begin is told, but not where nobody is ever to be told",
        arguments: ["new", "never"])
    func couldNotBegin(word: String) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "ledger.sqlite3", "no database, whatever its name says, and long enough to be read")
        let run = try fixture.stimport.run(
            "a.csv", "--ledger", "ledger.sqlite3", "--notify-on", word, "--notify-command",
            "cat >> '\(fixture.folder.path("mails"))'")
        #expect(run.status == 8)
        #expect(fixture.folder.exists("mails") == (word == "new"))
    }
}
