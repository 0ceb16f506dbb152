import SecurityTrax
import SystemFiles

/// A file with one of each common mistake, on days that lie ahead: what `check` says of them is the same on any day.
extension SampleWeek {
    static func messyCSV(today: Date, zone: SystemZone = .current) -> String {
        let monday = monday(today: today, zone)
        let year = date(ofDay: monday).year
        var values: [String: String] = [:]
        for offset in 0..<4 {
            let day = date(ofDay: monday + offset)
            let start = "\(day.month)/\(day.day)/"
            values["\(offset)"] = start + "\(day.year)"
            values["short\(offset)"] = start + "\(day.year % 100)"
            values["iso\(offset)"] = LocalTime.isoDate(ofDay: monday + offset)
            values["past\(offset)"] = start + "\(day.year - 20)"
            values["far\(offset)"] = start + "\(day.year + 45)"
        }
        values["year"] = String(year)
        // One that is no leap year.
        values["common"] = String(
            (year...year + 4).first { LocalTime.days(inMonth: 2, year: $0) == 28 } ?? year)
        let (gap, overlap) = Self.changes(after: monday)
        let forward = date(ofDay: gap)
        values["gap"] = "\(forward.month)/\(forward.day)/\(forward.year)"
        values["overlap"] = LocalTime.isoDate(ofDay: overlap)
        values["long"] = String(repeating: "The customer called, and called again. ", count: 60)
        values["bell"] = "\u{7}"
        return values.reduce(messyTemplate) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// The next days on which the clocks of Denver go forward and back, in days since 1970-01-01.
    private static func changes(after day: Int) -> (forward: Int, back: Int) {
        guard let denver = SystemZone(identifier: "America/Denver") else { return (day, day) }
        let start = day * 86_400
        // Both come within a year, and a few days more where a year's change has just been.
        var found: [Bool: Int] = [:]
        var moment = start
        while found.count < 2, let change = denver.nextChange(after: moment, until: start + 400 * 86_400) {
            found[denver.isDaylightTime(at: change)] = denver.clock(at: change).day
            moment = change
        }
        return (found[true] ?? day, found[false] ?? day)
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
