/// A line above some rows that says who goes to them: `Technician: 12`. It is no appointment, and what it says is in none
/// of the rows.
struct TechnicianHeading {
    let line: Int
    let text: String

    /// Nil where a text is none.
    init?(_ text: String, line: Int) {
        guard let end = text.firstIndex(where: { $0 == ":" || $0 == "#" }),
            TechnicianColumnName.place(String(text[..<end])) == .first
        else { return nil }
        self.line = line
        self.text = text
    }
}
