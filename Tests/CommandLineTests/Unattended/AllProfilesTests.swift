import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("All profiles in turn")
struct AllProfilesTests {
    /// Two dealers, each with a service, a login, an inbox and a ledger of its own.
    private let servers: [String: SandboxServer]
    private let stimport: Stimport
    private var folder: TemporaryFolder { stimport.folder }

    init() throws {
        stimport = try Stimport()
        var servers: [String: SandboxServer] = [:]
        for name in ["acme", "zeta"] {
            servers[name] = try SandboxServer(SandboxConfiguration(password: "password-of-\(name)"))
        }
        self.servers = servers
        try settings()
    }

    private func server(_ name: String) throws -> SandboxServer { try #require(servers[name]) }

    /// Writes the settings file, with more keys for a profile or for all.
    private func settings(
        top: String = "", acme: String = "", zeta: String = "", others: String = ""
    ) throws {
        var profiles = ""
        for (name, more) in [("acme", acme), ("zeta", zeta)] {
            let server = try server(name)
            try FileManager.default.createDirectory(
                atPath: folder.path("in-\(name)"), withIntermediateDirectories: true)
            profiles += """
                "\(name)": { endpoint: "\(server.endpoint)", username: "\(server.username)",
                    password: "\(server.password)", ledger: "\(folder.path(name)).sqlite3",
                    inbox: "\(folder.path("in-\(name)"))", \(more) },
                """
        }
        let partner = try server("acme").partnerID
        try folder.write(
            "config/stimport/settings.json",
            "{ partnerID: \"\(partner)\", \(top) profiles: { \(profiles) \(others) } }")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("config/stimport/settings.json"))
    }

