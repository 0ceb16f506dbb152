import CSVReading
import Testing

@Suite("Dialects")
struct DialectTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var delimiter: Character
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ delimiter: Character) {
            (self.name, self.text, self.delimiter) = (name, text, delimiter)
        }
    }

    static let examples: [Example] = [
        Example("comma", "id,name\n1,x\n", ","),
        Example("semicolon", "id;name\n1;x\n", ";"),
        Example("tab", "id\tname\n1\tx\n", "\t"),
        Example("bar", "id|name\n1|x\n", "|"),
        Example("none of them", "id\n1\n", ","),
        Example("nothing", "", ","),
        Example("only a header", "id;name;start, end", ";"),
        Example("quoted delimiters", "\"a,b,c\";\"d,e,f\"\n\"1,2\";\"3,4,5,6\"\n", ";"),
        Example("quoted delimiters after a delimiter", "a;\"b,c\"\nd;\"e,f\"\n\"g\"\"h,i\";\"j,k\"", ";"),
        Example("quoted line breaks", "a;b\n\"1\n,\n,\n\";2\n", ";"),
        Example("commas in the notes", "id;note\n1;a, b, c\n2;d\n3;e, f\n", ";"),
        Example("decimal commas", "id;x;y\n1;1,5;2,5\n2;3,5;4,5\n", ";"),
        Example("a comma in each row, but not in the header", "id|x\n1|1,5\n2|1,5\n", "|"),
        Example("quoted delimiters after a blank", "a; \"b,c\"\n \"d,e\"; \"f,g\"", ";"),
        Example("a long header", String(repeating: "x", count: 100_000) + ";b\n1;2\n", ","),
    ]

    @Test("The delimiter is found out", arguments: examples, chunkSizes)
    func sniff(_ example: Example, chunkSize: Int) {
        let reading = Reading(Array(example.text.utf8), chunkSize: chunkSize)
        #expect(reading.dialect?.delimiter == example.delimiter.asciiValue)
        #expect(reading.dialect?.separatorLine == false)
    }

    @Test("Known columns decide before anything else")
    func knownColumns() {
        // By the number of fields alone it would be the comma.
        let text = "id;start, day;end, day\n1;a, b;c, d\n2;a, b;c, d\n"
        let score: (CSVRecord) -> Int = { header in
            header.strings.count { ["id", "start, day", "end, day"].contains($0) }
        }
        #expect(Reading(text, .init(headerScore: score)).dialect?.delimiter == UInt8(ascii: ";"))
        #expect(Reading("a,b;id\n", .init(headerScore: score)).records == [["a,b", "id"]])
    }

    @Test("The header is the first record that is not blank")
    func blankBeforeHeader() {
        let text = "\n;;;;\n \nid;x,y\n1;2\n"
        let score: (CSVRecord) -> Int = { $0.strings.contains("id") ? 1 : 0 }
        #expect(Reading(text, .init(headerScore: score)).dialect?.delimiter == UInt8(ascii: ";"))
        #expect(Reading("\n,,,,,,\nid;name\n1;2\n2;3").dialect?.delimiter == UInt8(ascii: ";"))
    }

    @Test("A given delimiter is not questioned", arguments: chunkSizes)
    func given(chunkSize: Int) {
        let reading = Reading(
            Array("a,b;c\n1,2;3\n".utf8), .init(delimiter: UInt8(ascii: ";")), chunkSize: chunkSize)
        #expect(reading.records == [["a,b", "c"], ["1,2", "3"]])
    }

    @Test(
        "Excel's first line names the delimiter and is no record",
        arguments: [
            ("sep=;\r\n", ";"), ("SEP=|\n", "|"), ("sep=\t\r", "\t"), ("sep=,\n", ","), ("sep=^\n\n", "^"),
        ], chunkSizes)
    func separatorLine(_ example: (line: String, delimiter: Character), chunkSize: Int) throws {
        let delimiter = example.delimiter
        let text = "\(example.line)a\(delimiter)b,c;d\n1\(delimiter)2\n"
        for mark in [[], TextEncoding.utf8.byteOrderMark] {
            let reading = Reading(mark + Array(text.utf8), chunkSize: chunkSize)
            #expect(reading.dialect?.separatorLine == true)
            #expect(reading.dialect?.delimiter == delimiter.asciiValue)
            #expect(reading.records.last == ["1", "2"])
            #expect(reading.records.count == 2)
            #expect(reading.positions.map(\.record) == [1, 2])
            let start = example.line.contains("^") ? 3 : 2
            #expect(reading.positions.map(\.line) == [start, start + 1])
        }
    }

    @Test("A given delimiter overrules Excel's first line, which is no record all the same")
    func separatorOverruled() {
        let reading = Reading("sep=;\na,b;c\n", .init(delimiter: UInt8(ascii: ",")))
        #expect(reading.records == [["a", "b;c"]])
        #expect(reading.dialect?.separatorLine == true)
    }

    @Test("A file of nothing but Excel's first line has no records", arguments: ["sep=;", "sep=;\n"])
    func onlySeparatorLine(_ text: String) {
        #expect(Reading(text).records.isEmpty)
        #expect(Reading(text).error == nil)
    }

    @Test(
        "What only resembles Excel's first line is a record",
        arguments: [
            "sep=", "sep=\n", "sep=\"\n", "sep=;x\n", "sep;=\n", "\"sep=;\"\n", "xsep=;\n", "se=;\n",
        ])
    func noSeparatorLine(_ text: String) {
        #expect(Reading(text).dialect?.separatorLine != true)
    }

    @Test(
        "The line ending is that of the first record",
        arguments: [
            ("a\nb\r\n", .lf), ("a\r\nb\n", .crlf), ("a\rb\n", .cr), ("a\r", .cr), ("a\r\n", .crlf),
            ("\"a\nb\"\r\nc\n", .crlf), ("a", .crlf), ("", .crlf),
        ] as [(String, LineEnding)], chunkSizes)
    func lineEnding(_ example: (text: String, ending: LineEnding), chunkSize: Int) {
        #expect(Reading(Array(example.text.utf8), chunkSize: chunkSize).dialect?.lineEnding == example.ending)
    }

    @Test(
        "Quoting everywhere is noticed",
        arguments: [
            ("\"a\",\"b\"\n\"1\",\"2\"\n", true), ("\"a\",\"b\"", true), ("\"a\",b\n\"1\",\"2\"\n", false),
            ("\"a\",\"b\"\n\"1\",2\n", false), ("", false),
        ])
    func quotesEverything(_ text: String, _ expected: Bool) {
        #expect(Reading(text).dialect?.quotesEverything == expected)
    }

    @Test("Quotes, line breaks and what is not ASCII can't delimit")
    func canDelimit() {
        let refused = (UInt8.min...UInt8.max).filter { !Dialect.canDelimit($0) }
        #expect(refused == [0x0A, 0x0D, 0x22] + Array(0x80...0xFF))
    }
}
