import Foundation
import SecurityTraxSandbox
import Synchronization
import Testing

@Suite("The sandbox's HTTP")
struct TransportTests {
    @Test("A connection carries many requests, one after the other, pipelined ones too")
    func keepAlive() throws {
        let server = try SandboxServer(SandboxConfiguration(echoes: true))
        let client = try RawClient(server)
        for number in 1...3 {
            client.post(Documents.post(server, [String(number)]))
            let answer = client.answer()
            #expect(answer.status == 200)
            #expect(answer.field("Connection") == "keep-alive")
        }
        let two =
            RawClient.request(Documents.post(server, ["4"]))
            + RawClient.request(Documents.post(server, ["5"]))
        client.send(two)
        #expect(client.answer().echoedCustomers == ["4"])
        #expect(client.answer().echoedCustomers == ["5"])
        #expect(server.connections == 1)
        #expect(server.requests == 5)
    }

    @Test(
        "A connection ends after its answer where either side wants it so",
        arguments: [
            "server", "client", "HTTP/1.0",
        ])
    func close(_ who: String) throws {
        let server = try SandboxServer(SandboxConfiguration(keepAlive: who != "server"))
        let client = try RawClient(server)
        let request = RawClient.request(
            Documents.post(server, ["1"]), headers: who == "client" ? "Connection: close\r\n" : "")
        client.send(
            who == "HTTP/1.0" ? request.replacingOccurrences(of: "HTTP/1.1", with: "HTTP/1.0") : request)
        let (text, end) = client.readAll()
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(text.contains("\r\nConnection: close\r\n"))
        #expect(end == .closed)
    }

    @Test("A chunked body is put together, however it is cut", arguments: [1, 7, 100_000])
    func chunked(_ size: Int) throws {
        let server = try SandboxServer()
        let client = try RawClient(server)
        var rest = Array(Documents.post(server, ["1", "2"]).utf8)[...]
        client.send("POST \(SandboxServer.path) HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        while !rest.isEmpty {
            let part = rest.prefix(size)
            client.send(Array("\(String(part.count, radix: 16));ext=1\r\n".utf8) + part + [13, 10])
            rest = rest.dropFirst(size)
        }
        client.send("0\r\nTrailer: x\r\n\r\n")
        #expect(client.answer().status == 200)
        client.post(Documents.post(server, ["3"]))
        #expect(client.answer().status == 200)
        #expect(server.created.map(\.customerID) == ["1", "2", "3"])
    }

    @Test("A client that asks first is told to continue")
    func expectContinue() throws {
        let server = try SandboxServer()
        let client = try RawClient(server)
        let request = RawClient.request(Documents.post(server, ["1"]), headers: "Expect: 100-continue\r\n")
        let cut = try #require(request.range(of: "\r\n\r\n")).upperBound
        client.send(String(request[..<cut]))
        let interim = client.answer()
        #expect(interim.status == 100)
        client.send(String(request[cut...]))
        #expect(client.answer().status == 200)
    }

