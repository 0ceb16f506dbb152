import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Ways in which a visit could be booked twice")
struct TwiceTests {
    private static let header = "Appt,SecurityTraxUniqueID,StartTime,EndTime,ServiceType,TechID,Notes"

    private func row(_ number: String, _ customer: Int, day: Int = 12, _ clock: Int = 9, tech: String = "7")
        -> String
    {
        "\(number),\(customer),\(SampleRows.day(day)) \(clock):00,\(SampleRows.day(day)) \(clock + 1):00,Install,\(tech),"
    }

    private func write(_ fixture: SandboxFixture, _ name: String, _ rows: [String]) throws {
        try fixture.folder.write(name, ([Self.header] + rows).joined(separator: "\n") + "\n")
    }

    /// What a person changes in the rejects file of a refused row.
    enum Correction: String, CaseIterable {
        case technician, later, otherDay, customer
    }

    @Test(
        "A refused row that a person corrected is not booked as it was by the next export that has it",
        arguments: Correction.allCases)
    func corrected(correction: Correction) throws {
        let fixture = try SandboxFixture(["refused:rows=1@1"])
        try write(fixture, "mon.csv", [row("A1", 5001), row("A2", 5002)])
        #expect(try fixture.run("mon.csv").totals == "created 1, refused 1")
        var rejects = CSVTable(try fixture.folder.read("mon.rejects.csv"))
        switch correction {
        case .technician: rejects[0, "TechID"] = "9"
        case .later:
            rejects[0, "StartTime"] = "\(SampleRows.day(12)) 11:00"
            rejects[0, "EndTime"] = "\(SampleRows.day(12)) 12:00"
        case .otherDay:
            rejects[0, "StartTime"] = "\(SampleRows.day(14)) 9:00"
            rejects[0, "EndTime"] = "\(SampleRows.day(14)) 10:00"
        case .customer: rejects[0, "SecurityTraxUniqueID"] = "5009"
        }
        try fixture.folder.write("mon.rejects.csv", rejects.text)
        #expect(try fixture.run("mon.rejects.csv").totals == "created 1")
        for name in ["mon.csv", "tue.csv", "wed.csv"] {
            try write(
                fixture, name,
                [
                    row("A1", 5001), row("A2", 5002),
                    row("A3", 5003, name == "mon.csv" ? 8 : name == "tue.csv" ? 11 : 14),
                ])
            let night = try fixture.run(name)
            #expect(night.totals == "created 1, already_created 1, invalid 1")
            #expect(night.codes == ["already-booked-differently"])
        }
        #expect(fixture.server.createdCount == 5)
    }

    @Test("Where the corrected visit was taken out again, the row is posted as the export has it")
    func withdrawn() throws {
        let fixture = try SandboxFixture(["refused:rows=1@1", "refused:rows=1@2"])
        try write(fixture, "mon.csv", [row("A1", 5001)])
        #expect(try fixture.run("mon.csv").totals == "refused 1")
        var rejects = CSVTable(try fixture.folder.read("mon.rejects.csv"))
        rejects[0, "TechID"] = "9"
        try fixture.folder.write("b.csv", rejects.text)
        #expect(try fixture.run("b.csv").totals == "refused 1")
        try write(fixture, "tue.csv", [row("A1", 5001)])
        #expect(try fixture.run("tue.csv").totals == "created 1")
    }

