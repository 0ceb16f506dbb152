import SecurityTrax
import SystemFiles

/// A week of a small dealer, to try things out with: the rows of `samples/appointments.csv`, on days that lie ahead.
enum SampleWeek {
    /// The file, from the Monday after next day on.
    static func csv(today: Date, zone: SystemZone = .current) -> String {
        let monday = monday(today: today, zone)
        return (0..<6).reduce(template) { text, offset in
            let day = date(ofDay: monday + offset)
            return text.replacing("{\(offset)}", with: "\(day.month)/\(day.day)/\(day.year)")
        }
    }

    /// The Monday after next day, in days since 1970-01-01.
    static func monday(today: Date, _ zone: SystemZone) -> Int {
        let soon = zone.clock(at: Int(today.timeIntervalSince1970)).day + 2
        // Weekday 1 is Monday.
        return soon + (8 - LocalTime.weekday(ofDay: soon)) % 7
    }

    /// The year, month and day of a day in days since 1970-01-01.
    static func date(ofDay day: Int) -> LocalTime.Components {
        LocalTime(minutes: Int32(clamping: day * 1440)).components
    }

    /// The rows, with the days of the week by their numbers: Monday is 0.
    private static let template = #"""
        SecurityTraxUniqueID,Customer,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes
        104882,"Alvarez, Maria",12,{0} 8:00,{0} 12:00,Install,Basic Package,"2GIG panel, 6 doors, 2 motions. Gate code 4471#"
        104890,Whitaker Dental,17,{0} 8:30,{0} 10:30,Service,Camera Upgrade,"Park behind the building, the front lot is for patients"
        103317,Tom Okafor,23,{0} 9:00,{0} 10:00,Service,Low Battery,Front door sensor; bring CR123A
        104901,"Nguyen, Linh",23,{0} 10:30,{0} 12:00,Service,Smoke Detector,"Chirps at night, ""again"", third call"
        102664,Bridger Storage LLC,17,{0} 13:00,{0} 15:00,Rip-out,Cancellation,Recover panel and both cellular modules
        104915,Dana Price,12,{0} 13:00,{0} 17:00,Install,Basic Package,"Customer works from home,
        ring the bell twice: the dog is friendly but loud"
        104733,"Petersen, Erik",31,{0} 14:00,{0} 15:30,Service,Panel Swap,3G to LTE
        104920,Casa Lupita Restaurant,31,{0} 16:00,{0} 18:00,Service,Access Control,"Closed on Mondays, owner will be there"
        104922,"O'Brien, Kathleen",12,{1} 8:00,{1} 12:00,Install,Premium Package,Wants the keypad by the garage door
        101250,"Ivanov, Sergei",23,{1} 8:30,{1} 9:30,Service,Low Battery,
        104931,Gardner Family Trust,17,{1} 9:00,{1} 11:00,Service,Inspection,"Annual test; call the station first: 1-800-555-0142"
        104588,"Sato, Yuki",31,{1} 9:00,{1} 12:00,Install,Camera Add-on,4 cameras + NVR
        103990,Maple Street Preschool,23,{1} 11:00,{1} 12:30,Service,Smoke Detector,Only between 11 and 12:30: the children nap at 1
        104940,"Brooks, Terrence",12,{1} 13:00,{1} 17:00,Install,Basic Package,"New build, no mailbox yet: lot 14"
        100417,"Hendricks, Paul",17,{1} 13:30,{1} 15:00,Rip-out,Moved,House is sold; key with the agent
        104944,"Müller, Jürgen",31,{1} 14:00,{1} 16:00,Service,Panel Swap,"Panel is in the cellar, low ceiling"
        104733,"Petersen, Erik",31,{1} 16:30,{1} 17:30,Service,Follow-up,Signal strength after yesterday's swap
        104951,Cedar Ridge HOA,12,{2} 8:00,{2} 16:00,Install,Commercial,Clubhouse and pool gate; two techs
        104951,Cedar Ridge HOA,17,{2} 8:00,{2} 16:00,Install,Commercial,Clubhouse and pool gate; two techs
        103205,"Lopez, Ana",23,{2} 8:30,{2} 9:30,Service,False Alarm,Motion in the den: cat
        104960,"Kim, Ji-woo",31,{2} 9:00,{2} 13:00,Install,Premium Package,Doorbell camera too
        104012,Summit Auto Parts,23,{2} 10:30,{2} 12:30,Service,Glass Break,"Asks for ""the older gentleman"" from last time"
        104966,"Reyes, Carlos",23,{2} 14:00,{2} 15:30,Service,App Setup,"Prefers Spanish, phone is new"
        102871,"Fischer, Anke",31,{2} 14:30,{2} 16:00,Rip-out,Cancellation,
        104970,"Johnson, Latoya",12,{3} 8:00,{3} 12:00,Install,Basic Package,Apartment 3B; buzz 302
        104971,"Johnson, Latoya",,{3} 13:00,{3} 15:00,Install,Takeover,"Mother's house, any tech"
        101988,Peak Dental Lab,17,{3} 8:00,{3} 10:00,Service,Access Control,Back door won't release
        104975,"Andersson, Nils",31,{3} 9:00,{3} 12:00,Install,Camera Add-on,Ladder: 28 ft
        104102,St. Brendan Parish,17,{3} 11:00,{3} 12:00,Service,Smoke Detector,Not during the noon service
        104978,"Patel, Meera",23,{3} 9:00,{3} 13:00,Install,Basic Package,"Two floors, 9 openings"
        103644,"Novák, Petr",23,{3} 14:00,{3} 15:00,Service,Low Battery,Key fob as well
        104982,Blue Heron Café,31,{3} 15:00,{3} 17:30,Install,Commercial,"After lunch rush, ""not before 3!"""
        104985,"Carter, James",12,{4} 8:00,{4} 12:00,Install,Premium Package,
        102205,"Silva, Beatriz",17,{4} 8:30,{4} 10:00,Service,Water Sensor,Laundry room flooded in December
        104990,"Dubois, Claire",23,{4} 9:00,{4} 10:30,Service,Panel Swap,
        104118,Hilltop Liquors,17,{4} 11:00,{4} 13:00,Service,Camera Upgrade,"Camera 3 is dark; bring the tall ladder, the cable is
        above the drop ceiling"
        104993,"Haddad, Omar",31,{4} 9:00,{4} 13:00,Install,Basic Package,"Wife is home, call him: 555-0188"
        100933,"Wells, Ruth",23,{4} 13:00,{4} 14:00,Service,Training,"Hard of hearing, please be patient"
        104996,"Moreau, Luc",12,{4} 13:00,{4} 17:00,Install,Takeover,"Old ""Brinks"" panel, wires are labelled"
        101702,Lakeview Apartments,31,{4} 14:30,{4} 17:00,Rip-out,Contract Ended,"Units 101, 104 and 210"
        104999,"Green, Aaliyah",17,{5} 9:00,{5} 13:00,Install,Basic Package,Saturday only
        103317,Tom Okafor,23,{5} 10:00,{5} 11:00,Service,Follow-up,Sensor again; replace it this time

        """#
}
