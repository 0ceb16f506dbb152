import SecurityTraxSandbox
import TestSupport
import Testing

/// Whoever does what a message says gets somewhere: every kind of advice about an input is followed here.
@Suite("Advice about an input") struct AdviceTests {
    private let fixture: SandboxFixture
    private var folder: TemporaryFolder { fixture.folder }

    init() throws {
        fixture = try SandboxFixture()
    }

    @Test("Advice about a row makes it valid", arguments: Advice.values + Advice.times)
    func valid(_ advice: Advice) throws {
        try folder.write("a.csv", ([Advice.header] + advice.rows).joined(separator: "\n") + "\n")
        let before = try fixture.run(["check", "a.csv"] + advice.flags)
        #expect(before.status == 1, "\(before.process.stderr)")
        let findings = CSVTable(
            try fixture.stimport.run(["check", "a.csv", "--format", "csv"] + advice.flags).stdout)
        #expect(Set(findings["code"]) == [advice.code])
        #expect(findings["fix"].contains { $0.contains(advice.fix) }, "\(findings["fix"])")
        for column in ["line", "message", "fix"] { #expect(!findings[column].contains("")) }

        try folder.write("a.csv", ([Advice.header] + advice.fixed).joined(separator: "\n") + "\n")
        let after = try fixture.run(["check", "a.csv"] + (advice.fixedFlags ?? advice.flags))
        #expect(after.status == 0, "\(after.process.stdout) \(after.process.stderr)")
        #expect(after.codes == [])
    }

    @Test("Advice about a file makes it readable, and its row valid", arguments: FileAdvice.files.indices)
    func readable(index: Int) throws {
        let advice = FileAdvice.files[index]
        try folder.write("a.csv", advice.text)
        let before = try fixture.stimport.run(["check", "a.csv"] + advice.flags)
        #expect(before.status == 3)
        #expect(before.stderr.contains(advice.fix), "\(before.stderr)")
        let after = try fixture.run(["check", "a.csv"] + advice.advised)
        #expect(after.status == 0, "\(after.process.stdout) \(after.process.stderr)")
        #expect(after.summary.totals.rows == 1)
    }

    // MARK: How findings are shown

    @Test("A fix that belongs to one value stands for no other")
    func groups() throws {
        let rows =
            (1...4).map { Advice.row(id: "#10488\($0)") } + (1...3).map { Advice.row(id: "Smith \($0)x") }
        try folder.write("a.csv", ([Advice.header] + rows).joined(separator: "\n") + "\n")
        let run = try fixture.stimport.run(["check", "a.csv"])
        let groups = run.stdout.split(separator: "\n").filter { $0.contains(" × ") }
        #expect(groups.count == 1)
        #expect(groups.first?.hasPrefix("3 × invalid-customer-id in Customer ID, first at line 6") == true)
        for number in 1...4 { #expect(run.stdout.contains("write 10488\(number)")) }
    }

    @Test(
        "A warning is shown by every import, whatever it prints otherwise",
        arguments: [[], ["--quiet"], ["--verbose"], ["--format", "json"], ["--format", "json", "--quiet"]])
    func warnings(flags: [String]) throws {
        try folder.write("a.csv", "\(Advice.header)\n\(Advice.row(start: "1:00", end: "3:00 PM"))\n")
        let run = try fixture.stimport.run(["a.csv"] + flags)
        #expect(run.status == 0)
        #expect(
            run.stderr.contains("a.csv:2, customer 104882, Start: warning night-hours: the start, "),
            "\(run.stderr)")
        #expect(run.stderr.contains(" 1:00, is at night: is PM missing?"))
        #expect(run.stderr.contains("write 1:00 PM"))
        if flags.contains("json") {
            let summary = try ImportSummary(run.stdout)
            #expect(summary.findings.map(\.severity) == ["warning"])
            #expect(summary.totals.description == "created 1")
        } else {
            #expect(!run.stdout.contains("night-hours"))
            #expect(
                run.stdout.contains("1 warning about these rows: stimport report")
                    != flags.contains("--quiet"))
            #expect(try fixture.stimport.run("report").stdout.contains("warning night-hours"))
        }
        #expect(fixture.server.createdCount == 1)
    }

    @Test("A check shows warnings with its result, and ends with 0")
    func checkedWarnings() throws {
        try folder.write("a.csv", "\(Advice.header)\n\(Advice.row(start: "1:00", end: "3:00 PM"))\n")
        let run = try fixture.stimport.run(["check", "a.csv"])
        #expect(run.status == 0)
        #expect(run.stdout.contains("warning night-hours"))
    }

    @Test("With --strict a row with a warning is not posted, and stands in the rejects file")
    func strict() throws {
        try folder.write(
            "a.csv",
            "\(Advice.header)\n\(Advice.row(start: "1:00", end: "3:00 PM"))\n\(Advice.row(id: "2"))\n")
        let run = try fixture.run("a.csv", "--strict")
        #expect(run.status == 1)
        #expect(run.totals == "created 1, invalid 1")
        #expect(run.summary.findings.map(\.severity) == ["error"])
        #expect(CSVTable(try folder.read("a.rejects.csv"))["stimport_code"] == ["night-hours"])
    }
}
