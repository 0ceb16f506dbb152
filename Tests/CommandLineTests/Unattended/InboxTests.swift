import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("An inbox")
struct InboxTests {
    private let server: SandboxServer
    private let stimport: Stimport
    private var folder: TemporaryFolder { stimport.folder }

    init() throws {
        server = try SandboxServer(SandboxConfiguration(refusedCustomers: ["6001"]))
        stimport = try Stimport(for: server)
        try folder.write("in/keep", "")
    }

    /// Drops a file that was written an hour ago.
    private func drop(_ name: String, _ text: String) throws {
        try folder.write("in/" + name, text)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: folder.path("in/" + name))
    }

    private func run(_ more: String...) throws -> ProcessOutcome {
        try stimport.run(["--inbox", "in", "--format", "json"] + more)
    }

    private var names: [String] {
        get throws {
            try folder.list().filter { $0.hasPrefix("in/") && $0 != "in/keep" }.map {
                String($0.dropFirst(3))
            }
        }
    }

    @Test("Each file goes where it belongs, and its rejects file with it")
    func places() throws {
        try drop("b.csv", SampleRows.csv(count: 2, firstCustomer: 5_001))
        try drop("a.csv", SampleRows.csv(count: 2, firstCustomer: 6_001))
        try drop("c.CSV", SampleRows.csv(count: 1, firstCustomer: 7_001) + "x,,,,,,\n")
        try drop("d.csv", "not,what,was,meant\n1,2,3,4\n")
        let outcome = try run()
        #expect(outcome.status == 3)
        let summary = try ImportSummary(outcome.stdout)
        #expect(summary.files.map(\.file) == ["in/a.csv", "in/b.csv", "in/c.CSV", "in/d.csv"])
        #expect(summary.files[0].rejects == "in/rejects/a.rejects.csv")
        #expect(
            try names == [
                "done/b.csv", "rejects/a.csv", "rejects/a.rejects.csv", "rejects/c.CSV",
                "rejects/c.rejects.csv",
                "rejects/d.csv",
            ])
        #expect(server.createdCount == 4)
    }

    @Test("What is pending stays, what is in doubt goes to doubt, and the next run finishes both")
    func pendingAndDoubt() throws {
        server.setFaults(try FaultPlan("close@1", "429@2-"))
        try drop("a.csv", SampleRows.csv(count: 1, firstCustomer: 5_001))
        try drop("b.csv", SampleRows.csv(count: 1, firstCustomer: 5_101))
        #expect(try run("--batch-size", "1", "--retries", "0").status == 6)
        #expect(try names == ["b.csv", "doubt/a.csv"])
        server.setFaults([])
        #expect(try run().status == 0)
        #expect(try names == ["done/b.csv", "doubt/a.csv"])
        #expect(server.duplicates == 0)
    }

    @Test("Nothing is overwritten: a name that is taken gets a number, and both files of a pair the same one")
    func numbers() throws {
        for night in 1...3 {
            try drop("a.csv", SampleRows.csv(count: night, firstCustomer: 5_001))
            try drop("r.csv", SampleRows.csv(count: 1, firstCustomer: 7_000 + night) + "x,,,,,,\n")
            #expect(try run().status == 1)
        }
        #expect(
            try names == [
                "done/a-2.csv", "done/a-3.csv", "done/a.csv", "rejects/r-2.csv", "rejects/r-2.rejects.csv",
                "rejects/r-3.csv", "rejects/r-3.rejects.csv", "rejects/r.csv", "rejects/r.rejects.csv",
            ])
        for (name, rows) in [("a", 1), ("a-2", 2), ("a-3", 3)] {
            #expect(
                try folder.read("in/done/\(name).csv") == SampleRows.csv(count: rows, firstCustomer: 5_001))
        }
    }

    @Test("Unfinished, hidden and rejects files, links and folders are left alone")
    func leftAlone() throws {
        let left = ["a.csv.part", "a.part.csv", "a.tmp.csv", "a.tmp", ".a.csv", "a.rejects.csv", "a.txt"]
        for name in left { try drop(name, SampleRows.csv(count: 1)) }
        try drop("folder.csv/x.csv", SampleRows.csv(count: 1))
        try folder.write("elsewhere.csv", SampleRows.csv(count: 1))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("in/link.csv"), withDestinationPath: folder.path("elsewhere.csv"))
        #expect(mkfifo(folder.path("in/pipe.csv"), 0o600) == 0)
        let before = try names
        let outcome = try run()
        #expect(outcome.status == 0)
        #expect(try ImportSummary(outcome.stdout).files.isEmpty)
        for (name, what) in [
            ("link.csv", "a symbolic link"), ("pipe.csv", "a pipe"), ("folder.csv", "a folder"),
        ] {
            #expect(outcome.stderr.contains("left alone: in/\(name): it is \(what)"), "\(outcome.stderr)")
        }
        #expect(try names == before)
        #expect(server.posts == 0)
    }

    @Test("A rehearsal moves nothing", arguments: ["--dry-run", "--sandbox"])
    func rehearsal(flag: String) throws {
        try drop("a.csv", SampleRows.csv(count: 2))
        #expect(try run(flag).status == 0)
        #expect(try names == ["a.csv"])
        #expect(server.posts == 0)
    }

    @Test("After a kill the file is still there, and the next run moves it without posting anything twice")
    func kill() throws {
        server.setFaults(try FaultPlan("hold:after@2"))
        try drop("a.csv", SampleRows.csv(count: 4))
        let process = try stimport.start(["--inbox", "in", "--batch-size", "2"])
        #expect(server.waitForHeld(1))
        process.signal(SIGKILL)
        process.wait()
        server.setFaults([])
        server.release()
        #expect(try names == ["a.csv"])
        #expect(try run().status == 6)
        #expect(try names == ["doubt/a.csv"])
        #expect(server.duplicates == 0)
    }

    @Test("A file that is replaced while it is imported stays, and is imported the next time")
    func replaced() throws {
        server.setFaults(try FaultPlan("hold:after@1"))
        try drop("a.csv", SampleRows.csv(count: 1, firstCustomer: 5_001))
        let process = try stimport.start(["--inbox", "in"])
        #expect(server.waitForHeld(1))
        try FileManager.default.removeItem(atPath: folder.path("in/a.csv"))
        try drop("a.csv", SampleRows.csv(count: 2, firstCustomer: 5_101))
        server.setFaults([])
        server.release()
        #expect(process.wait().status == 0)
        #expect(try names == ["a.csv"])
        #expect(try run().status == 0)
        #expect(try names == ["done/a.csv"])
        #expect(server.createdCount == 3)
    }

    @Test("The settings file may name the inbox; files that are named are imported instead")
    func fromSettings() throws {
        try drop("a.csv", SampleRows.csv(count: 1))
        try folder.write("b.csv", SampleRows.csv(count: 1, firstCustomer: 5_001))
        try folder.write("s.json", "{ inbox: \"\(folder.path("in"))\" }")
        #expect(try stimport.run("b.csv", "--config", "s.json").status == 0)
        #expect(try names == ["a.csv"])
        #expect(try stimport.run("--config", "s.json").status == 0)
        #expect(try names == ["done/a.csv"])
        #expect(server.createdCount == 2)
    }

    @Test(
        "Wrong usage of an inbox ends with 2, and nothing is sent",
        arguments: [
            ["--inbox", "none"], ["--inbox", "in", "--rejects", "r.csv"], ["--inbox", "in", "a.csv"], [],
        ])
    func wrongUsage(arguments: [String]) throws {
        try drop("a.csv", SampleRows.csv(count: 1))
        let outcome = try stimport.run(arguments)
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("\n  fix: "))
        #expect(server.connections == 0)
    }
}
