import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The sample that mails what became of a run")
struct SampleNotifyTests {
    private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../samples").standardizedFileURL

    private let fixture: SandboxFixture
    private var folder: TemporaryFolder { fixture.folder }

    /// The script beside the program, as it is installed, and a `mail` that keeps what it is given.
    init() throws {
        fixture = try SandboxFixture()
        try folder.write(
            "mail.txt", "#!/bin/sh\n{ printf '%s\\n' \"$@\"; cat; } > '\(folder.path("mailed"))'\n")
        let script = try String(
            contentsOf: Self.samples.appending(path: "stimport-notify"), encoding: .utf8)
        try folder.write("notify.txt", script)
        // Written by others: a file that this process writes may be busy, in a child that another test starts.
        let copy =
            "mkdir -p mail local/bin && cp mail.txt mail/mail && cp notify.txt local/bin/stimport-notify"
            + " && chmod 755 mail/mail local/bin/stimport-notify"
        #expect(try fixture.stimport.start(shell: copy).wait().status == 0)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("local/bin/stimport"), withDestinationPath: Stimport.binary)
    }

    /// Runs with the PATH of a cron job.
    ///
    /// - Returns: the mail: its arguments, then its text.
    private func mail(_ arguments: [String], status: Int32) throws -> String {
        let notify = "'\(folder.path("local/bin/stimport-notify"))' office@example.com"
        let outcome = try fixture.stimport.run(
            arguments + ["--notify-on", "any", "--notify-command", notify],
            environment: ["PATH": "/usr/bin:/bin:\(folder.path("mail"))"])
        #expect(outcome.status == status, "\(outcome.stderr)")
        #expect(!outcome.stderr.contains("notify command failed"), "\(outcome.stderr)")
        return try folder.read("mailed")
    }

    @Test("A run with a file that can't be read is not one that could not begin")
    func oneOfTwo() throws {
        try fixture.write(rows: 3)
        let mail = try mail(["a.csv", "none.csv"], status: 3)
        #expect(mail.hasPrefix("-s\nstimport: a file could not be read (exit 3)\n"), "\(mail)")
        #expect(mail.contains("3 created"))
        #expect(!mail.contains("not found"))
    }

    @Test("One that could not begin says so")
    func nothing() throws {
        try fixture.write(rows: 3)
        let mail = try mail(["a.csv", "--require-ledger", "--ledger", "none.sqlite3"], status: 8)
        #expect(mail.contains("the ledger can't be used"), "\(mail)")
        #expect(mail.contains("there is no ledger at none.sqlite3"))
    }

    @Test(
        "It reports of the run's own ledger",
        arguments: [["--profile", "acme"], ["--ledger", "acme.sqlite3"]])
    func ownLedger(options: [String]) throws {
        try folder.write(
            "config/stimport/settings.json",
            #"{ "profiles": { "acme": { "ledger": "\#(folder.path("acme.sqlite3"))" } } }"#)
        try fixture.write(rows: 3)
        #expect(try fixture.stimport.run("a.csv").status == 0)
        try fixture.write("b.csv", rows: 7, firstCustomer: 7_001)
        fixture.server.setFaults(try FaultPlan("close:after@1-"))
        let mail = try mail(["b.csv"] + options, status: 6)
        #expect(mail.contains("7 in doubt") && !mail.contains("3 created"), "\(mail)")
    }
}