    private func drop(_ profile: String, rows: Int, more: String = "") throws {
        let name = "in-\(profile)/a.csv"
        try folder.write(name, SampleRows.csv(count: rows) + more)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: folder.path(name))
    }

    /// The lines of the table at the end, by profile, with single spaces.
    private func table(_ outcome: ProcessOutcome) -> [String: String] {
        let lines = outcome.stdout.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        guard let head = lines.lastIndex(where: { $0.hasPrefix("profile rows created exit") }) else {
            return [:]
        }
        return Dictionary(
            lines[(head + 1)...].map { (String($0.prefix { $0 != " " }), $0) }, uniquingKeysWith: { $1 })
    }

    @Test("Each is imported with its own site, ledger, login and inbox, and one that fails stops no other")
    func imports() throws {
        try settings(
            zeta: "",
            others: #"beta: { endpoint: "https://localhost:1/a", ledger: "b.sqlite3", inbox: "none" }"#)
        try drop("acme", rows: 3, more: "x,,,,,,\n")
        try drop("zeta", rows: 2)
        let outcome = try stimport.run(["--all-profiles"])
        #expect(outcome.status == 2)
        let table = table(outcome)
        #expect(table["acme"] == "acme 4 3 rows rejected 1 invalid")
        #expect(table["beta"]?.hasPrefix("beta - - wrong usage ") == true)
        #expect(table["zeta"] == "zeta 2 2 complete")
        #expect(outcome.stderr.contains("error: profile beta: "))
        for (name, count) in [("acme", 3), ("zeta", 2)] {
            #expect(try server(name).createdCount == count)
            #expect(folder.exists("\(name).sqlite3"))
        }
        #expect(!folder.exists("state/stimport/ledger.sqlite3"))
        #expect(folder.exists("in-zeta/done/a.csv") && folder.exists("in-acme/rejects/a.csv"))
    }

    @Test("For programs it is one object, with what the command prints for each")
    func json() throws {
        try drop("acme", rows: 3)
        try drop("zeta", rows: 2)
        try server("acme").setFaults(try FaultPlan("auth-failure"))
        let outcome = try stimport.run(["--all-profiles", "--format", "json"])
        #expect(outcome.status == 4)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
        #expect(object["version"] as? Int == 1 && object["exit"] as? Int == 4)
        #expect(object["command"] as? String == "import")
        let profiles = try #require(object["profiles"] as? [[String: Any]])
        #expect(profiles.map { $0["profile"] as? String } == ["acme", "zeta"])
        #expect(profiles.map { $0["exit"] as? Int } == [4, 0])
        let results = profiles.map { $0["result"] as? [String: Any] }
        #expect(results.map { ($0?["totals"] as? [String: Any])?["rows"] as? Int } == [3, 2])
        #expect(results.map { ($0?["totals"] as? [String: Any])?["created"] as? Int } == [0, 2])
    }

    @Test("resume, status and doctor go through all of them too")
    func others() throws {
        try drop("acme", rows: 3)
        try drop("zeta", rows: 2)
        #expect(try stimport.run(["--all-profiles", "--stop-after", "0s", "--quiet"]).status == 5)
        let pending = try stimport.run(["status", "--all-profiles"])
        #expect(pending.status == 0)
        #expect(
            table(pending) == ["acme": "acme - - complete 3 pending", "zeta": "zeta - - complete 2 pending"])
        let doctor = try stimport.run(["doctor", "--all-profiles"])
        #expect(doctor.status == 0, "\(doctor.stdout)")
        #expect(table(doctor)["zeta"] == "zeta - - complete")
        let resumed = try stimport.run(["resume", "--all-profiles"])
        #expect(resumed.status == 0)
        #expect(table(resumed) == ["acme": "acme 3 3 complete", "zeta": "zeta 2 2 complete"])
        let quiet = try stimport.run(["status", "--all-profiles", "--check", "1h", "--quiet"])
        #expect(quiet.status == 0 && quiet.stdout == "")
        let stale = try stimport.run(["status", "--all-profiles", "--check", "0s", "--format", "json"])
        #expect(stale.status == 5)
        #expect(stale.stdout.components(separatedBy: "\"word\": \"STALE\"").count == 3)
    }

    @Test("An interrupted run begins no further profile")
    func interrupted() throws {
        try drop("acme", rows: 3)
        try drop("zeta", rows: 2)
        try server("acme").setFaults(try FaultPlan("hold@1"))
        let process = try stimport.start(["--all-profiles"])
        #expect(try server("acme").waitForHeld(1))
        process.signal(SIGINT)
        #expect(process.waitForErrors("stopping: "))
        try server("acme").release()
        let outcome = process.wait()
        #expect(outcome.status == 130)
        #expect(table(outcome)["zeta"] == "zeta - - not begun")
        #expect(try server("acme").createdCount == 3)
        #expect(try server("zeta").connections == 0)
    }

    @Test("A heartbeat service that several profiles share is told once, of all of them")
    func heartbeat() throws {
        let ping = try RawServer { _ in [.read, .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")] }
        defer { ping.stop() }
        func told() -> [String] {
            ping.requests.map { String(String(decoding: $0, as: UTF8.self).split(separator: " ")[1]) }
        }
        let url = "http://127.0.0.1:\(ping.port)/"
        try settings(acme: #"pingUrl: "\#(url)a""#, zeta: #"pingUrl: "\#(url)z""#)
        try drop("acme", rows: 1, more: "x,,,,,,\n")
        try drop("zeta", rows: 2)
        #expect(try stimport.run(["--all-profiles"]).status == 1)
        #expect(told() == ["/a/start", "/a", "/z/start", "/z"])
        try settings(top: #"pingUrl: "\#(url)s","#)
        try server("acme").setFaults(try FaultPlan("429@1-"))
        try drop("acme", rows: 5)
        #expect(try stimport.run(["--all-profiles", "--retries", "0"]).status == 5)
        #expect(told().dropFirst(4) == ["/s/start", "/s/fail"])
        let body = String(decoding: try #require(ping.requests.last), as: UTF8.self)
        #expect(body.contains(#"{"command":"import","exit":5,"rows":"#) && body.contains(#""pending":4}"#))
    }

    @Test(
        "What would hold for every profile is wrong usage",
        arguments: [
            ["--profile", "acme"], ["--ledger", "l.sqlite3"], ["--site", "acme"], ["--inbox", "in-acme"],
            ["a.csv"],
            ["--endpoint", "https://localhost/a"], ["--metrics", "m.prom"],
        ])
    func wrongUsage(arguments: [String]) throws {
        try drop("acme", rows: 1)
        let outcome = try stimport.run(["--all-profiles"] + arguments)
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("--all-profiles") && outcome.stderr.contains("\n  fix: "))
        #expect(try server("acme").connections == 0)
    }

    @Test("A table of ledgers is no form for profiles; where only the settings ask for it, the form is text")
    func noTable() throws {
        try settings(top: #"format: "csv","#)
        #expect(try stimport.run(["status", "--all-profiles"]).stdout.contains("profile acme:"))
        let typed = try stimport.run(["status", "--all-profiles", "--format", "csv"])
        #expect(typed.status == 2 && typed.stdout == "")
        #expect(typed.stderr.contains("--all-profiles has no form csv"), "\(typed.stderr)")
    }

    @Test(
        "So is a variable, and a login that goes before a profile's own",
        arguments: [
            "STIMPORT_PROFILE", "STIMPORT_LEDGER", "STIMPORT_SITE", "STIMPORT_ENDPOINT", "STIMPORT_INBOX",
            "STIMPORT_METRICS", "STIMPORT_PASSWORD", "STIMPORT_USERNAME", "STIMPORT_PASSWORD_COMMAND",
        ])
    func variables(name: String) throws {
        try drop("acme", rows: 1)
        let outcome = try stimport.run(["--all-profiles"], environment: [name: "acme"])
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains(name) && outcome.stderr.contains("every profile"))
        #expect(try server("acme").connections == 0)
    }

    @Test("Profiles that share what must be apart are refused, and so is a file without profiles")
    func shared() throws {
        try drop("acme", rows: 1)
        func refused(_ text: String) throws {
            let outcome = try stimport.run(["--all-profiles"])
            #expect(outcome.status == 2)
            #expect(outcome.stderr.contains(text), "\(outcome.stderr)")
            #expect(try server("acme").connections == 0)
        }
        let more = try server("acme")
        let login = #"username: "u", password: "p""#
        try settings(
            others:
                #"beta: { endpoint: "https://localhost:1/a", ledger: "b", inbox: "\#(folder.path("in-acme"))", \#(login) }"#
        )
        try refused("the profiles acme and beta have one inbox, ")
        try settings(top: #"metrics: "m.prom","#)
        try refused("the profiles acme and zeta have one metrics, ")
        try settings(others: #"beta: { endpoint: "\#(more.endpoint)", ledger: "b", \#(login) }"#)
        try refused("the profiles acme and beta post to one site with two ledgers")
        try folder.write("config/stimport/settings.json", "{}")
        try refused("has no profiles")
        try FileManager.default.removeItem(atPath: folder.path("config/stimport/settings.json"))
        try refused("there is no settings file that has profiles")
    }
}
