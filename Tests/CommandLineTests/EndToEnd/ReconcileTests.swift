import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("reconcile: a report of SecurityTrax against the ledger")
struct ReconcileTests {
    /// A fixture whose run left customers 9001 and 9002 in doubt and created 9003 and 9004, and the rows that it sent.
    private func doubtful(_ arguments: String...) throws -> (fixture: SandboxFixture, rows: [[String]]) {
        let fixture = try SandboxFixture(["close:after@1"])
        try fixture.write(rows: 4)
        let run = try fixture.run(["a.csv", "--batch-size", "2"] + arguments)
        #expect(run.totals == "created 2, in_doubt 2")
        return (fixture, SampleRows.texts(count: 4))
    }

    /// A report of some of these rows, with headers of its own.
    private func report(_ fixture: SandboxFixture, _ rows: [[String]], _ name: String = "report.csv") throws {
        let lines = rows.map { SampleRows.row($0[0], "Somebody", $0[2], $0[3], $0[4], $0[1]) }
        let header = "Customer ID,Customer,Appointment Start,Appointment End,Appointment Type,Technician"
        try fixture.folder.write(name, ([header] + lines).joined(separator: "\n") + "\n")
    }

    private struct Result: Decodable {
        struct Item: Decodable {
            var finding: String
            var id: Int
            var verdict: String?
            var lines: [Int]
            var SecurityTraxUniqueID: String
        }
        var version: Int
        var exit: Int
        var agree: Int
        var foreign: Int
        var words: String
        var items: [Item]
        var found: [String] { items.map { "\($0.SecurityTraxUniqueID) \($0.finding)" } }
    }

    private func reconcile(_ fixture: SandboxFixture, _ arguments: String..., status: Int32) throws -> Result
    {
        let outcome = try fixture.stimport.run(["reconcile", "--format", "json"] + arguments)
        #expect(outcome.status == status, "\(outcome.stdout)\(outcome.stderr)")
        let result = try JSONDecoder().decode(Result.self, from: Data(outcome.stdout.utf8))
        #expect(result.version == 1 && result.exit == Int(status))
        return result
    }

    private func states(_ fixture: SandboxFixture) throws -> [String] { try fixture.report("--all")["state"] }

    @Test("It proposes words, changes nothing, and the words are taken by resolve")
    func words() throws {
        let (fixture, rows) = try doubtful()
        try report(fixture, [rows[0], rows[2], rows[3]])
        let result = try reconcile(fixture, "report.csv", status: 6)
        #expect(result.found == ["9001 proposed-created", "9002 not-in-report"])
        #expect(result.agree == 2 && result.foreign == 0)
        #expect(result.words == "stimport resolve --created 1")
        #expect(try states(fixture) == ["in_doubt", "in_doubt", "created", "created"])
        let text = try fixture.stimport.run("reconcile", "report.csv")
        #expect(text.status == 6)
        #expect(text.stdout.contains("stimport resolve --created 1"))
        #expect(text.stdout.contains("Nothing was changed"))
        let said = try fixture.stimport.run(
            Array(result.words.split(separator: " ").dropFirst().map(String.init)))
        #expect(said.status == 0, "\(said.stderr)")
        #expect(try states(fixture) == ["created", "in_doubt", "created", "created"])
    }

    @Test("--yes takes what is proposed and nothing else, in every form", arguments: ["text", "json", "csv"])
    func taken(format: String) throws {
        let (fixture, rows) = try doubtful()
        try report(fixture, [rows[0], rows[2], rows[3]])
        let outcome = try fixture.stimport.run("reconcile", "report.csv", "--yes", "--format", format)
        // The other one is in doubt as before.
        #expect(outcome.status == 6, "\(outcome.stderr)")
        #expect(try states(fixture) == ["created", "in_doubt", "created", "created"])
        switch format {
        case "text":
            #expect(outcome.stdout.contains("1 appointment resolved.\n  created: 1 (customer 9001)\n"))
        case "json": #expect(outcome.stdout.contains("\"taken\": 1"))
        default: #expect(CSVTable(outcome.stdout)["verdict"] == ["created", ""])
        }
        #expect(try fixture.stimport.run("find", "9001").stdout.contains("the report report.csv has it"))
        // What is proposed was all that was in doubt.
        try report(fixture, rows)
        #expect(try fixture.stimport.run("reconcile", "report.csv", "--yes").status == 0)
        #expect(try states(fixture) == ["created", "created", "created", "created"])
    }

