/// Finds the records in UTF-8 text that arrives in chunks: a state machine without I/O, which allocates
/// nothing for a record once its buffers have grown to the longest.
///
/// RFC 4180, and what spreadsheets and people write besides:
/// - CRLF, LF and CR each end a record, in any mixture; the last record needs no ending.
/// - A line without any character is no record. (Records of empty fields are: see ``CSVReader``.)
/// - A field is quoted if a quote is its first character, blanks aside, which are then dropped. A quote
///   anywhere else in an unquoted field stands for itself.
/// - Text between a closing quote and the next delimiter belongs to the field, quotes in it stand for
///   themselves, and ``CSVRecord/hasTextAfterQuote(_:)`` tells of it.
/// - Where backslashes are suspected, `\""` before a delimiter or a line break ends its field, as in
///   `"pipe 12\""`: otherwise every row up to the next quote would vanish in it.
///   ``CSVRecord/hasTextAfterQuote(_:)`` tells of it too.
/// - A quote that is still open at the end is an error.
///
/// The text is not checked for being UTF-8: all that matters here is ASCII, which UTF-8 keeps apart.
public struct CSVParser: Sendable {
    /// A record's limit in bytes where nothing else is said: 1 MiB.
    public static let defaultRecordLimit = 1 << 20

    private var machine: CSVMachine
    /// The record that is being read. It is exchanged with the caller's when it is complete.
    private var partial = CSVRecord()

    /// A parser at the start of a text.
    /// - Parameters:
    ///   - delimiter: what separates fields; see ``Dialect/canDelimit(_:)``.
    ///   - recordLimit: the longest record in bytes, quotes and delimiters included and its ending not.
    ///   - suspectsBackslashes: whether the text may come from a program that writes `\"` for a quote.
    public init(
        delimiter: UInt8, recordLimit: Int = defaultRecordLimit, suspectsBackslashes: Bool = false
    ) {
        precondition(
            Dialect.canDelimit(delimiter), "a delimiter is ASCII and neither a quote nor a line break")
        precondition(recordLimit > 0, "a record holds at least a byte")
        machine = CSVMachine(
            delimiter: delimiter, limit: recordLimit, suspectsBackslashes: suspectsBackslashes)
        partial.storage = [UInt8](repeating: 0, count: 1024)
        partial.ends = [Int](repeating: 0, count: 32)
    }

    /// The first line ending, nil while none was read (after a CR, while the byte after it wasn't).
    public var lineEnding: LineEnding? { machine.lineEnding }
    /// The physical line (from 1) of the next byte.
    public var line: Int { machine.line }

    /// Reads on in `chunk` from `index`, at most to the end of one record.
    ///
    /// - Returns: whether `record` now holds a record. If not, all of `chunk` was read and the next one is
    ///   wanted, or ``finish(into:)``.
    /// - Throws: ``CSVError/recordTooLong(record:limit:quoteLine:)``. The parser is of no use after that.
    public mutating func parse(
        _ chunk: UnsafeBufferPointer<UInt8>, from index: inout Int, into record: inout CSVRecord
    ) throws(CSVError) -> Bool {
        guard let base = chunk.baseAddress else { return false }
        while true {
            let status = run(base, from: &index, to: chunk.count)
            switch status {
            case .needsInput: return false
            case .tooLong: throw tooLong()
            case .record:
                complete(&record)
                return true
            case .needsRoom: grow()
            }
        }
    }

    /// Reads the next record where it lies whole in the chunk and has nothing unusual; otherwise that is left to
    /// ``parse(_:from:into:)``.
    ///
    /// - Parameters:
    ///   - chunk: with as many readable bytes behind it as `StructuralMarks.slack` says.
    ///   - marks: those of the chunk.
    @inline(__always)
    mutating func parseWhole(
        _ chunk: UnsafeBufferPointer<UInt8>, _ marks: inout StructuralMarks, from index: inout Int,
        into record: inout CSVRecord
    ) -> Bool {
        guard let base = chunk.baseAddress else { return false }
        let isThere = record.withRoom { storage, ends in
            machine.runWhole(base, &marks, from: &index, storage: storage, ends: ends)
        }
        if isThere { describe(&record) }
        return isThere
    }

    /// Ends the text: a last record without an ending becomes complete.
    ///
    /// - Returns: whether `record` now holds a record.
    /// - Throws: ``CSVError/unclosedQuote(line:record:)``, ``CSVError/recordTooLong(record:limit:quoteLine:)``.
    public mutating func finish(into record: inout CSVRecord) throws(CSVError) -> Bool {
        machine.endLine()
        switch machine.state {
        case .recordStart: return false
        case .quoted: throw .unclosedQuote(line: machine.quoteLine, record: position)
        case .quoteAfterBackslash: machine.flags |= CSVRecord.textAfterQuoteFlag
        case .fieldStart, .leadingBlank, .unquoted, .quoteInQuoted, .afterQuote: break
        }
        if machine.fieldCount == partial.ends.count { grow() }
        partial.ends[machine.fieldCount] = machine.length << 2 | machine.flags
        machine.fieldCount += 1
        machine.endRecord()
        complete(&record)
        return true
    }

    private mutating func run(
        _ base: UnsafePointer<UInt8>, from index: inout Int, to end: Int
    ) -> CSVMachine.Status {
        // Local, so that the closures don't need the whole parser for themselves. Nothing is copied: the
        // arrays are exchanged for empty ones meanwhile.
        var machine = self.machine
        var (storage, ends): ([UInt8], [Int]) = ([], [])
        swap(&storage, &partial.storage)
        swap(&ends, &partial.ends)
        var next = index
        let status = storage.withUnsafeMutableBufferPointer { storage in
            ends.withUnsafeMutableBufferPointer { ends in
                machine.run(base, from: &next, to: end, storage: storage, ends: ends)
            }
        }
        swap(&storage, &partial.storage)
        swap(&ends, &partial.ends)
        machine.offset += next - index
        index = next
        self.machine = machine
        return status
    }

    private var position: CSVPosition {
        CSVPosition(line: machine.recordLine, record: machine.recordCount + 1)
    }

    private func tooLong() -> CSVError {
        .recordTooLong(
            record: position, limit: machine.limit,
            quoteLine: machine.state == .quoted ? machine.quoteLine : nil)
    }

    private mutating func complete(_ record: inout CSVRecord) {
        swap(&record, &partial)
        machine.gap = 0
        describe(&record)
        // The record that comes in exchange may be a new one without any room.
        if partial.storage.count < 64 || partial.ends.isEmpty { grow() }
    }

    /// Says of a record what the machine has found.
    @inline(__always)
    private mutating func describe(_ record: inout CSVRecord) {
        record.count = machine.fieldCount
        record.length = machine.length
        record.gap = machine.gap
        record.lineCount = machine.lineCount
        record.position = position
        machine.recordCount += 1
    }

    private mutating func grow() {
        let room = max(1024, partial.storage.count)
        if machine.length + CSVMachine.slack * 2 > partial.storage.count {
            partial.storage.append(contentsOf: repeatElement(0, count: room))
        }
        if machine.fieldCount + 2 > partial.ends.count {
            partial.ends.append(contentsOf: repeatElement(0, count: max(32, partial.ends.count)))
        }
    }
}
