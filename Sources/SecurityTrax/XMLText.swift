/// What XML 1.0 can and cannot carry as text.
package enum XMLText {
    /// The character that XML 1.0 forbids, even as a character reference, where one begins at a byte of valid UTF-8:
    /// C0 controls other than tab, line feed and carriage return, U+FFFE and U+FFFF (XML 1.0, production 2).
    /// Surrogates are forbidden too, but no UTF-8 holds them.
    ///
    /// The one place that knows them: the writer of requests, validation and the settings ask here.
    @inlinable
    package static func forbidden(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32? {
        let byte = bytes[index]
        if byte < 0x20 { return byte == 0x09 || byte == 0x0A || byte == 0x0D ? nil : UInt32(byte) }
        guard byte == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF, bytes[index + 2] >= 0xBE else {
            return nil
        }
        return 0xFFC0 | UInt32(bytes[index + 2] & 0x3F)
    }

    /// Whether a text may hold a forbidden character: a quick look that is sure where it says no.
    @inlinable
    package static func mayHoldForbidden(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var suspects: UInt8 = 0
        // Without a branch, so that it runs on many bytes at once.
        for byte in bytes { suspects |= (byte < 0x20 ? 1 : 0) | (byte == 0xEF ? 1 : 0) }
        return suspects != 0
    }

    /// The first forbidden character of a valid UTF-8 text, and which character of the text it is, from 1.
    package static func firstForbidden(
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> (scalar: UInt32, number: Int)? {
        guard mayHoldForbidden(bytes) else { return nil }
        var number = 0
        for index in bytes.indices {
            if bytes[index] & 0xC0 != 0x80 { number += 1 }
            if let scalar = forbidden(in: bytes, at: index) { return (scalar, number) }
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
        text.withUTF8 { bytes in
            if mayNeedEscapes(bytes) {
                appendEscaped(bytes, to: &output)
            } else {
                output.append(contentsOf: bytes)
            }
        }
    }

    /// Whether anything in a text may be written otherwise than it is: a quick look that is sure where it says no.
    private static func mayNeedEscapes(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var suspects: UInt8 = 0
        // Without a branch, so that it runs on many bytes at once.
        for byte in bytes {
            suspects |= (byte < 0x20 ? 1 : 0) | (byte == 0x26 ? 1 : 0) | (byte == 0x3C ? 1 : 0)
            suspects |= (byte == 0x3E ? 1 : 0) | (byte >= 0x7F ? 1 : 0)
        }
        return suspects != 0
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
            case _ where forbidden(in: bytes, at: index) != nil:
                replacement = "\u{FFFD}"
                width = byte < 0x20 ? 1 : 3
            case 0xC2 where index + 1 < bytes.count && bytes[index + 1] < 0xA0:
                flush(upTo: index, &output)
                output.append(contentsOf: "&#\(bytes[index + 1]);".utf8)
                index += 2
                plainStart = index
                continue
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
