/// Reads the records of a file, whatever its dialect and encoding.
///
/// Memory is bounded by the longest record and the chunk, never by the file. Where several things are
/// wrong with an input, the first of them is reported, wherever the chunks happen to end.
public final class CSVReader {
    /// How many bytes are read at once.
    public static let defaultChunkSize = 128 * 1024
    /// How much of the start is looked at to find out the dialect.
    private static let headSize = 64 * 1024

    /// The encoding of the input.
    public let encoding: TextEncoding
    /// Whether the input begins with a byte order mark.
    public let hasByteOrderMark: Bool
    /// The dialect. The line ending is that of the first record, once that was read; CRLF until then.
    public var dialect: Dialect {
        var dialect = foundDialect
        if let lineEnding = parser.lineEnding { dialect.lineEnding = lineEnding }
        return dialect
    }

    private let foundDialect: Dialect
    private let options: Options
    private var source: ByteSource
    private var parser: CSVParser
    private let decoder: TextDecoder
    /// How many bytes to leave out at the start: the byte order mark.
    private var bytesToSkip: Int
    private var separatorLineIsNext: Bool

    /// Bytes of the input; the first `rawCount` are filled.
    private let raw: UnsafeMutableBufferPointer<UInt8>
    private var rawCount = 0
    /// The offset of `raw` in the input.
    private var rawOffset = 0
    /// How much of `raw` was decoded.
    private var rawConsumed = 0
    private var inputHasEnded = false
    private var parserHasEnded = false
    /// UTF-8 of the decoded part of `raw`; nil for UTF-8, which stays where it is.
    private let decoded: UnsafeMutableBufferPointer<UInt8>?
    private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    private var textIndex = 0
    private var offsets: OffsetMap
    /// Why the byte after `text` can't be decoded.
    private var decodingFailure: CSVError.InvalidText.Reason?
    private var sawMultibyteUTF8 = false
    private var recordNumber = 0
    /// An error that was thrown is thrown again: nothing follows it.
    private var failure: CSVError?

    /// A reader of an open file, a pipe or a socket, from where it stands. The descriptor is not closed.
    ///
    /// The start of the input is read at once.
    /// - Throws: ``CSVError/cannotRead(errno:)``; ``CSVError/notCSV(_:)`` and
    ///   ``CSVError/utf16WithoutByteOrderMark(_:)`` where the input is something else. An empty input is
    ///   none: it has no records.
    public convenience init(
        descriptor: Int32, options: Options = Options(), chunkSize: Int = defaultChunkSize
    ) throws(CSVError) {
        try self.init(ByteSource(descriptor: descriptor), options, chunkSize)
    }

    /// A reader of bytes in memory. Errors are those of ``init(descriptor:options:chunkSize:)``.
    public convenience init(
        bytes: [UInt8], options: Options = Options(), chunkSize: Int = defaultChunkSize
    ) throws(CSVError) {
        try self.init(ByteSource(bytes: bytes), options, chunkSize)
    }

    private init(_ source: ByteSource, _ options: Options, _ chunkSize: Int) throws(CSVError) {
        precondition(chunkSize > 0, "a chunk holds at least a byte")
        var source = source
        try source.fillHead(Self.headSize)
        let start = try FileStart(source.head, isWhole: source.headIsWhole, options: options)
        self.source = source
        self.options = options
        encoding = start.encoding
        hasByteOrderMark = start.markLength > 0
        foundDialect = start.dialect
        bytesToSkip = start.markLength
        separatorLineIsNext = start.dialect.separatorLine
        parser = CSVParser(
            delimiter: start.dialect.delimiter, recordLimit: options.recordLimit,
            suspectsBackslashes: options.suspectsBackslashes)
        decoder = TextDecoder(encoding: start.encoding)
        offsets = OffsetMap(decoder: decoder, original: start.markLength)
        // A character that a chunk's end cuts apart keeps up to three bytes for the next one.
        raw = .allocate(capacity: chunkSize + 4)
        decoded = start.encoding == .utf8 ? nil : .allocate(capacity: (chunkSize + 4) * TextDecoder.expansion)
    }

    deinit {
        raw.deallocate()
        decoded?.deallocate()
    }

    /// Reads the next record into `record`, whose buffers are reused.
    ///
    /// - Returns: false at the end; `record` is then left alone.
    /// - Throws: ``CSVError``: the input can't be read, its bytes are not valid in its encoding, a record is
    ///   too long, or a quote is left open. Every call after that throws the same.
    public func next(_ record: inout CSVRecord) throws(CSVError) -> Bool {
        if let failure { throw failure }
        do {
            while try nextOfParser(&record) {
                if separatorLineIsNext {
                    separatorLineIsNext = false
                    continue
                }
                if options.skipsBlankRecords, record.isBlank { continue }
                recordNumber += 1
                record.position.record = recordNumber
                record.position.byteOffset = offsets.original(
                    ofRecordAt: record.position.byteOffset, in: text)
                return true
            }
            return false
        } catch {
            let error = inOriginalTerms(error)
            failure = error
            throw error
        }
    }

