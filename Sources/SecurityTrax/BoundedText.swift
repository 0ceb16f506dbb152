/// Text that is gathered piece by piece and never grows past a limit.
struct BoundedText {
    /// At most this many bytes of UTF-8 are kept.
    let limit: Int
    /// What was gathered.
    private(set) var text = ""
    /// Whether something was left out.
    private(set) var isCut = false

    init(limit: Int) {
        self.limit = limit
    }

    mutating func append(_ piece: String) {
        let room = limit - text.utf8.count
        if piece.utf8.count <= room {
            text += piece
            return
        }
        isCut = true
        var end = piece.utf8.index(piece.startIndex, offsetBy: max(0, room))
        while end > piece.startIndex, end.samePosition(in: piece.unicodeScalars) == nil {
            end = piece.utf8.index(before: end)
        }
        text += piece[..<end]
    }

    /// Keeps the texts of two elements apart.
    mutating func appendSeparator() {
        if let last = text.unicodeScalars.last, last != "\n" { append("\n") }
    }

    mutating func clear() {
        text = ""
        isCut = false
    }

    /// The text with white space trimmed, and a mark where it was cut.
    var words: String {
        let trimmed = Self.trimmed(text)
        return isCut ? trimmed + "…" : trimmed
    }

    /// Text without XML's white space at both ends.
    static func trimmed(_ text: String) -> String {
        // Most texts have nothing to trim, and say so with two bytes.
        func isPlain(_ byte: UInt8?) -> Bool { byte.map { $0 > 0x20 && $0 < 0x7F } ?? false }
        if isPlain(text.utf8.first), isPlain(text.utf8.last) { return text }
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
