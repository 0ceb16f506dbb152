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

    /// What is left of a value when it is compared.
    static func key(_ value: String) -> String {
        Wording.trimmed(value).lowercased()
    }
}
