import AppointmentLedger
import Foundation
import Testing

@testable import AppointmentRows

@Suite("Messages")
struct MessagesTests {
    @Test("All of them stand in one file that can be read from top to bottom")
    func snapshot() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "messages.txt")
        let text = try MessageCatalogue.make()
        if ProcessInfo.processInfo.environment["UPDATE_MESSAGES"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let kept = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let lines = (kept: kept.split(separator: "\n"), now: text.split(separator: "\n"))
        let changes = lines.now.difference(from: lines.kept).map { change in
            switch change {
            case .insert(_, let line, _): "+ \(line)"
            case .remove(_, let line, _): "- \(line)"
            }
        }
        #expect(
            kept == text,
            "UPDATE_MESSAGES=1 swift test --filter MessagesTests writes it:\n\(changes.joined(separator: "\n"))"
        )
    }

    @Test("None is a stranger: no name of a type, no number of the system alone, no half sentence")
    func plain() throws {
        for line in try MessageCatalogue.make().split(separator: "\n") {
            for sign in ["Optional(", "nil", "Swift.", "__C.", "errno", "rawValue", "Error(code"] {
                #expect(!line.contains(sign), "\(line)")
            }
            // A code of the library's stands behind words of ours.
            if let code = line.firstRange(of: /libcurl,? (multi )?\d+\b(?!\.)/) {
                #expect(line[..<code.lowerBound].hasSuffix("("), "\(line)")
            }
            for label in ["error: ", "fix: "]
            where line.trimmingPrefix(while: \.isWhitespace).hasPrefix(label) {
                #expect(!line.hasSuffix("."), "a message and its fix end without a full stop: \(line)")
                #expect(line.count > label.count + 6, "\(line)")
            }
        }
    }

    @Test(
        "A reason says the value itself exactly where its code declares so", arguments: FindingCode.allCases)
    func values(code: FindingCode) throws {
        for finding in try MessageCatalogue.findings(code) where !finding.value.isEmpty {
            // As it was read, a number or a date has the same figures, but for leading zeros; a time with an offset
            // has others, as the customer's clock shows it.
            let figures = finding.value.split { !$0.isNumber && !$0.isLetter }.filter { $0.count > 1 }
            let saysIt =
                finding.message.contains("\"\(finding.value)\"")
                || !figures.isEmpty && figures.allSatisfy { finding.message.contains($0) }
                || finding.value.hasSuffix("Z") && finding.message.contains(/\d\d\/\d\d\/\d{4} \d/)
            #expect(saysIt == code.namesValue, "\(finding.value): \(finding.message)")
        }
    }
}
