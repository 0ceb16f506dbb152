@testable import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("Rows that are no visit") struct SkipTests {
    private static let noVisit = [
        "Cancelled", "canceled", " CANCELLED ", "Cancelled by customer", "Customer canceled",
        "Late cancelled",
        "No show", "no-show", "NoShow", "No-Show (charged)", "Deleted", "void", "Voided", "Declined",
        "Completed", "complete", "Closed", "Done", "Job completed", "Completed - paid", "Closed/cancelled",
    ]
    private static let visit = [
        "", "Scheduled", "Confirmed", "Tentative", "Not cancelled", "Not completed", "Incomplete",
        "To be completed", "Un-cancelled", "In progress", "Needs scheduling", "Unconfirmed",
        "Cancellation requested", "Done, return visit needed", "Open", "Dispatched", "Show", "No",
    ]

    @Test("The words that call a visit off, or say that it is over", arguments: noVisit)
    func words(value: String) { #expect(StatusWords.saysNoVisit(value, .words)) }

    @Test(
        "Whether a visit was called off, or is over",
        arguments: [
            ("Cancelled", StatusWords.Kind.words, StatusWords.Meaning.calledOff),
            ("Void", .words, .calledOff),
            ("Completed", .words, .over), ("No show", .words, .over), ("no-show", .words, .over),
            ("Scheduled", .words, .visit), ("Not cancelled", .words, .visit), ("", .words, .visit),
            ("true", .flag, .calledOff), ("1/5/2027", .flag, .calledOff), ("no", .flag, .visit),
            ("true", .absence, .over), ("no", .absence, .visit),
        ])
    func meanings(value: String, kind: StatusWords.Kind, meaning: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, kind) == meaning)
    }

    @Test(
        "What is said behind a cancellation does not take it back",
        arguments: [
            "Cancelled, no longer needed", "Cancelled - to be rescheduled", "Cancelled (no answer)",
            "Cancelled by customer, not home", "Cancelled per customer - may rebook",
            "Canceled: pending refund", "Job canceled — no charge", "Cancelled. Do not send tech!",
            "Voided - not needed", "Declined by customer (not interested)", "No answer, cancelled",
            "Cancel", "Cancellation", "CXL", "CXLD",
        ])
    func cancelledWithWords(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .calledOff)
    }

    @Test(
        "A negation before it does, and a wish is none",
        arguments: [
            "Not cancelled", "Not yet cancelled, call first", "To be cancelled", "May be cancelled - ask",
            "Cancellation requested", "Cancel?  ask office", "Pending, never cancelled", "Do not cancel",
        ])
    func notCancelled(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .visit)
    }

    @Test(
        "What databases and spreadsheets write for no date is none",
        arguments: [
            "0000-00-00 00:00:00", "0000-00-00", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z",
            "1/1/1900", "1/1/1900 12:00:00 AM", "1/0/1900", "12/30/1899 0:00", "NaN", "NaT", "0.0", "(blank)",
        ])
    func emptyDates(value: String) {
        #expect(StatusWords.meaning(of: value, .flag) == .visit)
    }

    @Test("A date is one", arguments: ["1/1/19001", "1/1/1900 8:30", "2026-11-02 00:00:00", "1/1/2027"])
    func dates(value: String) {
        #expect(StatusWords.meaning(of: value, .flag) == .calledOff)
    }

    @Test("Other words don't", arguments: visit)
    func otherWords(value: String) { #expect(!StatusWords.saysNoVisit(value, .words)) }

    @Test("A column that is named for it says it by a yes, a time or a name")
    func flags() {
        for value in [
            "true", "TRUE", "Yes", "y", "1", "x", "✓ yes", "1/4/2027 9:00", "Customer", "cancelled",
        ] {
            #expect(StatusWords.saysNoVisit(value, .flag), "\(value)")
        }
        for value in ["", "  ", "false", "No", "n", "0", "-", "N/A", "none", "Not cancelled"] {
            #expect(!StatusWords.saysNoVisit(value, .flag), "\(value)")
        }
    }

    @Test("Which columns are a visit's status, and which are not")
    func columns() {
        for name in [
            "Status", "job_status", "Appointment Status", "Appt-Status", "STATUS", "Work Order Status",
            "Status (required)", "Status?", "Outcome", "Visit outcome", "Appt. Status", "Status Code",
            "Status Description", "Appointment Status Name", "Job Status Name", "Scheduled Status",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .words, "\(name)")
        }
        for name in [
            "Canceled", "Cancelled", "Deleted", "IsCanceled", "Cancelled?", "Is canceled?",
            "Deleted (optional)", "Cancellation Date", "Canceled Flag", "Canceled Time",
            "Cancelled At (UTC)",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .flag, "\(name)")
        }
        for name in ["No show", "No-Show", "Marked as No-Show", "No show? *"] {
            #expect(StatusWords.kind(ofColumn: name) == .absence, "\(name)")
        }
        for name in [
            "Invoice Status", "Account Status", "Payment Status", "State", "Notes", "Canceled By", "",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == nil, "\(name)")
        }
    }

    private static let header = "SecurityTraxUniqueID,StartTime,EndTime,ServiceType,Status,Region"
    private static func row(_ status: String, _ region: String = "N") -> String {
        "1,2014-01-23 07:30,2014-01-23 08:30,1,\(status),\(region)"
    }

    private func results(_ rows: [String], _ change: (inout ReadingOptions) -> Void = { _ in }) throws
        -> String
    {
        let reading = try Reading(
            Array(([Self.header] + rows).joined(separator: "\n").utf8), ReadingOptions.test(change))
        return reading.rows.map { row in
            switch row.row.result {
            case .valid: "valid"
            case .invalid: "invalid"
            case .skipped: row.findings.map(\.code.rawValue).joined(separator: "+")
            }
        }.joined(separator: " ")
    }

    @Test(
        "A row that stands in one field is no heading, whatever its delimiter",
        arguments: [
            "\"1,2027-01-23 07:30,2027-01-23 08:30,1,\"\"a, b\"\",N\"",
            "1;2027-01-23 07:30;2027-01-23 08:30;1;call, later",
            "1\t2027-01-23 07:30\t2027-01-23 08:30\t1\tcall, later",
            "1;2027-01-23 07:30;2027-01-23 08:30;1;call,,,,,", "1|2027-01-23 07:30|2027-01-23 08:30|1",
        ])
    func rowInAField(row: String) throws {
        #expect(try results([Self.row("Scheduled"), row, Self.row("Scheduled")]) == "valid invalid valid")
    }

    @Test(
        "Headings, totals and footers are",
        arguments: [
            "Monday 1/5/2027", "\"Total: 12, of them 3 installs, 9 services, 0 rip-outs\"",
            "Printed 1/5/2027 9:00",
            "\"Page 1, of 2\",,,", "\"From 1/5/2027 to 1/9/2027, all technicians\"",
        ])
    func headings(row: String) throws {
        #expect(
            try results([Self.row("Scheduled"), row, Self.row("Scheduled")]) == "valid no-appointment valid")
    }

    @Test("A row whose status calls it off is skipped, whatever else is wrong with it")
    func skipsByStatus() throws {
        let rows = [Self.row("Scheduled"), Self.row("Cancelled"), "x,,,9,No show,N", "x,,,9,Booked,N"]
        #expect(try results(rows) == "valid skipped-status skipped-status invalid")
        #expect(
            try results(rows) { $0.hasDefaultSkips = false } == "valid valid invalid invalid")
    }

    @Test("--skip and --only leave out what they name, and add to the default")
    func rules() throws {
        let rows = [
            Self.row("Scheduled"), Self.row("on hold "), Self.row("Cancelled"), Self.row("", "S"),
            Self.row("Draft", "S"),
        ]
        #expect(
            try results(rows) { $0.skips = [ColumnRule(column: "status", values: ["On Hold", "draft"])] }
                == "valid skipped-by-rule skipped-status valid skipped-by-rule")
        #expect(
            try results(rows) { $0.only = [ColumnRule(column: "Region", values: ["s"])] }
                == "skipped-by-rule skipped-by-rule skipped-status valid valid")
        #expect(
            try results(rows) { $0.only = [ColumnRule(column: "Status", values: ["Scheduled", ""])] }
                == "valid skipped-by-rule skipped-status valid skipped-by-rule")
        // Named twice, a column has the values of both.
        #expect(
            try results(rows) {
                $0.only = ["Scheduled", "Draft"].map { ColumnRule(column: "Status", values: [$0]) }
            } == "valid skipped-by-rule skipped-status skipped-by-rule valid")
        #expect(
            try results(rows) {
                $0.only = [ColumnRule(column: "Region", values: ["S"])]
                $0.skips = [ColumnRule(column: "Status", values: [""])]
                $0.hasDefaultSkips = false
            } == "skipped-by-rule skipped-by-rule skipped-by-rule skipped-by-rule valid")
    }

    @Test("A rule for a column that the file doesn't have is named, with the nearest one")
    func unknownColumn() throws {
        let error = #expect(throws: InputError.self) {
            try Reading(
                Array((Self.header + "\n" + Self.row("x")).utf8),
                ReadingOptions.test { $0.skips = [ColumnRule(column: "Statsu", values: ["x"])] })
        }
        #expect(error?.code.rawValue == "unknown-rule-column")
        #expect(error?.message.contains("--skip") == true)
        #expect(error?.fix.contains("Status") == true)
    }

    @Test("A status that is mapped to one of ours is none")
    func mapped() throws {
        let text =
            "SecurityTraxUniqueID,StartTime,EndTime,Service Type,Status\n"
            + "1,2014-01-23 07:30,2014-01-23 08:30,1,Closed\n"
        let reading = try Reading(
            Array(text.utf8), ReadingOptions.test { $0.columnMap[.notes] = "Status" })
        #expect(reading.rows.map(\.row.result) == [.valid])
    }
}
