/// A time zone in the name of a column: `Start Time (ET)`, `start_utc`.
enum NamedZone {
    /// The zone's word, as the name has it; nil where it says none.
    static func word(in name: String) -> String? {
        let words = name.split { !$0.isLetter }
        guard words.count > 1, let last = words.last else { return nil }
        return zones.contains(last.lowercased()) ? String(last) : nil
    }

    private static let zones: Set<String> = [
        "utc", "gmt", "zulu", "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt", "pt", "pst", "pdt",
        "akst", "akdt",
        "hst", "eastern", "central", "mountain", "pacific",
    ]
}
