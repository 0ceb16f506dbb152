import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("Names that say which number of a date comes first")
struct NamedDateOrderTests {
    @Test(
        "The day or the month",
        arguments: [
            ("Date (dd/mm/yyyy)", DateOrder.dayFirst), ("Start (DD/MM/YYYY HH:MM)", .dayFirst),
            ("Start (d/m/y)", .dayFirst), ("Start [dd/mm/yyyy]", .dayFirst),
            ("Start (dd-mm-yyyy)", .dayFirst),
            ("Start (dd.mm.yyyy)", .dayFirst), ("Date DDMMYYYY", .dayFirst), ("Date dd MMM yy", .dayFirst),
            ("Date (mm/dd/yyyy)", .monthFirst), ("Start MM/DD/YY hh:mm", .monthFirst),
            ("Date (yyyy-mm-dd)", nil), ("Date (yyyy-dd-mm)", nil), ("Start (hh:mm)", nil), ("Start", nil),
            ("Day and month", nil), ("Date (d)", nil), ("", nil),
        ] as [(String, DateOrder?)])
    func order(name: String, order: DateOrder?) {
        #expect(NamedDateOrder.order(in: name) == order)
    }

    @Test(
        "A file is not read against what the name says",
        arguments: [
            ("Customer ID,Service,Date (dd/mm/yyyy),Start,End", "1,Install,5/1/2014,9:00,10:00"),
            ("Customer ID,Service,Start (DD/MM/YYYY HH:MM),End", "1,Install,5/1/2014 9:00,5/1/2014 10:00"),
            ("Customer ID,Service,Start,End [d.m.yyyy]", "1,Install,5/1/2014 9:00,5/1/2014 10:00"),
        ])
    func against(header: String, row: String) throws {
        let text = "\(header)\n\(row)\n"
        let error = try #require(Reading.failure(text))
        #expect(error.code.rawValue == "date-order")
        #expect(error.fix == "say --date-order dmy")
        #expect(Reading.failure(text, .test { $0.dateOrder = .monthFirst })?.code.rawValue == "date-order")
        #expect(Reading.failure(text, .test { $0.dateOrder = .dayFirst }) == nil)
        let american = text.replacing("dd/mm", with: "mm/dd").replacing("DD/MM", with: "MM/DD")
            .replacing("d.m.", with: "m/d/")
        #expect(Reading.failure(american) == nil)
        #expect(Reading.failure(american, .test { $0.dateOrder = .dayFirst })?.code.rawValue == "date-order")
    }

    @Test("The same holds for a column that --map names")
    func mapped() throws {
        let text = "Customer ID,Service,Visit day (dd/mm/yyyy),Start,End\n1,Install,5/1/2014,9:00,10:00\n"
        let options = ReadingOptions.test { $0.columnMap = [.date: "Visit day (dd/mm/yyyy)"] }
        #expect(Reading.failure(text, options)?.code.rawValue == "date-order")
    }

    @Test(
        "A day first above the header counts where the rows prove nothing",
        arguments: [
            "Period,1/1/2014 - 31/1/2014,,,", "Period: 1/1/2014–31/1/2014,,,,", "Printed (25/11/2013),,,,",
            "\"Report, 25/11/2013\",,,,",
        ])
    func above(title: String) throws {
        let rows = "Customer ID,Start,End,Service,Notes\n1,5/1/2014 9:00,5/1/2014 10:00,Install,\n"
        #expect(Reading.failure("\(title)\n\(rows)")?.code.rawValue == "date-order")
        #expect(
            Reading.failure(
                "\(title.replacing("31/1/", with: "1/31/").replacing("25/11", with: "11/25"))\n\(rows)")
                == nil)
    }
}