    @Test(
        "On a terminal it asks, and only a yes changes anything",
        arguments: [
            ("y\n", "created", Int32(6)), ("\n", "in_doubt", 6), ("n\n", "in_doubt", 6),
            ("\u{4}", "in_doubt", 6),
        ])
    func asked(answer: String, state: String, status: Int32) throws {
        let (fixture, rows) = try doubtful()
        try report(fixture, [rows[0], rows[2], rows[3]])
        let process = try TerminalProcess(
            Stimport.binary, arguments: ["reconcile", "report.csv"],
            environment: fixture.stimport.environment,
            folder: fixture.folder.path)
        #expect(process.wait(for: "as the report has it? [y/N] "), "\(process.text)")
        #expect(try states(fixture)[0] == "in_doubt")
        process.type(answer)
        #expect(process.wait().status == status, "\(process.text)")
        #expect(process.text.contains(state == "created" ? "1 appointment resolved" : "Nothing was changed."))
        #expect(try states(fixture) == [state, "in_doubt", "created", "created"])
    }

    @Test(
        "The text counts what the whole list has, also of customers that the report does not name",
        arguments: [
            ([], 0..<0), ([], 0..<3), ([], 10..<55), (["--from", "DAY", "--to", "DAY"], 0..<0),
            (["--from", "DAY"], 5..<9),
        ] as [([String], Range<Int>)])
    func counted(arguments: [String], reported: Range<Int>) throws {
        let fixture = try SandboxFixture(["close:after@2"])
        try fixture.write(rows: 60)
        #expect(try fixture.run("a.csv", "--batch-size", "25").totals == "created 35, in_doubt 25")
        let rows = SampleRows.texts(count: 60)
        try report(fixture, Array(rows[reported]))
        let arguments = arguments.map { $0 == "DAY" ? SampleRows.day(40) : $0 }
        func run(_ more: String...) throws -> (Int32?, String) {
            let outcome = try fixture.stimport.run(["reconcile", "report.csv"] + arguments + more)
            return (outcome.status, outcome.stdout)
        }
        let (status, text) = try run()
        let (wholeStatus, whole) = try run("--verbose")
        #expect(status == wholeStatus)
        let last = text.split(separator: "\n").last
        #expect(last == whole.split(separator: "\n").last)
        let summed = try run("--format", "json").1
        let missing = summed.split(separator: "\"missing\": ").dropFirst().first?.prefix { $0.isNumber } ?? ""
        #expect(missing == "0" || text.contains("\(missing) missing"), "\(text)")
        // Whatever is not listed is counted.
        #expect(text.contains("more: --verbose") == (text != whole), "\(text)\(whole)")
        for line in text.split(separator: "\n") where line.contains(" of them are on days") {
            #expect(whole.contains(line))
        }
    }

    @Test("Its CSV is a list that resolve takes as it is")
    func list() throws {
        let (fixture, rows) = try doubtful()
        try report(fixture, [rows[1], rows[3], rows[3]])
        let outcome = try fixture.stimport.run("reconcile", "report.csv", "--format", "csv")
        #expect(outcome.status == 6)
        let table = CSVTable(outcome.stdout)
        #expect(table["finding"] == ["not-in-report", "proposed-created", "missing", "double"])
        #expect(table["verdict"] == ["", "created", "", ""])
        try fixture.folder.write("words.csv", outcome.stdout)
        #expect(try fixture.stimport.run("resolve", "words.csv").status == 0)
        #expect(try states(fixture) == ["in_doubt", "created", "created", "created"])
        // The doubt is another one by then.
        #expect(try fixture.stimport.run("resolve", "words.csv").status == 2)
    }

