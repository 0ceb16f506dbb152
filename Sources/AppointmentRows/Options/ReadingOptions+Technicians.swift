extension ReadingOptions {
    /// Whom a field names: by the dealer's own word, by a TechID, or by a name of the roster. Without a roster no name
    /// is known.
    func technician(_ text: String) -> TechnicianRoster.Match {
        if var ours = values.ours(for: text, in: .techID) {
            // The dealer's own word for nobody, or somebody's number: nothing else is taken for one.
            if NobodyWords.contain(ours) { return .nobody }
            let number = ours.withUTF8 { positiveWholeNumber($0) }
            if number > 0 { return .technician(number) }
        }
        var written = text
        let number = written.withUTF8 { positiveWholeNumber($0) }
        if number > 0, roster?.hasNumberNames != true { return .technician(number) }
        if NobodyWords.contain(text) { return .nobody }
        return roster?.technician(text) ?? .unknown(nearest: [])
    }

    /// The TechIDs that a number of a file can be without a word about it; nil where nobody has said who there is.
    var knownTechIDs: Set<Int64>? {
        guard let roster, !roster.isEmpty, !roster.hasNumberNames else { return nil }
        return roster.techIDs
    }
}
