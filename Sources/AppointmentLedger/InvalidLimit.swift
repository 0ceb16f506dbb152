import AppointmentRows

/// How many invalid rows a file may have before nothing of it is posted.
package enum InvalidLimit: Sendable, Hashable {
    /// At most so many.
    case rows(Int)
    /// At most so many of a hundred rows read: 0...100.
    case percent(Double)

    /// As it is given: `5`, `20%`.
    var text: String {
        switch self {
        case .rows(let limit): String(limit)
        case .percent(let limit): Wording.number(limit) + "%"
        }
    }

    func isExceeded(by counts: RowCounts) -> Bool {
        switch self {
        case .rows(let limit): counts[.invalid] > limit
        case .percent(let limit): Double(counts[.invalid]) * 100 > limit * Double(counts.rows)
        }
    }
}
