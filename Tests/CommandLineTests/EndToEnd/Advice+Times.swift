import TestSupport

// Every kind of advice about a time.
extension Advice {
    static let times = [
        Advice(
            "invalid-time", "write it as", row(start: "soon"),
            then: [row(start: "\(day) 7:30")]),
        Advice(
            "invalid-time", "or add a column Date (--map Date=", row(), flags: ["--map", "Date="],
            with: ["--map", "Date=Date"]),
        Advice("invalid-time", "write it as", row(start: day), then: [row(start: "\(day) 9:00")]),
        Advice(
            "invalid-time", "round it to a whole minute", row(start: "9:00:30"), then: [row(start: "9:01")]),
        Advice(
            "invalid-time", "12:00 AM of the next day", row(start: "20:00", end: "24:00"),
            then: [row(endDate: next, start: "20:00", end: "12:00 AM")]),
        Advice("invalid-time", "0:00 to 23:59", row(start: "9:75"), then: [row(start: "9:15")]),
        Advice(
            "invalid-time", "leave AM and PM out", row(start: "13:00 PM", end: "14:00"),
            then: [row(start: "13:00", end: "14:00")]),
        Advice(
            "invalid-time", "noon as 12:00 PM", row(start: "0:00 PM", end: "2:00 PM"),
            then: [row(start: "12:00 PM", end: "2:00 PM")]),
        Advice("invalid-time", "write it as", row(date: "12/30/1899"), then: [row()]),
        Advice(
            "invalid-time", "format the column as a date", row(start: "41662.375"),
            then: [row(start: "\(day) 9:00")]),
        Advice(
            "invalid-time", "or say --date-order mdy", row(), flags: ["--date-order", "ymd"],
            with: ["--date-order", "mdy"]),
        Advice(
            "invalid-time", "did you mean America/Denver?", row(zone: "America/Denvr"),
            then: [row(zone: "America/Denver")]),
        Advice("invalid-time", "or Eastern, Central", row(zone: "Xyzzy Q"), then: [row(zone: "Eastern")]),
        Advice("no-such-date", "correct the date", row(date: "2/30/2040"), then: [row()]),
        Advice(
            "time-zone-not-allowed", "--time-zone America/Denver", row(start: "16:00Z", end: "18:00Z"),
            with: ["--time-zone", "America/Denver"]),
        Advice(
            "time-zone-not-allowed", "add a TimeZone column", row(start: "16:00Z", end: "18:00Z"),
            then: [row(start: "16:00Z", end: "18:00Z", zone: "America/Denver")]),
        Advice(
            "time-zone-not-allowed", "local time without offset", row(start: "16:00Z", end: "18:00Z"),
            then: [row()]),
        Advice(
            "time-zone-not-allowed", "put it in a TimeZone column", row(start: "9:00 PST"),
            then: [row(zone: "Pacific")]),
        Advice(
            "end-not-after-start", "a column EndDate", row(start: "20:00", end: "1:00 AM"),
            then: [row(endDate: next, start: "20:00", end: "1:00 AM")]),
        Advice(
            "end-not-after-start", "or with the time itself", row(start: "20:00", end: "1:00 AM"),
            then: [row(start: "20:00", end: "\(next) 1:00 AM")]),
        Advice(
            "end-not-after-start", "is PM missing?", row(start: "\(day) 9:00", end: "\(day) 1:00"),
            then: [row(start: "\(day) 9:00", end: "\(day) 1:00 PM")]),
        Advice("end-not-after-start", "the end must be later", row(end: "9:00"), then: [row()]),
        Advice(
            "window-too-long", "--max-window", row(endDate: next, end: "13:00"),
            with: ["--max-window", "30h"]),
        Advice(
            "window-too-long", "correct the dates", row(endDate: SampleRows.day(40)),
            then: [row(endDate: day)]),
        Advice("too-far-ahead", "--horizon", row(date: SampleRows.day(900)), with: ["--horizon", "3y"]),
        Advice("too-far-ahead", "correct the year", row(date: "1/5/9000"), then: [row()]),
        Advice("in-the-past", "--allow-past", row(date: SampleRows.day(-10)), with: ["--allow-past"]),
        Advice("in-the-past", "correct the date, or remove the row", row(date: "1/5/1927"), then: [row()]),
        Advice(
            "outside-hours", "change --hours", row(start: "6:30"), flags: ["--hours", "07:00-20:00"],
            with: ["--hours", "06:00-20:00"]),
        Advice(
            "outside-hours", "AM and PM?", row(start: "1:00", end: "14:00"),
            flags: ["--hours", "07:00-20:00"],
            then: [row(start: "1:00 PM", end: "14:00")]),
        Advice("all-day", "give the times", row(endDate: next, start: "0:00", end: "0:00"), then: [row()]),
        Advice("all-day", "write No in All day", row(allDay: "True"), then: [row(allDay: "No")]),
        Advice(
            "night-hours", "write 1:00 PM", row(start: "1:00", end: "3:00 PM"), flags: ["--strict"],
            then: [row(start: "1:00 PM", end: "3:00 PM")]),
        Advice(
            "night-hours", "1:00 AM if the night is", row(start: "1:00", end: "3:00 AM"), flags: ["--strict"],
            then: [row(start: "1:00 AM", end: "3:00 AM")]),
        Advice(
            "night-hours", "10:00 PM", row(start: "22:00", end: "11:00 PM"), flags: ["--strict"],
            then: [row(start: "10:00 PM", end: "11:00 PM")]),
        Advice(
            "night-hours", "12:30 PM", row(start: "0:30", end: "2:00 PM"), flags: ["--strict"],
            then: [row(start: "12:30 PM", end: "2:00 PM")]),
        Advice(
            "night-hours", "4:00 AM without an offset", row(start: "11:00Z", end: "13:00Z", zone: "Arizona"),
            flags: ["--strict"],
            then: [row(start: "4:00 AM", end: "6:00 AM", zone: "Arizona")]),
        Advice(
            "time-zone-guessed", "write America/Denver", row(zone: "MST"), flags: ["--strict"],
            then: [row(zone: "America/Denver")]),
        Advice(
            "time-zone-guessed", "America/Phoenix for Arizona", row(zone: "MST"), flags: ["--strict"],
            then: [row(zone: "America/Phoenix")]),
    ]
}
