extension InputError {
    /// A layout's file lacks columns that something was read from.
    static func columnGone(_ layout: Layout, _ names: [String], line: Int) -> InputError {
        let isOne = names.count == 1
        return InputError(
            code: .columnGone, line: line,
            message:
                "the column\(isOne ? "" : "s") \(Wording.list(names)), which the earlier files of the \(layout.title) had, "
                + (isOne ? "is" : "are") + " gone",
            fix:
                "export the file with \(isOne ? "it" : "them") again; if \(isOne ? "it is" : "they are") left out for good, "
                + "map it anew with stimport map; if it is another kind of file, say --layout none")
    }

    /// A second table stands beside the first one.
    ///
    /// - Parameters:
    ///   - column: A column of it that would be read.
    ///   - gap: The number of the column without a name between them.
    ///   - rows: How many rows it has.
    static func secondTable(column: String, gap: Int, rows: Int, line: Int) -> InputError {
        InputError(
            code: .secondTable, line: line,
            message:
                "column \(gap) has neither a name nor values, and what stands behind it (\(Wording.quoted(column))) has values beside the first \(rows == 1 ? "row" : "\(rows) rows") only: it seems to be another table",
            fix: "remove what stands beside the rows; if it belongs to them, give column \(gap) a name")
    }

    /// A file has all columns of two layouts, and more.
    static func severalLayouts(_ layouts: [Layout], line: Int) -> InputError {
        let names = layouts.map(\.name)
        return InputError(
            code: .severalLayouts, line: line,
            message:
                "the file has all columns of the layouts \(Wording.list(names)), and more: it could be read by each of them",
            fix: "say which one holds: "
                + names.map { "--layout \(Wording.argument($0))" }.joined(separator: " or ")
                + "; or map the file with stimport map")
    }
}
