import SecurityTrax

/// What the text of a time says, field by field, before it is placed on a calendar.
struct TimeText {
    /// 1...9999, or 0 where the text has no date.
    var year = 0
    var month = 0
    var day = 0
    /// Minutes since midnight, or -1 where the text has no clock time.
    var minuteOfDay = -1
    /// Minutes east of UTC, where the text has an offset.
    var offset = 0
    var hasOffset = false
    /// Whether the clock time says AM or PM.
    var saysHalfOfDay = false
    /// Whether the date is only what programs write beside a clock time without a day (12/30/1899, 1/0/1900): it is
    /// left out, as if there were none.
    var hasEmptyDate = false

    /// Which way of writing its date has, where that is all numbers.
    var dateForm = DateForm.none

    /// A way of writing dates.
    enum DateForm {
        /// No date, or one with the month's name.
        case none
        /// `2014-01-23`
        case yearFirst
        /// `1/23/2014`
        case yearLast
        /// `23.1.2014`
        case dotted
    }

    var hasDate: Bool { year != 0 }
    var hasClock: Bool { minuteOfDay >= 0 }
}

/// Why the text of a time can't be used.
enum TimeProblem: Equatable {
    /// Not one of the forms.
    case unreadable
    /// `1/23/14`
    case twoDigitYear
    /// `23.01.2014` where the month comes first: dates with dots have the day first nearly everywhere.
    case dottedDate
    /// `1/23/2014` where the year must come first.
    case yearNotFirst
    /// `7:30:15`
    case seconds
    /// `24:00`
    case hour24
    /// `25:00`, `7:60`
    case noSuchClock
    /// `0:30 AM`, `13:00 PM`
    case noSuchTwelveHourClock
    /// `2/30/2014`
    case noSuchDate
    /// `23/1/2014` where the month comes first
    case dayFirst
    /// `Monday 1/23/2014`, which was a Thursday
    case otherWeekday
    /// `7:30 MST`
    case zoneName
    /// `12/30/1899`: a date that stands for none, without a clock time that could be used.
    case emptyDate
    /// `41662.3125`: how a spreadsheet stores a time.
    case serialNumber
}

/// A time that was read, or why it couldn't be.
enum TimeReading {
    case time(TimeText)
    case problem(TimeProblem)
}

extension TimeText {
    /// Reads a trimmed, non-empty text, without allocating in most cases: `1/23/2014 7:30`, `01/23/2014 07:30:00 AM`,
    /// `2014-01-23T07:30+02:00`, a date alone, a clock time alone or as a fraction of a day (`0.3125`); and with an
    /// English month or a weekday: `Thu, Jan 23, 2014 7:30 AM`.
    ///
    /// - Parameters:
    ///   - order: Which number of a date comes first.
    ///   - years: The years that an appointment can be in: a year of two digits is read where one of them ends so.
    static func read(
        _ bytes: UnsafeBufferPointer<UInt8>, order: DateOrder, years: ClosedRange<Int>? = nil
    ) -> TimeReading {
        let reading = readPlain(bytes, order: order, years: years)
        // Nearly every text is done with here.
        guard case .problem(.unreadable) = reading else { return reading }
        return readWords(bytes, order: order, years: years) ?? reading
    }

