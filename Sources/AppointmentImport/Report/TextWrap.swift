/// Lines of a terminal's width.
package enum TextWrap {
    /// A line for people, in lines of at most `width` columns: broken between words, the lines that follow set in by two
    /// more than the first. A word that is longer stays whole, and so does a command: both are there to be copied.
    package static func flow(_ line: String, width: Int) -> [String] {
        guard width > 0, DisplayWidth.of(line) > width else { return [line] }
        let indent = String(line.prefix { $0 == " " })
        let deeper = indent + "  "
        var lines: [String] = []
        var current = indent
        var isEmpty = true
        for unit in units(line) {
            if !isEmpty, DisplayWidth.of(current) + 1 + DisplayWidth.of(unit) > width {
                lines.append(current)
                // What fits the line only without the indent gets as little of it as it must.
                let room = max(0, width - DisplayWidth.of(unit))
                (current, isEmpty) = (String(deeper.prefix(room)), true)
            }
            current += (isEmpty ? "" : " ") + unit
            isEmpty = false
        }
        return lines + [current]
    }

    /// The text in lines of at most `width` columns, without an indent of its own; words and commands stay whole.
    static func lines(_ text: String, width: Int) -> [String] {
        lines(units(text), separator: " ", width: width, breaksWords: false)
    }

    /// Pieces in lines of at most `width` columns; a piece longer than that is broken between its words.
    ///
    /// - Parameter breaksWords: whether a longer word is broken where it must be, else it stays whole.
    static func lines(_ pieces: [String], separator: String, width: Int, breaksWords: Bool = true)
        -> [String]
    {
        var lines: [String] = []
        var line = ""
        for piece in pieces {
            if line.isEmpty {
                line = piece
            } else if DisplayWidth.of(line) + separator.count + DisplayWidth.of(piece) <= width {
                line += separator + piece
            } else {
                lines.append(line)
                line = piece
            }
            while breaksWords, DisplayWidth.of(line) > width {
                let fitting = line[..<end(of: line, width: width)]
                let after =
                    line.index(fitting.endIndex, offsetBy: 1, limitedBy: line.endIndex) ?? line.endIndex
                let space = line[..<after].lastIndex(of: " ")
                let end = space ?? fitting.endIndex
                lines.append(String(line[..<end]))
                line = String(line[end...].drop { $0 == " " })
            }
        }
        return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
    }

    /// Where the longest beginning of a line ends that takes at most `width` columns, and at least one character.
    private static func end(of line: String, width: Int) -> String.Index {
        var taken = 0
        for index in line.indices {
            taken += DisplayWidth.of(line[index])
            if taken > width, index > line.startIndex { return index }
        }
        return line.index(after: line.startIndex)
    }

    // MARK: Units

    /// The words of a text; a command with its options and values is one of them. Too much rather than too little is
    /// taken for a part of a command: half of one, pasted, may be another.
    static func units(_ text: String) -> [String] {
        var units: [String] = []
        var command: [Substring] = []
        var isQuoted = false
        func close() {
            if !command.isEmpty { units.append(command.joined(separator: " ")) }
            (command, isQuoted) = ([], false)
        }
        for word in text.split(separator: " ") {
            let isEnd = !isQuoted && word.last.map { ",;:)".contains($0) } ?? false
            if word == "stimport" {
                close()
                command = [word]
            } else if !command.isEmpty, isQuoted || continues(command, with: word) {
                command.append(word)
                if word.count(where: { $0 == "'" }) % 2 == 1 { isQuoted.toggle() }
                if isEnd { close() }
            } else {
                close()
                units.append(String(word))
            }
        }
        close()
        return units
    }

    /// Whether a word belongs to a command: its name, an option, what follows an option, a quoted word, a word in
    /// capitals that stands for a value, a number or a path.
    private static func continues(_ command: [Substring], with word: Substring) -> Bool {
        if command.count == 1 || word.hasPrefix("-") || word.hasPrefix("'") { return true }
        if command.last?.hasPrefix("--") ?? false { return true }
        if word.allSatisfy({ $0.isUppercase || "…,;:.".contains($0) }) { return true }
        return word.contains { $0.isNumber || $0 == "/" } || word.dropLast().contains(".")
    }
}
