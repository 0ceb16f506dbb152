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

    @Test("An inbox imports them and moves them under their own bytes")
    func inbox() throws {
        let bench = try Bench()
        try bench.folder.write("in/keep", "")
        try bench.write("a.csv", rows: 2)
        try bench.write("b.csv", rows: 3, firstCustomer: 9_100)
        try bench.folder.write("c.csv", SampleRows.csv(count: 1, firstCustomer: 9_200) + "0,1,x,y,Instal,,\n")
        try bench.write("d.csv", rows: 1, firstCustomer: 9_300)
        // Two that look alike, one beside a name that is what they look like, one that has a rejects file.
        let script = #"""
            cd in
            mv ../a.csv "$(printf 'caf\351.csv')"; mv ../b.csv "$(printf 'caf\350.csv')"
            mv ../c.csv "$(printf 'r\351.CSV')"; mv ../d.csv "$(printf 'caf\357\277\275.csv')"
            touch -d '1 hour ago' *; cd ..
            "$1" --inbox in/ --format json; status=$?
            ls in in/done in/rejects | od -An -c | tr -d ' \n' >&2
            exit $status
            """#
        let outcome = try shell(bench, script)
        #expect(outcome.status == 1, "\(outcome.stderr)")
        let summary = try ImportSummary(outcome.stdout)
        #expect(summary.files.map(\.counts.rows) == [3, 2, 1, 2])
        #expect(summary.totals.description == "created 7, invalid 1")
        #expect(Set(summary.files.map(\.file)).count == 4)
        #expect(
            outcome.stderr.contains(
                #"in:\ndone\nkeep\nrejects\n\nin/done:\ncaf350.csv\ncaf351.csv\ncaf357277275.csv\n\nin/rejects:\nr351.CSV\nr357277275.rejects.csv\n"#
            ), "\(outcome.stderr)")
        #expect(bench.server.createdCount == 7)
    }

    @Test("A name that is taken gets a number before its ending, and an inbox's own name may be foreign")
    func numbers() throws {
        let bench = try Bench()
        for night in 0..<2 {
            try bench.write("a.csv", rows: 1, firstCustomer: 9_001 + night)
            let script = #"""
                in=$(printf 'eing\344nge'); name=$(printf 'caf\351.csv'); mkdir -p "$in"; mv a.csv "$in/$name"
                touch -d '1 hour ago' "$in/$name"
                "$1" --inbox "$in" --format json && ls "$in"/done | od -An -c | tr -d ' \n' >&2
                """#
            let outcome = try shell(bench, script)
            #expect(outcome.status == 0, "\(outcome.stderr)")
            let names = night == 0 ? #"caf351.csv\n"# : #"caf351-2.csv\ncaf351.csv\n"#
            #expect(outcome.stderr.hasSuffix(names), "\(outcome.stderr)")
        }
        #expect(bench.server.createdCount == 2)
    }
}
