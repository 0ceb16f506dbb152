import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Housekeeping")
struct HousekeepingTests {
    private let server: SandboxServer
    private let stimport: Stimport
    private var folder: TemporaryFolder { stimport.folder }

    init() throws {
        server = try SandboxServer()
        var stimport = try Stimport(for: server)
        stimport.environment["STIMPORT_LEDGER"] = "l.sqlite3"
        self.stimport = stimport
        try folder.write("a.csv", SampleRows.csv(count: 4))
    }

    /// Leaves one appointment in doubt and one pending, of a file of three.
    private func trouble() throws {
        server.setFaults(try FaultPlan("close@\(server.posts + 2)", "429@\(server.posts + 3)-"))
        try folder.write("t.csv", SampleRows.csv(count: 3, firstCustomer: 5_001).dropLast() + "Dog\n")
        #expect(try stimport.run("t.csv", "--batch-size", "1", "--retries", "0").status == 6)
        server.setFaults([])
    }

    // MARK: Prune

    @Test("After a prune nothing is posted again, and nothing is said to have changed")
    func prune() throws {
        #expect(try stimport.run("a.csv").status == 0)
        let rehearsal = try stimport.run("prune", "--older-than", "0s", "--dry-run", "--format", "json")
        #expect(try stimport.run("report", "--run", "1", "--format", "csv").stdout.contains("Gate code"))
        let done = try stimport.run("prune", "--older-than", "0s", "--format", "json")
        #expect(done.status == 0)
        func count(_ name: String, _ outcome: ProcessOutcome) throws -> Int? {
            try (JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])?[name] as? Int
        }
        for name in ["appointments", "runs", "rows", "batches"] {
            #expect(try count(name, rehearsal) == count(name, done), "\(name)")
        }
        #expect(try count("appointments", done) == 4)
        #expect(try !String(decoding: folder.bytes("l.sqlite3"), as: UTF8.self).contains("Gate code"))

