import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The handshake, and doubt that doesn't grow")
struct HandshakeTests {
    /// What the handshake meets, and what it comes to.
    struct Case: Sendable, CustomTestStringConvertible {
        var fault: String
        var exit: Int32
        /// The stop code.
        var code: String
        /// How often it is sent, with one retry allowed.
        var handshakes = 1
        /// What the run says of it.
        var words: String

        var testDescription: String { fault }
    }

    static let cases: [Case] = others + redirects + refusals + failures

    private static let others: [Case] = [
        Case(
            fault: "login-page", exit: 5, code: "wrong-service",
            words: "a web page titled “Log in” answered, not the API"),
        Case(
            fault: "login-page:title=Under%20maintenance", exit: 5, code: "wrong-service",
            words: "a web page titled “Under maintenance” answered, not the API"),
        Case(fault: "empty", exit: 5, code: "wrong-service", words: "empty"),
        Case(fault: "garbage:before", exit: 5, code: "wrong-service", words: "not the API"),
        Case(fault: "not-http", exit: 5, code: "wrong-service", words: "libcurl"),
        Case(fault: "doctype@handshake", exit: 5, code: "wrong-service", words: "not the API"),
        Case(fault: "401", exit: 4, code: "credentials-refused", words: "refused the credentials with 401"),
        Case(fault: "403", exit: 4, code: "credentials-refused", words: "refused the credentials with 403"),
        Case(fault: "auth-failure", exit: 4, code: "credentials-refused", words: "Authentication failed"),
        // The API's own word counts under any status.
        Case(fault: "500:with-document@handshake", exit: 0, code: "", words: ""),
    ]

    private static let redirects: [Case] = ["301", "302", "303", "307", "308"].map { status in
        Case(
            fault: "\(status):location=https://login.example/in%3Fsession=17", exit: 5, code: "wrong-service",
            words: "\(status), a redirect to https://login.example/in…, which is not followed")
    }

    private static let refusals: [Case] = [
        "400", "402", "404", "405", "406", "409", "413", "422", "451", "499",
    ].map { status in
        Case(fault: status, exit: 5, code: "wrong-service", words: "answered \(status)")
    }

    private static let failures: [Case] =
        ["500", "502", "503", "504", "408", "429:retry-after=0", "503:retry-after=0"].map { fault in
            Case(
                fault: fault, exit: 5, code: "unreachable", handshakes: 2,
                words: "answered \(fault.prefix(3))")
        }
        + ["close", "reset", "close-in-headers:before", "close-in-body@handshake"].map { fault in
            Case(fault: fault, exit: 5, code: "unreachable", handshakes: 2, words: "no complete answer")
        }

    @Test("Whatever answers it, nothing is in doubt, and it is called by its name", arguments: cases)
    func outcomes(_ line: Case) throws {
        let fixture = try SandboxFixture([line.fault])
        try fixture.write(rows: 3)
        let run = try fixture.run("a.csv", "--retries", "1", "--log", "log")
        #expect(run.status == line.exit)
        #expect(run.totals == (line.exit == 0 ? "created 3" : "pending 3"))
        #expect(fixture.server.handshakes == line.handshakes)
        if line.exit == 0 { return }
        #expect(run.summary.posts == 0)
        #expect(run.summary.batches == 0)
        #expect(run.summary.retries == 0)
        #expect(fixture.server.posts == 0)
        #expect(run.summary.stopped?.code == line.code)
        #expect(run.summary.stopped?.message.contains(line.words) == true, "\(run.process.stdout)")
        #expect(try fixture.folder.read("log").contains("handshake: "))
        // Once the service answers, the same command completes it.
        fixture.server.setFaults([])
        let second = try fixture.run("a.csv")
        #expect(second.status == 0)
        #expect(second.totals == "created 3")
        #expect(fixture.server.handshakes == line.handshakes + 1)
        #expect(fixture.server.posts == 1)
        #expect(try fixture.folder.read("log").contains("handshake: "))
    }

    @Test(
        "A failed handshake is tried again, and the run goes on",
        arguments: ["close", "500", "429:retry-after=1"])
    func retried(fault: String) throws {
        let fixture = try SandboxFixture(["\(fault)@handshake x2"])
        try fixture.write(rows: 3)
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        #expect(fixture.server.handshakes == 3)
        #expect(run.summary.posts == 1)
        #expect(run.summary.retries == 0)
    }

    @Test("An answer without a word on the authentication lets a single row show more")
    func silent() throws {
        let fixture = try SandboxFixture(["no-auth@handshake"])
        try fixture.write(rows: 6)
        let run = try fixture.run("a.csv", "--batch-size", "3")
        #expect(run.status == 0)
        #expect(sizes(fixture) == [1: 1, 2: 3, 3: 2])
    }

