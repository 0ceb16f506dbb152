import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// A ledger that was posted with, and what may happen to its files afterwards.
private struct PostedLedger {
    let server: SandboxServer
    let stimport: Stimport
    var folder: TemporaryFolder { stimport.folder }

    init() throws {
        server = try SandboxServer()
        var stimport = try Stimport(for: server)
        stimport.environment["STIMPORT_LEDGER"] = "l.sqlite3"
        self.stimport = stimport
        try folder.write("a.csv", SampleRows.csv(count: 6))
    }

    /// Copies the ledger's files to a folder, or from it back to their place. What the other side lacks goes.
    func copy(from source: String, to target: String, _ files: [String]) throws {
        try FileManager.default.createDirectory(
            atPath: folder.path(target), withIntermediateDirectories: true)
        for file in files {
            let path = folder.path(target.isEmpty ? file : target + "/" + file)
            try? FileManager.default.removeItem(atPath: path)
            let from = folder.path(source.isEmpty ? file : source + "/" + file)
            if FileManager.default.fileExists(atPath: from) {
                try FileManager.default.copyItem(atPath: from, toPath: path)
            }
        }
    }

    /// Imports row by row, and kills the run while the answer to one of its posts is held back.
    func killRun(atPost post: Int) throws {
        server.setFaults(try FaultPlan("hold:after@\(post)"))
        let process = try stimport.start(["a.csv", "--batch-size", "1"])
        #expect(server.waitForHeld(1))
        process.signal(SIGKILL)
        process.wait()
        server.setFaults([])
        server.release()
    }

    static let files = ["l.sqlite3", "l.sqlite3-wal"]

    /// Expects that nothing is posted, by any command that may post or change the ledger.
    func expectRefusal(
        _ words: String..., ledger: String = "l.sqlite3", location: SourceLocation = #_sourceLocation
    ) throws {
        let posts = server.posts
        for command in [["a.csv"], ["resume"], ["prune", "--older-than", "1d"]] {
            let refused = try stimport.run(command + ["--ledger", ledger])
            #expect(refused.status == 8, "\(command) \(refused.stderr)", sourceLocation: location)
            for word in words {
                #expect(refused.stderr.contains(word), "\(refused.stderr)", sourceLocation: location)
            }
        }
        #expect(server.posts == posts, sourceLocation: location)
    }
}

@Suite("A ledger that is behind what was posted with it")
struct LedgerBehindTests {
    @Test(
        "A copy taken in the middle of a run and put back is refused until it is adopted",
        arguments: [["--concurrency", "1"], ["--concurrency", "3"]], [true, false])
    func copyPutBack(options: [String], isKilled: Bool) throws {
        let ledger = try PostedLedger()
        ledger.server.setFaults(try FaultPlan("hold:after@2"))
        let process = try ledger.stimport.start(["a.csv", "--batch-size", "1"] + options)
        #expect(ledger.server.waitForHeld(1))
        try ledger.copy(from: "", to: "copy", PostedLedger.files)
        ledger.server.setFaults(isKilled ? try FaultPlan("hold:after@5-") : [])
        ledger.server.release()
        if isKilled {
            // Held: some batch beyond those that the copy may know of.
            #expect(ledger.server.waitForPosts(5))
            process.signal(SIGKILL)
            process.wait()
            ledger.server.setFaults([])
            ledger.server.release()
        } else {
            #expect(process.wait().status == 0)
        }
        try? FileManager.default.removeItem(atPath: ledger.folder.path("l.sqlite3-shm"))
        try ledger.copy(from: "copy", to: "", PostedLedger.files)
        try ledger.expectRefusal("ends with batch", "stimport ledger adopt --ledger ")

        #expect(try ledger.stimport.run("ledger", "adopt").status == 0)
        let again = try ImportSummary(ledger.stimport.run("a.csv", "--format", "json").stdout)
        #expect(again.totals.states["in_doubt"] ?? 0 > 0 && again.totals.states["pending"] == nil)
        #expect(again.posts == 0)
        #expect(ledger.server.duplicates == 0)
        // From then on it is the one that was used last.
        #expect(try ledger.stimport.run("ledger", "adopt").stdout.contains("nothing to adopt"))
        try ledger.folder.write("b.csv", SampleRows.csv(count: 2, firstCustomer: 8_001))
        #expect(try ledger.stimport.run("b.csv").status == 0)
    }

