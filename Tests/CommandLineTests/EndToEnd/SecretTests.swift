import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The password")
struct SecretTests {
    /// Made up; every form in which it could be written differs from every other.
    private static let password = #"s3cr&t<"Wörd'/7"#
    /// The forms in which it would be found.
    private static let forms: [String] = {
        let escaped = password.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(
            of: "<", with: "&lt;")
        return [
            password, escaped, escaped.replacingOccurrences(of: "\"", with: "&quot;"),
            escaped.replacingOccurrences(of: "\"", with: "&quot;").replacingOccurrences(
                of: "'", with: "&#39;"),
            password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "",
            password.replacingOccurrences(of: "\"", with: "\\\""),
            password.replacingOccurrences(of: "\"", with: "\"\""),
            Data(password.utf8).base64EncodedString(),
        ]
    }()

    private func expectNoTrace(
        _ bytes: [UInt8], in place: String, location: SourceLocation = #_sourceLocation
    ) {
        let data = Data(bytes)
        for form in Self.forms {
            #expect(data.range(of: Data(form.utf8)) == nil, "\(place)", sourceLocation: location)
            let wide = form.data(using: .utf16LittleEndian) ?? Data()
            #expect(data.range(of: wide) == nil, "\(place)", sourceLocation: location)
        }
    }

    private func expectNoTrace(_ outcome: ProcessOutcome, of command: String) {
        expectNoTrace(outcome.output, in: "output of \(command)")
        expectNoTrace(outcome.errors, in: "errors of \(command)")
    }

    @Test(
        "It is in no file, no output, no argument list and no environment, whatever the server says",
        arguments: [
            // The service quotes it where it refuses a row, a batch, the user, or something else.
            "refused:rows=1,body=BODY", "400:body=BODY", "401:body=BODY", "403:body=BODY", "404:body=BODY",
            "500:body=BODY", "503:body=BODY,retry-after=0", "auth-failure:body=BODY", "garbage:body=BODY",
            // It echoes it in a document that is damaged, or that another status brings.
            "truncated", "too-many", "maybe", "500:with-document,after", "wrong-type", "close-in-body",
            // A location that holds it.
            "302:location=http://BODY/",
        ])
    func noTrace(fault: String) throws {
        let encoded = try #require(Self.password.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let body =
            fault.contains("location") ? encoded : "Wrong%20password%20%27\(encoded)%27%20for%20sandbox-user"
        let fixture = try SandboxFixture([
            fault.replacingOccurrences(of: "BODY", with: body) + "@1-3", "hold@4",
        ]) {
            $0.password = Self.password
            $0.echoes = true
        }
        try fixture.folder.write("a.csv", SampleRows.csv(count: 8) + "x,,,,,,\n")
        let flags = ["--batch-size", "2", "--retries", "1", "--verbose"]
        let first = try fixture.stimport.start(["a.csv"] + flags)
        if fixture.server.waitForFinishedPosts(1) {
            // Whoever lists processes sees neither.
            #if os(Linux)
                for name in ["cmdline", "environ"] {
                    let path = "/proc/\(first.processID)/\(name)"
                    expectNoTrace(
                        Array((try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data()), in: path)
                }
            #endif
        }
        let holding = ReleasingAll(fixture.server)
        expectNoTrace(first.wait(), of: "import")
        holding.stop()
        fixture.server.setFaults([])
        for command in [
            ["a.csv", "--format", "json"] + flags, ["status"], ["status", "--format", "json"], ["review"],
            ["review", "--format", "json"], ["review", "--csv", "doubt.csv"],
            ["report", "--run", "1", "--verbose"],
            ["report", "--run", "1", "--format", "json"], ["report", "--run", "1", "--format", "csv"],
            ["report", "--run", "1", "--format", "html"], ["report", "--all", "--format", "csv"], ["config"],
            ["config", "--format", "json"], ["a.csv", "--dry-run", "--show-xml"], ["b.csv", "--nonsense"],
        ] {
            expectNoTrace(try fixture.stimport.run(command), of: command.joined(separator: " "))
        }
        let files = try fixture.folder.list()
        #expect(files.contains("state/stimport/ledger.sqlite3"))
        #expect(files.contains("a.rejects.csv"))
        for name in files { expectNoTrace(try fixture.folder.bytes(name), in: name) }
    }

    @Test(
        "Nor is it where the answer to the handshake quotes it",
        arguments: [
            "400:body=BODY", "401:body=BODY", "404:body=BODY", "500:body=BODY", "auth-failure:body=BODY",
            "garbage:body=BODY", "login-page:title=BODY", "302:location=http://BODY/",
            "302:location=/login%3Fp=BODY", "301:location=http://sandbox-user:BODY%40x/",
        ])
    func handshake(fault: String) throws {
        let encoded = try #require(Self.password.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let fixture = try SandboxFixture([
            fault.replacingOccurrences(of: "BODY", with: encoded) + "@handshake"
        ]) {
            $0.password = Self.password
            $0.echoes = true
        }
        try fixture.write(rows: 2)
        let run = try fixture.run("a.csv", "--retries", "0", "--log", "log")
        #expect(run.totals == "pending 2")
        #expect(fixture.server.posts == 0)
        expectNoTrace(run.process, of: "import")
        expectNoTrace(try fixture.stimport.run("status"), of: "status")
        for name in try fixture.folder.list() { expectNoTrace(try fixture.folder.bytes(name), in: name) }
    }

    @Test("A run that is killed leaves it in no file either")
    func killed() throws {
        let fixture = try SandboxFixture(["hold:after@2"]) { $0.password = Self.password }
        try fixture.write(rows: 4)
        let process = try fixture.stimport.start(["a.csv", "--batch-size", "2"])
        #expect(fixture.server.waitForHeld(1))
        process.signal(SIGKILL)
        process.wait()
        let files = try fixture.folder.list()
        #expect(files.contains("state/stimport/ledger.sqlite3-wal"))
        for name in files { expectNoTrace(try fixture.folder.bytes(name), in: name) }
    }

    @Test("It is read from a file or from a command's output too")
    func sources() throws {
        let fixture = try SandboxFixture { $0.password = Self.password }
        try fixture.folder.write("secret", Self.password + "\n")
        chmod(fixture.folder.path("secret"), 0o600)
        var stimport = fixture.stimport
        stimport.environment["STIMPORT_PASSWORD"] = nil
        try fixture.write(rows: 1)
        let byFile = try stimport.run(["a.csv"], environment: ["STIMPORT_PASSWORD_FILE": "secret"])
        #expect(byFile.status == 0, "\(byFile.stderr)")
        try fixture.write(rows: 1, firstCustomer: 9_500)
        let byCommand = try stimport.run(["a.csv"], environment: ["STIMPORT_PASSWORD_COMMAND": "cat secret"])
        #expect(byCommand.status == 0, "\(byCommand.stderr)")
        #expect(fixture.server.authentications == 4)
        expectNoTrace(byFile, of: "import")
        expectNoTrace(byCommand, of: "import")
    }
}

/// Lets every post go on that a server parks, until it is stopped.
private final class ReleasingAll {
    private let timer = DispatchSource.makeTimerSource()

    init(_ server: SandboxServer) {
        timer.schedule(deadline: .now(), repeating: .milliseconds(20))
        timer.setEventHandler { server.release() }
        timer.resume()
    }

    func stop() { timer.cancel() }
}
