import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Reports on what was done")
struct ReportTests {
    /// Two runs: the first has two created and one refused row, the second one invalid and one created.
    private func fixture() throws -> SandboxFixture {
        let fixture = try SandboxFixture { $0.refusedCustomers = ["9002"] }
        try fixture.write(rows: 3)
        _ = try fixture.run("a.csv")
        try fixture.folder.write("b.csv", SampleRows.csv(count: 1, firstCustomer: 9_100) + "x,,,,,,\n")
        _ = try fixture.run("b.csv")
        return fixture
    }

    @Test(
        "What is listed is chosen by run, age, state and file",
        arguments: [
            (["--run", "1"], ["created", "refused", "created"]), ([], ["created", "invalid"]),
            (["--last", "2"], ["created", "invalid", "created", "refused", "created"]),
            (["--last", "9", "--state", "refused,invalid"], ["invalid", "refused"]),
            (["--since", "7d", "--file", "b.csv"], ["created", "invalid"]),
            (["--since", "2100-01-01"], []),
            (["--all", "--state", "created"], ["created", "created", "created"]),
            (["--state", "already-created"], []),
        ] as [([String], [String])])
    func selection(arguments: [String], states: [String]) throws {
        let fixture = try fixture()
        let csv = CSVTable(try fixture.stimport.run(["report", "--format", "csv"] + arguments).stdout)
        #expect(csv["state"] == states)
        #expect(csv["run"].allSatisfy { ["1", "2"].contains($0) })
        #expect(csv["time"].allSatisfy { !$0.isEmpty } && csv["site"].allSatisfy { !$0.isEmpty })
        for format in ["text", "json", "html"] {
            let outcome = try fixture.stimport.run(["report", "--format", format] + arguments)
            #expect(outcome.status == 0, "\(format): \(outcome.stderr)")
        }
    }

