import Foundation
import SecurityTrax
import Testing

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

    @Test("A server of TLS 1.1 is refused")
    func oldTLS() async throws {
        let server = try TLSServer(options: ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        defer { server.stop() }
        let client = try client(port: server.port, scheme: "https") { $0.caFile = server.certificate }
        #expect(await client.post(smallBody).short == "neverSent tls-failure")
    }
}

/// `openssl s_server` with a certificate of its own, which answers one post.
final class TLSServer {
    static let command = "/usr/bin/openssl"
    static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: command) }

    let certificate: String
    private(set) var port = 0
    private let folder: URL
    private let process = Process()
    private let input = Pipe()

    struct DidNotStart: Error {}

    init(name: String = "IP:127.0.0.1", options: [String] = []) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        certificate = folder.appendingPathComponent("certificate.pem").path
        let key = folder.appendingPathComponent("key.pem").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let maker = Process()
        maker.executableURL = URL(fileURLWithPath: Self.command)
        maker.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            key,
            "-out", certificate, "-days", "2", "-subj", "/CN=test", "-addext", "subjectAltName=\(name)",
        ]
        maker.standardError = FileHandle.nullDevice
        try maker.run()
        maker.waitUntilExit()

        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Self.command)
        process.arguments =
            ["s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key] + options
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It says `ACCEPT 127.0.0.1:PORT` once it listens.
        var text = ""
        while port == 0 {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else {
                stop()
                throw DidNotStart()
            }
            text += String(decoding: piece, as: UTF8.self)
            if let start = text.range(of: "ACCEPT 127.0.0.1:"),
                let end = text[start.upperBound...].firstIndex(of: "\n")
            {
                port = Int(text[start.upperBound..<end]) ?? 0
            }
        }
        // What it reads here it sends to whoever has shaken hands.
        try input.fileHandleForWriting.write(contentsOf: Data(response().utf8))
    }

    func stop() {
        // Not SIGTERM: a child inherits the signals that the test runner blocks.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}
