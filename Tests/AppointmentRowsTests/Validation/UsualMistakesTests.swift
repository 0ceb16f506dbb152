import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Mistakes that a row shows")
struct UsualMistakesTests {
    private static let header = "Customer ID,Service,Tech,Start,End,Notes"

    private func codes(_ rows: [String], under header: String = header) throws -> [String] {
        try Reading("\(header)\n" + rows.map { $0 + "\n" }.joined()).codes
    }

    private static func row(_ start: String, _ end: String, customer: Int = 9710, tech: String = "5")
        -> String
    {
        "\(customer),Install,\(tech),1/23/2014 \(start),1/23/2014 \(end),"
    }

    @Test(
        "A visit of a few minutes is warned of",
        arguments: [
            ("7:30", "7:31", true), ("7:30", "7:34", true), ("7:30", "7:35", false), ("7:30", "8:30", false),
        ])
    func short(start: String, end: String, isShort: Bool) throws {
        // The first row is looked at more closely than the others.
        let plain = Self.row("7:30", "9:30")
        #expect(try codes([Self.row(start, end)]) == (isShort ? ["short-visit"] : []))
        #expect(try codes([plain, Self.row(start, end)]) == (isShort ? ["short-visit"] : []))
        let lengths = "Customer ID,Service,Start,Duration (min)"
        #expect(try codes(["9710,Install,1/23/2014 7:30,2"], under: lengths) == ["short-visit"])
    }

    @Test("Midnight that may be meant for noon is warned of")
    func noon() throws {
        let plain = Self.row("8:00 AM", "9:00 AM")
        for start in ["12:00 AM", "12:30 AM", "12:59 AM"] {
            #expect(try codes([Self.row(start, "1:30 PM")]) == ["night-hours"])
            #expect(try codes([plain, Self.row(start, "2:30 AM")]) == ["night-hours"])
        }
        #expect(try codes([plain, Self.row("12:00 PM", "1:30 PM"), Self.row("1:00 AM", "2:30 AM")]) == [])
    }

    @Test("A time without AM or PM is warned of where the file has them")
    func halfOfDay() throws {
        let plain = Self.row("8:00 AM", "9:00 AM")
        for (start, end) in [
            ("7:00", "8:00"), ("12:30", "13:30"), ("11:00", "13:00"),
        ] {
            #expect(try codes([plain, Self.row(start, end)]) == ["half-of-day-unsaid"], "\(start) \(end)")
        }
        // Where one of the two says it, the other one follows.
        for (start, end) in [("8:00 AM", "9:00"), ("7:00", "8:00 AM"), ("12:30", "2:00 PM")] {
            #expect(try codes([plain, Self.row(start, end)]) == [], "\(start) \(end)")
        }
        // On a clock with 24 hours there is only one.
        #expect(try codes([plain, Self.row("13:00", "14:00")]) == [])
        #expect(try codes([Self.row("7:00", "8:00"), plain]) == [])
    }

