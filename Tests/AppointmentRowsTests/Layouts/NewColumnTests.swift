import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Columns that are new to a layout")
struct NewColumnTests {
    private static let header = [
        "Customer ID", "Start", "Confirmed Start", "End", "Confirmed End", "Service", "Status",
    ]
    private static let row = [
        "9710", "1/23/2014 7:30", "1/24/2014 8:30", "1/23/2014 9:30", "1/24/2014 9:30", "Install", "On site",
    ]

    private static func layout(
        _ name: String = "jobs", _ header: [String] = header,
        columns: [InputColumn: String] = [.start: "Confirmed Start", .end: "Confirmed End"]
    ) -> Layout {
        var layout = Layout(name: name, header: header, day: "2014-01-01", person: "ana")
        layout.columns = columns
        layout.skips = [ColumnRule(column: "Status", values: ["On hold"])]
        return layout
    }

    /// A file with these columns beside the layout's, before and behind them.
    private static func text(_ new: [(String, String)], status: String = "On site", isFirst: Bool = false)
        -> String
    {
        var (names, values) = (header, row)
        values[6] = status
        if isFirst {
            names = new.map(\.0) + names
            values = new.map(\.1) + values
        } else {
            names += new.map(\.0)
            values += new.map(\.1)
        }
        return names.joined(separator: ",") + "\n" + values.joined(separator: ",") + "\n"
    }

    @Test(
        "A file with columns more is read by the layout, and a new one is not taken for what the layout has",
        arguments: [
            ("Notes", "Bring a ladder", "read as Notes"), ("Preis", "12", "ignored"),
            ("StartTime", "1/25/2014 7:30", "ignored"), ("EndTime", "1/25/2014 9:30", "ignored"),
            ("Start Date", "1/25/2014", "ignored"), ("Date", "1/25/2014", "ignored"),
            ("Duration", "15", "ignored"), ("Window", "8:00 AM - 9:00 AM", "ignored"),
            ("SecurityTraxUniqueID", "7", "ignored"), ("Customer", "7", "ignored"),
            ("Phone", "5085550107", "ignored"), ("Account Number", "A-1", "ignored"),
            ("ServiceType", "Service", "ignored"), ("Job Type", "2", "ignored"),
            ("Job Status", "Scheduled", "looked at for visits that are called off"),
            ("TechID", "12", "read as TechID"), ("Detail Type", "Panel", "read as ServiceDetailType"),
        ], [false, true])
    func added(column: (name: String, value: String, use: String), isFirst: Bool) throws {
        for name in [nil, "jobs"] {
            let reading = try Reading(
                Self.text([(column.name, column.value)], isFirst: isFirst),
                .test {
                    $0.layouts = [Self.layout()]
                    $0.layoutName = name
                })
            #expect(reading.codes == [])
            let row = try #require(reading.rows.first?.row)
            #expect(row.customerID == 9710 && row.serviceType == .install)
            #expect(row.start.wire == "01/24/2014 8:30" && row.end.wire == "01/24/2014 9:30")
            let said = try #require(reading.newColumns)
            #expect(
                said.contains("\"\(column.name)\", \(column.use)") && said.contains("layout jobs"), "\(said)")
            #expect(reading.layout?.openingRemarks == ["layout jobs, set 2014-01-01 by ana"])
        }
    }

    @Test(
        "The layout's own rules and those of every file hold beside a new column",
        arguments: [
            ("On hold", "Scheduled", "skipped-by-rule"), ("Cancelled", "Scheduled", "skipped-status"),
            ("On site", "Cancelled", "skipped-status"),
        ])
    func skips(status: String, new: String, code: String) throws {
        let reading = try Reading(
            Self.text([("Job Status", new), ("Notes", "x")], status: status),
            .test { $0.layouts = [Self.layout()] })
        #expect(reading.codes == [code])
    }

    @Test("The exact header goes before, then the layout with the most columns")
    func choice() throws {
        let small = Self.layout("small", ["Customer ID", "Start", "End", "Service", "Status"], columns: [:])
        let options = ReadingOptions.test { $0.layouts = [small, Self.layout()] }
        for (text, layout, isNew) in [
            (Self.text([]), "jobs", false), (Self.text([("Notes", "x")]), "jobs", true),
            (
                "Customer ID,Start,End,Service,Status\n9710,1/23/2014 7:30,1/23/2014 9:30,1,\n", "small",
                false
            ),
            (
                "Customer ID,Start,End,Service,Status,Notes\n9710,1/23/2014 7:30,1/23/2014 9:30,1,,x\n",
                "small", true
            ),
        ] {
            let reading = try Reading(text, options)
            #expect(reading.layout?.openingRemarks == ["layout \(layout), set 2014-01-01 by ana"])
            #expect((reading.newColumns != nil) == isNew)
        }
    }

    @Test("Of two layouts of one header, a profile's and one for all, the first holds")
    func profile() throws {
        let forAll = Self.layout("all", columns: [:])
        let reading = try Reading(
            Self.text([("Notes", "x")]), .test { $0.layouts = [Self.layout(), forAll] })
        #expect(reading.layout?.openingRemarks == ["layout jobs, set 2014-01-01 by ana"])
        #expect(reading.rows.first?.row.start.wire == "01/24/2014 8:30")
    }

    @Test("Where two layouts fit in the same way, somebody has to say which one holds")
    func undecided() throws {
        let one = Self.layout("one", Self.header + ["A"])
        let two = Self.layout("two", Self.header + ["B"])
        let text = Self.text([("A", "1"), ("B", "2")])
        let error = try #require(Reading.failure(text, .test { $0.layouts = [one, two] }))
        #expect(error.code == .severalLayouts)
        #expect(error.fix.contains("--layout \"one\"") && error.fix.contains("--layout \"two\""))
        let named = ReadingOptions.test {
            $0.layouts = [one, two]
            $0.layoutName = "two"
        }
        #expect(try Reading(text, named).codes == [])
        let none = ReadingOptions.test {
            $0.layouts = [one, two]
            $0.layoutName = "none"
        }
        #expect(try Reading(text, none).layout?.openingRemarks == [])
    }

    @Test(
        "A column of the layout that something is read from is missed beside new ones", arguments: [1, 2, 3])
    func renamed(count: Int) throws {
        let new = ["Begin Confirmed", "Foo", "Bar"].prefix(count)
        let text =
            (Self.header.filter { $0 != "Confirmed Start" } + new).joined(separator: ",") + "\n"
            + (Self.row.enumerated().filter { $0.offset != 2 }.map(\.element) + new).joined(separator: ",")
            + "\n"
        #expect(Reading.failure(text, .test { $0.layouts = [Self.layout()] })?.code == .columnGone)
    }

    @Test("A layout that lacks a column that nothing is read from holds beside a new one too")
    func swapped() throws {
        let layout = Self.layout("jobs", Self.header + ["Preis"])
        let reading = try Reading(Self.text([("Notiz", "x")]), .test { $0.layouts = [layout] })
        #expect(reading.codes == [])
        #expect(reading.rows.first?.row.start.wire == "01/24/2014 8:30")
        #expect(reading.layout?.openingRemarks.last?.hasPrefix("column-gone: ") == true)
        #expect(reading.newColumns?.contains("Notiz") == true)
    }
}
