import CSVReading

/// The chunk sizes that everything is read in: the results must not depend on them.
let chunkSizes = [1, 2, 3, 5, 64 * 1024]

/// Everything that reading an input gave.
struct Reading: Equatable {
    var records: [[String]] = []
    var positions: [CSVPosition] = []
    var lineCounts: [Int] = []
    var quoted: [[Bool]] = []
    var suspect: [[Bool]] = []
    var dialect: Dialect?
    var encoding: TextEncoding?
    var hasByteOrderMark: Bool?
    var error: CSVError?

    init(_ bytes: [UInt8], _ options: CSVReader.Options = .init(), chunkSize: Int) {
        do {
            let reader = try CSVReader(bytes: bytes, options: options, chunkSize: chunkSize)
            encoding = reader.encoding
            hasByteOrderMark = reader.hasByteOrderMark
            defer { dialect = reader.dialect }
            try readAll(reader)
        } catch {
            self.error = error
        }
    }

    init(_ text: String, _ options: CSVReader.Options = .init(), chunkSize: Int = 7) {
        self.init(Array(text.utf8), options, chunkSize: chunkSize)
    }

    init(_ reader: CSVReader) {
        do {
            try readAll(reader)
        } catch {
            self.error = error
        }
    }

    private mutating func readAll(_ reader: CSVReader) throws(CSVError) {
        var record = CSVRecord()
        while try reader.next(&record) {
            records.append(record.strings)
            positions.append(record.position)
            lineCounts.append(record.lineCount)
            quoted.append((0..<record.count).map(record.isQuoted))
            suspect.append((0..<record.count).map(record.hasTextAfterQuote))
        }
    }
}

/// A small generator whose sequence a seed determines (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
