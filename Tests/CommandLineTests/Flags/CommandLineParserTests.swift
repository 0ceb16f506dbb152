import Testing

@testable import stimport

@Suite("Parsing the command line")
struct CommandLineParserTests {
    private static func parse(_ line: String) throws(UsageError) -> Invocation {
        try CommandLineParser.parse(line.split(separator: " ").map(String.init), fileExists: { _ in false })
    }

    struct Good: Sendable, CustomTestStringConvertible {
        let line: String
        let command: CommandName
        var operands: [String] = []
        var flags: [String: [String]] = [:]
        var testDescription: String { line }
    }

    @Test(
        "A command line is read as command, operands and flags",
        arguments: [
            Good(line: "a.csv", command: .import, operands: ["a.csv"]),
            Good(line: "import a.csv b.csv", command: .import, operands: ["a.csv", "b.csv"]),
            Good(line: "-", command: .import, operands: ["-"]),
            Good(line: "./check", command: .import, operands: ["./check"]),
            Good(line: "-- check", command: .import, operands: ["check"]),
            Good(line: "check -- --odd.csv -q", command: .check, operands: ["--odd.csv", "-q"]),
            Good(line: "check check", command: .check, operands: ["check"]),
            Good(
                line: "--batch-size 20 a.csv", command: .import, operands: ["a.csv"],
                flags: ["batch-size": ["20"]]),
            Good(
                line: "a.csv --batch-size=20", command: .import, operands: ["a.csv"],
                flags: ["batch-size": ["20"]]),
            Good(
                line: "--format json check a.csv -q", command: .check, operands: ["a.csv"],
                flags: ["format": ["json"], "quiet": ["true"]]),
            Good(
                line: "--map TechID=B a.csv --map Notes==D", command: .import, operands: ["a.csv"],
                flags: ["map": ["TechID=B", "Notes==D"]]),
            Good(
                line: "a.csv --site=x --site x", command: .import, operands: ["a.csv"], flags: ["site": ["x"]]
            ),
            Good(line: "a.csv -v -v", command: .import, operands: ["a.csv"], flags: ["verbose": ["true"]]),
            Good(
                line: "a.csv --no-all-or-nothing", command: .import, operands: ["a.csv"],
                flags: ["all-or-nothing": ["false"]]),
            Good(
                line: "a.csv --no-progress --no-rejects", command: .import, operands: ["a.csv"],
                flags: ["no-progress": ["true"], "no-rejects": ["true"]]),
            Good(
                line: "resolve --created 1 2,3 --not-created 4", command: .resolve,
                flags: ["created": ["1", "2,3"], "not-created": ["4"]]),
            Good(
                line: "resolve --batch 4 --created", command: .resolve,
                flags: ["batch": ["4"], "created": []]),
            Good(line: "--created 7 resolve", command: .resolve, flags: ["created": ["7"]]),
            Good(line: "resolve doubt.csv", command: .resolve, operands: ["doubt.csv"]),
            Good(
                line: "withdraw 1 2 --note wrong", command: .withdraw, operands: ["1", "2"],
                flags: ["note": ["wrong"]]),
            Good(line: "--inbox in", command: .import, flags: ["inbox": ["in"]]),
            Good(line: "status --check 26h", command: .status, flags: ["check": ["26h"]]),
            Good(line: "report --format html", command: .report, flags: ["format": ["html"]]),
            Good(line: "ledger backup x.sqlite3", command: .ledger, operands: ["backup", "x.sqlite3"]),
            Good(line: "config --batch-size 7", command: .config, flags: ["batch-size": ["7"]]),
            Good(
                line: "a.csv --dry-run --show-xml", command: .import, operands: ["a.csv"],
                flags: ["dry-run": ["true"], "show-xml": ["true"]]),
            Good(line: "a.csv --bogus --help", command: .help),
            Good(line: "--format xml check -h", command: .help, operands: ["check"]),
            Good(line: "help check", command: .help, operands: ["check"]),
            Good(line: "help --help", command: .help),
            Good(line: "--version", command: .version, flags: ["version": ["true"]]),
            Good(line: "check --version", command: .version, flags: ["version": ["true"]]),
        ])
    func good(_ expected: Good) throws {
        let invocation = try Self.parse(expected.line)
        #expect(invocation.command == expected.command)
        #expect(invocation.operands == expected.operands)
        #expect(invocation.flags == expected.flags)
    }

