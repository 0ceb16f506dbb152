/// What is said of rows that are no visit to book.
extension Finding {
    /// A person has taken the appointment out of the ledger.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - appointment: Its ID in the ledger.
    ///   - other: The appointment as it was taken out.
    ///   - reason: Who took it out, and why.
    ///   - wasCreated: Whether it stood in SecurityTrax then.
    static func withdrawn(
        line: Int, appointment: Int, other: OtherAppointment, reason: String, wasCreated: Bool
    ) -> Finding {
        Finding(
            line: line, column: nil, code: .withdrawn, severity: .skipped,
            message: "this appointment (\(other.what)) was \(reason.isEmpty ? "withdrawn" : reason)",
            fix: wasCreated
                ? "if the visit is wanted again and is not in SecurityTrax any more: "
                    + "stimport withdraw --undo --rebook \(appointment)"
                : "if the visit is wanted after all: stimport withdraw --undo \(appointment)")
    }

    /// A status column says that the visit is not to be made.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - column: The file's name of the column.
    ///   - value: What it says.
    static func skippedStatus(line: Int, column: String, value: String) -> Finding {
        Finding(
            line: line, column: column, code: .skippedStatus, severity: .skipped,
            value: Wording.shortened(value),
            message: "\(Wording.quoted(column)) says \(Wording.quoted(value)), so it is no visit to book",
            fix: "nothing, if that is right; --no-default-skips has such rows imported")
    }

    /// `--skip` or `--only` leaves the row out.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - column: The file's name of the column.
    ///   - value: What it says.
    ///   - option: The option that leaves it out: `--skip` or `--only`.
    static func skippedByRule(line: Int, column: String, value: String, option: String) -> Finding {
        Finding(
            line: line, column: column, code: .skippedByRule, severity: .skipped,
            value: Wording.shortened(value),
            message: "\(Wording.quoted(column)) is \(Wording.quoted(value)), and \(option) leaves it out",
            fix: "nothing, if that is right; otherwise change \(option)")
    }

    /// The header once more, in the same order.
    static func repeatedHeader(line: Int) -> Finding {
        Finding(
            line: line, column: nil, code: .repeatedHeader, severity: .skipped,
            message: "this is the header once more", fix: "nothing: it is left out")
    }

    /// Neither times nor anything that could be a customer: a heading, a total, a footer.
    static func noAppointment(line: Int, value: String) -> Finding {
        Finding(
            line: line, column: nil, code: .noAppointment, severity: .skipped,
            value: Wording.shortened(value),
            message: "this names neither a customer nor a time, so it is no appointment",
            fix: "nothing, if it is a heading, a total or a footer; otherwise give the row its values")
    }
}
