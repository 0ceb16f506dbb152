@testable import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("Rows that are no visit") struct SkipTests {
    private static let noVisit = [
        "Cancelled", "canceled", " CANCELLED ", "Cancelled by customer", "Customer canceled",
        "Late cancelled",
        "No show", "no-show", "NoShow", "No-Show (charged)", "Deleted", "void", "Voided", "Declined",
        "Completed", "complete", "Closed", "Done", "Job completed", "Completed - paid", "Closed/cancelled",
        "Complete rated", "complete unrated", "Cannot Complete", "Could not be completed", "Finished",
        "AppointmentCancelled", "CANCELLED_BY_CUSTOMER", "CancelledByTech", "APPOINTMENTCANCELLED",
        "Customer Cancel", "Late cancellation", "Same-day cancellation", "Cancellation confirmed",
        "Called off",
        "Removed", "Removed from schedule", "Withdrawn", "Rejected", "Rejected by customer",
        "Withdrawn - sold",
        "Canelled", "Cancled", "CANCELLLED", "cacelled", "Cancelation", "Storniert", "Annulé",
        "user canceled", "pro canceled",
    ]
    private static let visit = [
        "", "Scheduled", "Confirmed", "Tentative", "Not cancelled", "Not completed", "Incomplete",
        "To be completed", "Un-cancelled", "In progress", "Needs scheduling", "Unconfirmed",
        "Done, return visit needed", "Open", "Dispatched", "Show", "No", "uncancelled",
        "Cancellation policy sent", "Cancellation fee waived", "No cancellation", "Cancellation denied",
        "Not rescheduled", "No answer", "On hold", "Cannot complete the form yet", "Channeled",
    ]
    private static let unclear = [
        "Rescheduled", "rescheduled by customer", "Needs rescheduling", "Postponed", "Pending cancelation",
        "Pending cancellation", "Cancellation requested", "To be cancelled", "May be cancelled - ask",
        "Cancel?  ask office", "Payment declined", "Invoice void", "Previously cancelled", "Hold removed",
        "Re-scheduled",
        "Moved to 1/9", "Do not dispatch", "Duplicate", "Archived", "Cancelled and reinstated",
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
        "A negation before it does",
        arguments: [
            "Not cancelled", "Not yet cancelled, call first", "Pending, never cancelled", "Do not cancel",
        ])
    func notCancelled(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .visit)
    }

    @Test("A wish, another time and another thing's end can't be told from it", arguments: unclear)
    func unclearWords(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .unclear)
        #expect(StatusWords.meaning(of: value, .others) == .unclear)
    }

    @Test(
        "What is over in a status of something beside the visit may be before it",
        arguments: [
            ("Completed", StatusWords.Meaning.visit), ("Closed", .visit), ("Done", .visit),
            ("Confirmed", .visit),
            ("Cancelled", .calledOff), ("Customer cancelled", .calledOff), ("Declined", .calledOff),
            ("Void", .calledOff), ("Not cancelled", .visit), ("", .visit),
            ("Rejected", .unclear), ("Abandoned", .unclear), ("Left message", .visit), ("No answer", .visit),
            ("Missed", .visit),
        ])
    func others(value: String, meaning: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, .others) == meaning)
    }

    @Test(
        "A cancellation that was agreed to is one",
        arguments: [
            ("Completed", StatusWords.Meaning.calledOff), ("Approved", .calledOff), ("Cancelled", .calledOff),
            ("Yes", .calledOff), ("None", .visit), ("Not cancelled", .visit), ("Denied", .visit),
            ("", .visit),
            ("Requested", .unclear), ("Pending", .unclear),
        ])
    func cancellations(value: String, meaning: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, .cancellation) == meaning)
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

    @Test(
        "Yes and no are read in the languages of spreadsheets",
        arguments: [
            ("FALSCH", StatusWords.Meaning.visit), ("FAUX", .visit), ("Falso", .visit), ("Nein", .visit),
            ("0.0", .visit), ("0,00", .visit), ("Nee", .visit), ("Nej", .visit), ("Onwaar", .visit),
            ("Active", .visit), ("Scheduled", .visit), ("Non", .visit), ("Não", .visit), ("☐", .visit),
            ("WAHR", .calledOff), ("VRAI", .calledOff), ("VERDADERO", .calledOff), ("Ja", .calledOff),
            ("Oui", .calledOff), ("Sí", .calledOff), ("-1", .calledOff), ("1.0", .calledOff),
            ("✓", .calledOff),
            ("Yes - customer", .calledOff), ("1767225600", .calledOff), ("Jan 5, 2027", .calledOff),
            ("Cancellation policy sent", .unclear), ("Xyz", .unclear), ("Bob Smith", .unclear),
            ("7", .unclear),
            ("✗", .unclear), ("https://example.com/cancel", .visit), ("Cancellation requested", .unclear),
        ])
    func answers(value: String, meaning: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, .flag) == meaning)
        let absence = meaning == .calledOff ? StatusWords.Meaning.over : meaning
        #expect(StatusWords.meaning(of: value, .absence) == absence)
    }

    @Test(
        "A calendar's title says it before the title, and notes by that word alone",
        arguments: [
            ("Canceled: Lee install", StatusWords.Meaning.calledOff, StatusWords.Meaning.visit),
            ("Cancelled: Lee install", .calledOff, .visit), ("CANCELED - Lee install", .calledOff, .unclear),
            ("[CANCELLED] Lee", .calledOff, .unclear), ("Canceled event: Lee", .calledOff, .visit),
            ("CANCELLED Lee install", .calledOff, .unclear), ("Lee install - CANCELLED", .unclear, .visit),
            ("CANCELLED", .calledOff, .calledOff), ("** Cancelled! **", .calledOff, .calledOff),
            ("Appointment canceled", .calledOff, .calledOff), ("Lee install", .visit, .visit),
            ("Cancelled customer, remove panel", .visit, .visit), ("Not cancelled", .visit, .visit),
            ("Customer cancelled service", .visit, .visit), ("Service cancelled", .visit, .visit),
            ("Cancellation: pick up the panel", .unclear, .visit), ("Cancellation", .unclear, .visit),
            ("Cancel", .calledOff, .calledOff),
            ("Done", .visit, .visit), ("Cancellation policy sent", .visit, .visit), ("", .visit, .visit),
        ])
    func titles(value: String, title: StatusWords.Meaning, remark: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, .title) == title)
        #expect(StatusWords.meaning(of: value, .remark) == remark)
    }

    @Test(
        "What a column of its own says has the same outcome as the word for it in a status",
        arguments: [
            ("Completed", "Yes", "skipped-status"), ("Completed", "TRUE", "skipped-status"),
            ("Done", "x", "skipped-status"), ("Done", "✓", "skipped-status"),
            ("Closed", "1", "skipped-status"),
            ("Is Completed", "Y", "skipped-status"), ("Removed", "Yes", "skipped-status"),
            ("Trashed", "true", "skipped-status"), ("Rejected", "Yes", "skipped-status"),
            ("Completed On", "1/5/2014", "skipped-status"), ("Archived", "Yes", "unclear-status"),
            ("Duplicate", "Yes", "unclear-status"), ("On Hold", "Yes", "unclear-status"),
            ("Rescheduled", "Yes", "unclear-status"), ("Rescheduled", "1/5/2014", "unclear-status"),
            ("Active", "No", "unclear-status"), ("Active", "FALSE", "unclear-status"),
            ("Active", "0", "unclear-status"), ("Active", "Cancelled", "skipped-status"),
            ("Cancellation Reason", "No longer interested", "skipped-status"),
            ("Cancellation Reason", "Moved away", "skipped-status"), ("Canceled By", "Bob", "skipped-status"),
            ("Canceled On", "12/1/2013", "skipped-status"), ("Deleted By", "Customer", "skipped-status"),
        ])
    func marks(name: String, value: String, code: String) throws {
        let header = "Customer ID,Start,End,Service,\(name)\n1,2014-01-23 07:30,2014-01-23 08:30,1,"
        #expect(try Reading(header + value + "\n").codes == [code])
        #expect(try Reading(header + value + "\n", .test { $0.hasDefaultSkips = false }).codes == [])
        let noes = name.hasPrefix("Active") ? ["", "n/a", "-", "(blank)", "Yes", "Active", "1"] : []
        for no in noes.isEmpty ? ["No", "0", "false", "", "n/a", "N", "none", "-", "(blank)"] : noes {
            #expect(try Reading(header + no + "\n").codes == [], "\(no)")
        }
    }

    @Test(
        "A visit that waits for its time is not to be made at the one that stands there",
        arguments: [
            "Unscheduled", "Needs scheduling", "To be scheduled", "Not scheduled", "Not yet scheduled",
            "Needs to be scheduled", "Awaiting scheduling", "Ready to schedule", "Pending scheduling",
            "UNSCHEDULED",
            "needs_scheduling", "On hold", "ON HOLD", "Hold", "Job on hold", "On hold - parts",
        ])
    func unscheduled(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .unclear)
        for other in [
            "Scheduled", "Re-confirmed", "On schedule", "Scheduled to install", "No hold", "Confirmed",
        ] {
            #expect(StatusWords.meaning(of: other, .words) == .visit, "\(other)")
        }
    }

    @Test(
        "An empty status below one that calls its visit off may be the same one",
        arguments: [
            (["Scheduled", "Cancelled", ""], "valid skipped-status unclear-status"),
            (["Cancelled", "", "Scheduled"], "skipped-status unclear-status valid"),
            (
                ["Scheduled", "", "Cancelled", "", "", "Confirmed", ""],
                "valid valid skipped-status unclear-status unclear-status valid valid"
            ),
            (["Scheduled", "Completed", ""], "valid skipped-status unclear-status"),
            (["Scheduled", "Rescheduled", ""], "valid unclear-status unclear-status"),
            // Empty fields on their own.
            (["", "Cancelled", "", "Scheduled"], "valid skipped-status valid valid"),
            (["Scheduled", "Scheduled", "Cancelled", ""], "valid valid skipped-status valid"),
            (["Scheduled", "Cancelled", "", "Cancelled"], "valid skipped-status valid skipped-status"),
            (["Cancelled", "", "", "No show", ""], "skipped-status valid valid skipped-status valid"),
            (["Scheduled", "", "Confirmed", ""], "valid valid valid valid"),
            (
                ["Scheduled", "Cancelled", "", "Scheduled", "Scheduled"],
                "valid skipped-status valid valid valid"
            ),
        ])
    func emptyStatuses(statuses: [String], outcome: String) throws {
        func codes(_ header: String) throws -> String {
            let rows = statuses.enumerated().map {
                "\($0.offset + 1),2014-01-23 07:30,2014-01-23 08:30,1,\($0.element),N"
            }
            return try Reading(([header] + rows).joined(separator: "\n")).rows
                .map { $0.findings.first?.code.rawValue ?? "valid" }.joined(separator: " ")
        }
        #expect(try codes(Self.header) == outcome)
    }

    @Test("Empty statuses that were taken to say nothing, and may not, make the file unreadable")
    func emptyStatusesLate() throws {
        let statuses = ["Cancelled"] + Array(repeating: "", count: 30)
        func failure(_ more: [String], _ change: (inout ReadingOptions) -> Void = { _ in }) -> InputError? {
            let rows = (statuses + more).map { Self.row($0) }
            return Reading.failure(([Self.header] + rows).joined(separator: "\n"), .test(change))
        }
        #expect(failure([]) == nil)
        #expect(failure(["Cancelled"]) == nil)
        #expect(failure(["Scheduled"])?.line == 3)
        #expect(failure(["Scheduled"]) { $0.hasDefaultSkips = false } == nil)
        #expect(
            failure(["Scheduled"]) { $0.only = [ColumnRule(column: "Status", values: ["", "Scheduled"])] }
                == nil)
    }

    @Test("Which columns are a visit's status, and which are not")
    func columns() {
        for name in [
            "Status", "job_status", "Appointment Status", "Appt-Status", "STATUS", "Work Order Status",
            "Status (required)", "Status?", "Outcome", "Visit outcome", "Appt. Status", "Status Code",
            "Status Description", "Appointment Status Name", "Job Status Name", "Scheduled Status",
            "Status (Job)", "Final Status", "Status Label", "State", "Appointment_Status__c", "Staus",
            "Ststus",
            "Appt Sttaus", "job.status", "Status of Appointment", "Status Category", "Service Call Status",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .words, "\(name)")
        }
        for name in [
            "Canceled", "Cancelled", "Deleted", "IsCanceled", "Cancelled?", "Is canceled?",
            "Deleted (optional)", "Cancellation Date", "Canceled Flag", "Canceled Time",
            "Cancelled At (UTC)", "Cancelled Y/N", "Cancelled (Y/N)", "Cancel Flag", "Cancellation", "CXL",
            "Canelled", "Canceled On", "Removed", "Is Removed", "Trashed", "Rejected", "Removed At",
            "Withdrawn",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .flag, "\(name)")
        }
        for name in [
            "No show", "No-Show", "Marked as No-Show", "No show? *", "Completed", "Done", "Closed",
            "Is Completed",
            "Completed?", "Job Complete", "Finished", "Is Closed", "completed_at", "Visit Done (Y/N)",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .absence, "\(name)")
        }
        for name in [
            "Invoice Status", "Account Status", "Payment Status", "Status (Invoice)", "Notes", "",
            "Cancellation Policy", "Cancel URL", "Customer Status", "Status Date",
            "Status Changed At", "Can Cancel", "Statement", "Estate", "Job Name", "Cancellation Fee",
            "Street", "Text Status", "SMS Status", "Confirmation Text Status", "Email Status",
            "Reminder Status",
            "Text Confirmation Status", "Completed Forms", "Active Account", "Rescheduled From", "Close Date",
            "Closed Date", "Reason", "Removed Panel", "Complete Address", "Duplicate Customer", "Active Date",
            "Hold Music", "Closed Amount", "Active Alarm", "Expiration Date",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == nil, "\(name)")
        }
        for name in [
            "Install Status", "Call Status", "Order Status", "Confirmation Status", "Sched Status",
            "Service Status", "Dispatch Status", "Stage",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .others, "\(name)")
        }
        #expect(StatusWords.kind(ofColumn: "Cancellation Status") == .cancellation)
        for name in [
            "Archived", "Duplicate", "On Hold", "Rescheduled", "Is Duplicate", "on_hold", "Hold", "Postponed",
            "Inactive",
            "Is Archived", "Placed on Hold", "Job On Hold?",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .doubt, "\(name)")
        }
        for name in ["Active", "Is Active", "active?", "Active (Y/N)"] {
            #expect(StatusWords.kind(ofColumn: name) == .active, "\(name)")
        }
        for name in [
            "Canceled By", "Cancelled By", "Cancellation Reason", "Cancel Reason", "Reason for Cancellation",
            "Deleted By", "Cancellation Notes", "Cancelled Reason", "Rejection Reason", "Canceled By Name",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .trace, "\(name)")
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

    @Test("A state of the United States is no status")
    func states() throws {
        let header = Self.header.replacing("Status", with: "State")
        let rows = ["CA", "CO", "VA", "Virginia", "Cancelled"].map { Self.row($0) }
        let reading = try Reading(([header] + rows).joined(separator: "\n"))
        #expect(reading.rows.map(\.row.result) == [.valid, .valid, .valid, .valid, .skipped])
    }

    @Test("A row whose status can't be told is invalid, and says how to tell it")
    func unclearRows() throws {
        let rows = [Self.row("Rescheduled"), Self.row("Cancellation requested"), Self.row("Scheduled")]
        #expect(try results(rows) == "invalid invalid valid")
        let reading = try Reading(([Self.header] + rows).joined(separator: "\n"))
        #expect(reading.summary == ["unclear-status Status", "unclear-status Status"])
        #expect(reading.findings.first?.message.contains("\"Rescheduled\"") == true)
        #expect(reading.findings.first?.fix.contains("--skip \"Status=Rescheduled\"") == true)
        #expect(
            try results(rows) { $0.skips = [ColumnRule(column: "Status", values: ["rescheduled"])] }
                == "skipped-by-rule invalid valid")
        #expect(
            try results(rows) { $0.only = [ColumnRule(column: "Status", values: ["rescheduled"])] }
                == "valid skipped-by-rule skipped-by-rule")
        #expect(try results(rows) { $0.hasDefaultSkips = false } == "valid valid valid")
    }

    @Test("Notes that are a word of calling off, and a title that begins with it, call the visit off")
    func notesAndTitles() throws {
        func results(_ header: String, _ row: String, _ change: (inout ReadingOptions) -> Void = { _ in })
            throws
            -> [String]
        {
            let times = "1,2014-01-23 07:30,2014-01-23 08:30"
            return try Reading(
                "Customer ID,Start,End,\(header)\n\(times),\(row)\n", ReadingOptions.test(change)
            ).summary
        }
        for note in ["CANCELLED", "cancelled", "Canceled.", "CXL", "\"**CANCELLED**\"", "Visit cancelled"] {
            #expect(try results("Service,Notes", "Install,\(note)") == ["skipped-status Notes"], "\(note)")
            #expect(try results("Service,Notes", "Install,\(note)") { $0.hasDefaultSkips = false } == [])
        }
        for note in [
            "Done", "Cancelled in May, new visit", "Not cancelled", "Call customer", "Deck",
            "Service cancelled",
        ] {
            #expect(try results("Service,Notes", "Install,\"\(note)\"") == [], "\(note)")
        }
        #expect(
            try results("Subject,Categories", "Canceled: Lee install,Install") {
                $0.columnMap[.serviceType] = "Categories"
            } == ["skipped-status Subject"])
        #expect(try results("Service,Detail Type", "Rip-out,Cancellation") == [])
        #expect(try results("Service,Notes,Comments", "Install,,CANCELLED") == ["skipped-status Comments"])
        #expect(try results("Subject", "Canceled: Lee install") == ["skipped-status Subject"])
        #expect(try results("Subject", "Install") == [])
    }

    @Test(
        "Statuses of something beside the visit skip by words of calling off alone",
        arguments: ["Install Status", "Call Status", "Order Status", "Confirmation Status"])
    func besideTheVisit(name: String) throws {
        let header = Self.header.replacing("Status", with: name)
        let rows = ["Completed", "Closed", "Cancelled"].map { Self.row($0) }
        let reading = try Reading(([header] + rows).joined(separator: "\n"))
        #expect(reading.rows.map(\.row.result) == [.valid, .valid, .skipped])
    }

    @Test("A rule meets a value however it is spaced, and a number however a spreadsheet writes it")
    func ruleValues() throws {
        let header = "SecurityTraxUniqueID,StartTime,EndTime,ServiceType,Technician,Status"
        func rest(_ technician: String, _ status: String, _ rule: String, isOnly: Bool = false) throws
            -> CheckResult?
        {
            let row = "1,2014-01-23 07:30,2014-01-23 08:30,1,\(technician),\(status)"
            let rule = try ReadingOptions.rule(rule)
            let options = ReadingOptions.test { if isOnly { $0.only = [rule] } else { $0.skips = [rule] } }
            return try Reading("\(header)\n\(row)\n", options).rows.first?.row.result
        }
        for (technician, status, rule) in [
            ("1", "On  hold", "Status=On hold"), ("1", "on\thold ", "Status=On  Hold"),
            ("1", "On\u{A0}hold", "Status=On hold"), ("12.0", "", "Technician=12"),
            ("12", "", "Technician=12.0"),
            ("012", "", "Technician=12"), ("12.00", "", "Technician=7,12"), ("1", "3.0", "Status=3"),
            ("1", "\"Hold, customer\"", "Status=\"Hold, customer\""),
            ("1", "\"Hold, customer\"", "Status=Draft, \"hold,  customer\" ,x"),
            ("1", "x", "Status=\"a,b\",x"),
            ("1", "\"say \"\"hold\"\"\"", "Status=\"say \"\"hold\"\"\""), ("1", "", "Status=\"\""),
            ("1", "", "ServiceType=Install"),
        ] {
            #expect(try rest(technician, status, rule) == .skipped, "\(rule)")
            #expect(try rest(technician, status, rule, isOnly: true) == .valid, "\(rule)")
        }
        for (technician, status, rule) in [
            ("120", "", "Technician=12"), ("1", "Onsite", "Status=On site"), ("1", "3.5", "Status=3"),
            ("1", "Wait", "Status=\"Wait, customer\""), ("1", "customer", "Status=\"Hold, customer\""),
            ("1", "007", "Status=7"), ("1", "", "ServiceType=Service"),
        ] {
            #expect(try rest(technician, status, rule) == .valid, "\(rule)")
        }
        for text in ["Status=\"Hold", "Status=\"Hold\"x", "Status=a,\"b"] {
            #expect(throws: InputError.self) { try ReadingOptions.rule(text) }
        }
    }

    @Test("--skip and --only leave out what they name, and add to the default")
    func rules() throws {
        let rows = [
            Self.row("", "S"), Self.row("Scheduled"), Self.row("on hold "), Self.row("Cancelled"),
            Self.row("Website", "S"),
        ]
        #expect(
            try results(rows) { $0.skips = [ColumnRule(column: "status", values: ["On Hold", "website"])] }
                == "valid valid skipped-by-rule skipped-status skipped-by-rule")
        #expect(
            try results(rows) { $0.only = [ColumnRule(column: "Region", values: ["s"])] }
                == "valid skipped-by-rule skipped-by-rule skipped-status valid")
        #expect(
            try results(rows) { $0.only = [ColumnRule(column: "Status", values: ["Scheduled", ""])] }
                == "valid valid skipped-by-rule skipped-status skipped-by-rule")
        // Named twice, a column has the values of both.
        #expect(
            try results(rows) {
                $0.only = ["Scheduled", "Website"].map { ColumnRule(column: "Status", values: [$0]) }
            } == "skipped-by-rule valid skipped-by-rule skipped-status valid")
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
