import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("stimport doctor")
struct DoctorTests {
    /// The JSON that it prints.
    struct Report: Decodable {
        struct Check: Decodable {
            let part: String
            let state: String
            let detail: String
            let fix: String?
        }
        let exit: Int32
        let checks: [Check]
        let advice: [String]

        func parts(_ state: String) -> [String] { checks.filter { $0.state == state }.map(\.part) }
    }

    /// One thing that is broken, what fails first, the exit, and a part of its fix.
    struct Case: Sendable, CustomStringConvertible {
        let description: String
        let part: String
        let exit: Int32
        let fix: String
        var arguments: [String] = []
        var environment: [String: String] = [:]
        var faults: [String] = []
        var prepare: @Sendable (TemporaryFolder) throws -> Void = { _ in }
    }

    static let broken = [
        Case(
            description: "no user name", part: "settings", exit: 2, fix: "STIMPORT_USERNAME",
            environment: ["STIMPORT_USERNAME": ""]),
        Case(
            description: "an address in clear", part: "settings", exit: 2, fix: "https",
            arguments: ["--endpoint", "http://example.com/"]),
        Case(
            description: "a password file that is not there", part: "password", exit: 2, fix: "path",
            environment: ["STIMPORT_PASSWORD": "", "STIMPORT_PASSWORD_FILE": "nowhere"]),
        Case(
            description: "a ledger that must exist and doesn't", part: "ledger", exit: 8, fix: "ledger",
            arguments: ["--require-ledger"]),
        Case(
            description: "a ledger that is none", part: "ledger", exit: 8, fix: "ledger",
            arguments: ["--ledger", "none"],
            prepare: { _ = try $0.write("none", String(repeating: "not a database\n", count: 600)) }),
        Case(
            description: "a port where nobody listens", part: "address", exit: 5, fix: "network",
            arguments: ["--endpoint", "http://127.0.0.1:1/"]),
        Case(
            description: "a host that does not exist", part: "address", exit: 5, fix: "slip",
            arguments: ["--endpoint", "https://no-such-host.invalid/"]),
        Case(
            description: "a wrong password", part: "login", exit: 4, fix: "may lock the account",
            environment: ["STIMPORT_PASSWORD": "s3cret-and-wrong"]),
        Case(
            description: "a file of certificates that is not there", part: "address", exit: 2,
            fix: "permissions",
            arguments: ["--ca-file", "nowhere.pem"]),
        Case(
            description: "an inbox that is not there", part: "inbox", exit: 2, fix: "--inbox",
            arguments: ["--inbox", "nowhere"]),
        Case(
            description: "a folder of the inbox that is none", part: "inbox", exit: 2, fix: "subfolders",
            arguments: ["--inbox", "in"],
            prepare: {
                try FileManager.default.createDirectory(
                    atPath: $0.path("in"), withIntermediateDirectories: false)
                _ = try $0.write("in/done", "")
            }),
        Case(
            description: "a notify command that is not there", part: "notify-command", exit: 2,
            fix: "install", arguments: ["--notify-command", "no-such-program x"]),
        Case(
            description: "a notify command that is not executable", part: "notify-command", exit: 2,
            fix: "chmod", arguments: ["--notify-command", "./tell"],
            prepare: { _ = try $0.write("tell", "") }),
    ]

    private func run(_ fixture: SandboxFixture, _ arguments: [String], _ environment: [String: String] = [:])
        throws -> (
            report: Report, process: ProcessOutcome
        )
    {
        let process = try fixture.stimport.run(
            ["doctor", "--format", "json"] + arguments, environment: environment)
        let report = try JSONDecoder().decode(Report.self, from: Data(process.stdout.utf8))
        #expect(report.exit == process.status)
        return (report, process)
    }

    @Test("What is broken fails first, with its exit and its fix", arguments: broken)
    func firstFailure(_ row: Case) throws {
        let fixture = try SandboxFixture(row.faults)
        try row.prepare(fixture.folder)
        let (report, process) = try run(fixture, row.arguments, row.environment)
        let failed = report.checks.first { $0.state == "failed" }
        #expect(failed?.part == row.part, "\(report.checks)")
        #expect(process.status == row.exit)
        #expect(failed?.fix?.contains(row.fix) == true, "\(failed?.fix ?? "no fix")")
        #expect(!(process.stdout + process.stderr).contains(fixture.server.password))
        #expect(!(process.stdout + process.stderr).contains("s3cret-and-wrong"))
        #expect(fixture.server.created.isEmpty)
    }

    @Test("Where all is well it ends with 0, makes no ledger, creates nothing, and says what is forgotten")
    func well() throws {
        let fixture = try SandboxFixture()
        let before = try fixture.folder.list()
        let (report, process) = try run(fixture, [])
        #expect(process.status == 0, "\(process.stdout)")
        #expect(report.parts("failed") == [])
        #expect(report.parts("passed").contains("queries"))
        #expect(report.advice.contains { $0.contains("work order") })
        #expect(fixture.server.created.isEmpty)
        #expect(try fixture.folder.list() == before)

        let text = try fixture.stimport.run("doctor")
        #expect(text.stdout.contains("✓ ok"))
        #expect(text.stdout.contains("STIMPORT_ENDPOINT"))
        #expect(!text.stdout.contains(fixture.server.password))
    }

