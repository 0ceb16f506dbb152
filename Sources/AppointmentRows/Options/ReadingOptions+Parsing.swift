/// A setting that can't be understood: wrong usage, found before any file is opened.
package struct OptionError: Error, Sendable, Hashable {
    /// The reason: one sentence without its full stop, not escaped.
    package var message: String
    /// What would fix it: one sentence without its full stop, not escaped.
    package var fix: String
}

extension ReadingOptions {
    /// Reads what follows `--map`: `StartTime=Appt start`. The left side is one of our columns (an alias will do),
    /// the right side a name as the file has it; nothing there leaves an optional column out.
    package static func mapping(_ text: String) throws(OptionError) -> (column: InputColumn, name: String) {
        guard let mark = text.firstIndex(of: "=") else {
            throw OptionError(
                message: "--map \(Wording.quoted(text)) has no =",
                fix: "write --map StartTime=\"Appt start\": our column, =, the file's name for it")
        }
        let left = Wording.trimmed(String(text[..<mark]))
        let right = Wording.trimmed(String(text[text.index(after: mark)...]))
        guard let column = InputColumn(named: left) else {
            let names = InputColumn.allCases.map(\.name)
            var fix = "the columns are \(names.joined(separator: ", "))"
            if let name = Suggestion.closest(to: left, among: names) { fix = "did you mean \(name)? \(fix)" }
            throw OptionError(message: "--map: \(Wording.quoted(left)) is not one of our columns", fix: fix)
        }
        guard !right.isEmpty || !column.isRequired else {
            throw OptionError(
                message: "--map \(column.name)= names no column of the file",
                fix: "write --map \(column.name)=\"the file's name for it\"")
        }
        return (column, right)
    }

    /// Reads what follows `--columns`: names separated by commas, an empty one for a column to ignore.
    package static func columns(_ text: String) throws(OptionError) -> [String] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map {
            Wording.trimmed(String($0))
        }
        let known = Set(names.compactMap { InputColumn(named: $0) })
        guard !known.isEmpty else {
            throw OptionError(
                message: "--columns \(Wording.quoted(text)) names none of our columns",
                fix:
                    "write --columns SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType in the file's order"
            )
        }
        return names
    }

    /// Reads what follows `--hours`: `07:00-20:00`, `7-20`, up to 24:00, the first before the second.
    package static func hours(_ text: String) throws(OptionError) -> ClosedRange<Int> {
        func minutes(_ part: Substring) -> Int? {
            let numbers = Wording.trimmed(String(part)).split(
                separator: ":", omittingEmptySubsequences: false)
            guard (1...2).contains(numbers.count),
                numbers.allSatisfy({
                    (1...2).contains($0.count) && $0.allSatisfy { ("0"..."9").contains($0) }
                }),
                let hour = Int(numbers[0]), let minute = numbers.count == 2 ? Int(numbers[1]) : 0,
                numbers.count == 1 || numbers[1].count == 2, minute < 60, hour * 60 + minute <= 1440
            else { return nil }
            return hour * 60 + minute
        }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }
        guard parts.count == 2, let from = minutes(parts[0]), let to = minutes(parts[1]), from < to else {
            throw OptionError(
                message: "--hours \(Wording.quoted(text)) is not a time span within a day",
                fix: "write --hours 07:00-20:00, 24-hour, the earlier time first")
        }
        return from...to
    }

    /// Reads what follows `--date-order`: `mdy`, `dmy` or `ymd`.
    package static func dateOrder(_ text: String) throws(OptionError) -> DateOrder {
        guard let order = DateOrder(rawValue: nameKey(text)) else {
            throw OptionError(
                message: "--date-order \(Wording.quoted(text)) is unknown", fix: "write mdy, dmy or ymd")
        }
        return order
    }

    /// Reads what follows `--time-zone`.
    package static func timeZone(_ text: String) throws(OptionError) -> ZoneRule {
        guard let rule = ZoneRule(named: text) else {
            throw OptionError(
                message: "--time-zone \(Wording.quoted(text)) is not a time zone",
                fix: ZoneRule.fix(for: text))
        }
        return rule
    }
}
