import CSVReading

/// A line above some rows that says who goes to them: `Technician: 12`. It is no appointment, and what it says is in none
/// of the rows.
struct TechnicianHeading {
    let line: Int
    let text: String

    /// Nil where a record is none.
    init?(_ heading: HeadingText, line: Int, options: ReadingOptions) {
        guard Self.names(heading, options) else { return nil }
        self.line = line
        text = heading.cells.joined(separator: " ")
    }

    /// A name that may be a technician's.
    init(possible name: String, line: Int) {
        self.line = line
        text = name
    }

    /// A technician's field that is all that a record says, as in cells that were merged.
    init?(field text: String, line: Int, options: ReadingOptions) {
        switch options.technician(text) {
        case .technician, .withoutID: break
        case .nobody: return nil
        case .unknown:
            guard text.contains(where: \.isLetter), TechnicianText.isSomebody(text) else { return nil }
        }
        self.line = line
        self.text = text
    }

    private static func names(_ heading: HeadingText, _ options: ReadingOptions) -> Bool {
        func isKnown(_ text: String) -> Bool {
            guard let roster = options.roster, text.contains(where: \.isLetter) else { return false }
            return switch roster.technician(text) {
            case .technician, .withoutID: true
            case .nobody, .unknown: false
            }
        }
        // `John Smith` alone, where the roster has him.
        if heading.cells.count == 1, isKnown(heading.cells[0]) { return true }
        if heading.parts.count > 1 {
            for (label, value) in zip(heading.parts, heading.parts.dropFirst()) where isLabel(label) {
                // `Technicians: 4` says how many.
                let isCount = label.lowercased().hasSuffix("s") && value.allSatisfy(\.isNumber)
                return TechnicianText.isSomebody(value) && !isCount
            }
            // `John Smith (Technician)`
            return heading.parts.last.map(isLabel) == true && isKnown(heading.parts[heading.parts.count - 2])
        }
        // `Tech 12`, `Tech #12`, `Schedule for John Smith`
        let text = behindFor(heading.parts[0])
        let words = text.split { $0.isWhitespace || $0 == "#" }.map(String.init)
        guard let first = words.first, words.count > 1 else {
            return isKnown(text) && text != heading.parts[0]
        }
        let rest = words.dropFirst().joined(separator: " ")
        if isLabel(first) { return rest.allSatisfy(\.isNumber) || isKnown(rest) }
        return text != heading.parts[0] && isKnown(text)
    }

    /// Whether a text is what a technician's column may be called: `Technician`, `Jobs for technician`.
    private static func isLabel(_ text: String) -> Bool {
        ColumnName.match(behindFor(text))?.column == .techID
    }

    private static func behindFor(_ text: String) -> String {
        text.ranges(of: " for ").last.map { String(text[$0.upperBound...]) } ?? text
    }
}
