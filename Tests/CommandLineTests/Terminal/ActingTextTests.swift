import AppointmentImport
import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@testable import stimport

@Suite("Text that acts, from a file's notes and from the service")
struct ActingTextTests {
    /// Control, bidirectional and tag characters, and those that end lines unseen.
    private static let acting = "\u{9B}31m\u{202E}\u{2066}\u{2028}\u{200F}\u{61C}\u{85}\u{E0041}"

    private static func trouble(_ text: String) -> [String] {
        text.unicodeScalars.filter { scalar in
            switch scalar.value {
            case 0xA, 0xD: false
            case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
                0xE0000...0xE007F:
                true
            default: false
            }
        }.map { String($0.value, radix: 16) }
    }

    private let fixture: SandboxFixture

    /// One row that is refused in such words, one in doubt, one with a name that is an invitation.
    init() throws {
        let encoded = Self.acting.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        fixture = try SandboxFixture(["refused:body=No\(encoded)@1", "close@2"])
        let day = SampleRows.day(5)
        try fixture.folder.write(
            "a\(Self.acting).csv",
            """
            \(SampleRows.header)
            9001,,\(day) 9:00,\(day) 10:00,1,d\(Self.acting),n\(Self.acting)
            9002,,\(day) 9:00,\(day) 10:00,1,,n\(Self.acting)
            x\(Self.acting),,\(day) 9:00,\(day) 10:00,1,,

            """)
        let run = try fixture.stimport.run("a\(Self.acting).csv", "--batch-size", "1")
        #expect(run.status == 6, "\(run.stderr)")
        #expect(Self.trouble(run.stdout + run.stderr) == [])
    }

    @Test(
        "No report lets it through",
        arguments: [
            ["status"], ["status", "--format", "json"], ["status", "--run", "1"], ["review"],
            ["review", "--format", "json"], ["report", "--verbose"], ["report", "--format", "json"],
            ["report", "--format", "html"], ["report", "--all"], ["resolve", "--created", "9"],
        ])
    func reports(arguments: [String]) throws {
        let outcome = try fixture.stimport.run(arguments)
        #expect(Self.trouble(outcome.stdout + outcome.stderr) == [], "\(arguments)")
    }

    @Test(
        "On a terminal, lists and reports as CSV don't either",
        arguments: [["review", "--csv", "-"], ["report", "--format", "csv"]])
    func terminal(arguments: [String]) throws {
        let process = try TerminalProcess(
            Stimport.binary, arguments: arguments, environment: fixture.stimport.environment,
            folder: fixture.folder.path)
        #expect(process.wait().status == 0)
        #expect(process.text.contains("n\\u{9B}31m\\u{202E}\\u{2066}\\u{2028}"))
        #expect(Self.trouble(process.text) == [])
    }

    @Test("As data, a list has the values as they were sent, and harmless words beside them")
    func data() throws {
        let report = try fixture.report()
        #expect(report["Notes"].contains("n\(Self.acting)"))
        for column in ["file", "reason"] {
            for text in report[column] { #expect(Self.trouble(text) == [], "\(column)") }
        }
    }

    @Test("A label of the metrics and a page have it visible")
    func others() {
        var metrics = Metrics(exit: .success, summary: nil)
        metrics.profile = "a\"\\\n\(Self.acting)"
        #expect(Self.trouble(metrics.text) == [])
        #expect(metrics.text.contains("profile=\"a\\\"\\\\\\n\\u{9B}31m"))
        #expect(Self.trouble(HTMLText.escaped("a\(Self.acting)<")) == [])
        #expect(HTMLText.escaped("\u{202E}<") == "\\u{202E}&lt;")
    }
}
