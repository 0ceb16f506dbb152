/// Columns of text, aligned.
struct TextTable {
    /// A cell: what it says, and what that means.
    struct Cell {
        var text: String
        var tone: TextStyle.Tone?

        init(_ text: String, _ tone: TextStyle.Tone? = nil) {
            self.text = text
            self.tone = tone
        }
    }

    /// The first row is the header.
    var rows: [[Cell]]

    /// The widest that a line becomes.
    var width: Int {
        widths.reduce(0, +) + max(0, widths.count - 1) * Self.gap.count
    }

    private static let gap = "  "

    private var widths: [Int] {
        (0..<(rows.map(\.count).max() ?? 0)).map { column in
            rows.map { column < $0.count ? $0[column].text.count : 0 }.max() ?? 0
        }
    }

    /// The lines: the first column to the left, the others, which are numbers, to the right.
    func lines(_ style: TextStyle) -> [String] {
        let widths = widths
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - cell.text.count)
                let text = cell.tone.map { style.paint(cell.text, $0) } ?? cell.text
                if column > 0 { line += Self.gap }
                // Nothing is written after the last word of a line.
                let isLast = column == row.count - 1
                line += column == 0 ? text + (isLast ? "" : space) : space + text
            }
            return line
        }
    }
}
