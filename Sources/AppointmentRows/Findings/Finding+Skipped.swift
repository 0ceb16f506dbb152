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
    package static func withdrawn(
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
    static func skippedStatus(_ place: FindingPlace) -> Finding {
        Finding(
            place, .skippedStatus, severity: .skipped,
            message:
                "\(Wording.quoted(place.column)) says \(Wording.quoted(place.value)), so it is no visit to book",
            fix: "nothing, if that is right; --no-default-skips has such rows imported")
    }

    /// `--skip` or `--only` leaves the row out.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - column: The file's name of the column.
    ///   - value: What it says.
    ///   - option: The option that leaves it out: `--skip` or `--only`.
    static func skippedByRule(_ place: FindingPlace, option: String) -> Finding {
        Finding(
            place, .skippedByRule, severity: .skipped,
            message:
                "\(Wording.quoted(place.column)) is \(Wording.quoted(place.value)), and \(option) leaves it out",
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
