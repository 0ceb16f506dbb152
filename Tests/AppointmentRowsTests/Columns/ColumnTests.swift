@testable import ImportFixtures
import CSVReading
import Foundation
import Testing

@testable import AppointmentRows

@Suite struct ColumnTests {
    private func plan(_ header: [String], _ options: ReadingOptions = .test) throws(InputError) -> ColumnPlan
    {
        try ColumnPlan(
            mapping: header, isGiven: options.columns != nil, line: 1, map: options.columnMap,
            identityColumn: options.identityColumn)
    }

    private func failure(_ header: [String], _ options: ReadingOptions = .test) -> InputError? {
        do throws(InputError) {
            _ = try plan(header, options)
            return nil
        } catch {
            return error
        }
    }

    @Test("A name's key by its bytes is its key by Unicode's rules")
    func keys() {
        let ascii = (UInt8(0)..<0x80).map { String(Unicode.Scalar($0)) }
        let pieces =
            ascii + ["\u{FEFF}", "\u{200B}", "\u{A0}", "\u{2010}", "\u{212A}", "é", "İ", "::", "*?:"]
        for first in pieces {
            for second in pieces {
                for name in [first + second, "A" + first + " b" + second, first + "Z_-z" + second] {
                    #expect(nameKey(name) == wideNameKey(name), "\(name.debugDescription)")
                }
            }
        }
        #expect(nameKey("") == "")
        #expect(nameKey("Start_Date -\tTIME*:") == "startdatetime")
    }

