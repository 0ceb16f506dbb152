package import SecurityTrax

extension FindingCode {
    static let comparisons: [FindingCode] = [
        .inThePast, .techOverlap, .conflictingDuplicate, .sameVisitTwice, .alreadyBookedDifferently,
        .changedSinceCreated, .refusedByService, .dayAndMonthSwapped,
    ]

    package static let dayAndMonthSwapped = FindingCode(
        "day-and-month-swapped",
        meaning: "Day and month of the start are the other way round than in the row that was rejected.",
        why: "A spreadsheet swaps them where it takes a date for another country's, and the visit would be booked on another day.",
        action: "Write the date with the name of its month, or as the file had it."
    )

    package static let inThePast = FindingCode(
        "in-the-past",
        meaning: "The start is in the past.",
        why:
            "A visit in the past is nearly always yesterday's file or a wrong year. A row whose time passes while it waits is refused at the last moment for the same reason.",
        action: "Correct the date, or allow it with --allow-past.")

    package static let techOverlap = FindingCode(
        "tech-overlap",
        meaning: "The technician has another appointment at that time.",
        why: "--check-overlaps asks for it.",
        action: "Move one of the two, or give one to somebody else.")

    package static let conflictingDuplicate = FindingCode(
        "conflicting-duplicate",
        meaning: "The row repeats another row of the same run with other details or notes.",
        why: "Both are the same visit, and only one of the texts can be booked: the first stands.",
        action: "Remove one of the two, or give them the same texts.")

    package static let sameVisitTwice = FindingCode(
        "same-visit-twice", severity: .warning,
        meaning: "A row repeats another row of its file, and neither names a technician.",
        why:
            "An export that leaves its technicians out writes the visit of a crew so; one appointment is created for both.",
        action: "If it is a crew, give each row its technician; if it is a mistake, nothing needs to be done."
    )

    package static let alreadyBookedDifferently = FindingCode(
        "already-booked-differently",
        meaning: "The customer has another appointment of the same service that overlaps this one.",
        why: "The interface can't change a visit: posting would book a second one beside it.",
        action:
            "If it is the same visit, change it in SecurityTrax by hand; if both are meant, use --allow-rebooking."
    )

    package static let changedSinceCreated = FindingCode(
        "changed-since-created", severity: .warning,
        meaning: "The appointment was created with other details or notes.",
        why: "The interface can't change what it created, so the new text is not booked.",
        action: "Change it in SecurityTrax by hand, if it matters.")

    package static let refusedByService = FindingCode(
        "refused-by-service", severity: .refused,
        meaning: "SecurityTrax refused the appointment; the reason is its own, where it gave one.",
        why:
            "A customer or technician that it does not know, a setting of the dealer's, a taken slot. Where the service answered with a number such as 403, the whole request was turned away: something in the row is blocked on the way.",
        action:
            "Correct what the reason names in the rejects file and import that; where it names nothing, shorten the notes, or try the visit in SecurityTrax by hand."
    )
}

/// The other appointment that a finding is about.
package struct OtherAppointment: Sendable, Hashable {
    /// The file it came from, as it was named then; nil where it is the same file.
    package var file: String?
    /// Its line there, if known.
    package var line: Int?
    /// The run that brought it, if it was another one.
    package var run: Int?
    /// Its customer.
    package var customerID: Int64
    /// Its technician, if it names one.
    package var techID: Int64?
    /// Its start, in the customer's time zone.
    package var start: LocalTime
    /// Its end, in the customer's time zone.
    package var end: LocalTime

    /// A description.
    package init(
        file: String? = nil, line: Int? = nil, run: Int? = nil, customerID: Int64, techID: Int64? = nil,
        start: LocalTime, end: LocalTime
    ) {
        self.file = file
        self.line = line
        self.run = run
        self.customerID = customerID
        self.techID = techID
        self.start = start
        self.end = end
    }

    /// `line 17 of "monday.csv" (run 12)`
    package var place: String { Self.place(line: line, file: file, run: run) }

    /// `line 17 of "monday.csv" (run 12)`, or as much of it as is known.
    package static func place(line: Int?, file: String?, run: Int?) -> String {
        var parts: [String] = []
        if let line { parts.append("line \(line)") }
        if let file { parts.append((line == nil ? "" : "of ") + Wording.quoted(file)) }
        if let run { parts.append(parts.isEmpty ? "run \(run)" : "(run \(run))") }
        return parts.isEmpty ? "an earlier row" : parts.joined(separator: " ")
    }

    /// `01/23/2014 7:30 to 9:30`
    var window: String {
        let (from, to) = (start.components, end.components)
        let isSameDay = (from.year, from.month, from.day) == (to.year, to.month, to.day)
        return "\(start.wire) to \(isSameDay ? Wording.clock(end.minuteOfDay) : end.wire)"
    }

    /// `customer 9710, 01/23/2014 7:30 to 9:30, technician 5`
    var what: String {
        (customerID > 0 ? "customer \(customerID)" : "a customer to be looked up") + ", \(window)"
            + (techID.map { ", technician \($0)" } ?? "")
    }
}

