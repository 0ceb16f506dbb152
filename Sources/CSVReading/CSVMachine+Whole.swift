// Nearly every record lies whole in its chunk and has nothing unusual: it is read here, from mark to mark. Whatever
// else it may be, it is left to the states, from its first byte on.
extension CSVMachine {
    /// So much room behind a record's content there has to be, and so many bytes behind a text must be readable:
    /// content is copied in pieces of sixteen bytes.
    private static let piece = 16

    /// A field that begins with a quote.
    private struct QuotedField {
        /// The mark of its end.
        var end: UnsafeMutablePointer<UInt32>
        /// Where the next field's content goes.
        var next: UnsafeMutablePointer<UInt8>
        var lineBreaks = 0
    }

    /// Reads the record that begins at `index`, or behind the line breaks there.
    ///
    /// - Parameters:
    ///   - input: the text, and as many readable bytes behind it as `StructuralMarks.slack` says.
    ///   - marks: the marks of the text.
    /// - Returns: false where the record is left to ``run(_:from:to:storage:ends:)``. `index` stands at its first byte
    ///   then.
    @inline(__always)
    mutating func runWhole(
        _ input: UnsafePointer<UInt8>, _ marks: inout StructuralMarks, from index: inout Int,
        storage: UnsafeMutableBufferPointer<UInt8>, ends: UnsafeMutableBufferPointer<Int>
    ) -> Bool {
        let end = marks.end
        guard state == .recordStart, storage.count > Self.piece, let output = storage.baseAddress,
            let fieldEnds = ends.baseAddress
        else { return false }
        let first = offset &- index
        while state == .recordStart {
            guard index < end else {
                offset = first &+ index
                return false
            }
            beginRecord(input, &index, end: end, first: first)
        }
        offset = first &+ index

        let start = index
        let room = Room(
            content: output, contentEnd: output + (storage.count &- Self.piece), fieldEnds: fieldEnds,
            fieldEndsEnd: fieldEnds + ends.count)
        let next = marks.pass(to: start)
        guard
            let record = readPlain(input, end: end, from: start, next, into: room)
                ?? readFields(input, end: end, from: start, next, into: room)
        else { return false }

        let mark = Int(record.end.pointee)
        guard mark &- start <= limit else { return false }
        length = record.length
        fieldCount = record.fieldCount
        gap = record.gap
        line &+= record.lineBreaks
        endRecord()
        breakLine(input[mark])
        index = mark &+ 1
        if afterCarriageReturn, index < end {
            afterCarriageReturn = false
            let isPair = input[index] == .lineFeed
            if lineEnding == nil { lineEnding = isPair ? .crlf : .cr }
            if isPair { index &+= 1 }
        }
        marks.pass(to: record.end + 1)
        offset = first &+ index
        return true
    }

    /// Where a record goes.
    private struct Room {
        let content: UnsafeMutablePointer<UInt8>
        /// Where content ends at the latest: behind it there is room for one more piece.
        let contentEnd: UnsafeMutablePointer<UInt8>
        let fieldEnds: UnsafeMutablePointer<Int>
        let fieldEndsEnd: UnsafeMutablePointer<Int>
    }

    /// A record that was read.
    private struct WholeRecord {
        /// The mark of the line break that ends it.
        var end: UnsafeMutablePointer<UInt32>
        /// See `CSVRecord`.
        var length: Int
        var fieldCount: Int
        var gap = 0
        var lineBreaks = 0
    }

    /// Whether a delimiter may stay between the fields of a record: control characters are looked for in all of it.
    private var delimitsPlainly: Bool { delimiter >= 0x20 }

    /// Reads a record without a quote: it is copied as it stands.
    ///
    /// - Returns: nil where it has one, or does not lie whole in the chunk.
    @inline(__always)
    private func readPlain(
        _ input: UnsafePointer<UInt8>, end: Int, from start: Int, _ first: UnsafeMutablePointer<UInt32>,
        into room: Room
    ) -> WholeRecord? {
        guard delimitsPlainly else { return nil }
        var next = first
        var fieldEnd = room.fieldEnds
        while true {
            let mark = Int(next.pointee)
            guard mark < end, fieldEnd < room.fieldEndsEnd else { return nil }
            let byte = input[mark]
            if byte == .quote { return nil }
            fieldEnd.pointee = (mark &- start) << 2
            fieldEnd += 1
            if byte == delimiter {
                next += 1
                continue
            }
            let count = mark &- start
            guard room.content + count <= room.contentEnd else { return nil }
            copy(input + start, count, to: room.content)
            return WholeRecord(end: next, length: count, fieldCount: fieldEnd - room.fieldEnds, gap: 1)
        }
    }

