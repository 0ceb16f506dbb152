/// What programs write below a list that they did not write to its end: `Showing 50 of 150 records`, `Query timed out`.
enum IncompleteFileWords {
    /// Whether a line that is no row says that rows are lacking.
    static func areIn(_ text: String) -> Bool {
        guard mayBeIn(text) else { return false }
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "," && $0 != "." }
            .map { $0.filter { $0 != "," && $0 != "." } }.filter { !$0.isEmpty }
        let joined = words.joined(separator: " ")
        if failures.contains(where: { joined.contains($0) }) || text.lowercased().hasPrefix("error:") {
            return true
        }
        // `Page 1 of 3` is a report's.
        guard words.contains(where: lists.contains), !words.contains(where: pages.contains) else {
            return false
        }
        return words.indices.dropFirst().dropLast().contains { index in
            guard words[index] == "of" || words[index] == "out", let shown = Int(words[index - 1]) else {
                return false
            }
            let next = words[(index + 1)...].first { !["of", "the", "a", "total", "about"].contains($0) }
            return next.flatMap { Int($0) }.map { shown < $0 } ?? false
        }
    }

    /// A quick look that is sure where it says no: headings are many.
    private static func mayBeIn(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            for start in bytes.indices {
                let byte = bytes[start] | 0x20
                guard beginnings[Int(byte)] else { continue }
                for sign in signs where sign[0] == byte && start + sign.count <= bytes.count {
                    var place = 1
                    while place < sign.count, bytes[start + place] | 0x20 == sign[place] { place += 1 }
                    if place == sign.count { return true }
                }
            }
            return false
        }
    }

    /// What one of them has in it in any case, in lower case.
    private static let signs = [
        " of ", "error", "timed out", "timeout", "limit ", "truncated", "export ", "query ", "connection",
        "out of",
        "exception", "partial", "not all ",
    ].map { Array($0.utf8) }
    /// Whether one of those begins with a byte.
    private static let beginnings: [Bool] = {
        var beginnings = [Bool](repeating: false, count: 256)
        for sign in signs { beginnings[Int(sign[0])] = true }
        return beginnings
    }()
    private static let lists: Set<String> = [
        "showing", "shown", "displaying", "displayed", "record", "records", "row", "rows", "result",
        "results", "entry",
        "entries", "appointment", "appointments", "visit", "visits", "job", "jobs", "item", "items",
        "exported", "listed",
        "returned", "first",
    ]
    private static let pages: Set<String> = ["page", "pages", "sheet", "seite"]
    private static let failures = [
        "timed out", "query timeout", "request timeout", "execution timeout", "timeout expired",
        "limit reached",
        "limit exceeded", "row limit", "results truncated", "output truncated", "export truncated",
        "list truncated",
        "export incomplete", "export failed", "export aborted", "export cancelled", "query failed",
        "query cancelled",
        "connection lost", "lost connection", "out of memory", "fatal error", "unhandled exception",
        "partial export",
        "partial results", "not all records", "not all rows",
    ]
}