/// What the ledger side says about a row that it compares with other rows or with the clock.
extension Finding {
    /// The row starts in the past (unless `--allow-past`).
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - column: The file's name of the start's column; nil for `StartTime`.
    ///   - start: The row's start.
    ///   - knowsZone: Whether the customer's time zone is known; otherwise past means past everywhere.
    ///   - isLongAgo: Whether nobody books such a visit after the fact: the date is wrong.
    package static func inThePast(
        line: Int, column: String? = nil, start: LocalTime, knowsZone: Bool = false, isLongAgo: Bool = false
    ) -> Finding {
        Finding(
            line: line, column: column ?? AppointmentField.start.name, code: .inThePast, value: start.wire,
            message: "the start, \(start.wire), is in the past"
                + (knowsZone ? "" : " everywhere in the world"),
            fix: isLongAgo
                ? "correct the date, or remove the row"
                : "correct the date, remove the row, or book it all the same with --allow-past")
    }

    /// A corrected row has its day and month the other way round than before.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - column: The file's name of the start's column; nil for `StartTime`.
    ///   - start: The row's start.
    ///   - before: That of the row that was rejected.
    package static func dayAndMonthSwapped(
        line: Int, column: String? = nil, start: LocalTime, before: LocalTime
    ) -> Finding {
        Finding(
            line: line, column: column ?? AppointmentField.start.name, code: .dayAndMonthSwapped, value: start.wire,
            message:
                "the start is \(start.wire), and the row that was rejected had \(before.wire): day and month are swapped, as spreadsheets do it",
            fix: "write the date as it was, or with the name of its month; where the visit was moved so, put the row into a file of its own without the columns that begin with stimport")
    }

    /// An earlier row of this run is the same appointment with other details or notes: that one stands.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - other: The earlier row.
    ///   - fields: The fields that differ.
    package static func conflictingDuplicate(
        line: Int, other: OtherAppointment, differing fields: [AppointmentField]
    ) -> Finding {
        let names = fieldNames(fields)
        return Finding(
            line: line, column: fields.first?.name, code: .conflictingDuplicate,
            message:
                "\(other.place) is the same appointment (\(other.what)) with another \(names), and that row stands",
            fix: "remove one of the two rows, or give them the same \(names)")
    }

    /// An earlier row of this file is the same appointment, and neither names a technician: a warning, since a crew's
    /// rows look so where the export leaves the technicians out.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - other: The earlier row.
    package static func sameVisitTwice(line: Int, other: OtherAppointment) -> Finding {
        Finding(
            line: line, column: nil, code: .sameVisitTwice,
            message: "\(other.place) is the same visit, and neither names a technician: was it a crew?",
            fix: "nothing, if it is one visit; for a crew, give each row its technician")
    }

    /// The appointment was created earlier with other details or notes: a warning, nothing is posted.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - other: The appointment as it was created.
    ///   - fields: The fields that differ.
    package static func changedSinceCreated(
        line: Int, other: OtherAppointment, differing fields: [AppointmentField]
    ) -> Finding {
        let names = fieldNames(fields)
        return Finding(
            line: line, column: fields.first?.name, code: .changedSinceCreated,
            message: "the appointment was created from \(other.place) with another \(names)",
            fix: "change \(names) in SecurityTrax by hand: the interface can't update an appointment")
    }

