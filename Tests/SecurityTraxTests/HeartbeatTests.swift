import Foundation
import TestSupport
import Testing

@testable import SecurityTrax

@Suite("The heartbeat service")
struct HeartbeatTests {
    private static let secret = "6f3a90c1-key/nightly"

    private func address(_ port: Int, _ rest: String = secret) throws -> HeartbeatAddress {
        try HeartbeatAddress(url: "http://127.0.0.1:\(port)/\(rest)")
    }

    @Test(
        "Each word has its path",
        arguments: [
            ("https://hc-ping.com/ID", "https://hc-ping.com/ID/start", "https://hc-ping.com/ID/fail"),
            ("https://hc-ping.com/ID/", "https://hc-ping.com/ID/start", "https://hc-ping.com/ID/fail"),
            ("https://a.b/p/ID?rid=1", "https://a.b/p/ID/start?rid=1", "https://a.b/p/ID/fail?rid=1"),
            ("https://a.b", "https://a.b/start", "https://a.b/fail"),
            ("http://[::1]:8000/ID", "http://[::1]:8000/ID/start", "http://[::1]:8000/ID/fail"),
        ])
    func paths(url: String, start: String, failure: String) throws {
        let address = try HeartbeatAddress(url: url)
        #expect(address.url(for: .success) == (url.hasSuffix(".b") ? url + "/" : url))
        #expect(address.url(for: .start) == start)
        #expect(address.url(for: .failure) == failure)
    }

    @Test(
        "An address that can't be told is refused, and not quoted",
        arguments: [
            "", "hc-ping.com/SECRET", "http://hc-ping.com/SECRET", "ftp://hc-ping.com/SECRET",
            "https://user:SECRET@hc-ping.com/ID", "https://hc-ping.com/SECRET#x", "https:///SECRET",
            "https://hc-ping.com/SECRET KEY", "https://hc-ping.com/../SECRET", "https://hc-ping.com:0/SECRET",
        ])
    func refused(url: String) throws {
        let error = try #require(throws: SecurityTraxError.self) { try HeartbeatAddress(url: url) }
        #expect(!"\(error)".contains("SECRET"))
    }

