/// The texts that were made last. An answer says the same of most of its rows: then there is one `String` of it, and two
/// that are alike are found to be without a look at their characters.
struct RecentTexts {
    private static let count = 8
    private var recent: [(bytes: [UInt8], text: String)] = []
    private var next = 0

    /// Bytes of UTF-8 as text.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        for entry in recent where entry.bytes.count == bytes.count {
            if entry.bytes.withUnsafeBufferPointer({ $0.holds(bytes) }) { return entry.text }
        }
        let entry = (bytes: Array(bytes), text: String(decoding: bytes, as: UTF8.self))
        if recent.count < Self.count {
            recent.append(entry)
        } else {
            recent[next] = entry
            next = (next + 1) % Self.count
        }
        return entry.text
    }

    /// Bytes of UTF-8 as text without white space at both ends.
    mutating func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }
        var (start, end) = (0, bytes.count)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        if start == end { return "" }
        let text = text(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        // Other white space than ASCII's is found by Unicode's properties.
        return bytes[start] < 0x80 && bytes[end - 1] < 0x80 ? text : BoundedText.trimmed(text)
    }
}
