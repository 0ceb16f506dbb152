import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("How a run treats the service")
struct ServiceTests {
    @Test("A port that refuses leaves everything pending, and the same command completes it")
    func refusedPort() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let port = fixture.server.port
        fixture.server.stop()
        let first = try fixture.run("a.csv", "--retries", "1")
        #expect(first.status == 5)
        #expect(first.totals == "pending 3")
        // Handshakes are no posts.
        #expect(first.summary.posts == 0)
        #expect(first.summary.retries == 0)
        #expect(first.summary.ledgerCreated)
        // The endpoint is the same one, so its rows are too.
        let server = try SandboxServer(SandboxConfiguration(port: port))
        let second = try fixture.run("a.csv")
        #expect(second.status == 0)
        #expect(second.totals == "created 3")
        #expect(server.createdCount == 3)
        #expect(!second.summary.ledgerCreated)
    }

    @Test("A server that speaks no TLS gets nothing, and everything stays pending")
    func plainServerAskedForTLS() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let endpoint = fixture.server.endpoint.replacingOccurrences(of: "http:", with: "https:")
        let run = try fixture.run("a.csv", "--retries", "1", "--timeout", "5", "--endpoint", endpoint)
        #expect(run.status == 5)
        #expect(run.totals == "pending 3")
        #expect(run.summary.posts == 0)
        #expect(fixture.server.posts + fixture.server.handshakes == 0)
    }

    @Test("A redirect is not followed, wherever it leads", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) throws {
        let target = try SandboxServer()
        let fixture = try SandboxFixture(["\(status):location=\(target.endpoint)"])
        try fixture.write(rows: 2)
        let run = try fixture.run("a.csv")
        #expect(run.status == 5)
        #expect(run.totals == "pending 2")
        // After booking: whether it proves anything or not.
        try fixture.server.setFaults(FaultPlan("\(status):after,location=\(target.endpoint)@1"))
        let second = try fixture.run("a.csv")
        #expect(second.status == ([302, 303].contains(status) ? 6 : 5))
        #expect(target.connections == 0)
    }

    @Test("Wrong credentials post nothing and leave everything pending")
    func wrongCredentials() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let run = try fixture.run(["a.csv"], environment: ["STIMPORT_PASSWORD": "mistyped"])
        #expect(run.status == 4)
        #expect(run.totals == "pending 3")
        #expect(fixture.server.posts == 0)
        #expect(fixture.server.failedAuthentications == 1)
        let second = try fixture.run("resume")
        #expect(second.status == 0)
        #expect(second.totals == "created 3")
    }

    @Test("Retry-After is waited for")
    func retryAfter() throws {
        let fixture = try SandboxFixture(["503:retry-after=2@1"])
        try fixture.write(rows: 1)
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        #expect(run.summary.seconds >= 2)
        #expect(run.summary.retries == 1)
    }

    @Test("Retry-After pauses every post, not only the batch that was told so")
    func retryAfterPausesAll() throws {
        let fixture = try SandboxFixture(["429:retry-after=600@1"])
        try fixture.write(rows: 6)
        let process = try fixture.stimport.start([
            "a.csv", "--batch-size", "2", "--concurrency", "1", "--format", "json",
        ])
        #expect(fixture.server.waitForFinishedPosts(1))
        // Long enough for the next batch to be posted, were it not told to wait.
        Thread.sleep(forTimeInterval: 0.5)
        #expect(fixture.server.posts == 1)
        process.signal(SIGINT)
        let run = try SandboxFixture.read(process.wait())
        #expect(run.status == 130)
        #expect(run.totals == "pending 6")
        #expect(fixture.server.posts == 1)
    }

    @Test("After doubt one row probes, and the full size returns with a clean answer")
    func probe() throws {
        let fixture = try SandboxFixture(["close@2"])
        try fixture.write(rows: 12)
        let run = try fixture.run("a.csv", "--batch-size", "4")
        #expect(run.status == 6)
        #expect(run.totals == "created 8, in_doubt 4")
        // Posts 1, 3, 4: the first batch, the probe, and the three rows that are left.
        let sizes = Dictionary(grouping: fixture.server.created, by: \.post).mapValues(\.count)
        #expect(sizes == [1: 4, 3: 1, 4: 3])
    }

    @Test("Whatever is on the way when the service dies is in doubt, and the rest stays pending")
    func doubtWithConcurrency() throws {
        let fixture = try SandboxFixture(["hold:after@1-4"])
        try fixture.write(rows: 40)
        let process = try fixture.stimport.start([
            "a.csv", "--batch-size", "4", "--concurrency", "4", "--format", "json",
        ])
        #expect(fixture.server.waitForHeld(4))
        #expect(fixture.server.largestBatch == 4)
        // Whoever is on the way when the server dies can't be told; nobody follows.
        fixture.server.stop()
        let run = try SandboxFixture.read(process.wait())
        #expect(run.status == 6)
        #expect(run.totals == "in_doubt 16, pending 24")
        #expect(fixture.server.createdCount == 16)
        // The first doubt sends a handshake on its way, to a port that refuses by now.
        #expect(run.summary.posts == 4)
    }

    @Test("A thousand rows go out in twenty posts, and a second run posts nothing")
    func thousand() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1_000)
        let first = try fixture.run("a.csv")
        #expect(first.status == 0)
        #expect(first.totals == "created 1000")
        #expect(first.summary.posts == 20)
        #expect(fixture.server.posts == 20)
        #expect(fixture.server.createdCount == 1_000)
        #expect(fixture.server.duplicates == 0)
        #expect(fixture.server.largestBatch == 50)
        let second = try fixture.run("a.csv")
        #expect(second.status == 0)
        #expect(second.totals == "already_created 1000")
        #expect(second.summary.posts == 0)
        #expect(fixture.server.posts == 20)
    }

    @Test("What is posted is what the file says, field by field")
    func content() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 7)
        #expect(try fixture.run("a.csv").status == 0)
        #expect(fixture.server.created.map(\.values) == SampleRows.texts(count: 7))
    }

    @Test("Rows that an echo could not tell apart go to different posts")
    func twins() throws {
        let fixture = try SandboxFixture()
        let day = SampleRows.day(10)
        try fixture.folder.write(
            "a.csv",
            """
            \(SampleRows.header)
            9001,11,\(day) 9:00,\(day) 10:00,1,,
            9001,12,\(day) 9:00,\(day) 10:00,1,,
            9002,11,\(day) 9:00,\(day) 10:00,1,,

            """)
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        #expect(run.totals == "created 3")
        #expect(fixture.server.created.map(\.post).sorted() == [1, 1, 2])
    }

    @Test("No more posts a second than --rate allows")
    func rate() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let run = try fixture.run("a.csv", "--batch-size", "1", "--rate", "2", "--concurrency", "3")
        #expect(run.status == 0)
        #expect(run.summary.posts == 3)
        #expect(run.summary.seconds >= 1)
    }

    @Test("The connection is used once, so that no post can be sent twice behind our back")
    func noReuse() throws {
        let fixture = try SandboxFixture(["close@reused"])
        try fixture.write(rows: 6)
        let run = try fixture.run("a.csv", "--batch-size", "2")
        #expect(run.status == 0)
        // The handshake, and three posts.
        #expect(fixture.server.requests == 4)
        #expect(fixture.server.connections == 4)
    }
}
