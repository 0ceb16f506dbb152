import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A reader that stops reading")
struct StuckReaderTests {
    /// A pipe with a name that is full and that nobody reads.
    private final class StuckPipe: Sendable {
        let descriptor: Int32

        init(_ path: String) throws {
            try #require(mkfifo(path, 0o600) == 0)
            descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
            let bytes = [UInt8](repeating: UInt8(ascii: "."), count: 4_096)
            for size in [bytes.count, 1] { while write(descriptor, bytes, size) > 0 {} }
        }

        /// Reads everything until a text comes.
        func read(until text: String) -> String {
            var all: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while !String(decoding: all, as: UTF8.self).contains(text) {
                let count = Foundation.read(descriptor, &buffer, buffer.count)
                if count > 0 { all += buffer[..<count] } else { usleep(2_000) }
            }
            return String(decoding: all, as: UTF8.self)
        }

        deinit { close(descriptor) }
    }

    /// Starts the program with some of its outputs led elsewhere.
    private func start(_ fixture: SandboxFixture, _ redirection: String, _ arguments: [String]) throws
        -> RunningProcess
    {
        try fixture.stimport.start(shell: "exec \"$0\" \"$@\" \(redirection)", arguments)
    }

    /// 3,000 rows whose findings are more than the program keeps for a reader.
    private static let bad = (0..<3_000).map { "x\($0)\(String(repeating: "y", count: 150)),,,9,,,\n" }
        .joined()

    @Test(
        "It holds up no delivery: every row is posted and settled, and the lock is free",
        arguments: [
            ("2>stuck", []), ("2>stuck", ["--verbose"]), ("2>stuck", ["--log-format", "json"]),
            ("", ["--log", "stuck"]), (">stuck", ["--verbose"]), (">stuck 2>&1", ["--verbose"]),
        ] as [(String, [String])])
    func delivery(redirection: String, flags: [String]) throws {
        let fixture = try SandboxFixture()
        let pipe = try StuckPipe(fixture.folder.path("stuck"))
        try fixture.folder.write("a.csv", SampleRows.csv(count: 60) + Self.bad)
        let process = try start(fixture, redirection, ["a.csv", "--batch-size", "2"] + flags)
        while fixture.server.createdCount < 60 { usleep(2_000) }
        // Another run gets the lock although nobody has read a byte.
        try fixture.write("b.csv", rows: 1, firstCustomer: 9_900)
        #expect(try fixture.run("b.csv", "--wait-for-lock", "10m").totals == "created 1")
        #expect(SandboxFixture.totals(try fixture.report("--run", "1")) == "created 60, invalid 3000")
        // What waits for standard output's reader ends with the first signal.
        process.signal(SIGTERM)
        #expect(process.wait().status == 1)
        withExtendedLifetime(pipe) {}
    }

    @Test("Signals end a run whose output nobody reads, whatever the server does")
    func signals() throws {
        let fixture = try SandboxFixture(["hold:before"])
        let pipe = try StuckPipe(fixture.folder.path("stuck"))
        try fixture.write(rows: 6)
        let process = try start(fixture, ">stuck 2>&1", ["a.csv", "--batch-size", "2", "--verbose"])
        #expect(fixture.server.waitForHeld(1))
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now(), repeating: .milliseconds(100))
        timer.setEventHandler { process.signal(SIGTERM) }
        timer.resume()
        #expect(process.wait().status == 143)
        timer.cancel()
        fixture.server.release()
        withExtendedLifetime(pipe) {}
    }

    @Test("A check is ended by a signal while it waits for its reader")
    func check() throws {
        let fixture = try SandboxFixture()
        let pipe = try StuckPipe(fixture.folder.path("stuck"))
        try fixture.folder.write("a.csv", SampleRows.header + "\n" + Self.bad)
        let process = try start(fixture, ">stuck", ["check", "a.csv", "--verbose"])
        usleep(300_000)
        process.signal(SIGTERM)
        let end = process.wait()
        // On a busy machine it may not have begun by now.
        #expect(end.status == 143 || end.status == 1 || end.signal == SIGTERM)
        withExtendedLifetime(pipe) {}
    }

    @Test(
        "One that is only slow gets the whole result",
        arguments: [["a.csv"], ["check", "a.csv", "--format", "csv"]])
    func slow(arguments: [String]) throws {
        let fixture = try SandboxFixture()
        let pipe = try StuckPipe(fixture.folder.path("stuck"))
        try fixture.folder.write("a.csv", SampleRows.csv(count: 2) + Self.bad)
        let process = try start(
            fixture, ">stuck", arguments + (arguments.count == 1 ? ["--format", "json"] : []))
        usleep(200_000)
        let end = arguments.count == 1 ? "\n}\n" : "x2999"
        let text = pipe.read(until: end)
        if arguments.count > 1 {
            let lines = text.split(separator: "\n").count { $0.contains("invalid-customer-id") }
            #expect(lines == 3_000)
        } else {
            let json = text.drop { $0 == "." }
            #expect(try ImportSummary(String(json)).totals.description == "created 2, invalid 3000")
        }
        process.signal(SIGTERM)
        #expect(process.wait().status == 1)
    }
}
