import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A run that is told to stop")
struct SignalTests {
    @Test(
        "What is on the way is settled, nothing more is claimed, and the same command completes it",
        arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 143)] as [(Int32, Int32)], ["before", "after"])
    func whilePosting(signal: (number: Int32, status: Int32), place: String) throws {
        let fixture = try SandboxFixture(["hold:\(place)@2"])
        try fixture.write(rows: 10)
        let command = ["a.csv", "--batch-size", "2", "--format", "json"]
        let process = try fixture.stimport.start(command)
        #expect(fixture.server.waitForHeld(1))
        process.signal(signal.number)
        // The answer comes only after the run has said that it stops.
        #expect(process.waitForErrors("stopping"))
        fixture.server.setFaults([])
        fixture.server.release()
        let first = try SandboxFixture.read(process.wait())
        #expect(first.status == signal.status)
        #expect(first.totals == "created 4, pending 6")
        #expect(first.summary.posts == 2)
        #expect(fixture.server.posts == 2)
        let second = try fixture.run(command.dropLast(2))
        #expect(second.status == 0)
        #expect(second.totals == "created 6, already_created 4")
        #expect(fixture.server.createdCount == 10)
        #expect(fixture.server.duplicates == 0)
    }

    @Test("A second signal ends it at once, and what was on the way is in doubt next time")
    func twice() throws {
        let fixture = try SandboxFixture(["hold:after@2"])
        try fixture.write(rows: 10)
        let command = ["a.csv", "--batch-size", "2"]
        let process = try fixture.stimport.start(command)
        #expect(fixture.server.waitForHeld(1))
        process.signal(SIGINT)
        #expect(process.waitForErrors("stopping"))
        process.signal(SIGINT)
        let outcome = process.wait()
        #expect(outcome.status == 130)
        // The last line says what is in doubt and what to do.
        let last = outcome.stderr.split(separator: "\n").last ?? ""
        #expect(last.contains("2 appointments of batch 2"), "\(last)")
        #expect(last.contains("in doubt"))
        #expect(last.contains("stimport review"))
        fixture.server.setFaults([])
        fixture.server.release()
        let second = try fixture.run(command)
        #expect(second.status == 6)
        #expect(second.totals == "created 6, already_created 2, in_doubt 2")
        #expect(fixture.server.createdCount == 10)
        #expect(fixture.server.duplicates == 0)
    }

    @Test(
        "Somebody who asks how far a run is gets a line, before it posts and while it does, and ends nothing")
    func progress() throws {
        let fixture = try SandboxFixture(["hold:after@2"])
        let process = try fixture.stimport.start(
            ["-", "--batch-size", "2", "--quiet"], keepsInputOpen: true)
        // Some of it was read, so it is up.
        process.write(SampleRows.csv(count: 2_000))
        process.signal(SIGUSR1)
        #expect(process.waitForErrors("progress: "))
        process.closeInput()
        #expect(fixture.server.waitForHeld(1))
        process.signal(SIGUSR1)
        #expect(process.waitForErrors("progress: posting: 2 of 2,000 rows, 2 created, 2 on their way"))
        process.signal(SIGTERM)
        // It goes on until what is on its way is settled, and is asked once more meanwhile.
        fixture.server.setFaults([])
        fixture.server.release()
        let outcome = process.wait()
        #expect(outcome.status == 143)
        let lines = outcome.stderr.split(separator: "\n").filter { $0.contains("progress: ") }
        #expect(lines.count == 2)
    }

    @Test(
        "No command ends because somebody asks how far it is",
        arguments: [["sandbox"], ["check", "-"], ["-", "--dry-run"]])
    func progressOfOthers(arguments: [String]) throws {
        let fixture = try SandboxFixture()
        let process = try fixture.stimport.start(arguments, keepsInputOpen: true)
        if arguments == ["sandbox"] {
            #expect(process.waitForOutput("Ctrl-C ends it"))
        } else {
            process.write(SampleRows.csv(count: 2_000))
        }
        for _ in 0..<5 { process.signal(SIGUSR1) }
        process.closeInput()
        if arguments == ["sandbox"] { process.signal(SIGTERM) }
        #expect(process.wait().status == 0)
    }

    @Test(
        "Before the first claim it leaves nothing to be posted",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func whileInputIsOpen(signal: (number: Int32, status: Int32)) throws {
        let fixture = try SandboxFixture()
        let process = try fixture.stimport.start(["-"], keepsInputOpen: true)
        // Some of it was read: it is up and waits for the rest.
        process.write(SampleRows.csv(count: 2_000))
        process.signal(signal.number)
        #expect(process.wait().status == signal.status)
        #expect(fixture.server.posts == 0)
        let resume = try fixture.stimport.run("resume")
        #expect(resume.status == 8 || resume.status == 0)
        #expect(fixture.server.posts == 0)
    }

    @Test(
        "While a file is staged it undoes the staging, and keeps only the run's entry",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func whileStaging(signal: (number: Int32, status: Int32)) throws {
        let fixture = try SandboxFixture(["hold"])
        try fixture.write(rows: 40_000)
        let process = try fixture.stimport.start(["a.csv", "--format", "json"])
        // The lock's file names the run as soon as it has begun, just before it reads.
        #expect(fixture.folder.waitForContent("state/stimport/ledger.sqlite3.lock"))
        process.signal(signal.number)
        #expect(process.waitForErrors("stopping"))
        fixture.server.setFaults([])
        fixture.server.release()
        let run = try SandboxFixture.read(process.wait())
        #expect(run.status == signal.status)
        if run.summary.posts == 0 {
            #expect(run.summary.totals.rows == 0 || run.totals == "pending 40000")
            #expect(try fixture.report("--all").count == 0)
            #expect(try fixture.run("resume").summary.totals.rows == 0)
            #expect(fixture.server.posts == 0)
            #expect(try fixture.stimport.run("status").stdout.contains("ended with \(signal.status)"))
        } else {
            // The machine was so slow that the signal came after the first claim.
            #expect(run.totals == "created 50, pending 39950")
        }
    }
}
