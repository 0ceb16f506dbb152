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
