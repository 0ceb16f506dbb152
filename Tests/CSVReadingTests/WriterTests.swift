import CSVReading
import Testing

@Suite("Writing")
struct WriterTests {
    private func written(
        _ records: [[String]], _ dialect: Dialect = .standard, _ encoding: TextEncoding = .utf8,
        mark: Bool = false
    ) throws -> [UInt8] {
        var writer = CSVWriter(dialect: dialect, encoding: encoding, byteOrderMark: mark)
        for record in records { try writer.write(record) }
        return writer.drain()
    }

    @Test(
        "A field is quoted only where it must be",
        arguments: [
            (["a", "b", ""], "a,b,\r\n"), (["x", "a,b"], "x,\"a,b\"\r\n"), (["x", "a;b"], "x,a;b\r\n"),
            (["x", "say \"hi\""], "x,\"say \"\"hi\"\"\"\r\n"), (["x", "a\nb"], "x,\"a\nb\"\r\n"),
            (["x", "a\rb"], "x,\"a\rb\"\r\n"), (["x", " a"], "x,\" a\"\r\n"),
            (["x", "a\t"], "x,\"a\t\"\r\n"),
            (["x", "a b"], "x,a b\r\n"), ([""], "\"\"\r\n"), (["", ""], ",\r\n"), ([], ""),
            (["x", "é"], "x,é\r\n"), (["x", "-1"], "x,-1\r\n"),
        ] as [([String], String)])
    func quoting(_ fields: [String], _ expected: String) throws {
        let text = String(decoding: try written([["a"], fields]), as: UTF8.self)
        #expect(text == "a\r\n" + expected)
    }

    @Test("The dialect is kept to")
    func dialect() throws {
        let dialect = Dialect(
            delimiter: UInt8(ascii: ";"), lineEnding: .lf, quotesEverything: true, separatorLine: true)
        let bytes = try written([["a", ""], ["1,2", "3"]], dialect, mark: true)
        #expect(bytes == [0xEF, 0xBB, 0xBF] + Array("sep=;\n\"a\";\"\"\n\"1,2\";\"3\"\n".utf8))
        let reading = Reading(bytes, chunkSize: 3)
        #expect(reading.dialect == dialect)
        #expect(reading.hasByteOrderMark == true)
        #expect(reading.records == [["a", ""], ["1,2", "3"]])
    }

    @Test("The other encodings are written with their own bytes")
    func encodings() throws {
        let record = ["é", "€"]
        #expect(
            try written([["x"], record], .standard, .windows1252).suffix(5) == [0xE9, 0x2C, 0x80, 0x0D, 0x0A])
        #expect(
            try written([["x"]], .standard, .utf16LittleEndian, mark: true) == [
                0xFF, 0xFE, 0x78, 0, 13, 0, 10, 0,
            ])
        #expect(
            try written([["x"]], .standard, .utf16BigEndian, mark: true) == [
                0xFE, 0xFF, 0, 0x78, 0, 13, 0, 10,
            ])
        #expect(try written([["x"]], .standard, .iso88591, mark: true) == Array("x\r\n".utf8))
    }

    @Test("A character that the encoding lacks is an error, and nothing of its record is written")
    func unencodable() throws {
        var writer = CSVWriter(encoding: .windows1252)
        try writer.write(["a", "b"])
        #expect(throws: CSVError.unencodable(scalar: "😀", encoding: .windows1252, field: 2)) {
            try writer.write(["1", "😀", "3"])
        }
        #expect(throws: CSVError.unencodable(scalar: "\u{81}", encoding: .windows1252, field: 1)) {
            try writer.write(["\u{81}"])
        }
        try writer.write(["c", "d"])
        #expect(String(decoding: writer.buffer, as: UTF8.self) == "a,b\r\nc,d\r\n")
        var latin = CSVWriter(encoding: .iso88591)
        #expect(throws: CSVError.unencodable(scalar: "€", encoding: .iso88591, field: 1)) {
            try latin.write(["€"])
        }
    }

    @Test(
        "A first field that might be taken for something else reads back",
        arguments: [
            "sep=;", "SEP=", "sep", "\u{FEFF}", "\u{FEFF}a", "ï»¿", "ÿþ", "þÿ", "<html>", "<?xml ?>", "{",
            "{}", "[",
            "PK\u{3}\u{4}", "%PDF-1", "GIF89a", "SQLite format 3\0", "\u{1F}\u{8B}", "", " ", "\0", "#", "7z",
        ], [",", "\t", ";", "="])
    func misleading(_ field: String, _ delimiter: String) throws {
        let dialect = Dialect(delimiter: delimiter.utf8.first ?? 0)
        for encoding in TextEncoding.builtIn {
            for rest in [["x"], ["", "x"], ["{\"a", "<html>", "x"], []] {
                let records = [[field] + rest, ["1", "2"]]
                guard let bytes = try? written(records, dialect, encoding) else { continue }
                // What has no byte order mark needs its encoding said.
                let options = CSVReader.Options(
                    delimiter: dialect.delimiter, encoding: encoding, skipsBlankRecords: false)
                let reading = Reading(bytes, options, chunkSize: 5)
                #expect(reading.error == nil)
                #expect(reading.records == records)
            }
        }
    }
}
