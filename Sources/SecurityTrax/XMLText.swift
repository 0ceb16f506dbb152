/// What XML 1.0 can and cannot carry as text.
package enum XMLText {
    /// The first character that XML 1.0 forbids, even as a character reference:
    /// C0 controls other than tab, line feed and carriage return, surrogates,
    /// U+FFFE and U+FFFF (XML 1.0, production 2).
    ///
    /// - Parameter bytes: text in UTF-8.
    /// - Returns: the character and the offset of its first byte, or nil where XML can carry it all.
    package static func firstForbidden(
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> (offset: Int, scalar: UInt32)? {
        guard let base = bytes.baseAddress else { return nil }
        let count = bytes.count
        var index = 0
        while index < count {
            // Eight bytes at a time, as long as all of them are printable ASCII.
            if index + 8 <= count {
                let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
                let below32 = (word &- 0x2020_2020_2020_2020) & ~word
                if (below32 | word) & 0x8080_8080_8080_8080 == 0 {
                    index += 8
                    continue
                }
            }
            let byte = base[index]
            if byte < 0x20 {
                if byte != 0x09, byte != 0x0A, byte != 0x0D { return (index, UInt32(byte)) }
            } else if byte >= 0xED, index + 2 < count {
                let second = base[index + 1]
                let third = base[index + 2]
                if byte == 0xEF, second == 0xBF, third == 0xBE || third == 0xBF {
                    return (index, 0xFFC0 | UInt32(third & 0x3F))
                }
                // Strings can't hold a surrogate, but bytes from elsewhere might.
                if byte == 0xED, second >= 0xA0, second <= 0xBF {
                    return (index, 0xD000 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F))
                }
            }
            index += 1
        }
        return nil
    }

    /// Appends text as element content that every XML parser reads back as
    /// exactly that text.
    ///
    /// A carriage return is written as a reference, since a parser would turn it
    /// into a line feed; `>` too, so that `]]>` can't occur. DEL and the C1
    /// controls are references as well: legal either way, and a terminal can't
    /// take them for commands. A character that XML can't carry becomes U+FFFD:
    /// validation refuses such rows, and one slip must not break a whole batch.
    static func appendEscaped(_ text: String, to output: inout [UInt8]) {
        var text = text
        text.withUTF8 { appendEscaped($0, to: &output) }
    }

    private static func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
        var plainStart = 0
        var index = 0
        func flush(upTo end: Int, _ output: inout [UInt8]) {
            if end > plainStart {
                output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[plainStart..<end]))
            }
        }
        while index < bytes.count {
            let byte = bytes[index]
            var width = 1
            let replacement: StaticString
            switch byte {
            case UInt8(ascii: "&"): replacement = "&amp;"
            case UInt8(ascii: "<"): replacement = "&lt;"
            case UInt8(ascii: ">"): replacement = "&gt;"
            case 0x0D: replacement = "&#13;"
            case 0x7F: replacement = "&#127;"
            case 0x00..<0x20 where byte != 0x09 && byte != 0x0A: replacement = "\u{FFFD}"
            case 0xC2 where index + 1 < bytes.count && bytes[index + 1] < 0xA0:
                flush(upTo: index, &output)
                output.append(contentsOf: "&#\(bytes[index + 1]);".utf8)
                index += 2
                plainStart = index
                continue
            case 0xEF
            where index + 2 < bytes.count && bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE:
                replacement = "\u{FFFD}"
                width = 3
            default:
                index += 1
                continue
            }
            flush(upTo: index, &output)
            replacement.withUTF8Buffer { output.append(contentsOf: $0) }
            index += width
            plainStart = index
        }
        flush(upTo: bytes.count, &output)
    }
}
