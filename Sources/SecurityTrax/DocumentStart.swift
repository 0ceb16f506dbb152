/// Finds an answer's document behind text that is no part of it.
///
/// Nothing is repaired by it: whatever is skipped leaves the document damaged.
enum DocumentStart {
    /// Where the document begins that something stands before: at the first XML declaration, or else at
    /// the first `<root` tag. Nil where there is none, or where it may be part of what stands before it:
    /// in a page, a comment, a script, a tag, or behind another response.
    static func behindText(in body: UnsafeBufferPointer<UInt8>) -> Int? {
        let text = WideText(body)
        guard
            let start = text.firstIndex(of: "<?xml", endedBy: isSpace)
                ?? text.firstIndex(of: "<root", endedBy: { isSpace($0) || $0 == UInt8(ascii: ">") }),
            start > 0, isPlain(text, upTo: start)
        else { return nil }
        return text.offset(of: start)
    }

    /// Whether a response begins in these bytes, in whatever encoding.
    static func holdsResponse(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        WideText(UnsafeBufferPointer(rebasing: bytes)).firstIndex(of: "<response", endedBy: { _ in true })
            != nil
    }

    /// Whether what stands there is text, or markup that is closed before the document begins.
    private static func isPlain(_ text: WideText, upTo end: Int) -> Bool {
        for word in ["<response", "<html", "<!doctype", "<script", "<style", "<textarea", "<template"] {
            if text.firstIndex(of: word, upTo: end, endedBy: { _ in true }) != nil { return false }
        }
        for (open, close) in [("<!--", "-->"), ("<![cdata[", "]]>")] {
            if let last = text.lastIndex(of: open, upTo: end),
                text.firstIndex(of: close, from: last, upTo: end, endedBy: { _ in true }) == nil
            {
                return false
            }
        }
        // A tag, an instruction or a declaration that is still open.
        guard let last = text.lastIndex(of: "<", upTo: end) else { return true }
        let next = text.byte(last + 1)
        let isMarkup =
            (0x61...0x7A).contains(next)
            || [UInt8(ascii: "/"), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(next)
        return !isMarkup || text.firstIndex(of: ">", from: last, upTo: end, endedBy: { _ in true }) != nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

/// Bytes as ASCII letters in lower case, whether a character has one byte of them or two; anything
/// else is 0.
private struct WideText {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let width: Int
    private let low: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        // UTF-16 by its byte order mark, or by the zeros of ASCII characters.
        if bytes.starts(with: [0xFE, 0xFF]) || bytes.first == 0 {
            (width, low) = (2, 1)
        } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.count > 1 && bytes[1] == 0 {
            (width, low) = (2, 0)
        } else {
            (width, low) = (1, 0)
        }
    }

    private var count: Int { bytes.count / width }

    func offset(of index: Int) -> Int { index * width }

    func byte(_ index: Int) -> UInt8 {
        guard index < count else { return 0 }
        if width == 2, bytes[index * 2 + 1 - low] != 0 { return 0 }
        let byte = bytes[index * width + low]
        return (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }

    func firstIndex(
        of word: String, from start: Int = 0, upTo end: Int? = nil, endedBy isEnd: (UInt8) -> Bool
    ) -> Int? {
        let word = Array(word.utf8)
        let last = (end ?? count) - word.count
        guard start <= last else { return nil }
        return (start...last).first { holds(word, at: $0) && isEnd(byte($0 + word.count)) }
    }

    func lastIndex(of word: String, upTo end: Int) -> Int? {
        let word = Array(word.utf8)
        guard end >= word.count else { return nil }
        return (0...(end - word.count)).last { holds(word, at: $0) }
    }

    private func holds(_ word: [UInt8], at index: Int) -> Bool {
        for offset in word.indices where byte(index + offset) != word[offset] { return false }
        return true
    }
}
