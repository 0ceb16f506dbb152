/// Words with which the lines begin that reports add to their rows: totals, page numbers, the names of days.
enum SummaryWords {
    /// Whether a text begins with one: `Grand Total: 12`, `Sub-total`, `Monday`, `Printed 1/5/2027`.
    static func begin(_ text: String) -> Bool {
        let lower = text.lowercased()
        if isOne(lower[...]) { return true }
        return ["grand ", "sub-", "sub"].contains { lower.hasPrefix($0) && isOne(lower.dropFirst($0.count)) }
    }

    /// Whether a text begins with a sum's: `Total: 12`, `Subtotal`.
    static func beginTotal(_ text: String) -> Bool {
        let lower = text.lowercased()
        return begin(text) && (lower.contains("total") || lower.hasPrefix("sum") || lower.hasPrefix("count"))
    }

    private static func isOne(_ text: Substring) -> Bool {
        let word = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return words.contains(String(word))
            || word.hasSuffix("day") && words.contains(String(word.dropLast(3)))
    }

    private static let words: Set<String> = [
        "total", "totals", "subtotal", "subtotals", "sum", "count", "average", "record", "records", "page",
        "report", "printed", "generated", "copyright", "mon", "tue", "tues", "wed", "wednes", "thu", "thurs",
        "fri", "sat", "satur", "sun",
    ]
}
