import SecurityTrax

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
        // An hour after noon was hardly written without its PM.
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
            place, .nightHours, severity: .warning,
            message: "the \(isStart ? "start" : "end"), \(time.wire), is at night: \(question)", fix: fix)
    }

    static func timeZoneGuessed(_ place: FindingPlace, zone: ZoneRule) -> Finding {
        let isMountain = zone.abbreviation == "MST"
        return Finding(
            place, .timeZoneGuessed, severity: .warning,
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

    static func severalTechs(_ place: FindingPlace) -> Finding {
        Finding(
            place, .severalTechs,
            message:
                "\(Wording.quoted(place.value)) seems to name several technicians, and an appointment has one",
            fix: "write one row for each technician, with that technician's number alone in \(place.column)")
    }
}
