import SecurityTrax
import AppointmentRows
import SystemFiles

/// A file that must have come by a time of the day (`--expect 'housecall-*.csv by 02:30 Mon-Fri'`).
package struct Expectation: Sendable, Hashable, CustomStringConvertible {
    /// As it was written, with single spaces.
    package let description: String
    /// The name of the file, without a folder: `*` stands for anything, `?` for one character.
    let pattern: String
    /// Minutes since midnight.
    let time: Int
    /// The days of the week that it holds for: 1 is Sunday, as calendars of Foundation count.
    let weekdays: Set<Int>

    private static let dayNames = [
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    ]

    /// Reads `PATTERN by HH:MM DAYS`. The days are `daily`, `weekdays`, a span (`Mon-Fri`), or a list (`Mon,Wed,Fri`).
    package init(parsing text: String) throws(ImportError) {
        func fault(_ message: String) -> ImportError { .expectation(text, message) }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        // A name may hold the word too: the last one counts.
        guard let by = words.lastIndex(where: { $0.lowercased() == "by" }), by > 0 else {
            throw fault("it does not say PATTERN by HH:MM DAYS")
        }
        pattern = words[..<by].joined(separator: " ")
        guard !pattern.contains("/") else { throw fault("the pattern is a file's name, without a folder") }
        let rest = words[(by + 1)...]
        guard let clock = rest.first, let time = Self.minutes(clock) else {
            throw fault("after by stands no time from 00:00 to 23:59")
        }
        self.time = time
        let days = rest.dropFirst().joined()
        guard !days.isEmpty else { throw fault("it does not say on which days") }
        guard let weekdays = Self.weekdays(days.lowercased()) else {
            throw fault("\(Wording.quoted(days)) are no days: daily, weekdays, Mon-Fri or Mon,Wed,Fri are")
        }
        self.weekdays = weekdays
        description = "\(pattern) by \(LocalTime.clock(ofMinute: time)) \(days)"
    }

    /// Whether a file of that name is meant. The case of letters makes no difference.
    func matches(_ name: String) -> Bool {
        Self.matches(Array(name.lowercased()), Array(pattern.lowercased()))
    }

    /// `06:05`
    var clock: String { LocalTime.clock(ofMinute: time) }

    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    private static func weekdays(_ text: String) -> Set<Int>? {
        switch text {
        case "daily": return Set(1...7)
        case "weekdays": return Set(2...6)
        default: break
        }
        var found = Set<Int>()
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" }.map(weekday)
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
                return nil
            }
            // A span may go on over Saturday.
            var day = first
            found.insert(day)
            while day != last {
                day = day % 7 + 1
                found.insert(day)
            }
        }
        return found
    }

    /// `mon`, `monday` and what lies between them.
    private static func weekday(_ word: Substring) -> Int? {
        guard word.count >= 3, let index = dayNames.firstIndex(where: { $0.hasPrefix(word) }) else {
            return nil
        }
        return index + 1
    }

    private static func matches(_ name: [Character], _ pattern: [Character]) -> Bool {
        var (at, place) = (0, 0)
        /// Where the last `*` stands, and how far the name was taken for it.
        var star: (place: Int, at: Int)?
        while at < name.count {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, at)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == name[at] {
                at += 1
                place += 1
            } else if let last = star {
                star = (last.place, last.at + 1)
                (at, place) = (last.at + 1, last.place + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
