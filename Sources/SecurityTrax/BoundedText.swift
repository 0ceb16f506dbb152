/// Text that is gathered piece by piece and never grows past a limit.
package struct BoundedText {
    /// At most this many bytes of UTF-8 are kept.
    let limit: Int
    private var bytes: [UInt8] = []
    /// Whether something was left out.
    private(set) var isCut = false

    init(limit: Int) {
        self.limit = limit
    }

    /// What was gathered, in UTF-8.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer(body)
    }

    /// Takes a piece of UTF-8, or as much of it as there is room for; nothing behind a gap.
    mutating func append(_ piece: UnsafeBufferPointer<UInt8>) {
        if isCut { return }
        let room = limit - bytes.count
        if piece.count <= room {
            bytes.append(contentsOf: piece)
            return
        }
        isCut = true
        var end = room
        while end > 0, piece[end] & 0xC0 == 0x80 { end -= 1 }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: piece[..<end]))
    }

    /// Keeps the texts of two elements apart.
    mutating func appendSeparator() {
        guard let last = bytes.last, last != 0x0A, !isCut else { return }
        if bytes.count < limit { bytes.append(0x0A) } else { isCut = true }
    }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        isCut = false
    }

    /// The text with white space trimmed, and a mark where it was cut.
    func words(_ texts: inout RecentTexts) -> String {
        let trimmed = bytes.withUnsafeBufferPointer { texts.trimmed($0) }
        return isCut ? trimmed + "…" : trimmed
    }

    /// The text with white space trimmed, and a mark where it was cut.
    var words: String {
        var texts = RecentTexts()
        return words(&texts)
    }

    /// Text without XML's white space at both ends.
    package static func trimmed(_ text: String) -> String {
        // ASCII at both ends, as nearly always, needs no look at Unicode's properties.
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        let bytes = text.utf8
        guard let start = bytes.firstIndex(where: { !isSpace($0) }),
            let last = bytes.lastIndex(where: { !isSpace($0) })
        else { return "" }
        if bytes[start] < 0x80, bytes[last] < 0x80 {
            let end = bytes.index(after: last)
            return start == bytes.startIndex && end == bytes.endIndex ? text : String(text[start..<end])
        }
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace
        }
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[first...last])
    }
}
