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
            if Self.isHexDigit(byte) {
                digits.append(byte | 0x20)
                places.append(index)
            } else if !Self.standsBetweenDigits(byte), digits.last != 0 {
                digits.append(0)
                places.append(index)
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
            if end - start >= 6, end - start < 1 << 16,
                let content = Self.base64Content(of: bytes[start..<end]),
                scrubNested(scrub(content), depth: depth - 1, scrub) != content
            {
                while end < bytes.count, bytes[end] == UInt8(ascii: "=") { end += 1 }
                hidden.append(start..<end)
            }
            start = max(end, start + 1)
        }
        return Self.masking(hidden, in: text)
    }

    /// What letters of base64 say; nil where it is no text.
    static func base64Content(of letters: some Collection<UInt8>) -> String? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: letters.count) { content in
            var count = 0
            // The bits that do not make a byte yet.
            var bits: UInt32 = 0
            var waiting = 0
            for letter in letters {
                guard let value = base64Value(letter) else { return nil }
                bits = bits << 6 | value
                waiting += 6
                if waiting >= 8 {
                    waiting -= 8
                    content[count] = UInt8(truncatingIfNeeded: bits >> waiting)
                    count += 1
                }
            }
            return String(validating: content[..<count], as: UTF8.self)
        }
    }

    static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x61...0x66, 0x41...0x46: true
        default: false
        }
    }

    /// Whether a byte stands between the digits of a dump, and not between two words.
    static func standsBetweenDigits(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: ","),
            UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: "_"), UInt8(ascii: "|"):
            true
        default: false
        }
    }

    /// What a letter of base64 stands for, in either alphabet; nil for what is none.
    static func base64Value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }

    /// A letter of base64 in its usual alphabet, whichever it was written in; nil for what is none.
    static func base64Letter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "-"): UInt8(ascii: "+")
        case UInt8(ascii: "_"): UInt8(ascii: "/")
        default: base64Value(byte) == nil ? nil : byte
        }
    }
}
