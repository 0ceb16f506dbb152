import Foundation
import SecurityTraxSandbox
import Synchronization
import TestSupport
import Testing

@Suite("A heartbeat service is told how runs fare")
struct HeartbeatTests {
    private static let secret = "4c1d-s3cr3t-check"
    private static let good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"

    private let fixture: SandboxFixture
    private var stimport: Stimport { fixture.stimport }

    init() throws {
        fixture = try SandboxFixture()
        try fixture.write(rows: 4)
    }

    private func url(_ server: RawServer) -> String { "http://127.0.0.1:\(server.port)/\(Self.secret)" }

    /// What was posted: the words (`start`, `success`, `fail`), and the bodies.
    private func told(_ server: RawServer) throws -> [(word: String, body: String)] {
        try server.requests.map { request in
            let text = String(decoding: request, as: UTF8.self)
            let path = try #require(text.split(separator: " ").dropFirst().first)
            let body = try #require(text.range(of: "\r\n\r\n")).upperBound
            let word = path.dropFirst(Self.secret.count + 1)
            return (word.isEmpty ? "success" : String(word.dropFirst()), String(text[body...]))
        }
    }

    private func listener(_ answer: String = good) throws -> RawServer {
        try RawServer { _ in [.read, .send(answer)] }
    }

    @Test("A run is told of at its start and its end, with its counts and nothing that anybody is called")
    func counts() throws {
        let server = try listener()
        defer { server.stop() }
        try fixture.folder.write(
            "smith-and-sons.csv", SampleRows.csv(count: 2, firstCustomer: 5_001) + "x,,,,,,\n")
        let outcome = try stimport.run(["smith-and-sons.csv", "--ping-url", url(server)])
        #expect(outcome.status == 1)
        let told = try told(server)
        #expect(told.map(\.word) == ["start", "success"])
        #expect(told[0].body == #"{"command":"import"}"#)
        #expect(
            told[1].body
                == #"{"command":"import","run":1,"exit":1,"stopped":null,"rows":3,"created":2,"already_created":0,"#
                + #""duplicate":0,"skipped":0,"invalid":1,"refused":0,"in_doubt":0,"pending":0}"#)
    }

    @Test(
        "After any end but 0 and 1 the word is fail",
        arguments: [("429@1-", 5), ("close@1", 6), ("auth-failure", 4)])
    func failures(fault: String, status: Int) throws {
        let server = try listener()
        defer { server.stop() }
        fixture.server.setFaults(try FaultPlan(fault))
        let outcome = try stimport.run(
            ["a.csv", "--retries", "0"], environment: ["STIMPORT_PING_URL": url(server)])
        #expect(outcome.status == Int32(status))
        let told = try told(server)
        #expect(told.map(\.word) == ["start", "fail"])
        #expect(told[1].body.contains("\"exit\":\(status),"))
    }

    @Test("A resume and a run of an inbox are told of too")
    func resume() throws {
        let server = try listener()
        defer { server.stop() }
        let environment = ["STIMPORT_PING_URL": url(server)]
        try FileManager.default.createDirectory(
            atPath: fixture.folder.path("in"), withIntermediateDirectories: true)
        #expect(try stimport.run(["--inbox", "in"], environment: environment).status == 0)
        #expect(try stimport.run(["resume"], environment: environment).status == 0)
        let told = try told(server)
        #expect(told.map(\.word) == ["start", "success", "start", "success"])
        #expect(told[3].body.hasPrefix(#"{"command":"resume","run":2,"exit":0"#))
    }

