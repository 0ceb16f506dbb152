/// The rule by which a zone's clocks change for all years to come, as the last line of its file has it: the text of a
/// `TZ` variable in the form of POSIX with the extensions of RFC 8536, such as `MST7MDT,M3.2.0,M11.1.0`.
struct ZoneFileRule: Sendable, Hashable {
    /// A moment of each year.
    private struct Change: Sendable, Hashable {
        enum Day: Sendable, Hashable {
            /// 1...365; 29 February is never counted.
            case julian(Int)
            /// 0...365, with 29 February.
            case index(Int)
            /// A weekday (0 is Sunday) of a month; the fifth is the last.
            case weekday(month: Int, week: Int, day: Int)
        }

        var day: Day
        /// Seconds after the midnight that begins the day, on the clocks that are then changed.
        var time: Int

        /// Its local time in a year, in seconds since 1970.
        func moment(in year: Int) -> Int {
            let midnight =
                switch day {
                case .julian(let day):
                    // The same day in a year without 29 February.
                    Self.midnight(year, 1, 1, plus: day - 1 + (isLeap(year) && day >= 60 ? 1 : 0))
                case .index(let day): Self.midnight(year, 1, 1, plus: day)
                case .weekday(let month, let week, let day): Self.midnight(year, month, week, weekday: day)
                }
            return midnight + time
        }

        private func isLeap(_ year: Int) -> Bool {
            Self.midnight(year + 1, 1, 1) - Self.midnight(year, 1, 1) == 366 * 86_400
        }

        private static func midnight(_ year: Int, _ month: Int, _ week: Int, weekday: Int) -> Int {
            let first = midnight(year, month, 1)
            // 1 January 1970 was a Thursday.
            let passed = (weekday - (first / 86_400 + 4) % 7 + 14) % 7
            let day = midnight(year, month, 1, plus: passed + (week - 1) * 7)
            return day < midnight(year, month + 1, 1) ? day : day - 7 * 86_400
        }

        /// The C library counts days, and takes a thirteenth month for the first of the next year.
        private static func midnight(_ year: Int, _ month: Int, _ day: Int, plus days: Int = 0) -> Int {
            var parts = tm()
            (parts.tm_year, parts.tm_mon, parts.tm_mday) = (
                Int32(year - 1900), Int32(month - 1), Int32(day + days)
            )
            return timegm(&parts)
        }
    }

    private var standard: ZoneFile.Period
    /// nil where there is none.
    private var daylight: DaylightTime?

    /// Daylight saving time, and when it begins and ends.
    private struct DaylightTime: Sendable, Hashable {
        var period: ZoneFile.Period
        var begins: Change
        var ends: Change
    }

    /// Reads the text; nil where it is not of that form.
    init?(_ text: some Collection<UInt8>) {
        var scanner = Scanner(rest: Array(text)[...])
        guard scanner.name(), let west = scanner.time(limit: 24) else { return nil }
        standard = ZoneFile.Period(offset: -west, isDaylightTime: false)
        if scanner.rest.isEmpty { return }
        guard scanner.name() else { return nil }
        var offset = standard.offset + 3_600
        if scanner.rest.first != UInt8(ascii: ",") {
            guard let west = scanner.time(limit: 24) else { return nil }
            offset = -west
        }
        guard let begins = scanner.change(), let ends = scanner.change(), scanner.rest.isEmpty else {
            return nil
        }
        daylight = DaylightTime(
            period: ZoneFile.Period(offset: offset, isDaylightTime: true), begins: begins, ends: ends)
    }

    /// What the clocks show at an instant in seconds since 1970 UTC.
    func period(at seconds: Int) -> ZoneFile.Period {
        guard let daylight else { return standard }
        // Of the changes in the years around, the last that is not later. Where the one begins as the other ends,
        // daylight saving time lasts all year.
        var time = time_t(seconds)
        var parts = tm()
        guard gmtime_r(&time, &parts) != nil else { return standard }
        let year = Int(parts.tm_year) + 1900
        var latest = (moment: Int.min, period: standard)
        for year in year - 1...year + 1 {
            let begins = daylight.begins.moment(in: year) - standard.offset
            let ends = daylight.ends.moment(in: year) - daylight.period.offset
            if ends <= seconds, ends > latest.moment { latest = (ends, standard) }
            if begins <= seconds, begins >= latest.moment { latest = (begins, daylight.period) }
        }
        return latest.period
    }

    /// Reads the text from its beginning on.
    private struct Scanner {
        var rest: ArraySlice<UInt8>

        mutating func take(_ byte: Character) -> Bool {
            guard rest.first == byte.asciiValue else { return false }
            rest.removeFirst()
            return true
        }

        /// An abbreviation: three letters or more, or anything in angle brackets.
        mutating func name() -> Bool {
            if take("<") {
                guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
                rest = rest[(end + 1)...]
                return true
            }
            let letters = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
            rest = rest.dropFirst(letters.count)
            return letters.count >= 3
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            guard (1...3).contains(digits.count) else { return nil }
            rest = rest.dropFirst(digits.count)
            let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            return range.contains(value) ? value : nil
        }

        /// Hours, with minutes and seconds where they are there, in seconds.
        mutating func time(limit hours: Int) -> Int? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard let hour = number(0...hours) else { return nil }
            var seconds = hour * 3_600
            for unit in [60, 1] where take(":") {
                guard let part = number(0...59) else { return nil }
                seconds += part * unit
            }
            return isNegative ? -seconds : seconds
        }

        mutating func change() -> Change? {
            guard take(",") else { return nil }
            let day: Change.Day
            if take("M") {
                guard let month = number(1...12), take("."), let week = number(1...5), take("."),
                    let weekday = number(0...6)
                else { return nil }
                day = .weekday(month: month, week: week, day: weekday)
            } else if take("J") {
                guard let number = number(1...365) else { return nil }
                day = .julian(number)
            } else {
                guard let number = number(0...365) else { return nil }
                day = .index(number)
            }
            var time = 2 * 3_600
            if take("/") {
                guard let given = self.time(limit: 167) else { return nil }
                time = given
            }
            return Change(day: day, time: time)
        }
    }
}
