import SecurityTrax

extension FindingCode {
    static let suspicions: [FindingCode] = [
        .allDay, .nightHours, .timeZoneGuessed, .longVisit, .shortVisit, .garbledText,
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

    package static let shortVisit = FindingCode(
        "short-visit", severity: .warning,
        meaning: "The visit takes less than five minutes, as far as its times say.",
        why:
            "A 2 that was meant in hours books a technician for two minutes, and the next visit right behind it.",
        action: "Look at the end, or at how long it takes; a length in hours is written 2h.")

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

    /// A start at twelve in the morning.
    static func noonAsMidnight(_ place: FindingPlace, time: LocalTime) -> Finding {
        Finding(
            place, .nightHours,
            message: "the start, \(Wording.quoted(place.value)), is midnight, \(time.wire): is noon meant?",
            fix: "write \(Wording.twelveHourClock(time.minuteOfDay)) PM if noon is meant")
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
    ///   - start: When the visit starts.
    ///   - minutes: How long it takes.
    ///   - isDuration: Whether the place says how long it takes, and not when it ends.
    static func shortVisit(
        _ place: FindingPlace, start: LocalTime, minutes: Int, isDuration: Bool
    ) -> Finding {
        Finding(
            place, .shortVisit,
            message:
                "\(Wording.quoted(place.value)) makes the visit \(Wording.duration(minutes)) long, from \(start.wire) on: "
                + (isDuration ? "are hours meant?" : "is the end right?"),
            fix: isDuration
                ? "write \(Wording.quoted("\(minutes)h")) where hours are meant"
                : "correct the end, if it is not")
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
}
