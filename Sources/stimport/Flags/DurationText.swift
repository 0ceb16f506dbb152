/// Durations as people type them: `90s`, `5m`, `26h`, `2h30m`, `90d`, `2y`, `250ms`.
/// A day is 24 hours, a week 7 days, a year 365 days.
enum DurationText {
    /// The longest duration that any option takes: 100 years.
    static let longest = Duration.seconds(100 * 365 * 86_400)

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000),
        ("s", 1_000), ("ms", 1),
    ]

    /// The duration that a text says, or nil. Units go from large to small, each
    /// once; only the last number may have a fraction; `0` needs no unit.
    static func duration(_ text: String) -> Duration? {
        if text == "0" { return .zero }
        var rest = text[...]
        var total: Int64 = 0
        var lastUnit = -1
        var hadFraction = false
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
            rest = rest[digits.endIndex...]
            let name = rest.prefix { $0.isLetter }
            rest = rest[name.endIndex...]
            guard !hadFraction, !digits.isEmpty, digits.first != ".", digits.last != ".", digits.count <= 15,
                let number = Double(digits),
                let unit = units.firstIndex(where: { $0.name == name }), unit > lastUnit
            else { return nil }
            hadFraction = digits.contains(".")
            lastUnit = unit
            let part = number * Double(units[unit].milliseconds)
            guard part < 1e16 else { return nil }
            total += Int64(part.rounded())
        }
        guard lastUnit >= 0, total < 10_000_000_000_000_000 else { return nil }
        return .milliseconds(total)
    }

    /// The shortest text that `duration` reads back as the same, to the millisecond.
    static func text(_ duration: Duration) -> String {
        let parts = duration.components
        var rest = parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units where unit.name != "w" {
            let count = rest / unit.milliseconds
            rest -= count * unit.milliseconds
            if count > 0 { text += "\(count)\(unit.name)" }
        }
        return text
    }
}
