import AppointmentRows
import Foundation
import Testing

@testable import stimport

@Suite("A layout in the settings file")
struct SettingsEditTests {
    private func layout() throws -> Layout {
        var layout = Layout(
            name: "jobs", header: ["Kunde", "A \"b\"\u{202E}", "C"], day: "2027-01-05", person: "ana")
        layout.columns = [.customerID: "Kunde", .techID: ""]
        layout.skips = [ColumnRule(column: "C", values: ["On hold, maybe", "x"])]
        try layout.values.add(column: "ServiceType", theirs: "Sales, call", ours: "skip")
        layout.dateOrder = .dayFirst
        layout.timeZone = ZoneRule(named: "MST")
        return layout
    }

    @Test(
        "It is added with everything else as it stands, and read as it was written",
        arguments: [
            (nil, nil), ("{}", nil), ("{\n}\n", nil), ("{ // mine\n  \"site\": \"acme\" // here\n}\n", nil),
            ("{\n    site: 'acme', // no quotes\n}", nil), ("{\"site\": \"acme\", \"batchSize\": 10}", nil),
            ("{\r\n  \"site\": \"acme\"\r\n}\r\n", nil),
            (
                "{\n  \"layouts\": {\n    \"other\": {\"header\": [\"X\"]}\n  },\n  \"site\": \"acme\"\n}\n",
                nil
            ),
            ("{\n  \"layouts\": {\"jobs\": {\"header\": [\"X\"]}, /* that */ },\n}\n", nil),
            ("{\n  \"profiles\": { \"acme\": { \"site\": \"acme\" } }\n}\n", "acme"),
            ("{\"profiles\": {\"acme\": {\"layouts\": {\"jobs\": {\"header\": [\"X\"]}}}}}", "acme"),
        ] as [(String?, String?)])
    func added(text: String?, profile: String?) throws {
        let layout = try layout()
        let bytes = try SettingsEdit.setting(
            layout, profile: profile, in: text.map { Array($0.utf8) }, path: "s.json")
        let file = try SettingsFile.parse(bytes, path: "s.json")
        let held = profile.map { file.profileLayouts[$0] ?? [] } ?? file.layouts
        #expect(held.first { $0.name == "jobs" } == layout)
        // Lines that were there are there still, in their order: an added comma aside.
        var rest = String(decoding: bytes, as: UTF8.self)[...]
        for line in (text ?? "").split(whereSeparator: \.isNewline)
        where line.count > 3 && !line.contains("jobs") {
            for part in line.split(separator: "//").map({ $0.trimmingCharacters(in: .whitespaces) })
            where !part.hasSuffix("}") {
                let range = try #require(rest.range(of: part), "\(part) in \(rest)")
                rest = rest[range.upperBound...]
            }
        }
        if text?.contains("\r\n") == true {
            #expect(!String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "").contains("\n"))
        }
    }

    @Test(
        "A layout that was spoiled by hand is refused with its place",
        arguments: [
            (#"{"layouts": {"a": {}}}"#, "has no header"),
            (#"{"layouts": {"a": {"header": ["X"], "fingerprint": "0"}}}"#, "is not that of the header"),
            (#"{"layouts": {"a": {"header": ["X"], "columns": {"TechID": "Y"}}}}"#, "doesn't have"),
            (#"{"layouts": {"a": {"header": ["X"]}, "b": {"header": ["x "]}}}"#, "same header"),
            (#"{"layouts": {"a": {"header": ["X"], "colums": {}}}}"#, "is nothing that a layout has"),
            (
                #"{"layouts": {"a": {"header": ["X"], "values": {"ServiceType": {"b": "c"}}}}}"#,
                "not one of our values"
            ),
            (#"{"layouts": []}"#, "is a list"),
            (#"{"layouts": {"a": {"header": ["X"], "dateOrder": "md"}}}"#, "md"),
            (#"{"layouts": {"a": {"header": ["X"], "dateOrder": 1}}}"#, "is a"),
            (#"{"layouts": {"a": {"header": ["X"], "timeZone": "Mars"}}}"#, "zone"),
        ])
    func spoiled(text: String, message: String) throws {
        let error = try #require(throws: UsageError.self) {
            try SettingsFile.parse(Array(text.utf8), path: "s.json")
        }
        #expect(error.message.contains(message) && error.message.contains("layouts"), "\(error.message)")
    }
}
