import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A person's words on what is in doubt")
struct VerdictTests {
    /// A fixture whose first run left customers 9001 and 9002 in doubt and created the other two.
    private func doubtful(_ fault: String = "close:after@1") throws -> SandboxFixture {
        let fixture = try SandboxFixture([fault])
        try fixture.write(rows: 4)
        let run = try fixture.run("a.csv", "--batch-size", "2")
        #expect(run.status == 6)
        #expect(run.totals == "created 2, in_doubt 2")
        return fixture
    }

    /// The list of `review --csv -`.
    private func review(_ fixture: SandboxFixture) throws -> CSVTable {
        let outcome = try fixture.stimport.run("review", "--csv", "-")
        #expect(outcome.status == 0)
        return CSVTable(outcome.stdout)
    }

    private func ids(_ fixture: SandboxFixture) throws -> [String] { try review(fixture)["id"] }

    private func states(_ fixture: SandboxFixture) throws -> [String: String] {
        let report = try fixture.report("--all")
        return Dictionary(
            uniqueKeysWithValues: zip(report["SecurityTraxUniqueID"], report["state"]))
    }

    @Test("review tells what is known of each")
    func reviewForms() throws {
        let fixture = try doubtful()
        let text = try fixture.stimport.run("review")
        #expect(text.status == 0)
        for word in [
            "9001", "9002", "line 2 of a.csv", "line 3 of a.csv", "batch 1 of run 1", "stimport resolve",
        ] {
            #expect(text.stdout.contains(word), "\(word)")
        }
        #expect(!text.stdout.contains("9003"))
        let list = try review(fixture)
        #expect(
            list.header == ["id", "batch", "sent", "reason"] + CSVTable(SampleRows.header + "\n").header + [
                "links", "verdict",
            ])
        #expect(list["SecurityTraxUniqueID"] == ["9001", "9002"])
        #expect(list["batch"] == ["1", "1"])
        #expect(list["verdict"] == ["", ""])
        #expect(list["reason"].allSatisfy { !$0.isEmpty })
        #expect(list["sent"].allSatisfy { !$0.isEmpty })
        struct JSON: Decodable {
            struct Entry: Decodable {
                var id: Int, batch: Int, SecurityTraxUniqueID: String, file: String, line: Int
            }
            var in_doubt: Int
            var appointments: [Entry]
        }
        let json = try fixture.stimport.run("review", "--format", "json")
        let decoded = try JSONDecoder().decode(JSON.self, from: Data(json.output))
        #expect(decoded.in_doubt == 2)
        #expect(decoded.appointments.map(\.SecurityTraxUniqueID) == ["9001", "9002"])
        #expect(decoded.appointments.map { "\($0.id)" } == list["id"])
        #expect(try fixture.stimport.run("status").stdout.contains("2 in doubt"))
    }

    @Test("Created ones are known from then on, and the others are posted again")
    func byNumber() throws {
        let fixture = try doubtful("partial:rows=1@1")
        let ids = try ids(fixture)
        // The server may still be working on it.
        let early = try fixture.stimport.run("resolve", "--created", ids[0], "--not-created", ids[1])
        #expect(early.status == 2)
        #expect(early.stderr.contains("--now"))
        #expect(try self.ids(fixture) == ids)
        let resolved = try fixture.stimport.run(
            "resolve", "--created", ids[0], "--not-created", ids[1], "--now", "--note", "looked it up")
        #expect(resolved.status == 0)
        #expect(
            try states(fixture) == [
                "9001": "created", "9002": "pending", "9003": "created", "9004": "created",
            ])
        // The first run still shows how it ended.
        #expect(try fixture.report("--run", "1")["state"] == ["in_doubt", "in_doubt", "created", "created"])
        let run = try fixture.run("a.csv")
        #expect(run.status == 0)
        #expect(run.totals == "created 1, already_created 3")
        #expect(fixture.server.createdCount == 4)
        #expect(fixture.server.duplicates == 0)
        #expect(try fixture.report("--run", "1")["state"] == ["in_doubt", "in_doubt", "created", "created"])
    }

    @Test(
        "IDs without a word on them are met with the words to give", arguments: [["1"], ["1-2"], ["1", "2"]])
    func withoutVerdict(ids: [String]) throws {
        let fixture = try doubtful()
        let outcome = try fixture.stimport.run(["resolve"] + ids)
        #expect(outcome.status == 2)
        let typed = ids.joined(separator: " ")
        for word in ["stimport resolve --created \(typed)", "stimport resolve --not-created \(typed)"] {
            #expect(outcome.stderr.contains(word), "\(outcome.stderr)")
        }
        #expect(try self.ids(fixture).count == 2)
    }

    @Test("A list that is called by a number is read")
    func numberedList() throws {
        let fixture = try doubtful()
        #expect(try fixture.stimport.run("review", "--csv", "7").status == 0)
        #expect(try fixture.stimport.run("resolve", "7").stdout.contains("No line of 7 has a verdict"))
    }

    @Test("A whole batch is settled by its number", arguments: [["--created"], ["--not-created", "--now"]])
    func byBatch(verdict: [String]) throws {
        let fixture = try doubtful()
        #expect(try fixture.stimport.run(["resolve", "--batch", "2", "--created"]).status == 2)
        let outcome = try fixture.stimport.run(["resolve", "--batch", "1"] + verdict)
        #expect(outcome.status == 0)
        #expect(outcome.stdout.contains("2 appointments"))
        let state = verdict == ["--created"] ? "created" : "pending"
        #expect(try states(fixture) == ["9001": state, "9002": state, "9003": "created", "9004": "created"])
    }

    @Test("The list begins with a byte order mark, wherever it goes")
    func byteOrderMark() throws {
        let fixture = try doubtful()
        #expect(try fixture.stimport.run("review", "--csv", "-").stdout.hasPrefix("\u{FEFF}id,"))
        #expect(try fixture.stimport.run("review", "--csv", "list.csv").status == 0)
        #expect(try fixture.folder.read("list.csv").hasPrefix("\u{FEFF}id,"))
    }

    @Test("A filled-in list settles what it has a verdict for")
    func byList() throws {
        let fixture = try doubtful("close:before@1")
        #expect(try fixture.stimport.run("review", "--csv", "doubt.csv").status == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: fixture.folder.path("doubt.csv"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        // A list that may have been filled in is not written over.
        #expect(try fixture.stimport.run("review", "--csv", "doubt.csv").status == 2)
        var list = CSVTable(try fixture.folder.read("doubt.csv"))
        func resolve(_ first: String, _ second: String, _ flags: String...) throws -> ProcessOutcome {
            list[0, "verdict"] = first
            list[1, "verdict"] = second
            try fixture.folder.write("doubt.csv", list.text)
            return try fixture.stimport.run(["resolve", "doubt.csv"] + flags)
        }
        let refused = try resolve("created", "perhaps", "--now")
        #expect(refused.status == 2)
        #expect(refused.stderr.contains("perhaps"))
        #expect(try ids(fixture).count == 2)
        #expect(try resolve("Created", "").status == 0)
        #expect(
            try states(fixture) == [
                "9001": "created", "9002": "in_doubt", "9003": "created", "9004": "created",
            ])
        // Its first line is settled, so the list can't be taken a second time.
        #expect(try resolve("created", "created").status == 2)
        // "Not created" within minutes of the post needs a word more, in a list too.
        #expect(try resolve("", "not-created").status == 2)
        #expect(try states(fixture)["9002"] == "in_doubt")
        #expect(try resolve("", "Not created", "--now").status == 0)
        #expect(try states(fixture)["9002"] == "pending")
    }

    @Test("An old list, made before a later doubt, is refused whole")
    func oldList() throws {
        let fixture = try doubtful("close:before@1")
        #expect(try fixture.stimport.run("review", "--csv", "old.csv").status == 0)
        #expect(try fixture.stimport.run("resolve", "--batch", "1", "--not-created", "--now").status == 0)
        try fixture.server.setFaults(FaultPlan("close:after x1"))
        #expect(try fixture.run("resume", "--batch-size", "2").status == 6)
        var old = CSVTable(try fixture.folder.read("old.csv"))
        for record in old.records.indices { old[record, "verdict"] = "created" }
        try fixture.folder.write("old.csv", old.text)
        let refused = try fixture.stimport.run("resolve", "old.csv")
        #expect(refused.status == 2)
        #expect(refused.stderr.contains("old list"))
        #expect(try ids(fixture).count == 2)
    }

    @Test(
        "Words that can't be taken change nothing",
        arguments: [
            ["--created", "4711"], ["--created", "ID", "4711"], ["--created", "3"], ["--created", "ID", "3"],
            ["--batch", "99", "--created"], ["missing.csv"], ["a.csv"], ["--not-created", "ID"],
            ["--done", "ID"], ["--run", "1", "--approve", "--note", "x"],
            ["--quiet-until", "1/5/2040", "4711"],
        ])
    func refused(words: [String]) throws {
        let fixture = try doubtful()
        let before = try states(fixture)
        let id = try ids(fixture)[0]
        let outcome = try fixture.stimport.run(["resolve"] + words.map { $0 == "ID" ? id : $0 })
        #expect(outcome.status == (words == ["missing.csv"] ? 3 : 2), "\(outcome.stderr)")
        // What is refused is not shown as if it were about to change.
        #expect(outcome.stdout.isEmpty)
        #expect(try states(fixture) == before)
    }

    @Test("A list without a verdict says that nothing was changed")
    func noVerdicts() throws {
        let fixture = try doubtful()
        let before = try states(fixture)
        #expect(try fixture.stimport.run("review", "--csv", "list.csv").status == 0)
        let outcome = try fixture.stimport.run("resolve", "list.csv")
        #expect(outcome.status == 0)
        #expect(outcome.stdout == "No line of list.csv has a verdict: nothing was changed.\n")
        #expect(try states(fixture) == before)
    }

    @Test("What is pending then is counted as one or as several", arguments: [1, 2])
    func pendingThen(count: Int) throws {
        let fixture = try doubtful()
        let named = try ids(fixture).prefix(count)
        let outcome = try fixture.stimport.run(["resolve", "--not-created"] + named + ["--now"])
        #expect(
            outcome.stdout.contains(
                count == 1
                    ? "1 appointment is pending now: stimport resume posts it."
                    : "2 appointments are pending now: stimport resume posts them."), "\(outcome.stdout)")
    }

    // MARK: Withdrawing

    @Test("A withdrawn visit does not come back with the next file")
    func withdraw() throws {
        let fixture = try doubtful()
        let report = try fixture.report("--all")
        let id = Dictionary(uniqueKeysWithValues: zip(report["SecurityTraxUniqueID"], report["stimport_id"]))
        // What is in doubt is settled first.
        #expect(try fixture.stimport.run("withdraw", try #require(id["9001"]), "--note", "x").status == 2)
        // All of them, or none.
        #expect(
            try fixture.stimport.run(
                "withdraw", try #require(id["9003"]), try #require(id["9001"]), "--note", "x"
            ).status == 2)
        #expect(try states(fixture)["9003"] == "created")
        let outcome = try fixture.stimport.run(
            "withdraw", try #require(id["9003"]), "--note", "cancelled by phone")
        #expect(outcome.status == 0)
        let after = try fixture.report("--all")
        let row = try #require(after["SecurityTraxUniqueID"].firstIndex(of: "9003"))
        #expect(after[row, "state"] == "skipped")
        #expect(after[row, "code"] == "withdrawn")
        #expect(after[row, "reason"].contains("cancelled by phone"))
        #expect(try fixture.report("--run", "1")["state"] == ["in_doubt", "in_doubt", "created", "created"])
        let run = try fixture.run("a.csv")
        #expect(run.status == 6)
        #expect(run.totals == "already_created 1, skipped 1, in_doubt 2")
        #expect(run.codes == ["withdrawn"])
        #expect(run.summary.findings.map(\.severity) == ["skipped"])
        #expect(run.summary.findings[0].message.contains("cancelled by phone"))
        #expect(fixture.server.createdCount == 4)
    }

    @Test(
        "What can't be withdrawn, or taken back, is refused before it is shown",
        arguments: [
            ["ID", "--note", "x"], ["--undo", "ID"], ["--undo", "--rebook", "ID"], ["4711", "--note", "x"],
        ])
    func notWithdrawn(words: [String]) throws {
        let fixture = try doubtful()
        let before = try states(fixture)
        let id = try ids(fixture)[0]
        let outcome = try fixture.stimport.run(["withdraw"] + words.map { $0 == "ID" ? id : $0 })
        #expect(outcome.status == 2)
        #expect(outcome.stdout.isEmpty)
        #expect(outcome.stderr.contains("nothing was changed"), "\(outcome.stderr)")
        #expect(try states(fixture) == before)
    }

    @Test("What a run left pending is withdrawn by the run's number")
    func withdrawRun() throws {
        let fixture = try SandboxFixture()
        try fixture.write("wrong.csv", rows: 3)
        try fixture.write("right.csv", rows: 2, firstCustomer: 9_500)
        #expect(try fixture.run("wrong.csv", "--stop-after", "0s").totals == "pending 3")
        #expect(try fixture.run("right.csv", "--stop-after", "0s").totals == "pending 2")
        let outcome = try fixture.stimport.run("withdraw", "--run", "1", "--note", "wrong file")
        #expect(outcome.status == 0)
        #expect(outcome.stdout.contains("3 appointments withdrawn"))
        #expect(try fixture.run("resume").totals == "created 2")
        #expect(fixture.server.created.map(\.customerID) == ["9500", "9501"])
        #expect(try fixture.stimport.run("withdraw", "--run", "99", "--note", "x").status == 2)
        // A run of which nothing waits is the wrong number.
        for run in ["1", "3"] {
            let nothing = try fixture.stimport.run("withdraw", "--run", run, "--note", "x")
            #expect(nothing.status == 2)
            #expect(nothing.stderr.contains("nothing of run \(run) is pending or held"), "\(nothing.stderr)")
        }
    }

    // MARK: Looking back

    @Test("A run's report has a text, a JSON, a CSV and an HTML form, and stays as it ended")
    func reports() throws {
        let fixture = try doubtful()
        func all() throws -> [String] {
            try ["text", "json", "csv", "html"].map { form in
                let outcome = try fixture.stimport.run("report", "--run", "1", "--format", form)
                #expect(outcome.status == 0, "\(form): \(outcome.stderr)")
                return outcome.stdout
            }
        }
        let before = try all()
        #expect(before[0].contains("4 rows = 2 created + 2 in doubt"))
        let json = try ImportSummary(before[1])
        #expect(json.totals.description == "created 2, in_doubt 2")
        #expect(json.exit == 6)
        let csv = CSVTable(before[2])
        #expect(csv.header.prefix(5) == ["file", "line", "state", "code", "reason"])
        #expect(csv["ConfirmationStatusName"] == ["", "", "Not Confirmed", "Not Confirmed"])
        #expect(before[3].lowercased().contains("<html"))
        #expect(before[3].contains("9001"))
        #expect(try fixture.stimport.run("resolve", "--batch", "1", "--created").status == 0)
        #expect(try fixture.run("a.csv").totals == "already_created 4")
        #expect(try all() == before)
        // Without a number it is the last run.
        #expect(try ImportSummary(fixture.stimport.run("report", "--format", "json").stdout).run == 2)
        #expect(try fixture.stimport.run("report", "--run", "99").status == 2)
    }

    @Test("status lists the runs and what is open, and answers a monitor by its exit status")
    func status() throws {
        let fixture = try doubtful()
        func status(_ arguments: String...) throws -> (status: Int32?, output: String) {
            let outcome = try fixture.stimport.run(["status"] + arguments)
            return (outcome.status, outcome.stdout)
        }
        #expect(try status().status == 0)
        #expect(try status().output.contains("2 in doubt"))
        #expect(try status("--check", "26h").status == 6)
        #expect(try fixture.stimport.run("resolve", "--batch", "1", "--not-created", "--now").status == 0)
        #expect(try status("--check", "26h").status == 5)
        #expect(try status().output.contains("2 pending since run 1"))
        #expect(try fixture.run("resume").status == 0)
        let quiet = try status("--check", "26h", "--quiet")
        #expect(quiet.status == 0)
        #expect(quiet.output == "")
        #expect(try status("--check", "0s").status == 5)
        struct JSON: Decodable {
            struct Run: Decodable { var run: Int, exit: Int, command: String }
            var runs: [Run]
            var pending: Int, in_doubt: Int, posting: Int
        }
        let json = try JSONDecoder().decode(JSON.self, from: Data(status("--format", "json").output.utf8))
        #expect(json.runs.map(\.run) == [2, 1])
        #expect(json.runs.map(\.exit) == [0, 6])
        #expect(json.runs.map(\.command) == ["resume", "import"])
        #expect(json.pending + json.in_doubt + json.posting == 0)
        #expect(try status("--run", "1").output.contains("a.csv"))
    }
}