    /// Reads a record field by field.
    @inline(never)
    private func readFields(
        _ input: UnsafePointer<UInt8>, end: Int, from start: Int, _ first: UnsafeMutablePointer<UInt32>,
        into room: Room
    ) -> WholeRecord? {
        var next = first
        var content = room.content
        var fieldEnd = room.fieldEnds
        var fieldStart = start
        var lineBreaks = 0
        while true {
            var mark = Int(next.pointee)
            guard mark < end else { return nil }
            var byte = input[mark]
            var flags = 0
            if byte == .quote {
                guard mark == fieldStart else {
                    // Blanks may stand before a quote; anywhere else it stands for itself.
                    if isBlank(input[fieldStart]) { return nil }
                    next += 1
                    continue
                }
                guard
                    let field = copyQuoted(input, end: end, from: next, to: content, before: room.contentEnd)
                else { return nil }
                next = field.end
                content = field.next
                lineBreaks &+= field.lineBreaks
                mark = Int(next.pointee)
                byte = input[mark]
                flags = CSVRecord.quotedFlag
            } else {
                let count = mark &- fieldStart
                guard content + count <= room.contentEnd else { return nil }
                copy(input + fieldStart, count, to: content)
                content += count
            }
            guard fieldEnd < room.fieldEndsEnd else { return nil }
            fieldEnd.pointee = (content - room.content) << 2 | flags
            fieldEnd += 1
            guard byte == delimiter else {
                return WholeRecord(
                    end: next, length: content - room.content, fieldCount: fieldEnd - room.fieldEnds,
                    lineBreaks: lineBreaks)
            }
            next += 1
            fieldStart = mark &+ 1
        }
    }

    /// Copies the content of a field that begins with the quote at a mark.
    ///
    /// - Returns: nil where the field is left to the states.
    @inline(never)
    private func copyQuoted(
        _ input: UnsafePointer<UInt8>, end: Int, from quote: UnsafeMutablePointer<UInt32>,
        to output: UnsafeMutablePointer<UInt8>, before outputEnd: UnsafeMutablePointer<UInt8>
    ) -> QuotedField? {
        var field = QuotedField(end: quote, next: output)
        var from = Int(quote.pointee) &+ 1
        while true {
            field.end += 1
            let mark = Int(field.end.pointee)
            // A quote at the end may be one of two.
            guard mark &+ 1 < end else { return nil }
            switch input[mark] {
            case .quote:
                let next = input[mark &+ 1]
                let isDoubled = next == .quote
                guard isDoubled || next == delimiter || next == .lineFeed || next == .carriageReturn else {
                    return nil
                }
                if isDoubled, suspectsBackslashes, mark > from, input[mark &- 1] == .backslash { return nil }
                // Of two quotes the first is content.
                let count = mark &- from &+ (isDoubled ? 1 : 0)
                guard field.next + count <= outputEnd else { return nil }
                copy(input + from, count, to: field.next)
                field.next += count
                // What follows the quote is marked too.
                field.end += 1
                if !isDoubled { return field }
                from = mark &+ 2
            case .lineFeed:
                if input[mark &- 1] != .carriageReturn { field.lineBreaks &+= 1 }
            case .carriageReturn:
                field.lineBreaks &+= 1
            default:
                break
            }
        }
    }

    /// Copies at least so many bytes, up to a piece more.
    @inline(__always)
    private func copy(_ content: UnsafePointer<UInt8>, _ count: Int, to output: UnsafeMutablePointer<UInt8>) {
        let (from, to) = (UnsafeRawPointer(content), UnsafeMutableRawPointer(output))
        var place = 0
        repeat {
            to.storeBytes(
                of: from.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self), toByteOffset: place,
                as: SIMD16<UInt8>.self)
            place &+= Self.piece
        } while place < count
    }
}
