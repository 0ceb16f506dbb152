package import AppointmentLedger

extension RowCounts {
    /// The states that occur, in words, with their numbers: what adds up to the rows.
    ///
    /// - Parameter isOnlyValid: whether nothing was to be posted: what would have been is `valid` then.
    package func parts(isOnlyValid: Bool) -> [(state: RowState, text: String)] {
        RowState.shown.filter { self[$0] > 0 }.map { state in
            (state, "\(grouped(self[state])) \(state.words(isOnlyValid: isOnlyValid))")
        }
    }

    /// The accounting: `1,000 rows = 990 created + 6 invalid + 4 in doubt`.
    package func sentence(isOnlyValid: Bool) -> String {
        let parts = parts(isOnlyValid: isOnlyValid).map(\.text)
        return counted(rows, "row") + (parts.isEmpty ? "" : " = " + parts.joined(separator: " + "))
    }
}
