import SecurityTrax

extension FindingCode {
    static let skipped: [FindingCode] = [
        .skippedStatus, .unclearStatus, .contradictingStatus, .cancelledOtherwise, .skippedByRule,
        .repeatedHeader, .noAppointment, .incompleteFile,
        .withdrawn, .replacedByLaterFile,
    ]

    package static let skippedStatus = FindingCode(
        "skipped-status", severity: .skipped,
        meaning: "The row's status says that it is no visit: cancelled, no-show, deleted, completed.",
        why: "Exports list such rows beside the others, and a visit that is booked can't be taken back.",
        action: "Nothing, if that is right; --no-default-skips imports such rows.")

    package static let unclearStatus = FindingCode(
        "unclear-status",
        meaning: "Whether the visit is to be made, or when, can't be told from the row's status.",
        why:
            "A visit that was called off and is booked can't be taken back, and one that is left out is missed.",
        action:
            "Write a status that says it, Scheduled or Cancelled; or say with --skip or --only what such rows are. A new time belongs into the column of the old one."
    )

    package static let contradictingStatus = FindingCode(
        "contradicting-status", severity: .warning,
        meaning: "Another row of the same file says that the visit was called off.",
        why:
            "A visit that was cancelled and entered again looks so, but so does one whose cancellation was added beside it. Where both rows have the sender's number of one visit, that can't be told, and the row is invalid.",
        action: "See which of the two rows is true, and remove the other one."
    )

    package static let cancelledOtherwise = FindingCode(
        "cancelled-otherwise", severity: .warning,
        meaning:
            "The row calls a visit off that the ledger does not have, and another one of its customer at the same start stands there.",
        why:
            "The technician or the service may have been changed before the visit was called off. Without a sender's number that can't be told.",
        action:
            "If it is that visit, cancel it in SecurityTrax, or withdraw it while it waits. Otherwise nothing."
    )

    package static let replacedByLaterFile = FindingCode(
        "replaced-by-later-file", severity: .skipped,
        meaning: "A later file says something else of the visit.",
        why:
            "Of two nights' files the later one is true, as it would be in a run of its own. A row of a rejects file is as old as the file that it came from.",
        action:
            "Nothing, if the later file is right. To have a row of a rejects file booked all the same, empty its stimport_run."
    )

    package static let skippedByRule = FindingCode(
        "skipped-by-rule", severity: .skipped,
        meaning: "--skip or --only leaves the row out.",
        why: "You asked for it.",
        action: "Nothing, if that is right; otherwise change the rule.")

    package static let repeatedHeader = FindingCode(
        "repeated-header", severity: .skipped,
        meaning: "The row is the header once more.",
        why: "Files that were put together have it in their middle.",
        action: "Nothing.")

    package static let noAppointment = FindingCode(
        "no-appointment", severity: .skipped, namesValue: false,
        meaning: "The row names neither a customer nor a time.",
        why: "Headings, totals and footers of reports look so.",
        action: "Nothing, if it is one; otherwise give the row its values.")

    package static let incompleteFile = FindingCode(
        "incomplete-file", namesValue: false,
        meaning: "A line that is no row says that the file lacks rows.",
        why: "Whoever is missing from the file is not booked, and nothing else shows it.",
        action: "Export all of it again. Where nothing is lacking, remove the line.")

