import Foundation
import SecurityTrax
import TestSupport
import Testing

/// A client of that port, and what a post of a realistic size is answered with.
func client(
    port: Int, scheme: String = "http", _ change: (inout HTTPClient.Configuration) -> Void = { _ in }
) throws -> HTTPClient {
    var configuration = HTTPClient.Configuration(
        endpoint: try Endpoint(url: "\(scheme)://127.0.0.1:\(port)/acme/informationposter.php"))
    change(&configuration)
    return try HTTPClient(configuration)
}

let smallBody = [UInt8]("<root/>".utf8)
let largeBody = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)

func response(_ status: String = "200 OK", _ headers: String = "", body: String = "answer") -> String {
    "HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
}

extension PostObservation {
    /// `answered 200`, `unanswered reset`, `neverSent connection-refused`.
    var short: String {
        switch self {
        case .neverSent(let failure): "neverSent \(failure.kind.rawValue)"
        case .unanswered(let failure): "unanswered \(failure.kind.rawValue)"
        case .answered(let answer): "answered \(answer.status)"
        }
    }

    var answer: HTTPAnswer? {
        if case .answered(let answer) = self { answer } else { nil }
    }
}

@Suite("A post is never sent twice")
struct ResendTests {
    /// How a server loses the second post on a connection that it kept open.
    enum Loss: String, CaseIterable, Sendable {
        case readAndClosed, readAndReset, closedAsItArrived, resetAsItArrived

        var steps: [RawServer.Step] {
            switch self {
            case .readAndClosed: [.read, .close]
            case .readAndReset: [.read, .reset]
            case .closedAsItArrived: [.close]
            case .resetAsItArrived: [.reset]
            }
        }
    }

    /// Two posts to a server that answers every request but the second.
    static func twoPosts(_ loss: Loss, allowsReuse: Bool) async throws -> (
        server: RawServer, second: PostObservation
    ) {
        let server = try RawServer { $0 == 2 ? loss.steps : [.read, .send(response())] }
        defer { server.stop() }
        let client = try client(port: server.port) { $0.allowsReuse = allowsReuse }
        let first = await client.post(smallBody)
        #expect(first.short == "answered 200")
        return (server, await client.post(smallBody))
    }

    @Test("A server that loses the second post sees exactly two", arguments: Loss.allCases)
    func exactlyTwo(loss: Loss) async throws {
        let (server, second) = try await Self.twoPosts(loss, allowsReuse: false)
        #expect(server.begun == 2)
        guard case .unanswered = second else {
            Issue.record("\(second.short)")
            return
        }
        let verdict = PostVerdict(
            of: PostReading(second), sent: batch(1), scrubber: testScrubber, authenticatedBefore: true,
            now: testTime
        )
        #expect(verdict.short == "unknown")
    }

    /// The proof that the test above can fail.
    @Test("Without the protection the same server sees a third", arguments: Loss.allCases)
    func reuseDuplicates(loss: Loss) async throws {
        let (server, second) = try await Self.twoPosts(loss, allowsReuse: true)
        #expect(server.begun == 3)
        // Worst of all: the duplicate reports success.
        #expect(second.short == "answered 200")
    }

