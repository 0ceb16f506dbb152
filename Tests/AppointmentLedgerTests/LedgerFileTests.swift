import SystemFiles
@testable import ImportFixtures
@testable import AppointmentRows
import Foundation
import SQLiteStore
import TestSupport
import Testing
@testable import AppointmentLedger

@Suite("The ledger's file and its lock") struct LedgerFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path(name))
        return try #require(attributes[.posixPermissions] as? Int)
    }

    private func code(_ body: () throws -> Ledger) -> LedgerError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? LedgerError)?.code
        }
    }

    @Test("A new ledger and its folders are nobody else's")
    func modes() async throws {
        let ledger = try Ledger.openBlocking(folder.path("a/b/ledger.sqlite3"), mustExist: false)
        _ = try await ledger.begin(command: "import", endpoint: "x")
        #expect(ledger.wasCreated)
        #expect(try mode("a") == 0o700)
        #expect(try mode("a/b") == 0o700)
        for name in try folder.list() { #expect(try mode(name) == 0o600, "\(name)") }
        #expect(try folder.list().contains("a/b/ledger.sqlite3.lock"))
    }

    @Test("A folder that was there keeps its permissions")
    func existingFolder() throws {
        try FileManager.default.createDirectory(
            atPath: folder.path("open"), withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o755])
        _ = try Ledger.openBlocking(folder.path("open/ledger.sqlite3"), mustExist: false)
        #expect(try mode("open") == 0o755)
    }

    @Test("It survives a power cut: WAL, and each commit is synced")
    func pragmas() async throws {
        let ledger = try Ledger.openBlocking(folder.path("ledger.sqlite3"), mustExist: false)
        #expect(try await ledger.text("PRAGMA journal_mode") == "wal")
        #expect(try await ledger.integer("PRAGMA synchronous") == 2)
    }

    @Test("Where a ledger must exist, a missing or an emptied one is refused and not made")
    func mustExist() throws {
        #expect(code { try Ledger.openBlocking(folder.path("none.sqlite3"), mustExist: true) } == .missing)
        #expect(try folder.list().isEmpty)
        try folder.write("empty.sqlite3", "")
        #expect(code { try Ledger.openBlocking(folder.path("empty.sqlite3"), mustExist: true) } == .missing)
        #expect(try folder.read("empty.sqlite3").isEmpty)
        #expect(code { try Ledger.readBlocking(folder.path("empty.sqlite3")) } == .missing)
        #expect(code { try Ledger.readBlocking(folder.path("none.sqlite3")) } == .missing)
        #expect(
            code { try Ledger.openBlocking(folder.path("no/folder.sqlite3"), mustExist: true) } == .missing)
        // Where it need not, an empty file is a new ledger.
        let ledger = try Ledger.openBlocking(folder.path("empty.sqlite3"), mustExist: false)
        #expect(ledger.wasCreated)
    }

    @Test("What is no ledger is refused and not touched")
    func foreign() throws {
        try folder.write("text.sqlite3", String(repeating: "not a database\n", count: 100))
        let other = try folder.write("other.sqlite3", "")
        try Connection(path: other, mode: .readWrite).execute("CREATE TABLE theirs (x)")
        let newer = try folder.write("newer.sqlite3", "")
        try Connection(path: newer, mode: .readWrite).execute(
            "PRAGMA application_id = \(LedgerSchema.current.applicationID); PRAGMA user_version = 99; CREATE TABLE t (x)"
        )
        let development = try folder.write("development.sqlite3", "")
        try Connection(path: development, mode: .readWrite).execute(
            "PRAGMA application_id = \(0x5354_496D); PRAGMA user_version = 1; CREATE TABLE runs (x)")
        for (name, expected) in [
            ("text.sqlite3", LedgerError.Code.foreign), ("other.sqlite3", .foreign),
            ("newer.sqlite3", .newer), ("development.sqlite3", .foreign),
        ] {
            let before = try folder.bytes(name)
            #expect(code { try Ledger.openBlocking(folder.path(name), mustExist: false) } == expected)
            #expect(code { try Ledger.readBlocking(folder.path(name)) } == expected)
            #expect(try folder.bytes(name) == before)
        }
        #expect(code { try Ledger.openBlocking(folder.path, mustExist: false) } == .unreachable, "a folder")
        let error = #expect(throws: LedgerError.self) { try Ledger.readBlocking(development) }
        #expect(error?.message.contains("development build") == true)
    }

    @Test("A damaged ledger says so")
    func corrupt() async throws {
        let path = folder.path("ledger.sqlite3")
        do {
            let ledger = try Ledger.openBlocking(path, mustExist: false)
            _ = try await ledger.begin(command: "import", endpoint: "x")
            try await ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        }
        var bytes = try folder.bytes("ledger.sqlite3")
        for index in 200..<bytes.count { bytes[index] = 0x5A }
        try folder.write("ledger.sqlite3", bytes: bytes)
        #expect(code { try Ledger.openBlocking(path, mustExist: false) } == .corrupt)
    }

    @Test("Whichever sector of a ledger that was closed is zeroed, nothing that was created becomes new")
    func zeroedSectors() async throws {
        let fixture = try LedgerFixture()
        let visits = (1...150).map { Visit(customer: 1_000 + $0, tech: "\($0)", notes: "Ring \($0)") }
        _ = try await fixture.run([visits], fate: .created)
        try fixture.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: fixture.path))
        let zeroes = Data(count: 512)
        var refused = 0
        for start in stride(from: 0, to: whole.count, by: 512) {
            let sector = whole[start..<start + 512]
            if sector == zeroes { continue }
            var bytes = whole
            bytes.replaceSubrange(start..<start + 512, with: zeroes)
            let path = folder.path("s\(start).sqlite3")
            try bytes.write(to: URL(fileURLWithPath: path))
            do {
                let ledger = try Ledger.openBlocking(path, mustExist: true)
                _ = try await ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
                let staged = try await ledger.stage(
                    [try fixture.input(Visit.file(visits))], rules: LedgerFixture.rules(), batchSize: 50,
                    decide: { _ in .post }, isStopped: { false }, progress: { _ in })
                #expect(staged.totals[.pending] == 0, "sector \(start / 512)")
            } catch is LedgerError {
                refused += 1
            }
            try FileManager.default.removeItem(atPath: path)
        }
        #expect(refused > 0)
    }

    @Test("A link to nowhere is not followed into making a file")
    func danglingLink() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.sqlite3"), withDestinationPath: folder.path("nowhere.sqlite3"))
        #expect(
            code { try Ledger.openBlocking(folder.path("link.sqlite3"), mustExist: false) } == .unreachable)
        #expect(!folder.exists("nowhere.sqlite3"))
    }

    // MARK: The lock

    @Test("Two names of one ledger share its lock")
    func sharedLock() throws {
        let ledger = try Ledger.openBlocking(folder.path("ledger.sqlite3"), mustExist: false)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("link.sqlite3"), withDestinationPath: folder.path("ledger.sqlite3"))
        for name in ["ledger.sqlite3", "link.sqlite3", "./ledger.sqlite3"] {
            let error = #expect(throws: LedgerError.self) {
                try Ledger.openBlocking(folder.path(name), mustExist: false)
            }
            #expect(error?.code == .held)
        }
        withExtendedLifetime(ledger) {}
        #expect(try !folder.list().contains("link.sqlite3.lock"))
    }

    @Test("The lock goes with its holder, and its file stays")
    func released() async throws {
        let path = folder.path("ledger.sqlite3")
        do {
            let ledger = try Ledger.openBlocking(path, mustExist: false)
            let run = try await ledger.begin(command: "import", endpoint: "x")
            #expect(try LedgerLock.isHeld(try LedgerFile(existing: path)))
            #expect(ledger.lock?.mark.run == run)
            let error = #expect(throws: LedgerError.self) { try Ledger.openBlocking(path, mustExist: false) }
            #expect(error?.message.contains("process \(getpid())") == true)
        }
        #expect(try !LedgerLock.isHeld(LedgerFile(existing: path)))
        let next = try Ledger.openBlocking(path, mustExist: true)
        #expect(!next.wasCreated)
        #expect(next.lock?.mark.run == 1)
    }

    @Test("Who may wait gets the lock once it is free")
    func waits() async throws {
        let path = folder.path("ledger.sqlite3")
        var holder: Ledger? = try Ledger.openBlocking(path, mustExist: false)
        let next = Task.detached { try Ledger.openBlocking(path, mustExist: true, lockWait: .seconds(600)) }
        try await Task.sleep(for: .milliseconds(50))
        withExtendedLifetime(holder) {}
        holder = nil
        #expect(try await next.value.path == path)
    }

    @Test("Who waits can be stopped")
    func stopsWaiting() throws {
        let path = folder.path("ledger.sqlite3")
        let holder = try Ledger.openBlocking(path, mustExist: false)
        #expect(throws: LedgerError.self) {
            try Ledger.openBlocking(path, mustExist: true, lockWait: .seconds(600), isStopped: { true })
        }
        withExtendedLifetime(holder) {}
    }

    @Test("A killed process leaves the lock free, and its child does not keep it")
    func killed() throws {
        // No part of this program: a lock of the same kind, held by a process that is killed.
        let path = folder.path("ledger.sqlite3")
        do { _ = try Ledger.openBlocking(path, mustExist: false) }
        let process = try RunningProcess(
            "/bin/sh",
            arguments: [
                "-c", "exec 9>>\"$0\"; flock -x 9; echo held; exec sleep 600 2>&1", path + ".lock",
            ], environment: ProcessInfo.processInfo.environment, folder: folder.path)
        guard process.waitForOutput("held\n") else {
            // No flock(1) here.
            process.signal(SIGKILL)
            return
        }
        #expect(try LedgerLock.isHeld(try LedgerFile(existing: path)))
        #expect(code { try Ledger.openBlocking(path, mustExist: true) } == .held)
        process.signal(SIGKILL)
        process.wait()
        #expect(code { try Ledger.openBlocking(path, mustExist: true) } == nil)
    }

    @Test("Readers see the ledger while a run holds it, and change nothing")
    func readers() async throws {
        let path = folder.path("ledger.sqlite3")
        let ledger = try Ledger.openBlocking(path, mustExist: false)
        let run = try await ledger.begin(command: "import", endpoint: "x")
        let reader = try Ledger.readBlocking(path)
        #expect(try await reader.lastRun() == run)
        await #expect(throws: (any Error).self) { try await reader.execute("DELETE FROM runs") }
        #expect(try await Ledger.read(path).lastRun() == run)
    }

    @Test("A full disk is told as such, and the run goes on once there is room")
    func full() async throws {
        let fixture = try LedgerFixture()
        try await fixture.ledger.execute("PRAGMA max_page_count = 60")
        let visits = (1...2_000).map { Visit(customer: $0, notes: String(repeating: "n", count: 500)) }
        let run = try await fixture.ledger.begin(command: "import", endpoint: LedgerFixture.endpoint)
        let input = try fixture.input(Visit.file(visits))
        let error = await #expect(throws: LedgerError.self) {
            try await fixture.ledger.stage(
                [input], rules: LedgerFixture.rules(), batchSize: 50, decide: { _ in .post },
                isStopped: { false },
                progress: { _ in })
        }
        #expect(error?.code == .full)
        #expect(try await fixture.ledger.appointments().isEmpty)
        #expect(try await fixture.ledger.report(ofRun: run)?.files.isEmpty == true)
        try await fixture.ledger.execute("PRAGMA max_page_count = 100000")
        let done = try await fixture.run([visits], fate: .created)
        #expect(done.posted.count == 2_000)
    }

    // MARK: Wording

    @Test(
        "Each failure of SQLite has its own word for the user",
        arguments: [
            (SQLiteError.Kind.full, LedgerError.Code.full), (.readOnly, .readOnly), (.corrupt, .corrupt),
            (.notADatabase, .foreign), (.cantOpen, .unreachable), (.busy, .busy), (.inputOutput, .failed),
            (.constraint, .failed), (.interrupted, .failed), (.other, .failed),
        ])
    func codes(kind: SQLiteError.Kind, code: LedgerError.Code) {
        let error = LedgerError(
            SQLiteError(kind, message: "words", operation: "op"), path: "/x/ledger.sqlite3")
        #expect(error.code == code)
        #expect(error.message.contains("/x/ledger.sqlite3"))
        #expect(!error.fix.isEmpty)
    }
}
