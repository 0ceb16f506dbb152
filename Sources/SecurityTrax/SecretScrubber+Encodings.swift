import SystemFiles

/// Encodings that hide every letter of the password, whatever stands around it and between its digits.
extension SecretScrubber {
    /// Masks the password in a dump of bytes: `68:75:6e`, `68 75 6E`, `0x68, 0x75`.
    func scrubHex(_ text: String) -> String {
        guard let fewest = fewestHexDigits, text.utf8.count >= fewest else { return text }
        let bytes = Array(text.utf8)
        // The digits alone, and where each stands; a 0 for what is neither a digit nor stands between two.
        var digits: [UInt8] = []
        var places: [Int] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "0") || byte == UInt8(ascii: "\\"), index + 1 < bytes.count,
                bytes[index + 1] | 0x20 == UInt8(ascii: "x")
            {
                index += 2
                continue
            }
            switch byte {
            case 0x30...0x39, 0x61...0x66, 0x41...0x46:
                digits.append(byte | 0x20)
                places.append(index)
            case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: ","),
                UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: "_"), UInt8(ascii: "|"):
                break
            default:
                if digits.last != 0 {
                    digits.append(0)
                    places.append(index)
                }
            }
            index += 1
        }
        guard digits.count >= fewest else { return text }
        var hidden: [Range<Int>] = []
        for secret in hexDigits {
            var from = 0
            while let start = digits.position(of: secret, from: from) {
                var first = places[start]
                // The mark of its first digits goes with them.
                if first >= 2, bytes[first - 1] | 0x20 == UInt8(ascii: "x"),
                    bytes[first - 2] == UInt8(ascii: "0") || bytes[first - 2] == UInt8(ascii: "\\")
                {
                    first -= 2
                }
                hidden.append(first..<(places[start + secret.count - 1] + 1))
                from = start + secret.count
            }
        }
        return Self.masking(hidden, in: text)
    }

    /// Masks every run of base64 whose content, read again, says the password in any spelling.
    ///
    /// - Parameter scrub: what takes the password out of the content.
    func scrubNested(_ text: String, depth: Int = 3, _ scrub: (String) -> String) -> String {
        // The shortest password takes six letters.
        guard depth > 0, !hexDigits.isEmpty, text.utf8.count >= 6 else { return text }
        let bytes = Array(text.utf8)
        var hidden: [Range<Int>] = []
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, Self.base64Letter(bytes[end]) != nil { end += 1 }
            if end - start >= 6, end - start < 1 << 16 {
                let letters = bytes[start..<end].compactMap(Self.base64Letter)
                // Four letters make three bytes; a single one left over makes none.
                let whole = letters.prefix(letters.count % 4 == 1 ? letters.count - 1 : letters.count)
                let padding = [UInt8](repeating: UInt8(ascii: "="), count: (4 - whole.count % 4) % 4)
                if let data = Data(base64Encoded: Data(whole + padding)),
                    let content = String(validating: data, as: UTF8.self),
                    scrubNested(scrub(content), depth: depth - 1, scrub) != content
                {
                    while end < bytes.count, bytes[end] == UInt8(ascii: "=") { end += 1 }
                    hidden.append(start..<end)
                }
            }
            start = max(end, start + 1)
        }
        return Self.masking(hidden, in: text)
    }

    /// A letter of base64 in its usual alphabet, whichever it was written in; nil for what is none.
    static func base64Letter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"): byte
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: nil
        }
    }
}
