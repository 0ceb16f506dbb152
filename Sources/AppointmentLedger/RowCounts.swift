/// How many rows ended in each of the eight states.
package struct RowCounts: Sendable, Hashable {
    private var pending = 0
    private var created = 0
    private var alreadyCreated = 0
    private var duplicate = 0
    private var invalid = 0
    private var refused = 0
    private var inDoubt = 0
    private var skipped = 0

    /// No rows.
    package init() {}

    /// The rows in one state.
    package subscript(state: RowState) -> Int {
        get {
            switch state {
            case .pending: pending
            case .created: created
            case .alreadyCreated: alreadyCreated
            case .duplicate: duplicate
            case .invalid: invalid
            case .refused: refused
            case .inDoubt: inDoubt
            case .skipped: skipped
            }
        }
        set {
            switch state {
            case .pending: pending = newValue
            case .created: created = newValue
            case .alreadyCreated: alreadyCreated = newValue
            case .duplicate: duplicate = newValue
            case .invalid: invalid = newValue
            case .refused: refused = newValue
            case .inDoubt: inDoubt = newValue
            case .skipped: skipped = newValue
            }
        }
    }

    /// The rows in all states.
    package var rows: Int {
        RowState.allCases.reduce(0) { $0 + self[$1] }
    }

    /// Adds the counts of another file.
    package static func += (left: inout RowCounts, right: RowCounts) {
        for state in RowState.allCases { left[state] += right[state] }
    }
}
