import Testing

@testable import AppointmentImport

@Suite("Text on a terminal") struct TextWrapTests {
    @Test(
        "A line for people is broken between words, and what follows is set in",
        arguments: [
            ("short", 80, ["short"]),
            ("a bb ccc dddd", 8, ["a bb ccc", "  dddd"]),
            ("  fix: did you mean Install?", 16, ["  fix: did you", "    mean", "    Install?"]),
            // What is to be copied stays whole.
            ("abcdefghij k", 4, ["abcdefghij", "  k"]),
            (
                "Next: stimport resume --ledger l.sqlite3, or wait", 20,
                ["Next:", "stimport resume --ledger l.sqlite3,", "  or wait"]
            ),
            (
                "    history https://portal.example.com/x", 30,
                ["    history", "  https://portal.example.com/x"]
            ),
            // Colours take no room, characters of other scripts may take two columns.
            ("\u{1B}[31mbad\u{1B}[0m row here", 12, ["\u{1B}[31mbad\u{1B}[0m row here"]),
            ("客户 客户 客户", 10, ["客户 客户", "  客户"]),
        ] as [(String, Int, [String])])
    func flow(line: String, width: Int, lines: [String]) {
        #expect(TextWrap.flow(line, width: width) == lines)
    }

    @Test(
        "A command with its options and values is one piece",
        arguments: [
            ("see stimport review, then go on", ["see", "stimport review,", "then", "go", "on"]),
            (
                "stimport resolve --run 12 --approve --note TEXT, or stimport withdraw --run 12 --note TEXT",
                [
                    "stimport resolve --run 12 --approve --note TEXT,", "or",
                    "stimport withdraw --run 12 --note TEXT",
                ]
            ),
            (
                "correct 'my file.csv', then stimport 'my file.csv' --ledger 'a b/l.db' completes it",
                [
                    "correct", "'my", "file.csv',", "then", "stimport 'my file.csv' --ledger 'a b/l.db'",
                    "completes", "it",
                ]
            ),
            (
                "stimport a.csv b.csv --first 3 posts it",
                ["stimport a.csv b.csv --first 3", "posts", "it"]
            ),
        ] as [(String, [String])])
    func units(text: String, units: [String]) {
        #expect(TextWrap.units(text) == units)
    }

    @Test(
        "What is drawn over fits: a longer word is broken there",
        arguments: [
            (["abcdefgh i"], 3, ["abc", "def", "gh", "i"]), (["aa bb", "c"], 7, ["aa bb", "c"]),
            (["客户客户"], 4, ["客户", "客户"]), (["客"], 1, ["客"]),
        ] as [([String], Int, [String])])
    func drawn(pieces: [String], width: Int, lines: [String]) {
        #expect(TextWrap.lines(pieces, separator: " · ", width: width) == lines)
    }

    @Test(
        "A character takes the columns that a terminal gives it",
        arguments: [
            ("abc", 3), ("äöü", 3), ("e\u{301}", 1), ("客户", 4), ("ｱ", 1), ("Ａ", 2), ("한글", 4), ("🚨", 2),
            ("❤\u{FE0F}", 2), ("שלום", 4), ("\u{1B}[33mx\u{1B}[0m", 1), ("", 0),
        ])
    func columns(text: String, columns: Int) {
        #expect(DisplayWidth.of(text) == columns)
    }

    @Test("The columns of a table stand below each other whatever script a name is in")
    func table() {
        let table = TextTable(
            rows: [["file", "rows"], ["客户.csv", "1"], ["a.csv", "10"]].map { $0.map { TextTable.Cell($0) } }
        )
        #expect(table.lines(.plain) == ["file      rows", "客户.csv     1", "a.csv       10"])
        #expect(table.width == 14)
    }
}
