import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Reports that SecurityTrax exported")
struct ReportedVisitsTests {
    private static func read(_ text: String, _ options: ReadingOptions = .test) throws -> ReportedVisits {
        let input = try TemporaryInput(text)
        return try ReportedVisits(InputFile(input.path), options: options)
    }

    /// `2: 9710 01/23/2014 7:30 +120 Install 5`
    private static func text(_ report: ReportedVisits) -> [String] {
        func words<Value>(_ value: ReportedValue<Value>, _ name: (Value) -> String) -> String {
            switch value {
            case .unsaid: "-"
            case .nobody: "nobody"
            case .value(let value): name(value)
            case .words(let words): "“\(words)”"
            }
        }
        return report.visits.map { visit in
            "\(visit.line): \(visit.customerID) \(visit.start.shown.wire) "
                + (visit.length.map { "+\($0)" } ?? "-")
                + " \(words(visit.service) { $0.name }) \(words(visit.technician) { "\($0)" })"
                + (visit.calledOff.map { " off: \($0)" } ?? "")
        }
    }

    @Test(
        "Whatever columns a report has, those that are understood are read, in any order",
        arguments: [
            ("Customer ID,Start\n9710,1/23/2014 7:30", "2: 9710 01/23/2014 7:30 - - -"),
            (
                "Tech,Type,End,Start,Customer Number\n5,Install,1/23/2014 9:30,1/23/2014 7:30,9710",
                "2: 9710 01/23/2014 7:30 +120 Install 5"
            ),
            (
                "Customer ID;Appointment Date;Start Time;End Time\n9710;01/23/2014;7:30 AM;9:30 AM",
                "2: 9710 01/23/2014 7:30 +120 - -"
            ),
            (
                "Customer ID,Appointment Date,Time Window\n9710,1/23/2014,10:00 PM - 1:00 AM",
                "2: 9710 01/23/2014 22:00 +180 - -"
            ),
            ("Customer ID,Start,Duration\n9710,1/23/2014 7:30,90 min", "2: 9710 01/23/2014 7:30 +90 - -"),
            (
                "Visits of the week\n\nCustomer ID,Start,Type\n009710,2014-01-23 07:30:00,Removal",
                "4: 9710 01/23/2014 7:30 - Rip-out -"
            ),
            (
                "Customer ID,Appointment Date,Type\n9710,01/23/2014 7:30 AM,Install",
                "2: 9710 01/23/2014 7:30 - Install -"
            ),
            ("Customer ID,Start,Type\n9710,1/23/2014 7:30,Sale", "2: 9710 01/23/2014 7:30 - “Sale” -"),
            ("Customer ID,Start,Tech\n9710,1/23/2014 7:30,Unassigned", "2: 9710 01/23/2014 7:30 - - nobody"),
            ("Customer ID,Start,Tech\n9710,1/23/2014 7:30,Ann Lee", "2: 9710 01/23/2014 7:30 - - “Ann Lee”"),
            (
                "Customer ID,Start,Status\n9710,1/23/2014 7:30,Cancelled by customer",
                "2: 9710 01/23/2014 7:30 - - - off: Cancelled by customer"
            ),
            ("Customer ID,Start,Status\n9710,1/23/2014 7:30,Complete", "2: 9710 01/23/2014 7:30 - - -"),
            ("Customer ID,Start,Status\n9710,1/23/2014 7:30,No show", "2: 9710 01/23/2014 7:30 - - -"),
            ("Customer ID,Start,No Show\n9710,1/23/2014 7:30,Yes", "2: 9710 01/23/2014 7:30 - - -"),
            ("Customer ID,Start,Canceled\n9710,1/23/2014 7:30,false", "2: 9710 01/23/2014 7:30 - - -"),
            (
                "Customer ID,Start,Canceled\n9710,1/23/2014 7:30,true",
                "2: 9710 01/23/2014 7:30 - - - off: true"
            ),
        ])
    func columns(report: String, expected: String) throws {
        #expect(Self.text(try Self.read(report)) == [expected])
    }

    @Test("--map, a roster, words and the day's order serve a report too")
    func options() throws {
        let options = try ReadingOptions.test {
            $0.columnMap = try ReadingOptions.columnMap(["SecurityTraxUniqueID=Acct", "StartTime=Begins on"])
            $0.roster = try TechnicianRoster([.init(name: "Ann Lee", id: 5)])
            try $0.values.add(column: "ServiceType", theirs: "Panel swap", ours: "Service")
            $0.givenDateOrder = .dayFirst
        }
        let report = try Self.read(
            "Acct,Begins on,Tech,Type\n9710,23/1/2014 7:30,\"Lee, Ann\",panel swap", options)
        #expect(Self.text(report) == ["2: 9710 01/23/2014 7:30 - Service 5"])
        #expect(report.columns.map(\.name) == ["Acct", "Tech", "Begins on", "Type"])
    }

