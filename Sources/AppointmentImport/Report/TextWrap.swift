/// Lines of a terminal's width.
package enum TextWrap {
    /// The text in lines of at most `width` characters, broken between words; a longer word is broken where it must be.
    package static func lines(_ text: String, width: Int) -> [String] {
        guard width > 0 else { return [text] }
        return lines(text.split(separator: " ").map(String.init), separator: " ", width: width)
    }

    /// Pieces in lines of at most `width` characters; a piece longer than that is broken between its words.
    static func lines(_ pieces: [String], separator: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces {
            if line.isEmpty {
                line = piece
            } else if line.count + separator.count + piece.count <= width {
                line += separator + piece
            } else {
                lines.append(line)
                line = piece
            }
            while line.count > width {
                let space = line.prefix(width + 1).lastIndex(of: " ")
                let end = space ?? line.index(line.startIndex, offsetBy: width)
                lines.append(String(line[..<end]))
                line = String(line[end...].drop { $0 == " " })
            }
        }
        return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
    }
}
