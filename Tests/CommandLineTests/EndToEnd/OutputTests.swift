import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("What a run prints")
struct OutputTests {
    @Test("--quiet prints nothing on success, and says what is wrong otherwise")
    func quiet() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        for command in [
            ["a.csv"], ["a.csv"], ["resume"], ["check", "a.csv"], ["--sandbox", "a.csv"], ["status"],
            ["review"],
        ] {
            let outcome = try fixture.stimport.run(command + ["--quiet"])
            #expect(outcome.status == 0)
            #expect(outcome.stdout == "", "\(command)")
            #expect(outcome.stderr == "", "\(command)")
        }
        #expect(fixture.server.createdCount == 3)
        try fixture.folder.write("b.csv", SampleRows.csv(count: 3) + "x,,,,,,\n")
        let bad = try fixture.stimport.run("b.csv", "--quiet")
        #expect(bad.status == 1)
        #expect(bad.stdout.contains("invalid"))
        let missing = try fixture.stimport.run("none.csv", "--quiet")
        #expect(missing.status == 3)
        #expect(missing.stderr.contains("none.csv"))
        #expect(
            try SandboxFixture.read(fixture.stimport.run("a.csv", "--quiet", "--format", "json")).status == 0)
    }

    @Test("The result goes to standard output, progress and what went wrong to standard error")
    func streams() throws {
        let fixture = try SandboxFixture(["close@1"])
        try fixture.write(rows: 4)
        let json = try fixture.stimport.run("a.csv", "--batch-size", "2", "--format", "json", "--verbose")
        #expect(json.status == 6)
        #expect(try ImportSummary(json.stdout).totals.description == "created 2, in_doubt 2")
        #expect(json.stderr.contains("in doubt"))
        let text = try fixture.stimport.run("a.csv")
        #expect(text.stdout.contains("4 rows"))
        #expect(text.stdout.contains("2 already created"))
        #expect(!text.stdout.contains("\u{1B}"))
    }

    @Test("A reader that goes away disturbs no run", arguments: ["| head -c 1", "| true", ">&-"])
    func closedOutput(reader: String) throws {
        let fixture = try SandboxFixture()
        try fixture.folder.write("a.csv", SampleRows.csv(count: 4) + "x,,,,,,\n")
        // The status of stimport itself comes through a descriptor of its own.
        let script = """
            exec 3>&1
            { "\(Stimport.binary)" a.csv --batch-size 1 --verbose 2>/dev/null; echo "ended with $?" >&3; } \(reader) >/dev/null
            """
        let process = try RunningProcess(
            "/bin/sh", arguments: ["-c", script], environment: fixture.stimport.environment,
            folder: fixture.folder.path)
        let outcome = process.wait()
        #expect(outcome.stdout.contains("ended with 1"), "\(outcome.stdout) \(outcome.stderr)")
        #expect(fixture.server.createdCount == 4)
        #expect(SandboxFixture.totals(try fixture.report()) == "created 4, invalid 1")
    }

    @Test(
        "A disk that is full under the output is told, and disturbs no run",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullOutput() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 2)
        let process = try RunningProcess(
            "/bin/sh", arguments: ["-c", "\"\(Stimport.binary)\" a.csv > /dev/full"],
            environment: fixture.stimport.environment, folder: fixture.folder.path)
        let outcome = process.wait()
        #expect(outcome.status != 0)
        #expect(outcome.stderr.contains("standard output"))
        #expect(fixture.server.createdCount == 2)
        #expect(SandboxFixture.totals(try fixture.report()) == "created 2")
    }

    @Test("Nothing that a terminal would act on gets through, from a name, a field or the service")
    func controlCharacters() throws {
        let hostile = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}31m\u{202E}evil\u{200B}"
        let fixture = try SandboxFixture(["refused:body=Nobody%E2%80%AEhere%C2%9B31m@1"])
        let day = SampleRows.day(5)
        let name = "a\u{1B}[31m.csv"
        try fixture.folder.write(
            name,
            """
            SecurityTraxUniqueID,StartTime,EndTime,ServiceType,Notes,\(hostile)
            9001,\(day) 9:00,\(day) 10:00,1,,
            9002,\(hostile),\(day) 10:00,\(hostile),\(hostile),
            \(hostile),\(day) 9:00,\(day) 10:00,1,,

            """)
        func check(_ arguments: [String]) throws {
            let outcome = try fixture.stimport.run(arguments)
            for text in [outcome.stdout, outcome.stderr] {
                let dangerous = text.unicodeScalars.filter {
                    $0 != "\n" && ($0.value < 0x20 || (0x7F..<0xA0).contains($0.value))
                        || (0x200B...0x200F).contains($0.value) || (0x202A...0x202E).contains($0.value)
                }
                #expect(dangerous.isEmpty, "\(arguments): \(text.debugDescription)")
            }
        }
        try check([name, "--verbose"])
        try check(["check", name, "--verbose"])
        try check(["check", name, "--preview"])
        try check(["status"])
        try check(["report", "--run", "1", "--verbose"])
        try check([name, "--dry-run"])
        try check(["\(hostile).csv"])
        try check(["--\(hostile)"])
        try check(["--ledger", hostile + "/x/", "status"])
    }

    @Test("Help and version need no settings, and name themselves")
    func help() throws {
        let stimport = try Stimport()
        #expect(try stimport.run("--version").stdout.hasPrefix("stimport "))
        for command in ["import", "check", "resume", "status", "review", "resolve", "withdraw", "report"] {
            let outcome = try stimport.run("help", command)
            #expect(outcome.status == 0)
            #expect(outcome.stdout.contains("stimport"))
        }
        #expect(try stimport.folder.list() == [])
    }
}
