/// How long an appointment takes, as people and programs write it.
enum VisitDuration {
    /// What a number without a unit counts.
    enum Unit {
        case minutes
        case hours
        /// The column is named after minutes and seconds: what a clock would show is no hours and minutes.
        case minutesAndSeconds
        /// Minutes, where the number can hardly be one of hours.
        case unsaid
    }

    /// What a text says.
    enum Reading: Equatable {
        /// Minutes, at least 0 and at most a week's.
        case minutes(Int)
        /// `2`: two minutes, or two hours?
        case ambiguous
        /// `10:00` among minutes: ten minutes, or ten hours?
        case ambiguousClock
        case unreadable
    }

    private static let longest = 7 * 1440

    /// Reads a trimmed, non-empty text: `90`, `1:30`, `1:30:00`, `90 min`, `1h 30m`, `1.5 hours`, `PT1H30M`.
    static func read(_ text: String, unit: Unit) -> Reading {
        guard text.utf8.count <= 40 else { return .unreadable }
        let text = text.lowercased()
        if let number = number(text[...]) {
            switch unit {
            case .minutes: return minutes(number)
            case .hours: return minutes(number * 60)
            case .minutesAndSeconds: return .unreadable
            case .unsaid:
                // Nobody drives out for less than a quarter of an hour, and a fraction may be one of a day.
                return number == 0 || number >= 15 && number == number.rounded()
                    ? minutes(number) : .ambiguous
            }
        }
        guard text.contains(":") else { return parts(text) }
        // `0 days 01:30:00` is how pandas writes a length.
        let isSpan = text.hasPrefix("0 days ")
        let reading = clock(isSpan ? String(text.dropFirst(7)) : text)
        if isSpan { return reading }
        switch unit {
        case .hours, .unsaid: return reading
        case .minutes where text.drop(while: { $0 == "0" }).first == ":": return reading
        case .minutes, .minutesAndSeconds: return reading == .unreadable ? reading : .ambiguousClock
        }
    }

    /// The one unit that a text names itself; nil where it names none or several.
    static func ownUnit(of text: String) -> Unit? {
        let names = text.split { !$0.isLetter }.map(String.init)
        let units = Set(names.map { Unit(written: $0) })
        return units.count == 1 ? units.first.flatMap { $0 } : nil
    }

    private static func minutes(_ minutes: Double) -> Reading {
        let whole = minutes.rounded()
        // A third of an hour is written with as many digits as there is room for.
        guard abs(minutes - whole) < 0.02, (0...Double(longest)).contains(whole) else { return .unreadable }
        return .minutes(Int(whole))
    }

    /// `90`, `90.0`, `1.5`: no sign, no exponent.
    private static func number(_ text: Substring) -> Double? {
        guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 12,
            (48...57).contains(first) || first == 46, (48...57).contains(last),
            text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 })
        else { return nil }
        return Double(text)
    }

    /// Hours and minutes, with seconds where those are none.
    private static func clock(_ text: String) -> Reading {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(fields.count), (1...3).contains(fields[0].utf8.count),
            fields.dropFirst().allSatisfy({ $0.utf8.count == 2 }),
            fields.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hours = Int(fields[0]), let minutes = Int(fields[1]), minutes < 60,
            fields.count == 2 || fields[2] == "00", hours * 60 + minutes <= longest
        else { return .unreadable }
        return .minutes(hours * 60 + minutes)
    }

    /// `1h 30m`, `1 hr and 30 min`, `1h30`, `PT1H30M`.
    private static func parts(_ text: String) -> Reading {
        var rest = text[...]
        if rest.hasPrefix("pt") { rest = rest.dropFirst(2) }
        var total = 0.0
        var lastSize = Double.infinity
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == "," }
            if rest.hasPrefix("and ") { rest = rest.dropFirst(4) }
            if rest.isEmpty { break }
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            guard let value = number(digits) else { return .unreadable }
            rest = rest.dropFirst(digits.count).drop { $0.isWhitespace || $0 == "-" }
            let name = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(name.count)
            if rest.first == "." { rest = rest.dropFirst() }
            let size: Double
            if let unit = units[String(name)] {
                size = unit
            } else if name.isEmpty, lastSize == 60, rest.isEmpty {
                // `1h30`
                size = 1
            } else {
                return .unreadable
            }
            guard size < lastSize else { return .unreadable }
            lastSize = size
            total += value * size
        }
        return lastSize.isInfinite ? .unreadable : minutes(total)
    }

    private static let units: [String: Double] = [
        "d": 1440, "day": 1440, "days": 1440, "h": 60, "hr": 60, "hrs": 60, "hour": 60, "hours": 60, "m": 1,
        "min": 1, "mins": 1, "minute": 1, "minutes": 1,
    ]
}
