import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A ledger that is gone or damaged beyond reading")
struct LostLedgerTests {
    /// What may become of the file.
    enum Damage: String, CaseIterable, CustomStringConvertible {
        case firstPage, allZeros, text, emptied, shortened, otherProgram, noMark
        var description: String { rawValue }

        func apply(to path: String) throws {
            let file = URL(fileURLWithPath: path)
            var bytes = try Data(contentsOf: file)
            switch self {
            case .firstPage: bytes.replaceSubrange(0..<100, with: Data(count: 100))
            case .allZeros: bytes = Data(count: bytes.count)
            case .text: bytes = Data(String(repeating: "not a database\n", count: 100).utf8)
            case .emptied: bytes = Data()
            case .shortened: bytes = bytes.prefix(50)
            // The application's mark in the header.
            case .otherProgram: bytes.replaceSubrange(68..<72, with: Data([1, 2, 3, 4]))
            case .noMark: bytes.replaceSubrange(68..<72, with: Data(count: 4))
            }
            try bytes.write(to: file)
        }
    }

    private static let commands = [
        ["a.csv"], ["a.csv", "--require-ledger"], ["resume"], ["status"], ["find", "9001"], ["review"],
        ["report", "--all"], ["ledger", "adopt"], ["ledger", "backup", "copy.sqlite3"], ["doctor"],
        ["withdraw", "1", "--note", "x"], ["prune", "--older-than", "1d"],
    ]

    private static func fixture() throws -> SandboxFixture {
        var fixture = try SandboxFixture()
        fixture.stimport.environment["STIMPORT_LEDGER"] = "l.sqlite3"
        try fixture.write(rows: 3)
        return fixture
    }

