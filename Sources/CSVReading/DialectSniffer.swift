/// Finds out a file's dialect from its start: a piece of UTF-8 text.
struct DialectSniffer {
    /// The start of the text, without a byte order mark.
    let text: ArraySlice<UInt8>
    /// Whether `text` is all there is, so that its last record is whole.
    let isWhole: Bool
    /// How many known columns a record holds that may be the header.
    let headerScore: ((CSVRecord) -> Int)?

    /// How many records are looked at.
    private static let recordLimit = 64
    /// Among how many records the header is looked for: reports have lines of text above it.
    private static let headerLimit = 21

    /// The delimiter that Excel's first line `sep=;` names, if the text begins with one.
    static func separator(in text: ArraySlice<UInt8>) -> UInt8? {
        guard text.count >= 5 else { return nil }
        let start = text.startIndex
        for (byte, letter) in zip(text, "sep=".utf8) where byte | 0x20 != letter | 0x20 { return nil }
        guard text[start + 3] == UInt8(ascii: "="), Dialect.canDelimit(text[start + 4]) else { return nil }
        if text.count > 5, text[start + 5] != .lineFeed, text[start + 5] != .carriageReturn { return nil }
        return text[start + 4]
    }

    /// The likeliest of ``Dialect/sniffedDelimiters``: the one with which the header holds the most known
    /// columns; then the one that gives most records as many fields as the first; then the one that gives
    /// the most fields; then the first. A comma if none occurs.
    func delimiter() -> UInt8 {
        let counts = countDelimiters()
        var best: (rank: (Int, Int, Int), delimiter: UInt8)?
        var hasAbsent = false
        for (column, delimiter) in Dialect.sniffedDelimiters.enumerated() {
            // With any that stands nowhere the records are the same: the first of them stands for all.
            if !text.withUnsafeBufferPointer({ $0.holds(delimiter) }) {
                if hasAbsent { continue }
                hasAbsent = true
            }
            let known = highestScore(delimiter)
            let first = counts.first?[column] ?? 0
            let alike = first == 0 ? 0 : counts.count { $0[column] == first }
            let rank = (known, alike, first)
            if best.map({ rank > $0.rank }) ?? true { best = (rank, delimiter) }
        }
        return best?.delimiter ?? Dialect.standard.delimiter
    }

    /// Whether every field of the first records is quoted.
    func quotesEverything(_ delimiter: UInt8) -> Bool {
        var seen = 0
        var all = true
        forEachRecord(delimiter) { record in
            seen += 1
            all = (0..<record.count).allSatisfy(record.isQuoted)
            return all && seen < 8
        }
        return seen > 0 && all
    }

    /// The highest score of the records that may be the header.
    private func highestScore(_ delimiter: UInt8) -> Int {
        guard let score = headerScore else { return 0 }
        var highest = 0
        var seen = 0
        forEachRecord(delimiter) { record in
            highest = max(highest, score(record))
            seen += 1
            return seen < Self.headerLimit
        }
        return highest
    }

    private func forEachRecord(_ delimiter: UInt8, _ body: (CSVRecord) -> Bool) {
        var parser = CSVParser(delimiter: delimiter, recordLimit: max(1, text.count))
        var record = CSVRecord()
        var index = 0
        text.withUnsafeBufferPointer { text in
            // An error in the start of a file comes again when it is read; here it ends the search.
            while let found = try? parser.parse(text, from: &index, into: &record), found {
                if !record.isBlank, !body(record) { return }
            }
            if isWhole, (try? parser.finish(into: &record)) == true, !record.isBlank { _ = body(record) }
        }
    }

    /// How often each candidate occurs outside quotes, in each of the first records.
    ///
    /// Here a quote opens a field after any candidate: nobody knows yet which of them is the delimiter, and
    /// in `a;"b,c";d` no comma counts.
    private func countDelimiters() -> [[Int]] {
        var records: [[Int]] = []
        let none = [Int](repeating: 0, count: Dialect.sniffedDelimiters.count)
        var counts = none
        var state = CSVMachine.State.recordStart
        var isBlank = true
        for byte in text {
            switch state {
            case .quoted:
                if byte == .quote { state = .quoteInQuoted }
                continue
            case .quoteInQuoted where byte == .quote, .fieldStart where byte == .quote,
                .recordStart where byte == .quote:
                state = .quoted
                isBlank = false
                continue
            case .recordStart where byte == .space, .fieldStart where byte == .space:
                // A quote after blanks opens a field too.
                state = .fieldStart
                continue
            case .recordStart, .fieldStart, .leadingBlank, .unquoted, .quoteInQuoted, .afterQuote,
                .quoteAfterBackslash:
                break
            }
            if byte == .lineFeed || byte == .carriageReturn {
                if !isBlank { records.append(counts) }
                if records.count == Self.recordLimit { return records }
                counts = none
                isBlank = true
                state = .recordStart
            } else if let column = Dialect.sniffedDelimiters.firstIndex(of: byte) {
                counts[column] += 1
                state = .fieldStart
            } else {
                state = .unquoted
                if !byte.isWhiteSpace { isBlank = false }
            }
        }
        if !isBlank, isWhole || records.isEmpty { records.append(counts) }
        return records
    }
}