    @Test("It ends with 0 where all agree, and with 1 where something is missing or double")
    func status() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        #expect(try fixture.run("a.csv").status == 0)
        let rows = SampleRows.texts(count: 3)
        try report(fixture, rows)
        #expect(try reconcile(fixture, "report.csv", status: 0).agree == 3)
        let quiet = try fixture.stimport.run("reconcile", "report.csv", "--quiet")
        #expect(quiet.status == 0 && quiet.stdout.isEmpty)
        try report(fixture, [rows[0], rows[2]])
        #expect(try reconcile(fixture, "report.csv", status: 1).found == ["9002 missing"])
        try report(fixture, rows + [rows[1]])
        #expect(try reconcile(fixture, "report.csv", status: 1).found == ["9002 double"])
        // The report of another week: --from and --to say what it covers.
        try report(fixture, [])
        #expect(try reconcile(fixture, "report.csv", status: 1).items.count == 3)
        let day = SampleRows.day(30)
        #expect(try reconcile(fixture, "report.csv", "--from", day, "--to", day, status: 0).items.isEmpty)
    }

    @Test("What is pending and stands there already is said before it is posted again")
    func pending() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        #expect(try fixture.run("a.csv", "--stop-after", "0s").totals == "pending 2")
        try report(fixture, [SampleRows.texts(count: 2)[1]])
        #expect(try reconcile(fixture, "report.csv", status: 1).found == ["9002 pending-in-report"])
        let text = try fixture.stimport.run("reconcile", "report.csv").stdout
        #expect(text.contains("stimport withdraw"))
    }

    @Test("The viewer's zone is turned into the customers'")
    func zone() throws {
        let (fixture, rows) = try doubtful("--time-zone", "America/Denver")
        // Two hours later by the clocks in New York, all year.
        let later = rows.map { row in
            var row = row
            for column in [2, 3] {
                let parts = row[column].split(separator: " ")
                let clock = parts[1].split(separator: ":")
                row[column] = "\(parts[0]) \((Int(clock[0]) ?? 0) + 2):\(clock[1])"
            }
            return row
        }
        try report(fixture, later)
        let right = try reconcile(fixture, "report.csv", "--time-zone", "America/New_York", status: 6)
        #expect(right.found == ["9001 proposed-created", "9002 proposed-created"])
        #expect(right.agree == 2 && right.words == "stimport resolve --created 1-2")
        // Another hour is another visit, and a nearby one is named.
        let wrong = try reconcile(fixture, "report.csv", status: 6)
        #expect(wrong.found.filter { $0.hasSuffix("proposed-created") }.isEmpty)
        #expect(try fixture.stimport.run("reconcile", "report.csv").stdout.contains("2 h later"))
        try report(fixture, rows)
        #expect(
            try reconcile(fixture, "report.csv", "--time-zone", "Eastern", status: 6).words.isEmpty)
    }

    @Test(
        "A visit that was imported without a zone is not compared by a viewer's, unless the customers' is said"
    )
    func unknownZone() throws {
        let (fixture, rows) = try doubtful()
        try report(fixture, rows)
        let unknown = try reconcile(fixture, "report.csv", "--time-zone", "Mountain", status: 6)
        #expect(unknown.words.isEmpty)
        #expect(Set(unknown.items.map(\.finding)) == ["unclear"])
        let known = try reconcile(
            fixture, "report.csv", "--time-zone", "Mountain", "--customer-zone", "Mountain", status: 6)
        #expect(known.words == "stimport resolve --created 1-2")
    }

    @Test("Any headers do, where --map says what they are; the settings' own map is the import files'")
    func map() throws {
        let (fixture, rows) = try doubtful()
        let lines = rows.map { "\($0[0]),\($0[2])" }
        try fixture.folder.write("report.csv", (["Ref,Begins on"] + lines).joined(separator: "\n"))
        let refused = try fixture.stimport.run("reconcile", "report.csv")
        #expect(refused.status == 3)
        #expect(refused.stderr.contains("--map"))
        let settings = try fixture.folder.write("s.json", #"{"map": {"StartTime": "Nobody has this"}}"#)
        let result = try reconcile(
            fixture, "report.csv", "--map", "SecurityTraxUniqueID=Ref", "--map", "StartTime=Begins on",
            "--config",
            settings, status: 6)
        #expect(result.words == "stimport resolve --created 1-2 --config \(settings)")
    }

    @Test("The site that is named has to be one that the ledger knows")
    func site() throws {
        let (fixture, rows) = try doubtful()
        try report(fixture, rows)
        let outcome = try fixture.stimport.run(
            ["reconcile", "report.csv"], environment: ["STIMPORT_ENDPOINT": "https://elsewhere.example/x"])
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("elsewhere.example"))
    }

    @Test(
        "Wrong usage ends with 2, and a report that is none with 3",
        arguments: [
            ([], 2), (["a.csv", "b.csv"], 2), (["none.csv"], 3), (["report.csv", "--from", "tomorrow"], 2),
            (["report.csv", "--from", "1/5/2027", "--to", "1/4/2027"], 2),
            (["report.csv", "--format", "html"], 2), (["report.csv", "--customer-zone", "Nowhere"], 2),
            (["empty.csv"], 3),
        ] as [([String], Int32)])
    func usage(arguments: [String], status: Int32) throws {
        let (fixture, rows) = try doubtful()
        try report(fixture, rows)
        try fixture.folder.write("empty.csv", "")
        let outcome = try fixture.stimport.run(["reconcile"] + arguments)
        #expect(outcome.status == status, "\(outcome.stdout)\(outcome.stderr)")
        #expect(outcome.stderr.contains("fix: "))
        #expect(try states(fixture) == ["in_doubt", "in_doubt", "created", "created"])
    }
}
