import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Progress on a terminal")
struct ProgressTests {
    private func start(_ fixture: SandboxFixture, _ arguments: [String], columns: Int) throws
        -> TerminalProcess
    {
        let process = try TerminalProcess(
            Stimport.binary, arguments: arguments,
            environment: fixture.stimport.environment.merging(["TERM": "xterm", "NO_COLOR": "1"]) { $1 },
            folder: fixture.folder.path)
        process.resize(columns: columns)
        return process
    }

    @Test(
        "It shows posting while the first answer is out, counts, and is gone at the end",
        arguments: [40, 80, 140])
    func shown(columns: Int) throws {
        let fixture = try SandboxFixture(["hold:after@1"])
        try fixture.write(rows: 4)
        let process = try start(fixture, ["a.csv", "--batch-size", "2"], columns: columns)
        #expect(process.wait(for: "posting"))
        #expect(process.wait(for: "outstanding"))
        process.resize(columns: 60)
        fixture.server.setFaults([])
        fixture.server.release()
        #expect(process.wait().status == 0)
        // What was drawn is erased before the summary, which stands there once.
        let end = process.text.components(separatedBy: "\u{1B}[J").last ?? ""
        #expect(!end.contains("posting"), "\(end)")
        #expect(end.components(separatedBy: "4 rows = 4 created").count == 2, "\(process.text)")
    }

    @Test("--no-progress takes away what is drawn, and leaves what has to be known")
    func withoutProgress() throws {
        let fixture = try SandboxFixture(["close@1"])
        try fixture.write(rows: 4)
        let process = try start(fixture, ["a.csv", "--batch-size", "2", "--no-progress"], columns: 80)
        #expect(process.wait().status == 6)
        #expect(!process.text.contains("\u{1B}[J") && !process.text.contains("posting ["))
        #expect(process.text.contains("2 in doubt"))
    }

    @Test("Any command answers SIGUSR1 with a line")
    func asked() throws {
        let fixture = try SandboxFixture()
        let process = try fixture.stimport.start(["sandbox"])
        #expect(process.waitForOutput("Ctrl-C ends it"))
        process.signal(SIGUSR1)
        #expect(process.waitForErrors("progress: sandbox"))
        process.signal(SIGTERM)
        #expect(process.wait().status == 0)
    }

    @Test("Where both streams lead to one place, the figures stand there once")
    func once() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 3)
        let process = try fixture.stimport.start(shell: "exec \"$0\" a.csv 2>&1")
        let text = process.wait().stdout
        #expect(text.components(separatedBy: "3 rows = 3 created").count == 2, "\(text)")
        #expect(text.contains("run 1 ended with 0 (complete)"), "\(text)")
    }
}