    package static let withdrawn = FindingCode(
        "withdrawn", severity: .skipped,
        meaning: "A person has withdrawn this appointment.",
        why: "What was taken out for a reason must not come back with the next file.",
        action: "Nothing, if that is right; stimport withdraw --undo ID lets it be booked again.")
}

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
            line: line, column: nil, code: .withdrawn,
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
            place, .skippedStatus,
            message:
                "\(Wording.quoted(place.column)) says \(Wording.quoted(place.value)), so it is no visit to book",
            fix: "nothing, if that is right; --no-default-skips has such rows imported")
    }

    /// A status column may say that the visit is not to be made.
    static func unclearStatus(_ place: FindingPlace) -> Finding {
        let column = Wording.quoted(place.column)
        let value = place.value.contains(",") ? Wording.quoted(place.value) : place.value
        let rule = Wording.argument("\(place.column)=\(value)")
        return Finding(
            place, .unclearStatus,
            message:
                "\(column) says \(Wording.quoted(place.value)), and whether the visit is to be made can't be told",
            fix: "write there whether it is (Scheduled, Cancelled); to leave such rows out: --skip \(rule); "
                + "to book them too: --only \(rule) with every other value of \(column) that is to be booked, "
                + "and commas between them")
    }

    /// A column has who called the visit off, when or why, and another one says that it is on.
    ///
    /// - Parameter other: The name of the other column, and what it says.
    static func contradictedTrace(_ place: FindingPlace, by other: (name: String, value: String)) -> Finding {
        Finding(
            place, .unclearStatus,
            message:
                "\(Wording.quoted(place.column)) says \(Wording.quoted(place.value)) and \(Wording.quoted(other.name)) says \(Wording.quoted(other.value)), and whether the visit is to be made can't be told",
            fix:
                "empty \(Wording.quoted(place.column)) where the visit is on, or write Cancelled into the other one; "
                + "to book such rows whatever they say: --no-default-skips")
    }

    /// A column of a rip-out has who cancelled, when or why: the visit, or the account that it follows.
    static func unclearTrace(_ place: FindingPlace) -> Finding {
        Finding(
            place, .unclearStatus,
            message:
                "\(Wording.quoted(place.column)) says \(Wording.quoted(place.value)), and whether this rip-out was cancelled, or the account that it follows, can't be told",
            fix: "empty \(Wording.quoted(place.column)) where it is the account's; "
                + "to book such rows whatever they say: --no-default-skips")
    }

    /// A column has a new time of the visit, and the one that is read has another.
    ///
    /// - Parameters:
    ///   - column: What the row's own time was read from, and the file's name of it.
    ///   - time: What it says.
    ///   - length: How many minutes the visit takes, where that is what differs.
    ///   - mapped: What the new column can be read as, where it has that of all rows.
    static func movedElsewhere(
        _ place: FindingPlace, column: (meaning: InputColumn, name: String), says time: LocalTime,
        length: Int?, mapped: InputColumn?
    ) -> Finding {
        let new = Wording.quoted(place.column)
        let use = mapped.map {
            "; where \(new) holds for all rows: --map \($0.name)=\(Wording.argument(place.column))"
        }
        return Finding(
            place, .unclearStatus,
            message: "\(new) says \(Wording.quoted(place.value)) and \(Wording.quoted(column.name)) "
                + (length.map { "makes it \(Wording.duration($0))" } ?? time.wire)
                + ", and which of them the visit has can't be told",
            fix: "write what holds into \(Wording.quoted(column.name)), and empty \(new)\(use ?? ""); "
                + "where it says nothing of the visit: --map \(column.meaning.name)=\(Wording.argument(column.name))"
        )
    }

    /// Another row of the file calls the same visit off.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - other: The line of the other row.
    ///   - number: The sender's number, where both rows have it: the row is invalid then.
    package static func contradictingStatus(line: Int, other: Int, number: String? = nil) -> Finding {
        let same = number.map { "the number \(Wording.quoted($0))" } ?? "the same customer and start"
        return Finding(
            line: line, column: nil, code: .contradictingStatus, severity: number == nil ? .warning : .error,
            message: "line \(other) has \(same), and one of the two rows says that the visit was called off",
            fix: "see which of the two is true, and remove the other one")
    }

    /// A row calls a visit off that the ledger does not have, and it has another one of its customer at that start.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - appointment: The ID of the other one.
    ///   - state: How it stands, as an adjective.
    ///   - techID: Its technician; 0 for none.
    ///   - isWaiting: Whether it is still to be posted.
    package static func cancelledOtherwise(
        line: Int, appointment: Int, state: String, techID: Int64, isWaiting: Bool
    ) -> Finding {
        let technician = techID > 0 ? "for technician \(techID)" : "without a technician"
        return Finding(
            line: line, column: nil, code: .cancelledOtherwise,
            message:
                "the ledger does not have this visit, but another one of the customer at the same start: appointment \(appointment), \(technician), \(state)",
            fix: isWaiting
                ? "if that is the visit that was called off: stimport withdraw \(appointment)"
                : "if that is the visit that was called off, cancel it in SecurityTrax")
    }

    /// A later file of the same run has other words for the row's visit.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - code: What the later file says of it, where that has a code of its own.
    ///   - reason: Where and what, in words.
    package static func replacedByLaterFile(
        line: Int, code: FindingCode = .replacedByLaterFile, because reason: String
    ) -> Finding {
        Finding(
            line: line, column: nil, code: code, severity: .skipped, message: reason,
            fix: "nothing, if the later file is right")
    }

    /// A row of a rejects file is older than another one of its visit.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - reason: What the later file says, and where.
    package static func supersededRow(line: Int, because reason: String) -> Finding {
        Finding(
            line: line, column: nil, code: .replacedByLaterFile, severity: .skipped, message: reason,
            fix: "nothing, if the later file is right; otherwise empty stimport_run in this row")
    }

    /// An empty status below one that calls its visit off may be the same one, said once for merged cells.
    ///
    /// - Parameter above: What the status above it says.
    static func blankStatus(_ place: FindingPlace, above: String) -> Finding {
        Finding(
            place, .unclearStatus,
            message:
                "\(Wording.quoted(place.column)) is empty below \(Wording.quoted(above)), and whether that holds for this row too can't be told",
            fix: "write into each row whether its visit is to be made (Scheduled, Cancelled); "
                + "to book such rows: --no-default-skips")
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
            place, .skippedByRule,
            message:
                "\(Wording.quoted(place.column)) is \(Wording.quoted(place.value)), and \(option) leaves it out",
            fix: "nothing, if that is right; otherwise change \(option)")
    }

    /// The header once more, in the same order.
    static func repeatedHeader(line: Int) -> Finding {
        Finding(
            line: line, column: nil, code: .repeatedHeader,
            message: "this is the header once more", fix: "nothing: it is left out")
    }

    /// A line that is no row says that rows are lacking.
    static func incompleteFile(line: Int, text: String) -> Finding {
        Finding(
            line: line, column: nil, code: .incompleteFile, value: Wording.shortened(text),
            message: "this says that the file lacks rows",
            fix: "export all of it again; where nothing is lacking, remove this line")
    }

    /// Neither times nor anything that could be a customer: a heading, a total, a footer.
    static func noAppointment(line: Int, value: String) -> Finding {
        Finding(
            line: line, column: nil, code: .noAppointment,
            value: Wording.shortened(value),
            message: "this names neither a customer nor a time, so it is no appointment",
            fix: "nothing, if it is a heading, a total or a footer; otherwise give the row its values")
    }
}
