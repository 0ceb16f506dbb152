import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The question for the password")
struct PasswordPromptTests {
    private let fixture: SandboxFixture

    init() throws {
        fixture = try SandboxFixture()
        try fixture.write(rows: 2)
    }

    /// Starts the program on a terminal, without a password.
    private func start(_ arguments: [String], path: String = Stimport.binary) throws -> TerminalProcess {
        var environment = fixture.stimport.environment
        environment["STIMPORT_PASSWORD"] = nil
        return try TerminalProcess(
            path, arguments: arguments, environment: environment, folder: fixture.folder.path)
    }

    @Test("What is typed is not shown, and is the password")
    func answer() throws {
        let process = try start(["a.csv"])
        #expect(process.wait(for: "password for \(fixture.server.username): "))
        #expect(!process.echoes)
        // Somebody who asks how far it is disturbs nothing.
        process.signal(SIGUSR1)
        #expect(process.wait(for: "progress: "))
        process.type(fixture.server.password + "\n")
        #expect(process.wait().status == 0, "\(process.text)")
        #expect(process.echoes)
        #expect(!process.text.contains(fixture.server.password))
        #expect(fixture.server.createdCount == 2)
    }

    enum Ending: Sendable {
        case typed(String)
        case signal(Int32)
    }

    @Test(
        "Whatever ends it restores the echo and takes nothing more for the password",
        arguments: [
            (.typed("\u{3}"), 130, nil), (.typed("half a pass\u{3}"), 130, nil), (.signal(SIGINT), 130, nil),
            (.signal(SIGTERM), 143, nil), (.signal(SIGHUP), 143, nil), (.typed("\u{4}"), 2, nil),
            (.typed("\n"), 2, nil), (.typed("\u{1C}"), nil, SIGQUIT), (.signal(SIGQUIT), nil, SIGQUIT),
        ] as [(Ending, Int32?, Int32?)])
    func ending(how: Ending, status: Int32?, signal: Int32?) throws {
        let process = try start(["a.csv"])
        #expect(process.wait(for: "password for"))
        #expect(!process.echoes)
        switch how {
        case .typed(let text): process.type(text)
        case .signal(let number):
            process.signal(number)
            process.waitForEcho()
        }
        // The next line is meant for the shell.
        process.type(fixture.server.password + "\n")
        let end = process.wait()
        #expect(end.status == status, "\(process.text)")
        #expect(end.signal == signal)
        #expect(!end.dumpedCore)
        #expect(process.echoes)
        #expect(fixture.server.connections == 0)
        #expect(!fixture.folder.exists("state/stimport/ledger.sqlite3"))
    }

    @Test("Ctrl-Z restores the echo, and whoever comes back is asked again")
    func stopped() throws {
        // A shell with job control goes on when its job has stopped.
        let process = try start(
            [
                "-c", "set -m; \"$0\" a.csv; stty -a; echo stopped; read answer; fg; echo \"ended: $?\"",
                Stimport.binary,
            ],
            path: "/bin/sh")
        #expect(process.wait(for: "password for"))
        process.type("half a pass\u{1A}")
        #expect(process.wait(for: "stopped\r\n"))
        #expect(process.echoes)
        #expect(process.text.contains(" echo "))
        process.type("\n")
        #expect(process.wait(for: "password for", count: 2))
        #expect(!process.echoes)
        process.type(fixture.server.password + "\n")
        #expect(process.wait(for: "ended: 0"), "\(process.text)")
        #expect(process.wait().status == 0)
        #expect(process.echoes)
        #expect(fixture.server.createdCount == 2)
    }

    @Test(
        "It is the last thing: what is wrong already is said before it",
        arguments: [
            (["none.csv"], 3, "none.csv"), (["none.csv", "nor.csv"], 3, "nor.csv"), (["."], 3, "\".\""),
            (["a.csv", "--ca-file", "none.pem"], 2, "none.pem"), (["a.csv", "--log", "none/x"], 2, "none/x"),
            (["resume"], 8, "ledger"), (["a.csv", "--require-ledger"], 8, "ledger"),
            (["a.csv", "--no-header"], 2, "--columns"), (["cancel", "103317"], 2, "cancel"),
        ] as [([String], Int32, String)])
    func last(arguments: [String], status: Int32, text: String) throws {
        let process = try start(arguments)
        #expect(process.wait().status == status)
        #expect(process.text.contains(text))
        #expect(!process.text.contains("password for"), "\(process.text)")
    }

    @Test("Of several files, those that are missing are named before it")
    func someMissing() throws {
        let process = try start(["none.csv", "a.csv"])
        #expect(process.wait(for: "password for"))
        #expect(process.text.contains("none.csv"))
        process.type("\u{3}")
        #expect(process.wait().status == 130)
    }
}
