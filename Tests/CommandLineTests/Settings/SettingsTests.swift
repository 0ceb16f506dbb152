import AppointmentImport
import Foundation
import SecurityTrax
import Testing

@testable import stimport

@Suite("Settings")
struct SettingsTests {
    private static func resolve(
        _ arguments: [String] = ["a.csv"], _ variables: [String: String] = [:]
    ) throws -> Settings {
        try Settings.resolve(CommandLineParser.parse(arguments), environment: ProcessEnvironment(variables))
    }

    @Test(
        "A flag goes before a variable, a variable before the profile, the profile before the rest of the file",
        arguments: [
            (["--batch-size", "1"], true, "acme", 1, "flag --batch-size"),
            ([], true, "acme", 2, "variable STIMPORT_BATCH_SIZE"),
            ([], false, "acme", 3, "FILE:3: profiles.acme.batchSize"),
            ([], false, nil, 4, "FILE:2: batchSize"),
            ([], false, "plain", 4, "FILE:2: batchSize"),
        ] as [([String], Bool, String?, Int, String)])
    func precedence(flags: [String], hasVariable: Bool, profile: String?, expected: Int, origin: String)
        throws
    {
        let folder = try ScratchFolder()
        let path = try folder.file(
            "settings.json",
            """
            { // a comment
              batchSize: 4,
              profiles: { acme: { batchSize: 3 }, plain: {}, },
            }
            """)
        let settings = try Self.resolve(
            ["a.csv", "--config", path] + flags + (profile.map { ["--profile", $0] } ?? []),
            hasVariable ? ["STIMPORT_BATCH_SIZE": "2"] : [:])
        #expect(settings.batchSize == expected)
        #expect(settings.origin(\.batchSize).description == origin.replacing("FILE", with: path))
        #expect(settings.retries == 5)
        #expect(settings.origin(\.retries) == .fallback)
    }

    @Test(
        "Every setting can be set by its variable and by its key",
        arguments: FlagTable.flags.filter(\.isSetting).map(\.name))
    func everySetting(name: String) throws {
        let flag = try #require(FlagTable.byName[name])
        let example: (text: String, json: String)
        switch flag.kind {
        case .toggle: example = ("true", "true")
        case .integer, .number, .seconds: example = ("7", "7")
        case .countOrPercent: example = ("7%", "\"7%\"")
        case .duration: example = ("7h", "\"7h\"")
        case .choice(let words): example = (words[1], "\"\(words[1])\"")
        case .pairs: example = ("Notes=B; TechID=D", "{\"Notes\": \"B\", \"TechID\": \"D\"}")
        case .list where name == "hold-if": example = ("new>5,same-file", "[\"new>5\", \"same-file\"]")
        case .list: example = ("Start,B", "[\"Start\", \"B\"]")
        default:
            let special = [
                "delimiter": ";", "hours": "07:00-20:00", "post-between": "08:00-18:00",
                "endpoint": "https://example.com/a", "ping-url": "https://example.com/a",
                "expect": "*.csv by 06:00 daily",
                "encoding": "macintosh", "time-zone": "America/Denver",
            ]
            let text = special[name] ?? "/value"
            example = name == "site" ? ("acme", "\"acme\"") : (text, "\"\(text)\"")
        }
        let command = try #require(
            CommandName.allCases.first { flag.commands.contains($0) && $0 != .config && $0 != .ledger })
        let invocation = Invocation(command: command)
        let byVariable = try Settings.resolve(
            invocation, environment: ProcessEnvironment([try #require(flag.variable): example.text]))
        #expect(byVariable.origin(of: flag).kind == "variable")
        let folder = try ScratchFolder()
        let key = try #require(flag.settingsKey)
        let path = try folder.file("settings.json", "{\"\(key)\": \(example.json)}")
        let byFile = try Settings.resolve(
            invocation, environment: ProcessEnvironment(["STIMPORT_CONFIG": path]))
        #expect(byFile.origin(of: flag) == .file(path: path, keyPath: key, line: 1))
        // Sorted, since a dictionary shows its pairs in any order.
        let (first, second) = try (
            "\(#require(byFile.values[name]).value)", "\(#require(byVariable.values[name]).value)"
        )
        #expect(first.count == second.count && first.sorted() == second.sorted())
    }

    @Test("A toggle that the file turns on is turned off by a variable and by its negation")
    func turnedOff() throws {
        let folder = try ScratchFolder()
        let path = try folder.file("settings.json", "{ slotScheduling: true }")
        #expect(try Self.resolve(["a.csv", "--config", path]).slotScheduling)
        #expect(try !Self.resolve(["a.csv", "--config", path, "--no-slot-scheduling"]).slotScheduling)
        #expect(
            try !Self.resolve(["a.csv", "--config", path], ["STIMPORT_SLOT_SCHEDULING": "off"]).slotScheduling
        )
    }

    @Test("Of contradicting settings the earlier origin counts")
    func outranked() throws {
        let quiet = ["STIMPORT_QUIET": "yes"]
        #expect(try Self.resolve(["a.csv"], quiet).quiet)
        #expect(try !Self.resolve(["a.csv", "--verbose"], quiet).quiet)
        let noRejects = ["STIMPORT_NO_REJECTS": "true"]
        #expect(try !Self.resolve(["a.csv", "--rejects", "r.csv"], noRejects).noRejects)
        #expect(throws: UsageError.self) {
            try Self.resolve(["a.csv"], ["STIMPORT_QUIET": "1", "STIMPORT_VERBOSE": "1"])
        }
    }

