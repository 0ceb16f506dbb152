import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("Texts that begin with a no, or take a word of calling off back")
struct StatusReversalTests {
    private func codes(_ column: String, _ value: String) throws -> [String] {
        let header = "Customer ID,Start,End,Service,\(column)\n"
        return try Reading(header + "9001,2014-01-23 07:30,2014-01-23 08:30,1,\"\(value)\"\n").codes
    }

    private static let flags = [
        "Canceled", "Cancelled", "Cancellation", "Deleted", "No Show", "Cancellation Date", "Cancelled At",
    ]

    @Test(
        "A reason that begins with a no is none",
        arguments: flags,
        [
            "No longer needed", "No answer", "Not home", "No funds", "Not needed any more", "No access",
            "False alarm", "None available", "Not interested", "No tech", "Never responded", "No one home",
            "No, customer moved", "Not at home", "Off the schedule", "Non-payment",
            "Not needed please cancel",
            "No answer so cancelled", "Empty house", "Not available", "Not wanted", "No credit", "N/R",
        ])
    func reasons(name: String, value: String) throws {
        #expect(try codes(name, value) == ["unclear-status"])
    }

    @Test(
        "A bare no is one",
        arguments: flags,
        [
            "No", "N", "false", "0", "none", "n/a", "not cancelled", "", "-", "Not yet", "No, confirmed",
            "0 - No", "No (scheduled)", "Not yet cancelled", "never cancelled", "No cancellation", "(none)",
            "Not applicable", "NO.", "N/A - scheduled", "No date", "Not deleted", "None", "FALSE",
            "no - still on", "not set",
        ])
    func noes(name: String, value: String) throws {
        #expect(try codes(name, value) == [])
    }

    @Test(
        "A column's own word with a no before it is one",
        arguments: [
            ("Completed", "Not completed"), ("Completed", "Not done"), ("Done", "not yet done"),
            ("On Hold", "Not on hold"), ("Duplicate", "Not a duplicate"), ("Archived", "not archived"),
            ("Rescheduled", "Not rescheduled"), ("Removed", "Not removed"), ("Closed", "Not closed"),
            ("Cancellation Status", "Not approved"), ("Cancellation Status", "Not cancelled"),
        ])
    func own(name: String, value: String) throws {
        #expect(try codes(name, value) == [])
    }

    @Test(
        "A text that calls its visit off and says that it is on can't be told",
        arguments: [
            "Scheduled (was cancelled)", "Was cancelled, now scheduled", "Cancelled by mistake, reinstated",
            "Scheduled, prior appt no-show", "Rebooked (no show last time)", "Cancelled by mistake",
            "Cancelled in error", "Was cancelled now scheduled", "Confirmed (no show last time)",
            "Active - previously cancelled", "Booked, prior visit cancelled", "Open (was canceled)",
            "Cancelled, has been reinstated", "Cancelled - back on", "Cancelled; re-activated",
            "Reinstated (cancelled)", "Cancelled for now", "Cancelled - rebooked", "Accidentally cancelled",
            "Cancellation - withdrawn", "Cancellation (denied)", "Cancelled, now confirmed",
            "No show, rebooked",
            "Un–cancelled", "Cancelled - No", "Cancelled, still active", "Rescheduled (was cancelled)",
            "Confirmed - cancelled", "Previous appointment cancelled", "Not interested cancelled",
            "Unable to complete, now scheduled", "Canceled, but now back on schedule", "Cancelled (error)",
            "Scheduled after no-show", "Was no-show, rescheduled", "No show previously",
            "Declined, then accepted",
        ])
    func reversed(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .unclear)
    }

    @Test(
        "A word of calling off that is answered with a no is none",
        arguments: [
            "Cancelled: No", "Un-cancelled", "Cancellation withdrawn", "Canceled = false", "Cancelled? No",
            "No show: No", "Cancelled: N/A", "Cancelled by customer: no", "Uncancelled",
        ])
    func denied(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .visit)
    }

    @Test(
        "What is said behind a cancellation otherwise leaves it one",
        arguments: [
            "Cancelled, was scheduled for 1/5", "Cancelled before the scheduled time",
            "Appointment was cancelled",
            "Scheduled visit cancelled by customer", "Cancelled - double booked", "Cancelled, not reinstated",
            "Cancelled - may be rebooked", "Cancelled (confirmed by customer)", "Cancelled: Yes",
            "Cancelled - wants to be rebooked", "Cancelled, booked elsewhere", "Cancelled last minute",
            "Cancelled prior to visit", "Cancelled - no active account", "Cancelled/Withdrawn",
            "Cancelled due to car accident", "Cancelled - to be scheduled", "Cancelled, unscheduled",
            "Cancelled - will book another time", "Visit was cancelled by customer", "Cancelled on 1/4",
        ])
    func stays(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .calledOff)
    }

    @Test(
        "Statuses in other words that no visit is to be made",
        arguments: [
            ("Turned down", StatusWords.Meaning.calledOff), ("Backed out", .calledOff),
            ("Customer backed out", .calledOff), ("Fell through", .calledOff), ("Loan turned down", .unclear),
            ("No longer needed", .unclear), ("Not needed", .unclear), ("Service no longer needed", .unclear),
            ("Not interested", .unclear), ("Customer changed mind", .unclear), ("Does not want it", .unclear),
            ("Did not show", .over), ("Didn't show up", .over), ("Customer never showed", .over),
            ("Failed to show", .over), ("Did show", .visit), ("Do not show on calendar", .visit),
            ("Signature not required", .visit), ("Confirmation not needed", .visit),
            ("Not confirmed", .visit),
            ("Turned in", .visit), ("Called it off", .calledOff), ("Did not attend", .over),
            ("Never mind", .unclear), ("Won't need it", .unclear), ("Customer bailed", .unclear),
            ("Called customer, gate is off", .visit), ("No answer", .visit),
            ("Lights turned down low", .unclear),
        ])
    func otherWords(value: String, meaning: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, .words) == meaning)
    }

    @Test(
        "A bare cancellation counts in columns of the visit too",
        arguments: [
            "Confirmation", "Confirmed", "Type/Status", "Booking", "Visit", "Attendance", "Confirmed?",
            "Customer Confirmed", "Appointment",
        ])
    func mentions(name: String) throws {
        for value in ["Cancelled", "CANCELED", "Canceled by customer", "cancel", "Customer cancelled"] {
            #expect(try codes(name, value) == ["skipped-status"], "\(value)")
        }
        for value in [
            "", "Yes", "No", "1/5/2014", "Not cancelled", "No answer", "Left message", "Confirmed",
            "Attended",
            "Pick up panel of cancelled account", "Annual visit", "12",
        ] where name != "Type/Status" || !value.hasPrefix("Pick") {
            #expect(try codes(name, value) == [], "\(value)")
        }
    }
}