    @Test("Every post has a connection of its own")
    func ownConnections() async throws {
        let server = try RawServer { _ in [.read, .send(response())] }
        defer { server.stop() }
        let client = try client(port: server.port)
        for _ in 0..<5 { #expect(await client.post(smallBody).short == "answered 200") }
        #expect(server.connections == 5)
        #expect(server.requests.count == 5)
    }

    @Test("Posts made at the same time each arrive once")
    func concurrent() async throws {
        let server = try RawServer { _ in [.read, .send(response())] }
        defer { server.stop() }
        let client = try client(port: server.port)
        let bodies = (0..<40).map { [UInt8]("<root>\($0)</root>".utf8) }
        await withTaskGroup(of: PostObservation.self) { group in
            for body in bodies { group.addTask { await client.post(body) } }
            for await observation in group { #expect(observation.short == "answered 200") }
        }
        let arrived = server.requests.map {
            String(decoding: $0, as: UTF8.self).components(separatedBy: "\r\n\r\n")[1]
        }
        #expect(arrived.sorted() == bodies.map { String(decoding: $0, as: UTF8.self) }.sorted())
    }
}

@Suite("What the transport observes")
struct ObservationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var steps: [RawServer.Step]
        var expected: String
        var body: [UInt8] = smallBody
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "an answer", steps: [.read, .send(response())], expected: "answered 200"),
        Case(
            name: "an answer without a length",
            steps: [.read, .send("HTTP/1.1 200 OK\r\n\r\nanswer"), .close], expected: "answered 200"),
        Case(
            name: "an answer in chunks",
            steps: [
                .read,
                .send(
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nans\r\n3\r\nwer\r\n0\r\nRetry-After: 9\r\n\r\n"
                ),
            ], expected: "answered 200"),
        Case(
            name: "a length that is said twice alike",
            steps: [.read, .send(response("200 OK", "Content-Length: 6\r\ncontent-length: 06, 6\r\n"))],
            expected: "answered 200"),
        Case(
            name: "chunks beside a length",
            steps: [
                .read,
                .send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nanswer\r\n0\r\n\r\n"
                ),
            ], expected: "answered 200"),
        Case(
            name: "an interim answer with another length",
            steps: [.read, .send("HTTP/1.1 103 Early\r\nContent-Length: 3\r\n\r\n" + response())],
            expected: "answered 200"),
        Case(
            name: "two lengths, the first one right",
            steps: [
                .read, .send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\nContent-Length: 4\r\n\r\nanswer"),
                .close,
            ],
            expected: "unanswered"),
        Case(
            name: "two lengths, the last one right",
            steps: [
                .read, .send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 6\r\n\r\nanswer"),
                .close,
            ],
            expected: "unanswered"),
        Case(
            name: "two lengths in one field",
            steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 6, 4\r\n\r\nanswer"), .close],
            expected: "unanswered"),
        Case(
            name: "two lengths under a status that refuses",
            steps: [
                .read, .send("HTTP/1.1 401 No\r\nContent-Length: 0\r\nContent-Length: 6\r\n\r\nanswer"),
                .close,
            ], expected: "unanswered"),
        Case(
            name: "a length that is no number",
            steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 6x\r\n\r\nanswer"), .close],
            expected: "unanswered"),
        Case(
            name: "a length below none",
            steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: -6\r\n\r\nanswer"), .close],
            expected: "unanswered"),
        Case(
            name: "a large post", steps: [.read, .send(response())], expected: "answered 200", body: largeBody
        ),
        Case(name: "an empty body", steps: [.read, .send(response(body: ""))], expected: "answered 200"),
        Case(
            name: "interim answers first",
            steps: [
                .read,
                .send(
                    "HTTP/1.1 100 Continue\r\nRetry-After: 1\r\n\r\nHTTP/1.1 103 Early: Hints\r\nLocation: /x\r\n\r\n"
                        + response("201 a:b")),
            ], expected: "answered 201"),
        Case(
            name: "401 with a challenge",
            steps: [.read, .send(response("401 Unauthorized", "WWW-Authenticate: Basic realm=\"x\"\r\n"))],
            expected: "answered 401"),
        Case(
            name: "a redirect",
            steps: [.read, .send(response("302 Found", "Location: http://127.0.0.1:1/other\r\n"))],
            expected: "answered 302"),
        Case(
            name: "a redirect that keeps the method",
            steps: [.read, .send(response("307 Temporary Redirect", "Location: /other\r\n"))],
            expected: "answered 307"),
        Case(
            name: "503 with a time",
            steps: [.read, .send(response("503 Unavailable", "retry-after:  17 \r\n"))],
            expected: "answered 503"),
        Case(
            name: "an early refusal of a large post", steps: [.send(response("413 Too Large")), .stall],
            expected: "answered 413", body: largeBody),
        Case(name: "a close without a byte", steps: [.read, .close], expected: "unanswered empty-reply"),
        Case(name: "a reset without a byte", steps: [.read, .reset], expected: "unanswered reset"),
        Case(
            name: "a close in the first line", steps: [.read, .send("HTTP/1.1 200"), .close],
            expected: "unanswered"),
        Case(
            name: "a close in the headers", steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Le"), .close],
            expected: "unanswered truncated"),
        Case(
            name: "a close after an interim answer",
            steps: [.read, .send("HTTP/1.1 100 Continue\r\n\r\n"), .close], expected: "unanswered"),
        Case(
            name: "a reset in the headers", steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Le"), .reset],
            expected: "unanswered"),
        Case(
            name: "a body cut short",
            steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nansw"), .close],
            expected: "unanswered truncated"),
        Case(
            name: "a last chunk that never comes",
            steps: [
                .read, .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nanswer\r\n"), .close,
            ], expected: "unanswered truncated"),
        Case(
            name: "a broken chunk",
            steps: [
                .read,
                .send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nanswer\r\n0\r\n\r\n"),
                .close,
            ], expected: "unanswered truncated"),
        Case(
            name: "a reset in the body",
            steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nansw"), .reset],
            expected: "unanswered"),
        Case(
            name: "no HTTP", steps: [.read, .send("SSH-2.0-OpenSSH_9.2\r\n"), .close],
            expected: "unanswered not-http"),
        Case(
            name: "a document without HTTP", steps: [.read, .send("<root/>"), .close],
            expected: "unanswered not-http"),
        Case(
            name: "an announced length beyond the limit",
            steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 2000000000\r\n\r\n"), .stall],
            expected: "unanswered too-large"),
        Case(
            name: "a body beyond the limit",
            steps: [.read, .send("HTTP/1.1 200 OK\r\n\r\n"), .fill(1 << 30)], expected: "unanswered too-large"
        ),
        Case(
            name: "headers beyond the limit",
            steps: [
                .read, .send("HTTP/1.1 200 OK\r\n"),
                .send(String(repeating: "X: \(String(repeating: "x", count: 1000))\r\n", count: 2000)),
                .stall,
            ], expected: "unanswered too-large"),
        Case(name: "no answer in time", steps: [.read, .stall], expected: "unanswered timeout"),
        Case(
            name: "half an answer in time",
            steps: [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nansw"), .stall],
            expected: "unanswered timeout"),
    ]

    @Test("Each way to answer, or not to", arguments: cases)
    func answers(_ row: Case) async throws {
        let server = try RawServer { _ in row.steps }
        defer { server.stop() }
        let client = try client(port: server.port) {
            $0.answerLimit = 1 << 20
            if row.expected.hasSuffix("timeout") { $0.timeout = .seconds(3) }
        }
        let observation = await client.post(row.body)
        #expect(observation.short.hasPrefix(row.expected), "\(observation)")
        #expect(server.begun == 1)
        #expect(server.connections == 1)
    }

    @Test("The request is a plain POST, and its body arrives as it was given")
    func request() async throws {
        let server = try RawServer { _ in
            [.read, .send(response("200 OK", "Location: /here\r\nRetry-After: 5\r\n"))]
        }
        defer { server.stop() }
        let client = try client(port: server.port)
        let body = RequestDocument(credentials: testCredentials, appointments: batch(50)).bytes
        let answer = await client.post(body).answer
        #expect(
            answer == HTTPAnswer(status: 200, retryAfter: "5", location: "/here", body: Array("answer".utf8)))
        let request = try #require(server.requests.first)
        let end = try #require(request.firstRange(of: Array("\r\n\r\n".utf8)))
        #expect(Array(request[end.upperBound...]) == body)
        let lines = String(decoding: request[..<end.lowerBound], as: UTF8.self).components(
            separatedBy: "\r\n")
        #expect(lines[0] == "POST /acme/informationposter.php HTTP/1.1")
        #expect(lines.contains("Content-Type: text/xml; charset=utf-8"))
        #expect(lines.contains("Content-Length: \(body.count)"))
        #expect(lines.contains("User-Agent: stimport"))
        let names = lines.dropFirst().map { $0.prefix { $0 != ":" }.lowercased() }
        #expect(Set(names) == ["host", "user-agent", "accept", "content-type", "content-length"])
    }

    @Test("Headers of interim answers and trailers are not the answer's")
    func finalHeadersOnly() async throws {
        let server = try RawServer { _ in
            [
                .read,
                .send(
                    "HTTP/1.1 103 Early Hints\r\nRetry-After: 1\r\nLocation: /early\r\n\r\n"
                        + "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nRetry-After: 2\r\n\r\n"
                ),
            ]
        }
        defer { server.stop() }
        let answer = await (try client(port: server.port)).post(smallBody).answer
        #expect(answer == HTTPAnswer(status: 503, body: []))
    }

    @Test("A status that was read is kept with the failure")
    func statusOfFailure() async throws {
        let server = try RawServer { _ in
            [.read, .send("HTTP/1.1 502 Bad\r\nContent-Length: 10\r\n\r\nx"), .close]
        }
        defer { server.stop() }
        guard case .unanswered(let failure) = await (try client(port: server.port)).post(smallBody) else {
            Issue.record("must be unanswered")
            return
        }
        #expect(failure.status == 502)
    }
}