        try folder.write(
            "a.csv", SampleRows.csv(count: 4).replacingOccurrences(of: "Gate code", with: "Other code"))
        let again = try ImportSummary(stimport.run("a.csv", "--format", "json").stdout)
        #expect(again.totals.description == "already_created 4")
        #expect(again.findings.isEmpty)
        #expect(server.duplicates == 0 && server.createdCount == 4)
    }

    @Test("A report of a pruned run says so, and has its counts")
    func prunedReports() throws {
        #expect(try stimport.run("a.csv").status == 0)
        #expect(try stimport.run("prune", "--older-than", "0s").status == 0)
        let text = try stimport.run("report", "--run", "1").stdout
        #expect(text.contains("4 created") && text.contains("forgotten"))
        #expect(try stimport.run("report", "--run", "1", "--format", "html").stdout.contains("forgotten"))
        let json = try stimport.run("report", "--run", "1", "--format", "json").stdout
        #expect(try ImportSummary(json).totals.description == "created 4")
        #expect(json.contains("\"pruned\": \""))
        let csv = try stimport.run("report", "--run", "1", "--format", "csv")
        #expect(csv.status == 2 && csv.stdout == "" && csv.stderr.contains("forgotten"))
        #expect(
            try stimport.run("report", "--all", "--format", "csv").stdout.split(whereSeparator: \.isNewline)
                .count == 5)
    }

    @Test("What is pending or in doubt keeps everything, and so does its run")
    func pruneLeavesOpenOnes() throws {
        try trouble()
        let before = try stimport.run("review", "--format", "json").stdout
        #expect(try stimport.run("prune", "--older-than", "0s").status == 0)
        #expect(try stimport.run("review", "--format", "json").stdout == before)
        #expect(try stimport.run("report", "--run", "1", "--format", "csv").status == 0)
        #expect(try stimport.run("resume").status == 0)
        #expect(server.createdCount == 2)
        #expect(server.created.last?.notes == "Dog")
    }

    @Test("What is younger stays; an age must be given")
    func age() throws {
        #expect(try stimport.run("a.csv").status == 0)
        #expect(try stimport.run("prune", "--older-than", "1d").status == 0)
        #expect(try stimport.run("report", "--run", "1", "--format", "csv").stdout.contains("Gate code"))
        #expect(try stimport.run("prune").status == 2)
    }

    // MARK: Copies

    @Test(
        "A copy is one private file; it is refused until it is adopted, and then what it has pending is in doubt"
    )
    func copy() throws {
        try trouble()
        let backup = try stimport.run("ledger", "backup", "copy.sqlite3")
        #expect(backup.status == 0)
        #expect(
            backup.stdout.contains("until stimport ledger adopt --ledger copy.sqlite3"), "\(backup.stdout)")
        var status = stat()
        stat(folder.path("copy.sqlite3"), &status)
        #expect(status.st_mode & 0o777 == 0o600)
        // The original goes on: what was pending is posted.
        #expect(try stimport.run("resume").status == 0)
        let files = try folder.list()

        let other = ["--ledger", "copy.sqlite3"]
        for command in [["t.csv"], ["resume"], ["prune", "--older-than", "1d"]] {
            let refused = try stimport.run(command + other)
            #expect(refused.status == 8, "\(command)")
            #expect(
                refused.stderr.contains("is a copy")
                    && refused.stderr.contains("stimport ledger adopt --ledger copy.sqlite3"))
        }
        #expect(try stimport.run(["status"] + other).stdout.contains("1 pending"))
        #expect(Set(try folder.list()).subtracting(files) == ["copy.sqlite3.lock"])

        let standing = try stimport.run(["status"] + other).stdout
        #expect(standing.contains("No run uses this ledger as it is: "), "\(standing)")
        #expect(standing.contains("stimport ledger adopt --ledger copy.sqlite3"), "\(standing)")
        #expect(!standing.contains("stimport resume"), "\(standing)")
        #expect(try stimport.run(["ledger", "adopt"] + other).status == 0)
        let review = try stimport.run(["review", "--format", "json"] + other).stdout
        #expect(review.components(separatedBy: "\"5003\"").count == 2)
        let again = try ImportSummary(stimport.run(["t.csv", "--format", "json"] + other).stdout)
        #expect(again.totals.description == "already_created 1, in_doubt 2")
        #expect(server.duplicates == 0)
        // A person's word settles it as any other doubt.
        #expect(try stimport.run(["resolve", "--created", "3"] + other).status == 0)
        #expect(try stimport.run(["ledger", "adopt"] + other).stdout.contains("nothing to adopt"))
    }

    @Test("A backup overwrites nothing, and needs a ledger")
    func backupRefusals() throws {
        #expect(try stimport.run("ledger", "backup", "copy.sqlite3").status == 8)
        #expect(try stimport.run("a.csv").status == 0)
        try folder.write("mine", "mine")
        #expect(try stimport.run("ledger", "backup", "mine").status == 2)
        #expect(try folder.read("mine") == "mine")
        #expect(try stimport.run("ledger", "backup", "none/copy").status == 2)
        #expect(try folder.list().filter { $0.contains(".stimport") } == [])
    }

    @Test("A backup may be made while a run is posting, and what was on its way is in doubt in the copy")
    func backupWhilePosting() throws {
        server.setFaults(try FaultPlan("hold:after@2"))
        let process = try stimport.start(["a.csv", "--batch-size", "1"])
        #expect(server.waitForHeld(1))
        #expect(try stimport.run("ledger", "backup", "copy.sqlite3").status == 0)
        server.setFaults([])
        server.release()
        #expect(process.wait().status == 0)
        #expect(try stimport.run("ledger", "adopt", "--ledger", "copy.sqlite3").status == 0)
        let copy = try ImportSummary(
            stimport.run("a.csv", "--ledger", "copy.sqlite3", "--format", "json").stdout)
        #expect(copy.totals.description == "already_created 1, in_doubt 3")
        #expect(server.duplicates == 0)
    }

    @Test("A ledger that was put back from an older state is refused until it is adopted")
    func behind() throws {
        try trouble()
        let old = try folder.bytes("l.sqlite3")
        #expect(try stimport.run("resume").status == 0)
        try folder.write("l.sqlite3", bytes: old)
        let refused = try stimport.run("t.csv")
        #expect(refused.status == 8 && refused.stderr.contains("ends with run 1, but run 2"))
        #expect(try stimport.run("ledger", "adopt").status == 0)
        let again = try ImportSummary(stimport.run("t.csv", "--format", "json").stdout)
        #expect(again.totals.description == "already_created 1, in_doubt 2")
        #expect(again.run == 4)
        #expect(server.duplicates == 0)
    }

    @Test(
        "What was refused or held when a copy was made, and posted since, is not posted by the copy",
        arguments: ["refused", "held"])
    func postedSince(state: String) throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let path = fixture.folder.path("old.sqlite3")
        if state == "held" {
            #expect(try fixture.stimport.run("a.csv", "--hold-if", "new>1").status == 5)
        } else {
            fixture.server.setFaults(try FaultPlan("refused@1"))
            #expect(try fixture.stimport.run("a.csv", "--batch-size", "1").status == 1)
            fixture.server.setFaults([])
        }
        #expect(try fixture.stimport.run("ledger", "backup", "old.sqlite3").status == 0)
        if state == "held" {
            let word = ["resolve", "--run", "1", "--approve", "--note", "x", "--yes"]
            #expect(try fixture.stimport.run(word).status == 0)
            #expect(try fixture.stimport.run("resume").status == 0)
        } else {
            #expect(try fixture.stimport.run("a.csv").status == 0)
        }
        #expect(fixture.server.created.count == 3)

        let other = ["--ledger", path]
        #expect(try fixture.stimport.run(["ledger", "adopt"] + other).status == 0)
        #expect(try fixture.stimport.run(["status"] + other).stdout.contains("in doubt"))
        #expect(try fixture.stimport.run(["a.csv"] + other).status == 6)
        _ = try fixture.stimport.run(["resolve", "--run", "1", "--approve", "--note", "x", "--yes"] + other)
        _ = try fixture.stimport.run(["resume"] + other)
        #expect(fixture.server.created.count == 3)
        #expect(fixture.server.duplicates == 0)
    }

    @Test("A ledger that is gone is not silently made anew")
    func vanished() throws {
        #expect(try stimport.run("a.csv").status == 0)
        try FileManager.default.removeItem(atPath: folder.path("l.sqlite3"))
        let refused = try stimport.run("a.csv")
        #expect(refused.status == 8 && refused.stderr.contains("run 1 was made with one"))
        #expect(try folder.list() == ["a.csv", "l.sqlite3.lock"])
        #expect(server.createdCount == 4)
        // Somebody who means it removes what remembers.
        try FileManager.default.removeItem(atPath: folder.path("l.sqlite3.lock"))
        #expect(try stimport.run("a.csv", "--stop-after", "0s").status == 5)
    }

    // MARK: Damage

    @Test(
        "Damage ends with 8 before anything is posted, however the last run ended", arguments: [true, false])
    func damage(isClean: Bool) throws {
        try folder.write("a.csv", SampleRows.csv(count: 2_000))
        #expect(try stimport.run("a.csv").status == 0)
        var bytes = try folder.bytes("l.sqlite3")
        // A page in the middle: a run would not come to it by itself.
        let page = bytes.count / 8_192 * 4_096
        for index in page..<(page + 4_096) { bytes[index] = 0xA5 }
        try folder.write("l.sqlite3", bytes: bytes)
        // What a killed process leaves behind.
        if !isClean { try folder.write("l.sqlite3-wal", "no log, but something") }
        try folder.write("b.csv", SampleRows.csv(count: 1, firstCustomer: 5_001))
        let posts = server.posts
        for command in [["b.csv"], ["resume"], ["b.csv", "--dry-run"]] {
            let refused = try stimport.run(command)
            #expect(refused.status == 8)
            #expect(refused.stderr.contains("is damaged"))
        }
        #expect(server.posts == posts)
        #expect(try folder.bytes("l.sqlite3") == bytes)
    }

    @Test("A single bit that flips in an identity books nothing twice")
    func flippedBit() throws {
        let customer = 1_122_334_455
        try folder.write("a.csv", SampleRows.csv(count: 1, firstCustomer: customer))
        #expect(try stimport.run("a.csv").status == 0)
        let bytes = try folder.bytes("l.sqlite3")
        let value = withUnsafeBytes(of: UInt32(customer).bigEndian) { Array($0) }
        let places = bytes.indices.dropLast(3).filter { Array(bytes[$0..<($0 + 4)]) == value }
        // In the table, and in the index that finds it.
        #expect(places.count >= 2)
        let created = server.createdCount
        for place in places {
            var damaged = bytes
            damaged[place + 3] ^= 1
            try folder.write("l.sqlite3", bytes: damaged)
            let refused = try stimport.run("a.csv")
            #expect(refused.status == 8 && refused.stderr.contains("is damaged"))
        }
        #expect(server.createdCount == created)
    }
}
