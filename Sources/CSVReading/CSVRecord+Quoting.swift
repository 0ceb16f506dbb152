// One stray quote makes the rest of its row, and every row up to the next quote, the content of
// one field. Such a field looks like a note of several lines, but its lines look like rows.

extension CSVRecord {
    /// Whether quoted field `i` seems to have swallowed whole rows of `n` fields.
    ///
    /// True where the field holds line breaks, `n` is at least 2, and one of these holds:
    /// - a line between two line breaks of the field splits into exactly `n` fields;
    /// - text follows the closing quote, and the field's last line together with the fields after it
    ///   makes `n` fields (the quote that closed the field was the opening quote of another one);
    /// - the field's first line completes the fields before it to `n`, and its last line those after it.
    ///
    /// A field whose lines hold no delimiters never counts, unless fields after it make up the row.
    public func innerLinesSplit(field i: Int, into n: Int, delimiter: UInt8) -> Bool {
        guard n >= 2, isQuoted(i) else { return false }
        let (before, after) = (i, count - 1 - i)
        let isSuspect = hasTextAfterQuote(i)
        return withField(i) { bytes in
            var isFirst = true
            var firstCompletesRow = false
            var fields = 1
            var hasDelimiter = false
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                index += 1
                if byte == delimiter {
                    fields += 1
                    hasDelimiter = true
                } else if byte == .lineFeed || byte == .carriageReturn {
                    if byte == .carriageReturn, index < bytes.count, bytes[index] == .lineFeed { index += 1 }
                    if isFirst {
                        firstCompletesRow = before + fields == n
                    } else if fields == n {
                        return true
                    }
                    isFirst = false
                    fields = 1
                }
            }
            guard !isFirst, hasDelimiter else { return false }
            return fields + after == n && (isSuspect || firstCompletesRow)
        }
    }

    /// The first field (from 0) whose quotes don't follow the rules, so that its content is not surely what was
    /// meant: text follows its closing quote, or a backslash stands before a quote of it, as in programs that
    /// write `\"` where CSV has `""`.
    public var firstMisquotedField: Int? {
        let hasBackslash = storage.withUnsafeBufferPointer { bytes in
            UnsafeBufferPointer(rebasing: bytes[..<length]).holds(.backslash)
        }
        // Nearly every record is done with here.
        var flags = 0
        for field in 0..<count { flags |= ends[field] }
        guard hasBackslash || flags & Self.textAfterQuoteFlag != 0 else { return nil }
        return (0..<count).first { field in
            hasTextAfterQuote(field) || hasBackslash && hasBackslashBeforeQuote(field)
        }
    }

    /// Whether a backslash stands before a quote of field `i`, its closing quote included.
    public func hasBackslashBeforeQuote(_ i: Int) -> Bool {
        withField(i) { bytes in
            var last: UInt8 = 0
            for byte in bytes {
                if last == .backslash, byte == .quote { return true }
                last = byte
            }
            // The closing quote itself is no content, but white space after it is.
            return isQuoted(i) && bytes.last { !$0.isWhiteSpace } == .backslash
        }
    }
}
