// Every sentence about columns that are missing or can't be told apart.
extension InputError {
    static func noHeader(_ fields: [String], line: Int) -> InputError {
        let example = ColumnsExample(fields)
        let columns = "--no-header --columns \(example.names.joined(separator: ","))"
        let open = example.open.map { example.names[$0] }
        let what = fields.count == 1 ? "its column is" : "its \(fields.count) columns are"
        return InputError(
            code: .noHeader, line: line,
            message:
                "line \(line) holds data (\(Wording.list(fields, limit: 4))), not the names of the columns",
            fix: open.isEmpty
                ? "say what \(what): \(columns), or write these names into a first line"
                : "say what \(what): \(columns), "
                    + "with one of our names (SecurityTraxUniqueID, TechID, StartTime, EndTime, ServiceType, Notes …) "
                    + "in the place of \(open.count > 3 ? "each FIELD" : joined(open)), or nothing to leave it out; "
                    + "or write such names into a first line")
    }

    static func missingColumns(
        _ missing: [InputColumn], header: [String], unused: [String], isGiven: Bool, line: Int
    ) -> InputError {
        let names = missing.map(\.name)
        let listed = header.filter { !$0.isEmpty }
        let message =
            (names.count == 1
                ? "the column \(names[0]) is missing" : "the columns \(joined(names)) are missing")
            + (listed.isEmpty
                ? ": no column has a name"
                : "; \(isGiven ? "--columns names" : "the file has") \(Wording.list(listed))")
        if isGiven {
            return InputError(
                code: .missingColumn, message: message, fix: "name every required column in --columns")
        }
        if header.count == 1 {
            return InputError(
                code: .missingColumn, line: line, message: message,
                fix:
                    "check that the file is CSV; if its fields are separated by something else than a comma, "
                    + "a semicolon, a tab or |, say so with --delimiter")
        }
        let guesses = ColumnGuess.guesses(for: missing, among: unused)
        let rename =
            "rename the file's own " + (names.count == 1 ? "column to \(names[0])" : "columns to these names")
        let standIns: [InputColumn] = [.duration, .window]
        let isEndKnown = ([.end] + standIns).contains { guesses[$0] != nil }
        let unknown = missing.filter { guesses[$0] == nil && ($0 != .end || !isEndKnown) }.map {
            "--map \($0.name)=\"its name in the file\""
        }
        let known = (missing + (missing.contains(.end) ? standIns : [])).compactMap { column in
            guesses[column].map { "--map \(column.name)=\(Wording.argument($0))" }
        }
        let otherEnds =
            missing.contains(.end) && !isEndKnown
            ? "; how long the visit takes is --map Duration, a start and an end in one column --map Window"
            : ""
        let fix =
            if known.isEmpty {
                "\(rename), or say which \(names.count == 1 ? "one it is" : "ones they are") with "
                    + unknown.joined(separator: " ")
            } else {
                "did you mean \(known.joined(separator: " "))? If so, add that"
                    + (unknown.isEmpty
                        ? "" : " and say where the rest is with \(unknown.joined(separator: " "))")
                    + ", or \(rename)"
            }
        let otherCustomers =
            missing.contains(.customerID) && guesses[.customerID] == nil
            ? "; customers are known by --map CustomerPhone or --map AccountNumber too" : ""
        return InputError(
            code: .missingColumn, line: line, message: message, fix: fix + otherEnds + otherCustomers)
    }

    static func noSuchColumn(_ name: String, option: String, header: [String], line: Int) -> InputError {
        let listed = header.filter { !$0.isEmpty }
        let close = Suggestion.closest(to: name, among: listed)
        return InputError(
            code: .missingColumn, line: line,
            message: "\(option) names \(Wording.quoted(name)), but the file has \(Wording.list(listed))",
            fix: close.map { "did you mean \(Wording.quoted($0))?" }
                ?? "name a column as the file's first line has it")
    }

    /// `--skip` or `--only` names a column that the file doesn't have.
    static func noSuchRuleColumn(_ name: String, option: String, header: [String], line: Int) -> InputError {
        var error = noSuchColumn(name, option: option, header: header, line: line)
        error.code = .unknownRuleColumn
        return error
    }

    static func ambiguousColumn(_ name: String, option: String, count: Int, line: Int) -> InputError {
        InputError(
            code: .duplicateColumn, line: line,
            message: "\(option) names \(Wording.quoted(name)), which the file has \(count) times",
            fix: "rename all but one of them in the file")
    }

    private static func joined(_ names: [String]) -> String {
        names.count < 2
            ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    }
}
