import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("What an output must not be written over") struct OutputPlacesTests {
    private let fixture: SandboxFixture
    private var folder: TemporaryFolder { fixture.folder }

    init() throws {
        var fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let folder = fixture.folder
        try folder.write("ledgers/x", "")
        fixture.stimport.environment["STIMPORT_LEDGER"] = folder.path("ledgers/l.sqlite3")
        try folder.write("password", fixture.server.password + "\n")
        chmod(folder.path("password"), 0o600)
        fixture.stimport.environment["STIMPORT_PASSWORD"] = nil
        fixture.stimport.environment["STIMPORT_PASSWORD_FILE"] = "password"
        try folder.write("settings.json", "{ }\n")
        fixture.stimport.environment["STIMPORT_CONFIG"] = "settings.json"
        try folder.write("in/b.csv", SampleRows.csv(count: 1, firstCustomer: 5_001))
        self.fixture = fixture
    }

    /// Names of what must be kept: some as they are, some by another way to them.
    static let kept = [
        "ledgers/l.sqlite3", "./ledgers/../ledgers/l.sqlite3", "link-to-ledger", "links/l.sqlite3",
        "ledgers/l.sqlite3-wal", "ledgers/l.sqlite3-shm", "ledgers/l.sqlite3.lock", "links/l.sqlite3.lock",
        "a.csv", "hard-link", "password", "settings.json", "link-to-settings",
    ]

    private func makeLinks() throws {
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: folder.path("link-to-ledger"), withDestinationPath: "ledgers/l.sqlite3")
        try files.createSymbolicLink(
            atPath: folder.path("link-to-settings"), withDestinationPath: folder.path("settings.json"))
        try files.createSymbolicLink(atPath: folder.path("links"), withDestinationPath: "ledgers")
        try files.linkItem(atPath: folder.path("a.csv"), toPath: folder.path("hard-link"))
    }

    private func contents() throws -> [String: [UInt8]] {
        try Dictionary(uniqueKeysWithValues: folder.list().map { ($0, try folder.bytes($0)) })
    }

    @Test(
        "It is wrong usage, however it is spelled, before the first run and after it",
        arguments: ["--metrics", "--log", "--rejects"], [true, false])
    func ofRuns(flag: String, isFirst: Bool) throws {
        try makeLinks()
        if !isFirst { #expect(try fixture.stimport.run("a.csv").status == 0) }
        let before = try contents()
        let posts = fixture.server.posts
        for name in Self.kept + [folder.path("ledgers/l.sqlite3"), "in/b.csv"] {
            let arguments = [name == "in/b.csv" ? "in/b.csv" : "a.csv", flag, name]
            let outcome = try fixture.stimport.run(arguments)
            #expect(outcome.status == 2, "\(arguments) \(outcome.stderr)")
            #expect(outcome.stderr.contains(flag), "\(outcome.stderr)")
            #expect(try contents() == before, "\(arguments)")
        }
        #expect(fixture.server.posts == posts)
        // Another file is fine.
        let fine = try fixture.stimport.run("a.csv", flag, "other")
        #expect(fine.status == 0, "\(fine.stderr)")
    }

    @Test("Standard input is told by what it is, too")
    func standardInput() throws {
        let process = try fixture.stimport.start(shell: "\"$0\" - --log a.csv < a.csv")
        let outcome = process.wait()
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("standard input"), "\(outcome.stderr)")
    }

    @Test(
        "Nor into the inbox, a folder, a device or each other",
        arguments: [
            ["--inbox", "in", "--log", "in/b.csv"], ["--inbox", "in", "--metrics", "./in/new.csv"],
            ["a.csv", "--log", "in"], ["a.csv", "--metrics", "."], ["a.csv", "--metrics", "in/"],
            ["a.csv", "--rejects", "/"],
            ["a.csv", "--log", "/dev/null"], ["a.csv", "--metrics", "/dev/null"],
            ["a.csv", "--metrics", "/dev/stdout"], ["a.csv", "--rejects", "/dev/full"],
            ["a.csv", "--metrics", "/proc/self/fd/1"], ["a.csv", "--log", "/dev/zero"],
            ["a.csv", "--log", "/dev/no-such-disk"],
            ["a.csv", "--log", "x", "--metrics", "./x"], ["a.csv", "--rejects", "x", "--metrics", "in/../x"],
            ["resume", "--log", "/dev/null"], ["check", "a.csv", "--rejects", "a.csv"],
            ["a.csv", "--ca-file", "ca.pem", "--log", "ca.pem"],
        ])
    func others(arguments: [String]) throws {
        try folder.write("ca.pem", "")
        let before = try contents()
        let outcome = try fixture.stimport.run(arguments)
        #expect(outcome.status == 2, "\(outcome.stderr)")
        #expect(fixture.server.posts == 0)
        #expect(try contents() == before)
    }

    @Test("Copies and review lists, too")
    func ofLedger() throws {
        #expect(try fixture.stimport.run("a.csv").status == 0)
        try makeLinks()
        let before = try contents()
        for name in Self.kept + ["/dev/null", "ledgers", "new-dir/", "/dev/stdout"]
        where name != "a.csv" && name != "hard-link" {
            for command in [["ledger", "backup", name], ["review", "--csv", name]] {
                let outcome = try fixture.stimport.run(command)
                #expect(outcome.status == 2, "\(command) \(outcome.stderr)")
            }
        }
        #expect(try contents() == before)
        #expect(try fixture.stimport.run("ledger", "backup", "c").status == 0)
        #expect(try fixture.stimport.run("review", "--csv", "r").status == 0)
    }

    @Test("A log may be a pipe, and a file that standard output goes to")
    func pipes() throws {
        let process = try fixture.stimport.start(shell: "mkfifo p; cat p > got & \"$0\" a.csv --log p; wait")
        #expect(process.wait().status == 0)
        #expect(try folder.read("got").contains("run 1 ended with 0"))
    }
}