    @Test("A format that only other commands have is the default of this one")
    func formatOfOthers() throws {
        #expect(try Self.resolve(["report"], ["STIMPORT_FORMAT": "html"]).format == .html)
        #expect(try Self.resolve(["a.csv"], ["STIMPORT_FORMAT": "html"]).format == .text)
    }

    @Test(
        "A fault in a variable names the variable",
        arguments: [
            ("STIMPORT_BATCH_SIZE", "many", "STIMPORT_BATCH_SIZE: \"many\""),
            ("STIMPORT_QUIET", "perhaps", "neither true nor false"),
            ("STIMPORT_ENDPOINT", "http://example.com/", "STIMPORT_ENDPOINT: "),
            ("STIMPORT_SITE", "a/b", "STIMPORT_SITE: "),
            ("STIMPORT_CONFIG", "/nonexistent/settings.json", "STIMPORT_CONFIG: there is no settings file"),
            ("STIMPORT_PROFILE", "acme", "no settings file that could hold the profile"),
        ])
    func variableFaults(variable: String, value: String, message: String) throws {
        let error = try #require(throws: UsageError.self) { try Self.resolve(["a.csv"], [variable: value]) }
        #expect(error.message.contains(message))
        #expect(error.fix != nil)
    }

    @Test("An empty variable counts as not set, an unknown one is warned of")
    func unusualVariables() throws {
        let settings = try Self.resolve(
            ["a.csv"], ["STIMPORT_BATCH_SIZE": "", "STIMPORT_LEGDER": "x", "STIMPORT_PASSWORD": "geheim"])
        #expect(settings.batchSize == 50)
        #expect(
            settings.warnings.map(\.message) == ["the variable STIMPORT_LEGDER means nothing to stimport"])
        #expect(settings.warnings.first?.fix == "did you mean STIMPORT_LEDGER?")
    }

    @Test(
        "A fault in the settings file names the file, the line and the key",
        arguments: [
            ("{\n \"batchsize\": 1 }", ":2: batchsize is not a setting", "did you mean batchSize?"),
            ("{\n \"batch-size\": 1 }", ":2: batch-size is not a setting", "did you mean batchSize?"),
            ("{ \"dryRun\": true }", "dryRun can't be set in a file", "--dry-run"),
            ("{ \"sandbox\": true }", "sandbox can't be set in a file", "--sandbox"),
            ("{ \"xyzzy\": 1 }", "xyzzy is not a setting", "stimport config"),
            ("{ \"batchSize\": \"1\" }", "batchSize is a text", "a whole number"),
            ("{ \"batchSize\": true }", "batchSize is true or false", "a whole number"),
            ("{ \"batchSize\": 1.5 }", "batchSize is a number with a fraction", "a whole number"),
            ("{ \"batchSize\": \"many\" }", "batchSize is a text", "a whole number"),
            ("{ \"maxInvalid\": 1.5 }", "maxInvalid is a number with a fraction", "a whole number or"),
            ("{ \"skip\": \"Notes=n1\" }", "skip is a text", "{ \"Status\": \"On hold\" }"),
            ("{ \"only\": 1 }", "only is a number", "{ \"Status\": \"On hold\" }"),
            ("{ \"map\": \"A=b\" }", "map is a text", "{ \"StartTime\": \"Appt start\" }"),
            ("{ \"batchSize\": 0 }", "batchSize: \"0\" is not a whole number", "1 to 1000"),
            ("{ \"batchSize\": null }", "batchSize is null", "a whole number"),
            ("{ \"slotScheduling\": 1 }", "slotScheduling is a number", "true or false"),
            ("{ \"site\": 1 }", "site is a number", "a text"),
            ("{ \"stopAfter\": 90 }", "stopAfter is a number", "26h"),
            ("{ \"map\": [\"A=B\"] }", "map is a list", "an object"),
            ("{ \"map\": {\"A\": 1} }", "map.A is a number", "a text"),
            ("{ \"columns\": [1] }", "columns[0] is a number", "a text"),
            ("{ \"username\": 12 }", "username is a number", "a text"),
            ("{ \"password\": 12 }", "password is a number", "a text"),
            ("{ \"profiles\": [] }", "profiles is a list", "an object"),
            (
                "{ \"profiles\": {\n\"acme\": {\n\"sitee\": \"x\"} } }", ":3: profiles.acme.sitee is not",
                "did you mean site?"
            ),
            (
                "{ \"profiles\": {\"acme\": {\"profiles\": {}} } }",
                "profiles.acme.profiles is not a setting", ""
            ),
            ("{ \"site\": \"a\",\n \"site\": \"b\" }", ":2: site is set twice, first in line 1", "take one"),
            ("{ \"site\": \"a\",\n \"s\\u0069te\": \"b\" }", ":2: site is set twice", "take one"),
            ("{ 'site': 'a', /* site */ \n site: 'b' }", ":2: site is set twice", "take one"),
            (
                "{\n\"profiles\": {\"a\": {\"site\": \"x\",\n\"site\": \"y\"}}}",
                ":3: profiles.a.site is set twice", "take one"
            ),
            ("{ \"profiles\": {\"a\": {}, \"a\": {}} }", "profiles.a is set twice", "take one"),
            (
                "{ \"site\": \"a\"\n \"batchSize\": 3 }",
                ":1: the settings file is not JSON: a comma is missing", "comments"
            ),
            ("{ \"site\" \"a\" }", "a colon is missing", "comments"),
            ("{ \"site\": acme }", "neither a number nor a text in quotes", "comments"),
            (
                "{\n\"site\": \"acme\"", ":1: the settings file is not JSON: this { is never closed",
                "comments"
            ),
            ("", "a value is missing", "comments"),
            ("[]", "holds a list, not an object", "begin it with {"),
            ("{} {}", "something follows the end", "comments"),
        ])
    func fileFaults(text: String, message: String, fix: String) throws {
        let error = try #require(throws: UsageError.self) {
            try SettingsFile.parse(Array(text.utf8), path: "settings.json")
        }
        #expect(error.message.contains(message))
        #expect((error.fix ?? "").contains(fix) || fix.isEmpty)
    }

    @Test(
        "A settings file that is not JSON is not quoted: it may hold a password",
        arguments: [
            "{ password: geheim }", "{ password: 'geheim }", "{ password 'geheim' }", "password=geheim",
            "{ 'geheim' }", "{ geheim: }",
        ])
    func unquoted(text: String) throws {
        let error = try #require(throws: UsageError.self) {
            try SettingsFile.parse(Array(text.utf8), path: "settings.json")
        }
        #expect(!"\(error)".contains("geheim"))
    }

    @Test("Comments, trailing commas, single quotes and nesting don't shift lines")
    func outline() {
        let text =
            "// one\r\n{ /* two\n three */ 'a': [1, {b: \"}\\\"\", }, ],\n\"c\":{\"d\":'\\\n' , },\re: 0x1F,}"
        let outline = JSONOutline(Array(text.utf8))
        #expect(outline.lines == ["a": 3, "a[1].b": 3, "c": 4, "c.d": 4, "e": 6])
        #expect(outline.duplicates.isEmpty)
        #expect(outline.fault == nil)
    }

    @Test(
        "No text keeps the outline waiting or brings it down",
        arguments: [
            "", "{", "{{", "[[[", "{a", "{a:", "{:", "\"", "'\\", "/", "/*", "{\\", "{\"\\u12", "}", "]", ",",
            "{a:1,,}", "\u{FEFF}{}", String(repeating: "[", count: 100_000),
        ])
    func outlineOfAnything(text: String) {
        _ = JSONOutline(Array(text.utf8))
    }

    @Test(
        "What an address carries for the service alone is not shown",
        arguments: [
            ("https://example.com/a/poster.php?key=s3cret", "https://example.com/a/poster.php?***"),
            ("https://example.com?s3cret", "https://example.com?***"),
            ("http://127.0.0.1:8080/a?a=1&b=s3cret/x?s3cret", "http://127.0.0.1:8080/a?***"),
            ("https://example.com/a", "https://example.com/a"),
        ])
    func maskedAddress(address: String, shown: String) throws {
        let settings = try Self.resolve(["config", "--endpoint", address])
        let row = try #require(ConfigCommand.rows(settings).first { $0.name == "endpoint" })
        #expect(row.value == shown.replacing("***", with: Credentials.mask))
    }

    @Test(
        "An address that is refused is not quoted",
        arguments: [
            "https://example.com/a?key=s3cret#s3cret", "https://example.com/a#s3cret",
            "https://user:s3cret@example.com/a?key=s3cret", "ftp://example.com/a?s3cret", "s3cret",
        ])
    func refusedAddress(address: String) throws {
        let error = #expect(throws: UsageError.self) {
            try Self.resolve(["config", "--endpoint", address]).resolvedEndpoint()
        }
        #expect(error.map { !"\($0.message) \($0.fix ?? "")".contains("s3cret") } == true, "\(error as Any)")
    }

    @Test("Site and endpoint must agree, whichever origin each has")
    func siteAndEndpoint() throws {
        let posting = "https://secure.securitytrax.com/acme/informationposter.php"
        let agreeing = try Self.resolve(["a.csv", "--site", "acme"], ["STIMPORT_ENDPOINT": posting])
        #expect(try agreeing.requiredEndpoint().url == posting)
        let error = try #require(throws: UsageError.self) {
            try Self.resolve(["a.csv", "--site", "other"], ["STIMPORT_ENDPOINT": posting])
        }
        #expect(error.message.contains("flag --site") && error.message.contains("variable STIMPORT_ENDPOINT"))
        #expect(throws: UsageError.self) { try Self.resolve().requiredEndpoint() }
    }

    @Test(
        "Default places",
        arguments: [
            (
                ["HOME": "/home/me"], "/home/me/.local/state/stimport/ledger.sqlite3",
                "/home/me/.config/stimport/settings.json"
            ),
            (
                ["HOME": "/home/me/", "XDG_STATE_HOME": "/state", "XDG_CONFIG_HOME": "/config/"],
                "/state/stimport/ledger.sqlite3", "/config/stimport/settings.json"
            ),
            (
                ["HOME": "/root", "XDG_STATE_HOME": "relative", "XDG_CONFIG_HOME": ""],
                "/root/.local/state/stimport/ledger.sqlite3", "/root/.config/stimport/settings.json"
            ),
            (
                ["STATE_DIRECTORY": "/var/lib/stimport:/var/lib/other"], "/var/lib/stimport/ledger.sqlite3",
                nil
            ),
            ([:], nil, nil),
        ] as [([String: String], String?, String?)])
    func places(variables: [String: String], ledger: String?, settingsFile: String?) throws {
        let environment = ProcessEnvironment(variables)
        #expect(SettingsPaths.ledger(environment) == ledger)
        #expect(SettingsPaths.settingsFile(environment) == settingsFile)
    }

    @Test("Paths in a settings file start at its folder")
    func relativePaths() throws {
        let folder = try ScratchFolder()
        let path = try folder.file(
            "settings.json", "{ ledger: 'l.sqlite3', caFile: '/ca.pem', inbox: '~/in' }")
        let settings = try Self.resolve(["a.csv", "--config", path])
        #expect(settings.ledger == folder.path + "/l.sqlite3")
        #expect(settings.caFile == "/ca.pem")
        #expect(settings.inbox == NSHomeDirectory() + "/in")
    }

    @Test("The starter file is private, changes nothing, and each of its examples is right")
    func starterFile() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/new/settings.json"
        try StarterFile.write(to: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let settings = try Self.resolve(["a.csv", "--config", path])
        #expect(settings.values.count == 1)
        let error = try #require(throws: UsageError.self) { try StarterFile.write(to: path) }
        #expect(error.message.contains("not overwritten"))
        // Every commented line that holds a key is a right setting once its marks go.
        for line in StarterFile.text().split(separator: "\n") where line.hasPrefix("    // \"") {
            let text = "{\(line.dropFirst(7))}"
            #expect(throws: Never.self) { try SettingsFile.parse(Array(text.utf8), path: "starter") }
        }
    }
}
