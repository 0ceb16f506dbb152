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
        let fixture = try SandboxFixture(refused ? [] : faults) {
            if refused { $0.refusedCustomers = ["9001"] }
        }
        try fixture.write("a.csv", rows: 7)
        let run = try fixture.run(["a.csv", "--first", "3", "--no-handshake"] + options)
        #expect(run.status == 5)
        #expect(run.totals == "created \(created)" + (refused ? ", refused 1" : "") + ", pending 4")
        #expect(run.summary.stopped?.code == "first-rows")
        #expect(fixture.server.createdCount == created)
        #expect(try fixture.run("resume").totals.hasPrefix("created 4"))
        #expect(fixture.server.createdCount == created + 4)
        #expect(fixture.server.duplicates == 0)
    }

    @Test("--first with as many rows as there are posts them all")
    func firstOfFew() throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 3)
        let run = try fixture.run("a.csv", "--first", "3")
        #expect(run.status == 0 && run.totals == "created 3")
    }

    @Test(
        "A limit that left nothing over is not told of",
        arguments: [
            ["a.csv", "--stop-after", "0s"], ["a.csv", "--first", "3"], ["resume", "--stop-after", "0s"],
            ["a.csv", "--stop-after", "0s", "--no-handshake"],
        ])
    func nothingLeft(arguments: [String]) throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 3)
        #expect(try fixture.run("a.csv").totals == "created 3")
        let run = try fixture.run(arguments)
        #expect(run.status == 0)
        #expect(run.summary.stopped == nil)
        #expect(!run.process.stderr.contains("time"), "\(run.process.stderr)")
        #expect(run.process.stderr.contains("posting is complete"))
    }

    @Test(
        "Outside of --post-between nothing is sent, and a resume within it posts what is pending",
        arguments: [false, true])
    func window(isResumed: Bool) throws {
        let fixture = try SandboxFixture()
        try fixture.write("a.csv", rows: 3)
        let hour = Int(Date().timeIntervalSince1970) / 3_600 % 24
        // Not now, and not in the hours to come.
        let closed = hour < 12 ? "\(hour + 6):00-\(hour + 7):00" : "00:00-01:00"
        let environment = ["TZ": "UTC"]
        let run = try fixture.run("a.csv", "--post-between", closed, environment: environment)
        #expect(run.status == 5 && run.totals == "pending 3")
        #expect(run.summary.stopped?.code == "outside-window")
        #expect(run.summary.stopped?.message.contains("--post-between") == true)
        #expect(fixture.server.connections == 0)
        if isResumed {
            let again = try fixture.run("resume", "--post-between", closed, environment: environment)
            #expect(again.status == 5 && again.summary.stopped?.code == "outside-window")
            #expect(fixture.server.connections == 0)
        }
        let name = isResumed ? "resume" : "a.csv"
        let done = try fixture.run(name, "--post-between", "0:00-24:00", environment: environment)
        #expect(done.status == 0 && done.totals == "created 3")
        #expect(try fixture.run("a.csv", "--post-between", closed, environment: environment).status == 0)
    }

    @Test(
        "After two refused logins no run that nobody watches tries a third, until one at a terminal was let in"
    )
    func lockOut() throws {
        let fixture = try SandboxFixture(["auth-failure"])
        try fixture.write("a.csv", rows: 3)
        for _ in 0..<2 { #expect(try fixture.run("a.csv").status == 4) }
        let connections = fixture.server.connections
        for arguments in [["a.csv"], ["resume"]] {
            let third = try fixture.stimport.run(arguments)
            #expect(third.status == 4)
            #expect(third.stderr.contains("no run that nobody watches tries again before"))
        }
        #expect(fixture.server.connections == connections)
        // What sends nothing is not held up.
        #expect(try fixture.stimport.run("a.csv", "--dry-run").status == 0)
        #expect(try fixture.run("a.csv", "--stop-after", "0s").totals == "pending 3")
        #expect(fixture.server.connections == connections)
        // Whose a number is only a login can say.
        try fixture.folder.write(
            "phones.csv",
            "CustomerPhone,StartTime,EndTime,ServiceType\n5085550107,\(SampleRows.day(9)) 8:00,\(SampleRows.day(9)) 9:00,1\n"
        )
        #expect(try fixture.stimport.run("phones.csv", "--stop-after", "0s").status == 4)
        #expect(fixture.server.connections == connections)
        fixture.server.setFaults([])
        #expect(try fixture.stimport.run("a.csv").status == 4)
        let watched = try TerminalProcess(
            Stimport.binary, arguments: ["a.csv"], environment: fixture.stimport.environment,
            folder: fixture.folder.path)
        #expect(watched.wait().status == 0)
        #expect(fixture.server.createdCount == 3)
        try fixture.write("b.csv", rows: 2, firstCustomer: 9_200)
        #expect(try fixture.run("b.csv").status == 0)
    }

    @Test(
        "A doctor whose login is accepted lifts that, and one whose login is not leaves it",
        arguments: ["accepted", "refused", "another run"])
    func doctorLifts(login: String) throws {
        let fixture = try SandboxFixture(["auth-failure"])
        try fixture.write("a.csv", rows: 3)
        for _ in 0..<2 { #expect(try fixture.run("a.csv").status == 4) }
        fixture.server.setFaults(login == "refused" ? try FaultPlan("auth-failure") : [])
        // As another run would hold it.
        let lock = open(fixture.folder.path("state/stimport/ledger.sqlite3.lock"), O_RDWR | O_CLOEXEC)
        #expect(lock >= 0)
        if login == "another run" { #expect(flock(lock, LOCK_EX | LOCK_NB) == 0) }
        let doctor = try fixture.stimport.run("doctor")
        close(lock)
        #expect(doctor.status == (login == "refused" ? 4 : 0), "\(doctor.stdout)\(doctor.stderr)")
        #expect(doctor.stdout.contains("may log in again") == (login == "accepted"), "\(doctor.stdout)")
        #expect(doctor.stdout.contains("start doctor again") == (login == "another run"), "\(doctor.stdout)")
        #expect(try fixture.stimport.run("a.csv").status == (login == "accepted" ? 0 : 4))
        guard login == "accepted" else { return }
        // Refused again, it counts from there.
        try fixture.write("b.csv", rows: 2, firstCustomer: 9_200)
        fixture.server.setFaults(try FaultPlan("auth-failure"))
        for _ in 0..<2 { #expect(try fixture.run("b.csv").status == 4) }
        #expect(try fixture.stimport.run("b.csv").stderr.contains("no run that nobody watches"))
    }
}
