import AppointmentRows

// A file that can be read, and that `--max-invalid` keeps from being posted.
extension InputError {
    /// Whether the file was read, and set aside because of its rows.
    package var isSetAside: Bool { code == .tooManyInvalid }

    /// Too many rows of the file are invalid.
    static func tooManyInvalid(_ counts: RowCounts, limit: InvalidLimit) -> InputError {
        InputError(
            code: .tooManyInvalid,
            message: "\(Wording.invalidShare(counts)), and --max-invalid allows \(limit.text): "
                + "nothing of it is imported",
            fix: "correct the file itself and import it again, or raise --max-invalid")
    }
}

extension Wording {
    /// `31 of 113 rows are invalid (27.4%)`
    package static func invalidShare(_ counts: RowCounts) -> String {
        let share = counts.rows == 0 ? 0 : Double(counts[.invalid]) * 100 / Double(counts.rows)
        return "\(counts[.invalid]) of \(counts.rows) row\(counts.rows == 1 ? " is" : "s are") invalid "
            + "(\(number(share))%)"
    }

    /// A number with at most one decimal: `27.4`, `5`.
    static func number(_ value: Double) -> String {
        let rounded = (value * 10).rounded() / 10
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}
