package import SystemFiles

/// The points in time of HTTP's headers (RFC 9110, section 5.6.7).
package enum HTTPDate {
    /// In seconds since 1970 UTC; nil where the text is of none of the three forms:
    /// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`.
    ///
    /// - Parameter now: what tells the century of a year of two digits.
    package static func seconds(_ text: String, now: Date) -> Int? {
        let words = text.split(separator: " ").map(String.init)
        switch words.count {
        case 6 where words[0].hasSuffix(",") && isZone(words[5]):
            return seconds(
                day: words[1], month: words[2], year: number(words[3], digits: 4...4), clock: words[4])
        case 4 where words[0].hasSuffix(",") && isZone(words[3]):
            let parts = words[1].split(separator: "-").map(String.init)
            guard parts.count == 3, let short = number(parts[2], digits: 2...2) else { return nil }
            // A year that seems more than 50 years ahead is one of the past.
            let thisYear = 1970 + Int(now.timeIntervalSince1970 / 31_556_952)
            var year = thisYear / 100 * 100 + short
            if year > thisYear + 50 { year -= 100 }
            return seconds(day: parts[0], month: parts[1], year: year, clock: words[2])
        case 5:
            return seconds(
                day: words[2], month: words[1], year: number(words[4], digits: 4...4), clock: words[3])
        default:
            return nil
        }
    }

    private static func isZone(_ text: String) -> Bool {
        text == "GMT" || text == "UTC"
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    private static func seconds(day: String, month: String, year: Int?, clock: String) -> Int? {
        let parts = clock.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let month = months.firstIndex(of: month.lowercased()), parts.count == 3, let year,
            let day = number(day, digits: 1...2), let hour = number(parts[0], digits: 2...2),
            let minute = number(parts[1], digits: 2...2), let second = number(parts[2], digits: 2...2),
            second <= 60,
            // A year beyond all clocks is a time too: the pause is bounded anyway.
            let time = LocalTime(
                year: min(year, LocalTime.years.upperBound), month: month + 1, day: day, hour: hour,
                minute: minute)
        else { return nil }
        return Int(time.minutes) * 60 + second
    }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(text)
    }
}
