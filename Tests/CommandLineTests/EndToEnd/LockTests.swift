import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Two runs at once")
struct LockTests {
    @Test("The second run posts nothing, ends with 7 and names the first")
    func secondRun() throws {
        let fixture = try SandboxFixture(["hold@1"])
        try fixture.write(rows: 2)
        try fixture.write("b.csv", rows: 2, firstCustomer: 9_500)
        let first = try fixture.stimport.start(["a.csv"])
        #expect(fixture.server.waitForHeld(1))
        for arguments in [
            ["b.csv"], ["resume"], ["resolve", "--created", "1"], ["withdraw", "1", "--note", "x"],
        ] {
            let second = try fixture.stimport.run(arguments)
            #expect(second.status == 7, "\(arguments)")
            #expect(second.stderr.contains("process \(first.processID)"), "\(second.stderr)")
            #expect(second.stdout == "")
        }
        #expect(fixture.server.posts == 1)
        // Looking is allowed, and tells what is being posted from what is in doubt.
        let status = try fixture.stimport.run("status").stdout
        #expect(status.contains("2 appointments are being posted"))
        #expect(!status.contains("Nothing is pending") && !status.contains("in doubt"))
        let json = try fixture.stimport.run(["status", "--format", "json"]).stdout
        #expect(json.contains(#""posting": 2"#) && !json.contains(#""in_doubt": 2"#), "\(json)")
        #expect(try fixture.stimport.run("review").stdout.contains("being posted"))
        let report = try fixture.report("--all")
        #expect(report["reason"].allSatisfy { $0.contains("being posted at this moment") })
        #expect(report["state"] == ["pending", "pending"])
        fixture.server.release()
        #expect(first.wait().status == 0)
        #expect(try fixture.stimport.run("review").stdout == "Nothing is in doubt.\n")
        #expect(try fixture.run("b.csv").totals == "created 2")
    }

    @Test("With --wait-for-lock it waits for the first one to end")
    func waiting() throws {
        let fixture = try SandboxFixture(["hold@1"])
        try fixture.write(rows: 2)
        let first = try fixture.stimport.start(["a.csv"])
        #expect(fixture.server.waitForHeld(1))
        let second = try fixture.stimport.start(["a.csv", "--wait-for-lock", "600s", "--format", "json"])
        expectOpenLock(second)
        fixture.server.release()
        #expect(first.wait().status == 0)
        let run = try SandboxFixture.read(second.wait())
        #expect(run.status == 0)
        #expect(run.totals == "already_created 2")
        #expect(fixture.server.posts == 1)
    }

    @Test("A signal ends the waiting")
    func waitingInterrupted() throws {
        let fixture = try SandboxFixture(["hold@1"])
        try fixture.write(rows: 2)
        let first = try fixture.stimport.start(["a.csv"])
        #expect(fixture.server.waitForHeld(1))
        let second = try fixture.stimport.start(["a.csv", "--wait-for-lock", "600s"])
        expectOpenLock(second)
        second.signal(SIGTERM)
        #expect(second.wait().status == 143)
        fixture.server.release()
        #expect(first.wait().status == 0)
        #expect(fixture.server.posts == 1)
    }

    @Test("Another ledger is another lock")
    func otherLedger() throws {
        let fixture = try SandboxFixture(["hold@1"])
        try fixture.write(rows: 2)
        let first = try fixture.stimport.start(["a.csv"])
        #expect(fixture.server.waitForHeld(1))
        let other = try fixture.run("a.csv", "--ledger", "other.sqlite3")
        #expect(other.status == 0)
        #expect(other.totals == "created 2")
        fixture.server.release()
        #expect(first.wait().status == 0)
    }

    /// Waits until the process has the lock's file open.
    private func expectOpenLock(_ process: RunningProcess, location: SourceLocation = #_sourceLocation) {
        #if os(Linux)
            let folder = "/proc/\(process.processID)/fd"
            let end = ContinuousClock.now + .seconds(600)
            while ContinuousClock.now < end {
                let links = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
                let isOpen = links.contains { name in
                    let target = try? FileManager.default.destinationOfSymbolicLink(
                        atPath: folder + "/" + name)
                    return target?.hasSuffix(".lock") == true
                }
                if isOpen { return }
                usleep(2_000)
            }
            Issue.record("it never opened the lock", sourceLocation: location)
        #endif
    }
}
