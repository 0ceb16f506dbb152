import Foundation
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite struct TimeTests {
    private func read(_ text: String, _ order: DateOrder = .monthFirst) -> TimeReading {
        var text = text
        return text.withUTF8 { TimeText.read($0, order: order) }
    }

    private func wire(_ text: String, _ order: DateOrder = .monthFirst) -> String? {
        guard case .time(let time) = read(text, order), time.hasDate, time.hasClock else { return nil }
        return LocalTime(
            year: time.year, month: time.month, day: time.day, hour: time.minuteOfDay / 60,
            minute: time.minuteOfDay % 60)?.wire
    }

    private func problem(_ text: String, _ order: DateOrder = .monthFirst) -> TimeProblem? {
        if case .problem(let problem) = read(text, order) { problem } else { nil }
    }

    @Test(
        "Every usual form is the same time",
        arguments: [
            "1/23/2014 7:30", "01/23/2014 07:30", "01/23/2014 07:30:00", "1/23/2014 7:30 AM",
            "1/23/2014 7:30AM",
            "1/23/2014 7:30 am", "1/23/2014 7:30 a.m.", "1/23/2014 7:30 A.M.", "1/23/2014 7:30a",
            "1/23/2014 7:30:00 AM",
            "1/23/2014  7:30", "1/23/2014\t7:30", "1/23/2014, 7:30 AM", "1/23/2014 7:30\u{202F}AM",
            "1/23/2014\u{A0}7:30\u{A0}AM", "1-23-2014 7:30", "2014-01-23 07:30", "2014-1-23 7:30",
            "2014-01-23T07:30",
            "2014-01-23t07:30:00", "2014-01-23T07:30:00.000", "2014/01/23 7:30", "2014.01.23 07:30",
            "2014-01-23 7:30 AM", "001/23/2014 7:30".replacing("001", with: "01"),
        ])
    func forms(text: String) {
        #expect(wire(text) == "01/23/2014 7:30")
    }

    @Test(
        "Twelve hours go from midnight to noon and on",
        arguments: [
            ("12:00 AM", "0:00"), ("12:30 am", "0:30"), ("1:00 AM", "1:00"), ("11:59 AM", "11:59"),
            ("12:00 PM", "12:00"), ("12:59 p.m.", "12:59"), ("1:00 PM", "13:00"), ("11:59 PM", "23:59"),
            ("7 AM", "7:00"), ("7pm", "19:00"), ("0:00", "0:00"), ("23:59", "23:59"), ("00:05", "0:05"),
        ])
    func twelveHours(text: String, clock: String) {
        #expect(wire("1/23/2014 \(text)") == "01/23/2014 \(clock)")
    }

    @Test(
        "A time that can't be used has its reason",
        arguments: [
            ("soon", .unreadable), ("1/23/2014 7", .unreadable), ("1/23/2014 7:3", .unreadable),
            ("1/23/2014 7.30", .unreadable), ("1/23/2014T", .unreadable), ("1/23", .unreadable),
            ("1/23-2014 7:30", .unreadable), ("1/23/2014 7:30 XM", .unreadable),
            ("1/23/2014 7:30 AM PM", .unreadable),
            ("1/23/201 7:30", .unreadable), ("1/23/20145 7:30", .unreadable), ("20140123 0730", .unreadable),
            ("1/23/2014 7:30-1:00", .unreadable), ("1/23/2014 7:30 +25:00", .unreadable),
            ("1/23/2014 7:30 -", .unreadable), ("/23/2014 7:30", .unreadable), ("1//2014 7:30", .unreadable),
            ("1/23/2014 7:30:", .unreadable), ("1/23/2014 7:30:00.", .unreadable),
            ("-1/23/2014 7:30", .unreadable),
            ("2014-01-23T07:30[America/Denver]", .unreadable),
            ("99999999999999999999/1/2014 7:30", .unreadable),
            ("1/23/2014 99999999999999999999:30", .unreadable), ("١/٢٣/٢٠١٤ 7:30", .unreadable),
            ("1/23/14 7:30", .twoDigitYear), ("14-01-23 7:30", .twoDigitYear), ("1/23/4 7:30", .twoDigitYear),
            ("23.01.2014 7:30", .dottedDate), ("1.2.2014 7:30", .dottedDate), ("1/23/2014 7:30:15", .seconds),
            ("1/23/2014 7:30:00.5", .seconds), ("1/23/2014 7:30:60", .noSuchClock),
            ("1/23/2014 24:00", .hour24),
            ("1/23/2014 24:30", .noSuchClock), ("1/23/2014 7:60", .noSuchClock),
            ("1/23/2014 25:00", .noSuchClock),
            ("1/23/2014 0:30 AM", .noSuchTwelveHourClock), ("1/23/2014 13:00 PM", .noSuchTwelveHourClock),
            ("1/23/2014 13:00 AM", .noSuchTwelveHourClock), ("2/30/2014 7:30", .noSuchDate),
            ("2/29/2014 7:30", .noSuchDate), ("4/31/2014 7:30", .noSuchDate), ("0/10/2014 7:30", .noSuchDate),
            ("1/0/2014 7:30", .noSuchDate), ("1/23/0000 7:30", .noSuchDate), ("2014-13-01 7:30", .noSuchDate),
            ("32/32/2014 7:30", .noSuchDate), ("30/2/2014 7:30", .noSuchDate), ("23/1/2014 7:30", .dayFirst),
            ("2/30/2014 25:00", .noSuchDate), ("2/30/2014 x", .unreadable), ("1/23/2014 7:30 MST", .zoneName),
            ("1/23/2014 7:30 AM EST", .zoneName), ("1/23/2014 7:30 PT", .zoneName),
            ("41662.3125", .serialNumber),
            ("41662", .serialNumber), ("", .unreadable),
        ] as [(String, TimeProblem)])
    func problems(text: String, expected: TimeProblem) {
        #expect(problem(text) == expected)
    }

    @Test(
        "The order of a date is a setting; a year in front is always a year",
        arguments: [
            ("23/1/2014 7:30", DateOrder.dayFirst, "01/23/2014 7:30"),
            ("3/4/2014 7:30", .dayFirst, "04/03/2014 7:30"),
            ("3/4/2014 7:30", .monthFirst, "03/04/2014 7:30"),
            ("23.01.2014 7:30", .dayFirst, "01/23/2014 7:30"),
            ("23-01-2014 7:30", .dayFirst, "01/23/2014 7:30"),
            ("2014-01-23 7:30", .dayFirst, "01/23/2014 7:30"),
            ("2014-01-23 7:30", .yearFirst, "01/23/2014 7:30"),
        ])
    func orders(text: String, order: DateOrder, expected: String) {
        #expect(wire(text, order) == expected)
    }

    @Test("With another order the other form is refused")
    func ordersRefuse() {
        #expect(problem("1/23/2014 7:30", .dayFirst) == .noSuchDate)
        #expect(problem("1/23/2014 7:30", .yearFirst) == .yearNotFirst)
    }

    @Test(
        "Offsets are read in minutes east of UTC",
        arguments: [
            ("Z", 0), ("z", 0), (" UTC", 0), (" GMT", 0), ("+02:00", 120), ("-0700", -420), ("+02", 120),
            (" +05:30", 330),
            ("-00:30", -30), (" AM -07:00", -420),
        ])
    func offsets(text: String, minutes: Int) throws {
        guard case .time(let time) = read("2014-01-23T07:30" + text) else {
            Issue.record("unreadable")
            return
        }
        #expect(time.hasOffset)
        #expect(time.offset == minutes)
    }

    @Test(
        "A window behind a date is not taken for an offset",
        arguments: [
            "1/5/2027 08:00-10:00", "1/5/2027 8:00 -10:00", "2027-01-05 08:00-10:00",
            "1/5/2027 9:30-11:30", "1/5/2027 00:00-01:00",
        ])
    func windowOrOffset(text: String) {
        #expect(problem(text) == .unreadable)
    }

    @Test(
        "What can be no window is an offset",
        arguments: [
            ("2027-01-05T06:00-07:00", -420), ("2027-01-05 08:00-07:00", -420),
            ("2027-01-05 06:00:00-07:00", -420), ("2027-01-05 06:00:00-07", -420),
            ("1/5/2027 6:00+07:00", 420),
            ("1/5/2027 6:00 AM -07:00", -420), ("2027-01-05 00:30 -0800", -480),
            ("2027-01-05t06:00-0700", -420),
        ])
    func offsetForSure(text: String, minutes: Int) {
        guard case .time(let time) = read(text) else {
            Issue.record("unreadable")
            return
        }
        #expect(time.hasOffset && time.offset == minutes)
    }

    @Test("Every date of a calendar of four hundred years is read as Foundation counts it, in each form")
    func property() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        var generator = SeededGenerator(state: 20_140_123)
        for _ in 0..<3000 {
            // 1800 to 2200: Foundation's calendar is Gregorian there.
            let minutes = Int.random(in: -89_000_000...120_000_000, using: &generator)
            let date = Date(timeIntervalSince1970: Double(minutes) * 60)
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: date)
            let year = try #require(parts.year)
            let month = try #require(parts.month)
            let day = try #require(parts.day)
            let hour = try #require(parts.hour)
            let minute = try #require(parts.minute)
            func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
            let clock = "\(hour):\(pad(minute))"
            let half = "\(hour % 12 == 0 ? 12 : hour % 12):\(pad(minute)) \(hour < 12 ? "AM" : "PM")"
            for text in [
                "\(month)/\(day)/\(year) \(clock)", "\(pad(month))/\(pad(day))/\(year) \(half)",
                "\(year)-\(pad(month))-\(pad(day))T\(pad(hour)):\(pad(minute)):00",
            ] {
                guard case .time(let time) = read(text) else {
                    Issue.record("\(text) is not read")
                    continue
                }
                let local = LocalTime(
                    year: time.year, month: time.month, day: time.day, hour: time.minuteOfDay / 60,
                    minute: time.minuteOfDay % 60)
                #expect(local.map { Int($0.minutes) } == minutes, "\(text)")
            }
        }
    }

    @Test("Any bytes are either a time or a problem")
    func anyBytes() {
        var generator = SeededGenerator(state: 7)
        let alphabet = Array("0123456789/-:. TZAPMapm+,\u{A0}\u{202F}".utf8)
        var times = 0
        for _ in 0..<50_000 {
            let bytes = (0..<Int.random(in: 0...18, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            bytes.withUnsafeBufferPointer { buffer in
                guard case .time(let time) = TimeText.read(buffer, order: .monthFirst) else { return }
                times += 1
                #expect(time.hasDate || time.hasClock)
                #expect(time.minuteOfDay < 1440)
            }
        }
        #expect(times > 0)
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
