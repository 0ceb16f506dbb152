/// The states of ``CSVParser`` and its inner loop, which works on raw memory and plain numbers only.
struct CSVMachine: Sendable {
    enum State: UInt8 {
        /// Between two records.
        case recordStart
        case fieldStart
        /// In blanks at the start of a field: a quote may follow.
        case leadingBlank
        /// In an unquoted field, and in text that follows a closing quote.
        case unquoted
        case quoted
        /// After a quote in a quoted field: it closes the field or is the first of two.
        case quoteInQuoted
        /// In white space after a closing quote.
        case afterQuote
        /// After a doubled quote that follows a backslash, where backslashes are suspected: where the field ends
        /// here, the backslash was meant to escape the first quote.
        case quoteAfterBackslash
    }

    enum Status { case needsInput, needsRoom, record, tooLong }

    /// Content is written in words of 8 bytes, of which some count: so much room there has to be.
    static let slack = 8

    let delimiter: UInt8
    let limit: Int
    let suspectsBackslashes: Bool
    var state = State.recordStart
    /// Whether the last byte was a CR. A LF that follows belongs to the same line break.
    var afterCarriageReturn = false
    var lineEnding: LineEnding?
    /// Where the machine is: physical line, and bytes read before the chunk in hand.
    var line = 1
    var offset = 0
    /// Where the record began, and how many lines it took.
    var recordLine = 1
    var recordOffset = 0
    var lineCount = 1
    var recordCount = 0
    /// The line of the last opening quote.
    var quoteLine = 1
    /// The content and fields of the record so far, and the flags of the field in hand.
    var length = 0
    var fieldCount = 0
    /// How many bytes stand between two fields of the content.
    var gap = 0
    var flags = 0

    init(delimiter: UInt8, limit: Int, suspectsBackslashes: Bool) {
        self.delimiter = delimiter
        self.limit = limit
        self.suspectsBackslashes = suspectsBackslashes
    }

    /// The record's last line ends here. Its line break is counted by the caller.
    @inline(__always) mutating func endRecord() {
        lineCount = line - recordLine + 1
        state = .recordStart
    }

    /// Nothing follows a CR.
    mutating func endLine() {
        if afterCarriageReturn, state == .recordStart, lineEnding == nil { lineEnding = .cr }
        afterCarriageReturn = false
    }

    /// Reads on from `index` until a record is complete, `end` is reached or there is no room.
    mutating func run(
        _ input: UnsafePointer<UInt8>, from index: inout Int, to end: Int,
        storage: UnsafeMutableBufferPointer<UInt8>, ends: UnsafeMutableBufferPointer<Int>
    ) -> Status {
        guard let output = storage.baseAddress, let fieldEnds = ends.baseAddress else { return .needsRoom }
        let start = index
        let first = offset - start
        var position = start
        defer { index = position }

        while position < end {
            guard state != .recordStart else {
                beginRecord(input, &position, end: end, first: first)
                continue
            }
            let room = storage.count - Self.slack - length
            guard room > 0, fieldCount < ends.count else { return .needsRoom }
            // One byte past the limit may still be the record's ending.
            let budget = limit + 1 - (first + position - recordOffset)
            guard budget > 0 else { return .tooLong }
            let stop = min(end, position + min(room, budget))

            if state == .fieldStart {
                if input[position] == .quote {
                    position += 1
                    openQuote()
                    continue
                }
                state = isBlank(input[position]) ? .leadingBlank : .unquoted
            }

            switch state {
            case .recordStart, .fieldStart:
                break
            case .leadingBlank:
                let byte = input[position]
                if byte == .quote {
                    // What stands between the delimiter and the quote is no content.
                    length = fieldStart(fieldEnds)
                    position += 1
                    openQuote()
                } else if isBlank(byte) {
                    output[length] = byte
                    length += 1
                    position += 1
                } else {
                    state = .unquoted
                }
            case .unquoted:
                position = copy(input, position, to: stop, output, until: delimiter)
                guard position < stop else { continue }
                if endField(at: input[position], fieldEnds) {
                    position += 1
                    return .record
                }
                position += 1
            case .quoted:
                if afterCarriageReturn {
                    afterCarriageReturn = false
                    if input[position] == .lineFeed {
                        output[length] = .lineFeed
                        length += 1
                        position += 1
                        continue
                    }
                }
                position = copy(input, position, to: stop, output, until: .quote)
                guard position < stop else { continue }
                let byte = input[position]
                position += 1
                if byte == .quote {
                    state = .quoteInQuoted
                } else {
                    line += 1
                    afterCarriageReturn = byte == .carriageReturn
                    output[length] = byte
                    length += 1
                }
            case .quoteInQuoted, .afterQuote:
                let byte = input[position]
                if byte == .quote, state == .quoteInQuoted {
                    let followsBackslash =
                        suspectsBackslashes && length > fieldStart(fieldEnds)
                        && output[length - 1] == .backslash
                    output[length] = .quote
                    length += 1
                    state = followsBackslash ? .quoteAfterBackslash : .quoted
                } else if byte == delimiter || byte == .lineFeed || byte == .carriageReturn {
                    if endField(at: byte, fieldEnds) {
                        position += 1
                        return .record
                    }
                } else {
                    output[length] = byte
                    length += 1
                    if byte.isWhiteSpace {
                        state = .afterQuote
                    } else {
                        state = .unquoted
                        flags |= CSVRecord.textAfterQuoteFlag
                    }
                }
                position += 1
            case .quoteAfterBackslash:
                let byte = input[position]
                guard byte == delimiter || byte == .lineFeed || byte == .carriageReturn else {
                    state = .quoted
                    continue
                }
                flags |= CSVRecord.textAfterQuoteFlag
                position += 1
                if endField(at: byte, fieldEnds) { return .record }
            }
        }
        if state != .recordStart, first + position - recordOffset > limit { return .tooLong }
        return .needsInput
    }

