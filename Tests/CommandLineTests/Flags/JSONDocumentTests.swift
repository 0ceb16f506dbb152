import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The article on what programs read")
struct JSONDocumentTests {
    /// A member as the article has it.
    private struct Member {
        /// Whether it is left out where there is nothing to say.
        var isOptional: Bool
        /// The part of the article that tells of the objects in it.
        var part: String?
        /// Whether its objects have names of their own.
        var isFree: Bool
    }

    private let parts: [String: [String: Member]]

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let article = try String(
            contentsOf: root.appending(path: "Sources/AppointmentImport/AppointmentImport.docc/JSON.md"),
            encoding: .utf8)
        var parts: [String: [String: Member]] = [:]
        var part = ""
        for line in article.split(separator: "\n") {
            if line.hasPrefix("## ") { part = String(line.dropFirst(3).replacing("-", with: " ")) }
            let cells = line.split(separator: "|").map { $0.trimmingPrefix(while: \.isWhitespace) }
            guard line.hasPrefix("| `"), cells.count >= 2 else { continue }
            let member = Member(
                isOptional: cells[1].hasPrefix("only "),
                part: cells[1].firstMatch(of: /\(#(.*?)\)/).map {
                    String($0.output.1.replacing("-", with: " "))
                },
                isFree: cells[1].contains("by its names"))
            for name in cells[0].matches(of: /`(.*?)`/) {
                parts[part, default: [:]][String(name.output.1)] = member
            }
        }
        self.parts = parts
    }

    /// Compares a value with a part of the article.
    private func compare(_ value: Any, with part: String, at path: String) throws {
        if let values = value as? [Any] {
            for value in values { try compare(value, with: part, at: path + "[]") }
        } else if let object = value as? [String: Any] {
            let members = try #require(
                parts[part], "no part \(part)")
            let needed = members.filter { !$0.value.isOptional }.keys
            #expect(Set(needed).subtracting(object.keys).isEmpty, "not printed at \(path), told in “\(part)”")
            #expect(
                Set(object.keys).subtracting(members.keys).isEmpty,
                "printed at \(path), not told in “\(part)”")
            for (name, value) in object {
                guard let member = members[name] else { continue }
                if let part = member.part {
                    try compare(value, with: part, at: "\(path).\(name)")
                } else if !member.isFree {
                    let values = value as? [Any] ?? [value]
                    #expect(
                        !values.contains { $0 is [String: Any] }, "\(path).\(name) has no part of its own")
                }
            }
        } else {
            #expect(value is NSNull, "\(path) is no object")
        }
    }

    @Test("It tells of every member that is printed, and of no other")
    func members() throws {
        let fixture = try SandboxFixture(["close:after@2", "refused:rows=1@1"])
        func check(_ part: String, _ arguments: String...) throws {
            let outcome = try fixture.stimport.run(arguments + ["--format", "json"])
            let value = try JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8))
            try compare(value, with: part, at: arguments.joined(separator: " "))
        }
        // Created, refused, in doubt, invalid and skipped; then one is cancelled, and another night is held.
        let day = SampleRows.day(30)
        func write(_ rows: [String]) throws {
            let lines = rows.map { $0.replacing("DAY", with: day) }
            try fixture.folder.write(
                "a.csv", (["Customer ID,Start,End,Service,Status"] + lines).joined(separator: "\n") + "\n")
        }
        let rows = (1...5).map { "900\($0),DAY 9:00,DAY 10:00,Service," }
        try write(rows + ["9006,DAY 9:00,DAY 10:00,Instal,", "9007,DAY 9:00,DAY 10:00,Service,Cancelled"])
        try check("The summary", "a.csv", "--batch-size", "3")
        try check("The summary", "check", "a.csv")
        try write(Array(rows.dropFirst(2).dropLast(2)) + ["9002,DAY 9:00,DAY 10:00,Service,Cancelled"])
        try check("The summary", "a.csv")
        try write((1...3).map { "910\($0),DAY 9:00,DAY 10:00,Service," })
        try check("The summary", "a.csv", "--hold-if", "new>2")
        try check("The summary", "a.csv", "none.csv")
        try check("The summary", "report", "--run", "1")
        try check("Rows of a report", "report", "--last", "3")
        try check("Rows of a report", "report", "--all")
        _ = try fixture.stimport.run("resolve", "--created", "4", "--note", "seen")
        for words in [["9004"], ["9001", "9999"], ["--state", "created,refused,in-doubt,held"]] {
            let outcome = try fixture.stimport.run(["find"] + words + ["--format", "json"])
            let value = try JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8))
            try compare(value, with: "What find prints", at: "find")
        }
        try check("What review prints", "review")
        try fixture.folder.write("report.csv", "Customer ID,Start\n9005,\(day) 9:00\n9002,never\n")
        try check("What reconcile prints", "reconcile", "report.csv")
        try check("What status prints", "status")
        try check("What status prints", "status", "--check", "26h")
        let ledger = "state/stimport/ledger.sqlite3"
        try check(
            "What status prints of several ledgers", "status", "--check", "1h", "--ledger", ledger,
            "--ledger", "none")
        try check("What find prints", "find", "9004", "--ledger", ledger, "--ledger", "none")
    }
}
