import AppointmentRows

/// Tells a file's name from a mistyped command.
enum FileWord {
    /// Whether a word can only be meant as a file: it holds a slash, is `-`, or has an ending such as `.csv`. Such a word
    /// is a missing file where nothing is there; any other is neither a command nor a file.
    static func isPath(_ word: String) -> Bool {
        if word == "-" || word.utf8.contains(UInt8(ascii: "/")) { return true }
        guard let dot = word.utf8.lastIndex(of: UInt8(ascii: ".")) else { return false }
        return word.utf8.index(after: dot) < word.utf8.endIndex
    }
}
