import AppointmentRows

/// `--format`.
enum OutputFormat: String, Sendable, CaseIterable {
    case text, json, csv, html
}

/// `--log-format`.
enum LogFormat: String, Sendable, CaseIterable {
    case text, json
}

/// `--color`.
enum ColorChoice: String, Sendable, CaseIterable {
    case auto, always, never
}

/// `--date-order`.
enum DateOrderChoice: String, Sendable, CaseIterable {
    case mdy, dmy, ymd
}

/// `--techs`: a file, or the settings file's own numbers by name.
enum RosterChoice: Sendable, Hashable {
    case file(String)
    case numbers([String: String])

    /// Takes a path, or what the settings file's reader makes of an object: `NAME=NUMBER` each.
    init(parsing texts: [String]) throws {
        var numbers: [String: String] = [:]
        for text in texts {
            guard let mark = text.lastIndex(of: "="), let number = Int64(text[text.index(after: mark)...]),
                number > 0, numbers.updateValue(String(number), forKey: String(text[..<mark])) == nil
            else {
                self = .file(try ValueParser.text(texts))
                return
            }
        }
        self = .numbers(numbers)
    }
}

/// `--encoding`. What a BOM or, without one, UTF-8 decides is `nil` in the settings.
enum EncodingChoice: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case windows1252 = "windows-1252"
    case latin1 = "iso-8859-1"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
}

/// `--max-invalid`: a number of rows, or a share of them.
enum RowLimit: Sendable, Hashable {
    case rows(Int)
    /// 0...100.
    case percent(Double)

    init(parsing text: String) throws {
        if text.hasSuffix("%") {
            do {
                self = .percent(try ValueParser.number([String(text.dropLast())], 0...100))
                return
            } catch is ValueFault {}
        } else if let rows = try? ValueParser.integer([text], 0...Int.max) {
            self = .rows(rows)
            return
        }
        throw ValueFault(
            "\(ValueParser.quoted(text)) is neither a number of rows nor a percentage",
            fix: "give for example 10 or 5%")
    }
}

/// `--hours`: the clock times between which appointments may lie.
struct HourRange: Sendable, Hashable {
    /// Minutes since midnight: 0...1439.
    let opening: Int
    /// Minutes since midnight, after `opening`: 1...1440.
    let closing: Int

    init(parsing text: String) throws {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(Self.minutes)
        guard parts.count == 2, let opening = parts[0], let closing = parts[1], opening < closing else {
            throw ValueFault(
                "\(ValueParser.quoted(text)) is not a span of hours", fix: "give for example 07:00-20:00")
        }
        self.opening = opening
        self.closing = closing
    }

    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60,
            hour < 24 || (hour == 24 && minute == 0)
        else { return nil }
        return hour * 60 + minute
    }
}

/// `--map COLUMN=NAME`: which of the file's columns serves as one of ours. Whether
/// `column` is one of ours is for the reader of the header to say.
struct ColumnMapping: Sendable, Hashable {
    /// Our column: `StartTime`.
    let column: String
    /// What the file calls it.
    let name: String

    /// The mappings of texts such as `StartTime=Appt start`.
    static func parse(_ texts: [String]) throws -> [ColumnMapping] {
        var mappings: [ColumnMapping] = []
        for text in texts {
            // `TechID=` leaves the column out.
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                throw ValueFault(
                    "\(ValueParser.quoted(text)) is not of the form COLUMN=NAME",
                    fix: "give for example StartTime=\"Appt start\"")
            }
            let mapping = ColumnMapping(
                column: String(text[..<equals]), name: String(text[text.index(after: equals)...]))
            if let other = mappings.first(where: { $0.column.lowercased() == mapping.column.lowercased() }),
                other != mapping
            {
                throw ValueFault(
                    "\(mapping.column) is mapped to both \(ValueParser.quoted(other.name)) and \(ValueParser.quoted(mapping.name))",
                    fix: "map each column once")
            }
            mappings.append(mapping)
        }
        return mappings
    }
}

/// `--skip` and `--only COLUMN=VALUE,…`: values of one of the file's columns.
struct ColumnValues: Sendable, Hashable {
    /// What the file calls the column.
    let column: String
    /// The values; an empty one is an empty field.
    let values: [String]

    init(parsing text: String) throws {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw ValueFault(
                "\(ValueParser.quoted(text)) is not of the form COLUMN=VALUE,…",
                fix: "give for example Status=\"On hold,Draft\"")
        }
        column = String(text[..<equals]).trimmingSpaces()
        values = text[text.index(after: equals)...]
            .split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingSpaces() }
    }
}

/// `--delimiter`: one ASCII character, or its name.
enum DelimiterText {
    static let names: [(name: String, byte: UInt8)] = [
        ("comma", UInt8(ascii: ",")), ("semicolon", UInt8(ascii: ";")), ("tab", UInt8(ascii: "\t")),
        ("pipe", UInt8(ascii: "|")), ("\\t", UInt8(ascii: "\t")),
    ]

    static func byte(_ text: String) throws -> UInt8 {
        if let named = names.first(where: { $0.name == text.lowercased() }) { return named.byte }
        let bytes = Array(text.utf8)
        guard bytes.count == 1, bytes[0] == 9 || (32...126).contains(bytes[0]), bytes[0] != UInt8(ascii: "\"")
        else {
            throw ValueFault(
                "\(ValueParser.quoted(text)) is not one delimiter",
                fix: "give one character, or comma, semicolon, tab or pipe")
        }
        return bytes[0]
    }
}
