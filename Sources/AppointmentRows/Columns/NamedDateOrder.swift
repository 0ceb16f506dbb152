/// Which number of a date comes first, as the name of its column says: `Date (dd/mm/yyyy)`.
enum NamedDateOrder {
    /// The order that a name says; nil where it says none, or begins with the year.
    static func order(in name: String) -> DateOrder? {
        var pattern = ""
        for word in name.lowercased().split(whereSeparator: { !$0.isLetter }) {
            guard word.allSatisfy({ "dmy".contains($0) }) else {
                if let order = order(ofPattern: pattern) { return order }
                pattern = ""
                continue
            }
            pattern += word
        }
        return order(ofPattern: pattern)
    }

    /// - Parameter pattern: `ddmmyyyy`, `mdy`.
    private static func order(ofPattern pattern: String) -> DateOrder? {
        guard let day = pattern.firstIndex(of: "d"), let month = pattern.firstIndex(of: "m"),
            pattern.first != "y"
        else { return nil }
        return day < month ? .dayFirst : .monthFirst
    }
}
