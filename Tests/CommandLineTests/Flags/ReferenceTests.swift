import AppointmentImport
import Foundation
import TestSupport
import Testing

@testable import stimport

@Suite("Codes and what they mean")
struct ReferenceTests {
    @Test("Every explanation is whole sentences", arguments: Explanation.Kind.allCases)
    func sentences(kind: Explanation.Kind) {
        let entries = Reference.all.filter { $0.kind == kind }
        #expect(!entries.isEmpty)
        for entry in entries {
            for text in [entry.meaning, entry.why, entry.action] {
                let begins = text.first?.isLowercase == false || kind == .key || text.hasPrefix("stimport")
                #expect(begins && (text.hasSuffix(".") || text.hasSuffix("?")), "\(entry.code): \(text)")
            }
            #expect(entries.count { $0.code == entry.code } == 1, "\(entry.code) once among \(kind.rawValue)")
        }
    }

    @Test("A code is found however it is spelled")
    func spellings() {
        for word in ["in_doubt", "in-doubt", "in doubt", "In Doubt"] {
            #expect(Reference.explanations(of: word).contains { $0.kind == .state }, "\(word)")
        }
        #expect(Reference.explanations(of: "6").map(\.kind) == [.exit])
        #expect(Set(Reference.explanations(of: "credentials-refused").map(\.kind)) == [.outcome, .stop])
        #expect(Reference.explanations(of: "nonsense").isEmpty)
    }

    @Test("help explains a code, and proposes the nearest one for a word that is none")
    func help() throws {
        let stimport = try TestSupport.Stimport()
        for code in [
            "already-booked-differently", "in_doubt", "too-much-doubt", "6", "ledger-behind", "retries",
        ] {
            let outcome = try stimport.run(["help", code])
            #expect(outcome.status == 0)
            for entry in Reference.explanations(of: code) {
                #expect(outcome.stdout.contains("\(entry.code): \(entry.kind.title)"))
            }
        }
        let outcome = try stimport.run(["help", "alredy-booked-differently"])
        #expect(outcome.status == 2)
        #expect(outcome.stderr.contains("did you mean already-booked-differently?"))
    }

    @Test("The documentation has the same texts, and the manual page every code")
    func documents() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let article = root.appendingPathComponent(
            "Sources/AppointmentImport/AppointmentImport.docc/Reference.md")
        if ProcessInfo.processInfo.environment["UPDATE_REFERENCE"] != nil {
            try Reference.markdown.write(to: article, atomically: true, encoding: .utf8)
        }
        #expect(
            try String(contentsOf: article, encoding: .utf8) == Reference.markdown,
            "UPDATE_REFERENCE=1 swift test --filter ReferenceTests writes it")
        let page = ManualPage.text().replacing("\\-", with: "-")
        for code in Reference.codes { #expect(page.contains(code), "\(code)") }
    }

    @Test("No key of the JSON summary is without an explanation")
    func keys() throws {
        let stimport = try TestSupport.Stimport()
        let file = try stimport.folder.write(
            "a.csv",
            "SecurityTraxUniqueID,StartTime,EndTime,ServiceType\nx,1/5/2027 8:00,1/5/2027 9:00,Install\n")
        let outcome = try stimport.run(["check", file, "missing.csv", "--format", "json"])
        let summary = try JSONSerialization.jsonObject(with: Data(outcome.output))
        var keys = Set<String>()
        func collect(_ value: Any) {
            if let object = value as? [String: Any] {
                keys.formUnion(object.keys)
                object.values.forEach(collect)
            } else if let array = value as? [Any] {
                array.forEach(collect)
            }
        }
        collect(summary)
        #expect(keys.count > 20)
        for key in keys { #expect(!Reference.explanations(of: key).isEmpty, "\(key)") }
    }
}
