/// What programs write where there is no value: `\N` of MySQL and PostgreSQL, `NULL`, `NaT`, `<NA>`, `nan`, `None`.
///
/// A spreadsheet's `#N/A` is none of them: a formula looked for a value there, and the value is lost.
enum NoValueWords {
    /// Whether a text is such a word and nothing else.
    static func contain(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { contain(trim($0)) }
    }

    /// Whether trimmed bytes are such a word.
    static func contain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard mayBeOne(bytes) else { return false }
        var word = bytes
        if let last = bytes.last, brackets.contains(where: { $0 == (bytes[0], last) }) {
            word = UnsafeBufferPointer(rebasing: bytes[1..<(bytes.count - 1)])
        }
        // `Nan` and `Nat` are given names.
        if exactWords.contains(where: { $0.elementsEqual(word) }) { return true }
        return words.contains { known in
            known.count == word.count && zip(known, word).allSatisfy { $0 == ($1.isLetter ? $1 | 0x20 : $1) }
        }
    }

    /// Whether they could be: a quick look, in which nearly all others are told from it.
    @inline(__always)
    private static func mayBeOne(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first, bytes.count <= 11 else { return false }
        return switch first {
        case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "\\"): bytes.count <= 4
        case UInt8(ascii: "u"), UInt8(ascii: "U"): bytes.count == 9
        case UInt8(ascii: "("), UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "{"): true
        default: false
        }
    }

    private static let words: [[UInt8]] = [
        "\\n", "null", "nil", "none", "na", "n/a", "n.a.", "undefined",
    ].map { Array($0.utf8) }

    private static let exactWords: [[UInt8]] = ["NaT", "nan", "NaN", "NAN"].map { Array($0.utf8) }

    private static let brackets: [(UInt8, UInt8)] = ["()", "<>", "[]", "{}"].map { pair in
        let bytes = Array(pair.utf8)
        return (bytes[0], bytes[1])
    }
}
