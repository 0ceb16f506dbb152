package import CSVReading

// What people write for an option, on the command line or in the settings, and what it means.
extension ReadingOptions {
    /// Reads what follows `--map`: `StartTime=Appt start`. The left side is one of our columns (an alias will do),
    /// the right side a name as the file has it; nothing there leaves an optional column out.
    package static func mapping(_ text: String) throws(InputError) -> (column: InputColumn, name: String) {
        let (left, right) = try pair(text)
        guard let column = InputColumn(named: left) else { throw .unknownColumn(left) }
        guard !right.isEmpty || !column.isRequired || column == .end else { throw .mappedToNothing(column) }
        return (column, right)
    }

    /// Reads all that `--map` is given.
    package static func columnMap(_ texts: [String]) throws(InputError) -> [InputColumn: String] {
        var written: [String: (left: String, right: String)] = [:]
        for text in texts {
            let pair = try pair(text)
            if let other = written.updateValue(pair, forKey: nameKey(pair.left)), other.right != pair.right {
                throw .mappedTwice(pair.left, other.right, pair.right)
            }
        }
        var map: [InputColumn: String] = [:]
        for text in texts {
            let (column, name) = try mapping(text)
            if let other = map.updateValue(name, forKey: column), other != name {
                throw .mappedTwice(column.name, other, name)
            }
        }
        return map
    }

    /// `StartTime=Appt start`, both sides trimmed.
    private static func pair(_ text: String) throws(InputError) -> (left: String, right: String) {
        guard let mark = text.firstIndex(of: "="), !Wording.trimmed(String(text[..<mark])).isEmpty else {
            throw .notAMapping(text)
        }
        return (
            Wording.trimmed(String(text[..<mark])), Wording.trimmed(String(text[text.index(after: mark)...]))
        )
    }

    /// Reads what follows `--columns`: names separated by commas, an empty one for a column to ignore.
    package static func columns(_ text: String) throws(InputError) -> [String] {
        let names = list(text[...])
        guard names.contains(where: { InputColumn(named: $0) != nil }) else {
            throw .noKnownColumn(in: text)
        }
        return names
    }

    /// Reads what follows `--skip` and `--only`: `Status=On hold,Draft`. An empty value is an empty field; one that has a
    /// comma in it stands within quotes, `Status="Hold, customer"`, and a quote in it is doubled.
    package static func rule(_ text: String) throws(InputError) -> ColumnRule {
        guard let mark = text.firstIndex(of: "="), !Wording.trimmed(String(text[..<mark])).isEmpty else {
            throw .notARule(text)
        }
        guard let values = quotedList(text[text.index(after: mark)...]) else { throw .notARule(text) }
        return ColumnRule(column: Wording.trimmed(String(text[..<mark])), values: values)
    }

    /// Values between commas, some of them within quotes; nil where a quote has no other one.
    private static func quotedList(_ text: Substring) -> [String]? {
        var values: [String] = []
        var rest = text[...]
        while true {
            rest = rest.drop(while: \.isWhitespace)
            guard rest.first == "\"" else {
                let end = rest.firstIndex(of: ",") ?? rest.endIndex
                values.append(Wording.trimmed(String(rest[..<end])))
                if end == rest.endIndex { return values }
                rest = rest[rest.index(after: end)...]
                continue
            }
            var value = ""
            rest.removeFirst()
            while let character = rest.popFirst() {
                if character == "\"" {
                    if rest.first != "\"" { break }
                    rest.removeFirst()
                } else if rest.isEmpty {
                    return nil
                }
                value.append(character)
            }
            values.append(Wording.trimmed(value))
            rest = rest.drop(while: \.isWhitespace)
            guard let comma = rest.popFirst() else { return values }
            guard comma == "," else { return nil }
        }
    }

    private static func list(_ text: Substring) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map { Wording.trimmed(String($0)) }
    }

    /// Reads what follows `--hours`: `07:00-20:00`, `7-20`, up to 24:00, the first before the second. Minutes since
    /// midnight.
    package static func hours(_ text: String) throws(InputError) -> ClosedRange<Int> {
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
            throw .notHours(text)
        }
        return from...to
    }

    /// Reads what follows `--date-order`: `mdy`, `dmy` or `ymd`.
    package static func dateOrder(_ text: String) throws(InputError) -> DateOrder {
        guard let order = DateOrder(rawValue: nameKey(text)) else { throw .notADateOrder(text) }
        return order
    }

    /// Reads what follows `--time-zone`.
    package static func timeZone(_ text: String) throws(InputError) -> ZoneRule {
        guard let rule = ZoneRule(named: text) else { throw .notATimeZone(text) }
        return rule
    }

    /// Reads what follows `--delimiter`: one ASCII character, or its name.
    package static func delimiter(_ text: String) throws(InputError) -> UInt8 {
        if let byte = delimiterNames[text.lowercased()] { return byte }
        let bytes = Array(text.utf8)
        guard bytes.count == 1, bytes[0] == 9 || (32...126).contains(bytes[0]), Dialect.canDelimit(bytes[0])
        else { throw .notADelimiter(text) }
        return bytes[0]
    }

    private static let delimiterNames: [String: UInt8] = [
        "comma": UInt8(ascii: ","), "semicolon": UInt8(ascii: ";"), "tab": UInt8(ascii: "\t"),
        "pipe": UInt8(ascii: "|"), "\\t": UInt8(ascii: "\t"),
    ]

    /// Reads what follows `--encoding`: any name that the C library knows.
    package static func encoding(_ text: String) throws(InputError) -> TextEncoding {
        guard let encoding = TextEncoding(name: Wording.trimmed(text)) else {
            throw .notAnEncoding(text, usual: usualEncodings)
        }
        return encoding
    }

    private static let usualEncodings =
        TextEncoding.builtIn.map(\.name) + ["macintosh", "cp437", "windows-1250", "shift_jis"]
}
