/// What a finding speaks of: a row, and in it a column with what stands there.
struct FindingPlace {
    /// The row's line, from 1.
    var line: Int
    /// The column, as the file calls it.
    var column: String
    /// The field's text, trimmed.
    var value: String
}

extension Finding {
    /// A finding about one field of a row.
    init(
        _ place: FindingPlace, _ code: FindingCode, message: String, fix: String
    ) {
        self.init(
            line: place.line, column: place.column, code: code,
            value: Wording.shortened(place.value), message: message, fix: fix)
    }
}
