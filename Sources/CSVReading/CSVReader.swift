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
    // Read and written for each record: only this object's calls do, one at a time, and to make sure of that each time
    // would take as long as the record itself.
    @exclusivity(unchecked) private var parser: CSVParser
    private var decoder: TextDecoder
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
    /// The bytes before `raw`, as far as a sample may show them.
    private var before: [UInt8] = []
    /// UTF-8 of the decoded part of `raw`; nil for UTF-8, which stays where it is.
    private let decoded: UnsafeMutableBufferPointer<UInt8>?
    private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    @exclusivity(unchecked) private var textIndex = 0
    /// The marks of `text`.
    @exclusivity(unchecked) private var marks: StructuralMarks
    /// NULs and Ctrl-Zs at the end of the text so far: where nothing follows them they are the end of the file.
    private var heldBack: [Run] = []
    /// Those of them that something followed, to be parsed before `text`.
    private var released: [Run] = []
    /// Why the byte after `text` can't be decoded.
    private var decodingFailure: CSVError.InvalidText.Reason?
    private var sawMultibyteUTF8 = false
    private var recordNumber = 0
    /// Whether the next record comes straight from `text`: nothing was held back before it, and nothing failed.
    private var isPlain = false
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
        // A character that a chunk's end cuts apart keeps some bytes for the next one.
        let size = chunkSize + TextDecoder.longestRest
        raw = Self.allocate(size)
        let decodedSize = (size + 1) * TextDecoder.expansion
        decoded = start.encoding == .utf8 ? nil : Self.allocate(decodedSize)
        marks = StructuralMarks(capacity: start.encoding == .utf8 ? size : decodedSize)
    }

    deinit {
        raw.deallocate()
        decoded?.deallocate()
        marks.deallocate()
    }

    /// Room for a text, and for what is read behind it.
    private static func allocate(_ size: Int) -> UnsafeMutableBufferPointer<UInt8> {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size + StructuralMarks.slack)
        buffer.initialize(repeating: 0)
        return UnsafeMutableBufferPointer(rebasing: buffer[..<size])
    }

    /// Reads the next record into `record`, whose buffers are reused.
    ///
    /// - Returns: false at the end; `record` is then left alone.
    /// - Throws: ``CSVError``: the input can't be read, its bytes are not valid in its encoding, a record is
    ///   too long, or a quote is left open. Every call after that throws the same.
    public func next(_ record: inout CSVRecord) throws(CSVError) -> Bool {
        // Nearly every record is done with here.
        if isPlain, textIndex < text.count, parser.parseWhole(text, &marks, from: &textIndex, into: &record),
            !(options.skipsBlankRecords && record.isBlank)
        {
            number(&record)
            return true
        }
        return try nextOfAnyKind(&record)
    }

    @inline(never)
    private func nextOfAnyKind(_ record: inout CSVRecord) throws(CSVError) -> Bool {
        if let failure { throw failure }
        isPlain = false
        record.isUnterminated = false
        do {
            while try nextOfParser(&record) {
                if separatorLineIsNext {
                    separatorLineIsNext = false
                    continue
                }
                if options.skipsBlankRecords, record.isBlank { continue }
                number(&record)
                isPlain = released.isEmpty
                return true
            }
            return false
        } catch {
            let error = inOriginalTerms(error)
            failure = error
            throw error
        }
    }

    @inline(__always)
    private func number(_ record: inout CSVRecord) {
        recordNumber &+= 1
        record.position.record = recordNumber
    }

    /// Goes back to the start of the file, to read it again with the same dialect and encoding.
    /// - Throws: ``CSVError/cannotRead(errno:)``, for a pipe for instance.
    public func rewind() throws(CSVError) {
        try source.rewind()
        parser = CSVParser(
            delimiter: foundDialect.delimiter, recordLimit: options.recordLimit,
            suspectsBackslashes: options.suspectsBackslashes)
        bytesToSkip = hasByteOrderMark ? encoding.byteOrderMark.count : 0
        // What it may hold back belongs to the first pass.
        decoder = TextDecoder(encoding: encoding)
        (heldBack, released, before) = ([], [], [])
        separatorLineIsNext = foundDialect.separatorLine
        (rawCount, rawOffset, rawConsumed) = (0, 0, 0)
        (inputHasEnded, parserHasEnded) = (false, false)
        text = UnsafeBufferPointer(start: nil, count: 0)
        textIndex = 0
        decodingFailure = nil
        sawMultibyteUTF8 = false
        recordNumber = 0
        isPlain = false
        failure = nil
    }

    private func nextOfParser(_ record: inout CSVRecord) throws(CSVError) -> Bool {
        while !parserHasEnded {
            if !released.isEmpty { try parseReleased(&record) }
            if textIndex < text.count, released.isEmpty,
                parser.parseWhole(text, &marks, from: &textIndex, into: &record)
            {
                return true
            }
            if textIndex < text.count, try parser.parse(text, from: &textIndex, into: &record) { return true }
            guard textIndex == text.count else { continue }
            if let decodingFailure { throw invalidText(decodingFailure) }
            if inputHasEnded {
                parserHasEnded = true
                guard try parser.finish(into: &record) else { return false }
                record.isUnterminated = true
                return true
            }
            try readOn()
        }
        return false
    }

    /// Reads a chunk and decodes it.
    private func readOn() throws(CSVError) {
        let last = raw[..<rawConsumed].suffix(EncodingSearch.sampleLength)
        before = Array((before + last).suffix(EncodingSearch.sampleLength))
        let rest = rawCount - rawConsumed
        if rest > 0, rawConsumed > 0, let base = raw.baseAddress {
            base.update(from: base + rawConsumed, count: rest)
        }
        rawOffset += rawConsumed
        rawConsumed = 0
        rawCount = rest
        // So much of `raw` is kept free for such a rest.
        let room = UnsafeMutableRawBufferPointer(raw)[rest..<rest + raw.count - TextDecoder.longestRest]
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
        holdBack()
        marks.mark(text, delimiter: foundDialect.delimiter)
    }

    // MARK: The end of the file

    /// So many NULs or Ctrl-Zs in a row.
    private struct Run {
        var byte: UInt8
        var count: Int
    }

    /// Takes NULs and Ctrl-Zs off the end of `text`: disks and DOS leave them behind the end of a file.
    private func holdBack() {
        guard let last = text.last, last == 0 || last == 0x1A else {
            if !text.isEmpty { swap(&released, &heldBack) }
            return
        }
        let end = text.lastIndex { $0 != 0 && $0 != 0x1A }.map { $0 + 1 } ?? 0
        if end > 0 { swap(&released, &heldBack) }
        for byte in text[end...] {
            if let index = heldBack.indices.last, heldBack[index].byte == byte {
                heldBack[index].count += 1
            } else {
                heldBack.append(Run(byte: byte, count: 1))
            }
        }
        text = UnsafeBufferPointer(rebasing: text[..<end])
    }

    /// Parses what was held back and was not the end. No record ends with it.
    private func parseReleased(_ record: inout CSVRecord) throws(CSVError) {
        for run in released {
            var left = run.count
            let piece = [UInt8](repeating: run.byte, count: min(left, 4_096))
            while left > 0 {
                var index = 0
                let size = min(left, piece.count)
                let result = piece.withUnsafeBufferPointer { piece in
                    Result { () throws(CSVError) in
                        try parser.parse(
                            UnsafeBufferPointer(rebasing: piece[..<size]), from: &index, into: &record)
                    }
                }
                _ = try result.get()
                left -= size
            }
        }
        released = []
    }

    private func invalidText(_ reason: CSVError.InvalidText.Reason) -> CSVError {
        let (line, offset, byte) = (parser.line, rawOffset + rawConsumed, raw[rawConsumed])
        return .invalidText(
            CSVError.InvalidText(
                line: line, byteOffset: offset, byte: byte, encoding: encoding, reason: reason,
                candidates: encoding == .utf8 && !sawMultibyteUTF8 ? candidates() : []
            ))
    }

    /// Looks through all that follows. What came before is ASCII, and nothing can be read after this.
    private func candidates() -> [EncodingCandidate] {
        let before = Array((before + raw[..<rawConsumed]).suffix(EncodingSearch.sampleLength))
        var rest = Array(raw[rawConsumed..<rawCount])
        func read() -> [UInt8]? {
            let size = try? source.read(into: UnsafeMutableRawBufferPointer(raw))
            return size.map { Array(raw[..<$0]) }
        }
        while rest.count < EncodingSearch.sampleLength {
            guard let more = read() else { return [] }
            if more.isEmpty { break }
            rest += more
        }
        var search = EncodingSearch(before: before, rest: rest)
        while !rest.isEmpty {
            search.read(rest)
            guard let more = read() else { return [] }
            rest = more
        }
        return search.candidates
    }

    private func inOriginalTerms(_ error: CSVError) -> CSVError {
        func position(_ position: CSVPosition) -> CSVPosition {
            CSVPosition(line: position.line, record: recordNumber + 1)
        }
        return switch error {
        case .unclosedQuote(let line, let record): .unclosedQuote(line: line, record: position(record))
        case .recordTooLong(let record, let limit, let quoteLine):
            .recordTooLong(record: position(record), limit: limit, quoteLine: quoteLine)
        default: error
        }
    }
}
