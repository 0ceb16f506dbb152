/// The characters that act instead of showing: control characters, which move a terminal's cursor or end a line, and
/// those that reorder, hide or break what stands beside them. No text of a file, a server or a user leaves the program
/// with one of them as it is, but for the values of the CSV files that are data: this is the only table of them.
package enum ActingCharacter {
    /// Whether the character acts.
    package static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // C0, DEL, C1.
        case 0..<0x20, 0x7F..<0xA0: true
        // Soft hyphen, grapheme joiner, Arabic letter mark, Hangul and Khmer fillers, Mongolian separators.
        case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F: true
        // Zero width and bidi marks, line and paragraph separators, bidi embeddings and overrides, invisible
        // operators and bidi isolates.
        case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
        // Fillers, BOM, interlinear annotations.
        case 0x3164, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB: true
        // Shorthand and musical format controls.
        case 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A: true
        // Tags and the variation selectors beside them, which carry hidden text.
        case 0xE0000...0xE0FFF: true
        default: false
        }
    }

    /// Whether a text has one.
    package static func isIn(_ text: String) -> Bool {
        text.unicodeScalars.contains(where: contains)
    }

    /// The character made visible: `\n`, `\t`, `\u{1B}`.
    package static func visible(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }

    /// The text with every such character made visible.
    ///
    /// - Parameter kept: those of them that the way out can carry, such as line breaks.
    package static func escaped(_ text: String, keeping kept: String = "") -> String {
        guard isIn(text) else { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            if contains(scalar), !kept.unicodeScalars.contains(scalar) {
                result += visible(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
