import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("A visit's new time in a column of its own")
struct MoveColumnTests {
    private static let when = "1/23/2014 9:00,1/23/2014 10:00"

    private func reading(_ name: String, _ value: String, _ options: ReadingOptions = .test) throws -> Reading
    {
        let value = value.contains(",") ? "\"\(value)\"" : value
        return try Reading(
            "Customer ID,Service,Start,End,\(name)\n9710,Install,\(Self.when),\(value)\n", options)
    }

    private static let starts = [
        "New Start", "New Start Time", "NewStart", "new_start_time", "Rescheduled To", "Moved To",
        "Changed To",
        "Revised Start", "Revised Start Time", "Rescheduled Start", "Reschedule To", "Re-scheduled To",
        "Postponed To", "Postponed Until", "Pushed To", "Rebooked For", "Rescheduled For", "Updated Start",
        "Start (new)", "New Appointment", "New Appointment Time", "Updated Start Time", "Corrected Start",
        "New Date/Time", "New DateTime", "New Scheduled Start", "Changed Start Time",
        "Revised Appointment Time",
        "New Begin", "Changed To Time", "Amended Start", "New Slot", "New Window", "New Arrival Window",
        "New Visit Time", "Deferred To", "Delayed To",
    ]

    @Test("A new start is not passed over", arguments: starts)
    func newStarts(name: String) throws {
        for value in [
            "1/24/2014 9:00", "1/23/2014 11:00", "2014-01-24T09:00", "1/24/2014", "11:00 AM",
            "1/24/2014 9:00 AM - 10:00 AM", "Jan 24, 2014 9:00 AM",
        ] {
            let reading = try reading(name, value)
            #expect(reading.summary == ["unclear-status \(name)"], "\(value)")
            #expect(reading.rows.map(\.row.isValid) == [false])
            let finding = try #require(reading.findings.first)
            #expect(finding.message.contains("\"\(value)\""))
            #expect(finding.message.contains("01/23/2014 9:00"))
            // Whoever asks for a column by name means it.
            #expect(finding.fix.contains("--map StartTime=\"Start\""))
            let old = ReadingOptions.test { $0.columnMap[.start] = "Start" }
            #expect(try self.reading(name, value, old).findings == [])
        }
        #expect(
            try self.reading(name, "1/24/2014 9:00").findings[0].fix.contains("--map StartTime=\"\(name)\""))
    }

    @Test("A column for it that says the same, or nothing, is passed over", arguments: starts)
    func same(name: String) throws {
        for value in [
            "", "1/23/2014 9:00", "01/23/2014 09:00", "2014-01-23T09:00", "1/23/2014", "9:00 AM", "9:00",
            "1/23/2014 9:00 AM - 10:00 AM", "9-10 AM", "Thu, Jan 23, 2014 9:00 AM", "N/A", "No", "none", "-",
            "0",
            "Yes", "FALSE", "0000-00-00 00:00:00", "12/30/1899", "Same", "No change", "1/0/1900",
        ] {
            let reading = try reading(name, value)
            #expect(reading.findings == [], "\(value)")
            #expect(reading.rows.map(\.row.start.wire) == ["01/23/2014 9:00"])
        }
    }

    private static let days = [
        "New Date", "Revised Date", "New Appointment Date", "New Day", "New Scheduled Date",
    ]

    @Test("A new day is not passed over", arguments: days + ["Reschedule Date", "Rescheduled Start Date"])
    func newDays(name: String) throws {
        for value in ["1/24/2014", "2014-01-24", "1/24/2014 0:00", "Fri, Jan 24, 2014"] {
            #expect(try reading(name, value).codes == ["unclear-status"], "\(value)")
            let text =
                "Customer ID,Service,Date,Start,End,\(name)\n9710,Install,1/23/2014,9:00,10:00,\"\(value)\"\n"
            let finding = try #require(try Reading(text).findings.first)
            #expect(finding.code == .unclearStatus)
            #expect(finding.fix.contains("--map Date=\"\(name)\""))
            let options = ReadingOptions.test { $0.columnMap[.date] = name }
            #expect(try Reading(text, options).rows.map(\.row.start.wire) == ["01/24/2014 9:00"])
        }
        for value in ["1/23/2014", "2014-01-23", "1/23/2014 0:00", "", "N/A"] {
            #expect(try reading(name, value).findings == [], "\(value)")
        }
    }

    @Test("Words of a new time are not passed over where the name asks for nothing else")
    func words() throws {
        for name in ["New Start", "New Date", "Rescheduled To", "Postponed Until", "Revised Start"] {
            for value in ["next week", "TBD", "Tuesday", "after 3", "spring", "24:00"] {
                #expect(try reading(name, value).codes == ["unclear-status"], "\(name): \(value)")
            }
        }
        for name in ["Moved To", "Changed To", "New Appointment"] {
            for value in ["104 Main St", "Dallas", "Bob", "17", "Panel"] {
                #expect(try reading(name, value).findings == [], "\(name): \(value)")
            }
        }
    }

    @Test(
        "A new end, and a new length, are not passed over",
        arguments: [
            ("New End", "1/23/2014 11:00", true), ("Revised End Time", "11:00", true),
            ("New End", "10:00", false),
            ("New End", "1/23/2014 10:00 AM", false), ("New Duration", "90", true),
            ("New Duration", "60", false),
            ("Revised Duration", "1:30", true), ("Updated Duration", "1 hour", false),
            ("New Length", "1", false),
            ("New End Date", "1/24/2014", true), ("New End Date", "1/23/2014", false),
            ("New Duration", "", false),
        ])
    func ends(name: String, value: String, isMoved: Bool) throws {
        #expect(try reading(name, value).codes == (isMoved ? ["unclear-status"] : []))
        let options = ReadingOptions.test { $0.columnMap[.end] = "End" }
        #expect(try reading(name, value, options).findings == [])
    }

    @Test(
        "When something was written down is no new time, unless it is still to come",
        arguments: [
            "Reschedule Date", "Updated Date", "Date Updated", "Modified Date", "Date Changed",
            "Changed Date",
            "Updated DateTime", "Appointment Modified", "Appointment Modified Date", "Start Changed",
            "Moved Date",
            "New Service Date", "Postponed Date", "Schedule Updated",
        ])
    func records(name: String) throws {
        for value in [
            "12/20/2013 8:15", "12/20/2013", "1/1/2014 10:00", "8:15", "2013-12-20T08:15", "by Bob",
        ]
        where !["Re", "Po"].contains(name.prefix(2)) || value != "8:15" {
            #expect(try reading(name, value).findings == [], "\(value)")
        }
        #expect(try reading(name, "1/24/2014 9:00").codes == ["unclear-status"])
        #expect(try reading(name, "1/23/2014 9:00").findings == [])
    }

    @Test(
        "Columns of something else that is new or was moved are passed over",
        arguments: [
            "Reschedule Count", "Reschedule Reason", "Reschedule Requested", "Rescheduled By",
            "Rescheduled From",
            "Original Start", "Original Date", "Previous Start", "Old Start", "Next Appointment",
            "Next Visit Date",
            "Requested Date", "Preferred Date", "Alternate Date", "Proposed Start", "Last Updated",
            "Updated At",
            "Changed At", "Modified On", "Created Date", "New Customer", "New Panel", "Move In Date",
            "Moved From",
            "Actual Start", "Due Date", "Follow Up Date", "Reschedule Fee", "Changed By", "Order Date",
            "Confirmed Date", "Number of Reschedules", "Request Date", "New Customer Date", "Contract Start",
        ])
    func others(name: String) throws {
        for value in ["1/24/2014 9:00", "1/24/2014", "2", "Bob", "Yes"] {
            #expect(try reading(name, value).codes == [], "\(value)")
        }
    }

    @Test("A time with an offset is compared with the customer's clock")
    func offsets() throws {
        let zone = try #require(ZoneRule(named: "America/Denver"))
        let options = ReadingOptions.test { $0.timeZone = zone }
        for (value, isMoved) in [
            ("2014-01-23T16:00Z", false), ("2014-01-23T09:00-07:00", false),
            ("2014-01-23T17:00+01:00", false),
            ("2014-01-23T17:00Z", true), ("2014-01-23T09:00Z", true),
        ] {
            #expect(
                try reading("New Start", value, options).codes == (isMoved ? ["unclear-status"] : []),
                "\(value)")
        }
    }

    @Test("A row that is called off or can't be read has its own word")
    func otherRows() throws {
        let text = "Customer ID,Service,Start,End,Status,New Start\n"
        let off = text + "9710,Install,\(Self.when),Cancelled,1/24/2014 9:00\n"
        #expect(try Reading(off).codes == ["skipped-status"])
        let unread = text + "9710,Install,soon,1/23/2014 10:00,,1/24/2014 9:00\n"
        #expect(try Reading(unread).codes == ["invalid-time"])
    }
}
