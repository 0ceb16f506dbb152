import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("How a run ends")
struct StatusTests {
    @Test(
        "Wrong usage ends with 2 before anything is read, made or sent",
        arguments: [
            [], ["--nonsense", "a.csv"], ["a.csv", "--batch-size", "0"], ["a.csv", "--batch-size", "x"],
            ["a.csv", "--format", "csv"], ["-", "-"], ["a.csv", "b.csv", "--rejects", "r.csv"],
            ["a.csv", "--rejects", "r.csv", "--no-rejects"], ["a.csv", "--show-xml"],
            ["a.csv", "--endpoint", "http://example.com/x/informationposter.php"],
            ["a.csv", "--endpoint", "ftp://example.com/"], ["a.csv", "--endpoint", "nonsense"],
            ["a.csv", "--site", "acme"],
            ["a.csv", "--ca-file", "none.pem", "--endpoint", "https://localhost/x"],
            ["a.csv", "--map", "Nonsense=x"], ["a.csv", "--time-zone", "Mars/Olympus"],
            ["a.csv", "--columns", "A"],
            ["a.csv", "--max-invalid", "x"], ["a.csv", "--config", "none.json"], ["check"],
            ["resume", "a.csv"],
            ["report", "--run", "0"], ["report", "--all", "--run", "1"], ["status", "--all"],
            ["withdraw", "1"],
            ["withdraw", "--note", "x"], ["withdraw", "x", "--note", "x"], ["resolve"],
            ["resolve", "--created", "1", "--not-created", "1"], ["resolve", "--batch", "1"],
            ["a.csv", "--sandbox", "--ledger", "l.sqlite3"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        let outcome = try fixture.stimport.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.stdout == "")
        #expect(outcome.stderr.hasPrefix("stimport: error: "), "\(outcome.stderr)")
        #expect(outcome.stderr.contains("\n  fix: "), "\(outcome.stderr)")
        #expect(fixture.server.connections == 0)
        #expect(try fixture.folder.list() == ["a.csv"])
    }

    @Test(
        "Missing settings end with 2 before anything is read, made or sent",
        arguments: [
            "STIMPORT_ENDPOINT", "STIMPORT_USERNAME", "STIMPORT_PASSWORD", "STIMPORT_PARTNER_ID",
        ])
    func missingSettings(variable: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        var stimport = fixture.stimport
        stimport.environment[variable] = nil
        for command in [["a.csv"], ["resume"], ["-"]] {
            let outcome = try stimport.run(command)
            #expect(outcome.status == 2, "\(command): \(outcome.stderr)")
            #expect(outcome.stderr.contains("\n  fix: "))
        }
        #expect(fixture.server.connections == 0)
        #expect(try fixture.folder.list() == ["a.csv"])
    }

    @Test(
        "An input that can't be read as appointments ends with 3, and nothing of it is posted",
        arguments: [
            (Array("".utf8), "no-header"),
            (Array("a,b,c\n1,2,3\n".utf8), "missing-column"),
            (Array("SecurityTraxUniqueID,StartTime,EndTime\n1,2,3\n".utf8), "missing-column"),
            (Array((SampleRows.csv(count: 3) + "9009,,\"never closed\n").utf8), "unclosed-quote"),
            (Array("PK\u{3}\u{4}\u{14}\0\u{6}\0[Content_Types].xml".utf8), nil),
            (Array(SampleRows.header.utf8) + [10] + [0xFF, 0xC0, 0x80, 10], nil),
        ] as [([UInt8], String?)])
    func unreadable(bytes: [UInt8], code: String?) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", bytes: bytes)
        let run = try fixture.run("a.csv")
        #expect(run.status == 3)
        #expect(run.summary.files[0].error?.isEmpty == false)
        if let code { #expect(run.summary.files[0].errorCode == code) }
        #expect(run.summary.totals.rows == 0)
        #expect(fixture.server.posts == 0)
        #expect(try fixture.run("resume").summary.totals.rows == 0)
    }

    @Test("A file that can't be read does not stop the others")
    func oneMissing() throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 2)
        try fixture.write("c.csv", rows: 2, firstCustomer: 9_500)
        try fixture.folder.write("d.csv", "nonsense\n")
        let run = try fixture.run("a.csv", "b.csv", "c.csv", "d.csv")
        #expect(run.status == 3)
        #expect(run.totals == "created 4")
        #expect(run.summary.files.map(\.file) == ["a.csv", "b.csv", "c.csv", "d.csv"])
        #expect(run.summary.files.map(\.errorCode) == [nil, "no-such-file", nil, "missing-column"])
        #expect(fixture.server.createdCount == 4)
    }

    @Test("A header without rows is no rows, and a success", arguments: ["\n", "", "\r\n\r\n", "\n,,,,,,\n"])
    func headerOnly(end: String) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", SampleRows.header + end)
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        #expect(run.summary.totals.rows == 0)
        #expect(fixture.server.connections == 0)
    }

    @Test("Standard input is imported as a file is")
    func standardInput() throws {
        let fixture = try SandboxFixture()
        let run = try fixture.run(["-"], input: SampleRows.csv(count: 3))
        #expect(run.status == 0)
        #expect(run.totals == "created 3")
        #expect(run.summary.files.map(\.file) == ["-"])
        let again = try fixture.run(["-"], input: SampleRows.csv(count: 3))
        #expect(again.totals == "already_created 3")
        #expect(try fixture.run(["-"], input: "").status == 3)
    }

    @Test("The status that needs a person most is the one that is told")
    func ranking() throws {
        // Invalid rows, an unreadable file, pending rows, doubt: 6 before 3 before 5 before 1.
        let fixture = try SandboxFixture(["close@1", "404@2"])
        try fixture.folder.write("a.csv", SampleRows.csv(count: 4) + "x,,,,,,\n")
        let first = try fixture.run("a.csv", "none.csv", "--batch-size", "2")
        #expect(first.status == 6)
        #expect(first.totals == "invalid 1, in_doubt 2, pending 2")
        try fixture.server.setFaults(FaultPlan("404"))
        let second = try fixture.run(["resume"])
        #expect(second.status == 5)
        try fixture.folder.write("b.csv", SampleRows.csv(count: 1, firstCustomer: 9_500) + "x,,,,,,\n")
        let third = try fixture.run("b.csv", "none.csv")
        #expect(third.status == 3)
        #expect(third.totals == "invalid 1, pending 1")
        let fourth = try fixture.run("b.csv")
        #expect(fourth.status == 5)
        try fixture.server.setFaults(FaultPlan("401"))
        #expect(try fixture.run("b.csv", "none.csv").status == 4)
        fixture.server.setFaults([])
        let last = try fixture.run("b.csv")
        #expect(last.status == 1)
        #expect(last.totals == "created 1, invalid 1")
    }

    // MARK: The ledger

    enum Damage: String, CaseIterable {
        case noDatabase, foreign, newer, corrupt, cutOff, folder, nowhere
    }

    @Test(
        "A ledger that can't be used ends with 8, and neither it nor anything else is touched",
        arguments: Damage.allCases)
    func unusableLedger(damage: Damage) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 40)
        #expect(try fixture.run("a.csv", "--ledger", "l.sqlite3").status == 0)
        var bytes = try fixture.folder.bytes("l.sqlite3")
        var ledger = "l.sqlite3"
        switch damage {
        case .noDatabase: bytes = Array("these are my notes\n".utf8)
        case .foreign: bytes.replaceSubrange(68..<72, with: [1, 2, 3, 4])
        case .newer: bytes.replaceSubrange(60..<64, with: [0, 0, 3, 0xE7])
        case .corrupt:
            for index in 4096..<bytes.count where index % 3 == 0 { bytes[index] = 0xA5 }
        case .cutOff: bytes = Array(bytes.prefix(5_000))
        case .folder: ledger = "."
        case .nowhere: ledger = "a.csv/l.sqlite3"
        }
        try fixture.folder.write("l.sqlite3", bytes: bytes)
        try fixture.write("b.csv", rows: 2, firstCustomer: 9_500)
        let files = try fixture.folder.list()
        let posts = fixture.server.posts
        for command in [
            ["b.csv"], ["resume"], ["status"], ["review"], ["report", "--all", "--format", "csv"],
        ] {
            let outcome = try fixture.stimport.run(command + ["--ledger", ledger])
            #expect(outcome.status == 8, "\(command): \(outcome.stdout) \(outcome.stderr)")
            #expect(outcome.stderr.contains("\n  fix: "), "\(outcome.stderr)")
        }
        #expect(fixture.server.posts == posts)
        #expect(try fixture.folder.bytes("l.sqlite3") == bytes)
        #expect(try fixture.folder.list() == files)
    }

    @Test(
        "A ledger that may not be written ends with 8",
        .enabled(if: getuid() != 0, "root may write everywhere"))
    func readOnlyLedger() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        #expect(try fixture.run("a.csv", "--ledger", "l/l.sqlite3").status == 0)
        let bytes = try fixture.folder.bytes("l/l.sqlite3")
        chmod(fixture.folder.path("l/l.sqlite3"), 0o400)
        chmod(fixture.folder.path("l"), 0o500)
        let outcome = try fixture.stimport.run("a.csv", "--ledger", "l/l.sqlite3")
        #expect(outcome.status == 8)
        #expect(try fixture.folder.bytes("l/l.sqlite3") == bytes)
        #expect(try fixture.run("status", "--ledger", "l/l.sqlite3").status == 0)
    }

    @Test("A ledger is made, and said so, unless it must be there")
    func requireLedger() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        let missing = try fixture.stimport.run("a.csv", "--require-ledger")
        #expect(missing.status == 8)
        #expect(try fixture.folder.list() == ["a.csv"])
        for command in ["resume", "status", "review", "report"] {
            #expect(try fixture.stimport.run(command).status == 8)
        }
        #expect(try fixture.folder.list() == ["a.csv"])
        let made = try fixture.run("a.csv")
        #expect(made.status == 0)
        #expect(made.summary.ledgerCreated)
        let found = try fixture.run("a.csv", "--require-ledger")
        #expect(found.status == 0)
        #expect(!found.summary.ledgerCreated)
        #expect(fixture.server.createdCount == 2)
    }

    @Test("The ledger is its owner's alone")
    func permissions() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        #expect(try fixture.run("a.csv").status == 0)
        for (name, mode) in [
            ("state/stimport", 0o700), ("state/stimport/ledger.sqlite3", 0o600),
            ("state/stimport/ledger.sqlite3.lock", 0o600),
        ] {
            let attributes = try FileManager.default.attributesOfItem(atPath: fixture.folder.path(name))
            #expect(attributes[.posixPermissions] as? Int == mode, "\(name)")
        }
    }
}