    @Test(
        "A number that was written in another way is the same visit, moved",
        arguments: [("501", "501.0"), ("00501", "501"), ("1501", "\"1,501\""), ("501", "#501")])
    func otherSpelling(first: String, second: String) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", [row(first, 5001)])
        #expect(try fixture.run("a.csv", "--identity-column", "Appt").totals == "created 1")
        try write(fixture, "b.csv", [row(second, 5001, day: 14)])
        let night = try fixture.run("b.csv", "--identity-column", "Appt")
        #expect(night.status == 1)
        #expect(fixture.server.createdCount == 1)
        #expect(try fixture.stimport.run("find", second.filter { $0 != "\"" }).status == 0)
    }

    @Test(
        "What waits in a held run is not posted in another form before somebody has approved it",
        arguments: [true, false])
    func held(again: Bool) throws {
        let fixture = try SandboxFixture()
        let flags = ["--identity-column", "Appt"]
        let hold = ["--hold-if", "new>2"]
        let rows = [row("J1", 5001), row("J2", 5002), row("J3", 5003)]
        try write(fixture, "a.csv", rows)
        #expect(try fixture.run(["a.csv"] + flags + hold).status == 5)
        let moved = [row("J1", 5001, day: 14), row("J2", 5002, day: 14), row("J3", 5003, day: 14)]
        try write(fixture, "b.csv", again ? [moved[0], rows[1], rows[2]] : moved)
        let night = try fixture.run(["b.csv"] + flags + (again ? hold : []))
        #expect(Set(night.codes) == ["already-booked-differently"])
        #expect(fixture.server.createdCount == 0)
        #expect(try fixture.stimport.run("status", "--check", "26h").stdout.hasPrefix("HELD: 3 appointments"))
    }

    @Test("A withdrawal taken back leaves a held visit held")
    func heldAgain() throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", [row("J1", 5001), row("J2", 5002)])
        #expect(try fixture.run("a.csv", "--hold-if", "new>0").status == 5)
        for ids in [["2"], ["1", "2"]] {
            #expect(try fixture.stimport.run(["withdraw"] + ids + ["--note", "x", "--yes"]).status == 0)
            #expect(try fixture.stimport.run(["withdraw", "--undo"] + ids + ["--yes"]).status == 0)
            #expect(try fixture.run("resume").status == 0)
            #expect(fixture.server.createdCount == 0)
            #expect(
                try fixture.stimport.run("status", "--check", "26h").stdout.hasPrefix("HELD: 2 appointments"))
        }
        #expect(
            try fixture.stimport.run("resolve", "--run", "1", "--approve", "--note", "x", "--yes").status == 0
        )
        #expect(try fixture.stimport.run("withdraw", "2", "--note", "x", "--yes").status == 0)
        #expect(try fixture.stimport.run("withdraw", "--undo", "2", "--yes").status == 0)
        #expect(try fixture.run("resume").totals == "created 2")
    }

    @Test(
        "A withdrawal is not taken back where the visit was booked meanwhile", arguments: [[], ["--rebook"]])
    func bookedMeanwhile(flags: [String]) throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", [row("J1", 5001, tech: "7")])
        #expect(try fixture.run("a.csv", "--stop-after", "0s").totals == "pending 1")
        #expect(try fixture.stimport.run("withdraw", "1", "--note", "x", "--yes").status == 0)
        try write(fixture, "b.csv", [row("J1", 5001, tech: "9")])
        #expect(try fixture.run("b.csv").totals == "created 1")
        let undo = try fixture.stimport.run(
            ["withdraw", "--undo", "1", "--yes", "--note", "x"] + flags)
        #expect(undo.status == 2)
        #expect(undo.stderr.contains("appointment 2 was booked since 1 was withdrawn"), "\(undo.stderr)")
        #expect(try fixture.run("resume").status == 0)
        #expect(fixture.server.createdCount == 1)
    }

    @Test("A list is refused that was made of another ledger")
    func otherList() throws {
        let fixture = try SandboxFixture(["close@1", "close@2"])
        try write(fixture, "beta.csv", [row("J1", 222)])
        try write(fixture, "acme.csv", [row("J1", 111)])
        #expect(try fixture.run("beta.csv", "--ledger", "beta.sqlite3").status == 6)
        #expect(try fixture.run("acme.csv", "--ledger", "acme.sqlite3").status == 6)
        let review = try fixture.stimport.run("review", "--ledger", "acme.sqlite3", "--csv", "doubt.csv")
        #expect((review.stdout + review.stderr).contains("stimport resolve doubt.csv --ledger acme.sqlite3"))
        var list = CSVTable(try fixture.folder.read("doubt.csv"))
        list[0, "verdict"] = "not-created"
        try fixture.folder.write("doubt.csv", list.text)
        let other = try fixture.stimport.run(
            "resolve", "doubt.csv", "--ledger", "beta.sqlite3", "--now", "--yes")
        #expect(other.status == 2)
        #expect(other.stderr.contains("list of another ledger"), "\(other.stderr)")
        #expect(
            try fixture.stimport.run("resolve", "doubt.csv", "--ledger", "acme.sqlite3", "--now", "--yes")
                .status
                == 0)
        #expect(try fixture.run("resume", "--ledger", "beta.sqlite3").totals == "")
    }

    @Test("A held run of another ledger is not approved by a list")
    func otherHold() throws {
        let fixture = try SandboxFixture()
        try write(fixture, "a.csv", [row("J1", 111)])
        try write(fixture, "b.csv", [row("J1", 222), row("J2", 223)])
        #expect(try fixture.run("a.csv", "--hold-if", "new>0", "--ledger", "a.sqlite3").status == 5)
        #expect(try fixture.run("b.csv", "--hold-if", "new>1", "--ledger", "b.sqlite3").status == 5)
        _ = try fixture.stimport.run("review", "--ledger", "a.sqlite3", "--csv", "held.csv")
        var list = CSVTable(try fixture.folder.read("held.csv"))
        list[0, "verdict"] = "approve"
        try fixture.folder.write("held.csv", list.text)
        #expect(try fixture.stimport.run("resolve", "held.csv", "--ledger", "b.sqlite3", "--yes").status == 2)
        #expect(try fixture.stimport.run("resolve", "held.csv", "--ledger", "a.sqlite3", "--yes").status == 0)
    }

    @Test("Rows that a rule leaves out are not called off; a status that it names is")
    func rules() throws {
        let fixture = try SandboxFixture()
        let header = Self.header + ",Job Status\n"
        let rows = [row("J1", 111, tech: "7") + ",Booked", row("J2", 112, tech: "8") + ",Assigned"]
        try fixture.folder.write("a.csv", header + rows.joined(separator: "\n") + "\n")
        #expect(try fixture.run("a.csv").totals == "created 2")
        for flags in [["--only", "TechID=7"], ["--skip", "TechID=8"], ["--only", "Job Status=Booked"]] {
            let run = try fixture.run(["a.csv"] + flags)
            #expect(run.status == 0)
            #expect(run.totals == "already_created 1, skipped 1")
        }
        #expect(try fixture.run("a.csv", "--skip", "Job Status=Assigned").status == 1)
    }

    @Test("What completes an import by its rejects file reads it as the input was read")
    func sameReading() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write(
            "a.csv",
            "Job,Customer ID,Begins at,Ends,Service\nJ1,5001,3/2/2099 9:00,3/2/2099 10:00,Install\n")
        let run = try fixture.stimport.run(
            "a.csv", "--date-order", "dmy", "--map", "StartTime=Begins at", "--map", "EndTime=Ends",
            "--identity-column", "Job", "--no-default-skips", "--skip", "Job=J8", "--skip", "Service=Call",
            "--ledger", "l.sqlite3", "--format", "text")
        #expect(run.status == 1)
        let said = run.stdout + run.stderr
        #expect(
            said.contains(
                "then stimport a.rejects.csv --ledger l.sqlite3 --map 'StartTime=Begins at' --map 'EndTime=Ends' --identity-column Job"
            ),
            "\(said)")
        #expect(said.contains("--date-order dmy"), "\(said)")
        #expect(said.contains("--no-default-skips"), "\(said)")
        #expect(said.contains("--skip 'Job=J8' --skip 'Service=Call'"), "\(said)")
    }
}
