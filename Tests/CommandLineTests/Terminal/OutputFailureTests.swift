import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A result that can't be written", .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
struct OutputFailureTests {
    /// Runs the program with its standard output led elsewhere.
    private func run(_ fixture: SandboxFixture, _ redirection: String, _ arguments: [String]) throws
        -> ProcessOutcome
    {
        try fixture.stimport.start(shell: "exec \"$0\" \"$@\" \(redirection)", arguments).wait()
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        var faults: [String] = []
        var totals: String?
        var testDescription: String { arguments.joined(separator: " ") + " \(faults)" }
    }

    @Test(
        "The status stands, and only success becomes unfinished",
        arguments: [
            Case(arguments: ["good.csv"], status: 5, totals: "created 3"),
            Case(arguments: ["good.csv", "--verbose"], status: 5, totals: "created 3"),
            Case(arguments: ["bad.csv"], status: 1, totals: "created 2, invalid 1"),
            Case(
                arguments: ["good.csv", "--batch-size", "3"], status: 6, faults: ["close@1-"],
                totals: "in_doubt 3"),
            Case(
                arguments: ["good.csv", "--retries", "0"], status: 5,
                faults: ["503:retry-after=0"], totals: "pending 3"),
            Case(arguments: ["good.csv"], status: 4, faults: ["auth-failure"], totals: "pending 3"),
            Case(arguments: ["none.csv"], status: 3), Case(arguments: ["--nonsense"], status: 2),
            Case(arguments: ["bad.csv", "--dry-run"], status: 1),
            Case(arguments: ["good.csv", "--dry-run"], status: 5),
            Case(arguments: ["check", "good.csv"], status: 5),
            Case(arguments: ["check", "bad.csv"], status: 1),
            Case(arguments: ["check", "bad.csv", "--format", "csv"], status: 1),
            Case(arguments: ["help"], status: 5),
        ], [">/dev/full", ">&-"])
    func status(the: Case, redirection: String) throws {
        for format in [[], ["--format", "json"]] {
            if !format.isEmpty, the.arguments.contains("--format") || the.arguments == ["help"] { continue }
            let fixture = try SandboxFixture(the.faults)
            try fixture.write("good.csv", rows: 3)
            try fixture.folder.write("bad.csv", SampleRows.csv(count: 2) + "x,,,,,,\n")
            let outcome = try run(fixture, redirection, the.arguments + format)
            #expect(outcome.status == the.status, "\(outcome.stderr)")
            if the.status != 2 {
                #expect(outcome.stderr.contains("standard output could not be written"))
            }
            if let totals = the.totals { #expect(SandboxFixture.totals(try fixture.report()) == totals) }
        }
    }

    @Test(
        "What looks at the ledger says so too",
        arguments: [["status"], ["review"], ["report"], ["report", "--all"]])
    func looking(arguments: [String]) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        #expect(try fixture.run("a.csv").status == 0)
        #expect(try run(fixture, ">/dev/full", arguments).status == 5)
        #expect(try run(fixture, ">&-", arguments).status == 5)
    }

    @Test(
        "Whoever is told of the run is told the process's own status",
        arguments: [("good.csv", 5), ("bad.csv", 1)])
    func told(file: String, status: Int32) throws {
        let fixture = try SandboxFixture()
        try fixture.write("good.csv", rows: 3)
        try fixture.folder.write("bad.csv", SampleRows.csv(count: 2) + "x,,,,,,\n")
        let outcome = try run(
            fixture, ">/dev/full",
            [file, "--notify-command", "cat > told.json", "--metrics", "m.prom", "--log", "run.log"])
        #expect(outcome.status == status)
        #expect(try ImportSummary(fixture.folder.read("told.json")).exit == status)
        #expect(try fixture.folder.read("m.prom").contains("stimport_exit_status \(status)\n"))
        #expect(try fixture.folder.read("run.log").contains("run 1 ended with \(status)"))
        // What the run came to is another thing than whether somebody was told: the ledger has the run.
        let ending = file == "good.csv" ? "ended with 0 (complete)" : "ended with 1"
        #expect(try fixture.stimport.run("status").stdout.contains(ending))
        #expect(try fixture.stimport.run("status", "--check", "1h").status == 0)
    }

    @Test(
        "A summary whose reader has gone is not told either; what only looks says nothing of it",
        arguments: [
            (["good.csv"], 5), (["good.csv", "--format", "json"], 5), (["bad.csv"], 1), (["resume"], 5),
            (["check", "good.csv"], 0), (["status"], 0), (["review"], 0), (["report"], 0),
        ] as [(arguments: [String], status: Int32)])
    func readerGone(arguments: [String], status: Int32) throws {
        let fixture = try SandboxFixture()
        try fixture.write("good.csv", rows: 3)
        try fixture.folder.write("bad.csv", SampleRows.csv(count: 2) + "x,,,,,,\n")
        #expect(try fixture.run("good.csv").status == 0)
        // The reader's end is closed for certain before the program begins.
        let outcome = try fixture.stimport.start(
            shell: """
                rm -f pipe; mkfifo pipe; exec 3<>pipe; exec 4>pipe; exec 3>&-; exec "$0" "$@" >&4 4>&-
                """, arguments
        ).wait()
        #expect(outcome.status == status, "\(outcome.stderr)")
        #expect(outcome.stderr.contains("standard output could not be written") == (status > 0))
        #expect(SandboxFixture.totals(try fixture.report("--all")).hasPrefix("created 3"))
    }

    @Test(
        "Closed standard streams are nobody else's file",
        arguments: [">&-", "2>&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-"])
    func closed(redirection: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let outcome = try run(fixture, redirection, ["a.csv", "--verbose"])
        #expect(outcome.status == (redirection.contains(">&- ") || redirection.first == ">" ? 5 : 0))
        #expect(fixture.server.createdCount == 3)
        // The ledger, its log and its lock hold nothing that was meant for a stream.
        #expect(SandboxFixture.totals(try fixture.report()) == "created 3")
        let lock = try fixture.folder.read("state/stimport/ledger.sqlite3.lock")
        #expect(!lock.contains("created"))
        #expect(try fixture.run("a.csv").totals == "already_created 3")
    }
}
