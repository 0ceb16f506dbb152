/// Untrusted text on its way to a terminal.
enum TerminalText {
    /// The text with everything that a terminal would act on made visible: control
    /// characters and escape sequences as `\n`, `\t`, `\u{1B}`, and so are the
    /// characters that reorder, hide or break what stands beside them. Invalid UTF-8
    /// has become U+FFFD by then, which is shown as it is.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isDangerous) else { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where isDangerous(scalar):
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// As above, with line feeds kept: a result of several lines.
    static func escapedLines(_ text: String) -> String {
        text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map { escaped(String($0)) }.joined(separator: "\n")
    }

    /// The bytes as text: those that are not UTF-8 as `\x9F`, the rest escaped as above.
    static func escaped(bytes: some Sequence<UInt8>) -> String {
        var result = ""
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            if let text = String(validating: rest, as: UTF8.self) { return result + escaped(text) }
            // The longest valid beginning, then the byte that follows it.
            var decoder = UTF8.ForwardParser()
            var iterator = rest.makeIterator()
            var valid = rest.startIndex
            while case .valid(let encoded) = decoder.parseScalar(from: &iterator) { valid += encoded.count }
            result += escaped(String(decoding: rest[..<valid], as: UTF8.self))
            let byte = rest[valid]
            result += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            rest = rest[(valid + 1)...]
        }
        return result
    }

    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        // Soft hyphen, Arabic letter mark, zero-width and bidi marks, line and
        // paragraph separators, bidi embeddings, overrides and isolates, invisible operators, BOM.
        case 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
        // Interlinear annotations, tags.
        case 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
        default: false
        }
    }
}
