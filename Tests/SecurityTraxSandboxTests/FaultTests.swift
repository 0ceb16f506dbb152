import Foundation
import SecurityTraxSandbox
import Testing

@Suite("Faults, as a client sees them")
struct FaultTests {
    /// A fault, what a client of a post with the customers 1, 2 and 3 sees, and how many were created.
    struct Case: Sendable, CustomTestStringConvertible {
        var fault: String
        var seen: String
        var created: Int
        var testDescription: String { fault }

        init(_ fault: String, _ seen: String, created: Int) {
            self.fault = fault
            self.seen = seen
            self.created = created
        }
    }

    static let good = "200 auth:true: create:true:1 create:true:2 create:true:3"

    static let cases: [Case] = [
        // Statuses.
        Case("500", "500", created: 0),
        Case("500:after", "500", created: 3),
        Case("413", "413", created: 0),
        Case("503:retry-after=2", "503 Retry-After=2", created: 0),
        Case(
            "503:retry-after=Wed%2C%2021%20Oct%202015%2007:28:00%20GMT",
            "503 Retry-After=Wed, 21 Oct 2015 07:28:00 GMT", created: 0),
        Case(
            "401:www-authenticate=Basic%20realm=\"x\"", "401 WWW-Authenticate=Basic realm=\"x\"", created: 0),
        Case("308:location=http://example.com/", "308 Location=http://example.com/", created: 0),
        Case("204", "204", created: 0),
        Case("500:after,with-document", "500" + good.dropFirst(3), created: 3),
        Case("403:with-document", "403" + good.dropFirst(3), created: 0),
        Case("redirect:port=4", "302 Location=http://127.0.0.1:4/sandbox/informationposter.php", created: 0),
        // The connection.
        Case("close", "nothing, closed", created: 0),
        Case("close:after", "nothing, closed", created: 3),
        Case("reset", "nothing, reset", created: 0),
        Case("reset:after", "nothing, reset", created: 3),
        Case("partial", "nothing, closed", created: 1),
        Case("partial:rows=2", "nothing, closed", created: 2),
        Case("close-in-headers", "half a head, closed", created: 3),
        Case("close-in-headers:before", "half a head, closed", created: 0),
        Case("close-in-body", "200, short, closed", created: 3),
        Case("close-in-body:bytes=1", "200, short, closed", created: 3),
        Case("broken-chunk", "200, short", created: 3),
        Case("not-http", "not HTTP, closed", created: 0),
        Case("not-http:after", "not HTTP, closed", created: 3),
        Case("stall:seconds=0.01", good, created: 3),
        Case("stall:after,seconds=0.01", good, created: 3),
        Case("chunked", good, created: 3),
        Case("drip:bytes=500", good, created: 3),
        Case("close-idle", good, created: 3),
        Case("close-next", good, created: 3),
        // The document.
        Case("empty", "200", created: 0),
        Case("empty:after", "200", created: 3),
        Case("garbage:body=%3Chtml>hello", "200 <html>hello", created: 3),
        Case("too-few", "200 auth:true: create:true:1 create:true:2", created: 3),
        Case("too-few:rows=3", "200 auth:true:", created: 3),
        Case("too-many", good + " create:true:990000001", created: 3),
        Case("duplicate", "200 auth:true: create:true:1 create:true:2 create:true:1", created: 3),
        Case("shuffled", "200 auth:true: create:true:3 create:true:2 create:true:1", created: 3),
        Case("echo-mismatch", "200 auth:true: create:true:990000001 create:true:2 create:true:3", created: 3),
        Case(
            "echo-mismatch:rows=2/3",
            "200 auth:true: create:true:1 create:true:990000001 create:true:990000001", created: 3),
        Case("no-echo", "200 auth:true: create:true: create:true: create:true:", created: 3),
        Case("missing-success", "200 auth:true: create:-:1 create:-:2 create:-:3", created: 3),
        Case("maybe:rows=2", "200 auth:true: create:true:1 create:maybe:2 create:true:3", created: 3),
        Case(
            "wrong-type:rows=1", "200 auth:true: CreateSomethingElse:true:1 create:true:2 create:true:3",
            created: 3),
        // What the service says no to.
        Case("refused", "200 auth:true: create:false:1 create:false:2 create:false:3", created: 0),
        Case("refused:rows=2", "200 auth:true: create:true:1 create:false:2 create:true:3", created: 2),
        Case("auth-failure", "200 auth:false:", created: 0),
        Case(
            "auth-failure:with-creates", "200 auth:false: create:false:1 create:false:2 create:false:3",
            created: 0),
        Case("auth-failure:after", "200 auth:false: create:true:1 create:true:2 create:true:3", created: 3),
        // Success that is only said.
        Case("truncated:before", "200 auth:true: create:true:1 create:true:2", created: 0),
        Case("shuffled:before", "200 auth:true: create:true:3 create:true:2 create:true:1", created: 0),
        // Which posts.
        Case("500@1", "500", created: 0),
        Case("500@2", good, created: 3),
        Case("500@2-", good, created: 3),
        Case("500@customer=3", "500", created: 0),
        Case("500@customer=4", good, created: 3),
        Case("500@reused", good, created: 3),
        Case("500 x1", "500", created: 0),
        Case("500@share=0", good, created: 3),
        Case("500@share=1", "500", created: 0),
        Case("500@every=2", good, created: 3),
    ]

