import CSVReading

/// A time zone that the name of a column says (`Start Time (ET)`, `start_utc`, `StartUTC`), or a line above the header.
struct NamedZone: Sendable, Hashable {
    /// The zone's word, as it is written there.
    let word: String
    /// The line that says it of all times; nil where the column's name does.
    let line: Int?

    /// Nil where a column's name says none.
    init?(in name: String) {
        let words = NameWords.split(name).filter { $0.contains(where: \.isLetter) }
        guard words.count > 1, let first = words.first, let last = words.last else { return nil }
        // `UTC Start`, `StartUTC`, `StartTimePST`; `Central Office Start` is no zone's.
        let letters = name.filter(\.isLetter)
        if Self.zones.contains(last) {
            word = String(letters.suffix(last.count))
        } else if Self.universal.contains(first) {
            word = String(letters.prefix(first.count))
        } else {
            return nil
        }
        line = nil
    }

    /// Nil where a record above the header says none: `All times are UTC`, `Times in GMT`.
    init?(above record: CSVRecord) {
        let words = record.strings.joined(separator: " ").split { !$0.isLetter }
        guard words.contains(where: { ["time", "times", "timezone", "zone"].contains($0.lowercased()) }),
            let zone = words.first(where: { Self.universal.contains($0.lowercased()) })
        else { return nil }
        word = String(zone)
        line = record.position.line
    }

    private static let universal: Set<String> = ["utc", "gmt", "zulu"]

    private static let zones: Set<String> = [
        "utc", "gmt", "zulu", "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt", "pst", "pdt",
        "akst", "akdt",
        "hst", "eastern", "central", "mountain", "pacific",
    ]
}
