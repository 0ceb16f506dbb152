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
        var next = marks.pass(to: start)
        let contentEnd = output + (storage.count &- Self.piece)
        var content = output
        let endsEnd = fieldEnds + ends.count
        var fieldEnd = fieldEnds
        var fieldStart = start
        var lineBreaks = 0
        while true {
            var mark = Int(next.pointee)
            guard mark < end else { return false }
            var byte = input[mark]
            var flags = 0
            if byte == .quote {
                guard mark == fieldStart else {
                    // Blanks may stand before a quote; anywhere else it stands for itself.
                    if isBlank(input[fieldStart]) { return false }
                    next += 1
                    continue
                }
                guard let field = copyQuoted(input, end: end, from: next, to: content, before: contentEnd)
                else { return false }
                next = field.end
                content = field.next
                lineBreaks &+= field.lineBreaks
                mark = Int(next.pointee)
                byte = input[mark]
                flags = CSVRecord.quotedFlag
            } else {
                let count = mark &- fieldStart
                guard content + count <= contentEnd else { return false }
                copy(input + fieldStart, count, to: content)
                content += count
            }
            guard fieldEnd < endsEnd else { return false }
            fieldEnd.pointee = (content - output) << 2 | flags
            fieldEnd += 1
            next += 1
            fieldStart = mark &+ 1
            if byte == delimiter { continue }

            guard mark &- start <= limit else { return false }
            length = content - output
            fieldCount = fieldEnd - fieldEnds
            line &+= lineBreaks
            endRecord()
            breakLine(byte)
            index = mark &+ 1
            if afterCarriageReturn, index < end {
                afterCarriageReturn = false
                let isPair = input[index] == .lineFeed
                if lineEnding == nil { lineEnding = isPair ? .crlf : .cr }
                if isPair { index &+= 1 }
            }
            marks.pass(to: next)
            offset = first &+ index
            return true
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

    @inline(__always)
    private func copy(_ content: UnsafePointer<UInt8>, _ count: Int, to output: UnsafeMutablePointer<UInt8>) {
        let (from, to) = (UnsafeRawPointer(content), UnsafeMutableRawPointer(output))
        to.storeBytes(of: from.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
        if count > Self.piece { to.copyMemory(from: from, byteCount: count) }
    }
}
