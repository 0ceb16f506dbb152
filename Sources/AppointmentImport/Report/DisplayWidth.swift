/// How many columns of a terminal a text takes.
package enum DisplayWidth {
    /// The columns of a text without line breaks; what only colours it takes none.
    package static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text.utf8.count }
        var width = 0
        var isColouring = false
        for character in text {
            if isColouring {
                isColouring = character != "m"
            } else if character == "\u{1B}" {
                isColouring = true
            } else {
                width += of(character)
            }
        }
        return width
    }

    /// The columns of a character: none for a mark that stands alone, two for what East Asian scripts and pictures take.
    static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.isASCII { return 1 }
        if isWide(first) || character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return 1
        }
    }

    /// Wide and full width as Unicode's East Asian Width has them (UAX 11), with the pictures that are shown as such.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F: true
        case 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60: true
        case 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x20000...0x3FFFD: true
        default: scalar.properties.isEmojiPresentation
        }
    }
}
