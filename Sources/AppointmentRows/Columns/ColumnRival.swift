/// A column whose name could mean one of ours, for which another column of the file was taken.
struct ColumnRival: Sendable, Hashable {
    /// What both could be.
    let column: InputColumn
    /// Where it stands, from 0.
    let position: Int
    /// Whether its name alone makes it as likely as the one that was taken. Otherwise only values that its column
    /// can have do: `Technician` beside `TechID` mostly holds names.
    let isAsLikely: Bool

    /// A rival, or nil where its name is no reason to doubt the one that was taken.
    init?(
        column: InputColumn, position: Int, certainty: ColumnName.Certainty, chosen: ColumnName.Certainty
    ) {
        self.column = column
        self.position = position
        // A name that is a last resort is no rival of a better one.
        if certainty == .faint, chosen < .faint { return nil }
        if column.isFreeText {
            // Any text can be a note: `Comments` beside `Notes` are not meant.
            guard certainty < .loose || chosen >= .loose else { return nil }
            isAsLikely = certainty < .faint
        } else {
            isAsLikely = certainty == chosen && certainty < .faint
        }
    }
}