    @Test(
        "Whoever looks at an older copy is told that it is one, and gets what was asked for",
        arguments: [
            ["find", "9001"], ["find", "9005"], ["review"], ["report", "--all"], ["status", "--run", "1"],
        ], [["--format", "text"], ["--format", "json"]])
    func lookedAt(command: [String], format: [String]) throws {
        let ledger = try PostedLedger()
        try ledger.folder.write("one.csv", SampleRows.csv(count: 2))
        #expect(try ledger.stimport.run("one.csv").status == 0)
        try ledger.copy(from: "", to: "copy", PostedLedger.files)
        let plain = try ledger.stimport.run(command + format)
        #expect(!plain.stderr.contains("what is shown may not be all"), "\(plain.stderr)")
        #expect(try ledger.stimport.run("a.csv").status == 0)
        try ledger.copy(from: "copy", to: "", PostedLedger.files)
        let outcome = try ledger.stimport.run(command + format)
        #expect(outcome.status == plain.status && outcome.stdout == plain.stdout)
        #expect(
            outcome.stderr.contains(
                "what is shown may not be all: the ledger l.sqlite3 ends with run 1, but run 2"),
            "\(outcome.stderr)")
    }

    @Test("A log that is deleted after a kill is missed, whatever the file itself has")
    func deletedLog() throws {
        let ledger = try PostedLedger()
        try ledger.killRun(atPost: 4)
        for name in ["l.sqlite3-wal", "l.sqlite3-shm"] {
            try FileManager.default.removeItem(atPath: ledger.folder.path(name))
        }
        let posts = ledger.server.posts
        let refused = try ledger.stimport.run("a.csv")
        #expect(refused.status == 8, "\(refused.stderr)")
        #expect(ledger.server.posts == posts)
        #expect(ledger.server.duplicates == 0)
    }

    @Test("A word that was given on it is missed in an older copy")
    func lostWord() throws {
        let ledger = try PostedLedger()
        #expect(try ledger.stimport.run("a.csv", "--stop-after", "0s").status == 5)
        try ledger.copy(from: "", to: "copy", PostedLedger.files)
        #expect(try ledger.stimport.run("withdraw", "1", "--note", "cancelled").status == 0)
        try ledger.copy(from: "copy", to: "", PostedLedger.files)
        try ledger.expectRefusal("lacks the last word")
    }

    @Test("A ledger that was killed at any moment is not behind")
    func notBehind() throws {
        let ledger = try PostedLedger()
        try ledger.killRun(atPost: 3)
        #expect(try ledger.stimport.run("a.csv").status == 6)
        #expect(try ledger.stimport.run("ledger", "adopt").stdout.contains("nothing to adopt"))
    }

    @Test("A ledger in a new folder, without a lock file, is taken as it is")
    func newFolder() throws {
        let ledger = try PostedLedger()
        #expect(try ledger.stimport.run("a.csv").status == 0)
        try ledger.copy(from: "", to: "new", ["l.sqlite3"])
        let again = try ledger.stimport.run("a.csv", "--ledger", "new/l.sqlite3", "--format", "json")
        #expect(try ImportSummary(again.stdout).totals.description == "already_created 6")
        #expect(ledger.folder.exists("new/l.sqlite3.lock"))
    }

    enum Unusable: String, CaseIterable, Sendable {
        case held, linked, folder, belowAFile, missing
    }

    @Test("Nobody is asked for the password in vain", arguments: Unusable.allCases)
    func passwordLast(trouble: Unusable) throws {
        let ledger = try PostedLedger()
        #expect(try ledger.stimport.run("a.csv").status == 0)
        let folder = ledger.folder
        var arguments = ["a.csv"]
        var running: RunningProcess?
        switch trouble {
        case .held:
            try folder.write("b.csv", SampleRows.csv(count: 1, firstCustomer: 8_001))
            ledger.server.setFaults(try FaultPlan("hold:after"))
            running = try ledger.stimport.start(["b.csv"])
            #expect(ledger.server.waitForHeld(1))
        case .linked: #expect(link(folder.path("l.sqlite3"), folder.path("second.sqlite3")) == 0)
        case .folder:
            try folder.write("place/x", "")
            arguments += ["--ledger", "place"]
        case .belowAFile: arguments += ["--ledger", "a.csv/new/l.sqlite3"]
        case .missing: arguments += ["--ledger", "none.sqlite3", "--require-ledger"]
        }
        var stimport = ledger.stimport
        stimport.environment["STIMPORT_PASSWORD"] = nil
        stimport.environment["STIMPORT_PASSWORD_COMMAND"] = "touch asked; echo secret"
        let outcome = try stimport.run(arguments)
        #expect(outcome.status == (trouble == .held ? 7 : 8), "\(outcome.stderr)")
        #expect(trouble != .held || outcome.stderr.contains("(process "))
        #expect(!folder.exists("asked"))
        ledger.server.setFaults([])
        ledger.server.release()
        running?.wait()
    }

    @Test("A lock file that says nothing any more is damaged, and what to do is said")
    func damagedLock() throws {
        let ledger = try PostedLedger()
        #expect(try ledger.stimport.run("a.csv").status == 0)
        try ledger.folder.write("l.sqlite3.lock", "who knows\n")
        try ledger.expectRefusal("l.sqlite3.lock is damaged", "remove")
        #expect(try ledger.folder.read("l.sqlite3.lock") == "who knows\n")
    }
}

