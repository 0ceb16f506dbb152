import SecurityTrax

/// A column of the file and values of it, as `--skip` and `--only` name them.
package struct ColumnRule: Sendable, Hashable {
    /// The column, as the file calls it.
    package var column: String
    /// The values, as people write them: case and white space around them don't matter.
    package var values: [String]

    /// A rule.
    package init(column: String, values: [String]) {
        self.column = column
        self.values = values
    }

    /// What is left of a value when it is compared: white space counts as one space, and a spreadsheet's decimals
    /// (`12.0`) don't count.
    ///
    /// - Parameter column: What the values are to us. There, `012` is 12, and `Install` is 1.
    static func key(_ value: String, _ column: InputColumn? = nil) -> String {
        var text = value.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        let number = text.withUTF8 { positiveWholeNumber($0) }
        switch column {
        case .serviceType:
            if let type = text.withUTF8({ ServiceType(written: $0) }) { return String(type.rawValue) }
        case .customerID, .techID:
            if number > 0 { return String(number) }
        default: break
        }
        guard number > 0 || text.hasPrefix("0"), let dot = text.firstIndex(of: "."),
            ["0", "00"].contains(text[text.index(after: dot)...])
        else { return text }
        return String(text[..<dot])
    }
}

extension ColumnPlan {
    /// What the values of a column that a rule names are to us: nil where they are words of the file's own.
    func purpose(ofRuleAt position: Int) -> InputColumn? {
        [.customerID, .techID, .serviceType].first { self[$0] == position }
    }
}
