import Foundation
import TestSupport
import Testing

@testable import SecurityTrax

@Suite("Certificates", .enabled(if: TLSServer.isAvailable, "needs the openssl command"))
struct CertificateTests {
    @Test("A certificate that nobody vouches for stops the post before it is sent")
    func untrusted() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        let observation = await (try client(port: server.port, scheme: "https")).post(smallBody)
        #expect(observation.short == "neverSent untrusted-certificate")
    }

    @Test("The same certificate is trusted where the file of certificates holds it")
    func trusted() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        let client = try client(port: server.port, scheme: "https") { $0.caFile = server.certificate }
        #expect(await client.post(smallBody).short == "answered 200")
    }

    @Test("A certificate for another name is not trusted")
    func otherName() async throws {
        let server = try TLSServer(name: "DNS:example.com")
        defer { server.stop() }
        let client = try client(port: server.port, scheme: "https") { $0.caFile = server.certificate }
        #expect(await client.post(smallBody).short == "neverSent untrusted-certificate")
    }

    /// A certificate and what is wrong with it.
    struct Faulty: Sendable, CustomTestStringConvertible {
        let fault: CertificateFault
        var kind = TLSServer.Kind.selfSigned
        var name = "IP:127.0.0.1"
        /// Whether whoever signed it is trusted.
        var isTrusted = true
        var testDescription: String { fault.rawValue }
    }

    @Test(
        "It is said what is wrong with a certificate, each with a fix of its own",
        arguments: [
            Faulty(fault: .selfSigned, isTrusted: false),
            Faulty(fault: .untrustedIssuer, kind: .issued, isTrusted: false),
            Faulty(fault: .wrongHost, name: "DNS:example.com"),
            Faulty(fault: .expired, kind: .dated("20200101000000Z", "20210101000000Z")),
            Faulty(fault: .notYetValid, kind: .dated("20900101000000Z", "20910101000000Z")),
        ])
    func faults(faulty: Faulty) async throws {
        let server = try TLSServer(name: faulty.name, kind: faulty.kind)
        defer { server.stop() }
        let client = try client(port: server.port, scheme: "https") {
            if faulty.isTrusted { $0.caFile = server.certificate }
        }
        guard case .neverSent(let failure) = await client.post(smallBody) else {
            Issue.record("it was sent")
            return
        }
        #expect(failure.certificate == faulty.fault)
        #expect(failure.words.hasPrefix(faulty.fault.sentence))
        #expect(failure.fix == faulty.fault.fix)
    }

    @Test("No two faults are told alike")
    func wording() {
        #expect(Set(CertificateFault.allCases.map(\.sentence)).count == CertificateFault.allCases.count)
        #expect(Set(CertificateFault.allCases.map(\.fix)).count == CertificateFault.allCases.count)
    }

    @Test("A server of TLS 1.1 is refused")
    func oldTLS() async throws {
        let server = try TLSServer(options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        defer { server.stop() }
        let client = try client(port: server.port, scheme: "https") { $0.caFile = server.certificate }
        #expect(await client.post(smallBody).short == "neverSent tls-failure")
    }
}

@Suite("The end of an answer over TLS", .enabled(if: TLSServer.isAvailable, "needs the openssl command"))
struct TLSEndTests {
    /// How an answer says where its body ends.
    enum Delimiter: CaseIterable, Sendable {
        case none, length, chunks

        /// An answer as long as the server reads at once.
        var answer: String {
            let size = TLSServer.readSize
            func filled(_ head: String, _ end: String = "") -> String {
                head + String(repeating: "x", count: size - head.utf8.count - end.utf8.count) + end
            }
            func head(_ header: String) -> String { "HTTP/1.1 200 OK\r\n\(header)\r\n" }
            switch self {
            case .none: return filled(head(""))
            case .length:
                let count = size - head("Content-Length: 00000\r\n").utf8.count
                return filled(head("Content-Length: \(count)\r\n"))
            case .chunks:
                let (start, end) = (head("Transfer-Encoding: chunked\r\n"), "\r\n0\r\n\r\n")
                let count = size - start.utf8.count - end.utf8.count - "0000\r\n".utf8.count
                return filled(start + String(count, radix: 16) + "\r\n", end)
            }
        }
    }

    @Test(
        "An answer that does not say where it ends is complete only where its stream was closed",
        arguments: Delimiter.allCases, TLSServer.Ending.allCases)
    func ends(delimiter: Delimiter, ending: TLSServer.Ending) async throws {
        for version in ["-tls1_2", "-tls1_3"] {
            let server = try TLSServer(
                options: [version], answer: nil, file: ending == .closed ? delimiter.answer : nil)
            defer { server.stop() }
            let client = try client(port: server.port, scheme: "https") { $0.caFile = server.certificate }
            if ending == .cut { server.answerOnce(delimiter.answer) }
            let short = await client.post(ending == .closed ? TLSServer.fileBody : smallBody).short
            let isProved = delimiter != .none || ending == .closed
            #expect(short == (isProved ? "answered 200" : "unanswered truncated"), "\(version)")
        }
    }

    @Test("Without TLS there is no such sign: the close is the end")
    func plain() async throws {
        let server = try RawServer { _ in [.read, .send("HTTP/1.1 200 OK\r\n\r\nanswer"), .close] }
        defer { server.stop() }
        #expect(await (try client(port: server.port)).post(smallBody).short == "answered 200")
    }
}