    @Test("Each name that is understood is found, those of durations with any unit too")
    func allKeys() {
        let keys = ColumnName.allKeys
        #expect(keys.count > 1_500)
        for (key, column) in keys { #expect(ColumnName.match(key)?.column == column, "\(key)") }
        for (name, column) in [
            ("Duration (min)", InputColumn.durationMinutes), ("Est. Duration in Hrs.", .durationHours),
            ("Time on Site [h]", .durationHours), ("Length, mins", .durationMinutes), ("Duration", .duration),
            ("Duration (hours) *", .durationHours),
        ] {
            #expect(ColumnName.match(name)?.column == column, "\(name)")
            #expect(ColumnName.match(name)?.certainty == .clear || column == .duration, "\(name)")
        }
        for name in ["Duration (days)", "Durations", "Durationm2", "Length of Stay", "m", "(min)"] {
            #expect(ColumnName.match(name) == nil, "\(name)")
        }
    }

    @Test(
        "Names match without regard to case, spaces, underscores, hyphens and what surrounds them",
        arguments: [
            "SecurityTraxUniqueID", "securitytraxuniqueid", "SECURITYTRAX UNIQUE ID",
            "SecurityTrax_Unique_ID",
            "security-trax-unique-id", " SecurityTraxUniqueID ", "\u{FEFF}SecurityTraxUniqueID",
            "SecurityTrax\u{A0}Unique\u{A0}ID", "SecurityTraxUniqueID*", "SecurityTraxUniqueID:",
        ])
    func names(name: String) throws {
        let plan = try plan(["Notes", name, "StartTime", "EndTime", "ServiceType"])
        #expect(plan[.customerID] == 1)
        #expect(plan[.notes] == 0)
        #expect(plan[.techID] == -1)
    }

    @Test(
        "Common names of other programs are understood",
        arguments: [
            ("customer id", InputColumn.customerID), ("Customer", .customerID),
            ("Customer Number", .customerID),
            ("Customer #", .customerID), ("SecurityTrax ID", .customerID), ("ST ID", .customerID),
            ("st_id", .customerID),
            ("Cust No.", .customerID), ("start", .start), ("Begin", .start), ("From", .start),
            ("Start Date/Time", .start),
            ("Appt Start", .start), ("end", .end), ("Finish", .end), ("To", .end), ("Until", .end),
            ("End DateTime", .end),
            ("service", .serviceType), ("Type", .serviceType), ("Job Type", .serviceType),
            ("technician", .techID),
            ("Tech", .techID), ("Installer", .techID), ("Technician ID", .techID),
            ("detail", .serviceDetailType),
            ("Detail Type", .serviceDetailType), ("Service Detail", .serviceDetailType), ("note", .notes),
            ("Comments", .notes), ("comment", .notes), ("Description", .notes), ("Date", .date),
            ("Start Date", .date),
            ("Appointment Date", .date), ("End Date", .endDate), ("Time Zone", .timeZone), ("tz", .timeZone),
            ("Phone", .customerPhone), ("customer_phone", .customerPhone), ("Primary Phone", .customerPhone),
            ("Mobile", .customerPhone), ("Cell Phone", .customerPhone), ("Home-Phone", .customerPhone),
            ("Phone (required)", .customerPhone), ("Account", .accountNumber), ("acct #", .accountNumber),
            ("Account Number", .accountNumber),
        ])
    func aliases(name: String, column: InputColumn) {
        #expect(InputColumn(named: name) == column)
    }

    @Test(
        "Names that may mean several things mean nothing",
        arguments: [
            "ID", "Unique ID", "Name", "Details", "AccountId", "Zone", "Status", "", "Day",
            "stimport_line",
        ])
    func unknown(name: String) {
        #expect(InputColumn(named: name) == nil)
    }

    @Test("The surer name of two is taken, and the other is left alone")
    func certainty() throws {
        let rest = ["StartTime", "EndTime", "ServiceType"]
        #expect(try plan(["Customer", "Customer ID"] + rest)[.customerID] == 1)
        #expect(try plan(["Customer ID", "SecurityTraxUniqueID", "Customer"] + rest)[.customerID] == 1)
        #expect(try plan(["SecurityTraxUniqueID", "Comments", "Notes"] + rest)[.notes] == 2)
    }

    @Test("Of two equally sure names the first is taken, and the other one is watched")
    func duplicates() throws {
        let rest = ["StartTime", "EndTime", "ServiceType"]
        let two = try plan(["Customer ID", "Customer Number"] + rest)
        #expect(two[.customerID] == 0)
        #expect(two.rivals.map(\.position) == [1])
        #expect(two.rivals.allSatisfy { $0.column == .customerID && $0.isAsLikely })
        let helper = try plan(["Customer ID", "Start Date", "Service Date", "Start", "End", "Type"])
        #expect(helper[.date] == 1)
        #expect(helper.rivals.map(\.position) == [2])
        // The names of notes that surely mean something else are not watched: any text can be a note.
        #expect(try plan(["Customer ID", "Comments", "Notes"] + rest).rivals == [])
        let mapped = ReadingOptions.test { $0.columnMap = [.date: "Service Date"] }
        let said = try plan(["Customer ID", "Start Date", "Service Date", "Start", "End", "Type"], mapped)
        #expect(said[.date] == 2)
        #expect(said.rivals == [])
    }

    @Test("A column that was not taken is named in the remarks")
    func remarks() throws {
        let header = ["Customer ID", "Start Date", "Service Date", "Start", "End", "Type"]
        let remarks = try Reading(header.joined(separator: ",") + "\n").layout?.remarks
        #expect(remarks == ["the column \"Service Date\" is ignored, since \"Start Date\" is Date"])
    }

    @Test("A missing column is named, with what the file has and what comes closest")
    func missing() throws {
        let one = try #require(failure(["SecurityTraxUniqueID", "Strat Time", "EndTime", "ServiceType"]))
        #expect(one.code.rawValue == "missing-column")
        #expect(
            one.message
                == "the column StartTime is missing; the file has \"SecurityTraxUniqueID\", \"Strat Time\", "
                + "\"EndTime\" and \"ServiceType\"")
        #expect(one.fix.hasPrefix("did you mean --map StartTime=\"Strat Time\"?"))
        let two = try #require(failure(["SecurityTraxUniqueID", "Arrival", "Kind", "EndTime"]))
        #expect(two.message.hasPrefix("the columns StartTime and ServiceType are missing"))
        #expect(two.fix.contains("--map StartTime="))
        let single = try #require(failure(["SecurityTraxUniqueID:StartTime:EndTime:ServiceType"]))
        #expect(single.fix.contains("--delimiter"))
    }

