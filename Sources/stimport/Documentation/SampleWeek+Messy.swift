import Foundation

/// A file with one of each common mistake, on days that lie ahead: what `check` says of them is the same on any day.
extension SampleWeek {
    static func messyCSV(today: Date, zone: TimeZone = .current) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let monday = monday(today: today, calendar)
        let days = (0..<4).map { calendar.date(byAdding: .day, value: $0, to: monday) ?? monday }
        let year = calendar.component(.year, from: monday)
        var values: [String: String] = [:]
        for (offset, day) in days.enumerated() {
            let parts = calendar.dateComponents([.year, .month, .day], from: day)
            let (month, number) = (parts.month ?? 1, parts.day ?? 1)
            values["\(offset)"] = "\(month)/\(number)/\(parts.year ?? year)"
            values["short\(offset)"] = "\(month)/\(number)/\((parts.year ?? year) % 100)"
            values["iso\(offset)"] = Self.iso(parts)
            values["past\(offset)"] = "\(month)/\(number)/\((parts.year ?? year) - 20)"
            values["far\(offset)"] = "\(month)/\(number)/\((parts.year ?? year) + 45)"
        }
        values["year"] = String(year)
        // One that is no leap year.
        values["common"] = String((year...year + 4).first { !Self.isLeap($0) } ?? year)
        let (gap, overlap) = Self.changes(after: monday)
        values["gap"] = "\(gap.month ?? 3)/\(gap.day ?? 14)/\(gap.year ?? year)"
        values["overlap"] = Self.iso(overlap)
        values["long"] = String(repeating: "The customer called, and called again. ", count: 60)
        values["bell"] = "\u{7}"
        return values.reduce(messyTemplate) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    private static func iso(_ parts: DateComponents) -> String {
        func digits(_ number: Int?) -> String { (number ?? 1) < 10 ? "0\(number ?? 1)" : "\(number ?? 1)" }
        return "\(parts.year ?? 2000)-\(digits(parts.month))-\(digits(parts.day))"
    }

    private static func isLeap(_ year: Int) -> Bool { year % 4 == 0 && year % 100 != 0 || year % 400 == 0 }

    /// The next days on which the clocks of Denver go forward and back.
    private static func changes(after date: Date) -> (forward: DateComponents, back: DateComponents) {
        guard let denver = TimeZone(identifier: "America/Denver"),
            let first = denver.nextDaylightSavingTimeTransition(after: date),
            let second = denver.nextDaylightSavingTimeTransition(after: first)
        else { return (DateComponents(), DateComponents()) }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = denver
        let days = [first, second].map { calendar.dateComponents([.year, .month, .day], from: $0) }
        return denver.isDaylightSavingTime(for: first.addingTimeInterval(60))
            ? (days[0], days[1]) : (days[1], days[0])
    }

    private static let messyTemplate = #"""
        Customer ID,Technician,Start,End,Service,Detail Type,Notes,Time Zone
        104882,12,{0} 8:00,{0} 12:00,Install,Basic Package,This row is fine,
        103317,23,{0} 9:00,{0} 10:00,Instal,Low Battery,The service type has a letter missing,
        ,17,{0} 9:00,{0} 10:00,Service,,Nobody says which customer,
        10-4890,17,{0} 9:00,{0} 10:00,Service,,A customer ID holds digits only,
        1.04E+05,17,{0} 9:00,{0} 10:00,Service,,A spreadsheet has rounded the customer ID,
        104901,Bob,{0} 10:30,{0} 12:00,Service,,The technician's name instead of the ID,
        104902,12,{0},{0} 12:00,Service,,The start has no time,
        104903,12,{short0} 8:00,{0} 9:00,Service,,A year of two digits is read where only one can be meant,
        104904,12,{0} 8:00:30,{0} 9:00,Service,,Half a minute can't be booked,
        104905,12,13/13/{year} 8:00,13/13/{year} 9:00,Service,,There is no thirteenth month,
        104906,12,2/29/{common} 8:00,2/29/{common} 9:00,Service,,{common} is no leap year,
        104907,12,{0} 4:00 PM,{0} 5:00,Service,,The end lacks its PM,
        104908,12,{0} 8:00,{2} 9:00,Install,,Two days at one customer,
        104909,12,{past0} 8:00,{past0} 9:00,Service,,Twenty years ago,
        104910,12,{far0} 8:00,{far0} 9:00,Service,,The digits of the year are wrong,
        104911,12,{iso0}T08:00-07:00,{iso0}T09:00-07:00,Service,,A time with an offset needs a time zone,
        104911,17,{iso0}T15:00Z,{iso0}T16:00Z,Service,,This row is fine: it names the zone,Mountain
        104912,12,{gap} 2:30,{gap} 4:00,Service,,The clocks skip this half hour,America/Denver
        104913,12,{overlap}T01:30-06:00,{overlap}T03:00-07:00,Service,,This hour comes twice that night,America/Denver
        104914,12,{0} 8:00,{0} 9:00,Service,,There is no such time zone,Narnia
        104916,17,{1} 8:00,{1} 9:00,Service,Panel Swap,A comma, a second one, and no quotes around the text,
        104917,17,{1} 8:00,{1} 9:00,Service,Panel Swap
        104918,17,{1} 10:00,{1} 11:00,Service,Panel Swap,"A {bell} rings a bell, but can't be sent",
        104919,17,{1} 12:00,{1} 13:00,Service,Panel Swap,"Too long a story. {long}",
        104920,23,{1} 8:00,{1} 9:00,Service,Low Battery,This row is fine,
        104920,23,{1} 08:00,{1} 09:00 AM,service,Low Battery,This row is fine,
        104920,23,{1} 8:00,{1} 9:00,Service,Low Battery,The same visit with another note,
        104921,31,{2} 8:00,{2} 9:00,Service,Camera,"One quote too many hides the next rows,
        104922,31,{2} 10:00,{2} 11:00,Service,Camera,,
        104923,31,{2} 12:00,{2} 13:00,Service,Camera,ends here",
        #REF!,12,{3} 8:00,{3} 7:30,Fix,,Four mistakes in one row: all are reported,Narnia

        """#
}