@Suite("What certainly never left")
struct NeverSentTests {
    @Test("A port that nobody listens on")
    func refused() async throws {
        let server = try RawServer { _ in [] }
        let port = server.port
        server.stop()
        // The listener is closed by its own thread: until then a post would be accepted.
        while server.connections == 0, await !Self.isRefused(port) {}
        #expect(await (try client(port: port)).post(smallBody).short == "neverSent connection-refused")
    }

    private static func isRefused(_ port: Int) async -> Bool {
        let probe = RawServer.makeSocket()
        defer { close(probe) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(probe, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) != 0
            }
        }
    }

    @Test("A name that does not exist")
    func noName() async throws {
        var configuration = HTTPClient.Configuration(
            endpoint: try Endpoint(url: "https://no-such-host.invalid/x"))
        configuration.proxy = ""
        let client = try HTTPClient(configuration)
        #expect(await client.post(smallBody).short == "neverSent name-not-found")
    }

    @Test(
        "A server that does not speak TLS",
        arguments: [
            RawServer.Step.send("HTTP/1.1 400 Bad Request\r\n\r\n"), .close, .reset,
        ])
    func noTLS(step: RawServer.Step) async throws {
        let server = try RawServer { _ in [step, .close] }
        defer { server.stop() }
        let client = try client(port: server.port, scheme: "https")
        let short = await client.post(smallBody).short
        #expect(short == "neverSent tls-failure")
    }

    @Test("A server that never answers the TLS handshake")
    func tlsStall() async throws {
        let server = try RawServer { _ in [.stall] }
        defer { server.stop() }
        let client = try client(port: server.port, scheme: "https") { $0.connectTimeout = .milliseconds(500) }
        #expect(await client.post(smallBody).short == "neverSent connect-timeout")
    }

    @Test(
        "A proxy that refuses the tunnel",
        arguments: [
            ("403 Forbidden", "proxy-refused"), ("407 Proxy Authentication Required", "proxy-login"),
            ("502 Bad Gateway", "proxy-refused"),
        ])
    func proxyRefuses(status: String, kind: String) async throws {
        let proxy = try RawServer { _ in
            [.read, .send("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n"), .close]
        }
        defer { proxy.stop() }
        var configuration = HTTPClient.Configuration(endpoint: try Endpoint(url: "https://h.invalid/x"))
        configuration.proxy = "http://127.0.0.1:\(proxy.port)"
        let client = try HTTPClient(configuration)
        #expect(await client.post(smallBody).short == "neverSent \(kind)")
        #expect(proxy.requests.allSatisfy { $0.starts(with: "CONNECT h.invalid:443 ".utf8) })
    }

    @Test("A proxy that is not there")
    func noProxy() async throws {
        var configuration = HTTPClient.Configuration(endpoint: try Endpoint(url: "https://h.invalid/x"))
        configuration.proxy = "http://127.0.0.1:1"
        let client = try HTTPClient(configuration)
        #expect(await client.post(smallBody).short == "neverSent proxy-refused")
    }

    @Test(
        "A file of certificates that can't be used is known before anything is sent",
        arguments: [
            ("/nonexistent/ca.pem", SecurityTraxError.Code.caFileUnreadable), ("/", .caFileUnreadable),
            ("/etc/passwd", .caFileNotPEM),
        ])
    func caFile(path: String, code: SecurityTraxError.Code) throws {
        let error = #expect(throws: SecurityTraxError.self) {
            try client(port: 1, scheme: "https") { $0.caFile = path }
        }
        #expect(error?.code == code)
    }

    @Test("Limits out of range are refused")
    func limits() throws {
        #expect(throws: SecurityTraxError.self) { try client(port: 1) { $0.timeout = .zero } }
        #expect(throws: SecurityTraxError.self) { try client(port: 1) { $0.connectTimeout = .seconds(-1) } }
        #expect(throws: SecurityTraxError.self) { try client(port: 1) { $0.answerLimit = 0 } }
    }
}

