import SecurityTrax

/// The sender's own number of an appointment (`--identity-column`), as it is compared: without what spreadsheets and
/// programs do to a number on its way through a file.
package enum SenderNumber {
    /// What is left of a trimmed text: `501` of `501.0`, `00501`, `1,501` without its comma, `#501`, `'501`, `="501"`.
    ///
    /// Anything that is no number of digits stays as it is, letter case included.
    package static func canonical(_ text: String) -> String {
        // `é` is one character or two, and a space one that breaks or not, as the program had it.
        let text =
            text.utf8.allSatisfy { $0 < 0x80 }
            ? text
            : text.canonicallyComposed.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ")
        var rest = text[...]
        if rest.hasPrefix("=\""), rest.hasSuffix("\""), rest.count > 3 { rest = rest.dropFirst(2).dropLast() }
        if rest.first == "'" || rest.first == "#" { rest = rest.dropFirst() }
        var digits = rest
        if let point = digits.lastIndex(of: ".") {
            let fraction = digits[digits.index(after: point)...]
            if !fraction.isEmpty, fraction.allSatisfy({ $0 == "0" }) { digits = digits[..<point] }
        }
        let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
        if groups.count > 1 {
            guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else {
                return String(rest)
            }
            digits = groups.joined()[...]
        }
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0.isDigit }) else {
            return rest.isEmpty ? text : String(rest)
        }
        let number = digits.drop { $0 == "0" }
        return number.isEmpty ? "0" : String(number)
    }

    /// Whether a trimmed text stands where there is no number yet: several rows have the same one then, and none of them
    /// is the other.
    static func isPlaceholder(_ text: String) -> Bool {
        let text = canonical(text)
        // `=A1` is a formula that was not worked out.
        if text == "0" || text == "-1" || text.hasPrefix("=") { return true }
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return true }
        // A word with a digit is a number of some kind.
        guard text.utf8.count <= 40, !text.contains(where: \.isNumber) else { return false }
        let key = nameKey(text).filter { $0.isLetter || $0 == "/" }
        return NobodyWords.contain(text) || NobodyWords.contain(key) || placeholders.contains(key)
            || Set(key) == ["x"] || YesNoWords.answer(text) != nil && key.count > 1
    }

    /// As keys, of letters alone.
    private static let placeholders: Set<String> = [
        "new", "unknown", "pending", "tbc", "tobeconfirmed", "todo", "tobedefined", "tobeadded", "tobeissued",
        "notyet", "notavailable", "notapplicable", "notknown", "notset", "notissued", "notentered", "noid",
        "nonumber", "nojob", "nojobnumber", "missing", "undefined", "empty", "blank", "open", "draft", "temp",
        "temporary", "placeholder", "tbs", "noneyet", "seenotes", "same", "ditto", "error", "invalid", "void",
        "default", "auto", "automatic", "generated", "number", "id", "string", "text", "value", "later",
        "asap", "ask", "callin", "walkin", "wip", "inprogress", "needed", "required", "na/na", "newjob",
        "neworder", "unk", "unkn", "idk", "test", "assign", "toassign", "pendingnumber", "numberpending",
    ]

    /// Whether a trimmed text is its own canonical form, as nearly all are, and is a number; false where that takes a closer
    /// look.
    @inline(__always)
    static func isCanonical(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = bytes.first else { return true }
        if first == UInt8(ascii: "0") || first == UInt8(ascii: "'") || first == UInt8(ascii: "#")
            || first == UInt8(ascii: "=") || first == UInt8(ascii: "-")
        {
            return false
        }
        // A text without a digit may be a word for none, one with a separator a date.
        var hasDigit = false
        var hasSeparator = false
        for byte in bytes {
            if byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
                || byte == UInt8(ascii: "+")
            {
                return false
            }
            if byte.isDigit { hasDigit = true }
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: " ") {
                hasSeparator = true
            }
        }
        if hasSeparator, DateInsteadOfNumber.isOne(bytes) { return false }
        return hasDigit && (bytes.count <= exactDigits || !isRounded(bytes))
    }

    /// How many digits of a number spreadsheets keep.
    private static let exactDigits = 15

    /// Whether digits are what a spreadsheet leaves of a longer number: zeros from the sixteenth on, two at the least, since
    /// one in ten numbers ends in one.
    static func isRounded(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        bytes.count > exactDigits + 1 && bytes.allSatisfy { $0.isDigit }
            && bytes[exactDigits...].allSatisfy { $0 == UInt8(ascii: "0") }
    }
}