/// `openssl s_server` with a certificate of its own, which answers one post.
final class TLSServer {
    static let command = "/usr/bin/openssl"
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: command) }

    let certificate: String
    private(set) var port = 0
    private let folder: URL
    private let process: RunningProcess

    struct DidNotStart: Error {}

    /// Where the certificate comes from.
    enum Kind: Sendable {
        /// It is signed by itself.
        case selfSigned
        /// It is signed by itself, and valid from one time to another (`20200101000000Z`).
        case dated(String, String)
        /// Somebody whom nobody knows signed it.
        case issued
    }

    /// Starts to listen.
    ///
    /// - Parameters:
    ///   - answer: what it sends to whoever has shaken hands, if anything.
    ///   - file: what it answers ``fileBody`` with, to close the stream then as it should be.
    init(
        name: String = "IP:127.0.0.1", kind: Kind = .selfSigned, options: [String] = [],
        answer: String? = response(), file: String? = nil
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        certificate = folder.appendingPathComponent("certificate.pem").path
        let key = folder.appendingPathComponent("key.pem").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let environment = ProcessInfo.processInfo.environment
        // Not Foundation's Process: another one that is started meanwhile can keep it from noticing an end.
        for arguments in try Self.commands(kind, name: name, in: folder) {
            let maker = try RunningProcess(
                Self.command, arguments: arguments, environment: environment, folder: folder.path)
            guard maker.wait().status == 0 else { throw DidNotStart() }
        }

        try file?.write(to: folder.appendingPathComponent("answer"), atomically: true, encoding: .utf8)
        process = try RunningProcess(
            Self.command,
            arguments: ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key] + options
                + (file == nil ? [] : ["-HTTP"]),
            keepsInputOpen: true, environment: environment, folder: folder.path)
        // It says `ACCEPT 127.0.0.1:PORT` once it listens.
        guard process.waitForOutput("ACCEPT 127.0.0.1:"),
            let line = Self.acceptLine(process), let number = Int(line)
        else {
            stop()
            throw DidNotStart()
        }
        port = number
        // What it reads it sends to whoever has shaken hands, but for a letter at the start of what it
        // reads at once.
        if let answer { process.write(answer) }
    }

    /// What makes `certificate.pem` and `key.pem` in the folder.
    private static func commands(_ kind: Kind, name: String, in folder: URL) throws -> [[String]] {
        func request(_ output: String, _ key: String, _ more: [String]) -> [String] {
            [
                "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
                "-out", output, "-addext", "subjectAltName=\(name)",
            ] + more
        }
        let own = ["-subj", "/CN=test"]
        switch kind {
        case .selfSigned:
            return [request("certificate.pem", "key.pem", own + ["-x509", "-days", "2"])]
        case .issued:
            return [
                request("issuer.pem", "issuer-key.pem", ["-subj", "/CN=issuer", "-x509", "-days", "2"]),
                request("request.pem", "key.pem", own),
                [
                    "x509", "-req", "-in", "request.pem", "-CA", "issuer.pem", "-CAkey", "issuer-key.pem",
                    "-CAcreateserial", "-days", "2", "-out", "certificate.pem",
                ],
            ]
        case .dated(let start, let end):
            let settings = """
                [ca]
                default_ca = dated
                [dated]
                database = index.txt
                new_certs_dir = .
                serial = serial
                default_md = sha256
                policy = names
                [names]
                commonName = supplied
                [extensions]
                subjectAltName = \(name)

                """
            try settings.write(
                to: folder.appendingPathComponent("ca.cnf"), atomically: true, encoding: .utf8)
            for (name, content) in [("index.txt", ""), ("serial", "01\n")] {
                try content.write(
                    to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
            }
            return [
                request("request.pem", "key.pem", own),
                [
                    "ca", "-batch", "-selfsign", "-config", "ca.cnf", "-extensions", "extensions", "-keyfile",
                    "key.pem", "-in", "request.pem", "-out", "certificate.pem", "-notext",
                    "-startdate", start, "-enddate", end,
                ],
            ]
        }
    }

    /// The port in the line that says so; waits for the line's end.
    private static func acceptLine(_ process: RunningProcess) -> String? {
        while true {
            let text = process.outputSoFar
            guard let start = text.range(of: "ACCEPT 127.0.0.1:") else { return nil }
            if let end = text[start.upperBound...].firstIndex(of: "\n") {
                return String(text[start.upperBound..<end])
            }
            usleep(1_000)
        }
    }

    /// How a stream of TLS ends.
    enum Ending: CaseIterable, Sendable {
        /// With the alert that says so, and then the connection.
        case closed
        /// With the connection alone.
        case cut
    }

    /// A post that makes a server with a file send it, whose line it takes for a request.
    static let fileBody = [UInt8]("GET /answer HTTP/1.0\r\n\r\n".utf8)

    /// How much the server reads of its input at once.
    static let readSize = 16_384

    /// Waits on a thread of its own for a request, answers it and ends, with the connection alone.
    ///
    /// - Parameter answer: exactly as long as the server reads at once, so that the letter is by itself.
    func answerOnce(_ answer: String) {
        precondition(answer.utf8.count == Self.readSize)
        let process = process
        Thread {
            guard process.waitForOutput(String(decoding: smallBody, as: UTF8.self)) else { return }
            process.write(answer + "Q\n")
        }.start()
    }

    func stop() {
        // Not SIGTERM: a child inherits the signals that the test runner blocks.
        process.signal(SIGKILL)
        process.wait()
        try? FileManager.default.removeItem(at: folder)
    }
}
