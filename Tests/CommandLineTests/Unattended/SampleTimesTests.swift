import Foundation
import TestSupport
import Testing

/// The night's time in the samples for systemd and cron.
private enum SampleTime {
    private static func lines(_ name: String) throws -> [Substring] {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let text = try String(contentsOf: folder.appending(path: "samples/" + name), encoding: .utf8)
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    /// `*-*-* 04:15:00`
    static var calendar: String { get throws { try calendar(of: "stimport.timer") } }

    static func calendar(of timer: String) throws -> String {
        let line = try #require(try lines(timer).first { $0.hasPrefix("OnCalendar=") })
        return String(line.dropFirst("OnCalendar=".count))
    }

    /// Hour and minute of the timer and of each line of the table.
    static var all: [(hour: Int, minute: Int)] {
        get throws {
            let clock = try calendar.split(separator: " ").last.map { $0.split(separator: ":") } ?? []
            var times = [(try #require(Int(clock[0])), try #require(Int(clock[1])))]
            for line in try lines("stimport.cron") {
                let fields = line.split(separator: " ")
                if fields.count > 5, let minute = Int(fields[0]), let hour = Int(fields[1]) {
                    times.append((hour, minute))
                }
            }
            return times
        }
    }
}

@Suite("The samples' times")
struct SampleTimesTests {
    /// Where dealers are, and the latest change of clocks that there is in Europe.
    static let zones = [
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
        "America/Anchorage", "America/Adak", "Pacific/Honolulu", "America/Puerto_Rico", "America/Toronto",
        "America/St_Johns", "Europe/London", "Europe/Berlin", "Europe/Helsinki",
    ]

    @Test("Each of them comes once on every day of a year", arguments: zones)
    func everyDay(zone: String) throws {
        let times = try SampleTime.all
        #expect(times.count == 3)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone))
        let start = try #require(calendar.date(from: DateComponents(year: 2027, month: 1, day: 1, hour: 0)))
        // Every quarter of an hour, as the clock on the wall shows it: a change moves it by whole quarters.
        var seen: [String: Int] = [:]
        for quarter in 0..<(365 * 96) {
            let moment = start.addingTimeInterval(Double(quarter) * 900)
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: moment)
            for (hour, minute) in times where parts.hour == hour && parts.minute == minute / 15 * 15 {
                seen[
                    "\(parts.year ?? 0)-\(parts.month ?? 0)-\(parts.day ?? 0) \(hour):\(minute)", default: 0] +=
                    1
            }
        }
        #expect(seen.count == 365 * times.count)
        #expect(seen.values.allSatisfy { $0 == 1 })
    }

    @Test("What is pending is posted by day, at times that exist on every day")
    func byDay() throws {
        let hours = try #require(
            try SampleTime.calendar(of: "stimport-resume.timer").firstMatch(
                of: /^\*-\*-\* (\d\d)\.\.(\d\d):\d\d:00$/))
        #expect(try #require(Int(hours.1)) >= 8)
        #expect(try #require(Int(hours.2)) < 18)
    }

    @Test(
        "systemd starts it every night, that of a change of clocks included",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze")),
        arguments: zones, ["2027-03-12", "2027-03-26", "2027-10-29", "2027-11-05"])
    func timer(zone: String, day: String) throws {
        let folder = try TemporaryFolder()
        let outcome = try RunningProcess(
            "/usr/bin/systemd-analyze",
            arguments: ["calendar", "--base-time=\(day) 12:00", "--iterations=4", try SampleTime.calendar],
            environment: ["TZ": zone, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"], folder: folder.path
        ).wait()
        #expect(outcome.status == 0, "\(outcome.stderr)")
        let days = outcome.stdout.matches(of: #/(?:elapse|Iter. #\d): \w+ \d+-\d+-(\d+) 04:15:00/#).map(
            \.output.1)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let first = try #require(try? Date(day + "T12:00:00Z", strategy: .iso8601))
        let expected = (1...4).map { offset in
            let date = calendar.date(byAdding: .day, value: offset, to: first) ?? first
            return String(format: "%02d", calendar.component(.day, from: date))
        }
        #expect(days.map(String.init) == expected, "\(outcome.stdout)")
    }
}
