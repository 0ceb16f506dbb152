import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Files whose names are no UTF-8")
struct ForeignNameTests {
    /// Runs the program from a shell, which can write any bytes.
    private func shell(_ fixture: SandboxFixture, _ script: String) throws -> ProcessOutcome {
        try RunningProcess(
            "/bin/sh", arguments: ["-c", script, "sh", Stimport.binary],
            environment: fixture.stimport.environment, folder: fixture.folder.path
        ).wait()
    }

    @Test("They open, are named readably, and have their rejects beside them")
    func opens() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", SampleRows.csv(count: 2) + "0,1,x,y,Instal,,\n")
        let outcome = try shell(
            fixture, #"name=$(printf 'caf\351.csv'); cp a.csv "$name"; "$1" "$name" --format json"#)
        #expect(outcome.status == 1, "\(outcome.stderr)")
        let summary = try ImportSummary(outcome.stdout)
        #expect(summary.totals.description == "created 2, invalid 1")
        #expect(summary.files.map(\.file) == ["caf\u{FFFD}.csv"])
        #expect(summary.files.map(\.rejects) == ["caf\u{FFFD}.rejects.csv"])
        #expect(fixture.folder.exists("caf\u{FFFD}.rejects.csv"))
        #expect(fixture.server.createdCount == 2)
        // Again: the same file, and nothing twice.
        let again = try shell(fixture, #""$1" "$(printf 'caf\351.csv')" --format json"#)
        #expect(try ImportSummary(again.stdout).totals.description == "already_created 2, invalid 1")
    }

    @Test("Two that look alike stay two files")
    func lookAlike() throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 2)
        try fixture.write("b.csv", rows: 3, firstCustomer: 9_100)
        let outcome = try shell(
            fixture,
            #"""
            one=$(printf '\350.csv'); two=$(printf '\351.csv'); mv a.csv "$one"; mv b.csv "$two"
            "$1" "$one" "$two" --format json
            """#)
        let summary = try ImportSummary(outcome.stdout)
        #expect(summary.files.map(\.file) == ["\u{FFFD}.csv", "\\xE9.csv"])
        #expect(summary.files.map(\.counts.rows) == [2, 3])
        #expect(fixture.server.createdCount == 5)
    }

    @Test("One that is not there is missing, and its name acts on no terminal")
    func missing() throws {
        let fixture = try SandboxFixture()
        let outcome = try shell(fixture, #""$1" "$(printf 'x\351\033[2J.csv')""#)
        #expect(outcome.status == 3)
        #expect(!outcome.stderr.contains("\u{1B}"))
        #expect(fixture.server.connections == 0)
    }

    @Test("An inbox imports them and moves them under their own bytes")
    func inbox() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("in/keep", "")
        try fixture.write("a.csv", rows: 2)
        try fixture.write("b.csv", rows: 3, firstCustomer: 9_100)
        try fixture.folder.write(
            "c.csv", SampleRows.csv(count: 1, firstCustomer: 9_200) + "0,1,x,y,Instal,,\n")
        try fixture.write("d.csv", rows: 1, firstCustomer: 9_300)
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
        let outcome = try shell(fixture, script)
        #expect(outcome.status == 1, "\(outcome.stderr)")
        let summary = try ImportSummary(outcome.stdout)
        #expect(summary.files.map(\.counts.rows) == [3, 2, 1, 2])
        #expect(summary.totals.description == "created 7, invalid 1")
        #expect(Set(summary.files.map(\.file)).count == 4)
        #expect(
            outcome.stderr.contains(
                #"in:\ndone\nkeep\nrejects\n\nin/done:\ncaf350.csv\ncaf351.csv\ncaf357277275.csv\n\nin/rejects:\nr351.CSV\nr357277275.rejects.csv\n"#
            ), "\(outcome.stderr)")
        #expect(fixture.server.createdCount == 7)
    }

    @Test("A name that is taken gets a number before its ending, and an inbox's own name may be foreign")
    func numbers() throws {
        let fixture = try SandboxFixture()
        for night in 0..<2 {
            try fixture.write("a.csv", rows: 1, firstCustomer: 9_001 + night)
            let script = #"""
                in=$(printf 'eing\344nge'); name=$(printf 'caf\351.csv'); mkdir -p "$in"; mv a.csv "$in/$name"
                touch -d '1 hour ago' "$in/$name"
                "$1" --inbox "$in" --format json && ls "$in"/done | od -An -c | tr -d ' \n' >&2
                """#
            let outcome = try shell(fixture, script)
            #expect(outcome.status == 0, "\(outcome.stderr)")
            let names = night == 0 ? #"caf351.csv\n"# : #"caf351-2.csv\ncaf351.csv\n"#
            #expect(outcome.stderr.hasSuffix(names), "\(outcome.stderr)")
        }
        #expect(fixture.server.createdCount == 2)
    }

    @Test("In a folder whose name is none either, an inbox writes the rejects beside the file")
    func rejectsInForeignFolder() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", SampleRows.csv(count: 1) + "0,1,x,y,Instal,,\n")
        let script = #"""
            in=$(printf 'd\344r/in\344'); mkdir -p "$in"; mv a.csv "$in/$(printf 'caf\351.csv')"
            touch -d '1 hour ago' "$in"/*
            "$1" --inbox "$in" --format json; status=$?
            ls "$in"/rejects | od -An -c | tr -d ' \n' >&2
            exit $status
            """#
        let outcome = try shell(fixture, script)
        #expect(outcome.status == 1, "\(outcome.stderr)")
        #expect(
            outcome.stderr.hasSuffix(#"caf351.csv\ncaf357277275.rejects.csv\n"#), "\(outcome.stderr)")
    }

    @Test("Two that look alike keep a rejects file each, in two runs too")
    func rejectsOfTwo() throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", SampleRows.csv(count: 1) + "0,1,x,y,Instal,,first\n")
        try fixture.folder.write(
            "b.csv", SampleRows.csv(count: 1, firstCustomer: 9_500) + "0,1,x,y,Instal,,second\n")
        let script = #"""
            one=$(printf 'caf\350.csv'); two=$(printf 'caf\351.csv'); mv a.csv "$one"; mv b.csv "$two"
            "$1" "$one" --quiet; "$1" "$two" --quiet; "$1" "$one" --quiet; "$1" "$two" --quiet
            cat *.rejects.csv | grep -c -e first -e second; ls *.rejects.csv | wc -l
            """#
        let outcome = try shell(fixture, script)
        #expect(outcome.stdout.hasSuffix("2\n2\n"), "\(outcome.stdout) \(outcome.stderr)")
    }

    @Test(
        "Every file that a setting names is the one of these bytes",
        arguments: [
            #"--ledger "$dir/$name" a.csv && "$1" --ledger "$dir/$name" status && test -e "$dir/$name.lock""#,
            #"--log "$dir/$name" a.csv && test -s "$dir/$name""#,
            #"--metrics "$dir/$name" a.csv && test -s "$dir/$name""#,
            #"--rejects "$dir/r.csv" bad.csv; test -s "$dir/r.csv""#,
            #"ledger backup "$dir/$name" && test -s "$dir/$name""#,
            #"review --csv "$dir/$name" && test -s "$dir/$name""#,
            #"--config "$dir/settings" a.csv"#,
            #"--techs "$dir/techs" a.csv"#,
            #"status 2>/dev/null; STIMPORT_LEDGER="$dir/env.db" "$1" a.csv && test -s "$dir/env.db""#,
        ])
    func settings(words: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 1)
        try fixture.folder.write("bad.csv", SampleRows.csv(count: 0) + "0,1,x,y,Instal,,\n")
        let script = ##"""
            dir=$(printf 'd\344r'); name=$(printf 'n\366'); mkdir "$dir"
            echo '{}' > "$dir/settings"; chmod 600 "$dir/settings"; printf 'name,TechID\nAna,4\n' > "$dir/techs"
            "$1" a.csv --quiet || exit 9
            "$1" \##(words) || exit 10
            ls | od -An -c | tr -d ' \n' | grep -c '357277275'
            """##
        let outcome = try shell(fixture, script)
        // Nothing was made under the name that is shown.
        #expect(outcome.status == 1 && outcome.stdout.hasSuffix("0\n"), "\(outcome.stdout) \(outcome.stderr)")
    }
}
