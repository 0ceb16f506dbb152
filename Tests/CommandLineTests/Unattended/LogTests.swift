import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The log of a run")
struct LogTests {
    private func runner(_ faults: String...) throws -> (Stimport, SandboxServer) {
        let server = try SandboxServer(
            SandboxConfiguration(password: "s3cret-<&>-word", faults: try FaultPlan(parsing: faults)))
        let stimport = try Stimport(for: server)
        try stimport.folder.write("a.csv", SampleRows.csv(count: 4))
        return (stimport, server)
    }

    private func entries(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map { line in
            try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
        }
    }

    @Test("Where standard error is no terminal, each line has a time and a level")
    func text() throws {
        let (stimport, server) = try runner("429@1")
        defer { server.stop() }
        let outcome = try stimport.run("a.csv", "--batch-size", "2")
        #expect(outcome.status == 0)
        let lines = outcome.stderr.split(separator: "\n")
        #expect(lines.count > 5)
        for line in lines {
            #expect(
                line.contains(#/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z stimport: (info|warning|error): ./#),
                "\(line)")
        }
    }

    @Test("As JSON, each line is one object with the event, and a settled batch has all that is known of it")
    func json() throws {
        let (stimport, server) = try runner("429:retry-after=2@1")
        let outcome = try stimport.run(
            "a.csv", "--batch-size", "4", "--log-format", "json", "--log", "x.log", "--verbose")
        #expect(outcome.status == 0)
        let log = try stimport.folder.read("x.log")
        #expect(log == outcome.stderr)
        let entries = try entries(log)
        let events = entries.compactMap { $0["event"] as? String }
        #expect(events.first == "began")
        #expect(events.last == "ended")
        for event in ["staged", "posting", "settled", "paused", "delivered", "file"] {
            #expect(events.contains(event))
        }
        let settled = entries.filter { $0["event"] as? String == "settled" }
        #expect(settled.map { $0["attempt"] as? Int } == [1, 2])
        #expect(settled.map { $0["status"] as? Int } == [429, 200])
        #expect(settled.map { $0["level"] as? String } == ["warning", "info"])
        #expect(settled.last?["created"] as? Int == 4)
        #expect(
            settled.allSatisfy { $0["milliseconds"] is Int && $0["run"] as? Int == 1 && $0["batch"] is Int })
        #expect(entries.last?["exit"] as? Int == 0)
        #expect(!log.contains(server.password) && !log.contains("s3cret"))
    }

    @Test("The log file is private, appended to, and gets its lines with --quiet too")
    func file() throws {
        let (stimport, server) = try runner()
        defer { server.stop() }
        for _ in 1...2 {
            let outcome = try stimport.run("a.csv", "--quiet", "--log", "x.log")
            #expect(outcome.status == 0)
            #expect(outcome.stdout + outcome.stderr == "")
        }
        let log = try stimport.folder.read("x.log")
        #expect(log.contains("run 1 ended with 0"))
        #expect(log.contains("run 2 ended with 0"))
        var status = stat()
        stat(stimport.folder.path("x.log"), &status)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("With --quiet a run that did not end well shows its warnings")
    func quietFailure() throws {
        let (stimport, server) = try runner("close@1")
        defer { server.stop() }
        let outcome = try stimport.run("a.csv", "--quiet")
        #expect(outcome.status == 6)
        #expect(outcome.stderr.contains("4 in doubt"))
        #expect(outcome.stderr.contains("run 1 ended with 6"))
    }

    @Test(
        "A log that can't be opened ends with 2 before anything is sent or made",
        arguments: ["none/x.log", "."])
    func unopenable(path: String) throws {
        let (stimport, server) = try runner()
        let outcome = try stimport.run("a.csv", "--log", path)
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("the log ") || outcome.stderr.contains("--log names a folder"))
        #expect(server.connections == 0)
        #expect(try stimport.folder.list() == ["a.csv"])
    }

    @Test("The journal gets priorities and no time, where standard error is really its stream")
    func journal() throws {
        let (stimport, server) = try runner("close@1")
        defer { server.stop() }
        let log = stimport.folder.path("journal")
        try stimport.folder.write("journal", "")
        var status = stat()
        stat(log, &status)
        // The shell leads standard error to the file whose device and inode the variable names.
        let script = "exec \"$0\" \"$@\" 2>>'\(log)'"
        func run(_ stream: String) throws -> ProcessOutcome {
            try stimport.start(shell: script, ["a.csv"], environment: ["JOURNAL_STREAM": stream]).wait()
        }
        #expect(try run("\(status.st_dev):\(status.st_ino)").status == 6)
        let lines = try stimport.folder.read("journal").split(separator: "\n")
        #expect(lines.count > 3)
        for line in lines { #expect(line.contains(#/^<[346]>(error|warning|info): /#), "\(line)") }
        try stimport.folder.write("journal", "")
        _ = try run("1:1")
        #expect(try !stimport.folder.read("journal").contains("<6>"))
    }

    @Test(
        "Where log and summary go to one place, a remark on a file stands there once; in a file of its own it stands too"
    )
    func once() throws {
        let (stimport, server) = try runner()
        defer { server.stop() }
        _ = try stimport.run("a.csv")
        let place = stimport.folder.path("place")
        for arguments in [[], ["--verbose"]] {
            try stimport.folder.write("place", "")
            let script = "exec \"$0\" \"$@\" >>'\(place)' 2>&1"
            _ = try stimport.start(shell: script, ["a.csv", "--log", "own.log"] + arguments).wait()
            let text = try stimport.folder.read("place")
            #expect(text.components(separatedBy: "byte for byte").count == 2, "\(text)")
        }
        #expect(try stimport.folder.read("own.log").components(separatedBy: "byte for byte").count == 3)
        #expect(try stimport.run("a.csv").stderr.contains("byte for byte"))
    }

    @Test("Text from a file's name does not reach the terminal as it is")
    func escaped() throws {
        let (stimport, server) = try runner()
        defer { server.stop() }
        try stimport.folder.write("x\u{1B}[31m\nfake.csv", SampleRows.csv(count: 1))
        for format in ["text", "json"] {
            let outcome = try stimport.run(["x\u{1B}[31m\nfake.csv", "--log-format", format])
            #expect(outcome.status == 0)
            #expect(!outcome.stderr.contains("\u{1B}"))
            #expect(!outcome.stderr.contains("\nfake"))
        }
    }
}
