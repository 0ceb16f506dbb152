import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

/// Databases and programs write a word where there is no value.
@Suite("Words for no value") struct NoValueTests {
    private static let words = [
        #"\N"#, "NULL", "null", "(null)", "<null>", "[NULL]", "NaT", "<NA>", "NA", "N/A", "n/a", "nan", "NaN",
        "None",
        "none", "nil", "undefined", " NULL ",
    ]

    @Test("are no note and no detail", arguments: words, [false, true])
    func texts(word: String, isPlain: Bool) throws {
        let technician = isPlain ? "5" : "5.0"
        let reading = try Reading(
            row: "9710,\(technician),1/23/2014 7:30,1/23/2014 9:30,Install,\(word),\(word)")
        #expect(reading.findings == [])
        #expect(reading.rows.first?.notes == "" && reading.rows.first?.detail == "")
    }

    @Test("are nobody as a technician, and nothing in any other column that may be empty", arguments: words)
    func optional(word: String) throws {
        let reading = try Reading(
            Reading.header + ",Helper,Time zone,All day,End date,Window,Duration\n"
                + "9710,\(word),1/23/2014 7:30,1/23/2014 9:30,Install,Panel,Ring twice"
                + String(repeating: ",\(word)", count: 6) + "\n")
        #expect(reading.findings == [])
        #expect(reading.rows.first?.row.techID == 0 && reading.rows.first?.row.isValid == true)
        #expect(reading.rows.first?.notes == "Ring twice")
    }

    @Test("leave the end to the duration or the window", arguments: words)
    func otherEnd(word: String) throws {
        for (column, value) in [("Duration", "90 min"), ("Window", "7:30 AM - 9:00 AM")] {
            let reading = try Reading(
                "Customer ID,Start,End,Service,\(column)\n9710,1/23/2014 7:30,\(word),Install,\(value)\n")
            #expect(reading.findings == [])
            #expect(reading.rows.first?.row.end.wire == "01/23/2014 9:00")
        }
    }

    @Test("are missing where something must stand", arguments: words)
    func required(word: String) throws {
        for (column, row) in [
            ("SecurityTraxUniqueID", "\(word),5,1/23/2014 7:30,1/23/2014 9:30,Install,,"),
            ("StartTime", "9710,5,\(word),1/23/2014 9:30,Install,,"),
            ("EndTime", "9710,5,1/23/2014 7:30,\(word),Install,,"),
            ("ServiceType", "9710,5,1/23/2014 7:30,1/23/2014 9:30,\(word),,"),
        ] {
            let reading = try Reading(row: row)
            #expect(reading.summary == ["missing-value \(column)"])
            #expect(reading.findings.first?.message.contains("is not there") == true)
        }
        let dated = try Reading("Customer ID,Date,Start,End,Service\n9710,\(word),7:30,9:30,Install\n")
        #expect(dated.summary == ["missing-value Date"])
        let numbered = try Reading(
            Reading.header + ",Job #\n\(Reading.goodRow),\(word)\n", .test { $0.identityColumn = "Job #" })
        #expect(numbered.summary == ["missing-value Job #"])
    }

    @Test("leave the customer to the phone", arguments: words)
    func phone(word: String) throws {
        let reading = try Reading(
            "Customer ID,Phone,Account,Start,End,Service\n\(word),508-555-0107,\(word),1/23/2014 7:30,1/23/2014 9:30,Install\n"
        )
        #expect(reading.findings == [])
        #expect(reading.rows.first?.lookUp?.queries.count == 1)
    }

    @Test("stand for what the dealer says, where he says it")
    func mapped() throws {
        var values = ValueMap()
        try values.add(column: "ServiceType", theirs: "None", ours: "Service")
        try values.add(column: "ServiceDetailType", theirs: "NULL", ours: "14")
        let reading = try Reading(
            row: "9710,5,1/23/2014 7:30,1/23/2014 9:30,None,NULL,", .test { $0.values = values })
        #expect(reading.findings == [])
        #expect(reading.rows.first?.row.serviceType == .service && reading.rows.first?.detail == "14")
    }

    @Test(
        "are no part of a text that says more, nor names",
        arguments: [
            "None of the doors", "Null zone 3", "N/A until noon", "Nan", "Nat", "Nina", "Nate", "New", "No",
            "NO",
            "(call)", "[x]", "<b>", "Unlocked", "undecided", "North", #"\\N"#, "0", "-", "NaN panels", "()",
            "nulls",
        ])
    func honest(text: String) throws {
        let reading = try Reading(row: "9710,5,1/23/2014 7:30,1/23/2014 9:30,Install,\(text),\(text)")
        #expect(reading.findings == [])
        #expect(reading.rows.first?.notes == text && reading.rows.first?.detail == text)
    }

    @Test("What a spreadsheet's formula did not find is lost, and said")
    func formula() throws {
        for column in 0..<7 {
            var fields = Reading.goodRow.split(separator: ",").map(String.init)
            fields[column] = "#N/A"
            let reading = try Reading(row: fields.joined(separator: ","))
            #expect(reading.errors.count == 1)
            #expect(reading.findings.first?.message.contains("\"#N/A\"") == true)
        }
    }

    @Test(
        "Oracle's timestamps are read",
        arguments: [
            ("23-JAN-14 08.00.00.000000 AM", "01/23/2014 8:00"),
            ("23-JAN-14 08.30.00.000000000 PM", "01/23/2014 20:30"),
            ("23-JAN-14 13.15.00.000000", "01/23/2014 13:15"), ("23-JAN-2014 08.00.00 AM", "01/23/2014 8:00"),
            ("23-JAN-14 08.05 AM", "01/23/2014 8:05"), ("23-JAN-14 08:00:00.000000 AM", "01/23/2014 8:00"),
        ])
    func oracle(text: String, wire: String) throws {
        let reading = try Reading(row: "9710,5,\(text),23-JAN-14 11.00.00 PM,Install,,")
        #expect(reading.findings == [])
        #expect(reading.rows.first?.row.start.wire == wire)
    }

    @Test(
        "One that says a part of a minute, no time, or hours with a fraction is refused",
        arguments: [
            ("23-JAN-14 08.00.30.000000 AM", "invalid-time"),
            ("23-JAN-14 08.00.00.000001 AM", "invalid-time"),
            ("23-JAN-14", "invalid-time"), ("23-JAN-14 08.50", "invalid-time"),
            ("1/23/2014 8.30", "invalid-time"),
            ("23-JAN-14 25.00.00", "invalid-time"), ("31-FEB-14 08.00.00 AM", "no-such-date"),
        ])
    func oracleRefused(text: String, code: String) throws {
        let reading = try Reading(row: "9710,5,\(text),23-JAN-14 11.00.00 PM,Install,,")
        #expect(reading.summary == ["\(code) StartTime"])
    }
}
