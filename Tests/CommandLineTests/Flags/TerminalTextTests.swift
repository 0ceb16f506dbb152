import Testing

@testable import stimport

@Suite("Text for terminals")
struct TerminalTextTests {
    @Test(
        "What a terminal would act on is made visible",
        arguments: [
            ("plain, ünïcode 😀", "plain, ünïcode 😀"), ("a\nb\r\n\tc", "a\\nb\\r\\n\\tc"),
            ("\u{1B}[31mred", "\\u{1B}[31mred"), ("\u{7}\u{0}\u{7F}", "\\u{7}\\u{0}\\u{7F}"),
            ("\u{9B}31m", "\\u{9B}31m"), ("a\u{202E}b", "a\\u{202E}b"),
            ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
            ("\u{200B}\u{FEFF}", "\\u{200B}\\u{FEFF}"), ("\u{2028}", "\\u{2028}"), ("", ""),
        ])
    func escaped(text: String, expected: String) {
        #expect(TerminalText.escaped(text) == expected)
        #expect(TerminalText.escaped(bytes: Array(text.utf8)) == expected)
    }

    @Test("A result of several lines keeps its lines, and nothing else that a terminal acts on")
    func lines() {
        #expect(
            TerminalText.escapedLines("a,b\n\u{1B}[2J,\u{9B}1A\r\n\n") == "a,b\n\\u{1B}[2J,\\u{9B}1A\\r\n\n")
    }

    @Test(
        "Bytes that are not UTF-8 are made visible",
        arguments: [
            ([0x61, 0xFF, 0x62], "a\\xFFb"), ([0xC3], "\\xC3"), ([0xE2, 0x82, 0x41], "\\xE2\\x82A"),
            ([0x80, 0x0A], "\\x80\\n"),
        ] as [([UInt8], String)])
    func bytes(bytes: [UInt8], expected: String) {
        #expect(TerminalText.escaped(bytes: bytes) == expected)
    }
}
