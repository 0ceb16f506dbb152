/// Text on its way into an HTML page.
package enum HTMLText {
    /// Text from files and servers as text of the page.
    package static func escaped(_ text: String) -> String {
        if text.utf8.allSatisfy(isPlain) { return text }
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            // Visible, not as a reference: a browser would follow that.
            case _ where ActingCharacter.contains(scalar): escaped += ActingCharacter.visible(scalar)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// The same where it stands in a line with others: a text that runs from right to left would carry them along.
    static func isolated(_ text: String) -> String {
        isRightToLeft(text) ? "<bdi>\(escaped(text))</bdi>" : escaped(text)
    }

    private static func isRightToLeft(_ text: String) -> Bool {
        if text.utf8.allSatisfy({ $0 < 0xD6 }) { return false }
        return text.unicodeScalars.contains { scalar in
            switch scalar.value {
            case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
            default: false
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            false
        default: (0x20..<0x7F).contains(byte)
        }
    }

    /// The text as one field of a line of fields: its own tabs and line breaks are made visible. A mark behind a text
    /// that runs from right to left keeps it from turning the figures of the next field around; an element for each
    /// would cost a browser much.
    static func field(_ text: String) -> String {
        let field =
            text.utf8.contains { $0 < 0x20 }
            ? escaped(text.replacing("\n", with: "⏎").replacing("\t", with: " ")) : escaped(text)
        return isRightToLeft(text) ? field + "\u{200E}" : field
    }

    /// Our own text, escaped, with its commands as code, which no line break tears apart.
    static func withCommands(_ text: String) -> String {
        escaped(text).replacing(/stimport [a-z]+(?: --[a-z-]+| [A-Z]+…?)*/) { "<code>\($0.output)</code>" }
    }

    /// An element with text that is escaped here.
    static func element(_ name: String, _ text: String, class style: String? = nil) -> String {
        "<\(name)\(style.map { " class=\"\($0)\"" } ?? "")>\(escaped(text))</\(name)>"
    }
}
