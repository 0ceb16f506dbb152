@testable import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("Columns that could both be one of ours")
struct RivalColumnTests {
    /// A header and two rows' values of two rivals, with the column that both could be.
    struct Example: Sendable, CustomTestStringConvertible {
        var column: InputColumn
        var names: (String, String)
        var values: [(String, String)]
        var testDescription: String { "\(names.0), \(names.1): \(values)" }

        init(_ column: InputColumn, _ first: String, _ second: String, _ values: (String, String)...) {
            self.column = column
            names = (first, second)
            self.values = values
        }

        /// A file whose other columns are in order.
        func text(swapped: Bool = false) -> String {
            let others: [(InputColumn, String, String)] = [
                (.customerID, "SecurityTraxUniqueID", "9710"), (.start, "StartTime", start),
                (.end, "EndTime", end), (.serviceType, "ServiceType", "Install"),
            ].filter { $0.0 != column }
            let pair = swapped ? [names.1, names.0] : [names.0, names.1]
            var lines = [([pair[0]] + others.map(\.1) + [pair[1]]).joined(separator: ",")]
            for value in values {
                let pair = swapped ? [value.1, value.0] : [value.0, value.1]
                lines.append(([pair[0]] + others.map(\.2) + [pair[1]]).joined(separator: ","))
            }
            return lines.joined(separator: "\n") + "\n"
        }

        private var start: String {
            switch column {
            case .date: "9:00"
            case .endDate: "1/5/2014 23:00"
            default: "1/5/2014 9:00"
            }
        }
        private var end: String { column == .date || column == .endDate ? "10:00" : "1/5/2014 10:00" }
    }

    @Test(
        "A file in which they differ is not read until somebody says which one is meant",
        arguments: [
            Example(.date, "Date", "Appointment Date", ("12/1/2013", "1/5/2014")),
            Example(.date, "Service Date", "Start Date", ("1/5/2014", "1/5/2014"), ("1/6/2014", "1/5/2014")),
            Example(.date, "Date", "Job Date", ("", "1/5/2014")),
            Example(.date, "Date", "Job Date", ("1/5/2014", "1/5/2014"), ("1/5/2014", "1/15/2014")),
            Example(.endDate, "EndDate", "Finish Date", ("1/6/2014", "1/7/2014")),
            Example(.customerID, "Customer ID", "Customer Number", ("9710", "9711")),
            Example(.customerID, "SecurityTraxUniqueID", "Customer", ("9710", "77")),
            Example(.customerID, "Customer", "Client", ("9710", "9711")),
            Example(.start, "StartTime", "Scheduled Start", ("1/5/2014 9:00", "1/5/2014 9:30")),
            Example(.start, "Start", "Job Start", ("1/5/2014 9:00", "1/6/2014 9:00")),
            Example(.start, "Start", "Begin", ("1/5/2014 9:00", "soon")),
            Example(.end, "End", "EndTime", ("1/5/2014 10:00", "1/5/2014 11:00")),
            Example(.techID, "TechID", "Technician", ("12", "14")),
            Example(.techID, "TechID", "Technician ID", ("", "14")),
            Example(.techID, "Tech", "Technician", ("12", "Bob")),
            Example(.serviceType, "ServiceType", "Type", ("Install", "2")),
            Example(.notes, "Notes", "Appointment Notes", ("a", "b")),
            Example(.serviceDetailType, "Detail Type", "Service Detail", ("Panel", "Camera")),
            Example(.timeZone, "TimeZone", "TZ", ("Pacific", "Eastern")),
        ])
    func differing(_ example: Example) throws {
        for swapped in [false, true] {
            let text = example.text(swapped: swapped)
            let error = try #require(Reading.failure(text))
            #expect(error.code.rawValue == "duplicate-column")
            #expect(error.line == 1 + example.values.count)
            #expect(error.message.contains("can both be \(example.column.name)"))
            // The advice can be followed.
            for name in [example.names.0, example.names.1] {
                #expect(error.fix.contains("--map \(example.column.name)=\"\(name)\""))
                let options = ReadingOptions.test { $0.columnMap = [example.column: name] }
                #expect(Reading.failure(text, options) == nil)
            }
        }
    }

    @Test(
        "A file in which they agree, or in which one of them can't be meant, is read",
        arguments: [
            Example(
                .date, "Date", "Appointment Date", ("1/5/2014", "01/05/2014"), ("1/5/2014", "2014-01-05 0:00")
            ),
            Example(.date, "Date", "Appointment Date", ("1/13/2014", "2014-01-13")),
            Example(.customerID, "Customer ID", "Customer Number", ("9710", "009710")),
            Example(.customerID, "Customer ID", "Customer", ("9710", "Smith")),
            Example(.customerID, "Customer ID", "Customer", ("9710", "")),
            Example(.customerID, "SecurityTraxUniqueID", "Customer No", ("9710", "C-77")),
            Example(.start, "StartTime", "Scheduled Start", ("1/5/2014 9:00", "2014-01-05T09:00:00")),
            Example(.end, "EndTime", "To", ("1/5/2014 10:00", "Ana")),
            Example(.techID, "TechID", "Technician", ("12", "Bob Smith"), ("13", "Ana")),
            Example(.serviceType, "ServiceType", "Type", ("Install", "Residential"), ("1", "Shop")),
            Example(.serviceType, "ServiceType", "Job", ("Install", "2"), ("1", "4711"), ("1", "4712")),
            Example(.notes, "Notes", "Comments", ("a", "b")),
            Example(.timeZone, "TimeZone", "TZ", ("Pacific", "America/Los_Angeles")),
        ])
    func agreeing(_ example: Example) throws {
        for swapped in [false, true] {
            let reading = try Reading(example.text(swapped: swapped))
            #expect(reading.findings == [])
            #expect(reading.rows.count == example.values.count)
        }
    }

