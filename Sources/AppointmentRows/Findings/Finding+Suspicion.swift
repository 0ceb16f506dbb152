import SecurityTrax

extension FindingCode {
    static let suspicions: [FindingCode] = [
        .allDay, .nightHours, .timeZoneGuessed, .unknownTech, .techNotInRoster, .severalTechs,
        .techElsewhere,
        .longVisit, .garbledText,
    ]

    package static let allDay = FindingCode(
        "all-day",
        meaning: "The row says all day, or runs from midnight to midnight.",
        why: "SecurityTrax has no visits without times; midnight is when nobody comes.",
        action: "Give the times.")

    package static let nightHours = FindingCode(
        "night-hours", severity: .warning,
        meaning: "The visit starts or ends at night, and the time has no AM or PM.",
        why: "2:00 for 14:00 is a usual mistake of exports.",
        action: "Write PM or a 24-hour clock; with --hours it is an error, with --strict too.")

    package static let longVisit = FindingCode(
        "long-visit", severity: .warning,
        meaning: "The visit takes more than 16 hours, as far as its times say.",
        why: "An end with the date of the next day books a technician for a day and a night.",
        action: "Look at the dates; correct the end's.")

    package static let garbledText = FindingCode(
        "garbled-text", severity: .warning, namesValue: false,
        meaning:
            "A text has two wrong characters or more where one was meant, or a mark where one was lost. It is said once for a file.",
        why:
            "A program has read the file in another encoding than it was written in, and it is posted as it stands: what was meant can't be told for sure.",
        action:
            "Export the file again as UTF-8, or name its encoding with --encoding; correct the texts where they were kept so."
    )

    package static let timeZoneGuessed = FindingCode(
        "time-zone-guessed", severity: .warning,
        meaning: "The zone's short name may mean more than one zone.",
        why: "MST is Mountain time for most and Arizona for some, an hour apart in summer.",
        action: "Write the zone's whole name, as America/Denver.")

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

// What is said about values that can be read and hardly mean what they say.
extension Finding {
    /// - Parameter isSaid: Whether a column says so, instead of the times.
    static func allDay(_ place: FindingPlace, isSaid: Bool = false) -> Finding {
        Finding(
            place, .allDay,
            message: isSaid
                ? "\(place.column) is \(Wording.quoted(place.value)), and an all-day event says nothing of the visit's times"
                : "\(Wording.quoted(place.value)): from midnight to midnight is an all-day event, which says nothing of the visit's times",
            fix: isSaid
                ? "give the times at which the visit starts and ends, and write No in \(place.column)"
                : "give the times at which the visit starts and ends")
    }

    /// A column for it says neither yes nor no.
    static func allDayUnclear(_ place: FindingPlace) -> Finding {
        Finding(
            place, .allDay,
            message:
                "\(place.column) is \(Wording.quoted(place.value)), and whether the row is an all-day event can't be told",
            fix: "write Yes or No there; a row without one is taken as no all-day event")
    }

    /// The words stand where a time is expected.
    static func allDayInsteadOfTime(_ place: FindingPlace) -> Finding {
        Finding(
            place, .allDay,
            message: "\(Wording.quoted(place.value)) says nothing of the visit's times",
            fix: "give the times at which the visit starts and ends")
    }

    /// - Parameter isConverted: Whether the time was written with an offset, so that another clock shows it.
    static func nightHours(
        _ place: FindingPlace, isStart: Bool, time: LocalTime, isConverted: Bool
    ) -> Finding {
        let minute = time.minuteOfDay
        let half = minute < 720 ? "AM" : "PM"
        // After noon the hour was written on a 24-hour clock: no PM is missing.
        let isEarly = minute < 720 && !isConverted
        let question =
            isEarly ? "is PM missing?" : isConverted ? "is the offset right?" : "is the hour right?"
        let night = Wording.twelveHourClock(minute) + " " + half
        let fix: String
        if isConverted {
            fix = "correct the time or its offset; if the night is meant, write \(night) without an offset"
        } else if isEarly {
            fix =
                "write \(Wording.twelveHourClock(minute)) PM if the afternoon is meant, \(night) if the night is"
        } else {
            fix = "correct the time, or write \(night) if the night is meant"
        }
        return Finding(
            place, .nightHours,
            message: "the \(isStart ? "start" : "end"), \(time.wire), is at night: \(question)", fix: fix)
    }

    /// - Parameters:
    ///   - start: When the visit starts.
    ///   - end: When it ends.
    static func longVisit(_ place: FindingPlace, start: LocalTime, end: LocalTime) -> Finding {
        let length = Wording.duration(Int(end.minutes) - Int(start.minutes))
        let isOtherDay = start.dayNumber != end.dayNumber
        return Finding(
            place, .longVisit,
            message: "the visit takes \(length), from \(start.wire) to \(end.wire)"
                + (isOtherDay ? ": is the end's date right?" : ": are the times right?"),
            fix: isOtherDay
                ? "correct the end, if its date is a day late" : "correct the times, if they are not")
    }

    /// - Parameters:
    ///   - garbled: What stands there.
    ///   - encoding: What the file is said to be written in, where that is not UTF-8.
    static func garbledText(_ place: FindingPlace, _ garbled: GarbledText, encoding: String?) -> Finding {
        let what =
            garbled.meant.map {
                "has \(Wording.quoted(garbled.written)), which most likely was \(Wording.quoted($0)) in UTF-8"
            } ?? "has \(Wording.quoted(garbled.written)), which stands for a character that was lost"
        let other =
            encoding.map { "leave --encoding \($0) out if the file is UTF-8, or " } ?? ""
        return Finding(
            place, .garbledText,
            message:
                "\(place.column) \(what); texts are posted as they stand, and others of the file may be so too",
            fix: other + "export the file again as UTF-8 from where its texts are right")
    }

    static func timeZoneGuessed(_ place: FindingPlace, zone: ZoneRule) -> Finding {
        let isMountain = zone.abbreviation == "MST"
        return Finding(
            place, .timeZoneGuessed,
            message: "\(Wording.quoted(place.value)) is read as \(zone.identifier), "
                + (isMountain
                    ? "and may mean Arizona, which has no daylight saving time"
                    : "where daylight saving time is in force that day"),
            fix: "write \(zone.identifier)"
                + (isMountain
                    ? ", or America/Phoenix for Arizona" : ", or the customer's zone if it is another"))
    }

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

    /// - Parameter column: The column of the first technician.
    static func furtherTechnician(_ place: FindingPlace, column: String) -> Finding {
        Finding(
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