    @Test(
        "Wrong usage says what is wrong and how to put it right",
        arguments: [
            ("check", "needs FILE", "usage: stimport check"),
            ("a.csv --batch-sise 3", "unknown option --batch-sise", "did you mean --batch-size?"),
            ("a.csv --batch_size=3", "unknown option --batch_size", "did you mean --batch-size?"),
            ("a.csv --conc 3", "unknown option --conc", "--concurrency? Options can't be abbreviated"),
            ("a.csv --xyzzy", "unknown option --xyzzy", "stimport help"),
            ("a.csv -x", "unknown option -x", "./-x"),
            ("-n", "unknown option -n", "a file of that name is given as ./-n"),
            ("a.csv -qv", "unknown option -qv", "each on its own; a file of that name is given as ./-qv"),
            ("a.csv -ledger", "unknown option -ledger", "did you mean --ledger?"),
            ("stauts", "no such command or file", "stimport status"),
            ("RESUME", "no such command or file", "stimport resume"),
            ("a.csv --batch-size", "--batch-size needs a value", "--batch-size N"),
            ("a.csv --ledger --quiet", "--ledger needs a value", "--ledger=FILE"),
            ("a.csv --ledger=", "the value is empty", "give a value"),
            ("a.csv --quiet=yes", "--quiet takes no value", "--quiet alone"),
            ("a.csv --no-slot-scheduling=1", "--no-slot-scheduling takes no value", "alone"),
            ("a.csv --batch-size 0", "\"0\" is not a whole number from 1 to 1000", "1 to 1000"),
            ("a.csv --batch-size -5", "\"-5\" is not a whole number", "1 to 1000"),
            ("a.csv --batch-size 1e2", "\"1e2\" is not a whole number", "1 to 1000"),
            ("a.csv --timeout 0", "not a time of 0.1 to 86400 seconds", "such as 300"),
            ("a.csv --timeout soon", "not a time", "90s"),
            ("a.csv --rate inf", "is not a number from", "0.001"),
            ("a.csv --stop-after 90", "has no unit", "90s"),
            ("a.csv --horizon 2years", "not a duration", "2y"),
            ("a.csv --format jsno", "not one of its words", "did you mean json?"),
            ("a.csv --format yaml", "not one of its words", "give one of text, json"),
            ("--format yaml status", "not one of its words", "give one of text, json, csv"),
            ("find x --format htm", "not one of its words", "give one of text, json, csv"),
            ("report --format htm", "not one of its words", "did you mean html?"),
            ("a.csv --format html", "no form \"html\"", "text, json"),
            ("check a.csv --format html", "no form \"html\"", "text, json, csv"),
            ("a.csv --site a --site b", "given twice, as \"a\" and as \"b\"", "give it once"),
            (
                "a.csv --slot-scheduling --no-slot-scheduling", "together with --no-slot-scheduling",
                "one of them"
            ),
            ("a.csv --quiet --verbose", "contradict", "one of them"),
            ("a.csv --rejects r.csv --no-rejects", "contradict", "one of them"),
            ("a.csv --show-xml", "without --dry-run", "add --dry-run"),
            ("a.csv b.csv --rejects r.csv", "--rejects serves one file", "leave it out"),
            ("a.csv - -", "standard input (-) is named twice", "once"),
            ("a.csv --inbox in", "contradict", "one of them"),
            ("check a.csv --batch-size 3", "doesn't belong to stimport check", "import, resume"),
            ("a.csv --older-than 90d", "doesn't belong to stimport import", "prune"),
            ("status now", "doesn't take \"now\"", "usage: stimport status"),
            ("resolve", "needs a verdict", "--created"),
            ("resolve 3 4-6", "nothing is said of \"3 4-6\"", "stimport resolve --created 3 4-6"),
            ("resolve list.csv --created", "contradict", "one of them"),
            ("completions csh", "doesn't know \"csh\"", "bash, zsh, fish"),
            ("ledger bakcup x", "doesn't know \"bakcup\"", "did you mean backup?"),
            ("ledger backup", "needs the copy's FILE", "backup FILE"),
            ("a.csv --map StartTime", "not of the form COLUMN=NAME", "StartTime="),
            ("a.csv --map Notes=B --map notes=C", "mapped to both", "once"),
            ("a.csv --map StratTime=B", "not one of our columns", "did you mean StartTime?"),
            ("a.csv --columns A,B --no-header", "names none of our columns", "StartTime"),
            ("a.csv --encoding macintsh", "no character encoding", "did you mean macintosh?"),
            ("a.csv --date-order md", "no order", "mdy, dmy, ymd"),
            ("a.csv --time-zone Mountian", "not a time zone", "did you mean Mountain?"),
            ("a.csv --skip Draft", "not of the form COLUMN=VALUE", "Status="),
            ("a.csv --hours 20:00-07:00", "not a span of hours", "07:00-20:00"),
            ("a.csv --max-invalid 101%", "neither a number of rows nor a percentage", "5%"),
            ("a.csv --delimiter ab", "not one delimiter", "semicolon"),
            (
                "find --state creatd", "\"creatd\" is no state of an appointment",
                "did you mean created? give one of pending, posting, created, refused, in-doubt, withdrawn, held"
            ),
            (
                "report --state creatd", "\"creatd\" is no state of a row",
                "give one of created, already-created, duplicate, skipped, invalid, refused, in-doubt, pending"
            ),
            ("find --state already-created", "no appointment is already-created", "give created,"),
            ("find --state invalid", "no appointment is invalid", "stimport report --state invalid"),
            (
                "report --state withdrawn", "no row is withdrawn",
                "is skipped; stimport find --state withdrawn"
            ),
            ("--state held report", "no row is held", "is pending; stimport find --state held"),
            (
                "report --all --state posting", "no row is posting",
                "is in-doubt; stimport find --state posting"
            ),
            ("a.csv --username me", "the user name is not an option", "STIMPORT_USERNAME"),
            ("a.csv --partner-id 3", "the partner ID is not an option", "STIMPORT_PARTNER_ID"),
            ("a.csv --password-file x", "not an option", "STIMPORT_PASSWORD_FILE"),
        ])
    func bad(line: String, message: String, fix: String) throws {
        let error = try #require(throws: UsageError.self) { try Self.parse(line) }
        #expect(error.message.contains(message))
        #expect((error.fix ?? "").contains(fix))
    }

    @Test(
        "A password on the command line is refused and not repeated",
        arguments: ["--password=geheim", "--password geheim", "--pass=geheim", "--passwrd=geheim"])
    func password(option: String) throws {
        let error = try #require(throws: UsageError.self) { try Self.parse("a.csv " + option) }
        #expect(!"\(error)".contains("geheim"))
    }

    @Test("A file that looks like a mistyped command is a file where it exists")
    func existingFile() throws {
        let invocation = try CommandLineParser.parse(["stauts"], fileExists: { $0 == "stauts" })
        #expect(invocation.command == .import)
        #expect(invocation.operands == ["stauts"])
    }
}
