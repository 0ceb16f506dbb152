import SecurityTrax

extension FindingCode {
    static let technicians: [FindingCode] = [
        .unknownTech, .techNotInRoster, .severalTechs, .techElsewhere, .customerIsTech,
    ]

    package static let customerIsTech = FindingCode(
        "customer-is-tech", severity: .warning,
        meaning: "The customer's number and the technician's are the same.",
        why: "One of them was written into both columns: the visit would be another customer's.",
        action: "Look at both; where it is so by chance, nothing.")

    package static let unknownTech = FindingCode(
        "unknown-tech",
        meaning: "The roster has no technician of that name.",
        why: "A name that is taken for the next best one gives the visit to somebody else.",
        action: "Correct the name, or add it to the roster of --techs.")

    package static let techNotInRoster = FindingCode(
        "tech-not-in-roster", severity: .warning,
        meaning: "The row has a technician's number that no line of the roster has.",
        why: "A dealer's own staff number may be somebody else's TechID.",
        action:
            "Write the TechID, as the column ID of the portal's list of users shows it, or add it to the roster of --techs."
    )

    package static let severalTechs = FindingCode(
        "several-techs",
        meaning: "The field names several technicians.",
        why: "The interface takes one for each appointment, and no number is ever put together from several.",
        action: "Write one row for each technician.")

    package static let techElsewhere = FindingCode(
        "tech-elsewhere", severity: .warning,
        meaning: "The row names no technician, and what stands beside or above it may name one.",
        why:
            "A visit without a technician may be meant so; a second column for who goes, merged cells and a name in a line above the rows look the same.",
        action:
            "Write the technician into each row; where the row is right as it stands, say --map TechID= with the technician's column, or with nothing."
    )
}

/// What is said of who goes.
extension Finding {
    /// A name that the roster does not have.
    ///
    /// - Parameter nearest: Names of the roster that may be meant, the nearest first.
    static func unknownTech(_ place: FindingPlace, nearest: [String]) -> Finding {
        let names = nearest.map { Wording.quoted($0) }
        let meant = names.isEmpty ? "" : "did you mean \(names.joined(separator: " or "))? "
        return Finding(
            place, .unknownTech,
            message: "\(Wording.quoted(place.value)) is not in the roster of technicians",
            fix: meant + "write the name as the roster (--techs) has it, or add it there with its TechID")
    }

    /// - Parameter column: The column of the customer.
    static func customerIsTech(_ place: FindingPlace, column: String) -> Finding {
        Finding(
            place, .customerIsTech,
            message:
                "\(place.column) and \(column) both are \(Wording.quoted(place.value)): is that the customer?",
            fix: "correct the one that is not meant")
    }

    /// A number that no line of the roster has.
    static func techNotInRoster(_ place: FindingPlace) -> Finding {
        Finding(
            place, .techNotInRoster,
            message:
                "\(Wording.quoted(place.value)) is no TechID of the roster: a number of the dealer's own may be somebody else's",
            fix:
                "write the TechID, as the column ID of the portal's list of users shows it, or add it to the roster (--techs)"
        )
    }

    /// - Parameter column: The column of the first technician; nil where the file has none.
    static func furtherTechnician(_ place: FindingPlace, column: String?) -> Finding {
        guard let column else {
            return Finding(
                place, .severalTechs,
                message:
                    "\(place.column) names \(Wording.quoted(place.value)), and no column is read as the technician",
                fix: "where \(Wording.quoted(place.column)) has who goes in every row: \(map(place.column)); "
                    + "where nobody is meant: \(map(nil))")
        }
        return Finding(
            place, .severalTechs,
            message: "\(place.column) names another technician beside \(column), and an appointment has one",
            fix:
                "write one row for each technician, with that technician alone in \(column), and leave \(place.column) empty"
        )
    }

    /// A column of who goes instead names somebody else.
    ///
    /// - Parameter column: The column of the technician; nil where the file has none.
    static func replacedTechnician(_ place: FindingPlace, column: String?) -> Finding {
        let use = "where \(Wording.quoted(place.column)) has who goes in every row: \(map(place.column))"
        guard let column else {
            return Finding(
                place, .severalTechs,
                message:
                    "\(place.column) names \(Wording.quoted(place.value)), and no column is read as the technician",
                fix: "put the technician of each row into a column of its own, TechID; \(use)")
        }
        return Finding(
            place, .severalTechs,
            message:
                "\(place.column) names \(Wording.quoted(place.value)), another technician than \(column), and an appointment has one",
            fix: "write who goes into \(column), and leave \(place.column) empty; \(use); "
                + "where it says nothing of the visit: \(map(column))")
    }

    /// A row without a technician has a name in another column that says who goes.
    ///
    /// - Parameter column: The column of the technician; nil where the file has none.
    static func techElsewhere(_ place: FindingPlace, column: String?) -> Finding {
        Finding(
            place, .techElsewhere,
            message: "\(place.column) names \(Wording.quoted(place.value)), and "
                + (column.map { "\($0) names nobody" } ?? "no column is read as the technician")
                + ": the visit is booked without a technician",
            fix:
                "write who goes into \(column ?? "a column TechID"); where \(Wording.quoted(place.column)) has it in "
                + "every row: \(map(place.column)); where nobody is meant: \(map(column))")
    }

    /// A line above a row without a technician has somebody's name.
    ///
    /// - Parameters:
    ///   - above: That line, and what it says.
    ///   - column: The column of the technician; nil where the file has none.
    static func techElsewhere(line: Int, above: (line: Int, text: String), column: String?) -> Finding {
        Finding(
            line: line, column: column, code: .techElsewhere,
            message:
                "line \(above.line) above it, \(Wording.quoted(above.text)), may name the technician, and the row has none: the visit is booked without a technician",
            fix:
                "write who goes into each row, in \(column ?? "a column TechID"); where nobody is meant: \(map(column))"
        )
    }

    /// A technician's field is empty below another one, as where cells were merged.
    ///
    /// - Parameter above: That one, and the line that it stands in.
    static func mergedTechnician(_ place: FindingPlace, above: (line: Int, text: String)) -> Finding {
        Finding(
            place, .techElsewhere,
            message:
                "\(place.column) is empty below \(Wording.quoted(above.text)) in line \(above.line), and whether that holds for this row too can't be told: the visit is booked without a technician",
            fix:
                "write who goes into each row, as merged cells do not; where empty ones are meant: \(map(place.column))"
        )
    }

    /// How the technician's column is named; nil for none.
    private static func map(_ column: String?) -> String {
        "--map TechID=" + (column.map { Wording.argument($0) } ?? "")
    }

    /// A name that the roster has without a TechID.
    static func techWithoutID(_ place: FindingPlace) -> Finding {
        Finding(
            place, .unknownTech, message: "the roster has no TechID for \(Wording.quoted(place.value))",
            fix:
                "add the TechID to the name's line of the roster (--techs), as the portal's list of users shows it"
        )
    }

    static func severalTechs(_ place: FindingPlace) -> Finding {
        Finding(
            place, .severalTechs,
            message:
                "\(Wording.quoted(place.value)) seems to name several technicians, and an appointment has one",
            fix: "write one row for each technician, with that technician's number alone in \(place.column)")
    }
}