    /// The same visit seems to be booked already, with another window or technician.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - other: The other appointment.
    ///   - state: What is known of the other: `created`, `in doubt` or `pending`.
    ///   - senderNumber: The sender's own number, where it is that which both have.
    package static func alreadyBookedDifferently(
        line: Int, other: OtherAppointment, state: String, senderNumber: String? = nil
    ) -> Finding {
        let same =
            senderNumber.map { "the number \(Wording.quoted($0))" }
            ?? "the same customer and service type at an overlapping time"
        let status =
            switch state {
            case "created": "is created already"
            case "said": "stands in an earlier row of this run"
            default: "is \(state)"
            }
        return Finding(
            line: line, column: nil, code: .alreadyBookedDifferently,
            value: senderNumber.map { Wording.shortened($0) } ?? "",
            message: "an appointment with \(same) \(status): \(other.what), from \(other.place)",
            fix: rebookingFix(other, state: state))
    }

    /// The row's place is that of a visit which was created under another number, and which a file or a person has moved
    /// since: there are two visits, and one was created.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - other: The visit that was created, where it is now or is to be.
    package static func placeLeft(line: Int, other: OtherAppointment) -> Finding {
        Finding(
            line: line, column: nil, code: .alreadyBookedDifferently, value: "",
            message: "the visit that was created here has another number and another place since: "
                + "\(other.what), from \(other.place)",
            fix: "see in SecurityTrax that both visits stand, and book by hand the one that is missing")
    }

    /// The sender's number is that of a visit with other values, which a person took out.
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - number: The number.
    ///   - other: The visit as it was taken out.
    ///   - reason: Who took it out, and why.
    package static func numberWithdrawn(
        line: Int, number: String, other: OtherAppointment, reason: String
    ) -> Finding {
        Finding(
            line: line, column: nil, code: .withdrawn, severity: .error, value: Wording.shortened(number),
            message: "the visit with the number \(Wording.quoted(number)) was \(reason.isEmpty ? "withdrawn" : reason), "
                + "with other values: \(other.what)",
            fix: "if this visit is wanted, import the row with --allow-rebooking; if it is not, remove it")
    }

    private static func rebookingFix(_ other: OtherAppointment, state: String) -> String {
        if other.run == nil {
            return "remove one of the two rows; if both visits are wanted, add --allow-rebooking"
        }
        let find = other.customerID > 0 ? " (stimport find \(other.customerID) shows its number)" : ""
        let second = "; if this is a second visit, add --allow-rebooking"
        return switch state {
        case "created":
            "change it in SecurityTrax by hand; if that visit was cancelled there, stimport withdraw it\(find)"
                + second
        case "in doubt", "being posted": "settle that one first: stimport review" + second
        case "held": "say first what is to become of the run that is held (stimport review), then import this file again"
        default: "stimport withdraw the other one if this row replaces it\(find)" + second
        }
    }

    /// The row's technician has another appointment at that time (`--check-overlaps`).
    ///
    /// - Parameters:
    ///   - line: The row's line.
    ///   - column: The file's name of the technician's column; nil for `TechID`.
    ///   - techID: The technician.
    ///   - other: The other appointment.
    package static func techOverlap(
        line: Int, column: String? = nil, techID: Int64, other: OtherAppointment
    ) -> Finding {
        var other = other
        other.techID = nil
        return Finding(
            line: line, column: column ?? AppointmentField.techID.name, code: .techOverlap,
            value: String(techID),
            message:
                "technician \(techID) is at another appointment at that time: \(other.what), \(other.place)",
            fix: "move one of the two, or give one to another technician")
    }

    private static func fieldNames(_ fields: [AppointmentField]) -> String {
        let names = fields.map(\.name)
        guard let last = names.last, names.count > 1 else { return names.first ?? "value" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }
}
