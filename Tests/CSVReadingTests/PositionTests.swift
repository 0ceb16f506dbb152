import CSVReading
import Testing

@Suite("Positions")
struct PositionTests {
    /// Line breaks of each kind, blank lines, breaks in quotes, characters of 1 to 4 bytes.
    static let text = "\r\né,b\r\n\n\"x\ny\r\nz\rw\",2\n , \r3,\"😀\n€\"\r4,5\n\n\n6,\"7\""
    static let lines = [2, 4, 9, 11, 14]
    static let lineCounts = [1, 4, 2, 1, 1]

    @Test("A record knows its line, its number and how many lines it takes", arguments: chunkSizes)
    func lines(chunkSize: Int) {
        let reading = Reading(Array(Self.text.utf8), chunkSize: chunkSize)
        #expect(reading.records.map { $0[0].unicodeScalars.first } == ["é", "x", "3", "4", "6"])
        #expect(reading.positions.map(\.line) == Self.lines)
        #expect(reading.positions.map(\.record) == [1, 2, 3, 4, 5])
        #expect(reading.lineCounts == Self.lineCounts)
    }

    @Test(
        "Lines are counted alike in every encoding, with and without a byte order mark",
        arguments: TextEncoding.builtIn, chunkSizes)
    func encodings(_ encoding: TextEncoding, chunkSize: Int) throws {
        // ISO 8859-1 has neither the emoji nor the euro sign, Windows-1252 only the latter.
        var text = Self.text
        if encoding == .windows1252 || encoding == .iso88591 { text = text.replacing("😀", with: "ü") }
        if encoding == .iso88591 { text = text.replacing("€", with: "ß") }
        for mark in [false, true] {
            // A writer's single field in quotes would not do: the text goes through it as it is.
            let bytes = (mark ? encoding.byteOrderMark : []) + encoded(text, encoding)
            let reading = Reading(bytes, .init(encoding: encoding), chunkSize: chunkSize)
            try #require(reading.error == nil)
            #expect(reading.hasByteOrderMark == (mark && !encoding.byteOrderMark.isEmpty))
            #expect(reading.positions.map(\.line) == Self.lines)
        }
    }

    /// Encodes without the library's help, for characters that every encoding here has alike.
    private func encoded(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
        switch encoding {
        case .utf8: Array(text.utf8)
        case .utf16LittleEndian: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .windows1252, .iso88591, .named:
            text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
        }
    }

    @Test(
        "NULs and Ctrl-Zs at the very end of a file are its end, and none elsewhere",
        arguments: [
            ("a,b\n1,2\n\u{1A}", [["a", "b"], ["1", "2"]]), ("a,b\n1,2\u{1A}", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,\"2\"\r\n\u{1A}\0\0", [["a", "b"], ["1", "2"]]),
            ("a,b\n1,\"2\"\0", [["a", "b"], ["1", "2"]]),
            ("a,b\n1\0,\u{1A}2\0\n", [["a", "b"], ["1\0", "\u{1A}2\0"]]),
            ("a,b\n\0\0\u{1A}\n1,2\n\0", [["a", "b"], ["\0\0\u{1A}"], ["1", "2"]]), ("\u{1A}", []),
        ] as [(String, [[String]])], chunkSizes)
    func ending(_ example: (text: String, records: [[String]]), chunkSize: Int) {
        let reading = Reading(example.text, chunkSize: chunkSize)
        #expect(reading.error == nil)
        #expect(reading.records == example.records)
        #expect(reading.suspect.allSatisfy { !$0.contains(true) })
        let wide = example.text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let options = CSVReader.Options(encoding: .utf16LittleEndian)
        #expect(Reading(wide, options, chunkSize: chunkSize).records == example.records)
    }

    @Test("A disk's worth of NULs behind a file is its end, and in the middle of one it is a field")
    func longEnding() {
        let nuls = [UInt8](repeating: 0, count: 300_000)
        #expect(Reading(Array("a,b\n".utf8) + nuls, chunkSize: 1 << 16).records == [["a", "b"]])
        let inside = Reading(Array("a,b\n".utf8) + nuls + Array(",1\n".utf8), chunkSize: 1 << 16)
        #expect(inside.records.count == 2 && inside.records.last?.first?.utf8.count == nuls.count)
    }
}
