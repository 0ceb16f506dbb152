import CSVReading

/// The words of a record that is no row, in the parts that its cells and its punctuation make: `Technician` and `12` of
/// `Technician: 12`, of `Technician - 12` and of two cells.
struct HeadingText {
    /// The parts, without what only frames them (`*** Cancelled ***`).
    let parts: [String]
    /// Whether an equals sign parts them, as in a legend: `C = cancelled`.
    let hasEquals: Bool
    /// The texts of the filled cells.
    let cells: [String]

    /// Nil where a record has too many texts for a heading.
    init?(_ record: CSVRecord) {
        var cells: [String] = []
        for index in 0..<record.count {
            let text =
                record.withField(index) { trim($0).isEmpty } ? "" : Wording.trimmed(record.string(index))
            guard !text.isEmpty else { continue }
            guard cells.count < Self.limit, text.utf8.count <= Self.longest else { return nil }
            cells.append(text)
        }
        self.init(cells)
    }

    init?(_ cells: [String]) {
        self.cells = cells
        hasEquals = cells.contains { $0.contains("=") && !$0.contains("=>") && !$0.contains("==") }
        parts = cells.flatMap(Self.parts)
        if parts.isEmpty { return nil }
    }

    /// How many filled cells a heading has at the most, and how long each is in bytes.
    private static let limit = 4
    private static let longest = 120

    private static func parts(_ text: String) -> [String] {
        // A dash between words parts them, one within a word does not.
        text.replacing(" - ", with: ":").replacing("- ", with: ":").replacing(" -", with: ":")
            .split { separators.contains($0) || $0.isNewline }
            .map { part in
                var rest = part[...]
                while let first = rest.first, !first.isLetter, !first.isNumber, first != "#" {
                    rest = rest.dropFirst()
                }
                while let last = rest.last, !last.isLetter, !last.isNumber, last != "." {
                    rest = rest.dropLast()
                }
                return Wording.trimmed(String(rest))
            }
            .filter { $0.contains { $0.isLetter || $0.isNumber } }
    }

    private static let separators: Set<Character> = [
        ":", "=", ">", "|", "–", "—", "→", "»", "(", ")", "[", "]", "{", "}", "•", "*", "~",
    ]
}