@Suite("A ledger with a second name")
struct LedgerNamesTests {
    @Test("Hard links are refused by every command, under either name, before anything is posted")
    func hardLink() throws {
        let ledger = try PostedLedger()
        #expect(try ledger.stimport.run("a.csv").status == 0)
        try FileManager.default.createDirectory(
            atPath: ledger.folder.path("other"), withIntermediateDirectories: false)
        try FileManager.default.linkItem(
            atPath: ledger.folder.path("l.sqlite3"), toPath: ledger.folder.path("other/m.sqlite3"))
        for name in ["l.sqlite3", "other/m.sqlite3"] {
            try ledger.expectRefusal("2 names (hard links)", "mount its folder", ledger: name)
            #expect(try ledger.stimport.run("status", "--ledger", name).status == 8)
        }
        try FileManager.default.removeItem(atPath: ledger.folder.path("other/m.sqlite3"))
        #expect(try ledger.stimport.run("a.csv").status == 0)
    }

    @Test("A symbolic link is the ledger itself: its log and its lock lie beside what it leads to")
    func symbolicLink() throws {
        let ledger = try PostedLedger()
        try FileManager.default.createDirectory(
            atPath: ledger.folder.path("links"), withIntermediateDirectories: false)
        #expect(try ledger.stimport.run("a.csv").status == 0)
        try FileManager.default.createSymbolicLink(
            atPath: ledger.folder.path("links/m.sqlite3"), withDestinationPath: "../l.sqlite3")
        let again = try ledger.stimport.run("a.csv", "--ledger", "links/m.sqlite3", "--format", "json")
        #expect(try ImportSummary(again.stdout).totals.description == "already_created 6")
        #expect(try ledger.folder.list().filter { $0.hasPrefix("links/") && $0 != "links/m.sqlite3" } == [])
    }

    /// Runs a shell that may mount what nobody else sees; nil where this machine does not let it.
    private static func mounting(_ ledger: PostedLedger, _ script: String) throws -> ProcessOutcome? {
        let process = try RunningProcess(
            "/usr/bin/env",
            arguments: ["unshare", "-m", "sh", "-c", "\(script)", Stimport.binary],
            environment: ledger.stimport.environment, folder: ledger.folder.path)
        return process.wait()
    }

    static let mayMount: Bool = {
        #if os(Linux)
            let process = try? RunningProcess(
                "/usr/bin/env", arguments: ["unshare", "-m", "sh", "-c", "mount --bind /tmp /mnt"],
                environment: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"], folder: "/")
            return process?.wait().status == 0
        #else
            return false
        #endif
    }()

    @Test(
        "A mount of the file alone is refused, a mount of its folder is fine",
        .enabled(if: mayMount, "nothing can be mounted here"))
    func mounts() throws {
        let ledger = try PostedLedger()
        #expect(try ledger.stimport.run("a.csv").status == 0)
        try ledger.folder.write("data dir/l.sqlite3", "")
        let alone = try #require(
            try Self.mounting(
                ledger,
                "mount --bind l.sqlite3 'data dir/l.sqlite3' && exec \"$0\" a.csv --ledger 'data dir/l.sqlite3'"
            ))
        #expect(alone.status == 8, "\(alone.stderr)")
        #expect(alone.stderr.contains("mounted by itself") && alone.stderr.contains("mount the folder"))
        let whole = try #require(
            try Self.mounting(
                ledger, "mkdir w && mount --bind . w && exec \"$0\" a.csv --ledger w/l.sqlite3 --format json")
        )
        #expect(try ImportSummary(whole.stdout).totals.description == "already_created 6")
        #expect(ledger.server.duplicates == 0)
    }
}

