@testable import ImportFixtures
import Foundation
import Testing

@testable import AppointmentImport

@Suite("JSON output") struct JSONOutputTests {
    @Test(
        "A text is escaped so that neither JSON nor a terminal is misled",
        arguments: [
            ("plain é 🧰", "plain é 🧰"), ("a\"b\\c/", "a\\\"b\\\\c/"), ("\n\r\t", "\\n\\r\\t"),
            ("\r\n", "\\r\\n"),
            ("\u{0}\u{1F}\u{7F}\u{80}\u{9F}", "\\u0000\\u001f\\u007f\\u0080\\u009f"),
            ("\u{1B}[31m", "\\u001b[31m"),
            ("\u{202E}\u{2066}\u{200F}\u{2028}\u{2029}", "\\u202e\\u2066\\u200f\\u2028\\u2029"),
            ("\u{061C}", "\\u061c"), ("", ""), ("e\u{301}", "e\u{301}"),
        ])
    func texts(text: String, escaped: String) throws {
        let line = JSONOutput.text(text).line
        #expect(Array(line.unicodeScalars) == Array("\"\(escaped)\"".unicodeScalars))
        let back = try JSONSerialization.jsonObject(with: Data("[\(line)]".utf8)) as? [String]
        #expect(back.map { Array($0[0].unicodeScalars) } == Array(text.unicodeScalars))
    }

    @Test(
        "Every value is JSON",
        arguments: [
            (JSONOutput.null, "null"), (.boolean(true), "true"), (.boolean(false), "false"),
            (.integer(-3), "-3"),
            (.integer(Int.max), "9223372036854775807"), (.number(3.25), "3.25"), (.number(0), "0.0"),
            (.number(.nan), "null"), (.number(.infinity), "null"), (.array([]), "[]"), (.object([]), "{}"),
            (.array([.integer(1), .text("x")]), "[1,\"x\"]"),
            (.object([("b", .integer(1)), ("a", .array([.null]))]), "{\"b\":1,\"a\":[null]}"),
        ] as [(JSONOutput, String)])
    func values(value: JSONOutput, line: String) throws {
        #expect(value.line == line)
        for text in [value.line, value.pretty] {
            _ = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        }
    }

    @Test("Pretty output has a line for each member and keeps their order")
    func pretty() {
        let value = JSONOutput.object([
            ("z", .integer(1)), ("a", .array([.object([("k", .text("v"))]), .array([])])), ("e", .object([])),
        ])
        #expect(
            value.pretty == """
                {
                  "z": 1,
                  "a": [
                    {
                      "k": "v"
                    },
                    []
                  ],
                  "e": {}
                }
                """)
        #expect(!value.line.contains("\n"))
    }
}
