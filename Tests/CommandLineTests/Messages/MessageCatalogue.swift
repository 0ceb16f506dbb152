/// Everything that the program can say, as text to read from top to bottom.
///
/// Whatever is worded by a function is made by that function, with values as they come; whatever is worded where it is
/// thrown or printed is read out of the source (`SourceMessages`). Each enum of reasons goes through an exhaustive
/// switch, so that a new case can't be left out.
struct MessageCatalogue {
    private(set) var text = ""

    /// Opens a part.
    mutating func title(_ title: String, _ about: String = "") {
        text += "\n\n\(title)\n" + String(repeating: "=", count: title.count) + "\n"
        if !about.isEmpty { text += "\n\(about)\n" }
    }

    /// Opens a group of messages.
    mutating func heading(_ heading: String) { text += "\n\(heading)\n" }

    /// One message with its fix, as the program shows an error.
    mutating func error(_ message: String, fix: String?) {
        line("error: \(message)")
        if let fix { line("  fix: \(fix)") }
    }

    /// One line.
    mutating func line(_ line: String) { text += "  \(line)\n" }

    /// Several lines, as they are printed.
    mutating func lines(_ lines: [some StringProtocol]) {
        for line in lines { text += line.isEmpty ? "\n" : "  \(line)\n" }
    }

    /// The whole of it.
    static func make() throws -> String {
        var catalogue = MessageCatalogue()
        catalogue.text = """
            What stimport says
            ==================

            Made by the tests (UPDATE_MESSAGES=1 swift test --filter MessagesTests), to be read from top to bottom: what
            happened, to which file, line or appointment, what it means, and what to do.
            """
        try catalogue.addSituations()
        try catalogue.addFindings()
        catalogue.addFiles()
        try catalogue.addService()
        try catalogue.addStops()
        catalogue.addLedger()
        catalogue.addProgress()
        try catalogue.addCommandLines()
        try catalogue.addSources()
        return catalogue.text + "\n"
    }
}
