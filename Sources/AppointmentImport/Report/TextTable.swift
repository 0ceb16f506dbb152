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

    /// The table with the names in its first column shortened in their middle where it is wider than a terminal; nil
    /// where too little of them would be left.
    func narrowed(to width: Int) -> TextTable? {
        guard self.width > width, let names = widths.first else { return self }
        let room = names - (self.width - width)
        guard room >= Self.shortestName else { return nil }
        var table = self
        for index in table.rows.indices where !table.rows[index].isEmpty {
            table.rows[index][0].text = Self.shortened(table.rows[index][0].text, to: room)
        }
        return table
    }

    /// `a-very-long-…-final.csv`: the end of a name tells as much as its beginning.
    private static func shortened(_ text: String, to width: Int) -> String {
        guard DisplayWidth.of(text) > width else { return text }
        var (start, end) = ("", "")
        var (head, tail) = (Array(text)[...], Array(text)[...])
        while true {
            let next = DisplayWidth.of(start) <= DisplayWidth.of(end) ? head.first : tail.last
            guard let next, DisplayWidth.of(start + end) + DisplayWidth.of(next) < width else { break }
            if DisplayWidth.of(start) <= DisplayWidth.of(end) {
                start.append(head.removeFirst())
            } else {
                end.insert(tail.removeLast(), at: end.startIndex)
            }
        }
        return start + "…" + end
    }

    private static let shortestName = 20
    private static let gap = "  "

    private var widths: [Int] {
        (0..<(rows.map(\.count).max() ?? 0)).map { column in
            rows.map { column < $0.count ? DisplayWidth.of($0[column].text) : 0 }.max() ?? 0
        }
    }

    /// The lines, each with a note behind it that takes no part in the columns; an empty one is none.
    func lines(_ style: TextStyle, notes: [String]) -> [String] {
        zip(lines(style), notes).map { line, note in note.isEmpty ? line : line + Self.gap + note }
    }

    /// The lines: the first column to the left, the others, which are numbers, to the right.
    func lines(_ style: TextStyle) -> [String] {
        let widths = widths
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() {
                let space = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell.text))
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
