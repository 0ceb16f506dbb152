import TestSupport
import Testing

@Suite("A proxy on the way")
struct ProxyTests {
    @Test(
        "A proxy that is not there is named, and not the host behind it",
        arguments: ["https_proxy", "HTTPS_PROXY", "ALL_PROXY"])
    func absent(variable: String) throws {
        var fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        fixture.stimport.environment[variable] = "http://127.0.0.1:1"
        let outcome = try fixture.stimport.run(
            "a.csv", "--endpoint", "https://no-such-host.invalid/x/informationposter.php", "--retries", "0")
        #expect(outcome.status == 5)
        #expect(outcome.stderr.contains("the proxy (https_proxy) can't be reached"), "\(outcome.stderr)")
    }

    @Test("A proxy that wants to know who asks is asked once, and the advice names its user and password")
    func login() throws {
        var fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        let proxy = try RawServer { _ in
            [
                .read,
                .send(
                    "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
                ), .close,
            ]
        }
        defer { proxy.stop() }
        fixture.stimport.environment["https_proxy"] = "http://127.0.0.1:\(proxy.port)"
        for arguments in [["a.csv"], ["a.csv", "--no-handshake"]] {
            let outcome = try fixture.stimport.run(
                arguments + ["--endpoint", "https://no-such-host.invalid/x/informationposter.php"])
            #expect(outcome.status == 5)
            #expect(outcome.stderr.contains("user name and password into https_proxy"), "\(outcome.stderr)")
            #expect(!outcome.stderr.contains("again later"), "\(outcome.stderr)")
            #expect(SandboxFixture.totals(try fixture.report()) == "pending 2")
        }
        #expect(proxy.begun == 2)
        let doctor = try fixture.stimport.run(
            "doctor", "--endpoint", "https://no-such-host.invalid/x/informationposter.php")
        #expect(doctor.status == 5)
        #expect(doctor.stdout.contains("user name and password into https_proxy"), "\(doctor.stdout)")
    }

    @Test("Where the host is excepted from it, the host is named")
    func excepted() throws {
        var fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        fixture.stimport.environment["https_proxy"] = "http://127.0.0.1:1"
        fixture.stimport.environment["no_proxy"] = "no-such-host.invalid"
        let outcome = try fixture.stimport.run(
            "a.csv", "--endpoint", "https://no-such-host.invalid/x/informationposter.php", "--retries", "0")
        #expect(outcome.status == 5)
        #expect(outcome.stderr.contains("the host's name is not known"), "\(outcome.stderr)")
    }
}
