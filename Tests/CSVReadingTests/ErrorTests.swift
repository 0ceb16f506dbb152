import CSVReading
import Testing

@Suite("What makes an input unreadable")
struct ErrorTests {
    @Test("A quote that is open at the end names the line it was opened in", arguments: chunkSizes)
    func unclosedQuote(chunkSize: Int) {
        let text = "a,b\n1,2\n\n\"x\ny\",\"3\n4,5\n"
        let reading = Reading(Array(text.utf8), chunkSize: chunkSize)
        #expect(reading.records == [["a", "b"], ["1", "2"]])
        #expect(
            reading.error
                == .unclosedQuote(line: 5, record: CSVPosition(line: 4, record: 3)))
        #expect(reading.error?.line == 5)
    }

    @Test("A record may have as many bytes as the limit, its ending not counted", arguments: chunkSizes)
    func limit(chunkSize: Int) {
        let options = CSVReader.Options(delimiter: UInt8(ascii: ","), recordLimit: 10)
        for ending in ["\n", "\r\n", "\r", ""] {
            for record in ["123456789x", "12345,789x", ",,,,,,,,,x", "\"23456789\"", "\"\"\"\"\"\"\"\"x,"] {
                let reading = Reading(
                    Array("a\(ending)\n\(record)\(ending)".utf8), options, chunkSize: chunkSize)
                #expect(reading.error == nil)
                #expect(reading.records.count == 2)
            }
        }
    }

    @Test(
        "A record that is longer is an error at its place",
        arguments: [
            ("123456789xy", nil), ("12345,789xy", nil), (",,,,,,,,,,,", nil), ("\"23456789\"x", nil),
            ("\"23456789xy\n", 3), ("1,\"\n56789xyz\"", 3), ("\"\n45678\",\"x\"", 4),
            ("123456789xyzzzzzzzzzzzzzzzzzzz\n", nil), ("123456789xy\u{FF}", nil),
        ] as [(String, Int?)], chunkSizes)
    func tooLong(_ example: (record: String, quoteLine: Int?), chunkSize: Int) {
        let options = CSVReader.Options(delimiter: UInt8(ascii: ","), recordLimit: 10)
        let reading = Reading(Array("a,b\n\n\(example.record)".utf8), options, chunkSize: chunkSize)
        #expect(reading.records == [["a", "b"]])
        #expect(
            reading.error
                == .recordTooLong(
                    record: CSVPosition(line: 3, record: 2), limit: 10,
                    quoteLine: example.quoteLine))
    }

    @Test("An error comes again when the reader is asked again")
    func again() throws {
        let reader = try CSVReader(bytes: Array("a,b\n\"1".utf8))
        var record = CSVRecord()
        #expect(try reader.next(&record))
        #expect(throws: CSVError.self) { try reader.next(&record) }
        #expect(throws: CSVError.self) { try reader.next(&record) }
    }

    @Test("After the end there is nothing more")
    func end() throws {
        let reader = try CSVReader(bytes: Array("a,b".utf8))
        var record = CSVRecord()
        #expect(try reader.next(&record))
        #expect(try !reader.next(&record))
        #expect(try !reader.next(&record))
        #expect(record.strings == ["a", "b"])
    }

    static let everyError: [CSVError] =
        [
            .cannotRead(errno: 2),
            .utf16WithoutByteOrderMark(.utf16LittleEndian),
            .unclosedQuote(line: 3, record: CSVPosition()),
            .recordTooLong(record: CSVPosition(), limit: 10, quoteLine: 4),
            .recordTooLong(record: CSVPosition(), limit: 10, quoteLine: nil),
            .unencodable(scalar: "\u{1B}", encoding: .windows1252, field: 2),
        ] + ContentKind.allCases.map { .notCSV($0) }
        + [.malformed, .loneSurrogate, .truncated].flatMap { reason in
            [[], [EncodingCandidate(encoding: .macintosh, sample: "Cafe")]].map {
                .invalidText(
                    .init(
                        line: 7, byteOffset: 99, byte: 0x0A, encoding: .utf8, reason: reason, candidates: $0))
            }
        }

    @Test("Every error has a code, a sentence and a remedy that a terminal can show", arguments: everyError)
    func wording(_ error: CSVError) {
        #expect(error.code.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") })
        for sentence in [error.message, error.fix] {
            #expect(!sentence.isEmpty && !sentence.hasSuffix("."))
            #expect(sentence.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) })
        }
    }

    @Test("The remedy for invalid bytes is UTF-8 first, then the encodings that would decode")
    func remedy() {
        func fix(_ bytes: [UInt8]) -> String? { Reading(bytes, chunkSize: 64).error?.fix }
        let cafe = Array("a,b\nCaf".utf8)
        #expect(
            fix(cafe + [0xE9, 0x0A])
                == "save the file as CSV UTF-8, or add --encoding windows-1252 if \"Café\" is right, "
                + "--encoding macintosh if \"CafÈ\" is right, --encoding cp437 if \"CafΘ\" is right")
        #expect(fix(cafe + [0xE9, 0x0A, 0x81])?.contains("windows-1252") == false)
        #expect(fix(cafe + [0x8E, 0x0A])?.contains("UTF-8, or add --encoding macintosh if \"Café\"") == true)
    }
}