    @Test(
        "No column is proposed for two of ours, nor one whose name says that it holds something else",
        arguments: [
            ["Customer ID", "Time", "Service Type"],
            ["Customer ID", "Appointment Time", "Service Type"],
            ["Customer ID", "Status", "EndTime", "Service Type"],
            ["Customer ID", "State", "EndTime", "Service Type"],
            ["Customer ID", "Start Tim", "Service Type"],
            ["Customer ID", "Created Time", "EndTime", "Service Type"],
            ["Customer Name", "StartTime", "EndTime", "Service Type"],
            ["Customer Email", "StartTime", "EndTime", "Service Type"],
            ["Customer ID", "StartTime", "EndTime", "Service Date"],
            ["Customer ID", "StartTime", "EndTime", "Service Address"],
            ["Customer ID", "StartTime", "EndTime", "Job Status"],
            ["Customer ID", "StartTime", "Start Tme", "Type"],
            ["Customer ID", "StartTime", "Travel Duration", "Type"],
            ["Customer ID", "End Date", "StartTime", "Type"],
            ["Customer ID", "Start Address", "EndTime", "Type"],
            ["Customer ID", "Start Odometer", "EndTime", "Type"],
            ["Customer ID", "Starting Balance", "EndTime", "Type"],
            ["Customer ID", "Start Reason", "EndTime", "Type"],
            ["Customer ID", "Start Fee", "EndTime", "Type"],
            ["Customer ID", "Contract Start", "EndTime", "Type"],
            ["Customer ID", "Warranty Start", "EndTime", "Type"],
            ["Customer ID", "Shift Start", "EndTime", "Type"],
            ["Customer ID", "Start User", "EndTime", "Type"],
            ["Customer ID", "StartTime", "Appointment", "Type"],
            ["Customer ID", "StartTime", "Schedule", "Type"],
            ["Customer ID", "StartTime", "Ended By", "Type"],
            ["Customer ID", "StartTime", "End Reason", "Type"],
            ["Customer ID", "StartTime", "End Address", "Type"],
            ["Customer ID", "StartTime", "Scheduler", "Type"],
            ["Customer ID", "StartTime", "Time in", "Type"],
            ["Customer Balance", "StartTime", "EndTime", "Type"],
            ["Customer Rating", "StartTime", "EndTime", "Type"],
            ["Customer Since", "StartTime", "EndTime", "Type"],
            ["Visit Number", "StartTime", "EndTime", "Type"],
            ["Client IP", "StartTime", "EndTime", "Type"],
            ["Customer ID", "StartTime", "EndTime", "Service ID"],
            ["Customer ID", "StartTime", "EndTime", "Service Plan"],
            ["Customer ID", "StartTime", "EndTime", "Account Type"],
            ["Customer ID", "StartTime", "EndTime", "Appointment ID"],
        ])
    func noHarmfulGuess(header: [String]) throws {
        let fix = try #require(failure(header)).fix
        for name in header where ColumnName.match(name)?.column.field == nil && name != "Start Tim" {
            #expect(!fix.contains("=\"\(name)\""), "\(fix)")
        }
        // A start's slip is a start, and no end.
        #expect(!fix.contains("EndTime=\"Start"))
        #expect(fix.contains("=\"its name in the file\""), "\(fix)")
    }

