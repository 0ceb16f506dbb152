import CSVReading
import Testing

@Suite("What is written reads back the same")
struct RoundTripTests {
    private static let delimiters = [",", ";", "\t", "|", "^", " ", "a"].flatMap(\.utf8)
    /// What is likely to go wrong, and a few harmless characters. The last ones aren't in every encoding.
    private static let alphabet: [String] = [
        "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", " ", "a", "b", "sep=", "\0", "é", "ÿ",
        "\u{A0}",
        "€", "Ž", "\u{FEFF}", "😀", "日", "\u{10FFFF}", "e\u{301}",
    ]

    private static func field(in encoding: TextEncoding, using generator: inout SeededGenerator) -> String {
        let usable =
            switch encoding {
            case .utf8, .utf16LittleEndian, .utf16BigEndian: alphabet
            case .windows1252: Array(alphabet[..<19])
            case .iso88591, .named: Array(alphabet[..<17])
            }
        let length = Int.random(in: 0...Int.random(in: 0...12), using: &generator)
        return (0..<length).map { _ in usable.randomElement(using: &generator) ?? "" }.joined()
    }

    @Test("In random dialects, alphabets and encodings", arguments: 0..<150 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let encoding = TextEncoding.builtIn.randomElement(using: &generator) ?? .utf8
        let dialect = Dialect(
            delimiter: Self.delimiters.randomElement(using: &generator) ?? 0x2C,
            lineEnding: LineEnding.allCases.randomElement(using: &generator) ?? .lf,
            quotesEverything: Bool.random(using: &generator),
            separatorLine: Bool.random(using: &generator))
        let mark = Bool.random(using: &generator)
        let records = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
            (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                Self.field(in: encoding, using: &generator)
            }
        }

        var writer = CSVWriter(dialect: dialect, encoding: encoding, byteOrderMark: mark)
        for record in records { try writer.write(record) }
        let bytes = writer.drain()

        // Sniffing such text would be guessing; the line `sep=` says the delimiter where it is there.
        let options = CSVReader.Options(
            delimiter: dialect.separatorLine ? nil : dialect.delimiter, encoding: encoding,
            skipsBlankRecords: false)
        for chunkSize in chunkSizes {
            let reading = Reading(bytes, options, chunkSize: chunkSize)
            #expect(reading.error == nil)
            // Strings compare equal where their scalars don't.
            #expect(
                reading.records.map { $0.map { Array($0.utf8) } } == records.map { $0.map { Array($0.utf8) } }
            )
            #expect(reading.suspect.allSatisfy { !$0.contains(true) })
            #expect(reading.dialect?.delimiter == dialect.delimiter)
            #expect(reading.dialect?.lineEnding == dialect.lineEnding)
            #expect(reading.dialect?.separatorLine == dialect.separatorLine)
            #expect(reading.hasByteOrderMark == (mark && !encoding.byteOrderMark.isEmpty))
        }
    }

    @Test(
        "Random bytes give the same records or the same error in chunks of any size",
        arguments: 0..<150 as Range<UInt64>)
    func chunkIndependence(seed: UInt64) {
        var generator = SeededGenerator(seed: seed &+ 1_000_000)
        let pieces: [[UInt8]] =
            Self.alphabet.map { Array($0.utf8) } + [[0xFF], [0xC3], [0x81], [0xE2, 0x82]]
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...80, using: &generator) {
            // Mostly valid, so that more than the first few bytes are read.
            let count = Int.random(in: 0..<10, using: &generator) == 0 ? pieces.count : pieces.count - 4
            bytes += pieces[Int.random(in: 0..<count, using: &generator)]
        }
        let encoding = (TextEncoding.builtIn + [nil]).randomElement(using: &generator) ?? nil
        let options = CSVReader.Options(encoding: encoding, recordLimit: 40)
        let whole = Reading(bytes, options, chunkSize: 1 << 16)
        for chunkSize in [1, 2, 3, 4, 7, 8, 9] {
            #expect(Reading(bytes, options, chunkSize: chunkSize) == whole)
        }
    }
}