    /// Goes back to the start of the file, to read it again with the same dialect and encoding.
    /// - Throws: ``CSVError/cannotRead(errno:)``, for a pipe for instance.
    public func rewind() throws(CSVError) {
        try source.rewind()
        parser = CSVParser(
            delimiter: foundDialect.delimiter, recordLimit: options.recordLimit,
            suspectsBackslashes: options.suspectsBackslashes)
        bytesToSkip = hasByteOrderMark ? encoding.byteOrderMark.count : 0
        offsets = OffsetMap(decoder: decoder, original: bytesToSkip)
        separatorLineIsNext = foundDialect.separatorLine
        (rawCount, rawOffset, rawConsumed) = (0, 0, 0)
        (inputHasEnded, parserHasEnded) = (false, false)
        text = UnsafeBufferPointer(start: nil, count: 0)
        textIndex = 0
        decodingFailure = nil
        sawMultibyteUTF8 = false
        recordNumber = 0
        failure = nil
    }

    private func nextOfParser(_ record: inout CSVRecord) throws(CSVError) -> Bool {
        while !parserHasEnded {
            if textIndex < text.count, try parser.parse(text, from: &textIndex, into: &record) { return true }
            guard textIndex == text.count else { continue }
            if let decodingFailure { throw invalidText(decodingFailure) }
            if inputHasEnded {
                parserHasEnded = true
                return try parser.finish(into: &record)
            }
            try readOn()
        }
        return false
    }

    /// Reads a chunk and decodes it.
    private func readOn() throws(CSVError) {
        offsets.leave(text, openRecordAt: parser.openRecordOffset)
        let rest = rawCount - rawConsumed
        if rest > 0, rawConsumed > 0, let base = raw.baseAddress {
            base.update(from: base + rawConsumed, count: rest)
        }
        rawOffset += rawConsumed
        rawConsumed = 0
        rawCount = rest
        // Four bytes of `raw` are kept free for such a rest.
        let room = UnsafeMutableRawBufferPointer(raw)[rest..<rest + raw.count - 4]
        let size = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: room))
        rawCount += size
        inputHasEnded = size == 0
        let skipped = min(bytesToSkip, rawCount)
        bytesToSkip -= skipped
        decode(from: skipped)
    }

    private func decode(from skipped: Int) {
        let input = UnsafeBufferPointer(rebasing: raw[skipped..<rawCount])
        textIndex = 0
        if let output = decoded?.baseAddress {
            let progress = decoder.decode(input, isLast: inputHasEnded, into: output)
            rawConsumed = skipped + progress.consumed
            text = UnsafeBufferPointer(start: output, count: progress.written)
            decodingFailure = progress.failure
        } else {
            let (length, ending, isASCII) = UTF8Validation.validPrefix(of: input)
            rawConsumed = skipped + length
            text = UnsafeBufferPointer(rebasing: input[..<length])
            if !isASCII { sawMultibyteUTF8 = true }
            switch ending {
            case .complete: decodingFailure = nil
            case .incomplete: decodingFailure = inputHasEnded ? .truncated : nil
            case .invalid: decodingFailure = .malformed
            }
        }
    }

    private func invalidText(_ reason: CSVError.InvalidText.Reason) -> CSVError {
        .invalidText(
            CSVError.InvalidText(
                line: parser.line, byteOffset: rawOffset + rawConsumed, byte: raw[rawConsumed],
                encoding: encoding, reason: reason,
                windows1252WouldDecode: encoding == .utf8 && !sawMultibyteUTF8 && restIsWindows1252()))
    }

    /// Looks through all that follows. What came before is ASCII, and nothing can be read after this.
    private func restIsWindows1252() -> Bool {
        var rest = raw[rawConsumed..<rawCount]
        while true {
            if rest.contains(where: Windows1252.isUndefined) { return false }
            guard let size = try? source.read(into: UnsafeMutableRawBufferPointer(raw)) else { return false }
            if size == 0 { return true }
            rest = raw[..<size]
        }
    }

    private func inOriginalTerms(_ error: CSVError) -> CSVError {
        func position(_ position: CSVPosition) -> CSVPosition {
            CSVPosition(
                line: position.line, record: recordNumber + 1,
                byteOffset: offsets.original(ofRecordAt: position.byteOffset, in: text))
        }
        return switch error {
        case .unclosedQuote(let line, let record): .unclosedQuote(line: line, record: position(record))
        case .recordTooLong(let record, let limit, let quoteLine):
            .recordTooLong(record: position(record), limit: limit, quoteLine: quoteLine)
        default: error
        }
    }
}