    @Test("A run that has nothing to post asks nobody")
    func nothingToPost() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        #expect(try fixture.run("a.csv").status == 0)
        #expect(fixture.server.handshakes == 1)
        #expect(try fixture.run("a.csv").totals == "already_created 2")
        #expect(try fixture.run("resume").status == 0)
        try fixture.write("empty.csv", rows: 0)
        #expect(try fixture.run("empty.csv").status == 0)
        #expect(try fixture.run("b.csv", "--stop-after", "0s").status == 3)
        #expect(fixture.server.handshakes == 1)
    }

    @Test(
        "Four nights of a page in the API's place: each ends with 5, and nothing is in doubt",
        arguments: [1, 4])
    func fourNights(concurrency: Int) throws {
        let fixture = try SandboxFixture(["login-page"])
        for night in 1...4 {
            try fixture.write("night\(night).csv", rows: 60, firstCustomer: 9_001 + night * 100)
            let run = try fixture.run("night\(night).csv", "--concurrency", "\(concurrency)")
            #expect(run.status == 5)
            #expect(run.totals == "pending 60")
            #expect(run.summary.stopped?.message.contains("a web page titled “Log in” answered") == true)
        }
        #expect(fixture.server.posts == 0)
        fixture.server.setFaults([])
        #expect(try fixture.run("resume").totals == "created 240")
        #expect(fixture.server.duplicates == 0)
    }

    // MARK: Doubt

    /// The rows that each post created.
    private func sizes(_ fixture: SandboxFixture) -> [Int: Int] {
        Dictionary(grouping: fixture.server.created, by: \.post).mapValues(\.count)
    }

    @Test(
        "Doubt is followed by a handshake and a single row; three in a row stop the run; the next one begins small"
    )
    func nights() throws {
        let fixture = try SandboxFixture(["500:after"])
        try fixture.write(rows: 60)
        let first = try fixture.run("a.csv", "--batch-size", "20")
        #expect(first.status == 6)
        #expect(first.totals == "in_doubt 22, pending 38")
        #expect(first.summary.stopped?.code == "too-much-doubt")
        #expect(fixture.server.handshakes == 3)
        // Night after night: a row a batch.
        for night in 1...3 {
            let run = try fixture.run("resume", "--batch-size", "20")
            #expect(run.totals == "in_doubt 3, pending \(38 - night * 3)")
            #expect(run.summary.stopped?.code == "too-much-doubt")
        }
        #expect(sizes(fixture).filter { $0.value > 1 } == [1: 20])
        // A clean answer brings the full size back, for this run and the next.
        fixture.server.setFaults([])
        let posts = fixture.server.posts
        let clean = try fixture.run("resume", "--batch-size", "20")
        #expect(clean.totals == "created 29")
        #expect(sizes(fixture).filter { $0.key > posts } == [posts + 1: 1, posts + 2: 20, posts + 3: 8])
        try fixture.write("b.csv", rows: 20, firstCustomer: 9_500)
        #expect(try fixture.run("b.csv", "--batch-size", "20").summary.posts == 1)
        #expect(fixture.server.duplicates == 0)
    }

    @Test("The fact outlives a run that is killed, and one that only met a page")
    func remembered() throws {
        let fixture = try SandboxFixture(["500:after@1-3", "hold:before@4"])
        try fixture.write(rows: 30)
        #expect(try fixture.run("a.csv", "--batch-size", "10").totals == "in_doubt 12, pending 18")
        let killed = try fixture.stimport.start(["resume", "--batch-size", "10"])
        #expect(fixture.server.waitForHeld(1))
        killed.signal(SIGKILL)
        killed.wait()
        try fixture.server.setFaults(FaultPlan("login-page"))
        fixture.server.release()
        #expect(fixture.server.waitForFinishedPosts(4))
        #expect(try fixture.run("resume").status == 5)
        fixture.server.setFaults([])
        let run = try fixture.run("resume", "--batch-size", "10")
        #expect(run.totals == "created 17")
        #expect(sizes(fixture).filter { $0.key > 4 } == [5: 1, 6: 10, 7: 6])
    }

    @Test(
        "After doubt claiming pauses until a single row was answered, whatever the concurrency",
        arguments: [1, 4])
    func probe(concurrency: Int) throws {
        let fixture = try SandboxFixture(["hold:after@\(concurrency + 1)", "500:after@1"])
        try fixture.write(rows: 60)
        let process = try fixture.stimport.start([
            "a.csv", "--batch-size", "5", "--concurrency", "\(concurrency)", "--format", "json",
        ])
        // The first posts, of which one is in doubt; with others in flight a few more may have left before it came.
        #expect(fixture.server.waitForHeld(1))
        fixture.server.setFaults([])
        fixture.server.release()
        let run = try SandboxFixture.read(process.wait())
        #expect(run.status == 6)
        #expect(run.totals == "created 55, in_doubt 5")
        #expect(fixture.server.handshakes == 2)
        #expect(sizes(fixture).values.count { $0 == 1 } >= 1)
        #expect(fixture.server.duplicates == 0)
    }

    @Test("A page after doubt leaves the rest pending")
    func pageAfterDoubt() throws {
        let fixture = try SandboxFixture(["login-page:after@1", "login-page@handshake@2-"])
        try fixture.write(rows: 6)
        let run = try fixture.run("a.csv", "--batch-size", "2")
        #expect(run.status == 6)
        #expect(run.totals == "in_doubt 2, pending 4")
        #expect(run.summary.stopped?.code == "wrong-service")
        #expect(try fixture.report()["reason"].first == "a web page titled “Log in” answered, not the API")
    }

    // MARK: Without

    @Test("--no-handshake begins with a single row until the endpoint has answered in its last run")
    func noHandshake() throws {
        let fixture = try SandboxFixture()
        func run(_ name: String, _ arguments: String...) throws -> [Int] {
            let before = fixture.server.posts
            try fixture.write(name, rows: 6, firstCustomer: 9_001 + before * 10)
            #expect(try fixture.run([name, "--batch-size", "6"] + arguments).summary.totals.rows == 6)
            return sizes(fixture).filter { $0.key > before }.sorted { $0.key < $1.key }.map(\.value)
        }
        #expect(try run("a.csv", "--no-handshake") == [1, 5])
        #expect(try run("b.csv", "--no-handshake") == [6])
        #expect(fixture.server.handshakes == 0)
        // Its last run met a page.
        fixture.server.setFaults(try FaultPlan("login-page"))
        #expect(try run("c.csv") == [])
        fixture.server.setFaults([])
        #expect(try run("d.csv", "--no-handshake") == [1, 5])
        #expect(fixture.server.handshakes == 1)
    }

    @Test("--no-handshake can be a setting, and a page then costs a row a batch")
    func noHandshakeSetting() throws {
        let fixture = try SandboxFixture(["login-page"])
        try fixture.folder.write("settings.json", "{\"noHandshake\": true}")
        try fixture.write(rows: 60)
        let run = try fixture.run("a.csv", "--config", "settings.json")
        #expect(run.status == 6)
        #expect(run.totals == "in_doubt 3, pending 57")
        #expect(fixture.server.handshakes == 0)
    }

    // MARK: Ends

    @Test("A run killed while it waits for the handshake leaves nothing in doubt")
    func killed() throws {
        let fixture = try SandboxFixture(["hold@handshake"])
        try fixture.write(rows: 6)
        let process = try fixture.stimport.start(["a.csv"])
        #expect(fixture.server.waitForHeld(1))
        process.signal(SIGKILL)
        process.wait()
        fixture.server.setFaults([])
        fixture.server.release()
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        #expect(run.totals == "created 6")
        #expect(fixture.server.duplicates == 0)
    }

    @Test(
        "A signal ends a run that waits for the handshake at once",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func interrupted(signal: (number: Int32, status: Int32)) throws {
        let fixture = try SandboxFixture(["hold@handshake"])
        try fixture.write(rows: 6)
        let process = try fixture.stimport.start(["a.csv", "--format", "json"])
        #expect(fixture.server.waitForHeld(1))
        process.signal(signal.number)
        // Nobody lets the handshake go on.
        let run = try SandboxFixture.read(process.wait())
        #expect(run.status == signal.status)
        #expect(fixture.server.posts == 0)
        let stopped = try #require(run.summary.stopped)
        #expect(stopped.message.hasSuffix("none of its rows is kept"))
        #expect(stopped.fix == "start it again with the same files", "there is nothing to resume")
        fixture.server.setFaults([])
        fixture.server.release()
        #expect(try fixture.run("a.csv").totals == "created 6")
    }

    @Test("--stop-after ends a run that waits for the handshake")
    func timeRunsOut() throws {
        let fixture = try SandboxFixture(["hold@handshake"])
        try fixture.write(rows: 6)
        let run = try fixture.run("a.csv", "--stop-after", "1s")
        #expect(run.status == 5)
        #expect(run.totals == "pending 6")
        #expect(run.summary.stopped?.code == "time-ran-out")
    }
}
