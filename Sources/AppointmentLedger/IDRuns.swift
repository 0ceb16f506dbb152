/// Appointments as stretches of IDs without a gap: hundreds of rows that get the same take one statement then instead of
/// one each. A statement changed exactly those that are meant where it changed as many rows as the stretch is long.
struct IDRuns {
    /// One stretch.
    struct Run: Equatable {
        var ids: ClosedRange<Int>
        /// The place of its first appointment in the order that they came in.
        var position: Int
    }

    private(set) var runs: [Run] = []

    /// Adds an appointment behind those with smaller IDs.
    ///
    /// - Parameter goesOn: whether it gets the same as the one before.
    mutating func add(_ id: Int, at position: Int, goesOn: Bool = true) {
        if goesOn, let last = runs.last, id == last.ids.upperBound + 1 {
            runs[runs.count - 1].ids = last.ids.lowerBound...id
        } else {
            runs.append(Run(ids: id...id, position: position))
        }
    }
}