    @Test("A technician's number as the customer's is warned of")
    func customer() throws {
        #expect(try codes([Self.row("7:30", "9:30", customer: 14, tech: "14")]) == ["customer-is-tech"])
        let plain = Self.row("7:30", "9:30")
        #expect(
            try codes([plain, Self.row("7:30", "9:30", customer: 14, tech: "14")]) == ["customer-is-tech"])
        #expect(try codes([plain, Self.row("7:30", "9:30", customer: 14, tech: "15")]) == [])
    }

    @Test(
        "A weekday that is not the date's is said, and is an error where day and month seem to be swapped",
        arguments: [
            ("Day", "Thursday", "1/23/2014", ""), ("DOW", "Thu", "1/23/2014", ""),
            ("Weekday", "Th", "1/23/2014", ""),
            ("Day", "Wednesday", "1/23/2014", "warning"), ("Day of Week", "Wed", "1/23/2014", "warning"),
            ("Wochentag", "Mi", "1/23/2014", "warning"), ("Jour", "mercredi", "1/23/2014", "warning"),
            // 5 January was a Sunday, 1 May a Thursday.
            ("Day", "Sun", "5/1/2014", "error"), ("Day", "Sunday", "1/5/2014", ""),
            ("Day", "3", "1/23/2014", ""),
            ("Day", "Any", "1/23/2014", ""), ("Day", "", "1/23/2014", ""),
            ("Preferred Day", "Mon", "1/23/2014", ""),
        ])
    func weekdays(name: String, day: String, date: String, severity: String) throws {
        let plain = "9710,Install,,1/23/2014 7:30,1/23/2014 9:30"
        let reading = try Reading(
            "Customer ID,Service,\(name),Start,End\n\(plain)\n9711,Install,\(day),\(date) 7:30,\(date) 9:30\n"
        )
        #expect(reading.codes == (severity.isEmpty ? [] : ["contradicting-times"]))
        #expect(reading.findings.map { "\($0.severity)" } == (severity.isEmpty ? [] : [severity]))
    }

    @Test(
        "A start outside the window in which somebody is to come is said",
        arguments: [
            ("1:00 PM - 3:00 PM", true), ("8:00 AM - 9:00 AM", true), ("8:00 AM - 12:00 PM", false),
            ("9:30 AM - 11:00 AM", false), ("9:00 AM - 9:30 AM", false), ("", false), ("Afternoon", false),
        ])
    func outsideWindow(window: String, isSaid: Bool) throws {
        let header = "Customer ID,Service,Start,End,Arrival Window"
        let row = "9711,Install,1/23/2014 9:30 AM,1/23/2014 10:30 AM,\(window)"
        let plain = "9710,Install,1/23/2014 9:30 AM,1/23/2014 10:30 AM,"
        #expect(try codes([plain, row], under: header) == (isSaid ? ["contradicting-times"] : []))
    }

    @Test(
        "A length that is neither so many minutes nor so many hours is said",
        arguments: [("1", false), ("2", true), ("1.5", true), ("60", false), ("90", true)])
    func length(text: String, isSaid: Bool) throws {
        let rows = ["9710,Install,1/23/2014 9:30,1/23/2014 10:30,\(text)"]
        #expect(
            try codes(rows, under: "Customer ID,Service,Start,End,Duration")
                == (isSaid ? ["contradicting-times"] : []))
    }

    @Test(
        "A line that says that rows are lacking is an error",
        arguments: [
            ("Showing 2 of 150 records", true), ("Showing 1-50 of 1,250 results", true),
            ("Error: query timed out", true),
            ("50 out of 150 rows exported", true), ("Row limit reached", true),
            ("Displaying first 100 of 260 items", true),
            ("Page 1 of 3", false), ("Showing 150 of 150 records", false), ("Total: 5 appointments", false),
            ("End of report", false), ("Week 2 of January", false),
        ])
    func lacking(text: String, isSaid: Bool) throws {
        #expect(
            try codes([Self.row("7:30", "9:30"), "\"\(text)\",,,,,"]) == [
                isSaid ? "incomplete-file" : "no-appointment"
            ])
    }

    @Test(
        "A formula as a text is not posted",
        arguments: [
            ("=F2&\"\" x\"\"", true), ("=CONCAT(A1;B1)", true), ("=$B$4", true), ("=TODAY()", true),
            ("=\"\"0123\"\"", false),
            ("= side door", false), ("=> ring twice", false), ("=A big dog", false), ("===", false),
        ])
    func formulas(text: String, isSaid: Bool) throws {
        #expect(
            try codes(["9710,Install,5,1/23/2014 7:30,1/23/2014 9:30,\"\(text)\""])
                == (isSaid ? ["missing-value"] : []))
    }

    @Test("A line above the header that says that all times are UTC is heard")
    func zoneAbove() throws {
        for line in ["All times are UTC", "Times in GMT", "Report in UTC time zone"] {
            let text = "\(line)\n\(Self.header)\n\(Self.row("7:30", "9:30"))\n"
            #expect(try Set(Reading(text).codes) == ["time-zone-not-allowed"])
        }
        #expect(try Reading("Times of January\n\(Self.header)\n\(Self.row("7:30", "9:30"))\n").codes == [])
    }

    @Test("Rows that end before texts that are empty are read: spreadsheets leave the delimiters out")
    func cutByASpreadsheet() throws {
        let header = "Customer ID,Service,Start,End,Tech,Notes,Detail"
        let row = "9710,Install,1/23/2014 7:30,1/23/2014 9:30"
        func result(_ end: String, _ header: String = header, end line: String = "\n") throws -> String {
            let reading = try Reading("\(header)\n\(row),6,x,y\n\(row)\(end)\(line)")
            return reading.codes.first ?? reading.rows.last.map { "tech \($0.row.techID)" } ?? ""
        }
        #expect(try result(",5") == "tech 5")
        #expect(try result(",5,,") == "tech 5")
        // What may have been cut in a text, or at the file's end.
        for end in [",5,Ring", ",\"5\"", ",", ""] { #expect(try result(end) == "ragged-row", "\(end)") }
        #expect(try result(",5", end: "") == "ragged-row")
        #expect(try result(",5", "Customer ID,Service,Start,End,Tech,Notes,Status") == "ragged-row")
        #expect(try result(",5", "Customer ID,Service,Start,End,Tech,Helper,Detail") == "ragged-row")
    }

    @Test("A second table beside the first one is seen")
    func secondTable() throws {
        let row = "9710,Install,1/23/2014 7:30,1/23/2014 9:30"
        func code(_ behind: String, _ cells: [String], _ options: ReadingOptions = .test) throws -> String {
            let text =
                "Customer ID,Service,Start,End,,\(behind)\n"
                + cells.enumerated().map { "\(row.replacing("9710", with: "\(9710 + $0)")),,\($1)\n" }
                .joined()
            do {
                _ = try Reading(text, options)
                return ""
            } catch let error as InputError {
                return error.code.rawValue
            }
        }
        let legend = ["Ann,12", "Bob,17", ",", ",", ","]
        #expect(try code("Name,TechID", legend) == "second-table")
        #expect(try code("Status,Legend", ["Cancelled,red", "Done,green", ",", ","]) == "second-table")
        #expect(try code("Name,TechID", legend, .test { $0.columnMap = [.techID: "TechID"] }) == "")
        #expect(try code("Name,TechID", ["Ann,12", "Bob,17", "Cy,18"]) == "")
        #expect(try code("Name,TechID", ["Ann,12", ",", "Cy,18", ","]) == "")
        #expect(try code("Notes,Colour", ["Ring,red", ",", ",", ","]) == "")
    }
}