    @Test(
        "A settings file that everybody can read is warned of where a secret stands in it",
        arguments: [
            (#"{ "pingUrl": "https://hc.example/secret" }"#, 0o644, true),
            (#"{ "profiles": { "acme": { "pingUrl": "https://hc.example/secret" } } }"#, 0o604, true),
            (#"{ "pingUrl": "https://hc.example/secret" }"#, 0o640, false),
            (#"{ "pingUrl": "https://hc.example/secret" }"#, 0o600, false),
            (#"{ "batchSize": 20 }"#, 0o644, false),
        ])
    func readable(settings: String, mode: Int, isWarned: Bool) throws {
        let fixture = try SandboxFixture()
        let path = try fixture.folder.write("settings.json", settings)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let (report, process) = try run(fixture, ["--config", path])
        #expect(process.status == 0)
        let check = try #require(report.checks.first { $0.part == "settings" })
        #expect(check.state == "passed")
        #expect(check.detail.contains("everybody on this machine can read it") == isWarned, "\(check.detail)")
        #expect((check.fix?.hasPrefix("chmod o-r ") == true) == isWarned)
        #expect(!process.stdout.contains("hc.example/secret"))
        // No run is kept from its work by it.
        try fixture.write(rows: 1)
        #expect(try fixture.run("a.csv", "--config", path, "--dry-run").status == 0)
    }

    @Test("Once something was created, the advice is over, and the ledger stays as it is")
    func later() throws {
        let fixture = try SandboxFixture()
        _ = try fixture.folder.write("a.csv", try fixture.stimport.run("sample").stdout)
        #expect(try fixture.run("a.csv", "--ledger", "l.sqlite3").status == 0)
        let before = try fixture.folder.bytes("l.sqlite3")
        let created = fixture.server.created.count
        let (report, process) = try run(fixture, ["--ledger", "l.sqlite3"])
        #expect(process.status == 0)
        #expect(report.advice == [])
        #expect(try fixture.folder.bytes("l.sqlite3") == before)
        #expect(fixture.server.created.count == created)
    }

    @Test("What depends on a failed part is skipped")
    func skipped() throws {
        let fixture = try SandboxFixture()
        let (report, _) = try run(fixture, ["--endpoint", "http://127.0.0.1:1/"])
        #expect(report.parts("failed") == ["address"])
        #expect(Set(report.parts("skipped")).isSuperset(of: ["certificate", "login", "queries", "clock"]))
    }

    @Test("The sample notify command mails a summary that a person can read")
    func notify() throws {
        let fixture = try SandboxFixture()
        let script = URL(filePath: #filePath).appending(path: "../../../../samples/stimport-notify")
            .standardizedFileURL.path
        try fixture.folder.write(
            program: "bin/mail", "#!/bin/sh\nprintf '%s\\n' \"$@\" >mail.txt\ncat >>mail.txt\n")
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path("bin/stimport"), withDestinationPath: Stimport.binary)
        _ = try fixture.folder.write(
            "a.csv", "SecurityTraxUniqueID,StartTime,EndTime,ServiceType\nnobody,x,y,z\n")
        let path = "\(fixture.folder.path("bin")):\(fixture.stimport.environment["PATH"] ?? "")"
        let run = try fixture.stimport.run(
            ["a.csv", "--notify-command", "sh '\(script)' office@example.com"], environment: ["PATH": path])
        #expect(run.status == 1)
        let text = try fixture.folder.read("mail.txt")
        #expect(
            text.hasPrefix("-s\nstimport: some rows need correcting (exit 1)\noffice@example.com\n"),
            "\(text)")
        #expect(text.contains("a.csv"), "\(text)")
    }

    @Test(
        "Its subject says what a run waits for",
        arguments: [
            (
                ["good.csv", "--hold-if", "new>0"],
                "held, and a person has to say whether it is right (exit 5)"
            ),
            (["good.csv", "--first", "1"], "not finished (exit 5)"),
            (
                ["--inbox", "inbox", "--expect", "*.csv by 00:00 daily"],
                "a file that was expected did not come (exit 5)"
            ),
        ])
    func subject(arguments: [String], subject: String) throws {
        let fixture = try SandboxFixture()
        let script = URL(filePath: #filePath).appending(path: "../../../../samples/stimport-notify")
            .standardizedFileURL.path
        try fixture.write("good.csv", rows: 3)
        try FileManager.default.createDirectory(
            atPath: fixture.folder.path("inbox"), withIntermediateDirectories: true)
        try fixture.folder.write(program: "bin/mail", "#!/bin/sh\nprintf '%s\\n' \"$2\" >mail.txt\n")
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path("bin/stimport"), withDestinationPath: Stimport.binary)
        let path = "\(fixture.folder.path("bin")):\(fixture.stimport.environment["PATH"] ?? "")"
        let run = try fixture.stimport.run(
            arguments + ["--notify-command", "sh '\(script)' office@example.com"],
            environment: ["PATH": path])
        #expect(run.status == 5)
        #expect(try fixture.folder.read("mail.txt") == "stimport: \(subject)\n")
    }
}
