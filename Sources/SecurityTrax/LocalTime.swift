/// A calendar date and clock time in the customer's time zone, to the minute.
///
/// The wire carries no zone ("start time of the appointment in the customer's
/// time zone"), so neither does this type: it counts the minutes of a proleptic
/// Gregorian calendar without offsets or leap seconds.
package struct LocalTime: Sendable, Hashable, Comparable {
    /// Minutes since 1970-01-01 00:00 of the same, unnamed clock. May be negative.
    package let minutes: Int32

    /// A time that many minutes after 1970-01-01 00:00.
    package init(minutes: Int32) {
        self.minutes = minutes
    }

    /// The years that can be written: what an `Int32` of minutes reaches, within
    /// the wire's four digits.
    package static let years = 1...6052

    /// A time from its parts, or nil where no calendar has that day (`2/30`) or
    /// no clock that time (`24:00`).
    ///
    /// - Parameters:
    ///   - year: in ``years``.
    ///   - month: 1...12.
    ///   - day: 1...31, checked against the month.
    ///   - hour: 0...23.
    ///   - minute: 0...59.
    package init?(year: Int, month: Int, day: Int, hour: Int, minute: Int) {
        guard Self.years.contains(year), (1...12).contains(month), (0...23).contains(hour),
            (0...59).contains(minute), day >= 1, day <= Self.days(inMonth: month, year: year)
        else { return nil }
        minutes = Int32((Self.daysSinceEpoch(year: year, month: month, day: day) * 24 + hour) * 60 + minute)
    }

    /// How many days a month has: 28...31. `month` is 1...12.
    package static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The parts of a time.
    package struct Components: Sendable, Hashable {
        /// In ``LocalTime/years``, or one past it.
        package let year: Int
        /// 1...12.
        package let month: Int
        /// 1...31.
        package let day: Int
        /// 0...23.
        package let hour: Int
        /// 0...59.
        package let minute: Int
    }

    /// The day, in days since 1970-01-01; may be negative.
    package var dayNumber: Int { (Int(minutes) - minuteOfDay) / 1440 }

    /// The day of the week of a day in days since 1970-01-01, which was a Thursday: 0 for Sunday.
    package static func weekday(ofDay day: Int) -> Int { ((day + 4) % 7 + 7) % 7 }

    /// The parts that the time was made of.
    package var components: Components {
        let (dayNumber, minuteOfDay) = (dayNumber, minuteOfDay)
        // Days since 0000-03-01, in eras of 400 years, so that the leap day ends a year.
        let days = dayNumber + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return Components(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, hour: minuteOfDay / 60,
            minute: minuteOfDay % 60)
    }

    /// The clock time as minutes since midnight: 0...1439.
    package var minuteOfDay: Int {
        let rest = Int(minutes) % 1440
        return rest < 0 ? rest + 1440 : rest
    }

    /// The time as the wire has it: `MM/DD/YYYY H:MM`, 24-hour, the hour without
    /// a leading zero (`01/23/2014 7:30`, from the vendor's sample request).
    package var wire: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        appendWire(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends ``wire``.
    func appendWire(to output: inout [UInt8]) {
        let parts = components
        func put(_ value: Int, digits: Int) {
            if digits > 2 { put(value / 100, digits: digits - 2) }
            if digits > 1 { output.append(UInt8(48 + value / 10 % 10)) }
            output.append(UInt8(48 + value % 10))
        }
        put(parts.month, digits: 2)
        output.append(UInt8(ascii: "/"))
        put(parts.day, digits: 2)
        output.append(UInt8(ascii: "/"))
        put(parts.year, digits: 4)
        output.append(UInt8(ascii: " "))
        put(parts.hour, digits: parts.hour < 10 ? 1 : 2)
        output.append(UInt8(ascii: ":"))
        put(parts.minute, digits: 2)
    }

    /// A day in days since 1970-01-01 in the form of ISO 8601: `2026-11-23`.
    package static func isoDate(ofDay day: Int) -> String {
        let date = LocalTime(minutes: Int32(clamping: day * 1440)).components
        return digits(date.year, 4) + "-" + digits(date.month) + "-" + digits(date.day)
    }

    /// A time of the day in minutes since its beginning: `08:05`.
    package static func clock(ofMinute minute: Int) -> String {
        digits(minute / 60) + ":" + digits(minute % 60)
    }

    /// A number with zeros before it, where it has fewer digits.
    package static func digits(_ number: Int, _ count: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    /// Earlier on the same clock.
    package static func < (left: LocalTime, right: LocalTime) -> Bool {
        left.minutes < right.minutes
    }

    /// Days from 1970-01-01 to a date; negative before it.
    private static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        // Years that begin in March, so that the leap day ends a year.
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
