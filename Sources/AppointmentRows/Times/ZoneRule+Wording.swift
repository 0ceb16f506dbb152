extension ZoneRule {
    /// How to name a time zone.
    static let form =
        "name a time zone as America/Denver, or Eastern, Central, Mountain, Arizona or Pacific"

    /// How to name a time zone, with the closest name where one is close.
    static func fix(for text: String) -> String {
        if identifiers.isEmpty {
            return "this machine has no time zone data: install it (Debian: tzdata)"
        }
        guard let name = suggestion(for: text) else { return form }
        return "did you mean \(name)? \(form)"
    }
}
