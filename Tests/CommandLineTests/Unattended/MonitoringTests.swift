import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("What monitoring is told")
struct MonitoringTests {
    private func runner(_ faults: String...) throws -> (Stimport, SandboxServer) {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan(parsing: faults)))
        let stimport = try Stimport(for: server)
        try stimport.folder.write("a.csv", SampleRows.csv(count: 4))
        return (stimport, server)
    }

    /// The samples by name and labels; each must have its HELP and TYPE lines.
    private func metrics(_ stimport: Stimport) throws -> [String: Double] {
        var samples: [String: Double] = [:]
        var described: [Substring: Int] = [:]
        for line in try stimport.folder.read("m.prom").split(separator: "\n") {
            let words = line.split(separator: " ")
            if line.hasPrefix("#") {
                described[words[2], default: 0] += 1
                continue
            }
            let name = words[0].prefix { $0 != "{" }
            #expect(name.hasPrefix("stimport_"))
            #expect(described[name] == 2, "\(name)")
            let value = try #require(Double(words[1]))
            samples[String(words[0])] = value
        }
        return samples
    }

    @Test("Metrics tell of the run and of the ledger, and keep the last success when a later run fails")
    func keepsSuccess() throws {
        let (stimport, server) = try runner()
        #expect(try stimport.run("a.csv", "--metrics", "m.prom").status == 0)
        let good = try metrics(stimport)
        #expect(good["stimport_rows{state=\"created\"}"] == 4)
        #expect(good["stimport_exit_status"] == 0)
        #expect(good["stimport_posts"] == 1)
        #expect(good["stimport_ledger_pending"] == 0)
        let success = try #require(good["stimport_last_success_timestamp_seconds"])
        #expect(abs(success - Date().timeIntervalSince1970) < 3_600)
        var status = stat()
        stat(stimport.folder.path("m.prom"), &status)
        #expect(status.st_mode & 0o777 == 0o644)

        server.setFaults(try FaultPlan("429@1-"))
        try stimport.folder.write("b.csv", SampleRows.csv(count: 2, firstCustomer: 5_001))
        #expect(try stimport.run("b.csv", "--metrics", "m.prom", "--retries", "1").status == 5)
        let bad = try metrics(stimport)
        #expect(bad["stimport_exit_status"] == 5)
        #expect(bad["stimport_rows{state=\"pending\"}"] == 2)
        #expect(bad["stimport_retries"] == 1)
        #expect(bad["stimport_ledger_pending"] == 2)
        #expect(bad["stimport_last_success_timestamp_seconds"] == success)

        // The ledger is gone: what an earlier run wrote is what is known.
        try stimport.folder.write("state/stimport/ledger.sqlite3", "no ledger")
        #expect(try stimport.run("b.csv", "--metrics", "m.prom").status == 8)
        let lost = try metrics(stimport)
        #expect(lost["stimport_exit_status"] == 8)
        #expect(lost["stimport_last_success_timestamp_seconds"] == success)
        #expect(lost["stimport_ledger_pending"] == nil)
    }

    @Test("Metrics that can't be written are a warning")
    func unwritable() throws {
        let (stimport, server) = try runner()
        let outcome = try stimport.run("a.csv", "--metrics", "none/m.prom")
        #expect(outcome.status == 0)
        #expect(outcome.stderr.contains("warning: the metrics none/m.prom can't be written"))
        #expect(server.createdCount == 4)
    }

    @Test("The command is run after a run that did not end with 0, with the summary and without the password")
    func notify() throws {
        let (stimport, server) = try runner()
        let command = "cat > told.json; env > told.env; echo printed"
        let good = try stimport.run("a.csv", "--notify-command", command)
        #expect(good.status == 0)
        #expect(!stimport.folder.exists("told.json"))
        try stimport.folder.write("b.csv", SampleRows.csv(count: 1, firstCustomer: 5_001) + "x,,,,,,\n")
        let bad = try stimport.run("b.csv", "--notify-command", command, "--format", "json")
        #expect(bad.status == 1)
        #expect(try stimport.folder.read("told.json") == bad.stdout)
        #expect(try ImportSummary(stimport.folder.read("told.json")).exit == 1)
        let environment = try stimport.folder.read("told.env")
        #expect(environment.contains("STIMPORT_USERNAME="))
        #expect(!environment.contains(server.password) && !environment.contains("STIMPORT_PASSWORD="))
    }

    @Test("It is told of a run that could not begin, too")
    func notifyWithoutRun() throws {
        let (stimport, server) = try runner()
        defer { server.stop() }
        let outcome = try stimport.run("a.csv", "--require-ledger", "--notify-command", "cat > told.json")
        #expect(outcome.status == 8)
        let told = try stimport.folder.read("told.json")
        #expect(try ImportSummary(told).exit == 8)
        #expect(told.contains("\"error\": \"nothing was posted: there is no ledger at"))
    }

    @Test("A command that fails is a warning", arguments: ["exit 3", "kill -9 $$", "/none/such"])
    func notifyFails(command: String) throws {
        let (stimport, server) = try runner("close@1")
        defer { server.stop() }
        let outcome = try stimport.run("a.csv", "--notify-command", command)
        #expect(outcome.status == 6)
        #expect(outcome.stderr.contains("warning: the notify command failed: "))
    }

    @Test("A rehearsal neither writes metrics nor tells anybody", arguments: ["--dry-run", "--sandbox"])
    func rehearsal(flag: String) throws {
        let (stimport, server) = try runner()
        defer { server.stop() }
        try stimport.folder.write("b.csv", SampleRows.csv(count: 1) + "x,,,,,,\n")
        let outcome = try stimport.run("b.csv", flag, "--metrics", "m.prom", "--notify-command", "touch told")
        #expect(outcome.status == 1)
        #expect(!stimport.folder.exists("m.prom") && !stimport.folder.exists("told"))
    }

    @Test("status --check: 0 when all is well, 5 when stale or pending, 6 in doubt, 8 without a ledger")
    func check() throws {
        let (stimport, server) = try runner()
        func check(_ age: String) throws -> Int32? {
            let outcome = try stimport.run("status", "--check", age, "--quiet")
            #expect(outcome.stdout == "")
            return outcome.status
        }
        #expect(try check("1h") == 8)
        #expect(try stimport.run("a.csv").status == 0)
        #expect(try check("1h") == 0)
        #expect(try check("0s") == 5)
        // A run that posted nothing is no success, and does not undo one either.
        #expect(try stimport.run("a.csv", "--dry-run").status == 0)
        #expect(try check("1h") == 0)
        server.setFaults(try FaultPlan("429@2", "close@3-"))
        try stimport.folder.write("b.csv", SampleRows.csv(count: 1, firstCustomer: 5_001))
        #expect(try stimport.run("b.csv", "--retries", "0").status == 5)
        #expect(try check("1h") == 5)
        #expect(try stimport.run("resume").status == 6)
        #expect(try check("1h") == 6)
        let status = try stimport.run("status", "--format", "json").stdout
        let json = try #require(JSONSerialization.jsonObject(with: Data(status.utf8)) as? [String: Any])
        #expect(json["in_doubt"] as? Int == 1)
        #expect(json["pending"] as? Int == 0)
        #expect((json["last_success"] as? String)?.hasSuffix("Z") == true)
        #expect((json["runs"] as? [[String: Any]])?.map { $0["run"] as? Int } == [4, 3, 2, 1])
    }
}