    @Test("A fault does what its text says, to the client and to the appointments", arguments: cases)
    func fault(_ expected: Case) throws {
        let server = try SandboxServer(
            SandboxConfiguration(echoes: true, faults: try FaultPlan(expected.fault)))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1", "2", "3"]))
        let answer = client.answer()
        server.waitForFinishedPosts(1)
        #expect(describe(answer) == expected.seen)
        #expect(server.createdCount == expected.created)
        #expect(server.posts == 1)
    }

    /// What a client saw, in one line.
    private func describe(_ answer: RawClient.Answer) -> String {
        guard let status = answer.status, answer.head.hasSuffix("\r\n\r\n") else {
            let part =
                answer.head.isEmpty ? "nothing" : answer.head.hasPrefix("HTTP/") ? "half a head" : "not HTTP"
            return "\(part), \(answer.end.map { "\($0)" } ?? "open")"
        }
        var text = String(status)
        for name in ["Retry-After", "Location", "WWW-Authenticate"] {
            if let value = answer.field(name) { text += " \(name)=\(value)" }
        }
        let isShort =
            answer.field("Content-Length").flatMap { Int($0) }.map { answer.body.utf8.count < $0 }
            ?? (status == 200 && !answer.body.contains("</root>"))
        if isShort { return text + ", short" + (answer.end.map { ", \($0)" } ?? "") }
        let responses = answer.body.components(separatedBy: "<response ").dropFirst()
        if responses.isEmpty, status == 200, !answer.body.isEmpty { text += " " + answer.body }
        for response in responses {
            func value(after mark: String, upTo end: Character) -> String? {
                let parts = response.components(separatedBy: mark)
                return parts.count > 1 ? String(parts[1].prefix { $0 != end }) : nil
            }
            let type = value(after: "type=\"", upTo: "\"") ?? "?"
            let name =
                type == "GetSystemAuthentication"
                ? "auth" : type == "CreateTechScheduleBySecurityTraxUniqueID" ? "create" : type
            let tag = String(response.prefix { $0 != ">" })
            let success = tag.contains("success=") ? value(after: "success=\"", upTo: "\"") ?? "?" : "-"
            text += " \(name):\(success):\(value(after: "\"SecurityTraxUniqueID\">", upTo: "<") ?? "")"
        }
        return text
    }

    @Test(
        "A stall without an end lasts until the client gives up, created or not",
        arguments: [
            ("stall", 0), ("stall:after", 2),
        ])
    func stall(_ fault: String, _ created: Int) throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(fault)))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1", "2"]))
        server.waitForPosts(1)
        server.waitForCreated(created)
        #expect(server.finishedPosts == 0)
        client.abort()
        #expect(server.waitForFinishedPosts(1))
        #expect(server.createdCount == created)
    }

    @Test("A held post waits, and goes on when it is released", arguments: [("hold", 0), ("hold:after", 1)])
    func hold(_ fault: String, _ createdMeanwhile: Int) throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(fault)))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        #expect(server.waitForHeld(1))
        #expect(server.posts == 1)
        #expect(server.createdCount == createdMeanwhile)
        server.release()
        #expect(client.answer().responses.count == 2)
        #expect(server.createdCount == 1)
    }

    @Test(
        "A held post whose client is gone is created when it is released, and not when the server stops",
        arguments: [
            true, false,
        ])
    func heldWithoutClient(_ releases: Bool) throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan("hold")))
        do {
            let client = try RawClient(server)
            client.post(Documents.post(server, ["1"]))
            server.waitForHeld(1)
        }
        if releases {
            server.release()
            server.waitForFinishedPosts(1)
        } else {
            server.stop()
        }
        #expect(server.createdCount == (releases ? 1 : 0))
    }

    @Test("A huge answer has exactly the size that was asked for")
    func huge() throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan("huge:bytes=3000000")))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        let answer = client.answer()
        #expect(answer.body.utf8.count == 3_000_000)
        #expect(answer.responses.count == 2)
    }

    @Test("A DOCTYPE comes with the answer", arguments: ["doctype", "external-entity"])
    func doctype(_ fault: String) throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(fault)))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        let answer = client.answer()
        #expect(answer.body.contains("<!DOCTYPE root ["))
        #expect(answer.body.contains("<message>&f;</message>"))
        #expect(server.createdCount == 1)
    }

    @Test(
        "The first post is answered; the second, on the same connection, is read and never answered",
        arguments: [
            "close@reused", "close@2", "reset@2",
        ])
    func reused(_ fault: String) throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(fault)))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        #expect(client.answer().status == 200)
        client.post(Documents.post(server, ["2"]))
        let rest = client.readAll()
        #expect(rest.text.isEmpty)
        #expect(rest.end == (fault.hasPrefix("reset") ? .reset : .closed))
        #expect(server.posts == 2)
        #expect(server.connections == 1)
        #expect(server.createdCount == 1)
    }

    @Test(
        "A connection that was promised to stay is closed at once, or as the next request arrives",
        arguments: [
            ("close-idle", 1), ("close-next", 2),
        ])
    func brokenPromise(_ fault: String, _ requests: Int) throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(fault)))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        #expect(client.answer().field("Connection") == "keep-alive")
        client.post(Documents.post(server, ["2"]))
        #expect(client.readAll().text.isEmpty)
        server.stop()
        #expect(server.posts == 1)
        #expect(server.requests == requests)
    }

    @Test("A post that is reset early is never read, and the next one is the first")
    func resetEarly() throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan("reset-early@1 x2")))
        for _ in 0..<2 {
            let client = try RawClient(server)
            client.post(Documents.post(server, ["1"]))
            #expect(client.readAll().text.isEmpty)
        }
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        #expect(client.answer().status == 200)
        #expect(server.requests == 3)
        #expect(server.posts == 1)
        #expect(server.createdCount == 1)
    }

    @Test(
        "A handshake is hit by what says so, and by what strikes before anything is created and names no post",
        arguments: [
            ("500", 500, 500), ("login-page", 200, 200), ("302:after", 200, 302), ("408:after@1", 200, 408),
            ("500@1", 200, 500), ("500@every=1", 200, 500), ("500@share=1", 200, 500),
            ("500@customer=1", 200, 500), ("500@handshake", 500, 200), ("500@handshake@1", 500, 200),
            ("500@handshake@2", 200, 200), ("500 x1", 500, 200), ("refused", 200, 200),
        ])
    func handshakes(fault: String, handshake: Int, post: Int) throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(fault)))
        let client = try RawClient(server)
        client.post(Documents.post(server, []))
        #expect(client.answer().status == handshake)
        client.post(Documents.post(server, ["1"]))
        #expect(client.answer().status == post)
        #expect(server.handshakes == 1)
        #expect(server.posts == 1)
        #expect(server.waitForFinishedPosts(1))
        #expect(
            server.createdCount
                == (fault.contains("after") || post == 200 && !["login-page", "refused"].contains(fault)
                    ? 1 : 0))
    }

    @Test(
        "A page has the title that was asked for; an answer can lack the authentication",
        arguments: ["before", "after"])
    func pages(place: String) throws {
        let server = try SandboxServer(
            SandboxConfiguration(
                faults: try FaultPlan("login-page:\(place),title=Closed%20today@1", "no-auth@2")))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        let answer = client.answer()
        #expect(answer.status == 200)
        #expect(answer.field("Content-Type")?.hasPrefix("text/html") == true)
        #expect(answer.body.contains("<title>Closed today</title>"))
        #expect(server.createdCount == (place == "after" ? 1 : 0))
        client.post(Documents.post(server, ["2"]))
        #expect(client.answer().responses == ["type=\"create\" success=\"true\""])
    }

    @Test("Counted faults hit so many posts, then no more, and a new plan takes over at once")
    func counted() throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan("503 x2", "500@4")))
        let client = try RawClient(server)
        func post() -> Int? {
            client.post(Documents.post(server, ["1"]))
            return client.answer().status
        }
        #expect((1...5).map { _ in post() } == [503, 503, 200, 500, 200])
        server.setFaults(try FaultPlan("429:retry-after=1"))
        #expect(post() == 429)
        server.setFaults([])
        #expect(post() == 200)
    }

    @Test("A share of the posts is the same ones for the same seed, and about as many as asked for")
    func share() throws {
        func hits(_ text: String) throws -> [Int] {
            let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(text)))
            let client = try RawClient(server)
            return (1...300).filter { _ in
                client.post(Documents.post(server, ["1"]))
                return client.answer().status == 500
            }
        }
        let first = try hits("500@share=0.2")
        #expect(first == (try hits("500@share=0.2")))
        #expect(first != (try hits("500@share=0.2@seed=7")))
        #expect((30...90).contains(first.count))
    }
}
