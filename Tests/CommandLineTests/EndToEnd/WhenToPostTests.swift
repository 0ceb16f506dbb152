import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("When and how much is posted")
struct WhenToPostTests {
    @Test(
        "--first posts so many rows and stops, whatever has to be repeated, and the next run posts the others",
        arguments: [
            ([], ["--batch-size", "2"], 3), ([], ["--concurrency", "4", "--batch-size", "1"], 3),
            (["503:retry-after=0@1"], ["--batch-size", "2"], 3), (["refuse-customer:id=9001"], [], 2),
        ] as [(faults: [String], options: [String], created: Int)])
    func first(faults: [String], options: [String], created: Int) throws {
        let refused = faults.contains { $0.hasPrefix("refuse") }
        let bench = try Bench(refused ? [] : faults) { if refused { $0.refusedCustomers = ["9001"] } }
        try bench.write("a.csv", rows: 7)
        let run = try bench.run(["a.csv", "--first", "3", "--no-handshake"] + options)
        #expect(run.status == 5)
        #expect(run.totals == "created \(created)" + (refused ? ", refused 1" : "") + ", pending 4")
        #expect(run.summary.stopped?.code == "first-rows")
        #expect(bench.server.createdCount == created)
        #expect(try bench.run("resume").totals.hasPrefix("created 4"))
        #expect(bench.server.createdCount == created + 4)
        #expect(bench.server.duplicates == 0)
    }

    @Test("--first with as many rows as there are posts them all")
    func firstOfFew() throws {
        let bench = try Bench()
        try bench.write("a.csv", rows: 3)
        let run = try bench.run("a.csv", "--first", "3")
        #expect(run.status == 0 && run.totals == "created 3")
    }

    @Test(
        "Outside of --post-between nothing is sent, and a resume within it posts what is pending",
        arguments: [false, true])
    func window(isResumed: Bool) throws {
        let bench = try Bench()
        try bench.write("a.csv", rows: 3)
        let hour = Int(Date().timeIntervalSince1970) / 3_600 % 24
        // Not now, and not in the hours to come.
        let closed = hour < 12 ? "\(hour + 6):00-\(hour + 7):00" : "00:00-01:00"
        let environment = ["TZ": "UTC"]
        let run = try bench.run("a.csv", "--post-between", closed, environment: environment)
        #expect(run.status == 5 && run.totals == "pending 3")
        #expect(run.summary.stopped?.code == "outside-window")
        #expect(run.summary.stopped?.message.contains("--post-between") == true)
        #expect(bench.server.connections == 0)
        if isResumed {
            let again = try bench.run("resume", "--post-between", closed, environment: environment)
            #expect(again.status == 5 && again.summary.stopped?.code == "outside-window")
            #expect(bench.server.connections == 0)
        }
        let name = isResumed ? "resume" : "a.csv"
        let done = try bench.run(name, "--post-between", "0:00-24:00", environment: environment)
        #expect(done.status == 0 && done.totals == "created 3")
        #expect(try bench.run("a.csv", "--post-between", closed, environment: environment).status == 0)
    }

    @Test(
        "After two refused logins no run that nobody watches tries a third, until one at a terminal was let in"
    )
    func lockOut() throws {
        let bench = try Bench(["auth-failure"])
        try bench.write("a.csv", rows: 3)
        for _ in 0..<2 { #expect(try bench.run("a.csv").status == 4) }
        let connections = bench.server.connections
        for arguments in [["a.csv"], ["resume"]] {
            let third = try bench.stimport.run(arguments)
            #expect(third.status == 4)
            #expect(third.stderr.contains("no run that nobody watches tries again before"))
        }
        #expect(bench.server.connections == connections)
        // What sends nothing is not held up.
        #expect(try bench.stimport.run("a.csv", "--dry-run").status == 0)
        bench.server.setFaults([])
        #expect(try bench.stimport.run("a.csv").status == 4)
        let watched = try TerminalProcess(
            Stimport.binary, arguments: ["a.csv"], environment: bench.stimport.environment,
            folder: bench.folder.path)
        #expect(watched.wait().status == 0)
        #expect(bench.server.createdCount == 3)
        try bench.write("b.csv", rows: 2, firstCustomer: 9_200)
        #expect(try bench.run("b.csv").status == 0)
    }
}