@Suite("A ledger that goes away while it is in use")
struct LedgerGoneTests {
    /// What is done to the files while two posts are answered, and where the outcomes are said to be.
    enum Deed: String, CaseIterable, Sendable {
        case delete, move, replace, overwrite, folder, lock, log, link
    }

    @Test("Nothing more is posted, what was on its way is kept, and where is said", arguments: Deed.allCases)
    func whileHeld(deed: Deed) throws {
        let ledger = try PostedLedger()
        let folder = ledger.folder
        let files = FileManager.default
        try files.createDirectory(atPath: folder.path("d"), withIntermediateDirectories: false)
        ledger.server.setFaults(try FaultPlan("hold:after@2-3"))
        let process = try ledger.stimport.start([
            "a.csv", "--batch-size", "1", "--concurrency", "2", "--ledger", "d/l.sqlite3", "--format", "json",
        ])
        #expect(ledger.server.waitForHeld(2))
        let path = folder.path("d/l.sqlite3")
        switch deed {
        case .delete: try files.removeItem(atPath: path)
        case .move: try files.moveItem(atPath: path, toPath: folder.path("moved.sqlite3"))
        case .replace:
            try folder.write("new", "")
            #expect(rename(folder.path("new"), path) == 0)
        case .overwrite:
            try files.moveItem(atPath: path, toPath: folder.path("moved.sqlite3"))
            try files.copyItem(atPath: folder.path("moved.sqlite3"), toPath: path)
        case .folder: try files.removeItem(atPath: folder.path("d"))
        case .lock: try files.removeItem(atPath: path + ".lock")
        case .log: try files.removeItem(atPath: path + "-wal")
        case .link: #expect(link(path, folder.path("second.sqlite3")) == 0)
        }
        ledger.server.setFaults([])
        ledger.server.release()
        let outcome = process.wait()
        let run = try SandboxFixture.read(outcome)
        #expect(outcome.status == 8, "\(outcome.stderr)")
        #expect(outcome.stderr.contains("while the ledger was in use") || deed == .link, "\(outcome.stderr)")
        // Both that were on their way are settled, and one more may have been claimed before.
        #expect(run.totals.hasPrefix("created 3, pending 3"), "\(run.totals)")
        #expect(ledger.server.posts == 3)

        // The outcomes are where the message says.
        let kept: String
        switch deed {
        case .delete, .replace: kept = "d/l.sqlite3.rescued"
        case .folder: kept = "l.sqlite3.rescued"
        case .move, .overwrite: kept = "moved.sqlite3"
        case .lock, .log, .link: kept = "d/l.sqlite3"
        }
        #expect(outcome.stderr.contains(kept), "\(outcome.stderr)")
        // Whoever is notified sees why, and where they are.
        let stopped = try ImportSummary(outcome.stdout).stopped
        #expect(stopped?.code == "ledger-moved" && stopped?.message.contains(kept) == true)
        if deed == .link { #expect(unlink(folder.path("second.sqlite3")) == 0) }
        for name in ["-wal", "-shm"] { try? files.removeItem(atPath: folder.path("d/l.sqlite3") + name) }
        try folder.write("back/x", "")
        try files.moveItem(atPath: folder.path(kept), toPath: folder.path("back/l.sqlite3"))
        let again = try ledger.stimport.run(["a.csv", "--ledger", "back/l.sqlite3", "--format", "json"])
        #expect(try ImportSummary(again.stdout).totals.description == "created 3, already_created 3")
        #expect(ledger.server.duplicates == 0)
    }

    @Test("A ledger that went away after the last claim is told of too")
    func atTheEnd() throws {
        let ledger = try PostedLedger()
        ledger.server.setFaults(try FaultPlan("hold:after@1"))
        let process = try ledger.stimport.start(["a.csv", "--format", "json"])
        #expect(ledger.server.waitForHeld(1))
        try FileManager.default.removeItem(atPath: ledger.folder.path("l.sqlite3"))
        ledger.server.release()
        let outcome = process.wait()
        #expect(outcome.status == 8)
        #expect(outcome.stderr.contains("l.sqlite3.rescued"))
        #expect(try SandboxFixture.read(outcome).totals == "created 6")
        let rescued = try ledger.stimport.run("report", "--all", "--ledger", "l.sqlite3.rescued")
        #expect(rescued.stdout.contains("6 created"))
        // Put back, it is the one that was used last.
        #expect(
            rename(ledger.folder.path("l.sqlite3.rescued"), ledger.folder.path("l.sqlite3")) == 0)
        #expect(try ledger.stimport.run("a.csv").status == 0)
        #expect(ledger.server.duplicates == 0)
    }
}
