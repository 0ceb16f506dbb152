import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The samples' units for systemd")
struct SampleUnitsTests {
    private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../samples").standardizedFileURL

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: samples.appending(path: name), encoding: .utf8)
    }

    /// The lines of a unit that say something.
    private static func lines(_ name: String) throws -> [String] {
        try text(name).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    @Test(
        "systemd finds nothing wrong with them",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")),
        arguments: [
            "stimport.service", "stimport.timer", "stimport@acme.service", "stimport@north-east.timer",
            "stimport-resume.service", "stimport-resume.timer", "stimport-failure@stimport.service.service",
        ])
    func verified(unit: String) throws {
        let folder = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.samples.path)
        where name.hasSuffix(".service") || name.hasSuffix(".timer") {
            // It looks whether the program is there.
            try folder.write(
                name, Self.text(name).replacing("/usr/local/bin/stimport", with: TestSupport.Stimport.binary))
        }
        let outcome = try RunningProcess(
            "/usr/bin/systemd-analyze", arguments: ["verify", "--man=no", "--recursive-errors=no", unit],
            environment: [
                "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin",
                "SYSTEMD_UNIT_PATH": "\(folder.path):/usr/lib/systemd/system:/lib/systemd/system",
            ], folder: folder.path
        ).wait()
        #expect(outcome.status == 0 && outcome.stderr == "", "\(outcome.stderr)")
    }

    @Test("A site's unit is that of a single one but for what is its own")
    func template() throws {
        let own = ["ExecStart", "StateDirectory", "LoadCredential", "WorkingDirectory", "ReadWritePaths"]
        func shared(_ name: String, _ lines: [String]) throws -> [String] {
            lines.filter { line in
                !(own + ["Description", "RandomizedDelaySec"]).contains { line.hasPrefix($0 + "=") }
            }
        }
        for kind in ["service", "timer"] {
            let (one, site) = ("stimport.\(kind)", "stimport@.\(kind)")
            #expect(try shared(one, Self.lines(one)) == shared(site, Self.lines(site)))
        }
        for name in own {
            let line = try #require(try Self.lines("stimport@.service").first { $0.hasPrefix(name + "=") })
            #expect(line.contains("%i"), "\(line)")
        }
    }

    @Test(
        "What a site's unit starts imports the site's inbox into the site's ledger, and people find it there")
    func started() throws {
        let fixture = try SandboxFixture()
        let folder = fixture.folder
        /// The paths of a machine, in the test's folder.
        func moved(_ text: String) -> String {
            ["/etc/stimport", "/srv/stimport", "/var/lib/stimport"].reduce(text) {
                $0.replacing($1, with: folder.path + $1)
            }
        }
        // The fixture's variables say where to post.
        let settings = try moved(Self.text("settings.json")).replacing("\"site\":", with: "// \"site\":")
        try folder.write("etc/stimport/settings.json", settings)
        let inbox = "srv/stimport/acme/inbox"
        try folder.write("\(inbox)/a.csv", SampleRows.csv(count: 9) + "9090,,1/1/2014,1/1/2014,1,,\n")
        // Nobody is writing it any more.
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -3_600)],
            ofItemAtPath: folder.path("\(inbox)/a.csv"))
        try FileManager.default.createDirectory(
            atPath: folder.path("var/lib/stimport/acme"), withIntermediateDirectories: true)
        let first = try fixture.stimport.run(
            ["--config", folder.path("etc/stimport/settings.json"), "--profile", "acme", "--dry-run", "-"],
            input: "SecurityTraxUniqueID,StartTime,EndTime,ServiceType\n")
        #expect(first.status == 0, "\(first.stderr)")

        let line = try #require(
            try Self.lines("stimport@.service").first { $0.hasPrefix("ExecStart=/usr/local/bin/stimport ") })
        let words = moved(line).replacing("%i", with: "acme").split(separator: " ").dropFirst().map(
            String.init)
        let run = try fixture.stimport.run(Array(words))
        // One row is invalid, which is no failure of the unit.
        #expect(run.status == 1, "\(run.stdout)\(run.stderr)")
        #expect(fixture.server.createdCount == 9)
        #expect(folder.exists("\(inbox)/rejects/a.csv"))
        #expect(folder.exists("\(inbox)/rejects/a.rejects.csv"))
        let ledgers = try FileManager.default.contentsOfDirectory(atPath: folder.path("var/lib/stimport"))
        #expect(ledgers == ["acme"])
        #expect(!folder.exists("state"))
        let found = try fixture.stimport.run(
            "find", "9001", "--config", folder.path("etc/stimport/settings.json"), "--profile", "acme")
        #expect(found.status == 0, "\(found.stdout)\(found.stderr)")
    }
}