    /// Reads a text of digits and marks, with `AM`, `PM` or a zone at the most.
    static func readPlain(
        _ bytes: UnsafeBufferPointer<UInt8>, order: DateOrder, years: ClosedRange<Int>?
    ) -> TimeReading {
        var scanner = TimeScanner(bytes: bytes)
        var text = TimeText()
        var problem: TimeProblem?

        let first = scanner.number()
        guard first.digits > 0 else { return .problem(.unreadable) }
        let mark = scanner.peek
        var clockStart = first
        var isJoined = false
        if mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-") || mark == UInt8(ascii: ".") {
            scanner.index += 1
            let second = scanner.number()
            if second.digits > 0, scanner.isAtEnd, mark == UInt8(ascii: ".") {
                if first.digits >= 4 { return .problem(.serialNumber) }
                guard first.value == 0, first.digits == 1, let minute = minuteOfDay(fraction: second) else {
                    return .problem(.unreadable)
                }
                text.minuteOfDay = minute
                return .time(text)
            }
            guard (1...2).contains(second.digits), scanner.take(mark) else { return .problem(.unreadable) }
            let third = scanner.number()
            text.dateForm =
                first.digits == 4 ? .yearFirst : mark == UInt8(ascii: ".") ? .dotted : .yearLast
            problem = text.setDate(
                first, second, third, hasDots: mark == UInt8(ascii: "."), order: order, years: years)
            if problem == .unreadable { return .problem(.unreadable) }
            if scanner.isAtEnd {
                if text.hasEmptyDate { problem = .emptyDate }
                return problem.map { .problem($0) } ?? .time(text)
            }
            isJoined = scanner.peek | 0x20 == UInt8(ascii: "t")
            guard scanner.takeDateSeparator() else { return .problem(.unreadable) }
            clockStart = scanner.number()
        } else if scanner.isAtEnd, first.digits == 5 {
            return .problem(.serialNumber)
        }