    @Test(
        "What no visit can be read from is said by line, and no other row suffers",
        arguments: [
            ("9710,TBD,", "“”"), ("9710,,", "no start"), (",1/24/2014 7:30,", "no customer"),
            ("Ann,1/24/2014 7:30,", "no customer's ID"), ("9710,1/24/2014 7:30,never", "end"),
            ("9710,7:30 AM,", "no day"), ("9710,\"1/24\"/2014,", "quotes"),
            ("9710,1/24/2014 7:30,1/24/2014 8:30,more", "fields"), ("9710,2/30/2014 7:30,", "no time"),
        ])
    func unread(row: String, reason: String) throws {
        let report = try Self.read("Customer ID,Start,End\n\(row)\n9711,1/23/2014 7:30,1/23/2014 8:30\n")
        #expect(Self.text(report) == ["3: 9711 01/23/2014 7:30 +60 - -"])
        #expect(report.unread.map(\.line) == [2])
        #expect(report.unread.first?.customerID == (row.hasPrefix("9710") ? 9710 : nil))
        let said = report.unread.first?.reason ?? ""
        #expect(reason == "“”" ? said.contains("TBD") : said.contains(reason), "\(said)")
    }

    @Test("Totals, headings and the header once more are left out", arguments: ["Total,,", ",,", "Monday,,"])
    func leftOut(row: String) throws {
        let header = "Customer ID,Start,End"
        let report = try Self.read(
            "\(header)\n9711,1/23/2014 7:30,\n\(row)\n\(header)\n9712,1/23/2014 7:30,\n")
        #expect(report.visits.map(\.customerID) == [9711, 9712])
        #expect(report.unread.isEmpty)
    }

    @Test(
        "A report that can be read in two ways is not read at all",
        arguments: [
            ("Customer ID,Ends\n9710,1/23/2014 7:30", "missing-column"),
            ("Customer ID,Appointment Date\n9710,1/23/2014", "missing-column"),
            ("Customer,Start\nAnn,1/23/2014 7:30\nBo,1/23/2014 7:30", "missing-column"),
            ("Start,End\n1/23/2014 7:30,1/23/2014 9:30", "missing-column"),
            ("Phone,Start\n3035550100,1/23/2014 7:30", "missing-column"),
            ("Customer ID,Start\n9710,23/1/2014 7:30\n9711,24/1/2014 7:30", "date-order"),
            (
                "Customer ID,Start,Scheduled Start\n9710,1/23/2014 7:30,1/24/2014 7:30",
                "duplicate-column"
            ),
            (
                "Customer ID,Start,Type\n9710,1/23/2014 7:30,Service\nStart,Customer ID,Type\n1/23/2014 7:30,1,1",
                "duplicate-header"
            ),
            ("Customer ID,Start\n9710,\"1/23/2014 7:30", "unclosed-quote"), ("", "missing-column"),
        ])
    func refused(report: String, code: String) throws {
        let error = try #require(throws: InputError.self) { try Self.read(report) }
        #expect(report.isEmpty || error.code.rawValue == code, "\(error)")
    }

    @Test(
        "Instants follow from the viewer's zone, or from the time's own offset",
        arguments: [
            ("1/23/2014 7:30", nil, nil), ("2014-01-23T07:30Z", nil, [23_174_370]),
            ("2014-01-23T07:30-07:00", "Eastern", [23_174_790]), ("1/23/2014 7:30", "Eastern", [23_174_670]),
            ("7/23/2014 7:30", "Eastern", [23_435_250]),
            // The hour that comes twice.
            ("11/2/2014 1:30", "Eastern", [23_581_770, 23_581_830]),
        ] as [(String, String?, [Int]?)])
    func instants(time: String, zone: String?, expected: [Int]?) throws {
        let options = try ReadingOptions.test {
            $0.timeZone = try zone.map { try ReadingOptions.timeZone($0) }
        }
        let report = try Self.read("Customer ID,Start\n9710,\(time)\n", options)
        #expect(report.visits.map(\.start.instants) == [expected])
    }

    @Test("A time that the viewer's clocks skip is no time")
    func gap() throws {
        let options = try ReadingOptions.test { $0.timeZone = try ReadingOptions.timeZone("Eastern") }
        let report = try Self.read("Customer ID,Start\n9710,3/9/2014 2:30\n9710,3/9/2014 3:30\n", options)
        #expect(report.visits.map(\.line) == [3])
        #expect(report.unread.first?.reason.contains("skip") == true)
    }

    @Test("Rows of one number that say the same are one visit; any other repeat is two")
    func numbers() throws {
        let report = """
            Appointment,Customer ID,Start
            A1,9710,1/23/2014 7:30
            A1,9710,1/23/2014 7:30
            A1,9710,1/23/2014 8:30
            A2,9710,1/23/2014 7:30
            """
        let named = try Self.read(report, .test { $0.identityColumn = "Appointment" })
        #expect(named.visits.map(\.line) == [2, 4, 5])
        #expect(named.repeated == 1)
        #expect(try Self.read(report).visits.count == 4)
    }
}