    @Test(
        "No command calls a damaged ledger another file, or proposes another ledger",
        arguments: Damage.allCases)
    func damaged(damage: Damage) throws {
        let fixture = try Self.fixture()
        #expect(try fixture.stimport.run("a.csv").status == 0)
        try damage.apply(to: fixture.folder.path("l.sqlite3"))
        for command in Self.commands {
            let outcome = try fixture.stimport.run(command)
            let said = outcome.stdout + outcome.stderr
            #expect(outcome.status == 8, "\(command) \(said)")
            for harm in ["name another", "name the right one", "the first import fills it"] {
                #expect(!said.contains(harm), "\(command) \(said)")
            }
            // What is cut off within its header SQLite itself calls damaged.
            #expect(
                said.contains("run 1 was made with") || said.contains("is damaged ("), "\(command) \(said)")
        }
        #expect(fixture.server.posts == 1)
    }

    @Test("A backup that is put in a damaged ledger's place is adopted, as the message says")
    func adopted() throws {
        let fixture = try Self.fixture()
        #expect(try fixture.stimport.run("a.csv").status == 0)
        #expect(try fixture.stimport.run("ledger", "backup", "copy.sqlite3").status == 0)
        let path = fixture.folder.path("l.sqlite3")
        try Damage.firstPage.apply(to: path)
        #expect(try fixture.stimport.run("a.csv").stderr.contains("stimport ledger adopt --ledger l.sqlite3"))
        #expect(rename(fixture.folder.path("copy.sqlite3"), path) == 0)
        #expect(try fixture.stimport.run("a.csv").status == 8)
        #expect(try fixture.stimport.run("ledger", "adopt", "--ledger", "l.sqlite3").status == 0)
        #expect(try fixture.stimport.run("a.csv").status == 0)
        #expect(fixture.server.duplicates == 0)
    }

    @Test("A file that was never a ledger is still called that", arguments: [true, false])
    func foreign(hasLock: Bool) throws {
        let fixture = try Self.fixture()
        try fixture.folder.write("l.sqlite3", String(repeating: "notes\n", count: 100))
        if hasLock { try fixture.folder.write("l.sqlite3.lock", "") }
        let outcome = try fixture.stimport.run("a.csv")
        #expect(outcome.status == 8 && outcome.stderr.contains("is not a ledger"), "\(outcome.stderr)")
    }

    @Test(
        "A ledger that was lost in a run is not made anew while the copy that the run kept lies there",
        arguments: ["l.sqlite3", "d/l.sqlite3"], [true, false])
    func rescued(path: String, keepsFolder: Bool) throws {
        var fixture = try Self.fixture()
        fixture.stimport.environment["STIMPORT_LEDGER"] = path
        fixture.server.setFaults(try FaultPlan("hold:after@1"))
        let process = try fixture.stimport.start(["a.csv", "--batch-size", "1"])
        #expect(fixture.server.waitForHeld(1))
        let files = FileManager.default
        if keepsFolder || !path.contains("/") {
            for name in ["", "-wal", "-shm", ".lock"] {
                try files.removeItem(atPath: fixture.folder.path(path + name))
            }
        } else {
            try files.removeItem(atPath: fixture.folder.path("d"))
        }
        fixture.server.setFaults([])
        fixture.server.release()
        let ended = process.wait()
        #expect(ended.status == 8 && ended.stderr.contains("l.sqlite3.rescued"), "\(ended.stderr)")
        let posts = fixture.server.posts

        for command in Self.commands {
            let outcome = try fixture.stimport.run(command)
            let said = outcome.stdout + outcome.stderr
            #expect(outcome.status == 8 && said.contains("l.sqlite3.rescued"), "\(command) \(said)")
        }
        #expect(fixture.server.posts == posts)
        let kept = keepsFolder ? path + ".rescued" : "l.sqlite3.rescued"
        #expect(fixture.folder.exists(kept))
        // What the message says, as it is typed.
        let said = try fixture.stimport.run("a.csv").stderr
        let start = try #require(said.range(of: "in the ledger's place: ")).upperBound
        let end = try #require(said.range(of: "; to begin anew")).lowerBound
        let moved = try fixture.stimport.start(shell: String(said[start..<end])).wait()
        #expect(moved.status == 0, "\(said) \(moved.stderr)")
        #expect(try fixture.stimport.run("a.csv").status == 0)
        #expect(fixture.server.duplicates == 0)
    }

    @Test(
        "A ledger that was replaced in a run gives way to the copy that the run kept, and is not adopted",
        arguments: [true, false])
    func replaced(hasEarlierRun: Bool) throws {
        let fixture = try Self.fixture()
        if hasEarlierRun {
            try fixture.write(rows: 1)
            #expect(try fixture.stimport.run("a.csv").status == 0)
            try fixture.write(rows: 4)
        }
        let before = fixture.server.posts
        fixture.server.setFaults(try FaultPlan("hold:after@\(before + 1)"))
        let process = try fixture.stimport.start(["a.csv", "--batch-size", "1"])
        #expect(fixture.server.waitForHeld(1))
        let path = fixture.folder.path("l.sqlite3")
        try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
        #expect(rename(path + ".copy", path) == 0)
        fixture.server.setFaults([])
        fixture.server.release()
        let ended = process.wait()
        #expect(ended.status == 8 && ended.stderr.contains("l.sqlite3.rescued"), "\(ended.stderr)")
        let posts = fixture.server.posts

        for command in Self.commands
        where !["find", "report"].contains(command.first) && !command.contains("backup") {
            let outcome = try fixture.stimport.run(command)
            let said = outcome.stdout + outcome.stderr
            #expect(said.contains("l.sqlite3.rescued"), "\(command) \(said)")
            #expect(!said.contains("if that is lost"), "\(command) \(said)")
            if ["a.csv", "resume", "ledger", "withdraw"].contains(command.first) {
                #expect(outcome.status == 8, "\(command) \(said)")
            }
        }
        #expect(fixture.server.posts == posts)
        // What the message says, as it is typed.
        let said = try fixture.stimport.run("a.csv").stderr
        let start = try #require(said.range(of: "in the ledger's place: ")).upperBound
        let line = said[start...].prefix { !$0.isNewline }
        let moved = try fixture.stimport.start(shell: String(line)).wait()
        #expect(moved.status == 0, "\(said) \(moved.stderr)")
        #expect(try fixture.stimport.run("a.csv").status == 0)
        #expect(fixture.server.duplicates == 0)
    }

    @Test("A ledger that lost its log on its first run is called that by every command")
    func lostLog() throws {
        let fixture = try Self.fixture()
        fixture.server.setFaults(try FaultPlan("hold:after@1"))
        let process = try fixture.stimport.start(["a.csv", "--batch-size", "1"])
        #expect(fixture.server.waitForHeld(1))
        process.signal(SIGKILL)
        process.wait()
        fixture.server.setFaults([])
        fixture.server.release()
        let posts = fixture.server.posts
        try FileManager.default.removeItem(atPath: fixture.folder.path("l.sqlite3-wal"))
        for command in Self.commands {
            let outcome = try fixture.stimport.run(command)
            let said = outcome.stdout + outcome.stderr
            #expect(outcome.status == 8, "\(command) \(said)")
            #expect(said.contains("is empty, but run 1 was made with it"), "\(command) \(said)")
            #expect(!said.contains("there is no ledger"), "\(command) \(said)")
        }
        #expect(fixture.server.posts == posts)
    }

    @Test("What another ledger's run kept is no matter")
    func othersRescued() throws {
        let fixture = try Self.fixture()
        try fixture.folder.write("other.sqlite3.rescued", "x")
        #expect(try fixture.stimport.run("a.csv").status == 0)
        // Nor is this one's own, once the ledger is in its place.
        try fixture.folder.write("l.sqlite3.rescued", "x")
        #expect(try fixture.stimport.run("a.csv").status == 0)
    }
}
