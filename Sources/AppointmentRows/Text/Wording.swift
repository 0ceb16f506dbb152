/// What all messages share: how a value, a list and a time are written.
package enum Wording {
    /// How much of a value a message shows, in characters.
    static let shownLength = 60

    /// A value within quotes, shortened. Not escaped: that is for whoever prints it.
    package static func quoted(_ text: String) -> String {
        "\"" + shortened(text) + "\""
    }

    /// A text as a shell takes it for one argument: whole, since it is there to be typed.
    static func argument(_ text: String) -> String {
        // Within double quotes a shell reads these.
        guard text.contains(where: { "\"$`\\!".contains($0) }) else { return "\"" + text + "\"" }
        return "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// The beginning of a text, with an ellipsis where something is left out.
    static func shortened(_ text: String, to length: Int = shownLength) -> String {
        // Scalars, since a single character can be of any length.
        guard text.unicodeScalars.count > length else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(length))) + "…"
    }

    /// A text without white space around it.
    package static func trimmed(_ text: String) -> String {
        var text = text
        return text.withUTF8 { String(decoding: trim($0), as: UTF8.self) }
    }

    /// Bytes as people say them, in steps of 1,000: `812 bytes`, `12 kB`, `3.4 MB`.
    package static func size(_ bytes: Int) -> String {
        let units = ["kB", "MB", "GB", "TB"]
        guard bytes >= 1000 else { return "\(bytes) bytes" }
        var (value, unit) = (Double(bytes) / 1000, 0)
        while value.rounded() >= 1000, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        let tenths = Int((value * 10).rounded())
        let hasFraction = unit > 0 && tenths % 10 > 0
        return (hasFraction ? "\(tenths / 10).\(tenths % 10)" : "\(Int(value.rounded()))") + " " + units[unit]
    }

    /// `A, B and C`, quoted and shortened; at most `limit` of them.
    static func list(_ names: [String], limit: Int = 30) -> String {
        let shown = names.prefix(limit).map { quoted($0) }
        let rest = names.count - shown.count
        if rest > 0 { return shown.joined(separator: ", ") + " and \(rest) more" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " and " + last
    }

    /// Minutes as people say them: `90 minutes`, `24 hours`, `1 hour 5 minutes`.
    static func duration(_ minutes: Int) -> String {
        func unit(_ count: Int, _ name: String) -> String { "\(count) \(name)\(count == 1 ? "" : "s")" }
        if minutes < 120, minutes % 60 != 0 { return unit(minutes, "minute") }
        if minutes > 2880 {
            return minutes % 1440 == 0 ? unit(minutes / 1440, "day") : "\(minutes / 1440) days and more"
        }
        if minutes % 60 == 0 { return unit(minutes / 60, "hour") }
        return unit(minutes / 60, "hour") + " " + unit(minutes % 60, "minute")
    }

    /// Minutes since midnight as a clock shows them: `7:05`.
    static func clock(_ minutes: Int) -> String {
        "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }

    /// Minutes since midnight as a clock with twelve hours shows them: `12:05` for 0:05, `7:05` for 19:05.
    static func twelveHourClock(_ minutes: Int) -> String {
        clock(((minutes / 60 + 11) % 12 + 1) * 60 + minutes % 60)
    }
}