    @Test("A run that could not begin is told of: the settings, the lock, the ledger")
    func couldNotBegin() throws {
        let server = try listener()
        defer { server.stop() }
        let environment = ["STIMPORT_PING_URL": url(server)]
        #expect(
            try stimport.run(
                ["a.csv"], environment: environment.merging(["STIMPORT_ENDPOINT": ""]) { $1 }
            ).status == 2)
        #expect(try stimport.run(["--inbox", "none"], environment: environment).status == 2)
        #expect(try stimport.run(["a.csv", "--require-ledger"], environment: environment).status == 8)
        fixture.server.setFaults(try FaultPlan("hold@1"))
        let first = try stimport.start(["a.csv"])
        #expect(fixture.server.waitForHeld(1))
        #expect(try stimport.run(["a.csv"], environment: environment).status == 7)
        fixture.server.setFaults([])
        fixture.server.release()
        first.wait()
        let told = try told(server)
        #expect(told.map(\.word) == ["start", "fail", "start", "fail", "start", "fail", "start", "fail"])
        #expect(
            [1, 3, 5, 7].map { told[$0].body } == [2, 2, 8, 7].map { #"{"command":"import","exit":\#($0)}"# })
    }

    @Test(
        "A run whose settings can't be used is told of, wherever the address stands",
        arguments: [
            ["--batch-size", "0"], ["--timeout", "x"], ["--profile", "none"], ["--post-between", "8-25"],
            ["--config", "bad.json"], ["--config", "none.json"],
        ], ["flag", "variable", "file"])
    func wrongSettings(arguments: [String], place: String) throws {
        let server = try listener()
        defer { server.stop() }
        try fixture.folder.write("bad.json", #"{ "batchSize": 3.5, "pingUrl": "\#(url(server))" }"#)
        try fixture.folder.write("config/stimport/settings.json", #"{ "pingUrl": "\#(url(server))" }"#)
        if place != "file" { unlink(fixture.folder.path("config/stimport/settings.json")) }
        let outcome = try stimport.run(
            ["a.csv"] + arguments + (place == "flag" ? ["--ping-url", url(server)] : []),
            environment: place == "variable" ? ["STIMPORT_PING_URL": url(server)] : [:])
        #expect(outcome.status == 2)
        // In a file that is not there, or is wrong, nobody can read an address.
        let isKnown = place != "file" || !arguments.contains("--config")
        #expect(try told(server).map(\.word) == (isKnown ? ["start", "fail"] : []), "\(outcome.stderr)")
        // A rehearsal is told to nobody.
        let before = server.requests.count
        _ = try stimport.run(
            ["a.csv", "--dry-run"] + arguments, environment: ["STIMPORT_PING_URL": url(server)])
        _ = try stimport.run(
            ["status", "--check", "x"], environment: ["STIMPORT_PING_URL": url(server)])
        #expect(server.requests.count == before)
    }

    @Test(
        "Nothing else is told of",
        arguments: [["a.csv", "--dry-run"], ["a.csv", "--sandbox"], ["check", "a.csv"], ["status"]])
    func others(arguments: [String]) throws {
        let server = try listener()
        defer { server.stop() }
        _ = try stimport.run(arguments, environment: ["STIMPORT_PING_URL": url(server)])
        #expect(server.connections == 0)
    }

    @Test(
        "A service that fails is one warning a ping, which names its host alone, and changes nothing",
        arguments: [
            "HTTP/1.1 500 Oops\r\nContent-Length: 9\r\n\r\nSECRETURL",
            "HTTP/1.1 302 Go\r\nLocation: http://127.0.0.1:1/SECRETURL\r\nContent-Length: 0\r\n\r\n",
            "nonsense\r\n\r\n",
        ])
    func failing(answer: String) throws {
        let server = try RawServer { _ in
            [.read, .send(answer.replacingOccurrences(of: "SECRETURL", with: Self.secret)), .close]
        }
        defer { server.stop() }
        let outcome = try stimport.run(["a.csv", "--ping-url", url(server), "--format", "json"])
        #expect(outcome.status == 0)
        #expect(try ImportSummary(outcome.stdout).totals.description == "created 4")
        #expect(
            outcome.stderr.split(separator: "\n").filter {
                $0.contains("heartbeat service at 127.0.0.1 was not told")
            }
            .count == 2)
        #expect(!outcome.stderr.contains(Self.secret) && !outcome.stderr.contains("\(server.port)"))
        #expect(server.connections == 2)
    }

    @Test("A start that is not answered holds up no post")
    func startHangs() throws {
        let gate = DispatchSemaphore(value: 0)
        let server = try RawServer { number in
            if number == 1 { gate.wait() }
            return [.read, .send(Self.good)]
        }
        defer { server.stop() }
        let process = try stimport.start(["a.csv", "--ping-url", url(server)])
        // The result is there while the service has not even read the start.
        #expect(process.waitForOutput("4 rows = 4 created"))
        #expect(server.requests.isEmpty)
        gate.signal()
        #expect(process.wait().status == 0)
        #expect(fixture.server.createdCount == 4)
    }

    @Test("The address is in no output, no file, no list of processes and no child's environment")
    func secrecy() throws {
        let gate = DispatchSemaphore(value: 0)
        let server = try RawServer { number in
            if number == 1 { gate.wait() }
            return [.read, .send("HTTP/1.1 500 \(Self.secret)\r\nContent-Length: 0\r\n\r\n")]
        }
        defer { server.stop() }
        fixture.server.setFaults(try FaultPlan("429@1-"))
        let process = try stimport.start([
            "a.csv", "--ping-url", url(server), "--retries", "0", "--verbose", "--log", "run.log",
            "--metrics",
            "m.prom", "--notify-command", "cat > told.json; env > told.env",
        ])
        #expect(process.waitForOutput("4 pending"))
        #if os(Linux)
            let line = try Data(contentsOf: URL(fileURLWithPath: "/proc/\(process.processID)/cmdline"))
            let arguments = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            let place = try #require(arguments.firstIndex(of: "--ping-url"))
            #expect(arguments[place + 1].allSatisfy { $0 == "x" } && arguments[place + 2] == "--retries")
        #endif
        gate.signal()
        var outcomes = [process.wait()]
        #expect(outcomes[0].status == 5)
        let environment = ["STIMPORT_PING_URL": url(server)]
        outcomes.append(
            try stimport.run(
                ["resume", "--retries", "0", "--notify-command", "env > other.env"], environment: environment)
        )
        try fixture.folder.write("s.json", #"{ pingUrl: "\#(url(server))" }"#)
        let shown = try stimport.run(["config", "--config", "s.json"])
        #expect(shown.stdout.contains("http://127.0.0.1/********"))
        outcomes += [shown, try stimport.run(["config", "--format", "json"], environment: environment)]
        outcomes.append(try stimport.run(["doctor", "--config", "s.json"]))
        for arguments in [["report"], ["status"], ["report", "--format", "html"]] {
            outcomes.append(try stimport.run(arguments))
        }
        for outcome in outcomes {
            #expect(!outcome.stdout.contains(Self.secret) && !outcome.stderr.contains(Self.secret))
        }
        let names = try fixture.folder.list().filter { $0 != "s.json" }
        #expect(names.contains("told.env") && names.contains("other.env") && names.contains("run.log"))
        for name in names {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: fixture.folder.path(name)))
            #expect(bytes.range(of: Data(Self.secret.utf8)) == nil, "\(name)")
        }
    }

    @Test(
        "An address that can't be used is wrong usage, and is not repeated",
        arguments: [
            ["--ping-url", "http://example.com/SECRET"], ["--ping-url=SECRET"],
            ["--ping-url", "https://a@b/SECRET"],
            ["--ping-url", "https://a.b/SECRET", "--ping-url", "https://a.b/SECRET2"], ["--ping-url="],
        ])
    func refused(arguments: [String]) throws {
        let outcome = try stimport.run(["a.csv"] + arguments)
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("--ping-url") && !outcome.stderr.contains("SECRET"))
        #expect(fixture.server.connections == 0)
    }
}