@Suite("Giving posts up")
struct CancellationTests {
    /// Limits that no machine is slow enough to reach: only giving up ends a post here.
    private func patience(_ configuration: inout HTTPClient.Configuration) {
        configuration.connectTimeout = .seconds(3_600)
        configuration.timeout = .seconds(3_600)
    }

    @Test("What was sent is unanswered, what was not is never sent, and later posts end at once")
    func cancelAll() async throws {
        let silent = try RawServer { _ in [.read, .stall] }
        defer { silent.stop() }
        let client = try client(port: silent.port, patience)
        let posts = (0..<3).map { _ in Task { await client.post(smallBody) } }
        while silent.requests.count < 3 { try await Task.sleep(for: .milliseconds(5)) }
        client.cancelAll()
        for post in posts { #expect(await post.value.short == "unanswered cancelled") }
        #expect(await client.post(smallBody).short == "neverSent cancelled")
        #expect(silent.begun == 3)
    }

    @Test("A post that is still shaking hands is never sent")
    func duringHandshake() async throws {
        let silent = try RawServer { _ in [.stall] }
        defer { silent.stop() }
        let client = try client(port: silent.port, scheme: "https", patience)
        let post = Task { await client.post(smallBody) }
        while silent.begun < 1 { try await Task.sleep(for: .milliseconds(5)) }
        client.cancelAll()
        #expect(await post.value.short == "neverSent cancelled")
    }

    @Test("Cancelling the task does not give the post up")
    func taskCancellation() async throws {
        let server = try RawServer { _ in [.read, .send(response())] }
        defer { server.stop() }
        let client = try client(port: server.port, patience)
        let post = Task { await client.post(smallBody) }
        post.cancel()
        #expect(await post.value.short == "answered 200")
    }
}
