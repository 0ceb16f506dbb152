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
        "A record's offset is that of its first byte in the file", arguments: TextEncoding.allCases,
        chunkSizes)
    func offsets(_ encoding: TextEncoding, chunkSize: Int) throws {
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
            for (position, first) in zip(reading.positions, ["é", "\"x", "3", "4", "6"]) {
                #expect(bytes[position.byteOffset...].starts(with: encoded(first, encoding)))
            }
        }
    }

    /// Encodes without the library's help, for characters that every encoding here has alike.
    private func encoded(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
        switch encoding {
        case .utf8: Array(text.utf8)
        case .utf16LittleEndian: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .windows1252, .iso88591:
            text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
        }
    }
}