    @Test(
        "Requests that are not a post of a document get a status that says why",
        arguments: [
            ("GET \(SandboxServer.path) HTTP/1.1\r\nHost: x\r\n\r\n", 405),
            ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", 404),
            ("POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi", 404),
            ("POST \(SandboxServer.path) HTTP/1.1\r\nHost: x\r\n\r\n", 411),
            ("POST \(SandboxServer.path) HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST \(SandboxServer.path) HTTP/1.1\r\nContent-Length: 2000\r\n\r\n", 413),
            ("POST \(SandboxServer.path) HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7d1\r\n", 413),
            ("POST \(SandboxServer.path) HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
            ("POST \(SandboxServer.path) HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
            (
                "POST \(SandboxServer.path) HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
                400
            ),
            ("POST \(SandboxServer.path) HTTP/1.1\r\nContent-Length: 1\r\nExpect: magic\r\n\r\n", 417),
            ("hello\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n: x\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA: " + String(repeating: "a", count: 70_000), 431),
        ])
    func statuses(_ request: String, _ status: Int) throws {
        let server = try SandboxServer(SandboxConfiguration(maximumRequestBytes: 1999))
        let client = try RawClient(server)
        client.send(request)
        let answer = client.answer()
        #expect(answer.status == status)
        #expect(answer.field("Content-Type") == "text/plain; charset=utf-8")
        #expect(server.posts == 0)
    }

    @Test("The answer to a body that is too large arrives though nobody reads the body")
    func tooLarge() throws {
        let server = try SandboxServer(SandboxConfiguration(maximumRequestBytes: 1000))
        let client = try RawClient(server)
        client.post(String(repeating: "x", count: 2_000_000))
        #expect(client.answer().status == 413)
    }

    @Test("A post that is cut short is begun but never counted as one")
    func cutShort() throws {
        let server = try SandboxServer()
        do {
            let client = try RawClient(server)
            client.send(String(RawClient.request(Documents.post(server, ["1"])).dropLast()))
            // Else the server may be stopped before it has looked at it.
            #expect(server.waitForRequests(1))
        }
        let client = try RawClient(server)
        client.post(Documents.post(server, ["2"]))
        #expect(client.answer().status == 200)
        server.stop()
        #expect(server.requests == 2)
        #expect(server.posts == 1)
        #expect(server.created.map(\.customerID) == ["2"])
    }

    @Test("Eight clients at once lose nothing and mix nothing up")
    func concurrency() throws {
        let server = try SandboxServer(SandboxConfiguration(echoes: true))
        let failures = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 8) { worker in
            guard let client = try? RawClient(server) else { return failures.withLock { $0 += 1 } }
            for round in 0..<25 {
                let customers = (0..<10).map { String(worker * 1000 + round * 10 + $0 + 1) }
                client.post(Documents.post(server, customers))
                if client.answer().echoedCustomers != customers { failures.withLock { $0 += 1 } }
            }
        }
        #expect(failures.withLock { $0 } == 0)
        #expect(server.posts == 200)
        #expect(server.createdCount == 2000)
        #expect(Set(server.created.map(\.customerID)).count == 2000)
        #expect(Set(server.created.map(\.id)).count == 2000)
        #expect(server.duplicates == 0)
        #expect(server.connections <= 8)
    }

    @Test(
        "Stopping ends idle connections, stalls, holds and slow answers, and closes the port",
        arguments: [
            "", "stall", "hold", "hold:after", "drip:bytes=1,seconds=60", "stall:seconds=3600",
        ])
    func stop(_ fault: String) throws {
        let server = try SandboxServer(
            SandboxConfiguration(faults: fault.isEmpty ? [] : try FaultPlan(fault)))
        let idle = try RawClient(server)
        let half = try RawClient(server)
        half.send("POST \(SandboxServer.path) HTTP/1.1\r\n")
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        server.waitForPosts(1)
        server.stop()
        server.stop()
        let count = server.createdCount
        #expect(idle.readAll().text.isEmpty)
        #expect(half.readAll().text.isEmpty)
        _ = client.readAll()
        #expect(throws: (any Error).self) { try RawClient(server) }
        #expect(server.createdCount == count)
        // The port is free again for the next one.
        let next = try SandboxServer(SandboxConfiguration(port: server.port))
        #expect(next.port == server.port)
    }

    @Test("Latency passes after the creation and before the answer, and stopping cuts it short")
    func latency() throws {
        let server = try SandboxServer(SandboxConfiguration(latency: .seconds(3600), jitter: .seconds(1)))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["1"]))
        #expect(server.waitForCreated(1))
        #expect(server.finishedPosts == 0)
        server.stop()
        #expect(server.createdCount == 1)
    }

    @Test("A server that is let go of stops by itself")
    func letGo() throws {
        var server: SandboxServer? = try SandboxServer()
        let client = try RawClient(try #require(server))
        server = nil
        #expect(client.readAll().text.isEmpty)
    }
}