    @Test(
        "A choice that can't be meant is wrong usage",
        arguments: [
            ["--all", "--last", "1"], ["--since", "soon"], ["--state", "broken"], ["--last", "0"],
            ["--run", "1", "--since", "1d"],
        ])
    func wrongUsage(arguments: [String]) throws {
        let outcome = try Stimport().run(["report"] + arguments)
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("\n  fix: "), "\(outcome.stderr)")
    }

    @Test("Every line for people names its customer, run, time and site, and none is left out")
    func text() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "a.csv", SampleRows.csv(count: 1) + (1...30).map { "\(800 + $0),1,2,x,,,\n" }.joined())
        _ = try fixture.run("a.csv")
        let lines = try fixture.stimport.run("report").stdout.split(separator: "\n").filter {
            $0.contains(": invalid ")
        }
        #expect(lines.count == 30)
        for line in lines {
            #expect(
                line.contains("customer 8") && line.contains("run 1") && line.contains("informationposter"),
                "\(line)")
        }
    }

    @Test("Rows as JSON have the same keys each, and a whole run is its summary")
    func json() throws {
        let fixture = try fixture()
        let text = try fixture.stimport.run("report", "--last", "2", "--format", "json").stdout
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["version"] as? Int == 1)
        #expect((object["runs"] as? [[String: Any]])?.map { $0["run"] as? Int } == [2, 1])
        let rows = try #require(object["rows"] as? [[String: Any]])
        #expect(rows.count == 5)
        let keys = [
            "EndTime", "Notes", "SecurityTraxUniqueID", "ServiceDetailType", "ServiceType", "StartTime",
            "TechID",
            "code", "customer", "customer_found", "details", "file", "id", "line", "reason", "run", "site",
            "state",
            "time",
        ]
        for row in rows { #expect(row.keys.sorted() == keys) }
        #expect(try ImportSummary(fixture.stimport.run("report", "--format", "json").stdout).run == 2)
    }

    @Test(
        "Any CSV for a spreadsheet begins with a byte order mark and has no formulas; without the flag it is as it was sent",
        arguments: [["report"], ["report", "--all"], ["find", "9001"], ["reconcile", "none.csv"]])
    func excel(command: [String]) throws {
        let fixture = try SandboxFixture()
        let day = SampleRows.day(30)
        try fixture.folder.write(
            "f.csv",
            "Customer ID,Start,End,Service,Notes\n9001,\(day) 9:00,\(day) 10:00,Service,=1+1\n")
        _ = try fixture.run("f.csv")
        try fixture.folder.write("none.csv", "Customer ID,Start\n")
        for (arguments, prefix, value) in [([], "", "=1+1"), (["--excel"], "\u{FEFF}", "'=1+1")] {
            let text = try fixture.stimport.run(command + ["--format", "csv"] + arguments).stdout
            #expect(text.hasPrefix("\u{FEFF}") == !prefix.isEmpty)
            #expect(CSVTable(text)["Notes"] == [value], "\(text)")
        }
    }

    @Test("The page loads nothing, and its policy allows the one style and the one script that it has")
    func page() throws {
        let fixture = try fixture()
        for arguments in [["--run", "1"], ["--last", "2"], ["--all"]] {
            let page = try fixture.stimport.run(["report", "--format", "html"] + arguments).stdout
            for name in ["style", "script"] {
                let parts = page.components(separatedBy: "<\(name)>")
                #expect(parts.count == 2)
                let content = try #require(parts.last?.components(separatedBy: "</\(name)>").first)
                let hash = try Self.hash(content)
                #expect(page.contains("\(name)-src 'sha256-\(hash)'"), "the new hash of the \(name): \(hash)")
            }
            #expect(page.contains("default-src 'none'"))
            for word in ["src=", "@import", "url(", "style=\"", "onclick", "<link"] {
                #expect(!page.contains(word), "\(word)")
            }
            #expect(page.contains("<caption>") && page.contains("<th scope=\"col\">ID</th>"))
        }
        let page = try fixture.stimport.run("report", "--run", "1", "--format", "html").stdout
        #expect(page.contains("3 rows = 2 created + 1 refused"))
        #expect(page.contains("1 × refused-by-service: Customer not found"))
        #expect(page.contains("<svg class=\"schedule\"") && page.contains("<svg class=\"posts\""))
    }

    @Test("Rows with one reason are one group, whatever line or number the reason names")
    func groups() throws {
        let fixture = try SandboxFixture(["close:after@1"])
        try fixture.write(rows: 250)
        #expect(try fixture.run("a.csv", "--batch-size", "250").totals == "in_doubt 250")
        // The second run tells of each row since which line it is in doubt.
        #expect(try fixture.run("a.csv").totals == "in_doubt 250")
        let page = try fixture.stimport.run("report", "--format", "html").stdout
        #expect(page.contains("<summary>250 × outcome-unknown</summary>"), "\(page.prefix(9_000))")
        #expect(page.contains("in doubt since line 2 of") && page.contains("in doubt since line 3 of"))
        #expect(page.contains("and 200 more among the rows below"))
    }

    @Test("A page of no rows says so, and one of many keeps them as text")
    func sizes() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("empty.csv", SampleRows.csv(count: 0))
        _ = try fixture.run("empty.csv")
        #expect(try fixture.stimport.run("report", "--format", "html").stdout.contains("There are no rows."))
        try fixture.write(rows: 1_100)
        _ = try fixture.run("a.csv", "--batch-size", "500")
        let page = try fixture.stimport.run("report", "--format", "html").stdout
        #expect(page.components(separatedBy: "<tr>").count < 20)
        let texts = page.components(separatedBy: "<pre>\n").dropFirst().compactMap {
            $0.components(separatedBy: "</pre>").first
        }
        // Several, so that a browser need not lay out what is out of sight.
        #expect(texts.count == 5)
        #expect(texts.joined().split(separator: "\n").count == 1_100)
    }

    @Test("A file that no run has is said to be unknown", arguments: [[], ["--last", "2"], ["--run", "1"]])
    func unknownFile(runs: [String]) throws {
        let fixture = try fixture()
        let outcome = try fixture.stimport.run(["report", "--file", "nothere.csv"] + runs)
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("file named nothere.csv"), "\(outcome.stderr)")
    }

    @Test("A monitor's first line says why, also where there is no ledger to read")
    func monitor() throws {
        let fixture = try fixture()
        let fresh = try fixture.stimport.run("status", "--check", "26h")
        #expect(fresh.status == 0)
        #expect(fresh.stdout.hasPrefix("OK: last complete run "), "\(fresh.stdout)")
        let stale = try fixture.stimport.run("status", "--check", "0s")
        #expect(stale.status == 5)
        #expect(stale.stdout.hasPrefix("STALE: last complete run "), "\(stale.stdout)")
        try fixture.folder.write("junk", "junk")
        for ledger in ["none", "junk"] {
            let unreadable = try fixture.stimport.run("status", "--check", "26h", "--ledger", ledger)
            #expect(unreadable.status == 8)
            #expect(unreadable.stdout.hasPrefix("UNREADABLE: "), "\(unreadable.stdout)")
            #expect(try fixture.stimport.run("status", "--ledger", ledger).stdout.isEmpty)
        }
    }

    /// SHA-256 in base 64, as a policy has it.
    private static func hash(_ text: String) throws -> String {
        let folder = try TemporaryFolder()
        try folder.write("x", text)
        let script = "sha256sum x | cut -d' ' -f1 | xxd -r -p 2>/dev/null | base64"
        let fallback =
            "python3 -c \"import hashlib,base64;print(base64.b64encode(hashlib.sha256(open('x','rb').read()).digest()).decode())\""
        let outcome = try RunningProcess(
            "/bin/sh",
            arguments: ["-c", "if command -v python3 >/dev/null; then \(fallback); else \(script); fi"],
            environment: ProcessInfo.processInfo.environment, folder: folder.path
        ).wait()
        return outcome.stdout.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
