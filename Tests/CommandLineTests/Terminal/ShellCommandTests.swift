import AppointmentImport
import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

import AppointmentRows

@testable import stimport

@Suite("Commands of the user's")
struct ShellCommandTests {
    private func run(
        _ command: String, limit: Duration = .seconds(600), outputLimit: Int? = 100,
        stop: StopSignal = StopSignal()
    ) -> (output: String, end: ShellCommand.End) {
        let result = ShellCommand(command, limit: limit, outputLimit: outputLimit, stop: stop).run()
        return (String(decoding: result.output, as: UTF8.self), result.end)
    }

    @Test(
        "How it ended is told, and what it printed",
        arguments: [
            ("echo a", "a\n", .exited(0)), ("echo a; exit 3", "a\n", .exited(3)),
            ("kill -9 $$", "", .killed(9)), ("yes", "", .printedTooMuch(100)),
            ("yes | head -c 1000", "", .printedTooMuch(100)),
            ("yes & wait", "", .printedTooMuch(100)),
            ("head -c 100 /dev/zero | tr '\\0' x", String(repeating: "x", count: 100), .exited(0)),
            // What stays behind holds up nobody.
            ("sleep 60 2>/dev/null & echo a", "a\n", .exited(0)),
            ("exec >&-; sleep 0.1; exit 4", "", .exited(4)),
            ("cat", "", .exited(0)),
        ] as [(String, String, ShellCommand.End)])
    func end(command: String, output: String, end: ShellCommand.End) {
        let result = run(command)
        #expect(result.output == output)
        #expect(result.end == end)
    }

    @Test(
        "It finds signals as a script expects them",
        arguments: ["HUP", "INT", "QUIT", "PIPE", "ALRM", "TERM", "USR1", "USR2"])
    func signals(name: String) {
        for number in [SIGPIPE, SIGUSR1] { signal(number, SIG_IGN) }
        guard case .killed = run("kill -\(name) $$; sleep 600").end else {
            Issue.record("the signal acts")
            return
        }
    }

    #if os(Linux)
        @Test("No signal is blocked or ignored in it")
        func mask() {
            signal(SIGUSR1, SIG_IGN)
            let text = run("grep -E '^Sig(Blk|Ign):' /proc/self/status").output
            let sets = text.split(separator: "\n").compactMap { line in
                line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) }
            }
            // 32 and 33 are the C library's own.
            #expect(sets.map { $0 & ~(3 << 31) } == [0, 0], "\(text)")
        }
    #endif

    @Test(
        "One that takes too long is ended with all that it started",
        arguments: [
            "sleep 600 & echo $! > FILE; wait", "trap '' TERM; echo $$ > FILE; while :; do sleep 1; done",
            "(trap '' TERM; echo $$ > FILE; while :; do sleep 1; done) & wait", "kill -STOP $$",
        ])
    func tooLong(command: String) throws {
        let folder = try TemporaryFolder()
        let command = command.replacing("FILE", with: "'\(folder.path("child"))'")
        #expect(run(command, limit: .seconds(3)).end == .tookTooLong)
        try expectGone(folder)
    }

    @Test("A signal for us ends it at once, with all that it started")
    func stopped() throws {
        let folder = try TemporaryFolder()
        let stop = StopSignal()
        let command = "sleep 600 & echo $! > '\(folder.path("child"))'; wait"
        Thread.detachNewThread {
            _ = folder.waitForContent("child")
            stop.request(SIGTERM)
        }
        #expect(run(command, stop: stop).end == .stopped(SIGTERM))
        try expectGone(folder)
    }

    @Test(
        "A run is stopped while the password command runs",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func password(number: Int32, status: Int32) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        var stimport = fixture.stimport
        stimport.environment["STIMPORT_PASSWORD"] = nil
        stimport.environment["STIMPORT_PASSWORD_COMMAND"] = "sleep 600 & echo $! > child; wait"
        let process = try stimport.start(["a.csv"])
        #expect(fixture.folder.waitForContent("child"))
        process.signal(number)
        #expect(process.wait().status == status)
        try expectGone(fixture.folder)
        #expect(fixture.server.connections == 0)
        // The limit is a setting.
        stimport.environment["STIMPORT_COMMAND_TIMEOUT"] = "0.5"
        let late = try stimport.run("a.csv")
        #expect(late.status == 2)
        #expect(late.stderr.contains("took longer than 0.5 s"))
    }

    private func expectGone(_ folder: TemporaryFolder) throws {
        guard let text = try? folder.read("child"),
            let child = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
        else { return }
        // It may take init a moment to bury it.
        for _ in 0..<600 where isRunning(child) { usleep(100_000) }
        #expect(!isRunning(child))
    }

    private func isRunning(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 else { return false }
        guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
            return false
        }
        return stat.split(separator: ")").last?.split(separator: " ").first != "Z"
    }
}
