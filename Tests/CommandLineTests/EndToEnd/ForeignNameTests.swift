import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Files whose names are no UTF-8")
struct ForeignNameTests {
    /// Runs the program from a shell, which can write any bytes.
    private func shell(_ bench: Bench, _ script: String) throws -> ProcessOutcome {
        try RunningProcess(
            "/bin/sh", arguments: ["-c", script, "sh", Stimport.binary],
            environment: bench.stimport.environment, folder: bench.folder.path
        ).wait()
    }

    @Test("They open, are named readably, and have their rejects beside them")
    func opens() throws {
        let bench = try Bench()
        try bench.folder.write("a.csv", SampleRows.csv(count: 2) + "0,1,x,y,Instal,,\n")
        let outcome = try shell(
            bench, #"name=$(printf 'caf\351.csv'); cp a.csv "$name"; "$1" "$name" --format json"#)
        #expect(outcome.status == 1, "\(outcome.stderr)")
        let summary = try ImportSummary(outcome.stdout)
        #expect(summary.totals.description == "created 2, invalid 1")
        #expect(summary.files.map(\.file) == ["caf\u{FFFD}.csv"])
        #expect(summary.files.map(\.rejects) == ["caf\u{FFFD}.rejects.csv"])
        #expect(bench.folder.exists("caf\u{FFFD}.rejects.csv"))
        #expect(bench.server.createdCount == 2)
        // Again: the same file, and nothing twice.
        let again = try shell(bench, #""$1" "$(printf 'caf\351.csv')" --format json"#)
        #expect(try ImportSummary(again.stdout).totals.description == "already_created 2, invalid 1")
    }

    @Test("Two that look alike stay two files")
    func lookAlike() throws {
        let bench = try Bench()
        try bench.write("a.csv", rows: 2)
        try bench.write("b.csv", rows: 3, firstCustomer: 9_100)
        let outcome = try shell(
            bench,
            #"""
            one=$(printf '\350.csv'); two=$(printf '\351.csv'); mv a.csv "$one"; mv b.csv "$two"
            "$1" "$one" "$two" --format json
            """#)
        let summary = try ImportSummary(outcome.stdout)
        #expect(summary.files.map(\.file) == ["\u{FFFD}.csv", "\\xE9.csv"])
        #expect(summary.files.map(\.counts.rows) == [2, 3])
        #expect(bench.server.createdCount == 5)
    }

    @Test("One that is not there is missing, and its name acts on no terminal")
    func missing() throws {
        let bench = try Bench()
        let outcome = try shell(bench, #""$1" "$(printf 'x\351\033[2J.csv')""#)
        #expect(outcome.status == 3)
        #expect(!outcome.stderr.contains("\u{1B}"))
        #expect(bench.server.connections == 0)
    }
}
