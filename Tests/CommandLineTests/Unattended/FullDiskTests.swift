import Foundation
import SecurityTraxSandbox
import Synchronization
import TestSupport
import Testing

/// A disk of its own, small enough to fill up.
private final class SmallDisk {
    let path: String
    private let filling = Filling()

    /// The thread that keeps the disk full.
    private final class Filling: Sendable {
        let isFilling = Mutex(false)
        let ended = DispatchSemaphore(value: 0)
    }

    init?(in folder: TemporaryFolder) {
        path = folder.path("disk")
        guard getuid() == 0, mkdir(path, 0o700) == 0,
            Self.run("/bin/mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", path)
        else { return nil }
    }

    deinit {
        makeRoom()
        _ = Self.run("/bin/umount", "-l", path)
    }

    /// Leaves not a byte free.
    func fill() {
        let descriptor = open(path + "/fill", O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        Self.pour(into: descriptor)
        close(descriptor)
    }

    /// Writes until the disk takes no more.
    private static func pour(into descriptor: Int32) {
        let block = [UInt8](repeating: 1, count: 4_096)
        while write(descriptor, block, block.count) > 0 {}
    }

    /// Leaves not a byte free, and takes whatever becomes free, until ``makeRoom()``.
    ///
    /// Returns when the disk is full for the first time.
    func keepFull() {
        fill()
        let path = path
        let filling = filling
        filling.isFilling.withLock { $0 = true }
        Thread.detachNewThread {
            // No child of another test may keep the blocks of the file beyond its removal.
            let descriptor = open(path + "/fill", O_WRONLY | O_APPEND | O_CLOEXEC)
            while filling.isFilling.withLock({ $0 }) {
                Self.pour(into: descriptor)
                usleep(1_000)
            }
            close(descriptor)
            filling.ended.signal()
        }
    }

    func makeRoom() {
        let wasFilling = filling.isFilling.withLock { filling in
            defer { filling = false }
            return filling
        }
        if wasFilling { filling.ended.wait() }
        unlink(path + "/fill")
    }

    private static func run(_ words: String...) -> Bool {
        let process = try? RunningProcess(
            words[0], arguments: Array(words.dropFirst()), environment: [:], folder: "/")
        return process?.wait().status == 0
    }

    /// Whether this machine lets us mount one: containers mostly do not.
    static let isPossible: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        return SmallDisk(in: folder) != nil
    }()
}

@Suite("A disk that fills up", .enabled(if: SmallDisk.isPossible, "no file system can be mounted here"))
struct FullDiskTests {
    @Test(
        "While posts are on their way, and somebody takes every byte that becomes free: each outcome is still put on record, and nothing more is posted",
        arguments: [1, 4])
    func whilePosting(concurrency: Int) throws {
        let server = try SandboxServer(SandboxConfiguration(faults: try FaultPlan("hold:after@5-")))
        var stimport = try Stimport(for: server)
        let disk = try #require(SmallDisk(in: stimport.folder))
        stimport.environment["STIMPORT_LEDGER"] = disk.path + "/l.sqlite3"
        try stimport.folder.write("a.csv", SampleRows.csv(count: 200))
        let process = try stimport.start([
            "a.csv", "--batch-size", "10", "--concurrency", "\(concurrency)", "--format", "json",
        ])
        #expect(server.waitForHeld(concurrency))
        disk.keepFull()
        server.setFaults([])
        server.release()
        let full = process.wait()
        #expect(full.status == 8)
        #expect(full.stderr.contains("the disk is full"))
        let totals = try ImportSummary(full.stdout).totals
        #expect(totals.rows == 200)
        #expect(totals.states["in_doubt"] == nil)
        #expect(totals.states["created"] == server.createdCount)

        disk.makeRoom()
        let rest = try stimport.run("a.csv", "--format", "json")
        #expect(rest.status == 0, "\(rest.stderr)")
        #expect(server.createdCount == 200 && server.duplicates == 0)
    }

    @Test(
        "While a file is staged: nothing of it is kept, nothing is posted, and the same command does it later"
    )
    func whileStaging() throws {
        let server = try SandboxServer()
        var stimport = try Stimport(for: server)
        let disk = try #require(SmallDisk(in: stimport.folder))
        stimport.environment["STIMPORT_LEDGER"] = disk.path + "/l.sqlite3"
        try stimport.folder.write("a.csv", SampleRows.csv(count: 2))
        #expect(try stimport.run("a.csv").status == 0)
        try stimport.folder.write("b.csv", SampleRows.csv(count: 1_500, firstCustomer: 20_000))
        disk.fill()
        #expect(try stimport.run("b.csv").status == 8)
        #expect(server.createdCount == 2)
        disk.makeRoom()
        let rest = try stimport.run("b.csv", "--quiet")
        #expect(rest.status == 0, "\(rest.stdout) \(rest.stderr)")
        #expect(server.createdCount == 1_502 && server.duplicates == 0)
    }
}