    /// Skips line breaks; at any other byte a record begins.
    @inline(__always) mutating func beginRecord(
        _ input: UnsafePointer<UInt8>, _ position: inout Int, end: Int, first: Int
    ) {
        let byte = input[position]
        if afterCarriageReturn {
            afterCarriageReturn = false
            if lineEnding == nil { lineEnding = byte == .lineFeed ? .crlf : .cr }
            if byte == .lineFeed {
                position += 1
                return
            }
        }
        if byte == .lineFeed || byte == .carriageReturn {
            breakLine(byte)
            position += 1
            return
        }
        recordOffset = first + position
        recordLine = line
        length = 0
        fieldCount = 0
        flags = 0
        state = .fieldStart
    }

    @inline(__always) private mutating func openQuote() {
        state = .quoted
        flags = CSVRecord.quotedFlag
        quoteLine = line
    }

    /// Where the content of the field in hand begins.
    @inline(__always) private func fieldStart(_ fieldEnds: UnsafeMutablePointer<Int>) -> Int {
        fieldCount == 0 ? 0 : fieldEnds[fieldCount - 1] >> 2
    }

    @inline(__always) func isBlank(_ byte: UInt8) -> Bool {
        (byte == .space || byte == .tab) && byte != delimiter
    }

    @inline(__always) mutating func breakLine(_ byte: UInt8) {
        line += 1
        if byte == .carriageReturn {
            afterCarriageReturn = true
        } else if lineEnding == nil {
            lineEnding = .lf
        }
    }

    /// Ends the field at a delimiter or line break; true if that ended the record.
    @inline(__always) private mutating func endField(
        at byte: UInt8, _ fieldEnds: UnsafeMutablePointer<Int>
    ) -> Bool {
        fieldEnds[fieldCount] = length << 2 | flags
        fieldCount += 1
        if byte == delimiter {
            flags = 0
            state = .fieldStart
            return false
        }
        endRecord()
        breakLine(byte)
        return true
    }

    /// Copies content up to `special`, a line break or `stop`, eight bytes at a time.
    ///
    /// `x - 0x01…` borrows into the top bit of every byte of `x` that is zero, and perhaps of bytes above
    /// such a byte: the lowest marked byte is always a true one.
    @inline(__always) private mutating func copy(
        _ input: UnsafePointer<UInt8>, _ from: Int, to stop: Int, _ output: UnsafeMutablePointer<UInt8>,
        until special: UInt8
    ) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops: UInt64 = 0x8080_8080_8080_8080
        let specials = ones &* UInt64(special)
        let lineFeeds = ones &* UInt64(UInt8.lineFeed)
        let carriageReturns = ones &* UInt64(UInt8.carriageReturn)
        var position = from
        var length = self.length
        defer { self.length = length }
        while position &+ 8 <= stop {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(input + position).loadUnaligned(as: UInt64.self))
            UnsafeMutableRawPointer(output + length).storeBytes(of: word.littleEndian, as: UInt64.self)
            let (a, b, c) = (word ^ specials, word ^ lineFeeds, word ^ carriageReturns)
            let marks =
                ((a &- ones) & ~a | (b &- ones) & ~b | (c &- ones) & ~c) & tops
            if marks != 0 {
                let count = marks.trailingZeroBitCount >> 3
                length &+= count
                return position &+ count
            }
            position &+= 8
            length &+= 8
        }
        while position < stop {
            let byte = input[position]
            if byte == special || byte == .lineFeed || byte == .carriageReturn { break }
            output[length] = byte
            length &+= 1
            position &+= 1
        }
        return position
    }
}
