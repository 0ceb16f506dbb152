import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("What arrives") struct ArrivalTests {
    /// A visit as the file means it, and as it writes it.
    private struct Visit {
        var values: [String] = []
        var line = ""
    }

    private static let details = ["", "Panel", "a, b", "say \"hi\"", "Zoë", " lead "]
    private static let notes = [
        "", "Ring twice", "  both  ", "\"quoted\"", "line 1\nline 2", "it's <b> & co", "100%", "C:\\x", "é è",
        String(repeating: "x", count: 300),
    ]

    private static func visit(_ customer: Int, _ random: inout SeededNumbers) -> Visit {
        func one<Value>(of values: [Value]) -> Value {
            values[Int.random(in: values.indices, using: &random)]
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let day = calendar.startOfDay(for: Date()) + Double(Int.random(in: 3...300, using: &random)) * 86_400
        let date = calendar.dateComponents([.year, .month, .day], from: day)
        let (year, month, dayOfMonth) = (date.year ?? 0, date.month ?? 0, date.day ?? 0)
        // At night, too: that is a warning, and a second way of writing dates is another.
        let hour = Int.random(in: 1...21, using: &random)
        func wire(_ hour: Int) -> String {
            String(format: "%02d/%02d/%04d %d:30", month, dayOfMonth, year, hour)
        }
        let isISO = Int.random(in: 0..<4, using: &random) == 0
        func written(_ hour: Int) -> String {
            if isISO { return String(format: "%04d-%02d-%02d %02d:30", year, month, dayOfMonth, hour) }
            if Int.random(in: 0..<3, using: &random) > 0 {
                return "\(month)/\(dayOfMonth)/\(year) \(hour):30"
            }
            return "\(month)/\(dayOfMonth)/\(year) \((hour + 11) % 12 + 1):30 \(hour < 12 ? "AM" : "PM")"
        }
        let tech = one(of: ["", "5", "4000000000"])
        let service = one(of: [("1", "1"), ("Install", "1"), ("service", "2"), ("3", "3")])
        let (detail, notes) = (one(of: details), one(of: Self.notes))
        func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
        func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
        return Visit(
            values: [
                "\(customer)", tech, wire(hour), wire(hour + 1), service.1, trimmed(detail), trimmed(notes),
            ],
            line: [
                "\(customer)", tech, written(hour), written(hour + 1), service.0, quoted(detail),
                quoted(notes),
            ].joined(separator: ","))
    }

    @Test(
        "is what the file says, in each of its seven columns, whatever is said of the row", arguments: 0..<6)
    func everything(seed: Int) throws {
        var random = SeededNumbers(state: UInt64(seed))
        let fixture = try SandboxFixture()
        let visits = (1...80).map { Self.visit($0, &random) }
        try fixture.folder.write(
            "a.csv", ([SampleRows.header] + visits.map(\.line)).joined(separator: "\n") + "\n")
        let run = try fixture.run("a.csv", "--batch-size", "\([1, 7, 50][seed % 3])")
        #expect(run.status == 0, "\(run.process.stderr)")
        // A small number may be both by chance.
        #expect(Set(run.codes).subtracting(["customer-is-tech"]) == ["night-hours", "mixed-date-forms"])
        #expect(fixture.server.created.map(\.values) == visits.map(\.values))
    }
}