@Suite("Paths of any form") struct PathFormTests {
    static let paths = [
        "p", ".", "..", "/", "", "a/", "//tmp//stimport-path-test", "./p", "a.b", ".csv", "d/p", "d//p",
        "d/../p", "line\nbreak", "é",
        "e\u{301}", "\u{301}p", "d/\u{301}p", "日本", "🚐", "p ", " ", "-", "~", "a/b/c/d", "%41", "p\u{202E}q",
        String(repeating: "n", count: 300),
    ]

    @Test("Every path of every command ends with a status, never with a crash", arguments: paths)
    func everywhere(path: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        try fixture.folder.write("d/x", "")
        try fixture.folder.write("in/y.csv", SampleRows.csv(count: 1, firstCustomer: 7_001))
        let folder = fixture.folder
        for command in [
            ["a.csv", "--metrics", path], ["a.csv", "--log", path], ["a.csv", "--rejects", path],
            ["ledger", "backup", path], ["review", "--csv", path], [path], ["check", path],
            ["check", "a.csv", "--rejects", path], ["--inbox", path],
            ["status", "--ledger", path], ["a.csv", "--dry-run", "--ledger", path],
            ["config", "--init", "--config", path], ["status", "--config", path],
            ["a.csv", "--ca-file", path], ["resolve", path],
        ] {
            let outcome = try fixture.stimport.run(command)
            #expect(outcome.signal == nil, "\(command) \(outcome.stderr)")
            #expect(outcome.status.map { $0 < 128 } == true, "\(command)")
        }
        for end in ["", ".lock", "-wal", "-shm"] { unlink("/tmp/stimport-path-test" + end) }
        #expect(fixture.server.duplicates == 0)
        // One character is a name like any other.
        if path == "p" {
            #expect(try folder.read("p").hasPrefix("# HELP"))
        }
    }
}
