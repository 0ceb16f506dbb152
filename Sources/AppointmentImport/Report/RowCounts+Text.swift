import AppointmentLedger

extension RowCounts {
    /// `3 rows, 2 created, 1 in doubt`.
    ///
    /// - Parameter isAbandoned: whether nothing was to be posted: what would have been is `valid` then.
    package func sentence(isAbandoned: Bool) -> String {
        let states = RowState.shown.filter { self[$0] > 0 }.map {
            "\(self[$0]) \($0 == .pending && isAbandoned ? "valid, not posted" : $0.words)"
        }
        return ([counted(rows, "row")] + states).joined(separator: ", ")
    }
}

extension RowState {
    /// The state in a sentence: `in doubt`.
    package var words: String { name.replacing("_", with: " ") }
}
