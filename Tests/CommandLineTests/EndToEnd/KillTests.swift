import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A run that is killed")
struct KillTests {
    @Test(
        "What was on the way is in doubt, the rest is posted by the same command",
        arguments: ["before", "after"], [1, 3])
    func whileHeld(place: String, concurrency: Int) throws {
        let fixture = try SandboxFixture(["hold:\(place)@2-"])
        try fixture.write(rows: 12)
        let command = ["a.csv", "--batch-size", "2", "--concurrency", "\(concurrency)"]
        let first = try fixture.stimport.start(command)
        #expect(fixture.server.waitForHeld(concurrency))
        first.signal(SIGKILL)
        #expect(first.wait().signal == SIGKILL)
        // Nobody has settled anything since: what is true now can be seen all the same.
        let doubt = 2 * concurrency
        #expect(
            SandboxFixture.totals(try fixture.report("--all"))
                == "created 2, in_doubt \(doubt), pending \(10 - doubt)")
        fixture.server.setFaults([])
        fixture.server.release()
        #expect(fixture.server.waitForFinishedPosts(1 + concurrency))

        let second = try fixture.run(command)
        #expect(second.status == 6)
        #expect(second.totals == "created \(10 - doubt), already_created 2, in_doubt \(doubt)")
        #expect(second.summary.posts == (10 - doubt) / 2)
        #expect(fixture.server.createdCount == 12)
        #expect(fixture.server.duplicates == 0)
        // Nothing changes by itself from then on.
        let third = try fixture.run(command)
        #expect(third.status == 6)
        #expect(third.totals == "already_created \(12 - doubt), in_doubt \(doubt)")
        #expect(third.summary.posts == 0)
        #expect(try fixture.stimport.run("resume").status == 0)
        #expect(fixture.server.createdCount == 12)

        // The first run's report shows it as it ended.
        let report = try fixture.report("--run", "1")
        #expect(SandboxFixture.totals(report) == "created 2, in_doubt \(doubt), pending \(10 - doubt)")
    }

    @Test("A run that dies while it reads leaves nothing that could be posted")
    func whileStaging() throws {
        let fixture = try SandboxFixture()
        // A named pipe is read to its end before anything is staged.
        let process = try fixture.stimport.start(["-"], keepsInputOpen: true)
        process.write(SampleRows.csv(count: 100))
        process.signal(SIGKILL)
        process.wait()
        let resume = try fixture.stimport.run("resume")
        #expect(resume.status == 8 || resume.status == 0)
        #expect(fixture.server.posts == 0)
    }

    /// How often a run is killed at a random moment. A long run by hand:
    /// `STIMPORT_TEST_KILLS=200 swift test --filter KillTests`.
    static let kills = ProcessInfo.processInfo.environment["STIMPORT_TEST_KILLS"].flatMap { Int($0) } ?? 10

    @Test(
        "Killed at random moments and started again, it loses no row and creates none twice",
        arguments: [1, 4])
    func atRandomMoments(concurrency: Int) throws {
        let fixture = try SandboxFixture {
            $0.latency = .milliseconds(2)
            $0.jitter = .milliseconds(10)
        }
        let command = ["a.csv", "--batch-size", "3", "--concurrency", "\(concurrency)", "--format", "json"]
        var rows = 0
        var kills = 0
        // About as long as a run of all rows lasts: what is left after a kill is done sooner.
        let length = 0.3
        var files = 0
        while kills < Self.kills {
            files += 1
            let count = 60
            try fixture.folder.write("a.csv", SampleRows.csv(count: count, firstCustomer: 9_001 + rows))
            rows += count
            var ended: SandboxFixture.Import?
            while ended == nil {
                let process = try fixture.stimport.start(command)
                if kills < Self.kills {
                    Thread.sleep(forTimeInterval: .random(in: 0...length))
                    process.signal(SIGKILL)
                    let outcome = process.wait()
                    if outcome.signal == SIGKILL {
                        kills += 1
                        continue
                    }
                    ended = try SandboxFixture.read(outcome)
                } else {
                    ended = try SandboxFixture.read(process.wait())
                }
            }
            let summary = try #require(ended?.summary)
            #expect(summary.totals.rows == count)
            #expect(summary.totals.states["pending"] == nil)
            #expect(summary.totals.states["in_doubt"] == nil ? summary.exit == 0 : summary.exit == 6)
            #expect(fixture.server.duplicates == 0)
        }
        // Posts whose sender was killed may still be at work.
        #expect(fixture.server.waitForFinishedPosts(fixture.server.posts))

        let report = try fixture.report("--all")
        #expect(fixture.server.duplicates == 0)
        #expect(report.count == rows, "no row is lost")
        let customers = Set(report["SecurityTraxUniqueID"])
        #expect(customers == Set((0..<rows).map { "\(9_001 + $0)" }))
        let states = report.counts(of: "state")
        #expect(Set(states.keys).isSubset(of: ["created", "in_doubt"]), "\(states)")
        let there = Set(fixture.server.created.map(\.customerID))
        #expect(there.count == fixture.server.createdCount)
        for record in report.records.indices {
            let isThere = there.contains(report[record, "SecurityTraxUniqueID"])
            #expect(report[record, "state"] == "in_doubt" || isThere, "known as created and not there")
        }
        // A batch of three at the most for each post on the way at each kill.
        #expect(states["in_doubt", default: 0] <= kills * concurrency * 3)
    }

    @Test(
        "Killed at random moments, a run that posts nothing leaves itself, its counts and its findings, or less",
        arguments: [["--dry-run"], ["--all-or-nothing"], ["--max-invalid", "1"]])
    func thatPostsNothing(flags: [String]) throws {
        let fixture = try SandboxFixture()
        let bad = "9,,\(SampleRows.day(30)) 10:00,\(SampleRows.day(30)) 9:00,1,,\n"
        try fixture.folder.write("a.csv", SampleRows.csv(count: 2_000) + bad + bad + bad)
        let counts = "invalid 3, pending 2000"
        let started = ContinuousClock.now
        #expect(try fixture.run(["a.csv"] + flags).totals == counts)
        let length = ContinuousClock.now - started
        for _ in 0..<max(Self.kills / 2, 4) {
            let process = try fixture.stimport.start(["a.csv"] + flags)
            Thread.sleep(forTimeInterval: .random(in: 0...1) * (length / Duration.seconds(1)))
            process.signal(SIGKILL)
            process.wait()
        }
        #expect(try fixture.run(["a.csv"] + flags).totals == counts)
        #expect(try fixture.report("--all").count == 0)
        #expect(try fixture.run("resume").summary.totals.rows == 0)
        #expect(fixture.server.posts == 0)
        // Each of them is on record whole, or as one that ended before it had read anything.
        let status = try fixture.stimport.run("status", "--format", "json").stdout
        let runs = try #require(try JSONSerialization.jsonObject(with: Data(status.utf8)) as? [String: Any])
        let totals = try #require(runs["runs"] as? [[String: Any]]).compactMap {
            $0["totals"] as? [String: Int]
        }
        #expect(totals.count >= 3)
        for totals in totals {
            let rows = (totals["pending"] ?? 0, totals["invalid"] ?? 0)
            #expect(rows == (2_000, 3) || rows == (0, 0))
        }
    }
}
