import AppointmentLedger
import AppointmentRows
import AppointmentImport
import CSVReading
import Testing

@testable import stimport

@Suite("The flag table")
struct FlagTableTests {
    @Test("Names, variables, keys and negations are unique")
    func unique() {
        let flags = FlagTable.flags
        #expect(flags.count > 50)
        let names = flags.map(\.name) + flags.compactMap(\.negation)
        #expect(Set(names).count == names.count)
        let keys = flags.compactMap(\.settingsKey) + SettingsFile.credentialKeys + [SettingsFile.profilesKey]
        #expect(Set(keys).count == keys.count)
        let variables = flags.compactMap(\.variable) + CredentialSources.variables
        #expect(Set(variables).count == variables.count)
    }

    @Test("Every declaration is among the flags, in the order of the declarations")
    func complete() {
        let declared = Mirror(reflecting: FlagTable.shared).children.map {
            ($0.value as? any AnySetting)?.flag.name
        }
        #expect(declared == FlagTable.flags.map(\.name))
    }

    @Test("The settings whose value goes somewhere as it is are named once, in the order of the declarations")
    func placed() {
        let placed = FlagTable.placed.map(\.flag.name)
        #expect(placed.count > 20)
        #expect(placed == FlagTable.flags.map(\.name).filter(placed.contains))
    }

    @Test(
        "A setting's variable is its name in capitals",
        arguments: FlagTable.flags.filter(\.hasVariable).map(\.name))
    func variables(name: String) throws {
        let flag = try #require(FlagTable.byName[name])
        #expect(flag.variable == "STIMPORT_" + name.uppercased().replacing("-", with: "_"))
    }

    @Test(
        "A flag's texts are well formed and refer to flags that exist", arguments: FlagTable.flags.map(\.name)
    )
    func wellFormed(name: String) throws {
        let flag = try #require(FlagTable.byName[name])
        #expect(!flag.commands.isEmpty)
        #expect(!flag.help.isEmpty && !flag.help.hasSuffix("."))
        #expect(flag.isToggle == (flag.valueName == nil))
        for other in flag.excludes + (flag.needs.map { [$0] } ?? []) {
            #expect(FlagTable.byName[other] != nil)
        }
        for (command, words) in flag.wordsByCommand {
            #expect(flag.commands.contains(command))
            #expect(Set(words).isSubset(of: flag.words(for: nil)))
        }
    }

    @Test(
        "A default's text is read as the default",
        arguments: FlagTable.flags.filter { $0.defaultText != nil }.map(\.name))
    func defaults(name: String) throws {
        let flag = try #require(FlagTable.byName[name])
        let text = try #require(flag.defaultText)
        let settings = try Settings.resolve(Invocation(), environment: ProcessEnvironment([:]))
        let read = try flag.parse([text])
        let table = Mirror(reflecting: FlagTable.shared).children.compactMap { $0.value as? any AnySetting }
        let setting = try #require(table.first { $0.flag.name == name })
        let fallback = try #require(
            Mirror(reflecting: setting).children.first { $0.label == "fallback" }?.value)
        #expect("\(read)" == "\(fallback)")
        #expect(settings.origin(of: flag) == .fallback)
    }

    @Test("No flag carries a secret")
    func noSecrets() {
        for flag in FlagTable.flags {
            #expect(
                !["password", "username", "partner", "secret", "token"].contains { flag.name.contains($0) })
        }
    }

    @Test(
        "Durations",
        arguments: [
            ("90s", 90_000), ("5m", 300_000), ("26h", 93_600_000), ("2h30m", 9_000_000),
            ("90d", 7_776_000_000),
            ("2y", 63_072_000_000), ("1w", 604_800_000), ("250ms", 250), ("1.5h", 5_400_000), ("0s", 0),
            ("0", 0),
            ("1m0.5s", 60_500), ("", nil), ("5", nil), ("s", nil), ("5x", nil), ("5m2h", nil), ("5m5m", nil),
            ("1.5h30m", nil), ("-5s", nil), ("5 m", nil), (".5s", nil), ("1.s", nil), ("1e3s", nil),
            ("9999999999999999y", nil), ("999999999999999y", nil), ("5M", nil), ("٥s", nil),
        ] as [(String, Int64?)])
    func durations(text: String, milliseconds: Int64?) {
        let duration = DurationText.duration(text)
        #expect(duration == milliseconds.map { .milliseconds($0) })
        if let duration { #expect(DurationText.duration(DurationText.text(duration)) == duration) }
    }

    @Test(
        "Suggestions",
        arguments: [
            ("ledgr", "ledger"), ("legder", "ledger"), ("Ledger", "ledger"), ("batchSize", "batch-size"),
            ("require", "require-ledger"), ("time-zome", "time-zone"), ("zzzzzz", nil), ("", nil),
        ] as [(String, String?)])
    func suggestions(typed: String, expected: String?) {
        #expect(Suggestion.closestWord(to: typed, among: FlagTable.flags.map(\.name)) == expected)
    }

    @Test("A setting has the type that the table declares")
    func typed() throws {
        func settings(_ arguments: String...) throws -> Settings {
            try Settings.resolve(
                CommandLineParser.parse(["a.csv"] + arguments), environment: ProcessEnvironment([:]))
        }
        #expect(try settings("--max-invalid", "5%").maxInvalid == .percent(5))
        #expect(try settings("--max-invalid", "12").maxInvalid == .rows(12))
        #expect(try settings("--delimiter", "tab").delimiter == 9)
        #expect(try settings("--delimiter", ";").delimiter == 59)
        #expect(try settings("--columns", "Start, B,,C").columns == ["Start", "B", "", "C"])
        #expect(try settings("--hours", "7:00-24:00").hours?.lowerBound == 420)
        #expect(try settings("--hours", "7:00-24:00").hours?.upperBound == 1_440)
        #expect(try settings("--timeout", "0.5").timeout == .milliseconds(500))
        #expect(try settings("--timeout", "5m").timeout == .seconds(300))
        #expect(try settings("--encoding", "utf-16le").encoding == .utf16LittleEndian)
        #expect(try settings("--encoding", "Macintosh").encoding == .macintosh)
        #expect(try settings("--rate", "0.5").rate == 0.5)
        #expect(
            try settings("--map", "StartTime=Appt start").map == [.start: "Appt start"])
        #expect(try settings().map.isEmpty)
        #expect(try settings().stopAfter == nil)
        #expect(try settings("--stop-after", "0s").stopAfter == .zero)
        #expect(try settings("--dry-run").dryRun)
        #expect(try settings().batchSize == 50)
        let verdicts = try CommandLineParser.parse(["resolve", "--created", "1", "2,3", "--not-created"])
        let resolved = try Settings.resolve(verdicts, environment: ProcessEnvironment([:]))
        #expect(resolved.created == [1, 2, 3])
        #expect(resolved.notCreated == [])
        #expect(resolved.batch == nil)
    }
}
