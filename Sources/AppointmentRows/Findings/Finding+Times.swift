import SecurityTrax

extension FindingCode {
    static let times: [FindingCode] = [
        .invalidTime, .noSuchDate, .noSuchLocalTime, .ambiguousLocalTime, .timeZoneNotAllowed,
        .mixedDateForms, .halfOfDayUnsaid,
    ]

    package static let invalidTime = FindingCode(
        "invalid-time",
        meaning: "A start or an end can't be read as a date and a time.",
        why: "A time that is guessed sends a technician at the wrong hour.",
        action: "Write it as the message shows, with the date and AM or PM or a 24-hour clock.")

    package static let noSuchDate = FindingCode(
        "no-such-date",
        meaning: "The calendar has no such date.",
        why: "It may be a typing error, or day and month in the other order.",
        action: "Correct it; where the file writes the day first, say so with --date-order dmy.")

    package static let noSuchLocalTime = FindingCode(
        "no-such-local-time",
        meaning: "The clocks skip that time when daylight saving begins.",
        why: "No clock ever shows it, so SecurityTrax could not either.",
        action: "Write the time that the clocks show.")

    package static let ambiguousLocalTime = FindingCode(
        "ambiguous-local-time",
        meaning: "The moment falls into the hour that the clocks repeat when daylight saving ends.",
        why: "The wire has no zone: both hours would look the same.",
        action: "Choose a time outside of that hour, or write the local time without an offset.")

    package static let timeZoneNotAllowed = FindingCode(
        "time-zone-not-allowed",
        meaning: "The time has a zone or an offset, and nothing says what zone the customer lives in.",
        why: "SecurityTrax takes the customer's own clock time; converting needs to know the zone.",
        action: "Name the zone with --time-zone or a TimeZone column, or write local times.")

    package static let halfOfDayUnsaid = FindingCode(
        "half-of-day-unsaid", severity: .warning,
        meaning: "A time says neither AM nor PM, and the first one of the file does.",
        why: "Where the others are on a clock with twelve hours, 2:00 may be the night's or the afternoon's.",
        action: "Write AM or PM behind it; with --strict it is an error.")

    package static let mixedDateForms = FindingCode(
        "mixed-date-forms", severity: .warning,
        meaning: "One column writes its dates in two ways, such as 2027-01-05 and 1/5/2027.",
        why:
            "A spreadsheet that opens dates with the day first swaps day and month of some, and leaves the others as text.",
        action: "Compare a few of them with where the file comes from; with --strict they are errors.")
}

// What is said about a time that can't be read or doesn't exist.
extension Finding {
    /// How to write a time so that it is read with the date order that was asked for.
    private static func form(_ order: DateOrder, isDateOnly: Bool = false) -> String {
        "write it as " + example(order, isDateOnly: isDateOnly)
    }

    private static func example(_ order: DateOrder, isDateOnly: Bool = false) -> String {
        let forms =
            switch order {
            case .monthFirst: ["1/23/2014", "2014-01-23"]
            case .dayFirst: ["23/1/2014", "2014-01-23"]
            case .yearFirst: ["2014-01-23"]
            }
        return forms.map { isDateOnly ? $0 : "\($0) 7:30" }.joined(separator: " or ")
    }

    /// - Parameter order: The order that was expected.
    static func unreadableTime(
        _ place: FindingPlace, problem: TimeProblem, isDateOnly: Bool, order: DateOrder
    ) -> Finding {
        let quoted = Wording.quoted(place.value)
        let form = form(order, isDateOnly: isDateOnly)
        var code = FindingCode.invalidTime
        var message: String
        var fix: String
        switch problem {
        case .unreadable:
            message = "\(quoted) is not a \(isDateOnly ? "date" : "date and time") that can be read"
            fix = form
            if let damage = spreadsheetDamage(place.value) { (message, fix) = damage }
        case .twoDigitYear:
            message = "\(quoted) has a year of two digits"
            fix = "write the year with four digits, as in \(example(order, isDateOnly: isDateOnly))"
        case .dottedDate:
            message = "\(quoted) is a date with dots, which mostly have the day first"
            fix = "add --date-order dmy if the day comes first; otherwise \(form)"
        case .yearNotFirst:
            message = "\(quoted) does not begin with the year, as --date-order ymd asks for"
            fix = "\(form), or say --date-order mdy or dmy"
        case .seconds:
            message = "\(quoted) has seconds, and appointments are made to the minute"
            fix = "round it to a whole minute, with :00 or no seconds"
        case .hour24:
            message = "\(quoted): a clock goes from 0:00 to 23:59"
            fix = "write 12:00 AM of the next day"
        case .noSuchClock:
            message = "\(quoted): no clock shows that time"
            fix = "write a time from 0:00 to 23:59"
        case .noSuchTwelveHourClock:
            message = "\(quoted): with AM or PM the hour goes from 1 to 12"
            fix = "leave AM and PM out, or write midnight as 12:00 AM and noon as 12:00 PM"
        case .noSuchDate:
            code = .noSuchDate
            message = "\(quoted): there is no such day"
            fix =
                order == .dayFirst
                ? "correct the date, or say --date-order mdy if the month comes first" : "correct the date"
        case .dayFirst:
            code = .noSuchDate
            message = "\(quoted): there is no such month, with the month first"
            fix =
                "correct the date; with the month first it is written as "
                + example(order, isDateOnly: isDateOnly)
        case .otherWeekday:
            code = .noSuchDate
            message = "\(quoted): that day is another day of the week"
            fix = "correct the date, or leave the day of the week out"
        case .zoneName:
            code = .timeZoneNotAllowed
            message = "\(quoted) names a time zone, and times are in the customer's own"
            fix =
                "remove it where the customer lives in that zone, or put it in a TimeZone column; otherwise write its offset in its place\(ZoneRule.standardOffset(in: place.value).map { " (\($0.name) is \($0.offset))" } ?? "") and say --time-zone for the customers' zone"
        case .emptyDate:
            message = "\(quoted) is what programs write where a date is empty, not a date"
            fix = form
        case .serialNumber:
            message = "\(quoted) is the number that a spreadsheet keeps for a time, not a time"
            fix = "format the column as a date and time in the spreadsheet and export it again"
        }
        return Finding(
            place, code, message: message,
            fix: fix)
    }

