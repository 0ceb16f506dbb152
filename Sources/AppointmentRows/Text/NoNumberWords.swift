/// What stands in a column of customers' IDs, account numbers or phones where there is none.
enum NoNumberWords {
    /// Whether a field says that there is no number: `N/A`, `-`, `0`, and a spreadsheet's `#N/A`.
    static func contain(_ text: String) -> Bool {
        // A digit that is none of nothing: nearly all fields.
        guard text.utf8.count <= 40, !text.utf8.contains(where: { $0.isDigit && $0 != UInt8(ascii: "0") })
        else { return false }
        if NobodyWords.contain(text) { return true }
        var number = text[...]
        if number.hasPrefix("=\""), number.hasSuffix("\""), number.count > 3 {
            number = number.dropFirst(2).dropLast()
        }
        // `0`, `000`, `0.00`
        if number.contains("0"), number.allSatisfy({ $0 == "0" || $0 == "." }) { return true }
        return words.contains(nameKey(text).filter { !".!".contains($0) })
    }

    /// By their keys: without spaces, `-` and `_`.
    private static let words: Set<String> = [
        "#n/a", "#na", "unknown", "missing", "notavailable", "notapplicable", "notknown", "notgiven",
        "notonfile",
        "noid", "noaccount", "nonumber", "nophone", "blank", "empty", "pending",
    ]
}
