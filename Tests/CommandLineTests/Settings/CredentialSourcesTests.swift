import Foundation
import SecurityTrax
import Testing

@testable import stimport

@Suite("Secrets")
struct CredentialSourcesTests {
    private static let who = ["STIMPORT_USERNAME": "user", "STIMPORT_PARTNER_ID": "partner"]

    private static func sources(
        _ variables: [String: String], file: SettingsFile? = nil, profile: String? = nil
    ) -> CredentialSources {
        CredentialSources(
            environment: ProcessEnvironment(who.merging(variables) { $1 }), file: file, profile: profile,
            canPrompt: false)
    }

    @Test("The first source of the password that is there counts, and the others are named")
    func order() throws {
        let folder = try ScratchFolder()
        let file = try folder.file("password", "from file\n")
        _ = try folder.file("stimport.password", "from systemd")
        let settings = try SettingsFile.parse(
            Array(
                "{ passwordCommand: 'echo from settings', profiles: { acme: { password: 'from profile' } } }"
                    .utf8),
            path: "settings.json")
        var variables = [
            "STIMPORT_PASSWORD": "from variable", "STIMPORT_PASSWORD_FILE": file,
            "STIMPORT_PASSWORD_COMMAND": "echo from command", "CREDENTIALS_DIRECTORY": folder.path,
        ]
        let all = Self.sources(variables, file: settings, profile: "acme")
        #expect(
            all.passedOver.map(\.place) == [
                "STIMPORT_PASSWORD_FILE", "STIMPORT_PASSWORD_COMMAND", folder.path + "/stimport.password",
                "settings.json:1: profiles.acme.password", "settings.json:1: passwordCommand",
            ])
        var seen: [String] = []
        for name in [
            "STIMPORT_PASSWORD", "STIMPORT_PASSWORD_FILE", "STIMPORT_PASSWORD_COMMAND",
            "CREDENTIALS_DIRECTORY",
        ] {
            seen.append(try Self.sources(variables, file: settings, profile: "acme").credentials().password)
            variables[name] = nil
        }
        seen.append(try Self.sources([:], file: settings, profile: "acme").credentials().password)
        seen.append(try Self.sources([:], file: settings).credentials().password)
        #expect(
            seen == [
                "from variable", "from file", "from command", "from systemd", "from profile", "from settings",
            ])
    }

    @Test(
        "A password file is taken only where nobody else can read it",
        arguments: [
            (0o600, true), (0o400, true), (0o700, true), (0o640, false), (0o604, false), (0o620, false),
            (0o644, false),
        ])
    func passwordFile(mode: Int, isTaken: Bool) throws {
        let folder = try ScratchFolder()
        let path = try folder.file("pass word", "geheim\n", mode: mode)
        let sources = Self.sources(["STIMPORT_PASSWORD_FILE": path])
        if isTaken {
            #expect(try sources.credentials().password == "geheim")
        } else {
            let error = try #require(throws: UsageError.self) { try sources.credentials() }
            #expect(error.message == "others can read the password file \(path)")
            #expect(error.fix == "chmod 600 '\(path)'")
        }
    }

    @Test(
        "A systemd credential may show its access list as the group's bits",
        arguments: [(0o440, true), (0o400, true), (0o444, false)])
    func systemdCredential(mode: Int, isTaken: Bool) throws {
        let folder = try ScratchFolder()
        let path = try folder.file("stimport.password", "geheim", mode: mode)
        for variables in [
            ["CREDENTIALS_DIRECTORY": folder.path],
            ["CREDENTIALS_DIRECTORY": folder.path, "STIMPORT_PASSWORD_FILE": path],
        ] {
            let password = try? Self.sources(variables).credentials().password
            #expect(password == (isTaken ? "geheim" : nil))
        }
    }

    @Test(
        "A settings file with a password is taken only where nobody else can read it",
        arguments: [
            ("{ password: 'geheim' }", 0o600, true), ("{ password: 'geheim' }", 0o640, false),
            ("{ profiles: { a: { password: 'geheim' } } }", 0o604, false), ("{ site: 'a' }", 0o644, true),
            ("{ site: 'a' }", 0o664, true), ("{ site: 'a' }", 0o666, false),
        ])
    func settingsFile(text: String, mode: Int, isTaken: Bool) throws {
        let folder = try ScratchFolder()
        let path = try folder.file("settings.json", text, mode: mode)
        if isTaken {
            #expect(try SettingsFile.read(path) != nil)
        } else {
            let error = try #require(throws: UsageError.self) { try SettingsFile.read(path) }
            #expect((error.fix ?? "").hasPrefix("chmod"))
            #expect(!"\(error)".contains("geheim"))
        }
    }

    @Test(
        "One line break at the end is not part of the password",
        arguments: [
            ("geheim", "geheim"), ("geheim\n", "geheim"), ("geheim\r\n", "geheim"),
            (" ge heim ", " ge heim "),
            ("geheim\n\n", nil), ("ge\nheim", nil), ("", nil), ("\n", nil), ("ge\u{0}heim", nil),
            ("ge\theim", nil),
        ] as [(String, String?)])
    func content(text: String, expected: String?) throws {
        let folder = try ScratchFolder()
        let path = try folder.file("password", text)
        #expect((try? Self.sources(["STIMPORT_PASSWORD_FILE": path]).credentials().password) == expected)
    }

    @Test(
        "A command that fails, says nothing or says too much gives no password",
        arguments: [
            ("exit 3", "ended with status 3"), ("kill -9 $$", "ended by signal 9"),
            ("true", "the password is empty"),
            ("yes", "more than 4096 bytes"), ("printf '\\377'", "not UTF-8"),
            ("echo a; echo b", "more than one line"),
            ("cat", "the password is empty"),
        ])
    func command(command: String, message: String) throws {
        let error = try #require(throws: UsageError.self) {
            try Self.sources(["STIMPORT_PASSWORD_COMMAND": command]).credentials()
        }
        #expect(error.message.contains(message))
        #expect(error.message.hasPrefix("STIMPORT_PASSWORD_COMMAND: "))
    }

    @Test(
        "What is missing is named",
        arguments: ["STIMPORT_USERNAME", "STIMPORT_PARTNER_ID", "STIMPORT_PASSWORD"])
    func missing(variable: String) throws {
        let error = try #require(throws: UsageError.self) {
            try Self.sources(["STIMPORT_PASSWORD": "geheim"].merging([variable: ""]) { $1 }).credentials()
        }
        #expect((error.fix ?? "").contains(variable))
    }

    @Test(
        "A value that is nothing but blanks is no value, and is not sent",
        arguments: ["STIMPORT_USERNAME", "STIMPORT_PARTNER_ID", "STIMPORT_PASSWORD"], [" ", "   ", "\u{A0}"])
    func blank(variable: String, value: String) throws {
        let error = try #require(throws: UsageError.self) {
            try Self.sources(["STIMPORT_PASSWORD": "geheim"].merging([variable: value]) { $1 }).credentials()
        }
        #expect(error.message == "\(variable): the value is blank")
    }

    @Test("A missing or unreadable file is named", arguments: ["/nonexistent/password", "/"])
    func unreadable(path: String) throws {
        let error = try #require(throws: UsageError.self) {
            try Self.sources(["STIMPORT_PASSWORD_FILE": path]).credentials()
        }
        #expect(error.message.contains(path))
    }

    @Test("Nothing that holds the password shows it")
    func masked() throws {
        let folder = try ScratchFolder()
        let path = try folder.file("settings.json", "{ username: 'u', partnerID: 'p', password: 'ge2heim' }")
        let environment = ProcessEnvironment(["STIMPORT_PASSWORD": "geheim", "STIMPORT_CONFIG": path])
        let settings = try Settings.resolve(Invocation(command: .config), environment: environment)
        var dumped = ""
        dump(environment, to: &dumped)
        dump(settings.secrets, to: &dumped)
        dumped += "\(environment) \(String(reflecting: settings.secrets))"
        dumped += "\(ConfigCommand.rows(settings))"
        #expect(!dumped.contains("geheim"))
        #expect(dumped.contains(Credentials.mask))
        #expect(environment.values["STIMPORT_PASSWORD"] == nil)
    }
}
