// Every sentence about what people write for an option and that can't be understood. None names the place where it
// stood: whoever read it there does.
extension InputError {
    // MARK: Columns

    static func unknownColumn(_ text: String) -> InputError {
        let names = InputColumn.allCases.map(\.name)
        return option(
            "\(Wording.quoted(text)) is not one of our columns",
            fix: Suggestion.question(about: text, among: names)
                + "the columns are \(names.joined(separator: ", "))")
    }

    static func mappedToNothing(_ column: InputColumn) -> InputError {
        option(
            "\(column.name)= names no column of the file",
            fix: "write \(column.name)=\"the file's name for it\"")
    }

    static func mappedTwice(_ column: String, _ first: String, _ second: String) -> InputError {
        option(
            "\(column) is mapped to both \(Wording.quoted(first)) and \(Wording.quoted(second))",
            fix: "map each column once")
    }

    static func notAMapping(_ text: String) -> InputError {
        option(
            "\(Wording.quoted(text)) is not of the form COLUMN=NAME",
            fix: "give for example StartTime=\"Appt start\": our column, =, the file's name for it")
    }

    static func noKnownColumn(in text: String) -> InputError {
        option(
            "\(Wording.quoted(text)) names none of our columns",
            fix:
                "give for example SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType, in the file's order"
        )
    }

    static func notARule(_ text: String) -> InputError {
        option(
            "\(Wording.quoted(text)) is not of the form COLUMN=VALUE,…",
            fix:
                "give for example Status=\"On hold,Draft\"; a value with a comma in it stands within quotes of its own, "
                + "'Status=\"Hold, customer\"'")
    }

    // MARK: How a file is written

    static func notHours(_ text: String) -> InputError {
        option(
            "\(Wording.quoted(text)) is not a span of hours within a day",
            fix: "give for example 07:00-20:00, 24-hour, the earlier time first")
    }

    static func notADateOrder(_ text: String) -> InputError {
        option(
            "\(Wording.quoted(text)) is no order of day, month and year",
            fix: "give \(DateOrder.allCases.map(\.rawValue).joined(separator: ", "))")
    }

    static func notATimeZone(_ text: String) -> InputError {
        option("\(Wording.quoted(text)) is not a time zone", fix: ZoneRule.fix(for: text))
    }

    static func notADelimiter(_ text: String) -> InputError {
        option(
            "\(Wording.quoted(text)) is not one delimiter",
            fix: "give one character, or comma, semicolon, tab or pipe")
    }

    /// - Parameter usual: Names of encodings that people mean.
    static func notAnEncoding(_ text: String, usual: [String]) -> InputError {
        let meant = Suggestion.question(about: text, among: usual)
        return option(
            "\(Wording.quoted(text)) is no character encoding that is known here",
            fix: meant + "give a name such as \(usual.joined(separator: ", ")), or any that iconv -l lists")
    }

    // MARK: Words and what they stand for

    static func notAMappableColumn(_ name: String) -> InputError {
        let names = ValueMap.columns.map(\.name)
        let meant = Suggestion.question(about: name, among: names)
        return option(
            "\(Wording.quoted(name)) is no column whose values can be mapped",
            fix: "\(meant)name one of \(names.joined(separator: ", "))")
    }

    static func emptyValueMapped(_ column: InputColumn, to ours: String) -> InputError {
        option(
            "an empty value of \(column.name) is mapped to \(Wording.quoted(ours))",
            fix: "name the file's own value; rows without one are to be completed")
    }

    static func twoMeanings(_ theirs: String, _ column: InputColumn) -> InputError {
        option("\(Wording.quoted(theirs)) of \(column.name) is given two meanings", fix: "give it one")
    }

    static func notOurValue(_ theirs: String, _ column: InputColumn, _ ours: String, fix: String)
        -> InputError
    {
        option(
            "\(Wording.quoted(theirs)) of \(column.name) is mapped to \(Wording.quoted(ours)), "
                + "which is not one of our values",
            fix: fix)
    }

    static func notThreeFields(_ count: Int, line: Int) -> InputError {
        option("line \(line) has \(count) fields", fix: "write three: our column, their value, our value")
    }

    static func unreadableWords(_ reason: String, fix: String? = nil) -> InputError {
        option(reason, fix: fix ?? "write a CSV file: our column, their value, our value")
    }

    /// The same, said of a line of a file.
    func inLine(_ line: Int) -> InputError { .option("line \(line): \(message)", fix: fix) }

    private static func option(_ message: String, fix: String) -> InputError {
        InputError(code: .invalidOption, message: message, fix: fix)
    }
}