    @Test("Nothing shows more of an address than its host")
    func masked() throws {
        let address = try HeartbeatAddress(url: "https://hc-ping.com:8443/SECRET?key=SECRET")
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", String(reflecting: address), dumped] {
            #expect(text.contains("hc-ping.com") && !text.contains("SECRET"), "\(text)")
        }
        #expect(address.host == "hc-ping.com")
        #expect(try HeartbeatAddress(url: "http://[::1]:80/SECRET").host == "[::1]")
        // Should a library ever quote it.
        let scrubber = SecretScrubber(secret: address.secret)
        #expect(
            scrubber.clean("no answer from hc-ping.com/SECRET?key=SECRET", limit: 200).hasPrefix("no answer"))
        #expect(
            !scrubber.clean("no answer from hc-ping.com/SECRET?key=SECRET", limit: 200).contains("SECRET"))
    }

    @Test("It is one POST with a small body")
    func request() async throws {
        let server = try RawServer { _ in [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")] }
        defer { server.stop() }
        let ping = HeartbeatPing(
            .start, to: try address(server.port), body: Array(#"{"command":"import"}"#.utf8))
        #expect(await ping.outcome() == .delivered)
        #expect(server.requests.count == 1)
        let request = String(decoding: try #require(server.requests.first), as: UTF8.self)
        #expect(request.hasPrefix("POST /\(Self.secret)/start HTTP/1.1\r\n"))
        #expect(request.contains("\r\nContent-Type: application/json\r\n"))
        #expect(request.hasSuffix("\r\n\r\n{\"command\":\"import\"}"))
        #expect(!request.contains("Expect:"))
    }

    /// What the service does, and what is said of it.
    static let behaviours: [(steps: [RawServer.Step], outcome: HeartbeatPing.Outcome?)] = [
        ([.read, .send("HTTP/1.1 204 No Content\r\n\r\n")], .delivered),
        ([.read, .send("HTTP/1.1 200 OK\r\n\r\n"), .fill(1 << 40)], .delivered),
        ([.read, .send("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")], .failed("HTTP 500")),
        ([.read, .send("HTTP/1.1 404 None\r\n\r\n"), .fill(1 << 40)], .failed("HTTP 404")),
        ([.read, .close], .failed("libcurl 52: Server returned nothing (no headers, no data)")),
        ([.close], nil), ([.read, .reset], nil),
        // A head that does not end.
        ([.read, .send("HTTP/1.1 200 OK\r\nX: "), .fill(1 << 40)], nil),
        ([.read, .send(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 100_000)), .close], nil),
        ([.read, .send("nonsense\r\n\r\n"), .close], nil),
    ]

    @Test(
        "Whatever the service does, the end is known, and no answer is read for long",
        arguments: 0..<behaviours.count)
    func behaviour(index: Int) async throws {
        let (steps, expected) = Self.behaviours[index]
        let server = try RawServer { _ in steps }
        defer { server.stop() }
        // No limit of time that a busy machine could reach: what ends these is not the clock.
        let ping = HeartbeatPing(.success, to: try address(server.port), body: [], limit: .seconds(600))
        let outcome = await ping.outcome()
        if let expected {
            #expect(outcome == expected)
        } else {
            guard case .failed(let reason) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(!reason.isEmpty && !reason.contains("nightly") && !reason.contains("6f3a90c1"))
        }
        #expect(server.connections == 1)
    }

    @Test(
        "A service that hangs is given up after the limit",
        arguments: [[.read, .stall], [.read, .send("HTTP/1.1 200 OK\r\n"), .stall]] as [[RawServer.Step]])
    func hangs(steps: [RawServer.Step]) async throws {
        let server = try RawServer { _ in steps }
        defer { server.stop() }
        let ping = HeartbeatPing(
            .success, to: try address(server.port), body: [], limit: .milliseconds(300))
        #expect(await ping.outcome() == .failed("no complete answer within 0.3 s"))
    }

    @Test("Nobody has to wait for it")
    func unwanted() async throws {
        let server = try RawServer { _ in [.read, .stall] }
        defer { server.stop() }
        let ping = HeartbeatPing(.success, to: try address(server.port), body: [], limit: .seconds(600))
        let outcome = await ping.outcome(isUnwanted: { true })
        #expect(outcome == .failed("it was not waited for, because the process was told to end"))
    }

    @Test("A redirect is not followed", arguments: [301, 302, 303, 307, 308])
    func redirect(status: Int) async throws {
        let other = try RawServer { _ in [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")] }
        defer { other.stop() }
        let target = "http://127.0.0.1:\(other.port)/"
        let server = try RawServer { _ in
            [.read, .send("HTTP/1.1 \(status) Go\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n")]
        }
        defer { server.stop() }
        let ping = HeartbeatPing(.success, to: try address(server.port), body: [], limit: .seconds(600))
        #expect(await ping.outcome() == .failed("HTTP \(status), and a redirect is not followed"))
        #expect(other.connections == 0)
    }

    @Test("A port that nobody listens on is a failure")
    func nobody() async throws {
        let server = try RawServer { _ in [] }
        let port = server.port
        server.stop()
        let ping = HeartbeatPing(.success, to: try address(port), body: [], limit: .seconds(600))
        guard case .failed = await ping.outcome() else {
            Issue.record("delivered to nobody")
            return
        }
    }

    @Test(
        "A certificate that nobody vouches for stops it",
        .enabled(if: TLSServer.isAvailable, "needs the openssl command"))
    func untrusted() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        let address = try HeartbeatAddress(url: "https://127.0.0.1:\(server.port)/\(Self.secret)")
        let ping = HeartbeatPing(.success, to: address, body: [], limit: .seconds(600))
        guard case .failed(let reason) = await ping.outcome() else {
            Issue.record("told somebody without a certificate")
            return
        }
        #expect(reason.hasPrefix("libcurl 60"))
    }
}