    private static let window = "Customer ID,Start,End,Service"
    private static let when = "9710,1/5/2014 9:00,1/5/2014 10:00,Install"

    @Test(
        "Technicians' names that the roster knows are values as numbers are",
        arguments: [
            ("Assigned To,Technician Name", "Ann Ray", "Bob Lee", true),
            ("Assigned To,Technician Name", "Ann Ray", "Ray, Ann", false),
            ("Assigned To,Technician Name", "Ann Ray", "11", false),
            ("Technician ID,Technician", "11", "Bob Lee", true),
            ("Technician ID,Technician", "11", "Ann Ray", false),
            ("Technician ID,Technician", "11", "somebody", false),
            ("Technician,Assigned To", "Ann Ray", "the office", false),
            ("Technician,Assigned To", "Ann Ray", "Unassigned", false),
            ("Technician ID,Technician", "11", "our Bob", true),
        ])
    func names(header: String, first: String, second: String, differ: Bool) throws {
        var values = ValueMap()
        try values.add(column: "TechID", theirs: "our Bob", ours: "12")
        let roster = try TechnicianRoster(settings: ["Ann Ray": "11", "Bob Lee": "12"])
        let options = ReadingOptions.test {
            $0.roster = roster
            $0.values = values
        }
        let text =
            "\(Self.window),\(header)\n\(Self.when),\(first.contains(",") ? "\"\(first)\"" : first),\(second.contains(",") ? "\"\(second)\"" : second)\n"
        #expect((Reading.failure(text, options)?.code.rawValue == "duplicate-column") == differ)
        #expect(Reading.failure(text, options)?.line == (differ ? 2 : nil))
    }

    @Test(
        "Durations and windows are compared as what they say, where a visit depends on them",
        arguments: [
            ("Start,Service,Duration,Job Duration", "1/5/2014 9:00,Install,60,90", true),
            ("Start,Service,Duration,Job Duration", "1/5/2014 9:00,Install,60,1 hour", false),
            ("Start,Service,Duration,Job Duration", "1/5/2014 9:00,Install,60,1:00", false),
            ("Start,Service,Total Duration,On Job Duration", "1/5/2014 9:00,Install,90,60", true),
            ("Start,End,Service,Duration,Job Duration", "1/5/2014 9:00,1/5/2014 10:00,Install,60,90", false),
            ("Start,End,Service,Duration,Job Duration", "1/5/2014 9:00,,Install,60,90", true),
            ("Start,Service,Length (min),Duration (min)", "1/5/2014 9:00,Install,60,90", true),
            ("Start,Service,Length (min),Duration (min)", "1/5/2014 9:00,Install,60,60.0", false),
            ("Date,Service,Time Slot,Arrival Window", "1/5/2014,Install,8-10 AM,9-11 AM", true),
            ("Date,Service,Time Slot,Arrival Window", "1/5/2014,Install,8-10 AM,8:00 AM - 10:00 AM", false),
            (
                "Start,End,Service,Time Slot,Arrival Window",
                "1/5/2014 9:00,1/5/2014 10:00,Install,8-10 AM,9-11 AM", false
            ),
        ])
    func lengths(header: String, row: String, differ: Bool) throws {
        let text = "Customer ID,\(header)\n9710,\(row)\n"
        #expect((Reading.failure(text)?.code.rawValue == "duplicate-column") == differ)
    }

    @Test("A date that no row needs may differ: the times have dates of their own")
    func unusedDate() throws {
        let header = "Date,Appointment Date,Customer ID,Start,End,Service\n"
        let full = "12/1/2013,1/5/2014,9710,1/5/2014 9:00,1/5/2014 10:00,Install\n"
        #expect(try Reading(header + full).findings == [])
        #expect(Reading.failure(header + full + "12/1/2013,1/5/2014,9710,9:00,10:00,Install\n")?.line == 3)
    }

    @Test("The same name twice is read where both columns agree, and can't be chosen with --map")
    func sameName() throws {
        let header = "Customer ID,Start,End,Service,customer_id\n"
        let row = "9710,1/5/2014 9:00,1/5/2014 10:00,Install,"
        #expect(try Reading(header + row + "9710\n").findings == [])
        let error = try #require(Reading.failure(header + row + "9710\n" + row + "9711\n"))
        #expect(error.code.rawValue == "duplicate-column")
        #expect(error.line == 3)
        #expect(error.message.contains("is there twice"))
        #expect(error.fix == "remove or rename the one that is not meant")
    }

    @Test("The difference may stand in the last line of a long file")
    func lastLine() throws {
        let rows = (1...3000).map { "\($0),\($0),1/5/2014 9:00,1/5/2014 10:00,Install\n" }.joined()
        let text = "Customer ID,Customer Number,Start,End,Service\n" + rows
        #expect(try Reading(text).rows.count == 3000)
        #expect(Reading.failure(text + "1,2,1/5/2014 9:00,1/5/2014 10:00,Install\n")?.line == 3002)
    }
}
