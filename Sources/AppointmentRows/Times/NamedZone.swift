/// A time zone in the name of a column: `Start Time (ET)`, `start_utc`.
enum NamedZone {
    /// The zone's word, as the name has it; nil where it says none.
    static func word(in name: String) -> String? {
        let words = NameWords.split(name).filter { $0.contains(where: \.isLetter) }
        guard words.count > 1, let first = words.first, let last = words.last else { return nil }
        // `UTC Start`, `StartUTC`, `StartTimePST`; `Central Office Start` is no zone's.
        let letters = name.filter(\.isLetter)
        if zones.contains(last) { return String(letters.suffix(last.count)) }
        return universal.contains(first) ? String(letters.prefix(first.count)) : nil
    }

    /// The zone that a line above a header says all times are in: `All times are UTC`, `Times in GMT`; nil where it says none.
    static func word(above text: String) -> String? {
        let words = text.split { !$0.isLetter }
        guard words.contains(where: { ["time", "times", "timezone", "zone"].contains($0.lowercased()) })
        else { return nil }
        return words.first { universal.contains($0.lowercased()) }.map { String($0) }
    }

    private static let universal: Set<String> = ["utc", "gmt", "zulu"]

    private static let zones: Set<String> = [
        "utc", "gmt", "zulu", "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt", "pst", "pdt",
        "akst", "akdt",
        "hst", "eastern", "central", "mountain", "pacific",
    ]
}
