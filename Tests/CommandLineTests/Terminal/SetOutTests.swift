import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@testable import stimport

@Suite("What a run needs before it sets out")
struct SetOutTests {
    private static let variables = [
        "STIMPORT_ENDPOINT": "the dealer's site", "STIMPORT_USERNAME": "user name",
        "STIMPORT_PASSWORD": "password", "STIMPORT_PARTNER_ID": "partner ID",
    ]

    @Test(
        "Everything that is missing is said at once, and nothing is opened or made",
        arguments: [
            ["STIMPORT_ENDPOINT"], ["STIMPORT_USERNAME"], ["STIMPORT_PASSWORD"], ["STIMPORT_PARTNER_ID"],
            ["STIMPORT_ENDPOINT", "STIMPORT_USERNAME"], ["STIMPORT_USERNAME", "STIMPORT_PASSWORD"],
            ["STIMPORT_ENDPOINT", "STIMPORT_USERNAME", "STIMPORT_PASSWORD", "STIMPORT_PARTNER_ID"],
        ], [["a.csv"], ["resume"], ["a.csv", "none.csv"]])
    func missing(left: [String], arguments: [String]) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        var stimport = fixture.stimport
        for name in left { stimport.environment[name] = nil }
        let outcome = try stimport.run(arguments)
        #expect(outcome.status == 2)
        for (name, text) in Self.variables {
            #expect(outcome.stderr.contains(text) == left.contains(name), "\(outcome.stderr)")
        }
        #expect(outcome.stderr.contains("none.csv") == arguments.contains("none.csv"))
        #expect(fixture.server.connections == 0)
        #expect(try fixture.folder.list() == ["a.csv"])
    }

    @Test("Every setting that is wrong is said at once")
    func wrong() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        var stimport = fixture.stimport
        stimport.environment["STIMPORT_BATCH_SIZE"] = "0"
        stimport.environment["STIMPORT_RATE"] = "fast"
        stimport.environment["STIMPORT_TIMEOUT"] = "soon"
        let outcome = try stimport.run("a.csv")
        #expect(outcome.status == 2)
        for name in ["STIMPORT_BATCH_SIZE", "STIMPORT_RATE", "STIMPORT_TIMEOUT"] {
            #expect(outcome.stderr.contains(name), "\(outcome.stderr)")
        }
    }

    @Test("A dry run needs no credentials, but a site")
    func dryRun() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        var stimport = fixture.stimport
        for name in Self.variables.keys where name != "STIMPORT_ENDPOINT" { stimport.environment[name] = nil }
        #expect(try stimport.run("a.csv", "--dry-run").status == 0)
        stimport.environment["STIMPORT_ENDPOINT"] = nil
        let outcome = try stimport.run("a.csv", "--dry-run")
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("the dealer's site is missing"))
    }

    @Test(
        "A word is a command, or a file where only a file can be meant",
        arguments: [
            ("a.csv", true), ("-", true), ("./a", true), ("in/a", true), ("/a", true), ("a.x", true),
            (".hidden", true), ("a b.csv", true), ("*.csv", true), ("2026-11-25.txt", true), ("..", false),
            ("a.", false), ("cancel", false), ("lst", false), ("2026", false), ("a b", false),
            ("Stauts", false),
            ("müll", false), ("import!", false),
        ])
    func words(word: String, isPath: Bool) {
        #expect(FileWord.isPath(word) == isPath)
        let parsed = Result { try CommandLineParser.parse([word], fileExists: { _ in false }) }
        #expect((try? parsed.get().operands) == (isPath ? [word] : nil))
        // What is there is meant, whatever it is called; and after `--` or `import` no command is expected.
        #expect((try? CommandLineParser.parse([word], fileExists: { _ in true }).operands) == [word])
        for before in ["--", "import"] {
            #expect(
                (try? CommandLineParser.parse([before, word], fileExists: { _ in false }).operands) == [word])
        }
    }

    @Test(
        "Neither a command nor a file: nothing is opened or made, and the nearest command is named",
        arguments: [
            (["cancel", "103317"], "withdraw"), (["lst"], "status"), (["list"], "status"),
            (["delete", "3"], "withdraw"),
            (["chekc", "a.csv"], "check"), (["retry"], "resume"), (["STATUS"], "status"),
            (["stat"], "status"),
            (["--quiet", "undo", "1"], "withdraw"), (["xyzzy"], "import, check, map"),
            (["settings"], "config"), (["setle"], "resolve"),
        ])
    func noSuchCommand(arguments: [String], command: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        let outcome = try fixture.stimport.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("no such command or file"))
        #expect(outcome.stderr.contains(command), "\(outcome.stderr)")
        #expect(fixture.server.connections == 0)
        #expect(try fixture.folder.list() == ["a.csv"])
    }

    @Test(
        "A file that is missing is no command: its status is 3", arguments: ["none.csv", "in/none", "./none"])
    func missingFile(name: String) throws {
        let fixture = try SandboxFixture()
        let outcome = try fixture.stimport.run(name)
        #expect(outcome.status == 3)
        #expect(outcome.stderr.contains(name))
        #expect(fixture.server.connections == 0)
    }

    #if os(Linux)
        @Test("No crash leaves the password behind", arguments: [SIGABRT, SIGSEGV, SIGQUIT, SIGBUS])
        func crash(number: Int32) throws {
            let fixture = try SandboxFixture(["hold:before"])
            try fixture.write(rows: 1)
            let process = try fixture.stimport.start(shell: "ulimit -c unlimited; exec \"$0\" a.csv")
            #expect(fixture.server.waitForHeld(1))
            let limits = try String(contentsOfFile: "/proc/\(process.processID)/limits", encoding: .utf8)
            let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") } ?? ""
            #expect(core.split(separator: " ").suffix(3) == ["0", "0", "bytes"])
            process.signal(number)
            let outcome = process.wait()
            #expect(outcome.signal == number)
            // Neither does the runtime tell of registers and memory.
            #expect(!outcome.stderr.contains("crashed"))
            #expect(try !fixture.folder.list().contains { $0.contains("core") })
            fixture.server.release()
        }

        @Test("No other process of the user may look into it")
        func notDumpable() throws {
            let fixture = try SandboxFixture(["hold:before@1"])
            try fixture.write(rows: 1)
            // What belongs to root anyway shows nothing: there, somebody else runs it.
            var words = [Stimport.binary, "a.csv"]
            if getuid() == 0 {
                // Copied by another process: a program that this one has open for writing, or a child
                // started meanwhile, can't be executed.
                let copy = try RunningProcess(
                    "/bin/cp", arguments: [Stimport.binary, fixture.folder.path("stimport")],
                    environment: fixture.stimport.environment, folder: fixture.folder.path)
                #expect(copy.wait().status == 0)
                for path in [fixture.folder.path, fixture.folder.path("stimport")] {
                    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: path)
                }
                words = [
                    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                    fixture.folder.path("stimport"),
                ]
                words.append("a.csv")
            }
            let process = try RunningProcess(
                "/usr/bin/env", arguments: words, environment: fixture.stimport.environment,
                folder: fixture.folder.path)
            #expect(fixture.server.waitForHeld(1))
            var status = stat()
            #expect(stat("/proc/\(process.processID)/environ", &status) == 0)
            // proc(5): the files of a process that is not dumpable belong to root.
            #expect(status.st_uid == 0)
            #expect(stat("/proc/\(process.processID)", &status) == 0)
            #expect(status.st_uid != 0)
            fixture.server.setFaults([])
            fixture.server.release()
            #expect(process.wait().status == 0)
        }
    #endif
}
