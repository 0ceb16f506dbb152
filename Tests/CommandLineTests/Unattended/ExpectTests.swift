import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("A file must have come")
struct ExpectTests {
    private let fixture: SandboxFixture
    private var folder: TemporaryFolder { fixture.folder }

    init() throws {
        var fixture = try SandboxFixture()
        // Where it is about noon, so that no test meets midnight.
        let offset = 12 - Int(Date().timeIntervalSince1970) / 3_600 % 24
        fixture.stimport.environment["STIMPORT_TIME_ZONE"] =
            offset == 0 ? "Etc/GMT" : offset > 0 ? "Etc/GMT-\(offset)" : "Etc/GMT+\(-offset)"
        self.fixture = fixture
        try folder.write("in/keep", "")
    }

    private func drop(_ name: String, rows: Int, firstCustomer: Int = 9_001) throws {
        try folder.write("in/" + name, SampleRows.csv(count: rows, firstCustomer: firstCustomer))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: folder.path("in/" + name))
    }

    private func check(_ more: String...) throws -> ProcessOutcome {
        try fixture.stimport.run(["status", "--check", "1h"] + more)
    }

    @Test("An inbox's run and status --check end with 5 and say which file is missing, until it comes")
    func missing() throws {
        let expect = ["--expect", "Housecall-*.csv by 00:00 daily"]
        try drop("other.csv", rows: 1)
        let first = try fixture.run(
            ["--inbox", "in", "--metrics", "m.prom", "--log", "log.json", "--log-format", "json"] + expect)
        #expect(first.status == 5)
        #expect(first.totals == "created 1")
        let stopped = try #require(first.summary.stopped)
        #expect(stopped.code == "expected-file")
        #expect(stopped.message.hasPrefix("Housecall-*.csv was expected by 00:00 on "))
        #expect(stopped.message.hasSuffix("and no such file was imported"))
        #expect(try folder.read("m.prom").contains("stimport_stopped{code=\"expected-file\"} 1\n"))
        #expect(try folder.read("log.json").contains("\"stopped\":\"expected-file\""))
        #expect(
            try fixture.stimport.run("status").stdout.contains("    a file did not come: Housecall-*.csv was")
        )
        // It goes on so on every run, and what the other runs did is no excuse.
        let status = try check(expect[0], expect[1])
        #expect(status.status == 5)
        let line = try #require(status.stdout.split(separator: "\n").first)
        #expect(
            line.hasPrefix("STALE: no complete run yet, limit 1 h; and MISSING: Housecall-*.csv was expected")
        )
        // Files that are named are no inbox's: nothing is expected of them.
        try folder.write("b.csv", SampleRows.csv(count: 1, firstCustomer: 5_001))
        #expect(try fixture.run(["b.csv"] + expect).status == 0)
        let missing = try check(expect[0], expect[1], "--format", "json")
        #expect(missing.status == 5)
        #expect(missing.stdout.contains("\"word\": \"MISSING\""))
        #expect(try check().status == 0)

        try drop("housecall-1.csv", rows: 2, firstCustomer: 6_001)
        #expect(try fixture.run(["--inbox", "in"] + expect).status == 0)
        let good = try check(expect[0], expect[1])
        #expect(good.status == 0)
        #expect(good.stdout.hasPrefix("OK: "))
    }

    @Test("A file without rows, and one that can't be read, is not what was expected")
    func notIt() throws {
        let expect = ["--expect", "*.csv by 00:00 daily"]
        try drop("a.csv", rows: 0)
        let empty = try fixture.run(["--inbox", "in"] + expect)
        #expect(empty.status == 5)
        #expect(empty.summary.stopped?.message.hasSuffix("and a.csv has a header and no rows") == true)
        try folder.write("in/b.csv", "not,what,was,meant\n1,2,3,4\n")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: folder.path("in/b.csv"))
        let unread = try fixture.run(["--inbox", "in"] + expect)
        #expect(unread.status == 3)
        #expect(unread.summary.stopped?.message.contains("and nothing of b.csv was imported: ") == true)
        let status = try check(expect[0], expect[1])
        #expect(status.status == 5)
        #expect(status.stdout.contains("nothing of b.csv was imported"))
        // A rehearsal is no import, and expects nothing.
        try drop("c.csv", rows: 1)
        #expect(try fixture.stimport.run(["--inbox", "in", "--dry-run"] + expect).status == 0)
        #expect(try check(expect[0], expect[1]).status == 5)
    }

    @Test(
        "A file of which nothing was valid is not what was expected; one valid row, or none that was wrong, is enough",
        arguments: [
            ("x,,,,,,", 5), ("x,,,,,,\n" + SampleRows.row("9301", "", "t", "t", "1"), 5),
            ("good\nx,,,,,,", 0),
            ("good", 0),
        ])
    func nothingValid(rows: String, status: Int32) throws {
        let good = String(SampleRows.csv(count: 1).split(separator: "\n")[1])
        try drop("b.csv", rows: 0)
        try folder.write(
            "in/b.csv", SampleRows.header + "\n" + rows.replacing("good", with: good) + "\n")
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_600)], ofItemAtPath: folder.path("in/b.csv"))
        let expect = ["--expect", "b.csv by 00:00 daily"]
        let run = try fixture.run(["--inbox", "in"] + expect)
        #expect(run.status == (status == 0 ? (rows.contains("x,") ? 1 : 0) : 5))
        #expect(
            run.summary.stopped?.message.hasSuffix(
                "nothing of b.csv was imported: none of its rows was valid")
                == (status == 5 ? true : nil))
        let status = try check(expect[0], expect[1])
        #expect(status.status == run.summary.stopped.map { _ in 5 } ?? 0, "\(status.stdout)")
    }

    @Test("Another reason to stop keeps its code, and the missing file is said with it")
    func besideAnother() throws {
        try drop("a.csv", rows: 3)
        let run = try fixture.run(
            "--inbox", "in", "--first", "1", "--batch-size", "1", "--expect", "b.csv by 00:00 daily")
        #expect(run.status == 5)
        #expect(run.summary.stopped?.code == "first-rows")
        #expect(run.summary.stopped?.message.contains("; b.csv was expected by 00:00 on ") == true)
    }

    @Test("The settings file has a list of them, or a profile; a variable separates them by semicolons")
    func settings() throws {
        try drop("a.csv", rows: 1)
        try folder.write(
            "s.json",
            #"{ expect: ["a.csv by 00:00 daily", "b.csv by 00:00 daily"], profiles: { p: { expect: "a.csv by 00:00 daily" } } }"#
        )
        let run = try fixture.run("--inbox", "in", "--config", "s.json")
        #expect(run.status == 5)
        #expect(run.summary.stopped?.message.hasPrefix("b.csv was expected") == true)
        #expect(try check("--config", "s.json", "--profile", "p").stdout.hasPrefix("STALE: no complete run"))
        let both = try fixture.stimport.run(
            ["status", "--check", "1h"],
            environment: ["STIMPORT_EXPECT": "b.csv by 00:00 daily; c.csv by 00:00 daily"])
        let zone = try check("--time-zone", "Etc/GMT", "--expect", "b.csv by 00:00 daily")
        #expect(zone.status == 5 && zone.stdout.contains("b.csv was expected by 00:00 on "))
        #expect(both.stdout.contains("b.csv was expected") && both.stdout.contains("; c.csv was expected"))
    }

    @Test(
        "Wrong syntax ends with 2, says what is wrong, and gives an example",
        arguments: ["*.csv", "*.csv by 25:00 daily", "*.csv by 02:30 someday", "in/*.csv by 02:30 daily"])
    func wrong(text: String) throws {
        for arguments in [["--inbox", "in"], ["status", "--check", "1h"]] {
            let outcome = try fixture.stimport.run(arguments + ["--expect", text])
            #expect(outcome.status == 2)
            #expect(outcome.stderr.contains("--expect: \"\(text)\": "))
            #expect(outcome.stderr.contains("fix: give for example 'housecall-*.csv by 02:30 Mon-Fri'"))
        }
        try folder.write("s.json", "{ expect: [\"\(text)\"] }")
        let outcome = try fixture.stimport.run(["status", "--config", "s.json"])
        #expect(outcome.status == 2 && outcome.stderr.contains("s.json:1: expect: "))
    }
}