        let clockProblem = text.readClock(hour: clockStart, &scanner, isJoined: isJoined)
        // A text that is no time at all has no wrong date either.
        if clockProblem == .unreadable { return .problem(.unreadable) }
        if let problem = problem ?? clockProblem { return .problem(problem) }
        // What UTC's clock showed that day says nothing of another one.
        if text.hasEmptyDate, text.hasOffset { return .problem(.emptyDate) }
        return .time(text)
    }

    /// The clock time of what a spreadsheet keeps for it, or nil where the digits are no whole minute's.
    private static func minuteOfDay(fraction: TimeScanner.Number) -> Int? {
        guard fraction.digits <= 18 else { return nil }
        // The digits beyond the ninth, of which only some are known, are worth less than a millisecond.
        var share = Double(fraction.value)
        for _ in 0..<min(fraction.digits, 9) { share /= 10 }
        let minutes = share * 1440
        let whole = minutes.rounded()
        // Few digits are as likely to be something else.
        guard abs(minutes - whole) < 0.01, whole < 1440, fraction.digits >= 4 || Int(whole) % 15 == 0 else {
            return nil
        }
        return Int(whole)
    }

    mutating func setDate(
        _ first: TimeScanner.Number, _ second: TimeScanner.Number, _ third: TimeScanner.Number, hasDots: Bool,
        order: DateOrder, years: ClosedRange<Int>?
    ) -> TimeProblem? {
        if Self.isEmptyDate(first, second, third) {
            hasEmptyDate = true
            return nil
        }
        if first.digits == 4 {
            guard (1...2).contains(third.digits) else { return .unreadable }
            (year, month, day) = (first.value, second.value, third.value)
        } else {
            guard first.digits <= 2 else { return .unreadable }
            guard third.digits == 4 || (1...2).contains(third.digits) else { return .unreadable }
            var written = third.value
            if third.digits < 4 {
                guard third.digits == 2, order != .yearFirst,
                    let year = Self.year(endingWith: third.value, in: years)
                else { return .twoDigitYear }
                written = year
            }
            year = written
            switch order {
            case .monthFirst:
                if hasDots { return .dottedDate }
                (month, day) = (first.value, second.value)
                if month > 12, isDate(year, second.value, first.value) { return .dayFirst }
            case .dayFirst: (month, day) = (second.value, first.value)
            case .yearFirst: return .yearNotFirst
            }
        }
        return isDate(year, month, day) ? nil : .noSuchDate
    }

    /// The only year of a range that ends with two digits, nil where there is none or several.
    static func year(endingWith digits: Int, in years: ClosedRange<Int>?) -> Int? {
        guard let years else { return nil }
        let first = years.lowerBound + ((digits - years.lowerBound) % 100 + 100) % 100
        return first <= years.upperBound && first + 100 > years.upperBound ? first : nil
    }

    /// Whether a date is what programs write where there is only a clock time: the zero of Access, Excel, Lotus,
    /// SQL Server, old Macs, .NET and Unix. No visit can be on one of them.
    static func isEmptyDate(
        _ first: TimeScanner.Number, _ second: TimeScanner.Number, _ third: TimeScanner.Number
    ) -> Bool {
        let isYearFirst = first.digits == 4
        let year = isYearFirst ? first : third
        // In either order: who writes it doesn't know the file's.
        let days = isYearFirst ? (second.value, third.value) : (first.value, second.value)
        if days == (1, 0) || days == (0, 1) {
            return year.value == 1900 || year.digits == 2 && year.value == 0
        }
        guard year.digits == 4 else { return false }
        return switch year.value {
        case 1899: days == (12, 30) || days == (30, 12) || days == (12, 31) || days == (31, 12)
        case 1, 1900, 1904, 1970: days == (1, 1)
        default: false
        }
    }

    private func isDate(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        year >= 1 && (1...12).contains(month) && day >= 1 && day <= LocalTime.days(inMonth: month, year: year)
    }

    /// - Parameters:
    ///   - isJoined: whether a T stands between date and clock, as ISO 8601 has it.
    ///   - mayHaveDots: whether `08.00.00.000000 AM` is a clock time, as Oracle writes it.
    mutating func readClock(
        hour: TimeScanner.Number, _ scanner: inout TimeScanner, isJoined: Bool = false,
        mayHaveDots: Bool = false
    ) -> TimeProblem? {
        guard (1...2).contains(hour.digits) else { return .unreadable }
        var problem: TimeProblem?
        var minute = 0
        var hasSeconds = false
        let hasDots = mayHaveDots && scanner.peek == UInt8(ascii: ".")
        let mark = hasDots ? UInt8(ascii: ".") : UInt8(ascii: ":")
        let hasMinute = scanner.take(mark)
        if hasMinute {
            let minutes = scanner.number()
            guard minutes.digits == 2 else { return .unreadable }
            minute = minutes.value
            if scanner.take(mark) {
                let seconds = scanner.number()
                guard seconds.digits == 2 else { return .unreadable }
                hasSeconds = true
                var isZero = seconds.value == 0
                if scanner.peek == UInt8(ascii: ".") || scanner.peek == UInt8(ascii: ",") {
                    scanner.index += 1
                    let fraction = scanner.number()
                    guard fraction.digits > 0 else { return .unreadable }
                    isZero = isZero && fraction.value == 0
                }
                if !isZero { problem = seconds.value < 60 ? .seconds : .noSuchClock }
            }
        }
        scanner.skipSpaces()
        let half = scanner.takeHalfOfDay()
        guard hasMinute || half != 0 else { return .unreadable }
        // `8.30` alone may be hours and their half.
        if hasDots, !hasSeconds, half == 0 { return .unreadable }
        var hours = hour.value
        saysHalfOfDay = half != 0
        if half != 0 {
            if hours < 1 || hours > 12 { problem = .noSuchTwelveHourClock }
            hours = hours % 12 + (half == 2 ? 12 : 0)
        } else if hours > 23 {
            problem = hours == 24 && minute == 0 ? .hour24 : .noSuchClock
        }
        if minute > 59 { problem = .noSuchClock }
        minuteOfDay = hours * 60 + minute

        scanner.skipSpaces()
        if !scanner.isAtEnd {
            let hasColon = scanner.restHolds(UInt8(ascii: ":"))
            switch scanner.takeOffset() {
            case .none: return .unreadable
            case .name: return .zoneName
            case .minutes(let minutes):
                // `8:00-10:00` may be a window: only where the form is ISO's, or its end would lie before its start, it
                // is surely an offset.
                if hasColon, !isJoined, !hasSeconds, half == 0, -minutes > minuteOfDay { return .unreadable }
                offset = minutes
                hasOffset = true
            }
        }
        return problem
    }
}
