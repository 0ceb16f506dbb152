import CSVReading
import Testing

@Suite("Records and fields")
struct RecordTests {
    struct Example: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        var records: [[String]]
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ records: [[String]]) {
            (self.name, self.text, self.records) = (name, text, records)
        }
    }

    static let examples: [Example] = [
        Example("nothing", "", []),
        Example("one field", "a", [["a"]]),
        Example("a last line without an ending", "a,b\n1,2", [["a", "b"], ["1", "2"]]),
        Example("a last line with an ending", "a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        Example("a last empty field", "a,b\n1,", [["a", "b"], ["1", ""]]),
        Example("LF", "a\nb\n", [["a"], ["b"]]),
        Example("CRLF", "a\r\nb\r\n", [["a"], ["b"]]),
        Example("CR", "a\rb\r", [["a"], ["b"]]),
        Example("mixed endings", "a\rb\nc\r\nd\n\re", [["a"], ["b"], ["c"], ["d"], ["e"]]),
        Example("blank lines", "\n\r\n\ra\n\n\r\n\r\rb\n\n", [["a"], ["b"]]),
        Example(
            "records of empty fields", "a,b\n,\n , \t\n\"\",\"\"\n\"\"\n1,2\n", [["a", "b"], ["1", "2"]]),
        Example("quotes", "\"a\",\"b\"\n\"1\",2\n", [["a", "b"], ["1", "2"]]),
        Example(
            "doubled quotes", "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", [["a", "b"], ["say \"hi\"", "\""]]),
        Example("an empty quoted field", "a,b\n\"\",1\n", [["a", "b"], ["", "1"]]),
        Example("delimiters in quotes", "a,b\n\"1,2\",\",\"\n", [["a", "b"], ["1,2", ","]]),
        Example(
            "line breaks in quotes", "a,b\n\"1\n2\",\"\r\n\r\n\r\"\nx,y",
            [["a", "b"], ["1\n2", "\r\n\r\n\r"], ["x", "y"]]),
        Example("a quote inside a field", "a,b\n5\" pipe,x\"\"y\n", [["a", "b"], ["5\" pipe", "x\"\"y"]]),
        Example(
            "blanks before a quote", "a,b\n \"x\", \t\"y, z\"\n  \"1\n2\",\" 3\"\n,  \"\"\"4\"\"\"",
            [["a", "b"], ["x", "y, z"], ["1\n2", " 3"], ["", "\"4\""]]),
        Example(
            "blanks before anything else", "a,b\n  x\"y\", \n \n\t ,z \"q\"\n",
            [["a", "b"], ["  x\"y\"", " "], ["\t ", "z \"q\""]]),
        Example(
            "text after a closing quote", "a,b\n\"x\"y,\"x\" y\"\n\"x\" ,\"z\"\"\"w\n",
            [["a", "b"], ["xy", "x y\""], ["x ", "z\"w"]]),
        Example("a closing quote at the end", "a,b\n1,\"2\"", [["a", "b"], ["1", "2"]]),
        Example("white space is kept", "a, b \n 1\t,2 \n", [["a", " b "], [" 1\t", "2 "]]),
        Example("ragged records", "a,b\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
        Example("a NUL", "a,b\n\0,x\0y\n", [["a", "b"], ["\0", "x\0y"]]),
        Example("other characters", "é,😀\n日本,\u{10FFFF}\n", [["é", "😀"], ["日本", "\u{10FFFF}"]]),
        Example("a byte order mark inside", "a,\u{FEFF}b\n", [["a", "\u{FEFF}b"]]),
        Example(
            "words of eight bytes", "abcdefg,abcdefgh,abcdefghi,abcdefghijklmnop\n\"abcdefgh\"\"\",,\n",
            [["abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop"], ["abcdefgh\"", "", ""]]),
        Example(
            "bytes one off the special ones", "\u{1}\u{9}\u{B}\u{C}\u{E}!#+-\u{7F},x\n",
            [["\u{1}\u{9}\u{B}\u{C}\u{E}!#+-\u{7F}", "x"]]),
    ]

    @Test("Text is split into records and fields", arguments: examples, chunkSizes)
    func split(_ example: Example, chunkSize: Int) {
        let reading = Reading(Array(example.text.utf8), chunkSize: chunkSize)
        #expect(reading.error == nil)
        #expect(reading.records == example.records)
    }

    @Test("Every delimiter works like the comma", arguments: [";", "\t", "|", "^", " "], examples)
    func delimiters(_ delimiter: String, _ example: Example) throws {
        // With a blank for a delimiter, text that holds blanks is another text.
        if delimiter == " ", example.text.contains(" ") || example.name.contains("empty") { return }
        if delimiter == "\t", example.text.contains("\t") { return }
        let text = example.text.replacing(",", with: delimiter)
        let records = example.records.map { $0.map { $0.replacing(",", with: delimiter) } }
        let options = CSVReader.Options(delimiter: delimiter.utf8.first)
        #expect(Reading(text, options).records == records)
    }

    @Test(
        "A record is kept whatever its length", arguments: [1, 63, 64, 1023, 1024, 1025, 20_000], chunkSizes)
    func long(_ length: Int, chunkSize: Int) {
        let field = String(repeating: "x", count: length)
        let quoted = String(repeating: "\"\"\n", count: length)
        let many = Array(repeating: "", count: length) + ["end"]
        let text = "\(field),\(field)\n\"\(quoted)\"\n\(many.joined(separator: ","))\n"
        let options = CSVReader.Options(delimiter: UInt8(ascii: ","))
        let reading = Reading(Array(text.utf8), options, chunkSize: chunkSize)
        #expect(
            reading.records
                == [[field, field], [String(repeating: "\"\n", count: length)], many])
    }

    @Test("Quoting and text after a quote are remembered field by field", arguments: chunkSizes)
    func flags(chunkSize: Int) {
        let text = "a,\"b\",\"\",\"c\"d,\"e\" ,\"f\" g,h\"i\"\nj,k\n"
        let reading = Reading(Array(text.utf8), chunkSize: chunkSize)
        #expect(
            reading.quoted
                == [[false, true, true, true, true, true, false], [false, false]])
        #expect(
            reading.suspect
                == [[false, false, false, true, false, true, false], [false, false]])
    }

    @Test("Blank records are given on request")
    func blankRecords() {
        let options = CSVReader.Options(skipsBlankRecords: false)
        #expect(Reading("a,b\n\n,\n\"\"\n", options).records == [["a", "b"], ["", ""], [""]])
    }

    @Test("A record that was copied does not change when the next one is read")
    func copies() throws {
        let reader = try CSVReader(bytes: Array("a,b\nccc,\"d\"\ne,f\n".utf8))
        var record = CSVRecord()
        var copies: [CSVRecord] = []
        while try reader.next(&record) { copies.append(record) }
        #expect(copies.map(\.strings) == [["a", "b"], ["ccc", "d"], ["e", "f"]])
        #expect(copies[1].isQuoted(1) && !copies[2].isQuoted(1))
        #expect(copies[1].bytes == Array("cccd".utf8))
        #expect(copies[1].range(of: 1) == 3..<4)
    }

    @Test("A parser takes up a record in another variable than it began in")
    func exchange() throws {
        var parser = CSVParser(delimiter: UInt8(ascii: ","))
        var (first, second) = (CSVRecord(), CSVRecord())
        var index = 0
        let beginning = Array("a,b".utf8)
        let rest = Array("c,d\n".utf8)
        let early = try beginning.withUnsafeBufferPointer { try parser.parse($0, from: &index, into: &first) }
        index = 0
        let late = try rest.withUnsafeBufferPointer { try parser.parse($0, from: &index, into: &second) }
        #expect(!early && late)
        #expect(first.count == 0)
        #expect(second.strings == ["a", "bc", "d"])
    }

    @Test("A record made of strings is like one that was read")
    func made() {
        let record = CSVRecord(["a", "", "é"])
        #expect(record.count == 3)
        #expect(record.strings == ["a", "", "é"])
        #expect(!record.isBlank)
        #expect(CSVRecord(["", " \t"]).isBlank)
    }
}
