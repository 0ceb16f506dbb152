extension Reference {
    /// The whole reference as an article of the documentation.
    package static var markdown: String {
        var text = """
            # Reference

            Every code that stands in a summary, a rejects file, a log or a ledger: what it means, why it exists, what to do.

            `stimport help CODE` prints the same texts.

            """
        for kind in Explanation.Kind.allCases {
            text += "\n## \(kind.rawValue)\n\n"
            for entry in all where entry.kind == kind {
                text +=
                    "**`\(entry.code)`**: \(entry.meaning) *Why:* \(entry.why) *What to do:* \(entry.action)\n\n"
            }
            text.removeLast()
        }
        return text
    }
}
