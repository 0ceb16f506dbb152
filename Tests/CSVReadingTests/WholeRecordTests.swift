import CSVReading
import Testing

/// The reader takes most records from mark to mark; the parser, which goes through its states for every byte, is what
/// it is compared with.
@Suite("Records taken whole")
struct WholeRecordTests {
    /// What the states alone find in a text.
    private struct Plain: Equatable {
        var records: [[String]] = []
        var positions: [CSVPosition] = []
        var lineCounts: [Int] = []
        var quoted: [[Bool]] = []
        var suspect: [[Bool]] = []
        var lineEnding: LineEnding?
        var error: CSVError?

        init(_ text: [UInt8], _ options: CSVReader.Options) {
            var parser = CSVParser(
                delimiter: options.delimiter ?? UInt8(ascii: ","), recordLimit: options.recordLimit,
                suspectsBackslashes: options.suspectsBackslashes)
            var record = CSVRecord()
            do {
                for byte in text {
                    let isThere = try [byte].withUnsafeBufferPointer { chunk throws(CSVError) in
                        var index = 0
                        return try parser.parse(chunk, from: &index, into: &record)
                    }
                    if isThere { add(record, options) }
                }
                if try parser.finish(into: &record) { add(record, options) }
            } catch {
                let next = records.count + 1
                self.error =
                    switch error {
                    case .unclosedQuote(let line, let record):
                        .unclosedQuote(line: line, record: CSVPosition(line: record.line, record: next))
                    case .recordTooLong(let record, let limit, let quoteLine):
                        .recordTooLong(
                            record: CSVPosition(line: record.line, record: next), limit: limit,
                            quoteLine: quoteLine)
                    default: error
                    }
            }
            lineEnding = parser.lineEnding
        }

        private mutating func add(_ record: CSVRecord, _ options: CSVReader.Options) {
            if options.skipsBlankRecords, record.isBlank { return }
            records.append(record.strings)
            // The reader counts the records that it gives.
            positions.append(CSVPosition(line: record.position.line, record: records.count))
            lineCounts.append(record.lineCount)
            quoted.append((0..<record.count).map(record.isQuoted))
            suspect.append((0..<record.count).map(record.hasTextAfterQuote))
        }

        init(_ reading: Reading) {
            records = reading.records
            positions = reading.positions
            lineCounts = reading.lineCounts
            quoted = reading.quoted
            suspect = reading.suspect
            error = reading.error
        }
    }

    /// A text of pieces that mean something, and of words of all lengths up to some forty bytes.
    private static func text(_ delimiter: Character, _ generator: inout SeededGenerator) -> String {
        let marks = [
            "\(delimiter)", "\(delimiter)", "\(delimiter)", "\n", "\n", "\r\n", "\r", "\"", "\"\"", "\\",
            "\\\"\"", " ", "\t", "\0", "\u{1A}", "é", "😀", "\"a b\"", "\"\(delimiter)\n\"", "\"\r\n\r\"",
            "\u{FEFF}", " \"x\"", "\"x\"y",
        ]
        var text = ""
        // Some texts have much that is unusual, most of them little.
        let oddity = [2, 8, 40].randomElement(using: &generator) ?? 8
        for _ in 0..<Int.random(in: 0..<120, using: &generator) {
            if Int.random(in: 0..<oddity, using: &generator) == 0 {
                text += marks.randomElement(using: &generator) ?? ""
            } else {
                text += String(repeating: "x", count: Int.random(in: 0..<40, using: &generator))
                text += marks[Int.random(in: 0..<7, using: &generator)]
            }
        }
        return text
    }

    @Test("Random texts are read as the states read them, however they are cut", arguments: 0..<40)
    func randomTexts(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed) &* 0x5851_F42D + 1)
        for _ in 0..<20 {
            let delimiter = try #require([",", ";", "\t", "|", " ", "x"].randomElement(using: &generator))
            // What ends a file as a disk leaves it is for the reader alone.
            let bytes = Array((Self.text(Character(delimiter), &generator) + "end").utf8)
            let options = CSVReader.Options(
                delimiter: delimiter.utf8.first,
                recordLimit: [20, 64, 300, CSVParser.defaultRecordLimit].randomElement(using: &generator)
                    ?? 64,
                skipsBlankRecords: Bool.random(using: &generator),
                suspectsBackslashes: Bool.random(using: &generator))
            var expected = Plain(bytes, options)
            // What the reader itself leaves out, or does not take for CSV, says nothing of its records.
            let whole = Reading(bytes, options, chunkSize: 64 * 1024)
            if whole.hasByteOrderMark != false || whole.dialect?.separatorLine != false { continue }
            #expect(whole.dialect?.lineEnding == expected.lineEnding ?? .crlf || whole.error != nil)
            expected.lineEnding = nil
            for size in [1, 2, 3, 7, 16, 63, 64, 65, 200, 64 * 1024] {
                #expect(
                    Plain(Reading(bytes, options, chunkSize: size)) == expected,
                    "chunks of \(size): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
            }
        }
    }

    @Test("A field may end at any byte of a block", arguments: ["\n", "\r\n", "\r"])
    func everyPlace(ending: String) {
        for length in 0..<140 {
            for field in ["x", "\"x\"", "\"\"\"\"", "\"\n\"", ""] {
                let text = String(repeating: "a", count: length) + ",\(field),b\(ending)c,\(field)\(ending)"
                let bytes = Array(text.utf8)
                let options = CSVReader.Options(delimiter: UInt8(ascii: ","))
                var expected = Plain(bytes, options)
                expected.lineEnding = nil
                for size in [1, 64, 65, 64 * 1024] {
                    #expect(Plain(Reading(bytes, options, chunkSize: size)) == expected, "\(length) \(field)")
                }
            }
        }
    }

    @Test(
        "A record of the longest length is read, and one byte more is too long",
        arguments: ["x", "\"x\"", "\"\""])
    func limit(field: String) {
        let end = String(repeating: "y", count: 40 - field.utf8.count - 1)
        let options = CSVReader.Options(delimiter: UInt8(ascii: ","), recordLimit: 40)
        for size in chunkSizes {
            for ending in ["\n", "\r\n", ""] {
                let longest = "\(field),\(end)\(ending)"
                #expect(Reading(Array(longest.utf8), options, chunkSize: size).records.count == 1)
                let tooLong = Reading(Array("\(field),\(end)z\(ending)".utf8), options, chunkSize: size)
                #expect(
                    tooLong.error
                        == .recordTooLong(
                            record: CSVPosition(line: 1, record: 1), limit: 40, quoteLine: nil))
            }
        }
    }
}
