import CSVReading

/// What is left of a text whose UTF-8 was read in another encoding and saved again, `Ã©` of `é`, or of which a program
/// has lost characters.
struct GarbledText: Equatable {
    /// What stands there.
    var written: String
    /// What it was; nil where that is lost.
    var meant: String?

    /// Whether a text may have such a place: a quick look at valid UTF-8 that is sure where it says no.
    static func isPossible(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = bytes.startIndex
        while index + 1 < bytes.count {
            // Every lead byte of UTF-8 is a letter from `Â` to `ð` in other encodings.
            if bytes[index] == 0xC3, leads.contains(bytes[index + 1] | 0xC0) { return true }
            // U+FFFD, which stands for what could not be read.
            if bytes[index] == 0xEF, index + 2 < bytes.count, bytes[index + 1] == 0xBF,
                bytes[index + 2] == 0xBD
            {
                return true
            }
            index += 1
        }
        return false
    }

    /// The first such place, if there is one.
    static func first(in bytes: UnsafeBufferPointer<UInt8>) -> GarbledText? {
        guard isPossible(in: bytes) else { return nil }
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        for index in scalars.indices {
            if scalars[index] == "\u{FFFD}" { return GarbledText(written: "\u{FFFD}") }
            if let found = place(scalars, at: index) { return found }
        }
        return nil
    }

    /// The first bytes of what people write in these languages: of `é` and `°`, of `’` and `€`, of an emoji, and of a byte
    /// order mark.
    private static let leads: [UInt8] = [0xC2, 0xC3, 0xE2, 0xEF, 0xF0]

    private static func place(_ scalars: [Unicode.Scalar], at start: Int) -> GarbledText? {
        let lead = scalars[start].value
        guard lead < 0x100, leads.contains(UInt8(lead)) else { return nil }
        let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        guard start + length <= scalars.count else { return nil }
        var bytes = [UInt8(lead)]
        for scalar in scalars[(start + 1)..<(start + length)] {
            guard let byte = continuation(scalar, isAfterCircumflex: lead == 0xC2) else { return nil }
            bytes.append(byte)
        }
        let isExpected =
            switch lead {
            case 0xE2: (0x80...0x9E).contains(bytes[1])
            case 0xEF: bytes[1] == 0xBB && bytes[2] == 0xBF || bytes[1] == 0xBF && bytes[2] == 0xBD
            case 0xF0: bytes[1] == 0x9F
            // A word in capitals may end in one of these letters: `“IRMÔ”`.
            default: !endsCapitals(scalars, at: start)
            }
        guard isExpected else { return nil }
        let written = String(String.UnicodeScalarView(scalars[start..<(start + length)]))
        let meant = String(decoding: bytes, as: UTF8.self)
        return GarbledText(written: written, meant: meant == "\u{FFFD}" ? nil : meant)
    }

    /// The byte that a character stands for, where that is a further byte of UTF-8.
    private static func continuation(_ scalar: Unicode.Scalar, isAfterCircumflex: Bool) -> UInt8? {
        // `Â ` of a no-break space that has become one that breaks.
        if scalar == " " { return isAfterCircumflex ? 0xA0 : nil }
        // Those that Windows has no character for stay what they are.
        let byte = scalar.value < 0x100 ? UInt8(scalar.value) : Windows1252.byte(of: scalar.value)
        return byte.flatMap { (0x80...0xBF).contains($0) ? $0 : nil }
    }

    /// Whether the letter may end a word in capitals, before a closing quote, a dash or a space: `“IRMÃ”`, `IRMÃ –`.
    private static func endsCapitals(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard index > 0, scalars[index - 1].properties.isUppercase, closing.contains(scalars[index + 1])
        else {
            return false
        }
        return index + 2 == scalars.count || !scalars[index + 2].properties.isAlphabetic
    }

    private static let closing: Set<Unicode.Scalar> = [
        " ", "\u{A0}", "«", "»", "‹", "›", "‘", "’", "“", "”", "–", "—", "…", "°", "·",
    ]
}