    /// - Parameter reading: What the text was read as.
    static func unreadableDuration(_ place: FindingPlace, _ reading: VisitDuration.Reading) -> Finding {
        let quoted = Wording.quoted(place.value)
        let column = Wording.argument(place.column)
        let units =
            "write the unit with it, as in \(place.value) h or \(place.value) min; where all rows have hours: "
            + "--map DurationHours=\(column), minutes: --map DurationMinutes=\(column)"
        let (message, fix) =
            switch reading {
            case .ambiguous: ("\(quoted) may be a number of minutes or of hours", units)
            case .ambiguousClock:
                (
                    "\(quoted) may be hours and minutes, or minutes and seconds",
                    "write it with its unit, as in 1h 30m or 90 min"
                )
            default:
                ("\(quoted) is not a duration that can be read", "write it as 90, 1:30, 90 min or 1h 30m")
            }
        return Finding(place, .invalidTime, message: message, fix: fix)
    }

    /// What stands beside a duration is no unit.
    static func unknownUnit(_ place: FindingPlace) -> Finding {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) is neither minutes nor hours",
            fix: "write Minutes or Hours in \(place.column), and the duration in them")
    }

    /// - Parameters:
    ///   - unitColumn: The column with the unit.
    ///   - unit: What it says.
    static func otherUnit(_ place: FindingPlace, unitColumn: String, unit: String) -> Finding {
        Finding(
            place, .invalidTime,
            message:
                "\(place.column) says \(Wording.quoted(place.value)), and \(unitColumn) that it is in \(Wording.quoted(unit))",
            fix:
                "write the duration with one unit, as in 1h 30m or 90 min, and the same one or none in \(unitColumn)"
        )
    }

    /// - Parameters:
    ///   - hoursColumn: The column with the hours.
    ///   - hours: What it says.
    static func hoursAndMinutes(_ place: FindingPlace, hoursColumn: String, hours: String) -> Finding {
        Finding(
            place, .invalidTime,
            message:
                "\(hoursColumn) says \(Wording.quoted(hours)) and \(place.column) \(Wording.quoted(place.value)): "
                + "whether one is part of the other can't be told",
            fix: "write whole hours and the minutes beyond them, below 60, or leave one of the two empty")
    }

    static func noDuration(_ place: FindingPlace) -> Finding {
        Finding(
            place, .endNotAfterStart, message: "the duration is \(Wording.quoted(place.value)): none at all",
            fix: "write how long the appointment takes, as 90, 1:30, 90 min or 1h 30m")
    }

    static func noWindow(_ place: FindingPlace) -> Finding {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) is not a start and an end that can be read",
            fix: "write both times, as 8:00 AM - 12:00 PM")
    }

    /// - Parameter endColumn: The column with the other end.
    static func windowAndEnd(_ place: FindingPlace, endColumn: String) -> Finding {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) has a start and an end, and \(endColumn) has an end too",
            fix: "write the start alone in \(place.column), or leave \(endColumn) empty")
    }

    /// - Parameter startColumn: The column with the start alone.
    static func windowAndStart(_ place: FindingPlace, startColumn: String) -> Finding {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) begins at another time than \(startColumn) says",
            fix: "write the same start in both, or leave one of the two empty")
    }

    /// - Parameters:
    ///   - other: A date of the same column that is written in the other way.
    ///   - line: Its line.
    static func mixedDateForms(_ place: FindingPlace, other: String, line: Int) -> Finding {
        Finding(
            place, .mixedDateForms,
            message: "\(Wording.quoted(place.value)) is written in another way than \(Wording.quoted(other)) "
                + "in line \(line): spreadsheets that read a date the wrong way round leave such a mixture",
            fix: "check that day and month are right, and have all dates of the column written in one way")
    }

    /// - Parameter hasEmptyDate: Whether the value has a date that stands for none.
    static func noDate(_ place: FindingPlace, hasEmptyDate: Bool = false, order: DateOrder)
        -> Finding
    {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) has a clock time but no date"
                + (hasEmptyDate ? ": its day is what programs write where a date is empty" : ""),
            fix:
                "\(form(order)), or add a column \(InputColumn.date.name) (--map Date=\"its name\" if the file has one)"
        )
    }

    static func noClock(_ place: FindingPlace, order: DateOrder) -> Finding {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) has a date but no clock time", fix: form(order))
    }

    /// A `Date` column with a clock time other than midnight, or with nothing but a clock time.
    static func notADate(_ place: FindingPlace, order: DateOrder) -> Finding {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) is not a date alone",
            fix: form(order, isDateOnly: true))
    }

    static func timeZoneNotAllowed(_ place: FindingPlace) -> Finding {
        Finding(
            place, .timeZoneNotAllowed,
            message:
                "\(Wording.quoted(place.value)) has an offset from UTC, and nothing says which time zone the customer is in",
            fix:
                "say --time-zone America/Denver (or add a TimeZone column), or write the customer's local time without offset"
        )
    }

    /// A time whose column says a zone by its name, which is not known to be the customer's.
    ///
    /// - Parameter identifier: The zone that the word means, where it means one of customers.
    static func zoneInName(_ place: FindingPlace, _ zone: NamedZone, identifier: String?) -> Finding {
        Finding(
            place, .timeZoneNotAllowed,
            message:
                "\(zone.line.map { "line \($0) above the header" } ?? place.column) says that \(zone.line == nil ? "its" : "the") times are \(zone.word), and nothing says that the customers live by that clock",
            fix: (identifier.map { "if they do, say --time-zone \($0); if not, " } ?? "")
                + "write each time with its offset (2027-01-05T16:00Z) and say --time-zone for the customers' zone, or write the customer's local time and "
                + (zone.line == nil ? "rename the column" : "take that line out"))
    }

    /// `UTC` as a customer's zone: it says how times are kept, not where anybody lives.
    static func zoneOfNobody(_ place: FindingPlace) -> Finding {
        Finding(
            place, .timeZoneNotAllowed,
            message: "\(Wording.quoted(place.value)) is no customer's time zone",
            fix:
                "write the zone that the customer lives in (America/Denver); a time in UTC is written with its offset: 2027-01-05T16:00Z"
        )
    }

    /// One of a row's times has an offset, and this one has none.
    static func offsetMissing(_ place: FindingPlace, other: String) -> Finding {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) has no offset from UTC, and \(other) has one",
            fix: "write both with their offset, or both without")
    }

    /// AM or PM stands in a column of its own, which is not read.
    static func halfOfDayApart(_ place: FindingPlace) -> Finding {
        Finding(
            place, .invalidTime,
            message:
                "\(place.column) says \(Wording.quoted(place.value)) apart from the time, and it is not read there",
            fix: "write it behind the time in the column of the time: 7:00 PM")
    }

    /// Only one of two times says AM or PM, and the other one may be in either half of the day.
    static func halfOfDayUnsaid(_ place: FindingPlace, other: String) -> Finding {
        Finding(
            place, .invalidTime,
            message:
                "\(Wording.quoted(place.value)) says neither AM nor PM, \(other) does, and more than twelve hours lie between them",
            fix: "write AM or PM behind both")
    }

    /// A time without AM or PM in a file that has them.
    ///
    /// - Parameter minute: Minutes since midnight, as it is read.
    static func halfOfDayLacking(_ place: FindingPlace, minute: Int) -> Finding {
        let clock = Wording.twelveHourClock(minute)
        return Finding(
            place, .halfOfDayUnsaid,
            message:
                "\(Wording.quoted(place.value)) says neither AM nor PM, and other times of the file do: \(clock) \(minute < 720 ? "AM" : "PM") is booked",
            fix: "write \(clock) AM or \(clock) PM")
    }

    static func unknownZone(_ place: FindingPlace, fix: String) -> Finding {
        Finding(
            place, .invalidTime,
            message: "\(Wording.quoted(place.value)) is not a time zone", fix: fix)
    }

    static func noSuchLocalTime(_ place: FindingPlace, zone: ZoneRule, local: Int)
        -> Finding
    {
        Finding(
            place, .noSuchLocalTime,
            message: "\(Wording.quoted(place.value)): the clocks in \(zone.identifier) skip that time, going "
                + "\(Wording.duration(zone.gapLength(atLocal: local))) forward",
            fix: "write the time that the clocks show")
    }

    static func ambiguousLocalTime(_ place: FindingPlace, zone: ZoneRule, local: LocalTime)
        -> Finding
    {
        Finding(
            place, .ambiguousLocalTime,
            message:
                "\(Wording.quoted(place.value)) is \(local.wire) in \(zone.identifier), which the clocks there show twice that day",
            fix: "choose a time outside of the repeated hour, or write the local time without offset")
    }

    /// A date that is on the calendar, but beyond what can be kept or sent.
    static func outOfRange(_ place: FindingPlace) -> Finding {
        Finding(
            place, .tooFarAhead,
            message: "\(Wording.quoted(place.value)) is thousands of years ahead", fix: "correct the year")
    }
}