    @Test("What is guessed and what is not are both said, so that following the hint is enough")
    func partlyGuessed() throws {
        let fix = try #require(failure(["Customer ID", "Strat Time", "Last", "Service Type"])).fix
        #expect(
            fix.hasPrefix(
                "did you mean --map StartTime=\"Strat Time\"? If so, add that and say where the rest is with "
                    + "--map EndTime=\"its name in the file\""), "\(fix)")
    }

    @Test(
        "Data where the header should be is told from a header",
        arguments: [
            ["9710", "5", "1/23/2014 7:30", "1/23/2014 9:30", "Service", "", ""],
            ["9710", "2014-01-23T07:30", "x", "y"],
            ["9710", "", "", ""],
        ])
    func noHeader(fields: [String]) throws {
        let error = try #require(failure(fields))
        #expect(error.code.rawValue == "no-header")
        #expect(error.message.hasPrefix("line 1 holds data (\"9710\""))
        #expect(error.fix.contains("--no-header --columns"))
    }

    /// A row of a file without a header, and the columns that the message proposes.
    struct Headerless: CustomTestStringConvertible {
        let row: [String]
        let columns: String
        var testDescription: String { columns }
    }

    @Test(
        "A file without a header is shown as many columns as its row has, named where the row leaves no doubt",
        arguments: [
            Headerless(
                row: ["9710", "1/23/2014 7:30", "1/23/2014 9:30", "Service"],
                columns: "SecurityTraxUniqueID,StartTime,EndTime,ServiceType"),
            Headerless(
                row: ["rip-out", "1/23/2014", "9710", "7:30 AM", "9:30 AM"],
                columns: "ServiceType,Date,SecurityTraxUniqueID,StartTime,EndTime"),
            // Which number is the customer's?
            Headerless(
                row: ["12", "9710", "1/23/2014 7:30", "1/23/2014 9:30", "Install"],
                columns: "FIELD1,FIELD2,StartTime,EndTime,ServiceType"),
            Headerless(
                row: ["9710", "1/23/2014 7:30", "1/23/2014 9:30", "Service", ""],
                columns: "FIELD1,StartTime,EndTime,ServiceType,FIELD5"),
            // A phone, an end before the start, three times.
            Headerless(
                row: ["8015550123", "1/23/2014 7:30", "1/23/2014 9:30", "Service"],
                columns: "FIELD1,StartTime,EndTime,ServiceType"),
            Headerless(
                row: ["9710", "1/23/2014 9:30", "1/23/2014 7:30", "Service"],
                columns: "FIELD1,FIELD2,FIELD3,ServiceType"),
            Headerless(
                row: ["1/22/2014 8:00", "1/23/2014 7:30", "1/23/2014 9:30", "9710", "2"],
                columns: "FIELD1,FIELD2,FIELD3,FIELD4,FIELD5"),
        ])
    func headerless(_ expected: Headerless) throws {
        let error = try #require(failure(expected.row))
        #expect(error.code.rawValue == "no-header", "\(error)")
        let shown = error.fix.split(separator: "--columns ").last?.prefix { $0 != " " }
        #expect(
            shown.map { $0.last == "," ? String($0.dropLast()) : String($0) } == expected.columns,
            "\(error.fix)")
        // What is typed as it stands reads nothing into the wrong column.
        let given = expected.columns.split(separator: ",").map(String.init)
        #expect(failure(given) == nil || expected.columns.contains("FIELD"))
    }

    @Test("A mapping overrules names, and its column means nothing else")
    func mapping() throws {
        let header = ["Customer ID", "Start", "End", "Type", "Begin", "Finish at"]
        let options = ReadingOptions.test { $0.columnMap = [.start: "begin", .end: "Finish at"] }
        let plan = try plan(header, options)
        #expect(plan[.start] == 4)
        #expect(plan[.end] == 5)
        let swapped = ReadingOptions.test { $0.columnMap = [.start: "End", .end: "Start"] }
        #expect(try self.plan(["Customer ID", "Start", "End", "Type"], swapped)[.start] == 2)
    }

    @Test("An optional column can be left out, whatever the file has")
    func leftOut() throws {
        let header = ["Customer ID", "Technician", "Start", "End", "Type"]
        let mapping = try ReadingOptions.mapping("TechID=")
        let options = ReadingOptions.test { $0.columnMap = [mapping.column: mapping.name] }
        #expect(try plan(header)[.techID] == 1)
        #expect(try plan(header, options)[.techID] == -1)
    }

    @Test("A mapping to a column that the file doesn't have names those it has")
    func wrongMapping() throws {
        let header = ["Customer ID", "Appt start", "End", "Type"]
        let options = ReadingOptions.test { $0.columnMap = [.start: "Apt start"] }
        let error = try #require(failure(header, options))
        #expect(error.code.rawValue == "missing-column")
        #expect(
            error.message
                == "--map StartTime names \"Apt start\", but the file has \"Customer ID\", \"Appt start\", \"End\" and \"Type\""
        )
        #expect(error.fix == "did you mean \"Appt start\"?")
        let identity = ReadingOptions.test { $0.identityColumn = "Job" }
        #expect(
            failure(["Customer ID", "Start", "End", "Type"], identity)?.message.hasPrefix("--identity-column")
                == true)
    }

    @Test("The left side of --map is checked before any file is opened")
    func leftSide() throws {
        #expect(try ReadingOptions.mapping("start time = Appt start").column == .start)
        #expect(try ReadingOptions.mapping("StartTime=a=b").name == "a=b")
        let error = try #require(throws: InputError.self) { _ = try ReadingOptions.mapping("StratTime=x") }
        #expect(error.fix.hasPrefix("did you mean StartTime?"))
        for text in ["StartTime", "=x", "StartTime=", ""] {
            #expect(throws: InputError.self, "\(text)") { _ = try ReadingOptions.mapping(text) }
        }
    }

    @Test("Columns can be named for a file without a header")
    func givenColumns() throws {
        let options = ReadingOptions.test { $0.columns = ["Customer ID", "", "Start", "End", "Type"] }
        let reading = try Reading("9710,x,1/23/2014 7:30,1/23/2014 9:30,1\n9711,x,1/23/2014 7:30\n", options)
        #expect(reading.rows.map(\.row.line) == [1, 2])
        #expect(reading.rows.map(\.row.isValid) == [true, false])
        #expect(reading.findings.first?.message == "the row has 3 fields, --columns 5")
        #expect(reading.layout?.hasHeader == false)
        #expect(try ReadingOptions.columns("Customer ID, ,Start").count == 3)
        #expect(throws: InputError.self) { _ = try ReadingOptions.columns("a,b") }
        let incomplete = ReadingOptions.test { $0.columns = ["Customer ID"] }
        #expect(failure(["Customer ID"], incomplete)?.message.contains("--columns names") == true)
    }

    @Test("The layout says what each column means and which are left alone")
    func layout() throws {
        let header = "Customer,Customer ID,,Start,End,Type,Town,stimport_line"
        let layout = try #require(try Reading(header + "\n").layout)
        #expect(
            layout.columns.map(\.meaning) == [nil, .customerID, nil, .start, .end, .serviceType, nil, nil])
        #expect(
            layout.columns.map(\.isFromRejects) == [false, false, false, false, false, false, false, true])
        #expect(layout.name(of: .customerID) == "Customer ID")
        #expect(layout.name(of: .notes) == "Notes")
        #expect(
            layout.remarks == [
                "the column \"Customer\" is ignored, since \"Customer ID\" is SecurityTraxUniqueID",
                "column 3 has no name and is ignored",
            ])
    }

    @Test(
        "Working hours are read as people write them",
        arguments: [
            ("07:00-20:00", 420...1200), ("7-20", 420...1200), ("7:30 - 18", 450...1080),
            ("0:00–24:00", 0...1440),
        ])
    func hours(text: String, expected: ClosedRange<Int>) throws {
        #expect(try ReadingOptions.hours(text) == expected)
    }

    @Test(
        "What are no working hours is refused",
        arguments: ["", "7", "20-7", "7-7", "7:00-25:00", "7:0-8:0", "a-b", "7-8-9", "-7-8"])
    func noHours(text: String) {
        #expect(throws: InputError.self) { _ = try ReadingOptions.hours(text) }
    }

    @Test("Date orders and time zones that don't exist are refused")
    func otherOptions() throws {
        #expect(try ReadingOptions.dateOrder("DMY") == .dayFirst)
        #expect(throws: InputError.self) { _ = try ReadingOptions.dateOrder("md") }
        #expect(try ReadingOptions.timeZone("Mountain").identifier == "America/Denver")
        let error = try #require(throws: InputError.self) { _ = try ReadingOptions.timeZone("Mountian") }
        #expect(error.fix.hasPrefix("did you mean Mountain?"))
    }

    @Test(
        "The distance of two words counts slips, swaps included",
        arguments: [
            ("", "", 0), ("a", "", 1), ("install", "instal", 1), ("service", "servcie", 1), ("abc", "cba", 2),
            ("start", "end", 5),
        ])
    func distance(left: String, right: String, expected: Int) {
        #expect(Suggestion.distance(Array(left.utf8), Array(right.utf8)) == expected)
        #expect(Suggestion.distance(Array(right.utf8), Array(left.utf8)) == expected)
    }
}
