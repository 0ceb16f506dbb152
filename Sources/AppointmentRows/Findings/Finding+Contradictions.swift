import SecurityTrax

extension FindingCode {
    static let contradictions: [FindingCode] = [.contradictingTimes]

    package static let contradictingTimes = FindingCode(
        "contradicting-times", severity: .warning,
        meaning: "Two places say different things of the visit's time, and one of them is booked.",
        why:
            "A date, a duration or a line above the rows that was forgotten when the visit was moved looks so; so does a column of something else.",
        action:
            "Write the same into both, or empty the one that does not hold; --map with the column that is read says that it is meant."
    )
}

/// What is said where two places say different things of a visit's time.
extension Finding {
    /// A date beside a time that has another one.
    ///
    /// - Parameter timeColumn: The column of the time.
    static func otherDay(_ place: FindingPlace, timeColumn: String, time: LocalTime) -> Finding {
        Finding(
            place, .contradictingTimes,
            message:
                "\(place.column) is \(Wording.quoted(place.value)), and \(timeColumn) has another day: \(time.wire) is booked",
            fix: "write the same day into both, or empty \(place.column)")
    }

    /// A duration beside an end that makes another one.
    ///
    /// - Parameter length: Minutes from the start to the end.
    static func otherLength(_ place: FindingPlace, length: Int) -> Finding {
        Finding(
            place, .contradictingTimes,
            message:
                "\(place.column) is \(Wording.quoted(place.value)), and from the start to the end is \(Wording.duration(length)), which is booked",
            fix: "correct one of them, or empty \(place.column)")
    }

    /// A column of weekdays names another one than the start's.
    ///
    /// - Parameter isSwapped: Whether it is the one of the date with day and month swapped.
    static func otherWeekday(_ place: FindingPlace, start: LocalTime, isSwapped: Bool) -> Finding {
        let weekday = WeekdayWord.name(of: LocalTime.weekday(ofDay: start.dayNumber))
        return Finding(
            line: place.line, column: place.column, code: .contradictingTimes,
            severity: isSwapped ? .error : .warning,
            value: place.value,
            message:
                "\(place.column) is \(Wording.quoted(place.value)), and \(start.wire) is a \(weekday)"
                + (isSwapped ? ": with day and month swapped it would be right" : ", which is booked"),
            fix: (isSwapped ? "if the day comes first in this file, say --date-order dmy; otherwise " : "")
                + "correct the date or \(place.column), or empty that")
    }

    /// A window in which the visit does not begin.
    static func outsideWindow(_ place: FindingPlace, start: LocalTime) -> Finding {
        Finding(
            place, .contradictingTimes,
            message:
                "\(place.column) is \(Wording.quoted(place.value)), and the visit starts at another time: \(start.wire) is booked",
            fix: "correct one of them, or empty \(place.column)")
    }

    /// A line above the row names another day.
    static func otherDayAbove(_ place: FindingPlace, line: Int, text: String, start: LocalTime) -> Finding {
        Finding(
            place, .contradictingTimes,
            message:
                "line \(line) above it says \(Wording.quoted(text)), and the row starts on another day: \(start.wire) is booked",
            fix: "correct the one that does not hold, or take that line out")
    }
}
