import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("What statuses of every kind say")
struct StatusKindsTests {
    private static let unclear = [
        "Delete", "DELETE", "Deleting", "Deletion pending", "To be deleted", "Remove", "remove from schedule",
        "Removing", "Withdraw", "Decline", "Declining", "Reject", "Abort", "Abandon", "Discard", "Drop",
        "Scratch", "SCRATCH", "Scrub", "Kill", "Trash", "Voiding", "Archive", "Suspend", "Credit Hold",
        "Parts hold", "Hold for parts", "Hold for credit", "Held", "HELD", "Holding", "Hold - credit", "CNX",
        "C/X", "c/x", "CX", "C.X.", "NS", "N/S", "N.S.", "n/s - charged", "Rebook", "REBOOK",
        "Needs rebooking",
        "Re-book", "RS", "R/S", "Resch", "Dead", "Dead lead", "Lost", "Lost sale", "Disregard", "Ignore",
        "Ignore this row", "IGNORED", "Superseded", "Superseded by 1044", "Replaced", "Replaced by WO 55",
        "Entered in error", "Created in error", "Wrong entry", "Entry error", "Booked by mistake",
        "Double booked", "Double entry", "Missed", "Missed appointment", "Missed visit", "Failed visit",
        "Failed", "Failed attempt", "No access", "NO ACCESS", "Not home", "Nobody home", "Customer not home",
        "Could not access", "Locked out", "Skipped", "Skip", "Calling off", "Call off", "❌", "🚫", "✗ ✗",
        "Excluded", "Omit", "Paused", "Parked", "Wait list", "Waitlisted", "Waiting list", "Pushed back",
        "Bumped", "Not to be booked", "Not booked", "Do not schedule", "Don't book", "Never book", "Defer",
        "Postponing", "Duplicated", "Dups", "Verschoben", "Reporté", "Reprogramado", "Uitgesteld", "延期",
    ]
    private static let stays = [
        "Hold the date", "Hold this slot", "Off hold", "Replacement", "Replace panel", "Remove panel",
        "Removal", "Removal scheduled", "Rip-out and remove", "Delete zone 4", "Drop ship", "Dead battery",
        "Lost key", "Missing parts", "Replaced panel", "Scratch on door", "Test", "Move-in", "Move panel",
        "Customer called", "Call customer", "Call office", "No answer", "Pending parts", "Error code 3",
        "Access granted", "Confirmed - CX home", "In/Out", "N/A", "Kill switch", "Awaiting confirmation",
        "Not sent", "Not installed", "Not yet dispatched", "Do not call", "Skip tracing", "Fertigung",
        "Not confirmed", "To be confirmed", "Household", "Return visit", "Withdrawn cable", "Lost signal",
    ]

    @Test("Every form of a word that calls a visit off is at least asked about", arguments: unclear)
    func doubts(value: String) {
        #expect(StatusWords.meaning(of: value, .words) == .unclear)
    }

    @Test("What only has such a word in it, and what a visit is for, stays a visit", arguments: stays)
    func visits(value: String) {
        #expect(StatusWords.meaning(of: value, .words) != .calledOff)
        #expect(StatusWords.meaning(of: value, .words) != .over)
        // What may be either way is asked about.
        if value != "Withdrawn cable" { #expect(StatusWords.meaning(of: value, .words) == .visit) }
    }

    @Test(
        "Done and cancelled are read in the languages of the neighbours, and their opposites",
        arguments: [
            ("Terminé", StatusWords.Meaning.over), ("TERMINÉE", .over), ("Erledigt", .over),
            ("Abgeschlossen", .over), ("Fertig", .over), ("Completado", .over), ("Terminado", .over),
            ("Zakończone", .over), ("Afgerond", .over), ("完了", .over), ("Concluído", .over),
            ("Выполнено", .over), ("Anulowane", .calledOff), ("Отменено", .calledOff),
            ("キャンセル", .calledOff), ("取消", .calledOff), ("已取消", .calledOff), ("Zrušeno", .calledOff),
            ("Storniert", .calledOff), ("Annulé", .calledOff), ("Cancelado", .calledOff),
            ("Abgesagt", .calledOff), ("Geannuleerd", .calledOff), ("Gelöscht", .calledOff),
            ("Nicht storniert", .visit), ("Pas annulé", .visit), ("Non annulé", .visit),
            ("N'est pas annulé", .visit), ("Niet geannuleerd", .visit), ("Não cancelado", .visit),
            ("No cancelado", .visit), ("Nie anulowane", .visit), ("Не отменено", .visit),
            ("Bitte nicht stornieren", .visit), ("Wurde noch nicht storniert", .visit),
            ("Nicht erledigt", .visit), ("Pas terminé", .visit), ("Geplant", .visit), ("Prévu", .visit),
            ("Programado", .visit), ("Gepland", .visit), ("Zaplanowane", .visit), ("予定", .visit),
        ])
    func languages(value: String, meaning: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, .words) == meaning)
    }

    @Test(
        "How far a visit has come is not that it is over",
        arguments: [
            ("0% complete", StatusWords.Meaning.visit), ("25% complete", .visit), ("25 % complete", .visit),
            ("Complete 50%", .visit), ("99.5% complete", .visit), ("50 percent complete", .visit),
            ("100% complete", .over), ("100.0% complete", .over), ("Booking complete", .unclear),
            ("Booking completed", .unclear), ("Complete by 12/15", .visit), ("Complete by 12", .visit),
            ("Complete by Friday", .visit), ("Completed by 12", .over), ("Completed 12/15", .over),
            ("Scheduling complete", .visit), ("Sale complete", .visit), ("Setup complete", .visit),
            ("Not yet complete", .visit), ("Work order completed", .over), ("Job complete", .over),
            ("Completed by tech", .over),
        ])
    func progress(value: String, meaning: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, .words) == meaning)
    }

    @Test(
        "A cancellation that is put at another time in the same breath can't be told",
        arguments: [
            ("Cancel/Resched", StatusWords.Meaning.unclear), ("Cancel - resched", .unclear),
            ("Cancelled & rescheduled", .unclear), ("Cancelled and rescheduled", .unclear),
            ("Cancelled - rebooked", .unclear), ("Cancelled/Rescheduled", .unclear),
            ("Cancelled; moved to 1/9", .unclear), ("Canceled (re-scheduled)", .unclear),
            ("Cancelled - to be rescheduled", .calledOff),
            ("Cancelled per customer - may rebook", .calledOff),
            ("Cancelled - will reschedule", .calledOff), ("Cancelled - customer moved away", .calledOff),
        ])
    func rebooked(value: String, meaning: StatusWords.Meaning) {
        #expect(StatusWords.meaning(of: value, .words) == meaning)
    }

    @Test("What somebody answered is asked about, whatever the column is called")
    func answers() throws {
        for name in [
            "Reply", "SMS Reply", "Customer Response", "RSVP", "Text reply", "Response", "Last Reply",
        ] {
            #expect(StatusWords.kind(ofColumn: name) == .answer, "\(name)")
            for value in ["CANCEL", "Cancel", "Declined", "cancel please", "Cancelled", "Reschedule"] {
                #expect(try codes(name, value) == ["unclear-status"], "\(name) \(value)")
            }
            for value in [
                "YES", "C", "Confirmed", "ok thank you", "", "Please hold the dog", "do not cancel",
            ] {
                #expect(try codes(name, value) == [], "\(name) \(value)")
            }
        }
        #expect(try codes("Confirmation", "Cancelled") == ["skipped-status"])
        for name in ["RSVP", "SMS Reply", "Customer Response", "Attending", "Will attend"] {
            for value in ["No", "NO", "no", "N", "Nope", "No thanks", "No - can't make it", "Nein", "No."] {
                #expect(try codes(name, value) == ["unclear-status"], "\(name) \(value)")
            }
            for value in [
                "Yes", "Y", "No answer", "No reply yet", "no response", "false", "0", "none", "N/A", "-",
                "NULL",
                "not yet", "No problem", "No dogs", "Not sent", "Maybe",
            ] {
                #expect(try codes(name, value) == [], "\(name) \(value)")
            }
        }
        // A visit that is not confirmed yet is one.
        for name in ["Confirmed", "Customer Confirmed", "Is Confirmed", "Confirmation", "Attended"] {
            for value in ["No", "N", "false", "0", "Not yet", ""] {
                #expect(try codes(name, value) == [], "\(name) \(value)")
            }
        }
        for name in ["Response Time", "SMS Status", "Reply To"] where name != "Reply To" {
            #expect(StatusWords.kind(ofColumn: name) == nil, "\(name)")
        }
    }

    @Test(
        "A yes in a column for cancellations beside a status that the visit is on is asked about",
        arguments: [
            ("Canceled,Status", "Yes,Scheduled", "unclear-status"),
            ("Status,Canceled", "Scheduled,TRUE", "unclear-status"),
            ("Cancelled,Job Status", "1,Confirmed", "unclear-status"),
            ("Is Canceled,Status", "x,Booked", "unclear-status"),
            ("Canceled,Status", "Canceled,Scheduled", "unclear-status"),
            ("Void,Status", "Yes,Open", "unclear-status"),
            // Where nothing says that it is on, it is off.
            ("Canceled,Status", "Yes,", "skipped-status"),
            ("Canceled,Status", "Yes,Cancelled", "skipped-status"),
            ("Canceled,Status", "Yes,Completed", "skipped-status"),
            ("Canceled,Status", "Yes,None", "skipped-status"),
            ("Canceled,Status", "Yes,Invoiced", "skipped-status"),
            ("Canceled,Status", "Yes,On hold", "skipped-status"),
            ("Canceled,Region", "Yes,Scheduled", "skipped-status"),
            // What was deleted keeps its status.
            ("Deleted,Status", "Yes,Scheduled", "skipped-status"),
            ("Removed,Status", "TRUE,Confirmed", "skipped-status"),
            ("Is Deleted,Status", "1,Scheduled", "skipped-status"),
            ("Canceled,Status", "No,Scheduled", nil), ("Canceled,Status", ",Confirmed", nil),
            ("Canceled,Status", "NULL,Scheduled", nil), ("Cancel Date,Status", #"\N,Scheduled"#, nil),
            ("Cancel Date,Status", "NaT,Scheduled", nil), ("Canceled,Status", "undefined,Scheduled", nil),
        ] as [(header: String, values: String, code: String?)])
    func contradicted(header: String, values: String, code: String?) throws {
        #expect(try codes(header, values) == [code].compactMap { $0 })
    }

    @Test("A plural name with a number is a count, and says nothing of the visit")
    func tallies() throws {
        for name in ["Cancellations", "No Shows", "No-shows", "Cancels"] {
            for value in ["3", "1", "0", "", "12", "No"] {
                #expect(try codes(name, value) == [], "\(name) \(value)")
            }
            #expect(try codes(name, "Yes") == ["unclear-status"], "\(name)")
        }
        #expect(try codes("Removed", "2 sensors") == [])
        #expect(try codes("Removed", "1 panel") == [])
        #expect(try codes("Removed", "Yes") == ["skipped-status"])
        #expect(try codes("No Show", "1") == ["skipped-status"])
        #expect(try codes("Canceled", "2 visits") == ["unclear-status"])
        #expect(try codes("Canceled", "1") == ["skipped-status"])
    }

    @Test("Columns of the visit's end under other names are looked at")
    func otherNames() throws {
        for (name, value, expected) in [
            ("Resolution", "Cancelled", ["skipped-status"]), ("Situation", "Cancelled", ["skipped-status"]),
            ("Flag", "Cancelled", ["skipped-status"]), ("Close Reason", "Cancelled", ["skipped-status"]),
            ("Estado", "Cancelado", ["skipped-status"]), ("Estado", "Cancelled", ["skipped-status"]),
            ("Statut", "Annulé", ["skipped-status"]), ("Estado", "CO", []), ("Estado", "Programado", []),
            ("Resolution", "Replace battery", []), ("Resolution", "Completed", []), ("Flag", "VIP", []),
            ("Flag", "Red", []), ("Close Reason", "", []), ("Situation", "Dog in yard", []),
        ] as [(String, String, [String])] {
            #expect(try codes(name, value) == expected, "\(name) \(value)")
        }
    }

    // MARK: What a cancellation left behind

    @Test(
        "Who called a visit off, when and why holds where no status says more, and is asked about where one does",
        arguments: ["Canceled By", "Cancel Reason", "Cancel Date", "Cancelled On", "Deleted By"])
    func traces(name: String) throws {
        let value = name.contains("By") ? "Bob" : name.contains("Reason") ? "Moved away" : "12/1/2013"
        for (other, says, expected) in [
            ("Status", "", ["skipped-status"]), ("Status", "n/a", ["skipped-status"]),
            ("Status", "-", ["skipped-status"]), ("Status", "Cancelled", ["skipped-status"]),
            ("Status", "Completed", ["skipped-status"]), ("Status", "Scheduled", ["unclear-status"]),
            ("Status", "Open", ["unclear-status"]), ("Status", "Rescheduled", ["unclear-status"]),
            ("Job Status", "New", ["unclear-status"]), ("Canceled", "false", ["unclear-status"]),
            ("Canceled", "No", ["unclear-status"]), ("Canceled", "", ["skipped-status"]),
            ("Canceled", "Yes", ["skipped-status"]), ("Active", "Yes", ["unclear-status"]),
            ("Region", "North", ["skipped-status"]), ("Order Status", "Shipped", ["skipped-status"]),
        ] as [(String, String, [String])] {
            #expect(try codes("\(name),\(other)", "\(value),\(says)") == expected, "\(other) \(says)")
            #expect(try codes("\(other),\(name)", "\(says),\(value)") == expected, "\(other) \(says)")
            // Empty, it says nothing.
            let isOn = ["Scheduled", "Open", "New", "No", "false", "", "n/a", "-"].contains(says)
            if isOn { #expect(try codes("\(name),\(other)", ",\(says)") == [], "\(other) \(says)") }
        }
    }

    @Test("A rip-out follows an account that was cancelled: what is said of that need not be the visit's")
    func ripOuts() throws {
        for service in ["Rip-out", "3", "Rip out"] {
            for (name, value) in [
                ("Cancel Date", "12/1/2013"), ("Cancel Reason", "Moved away"), ("Canceled By", "Bob"),
            ] {
                #expect(try codes(name, value, service) == ["unclear-status"], "\(service) \(name)")
                #expect(try codes("\(name),Status", "\(value),", service) == ["unclear-status"])
                #expect(try codes("\(name),Status", "\(value),Cancelled", service) == ["skipped-status"])
                #expect(try codes("\(name),Status", ",Scheduled", service) == [])
            }
            #expect(try codes("Canceled", "Yes", service) == ["skipped-status"])
        }
        var values = ValueMap()
        try values.add(column: "ServiceType", theirs: "Take it", ours: "Rip-out")
        let text =
            "Customer ID,Start,End,Service,Cancel Date\n1,2014-01-23 07:30,2014-01-23 08:30,Take it,12/1/2013\n"
        #expect(try Reading(text, .test { $0.values = values }).codes == ["unclear-status"])
    }

    private func codes(_ header: String, _ values: String, _ service: String = "Install") throws -> [String] {
        try Reading(
            "Customer ID,Start,End,Service,\(header)\n1,2014-01-23 07:30,2014-01-23 08:30,\(service),\(values)\n"
        ).codes
    }

    // MARK: Notes

    @Test(
        "Notes that are a mark, or begin with one in capitals, are asked about",
        arguments: [
            "No-Show", "NO SHOW", "DO NOT GO", "Do not go", "DON'T BOOK", "Customer cancelled",
            "Client canceled", "** CANCELLED ** call Ana", "CANCELLED - call Ana", "[CXL] see office",
            "duplicate", "HOLD", "On hold", "HOLD for parts", "DO NOT GO until confirmed",
            "NO SHOW: charge fee",
            "C/X", "VOID see line 4", "Cancelled by customer", "RESCHEDULE - call", "Called off",
            "DUPLICATE of the one above", "DO NOT DISPATCH, waiting for the panel",
        ])
    func marks(note: String) throws {
        #expect(try codes("Notes", "\"\(note)\"") == ["unclear-status"])
        #expect(try codes("Notes,Comments", ",\"\(note)\"") == ["unclear-status"])
    }

    @Test(
        "Notes that only have such words in them are notes",
        arguments: [
            "Customer cancelled service", "Cancelled in May, new visit", "Do not go to the back door",
            "DO NOT LET THE DOG OUT", "Hold the ladder", "HOLD MUSIC TOO LOUD", "Duplicate key in lockbox",
            "Customer wants a call first", "No show of force", "Do not ring the bell", "no dogs",
            "CALL FIRST",
            "Call customer", "Customer has a dog", "NO SMOKING", "NO PETS, NO KIDS", "do not call",
            "VOIP line", "Void the old contract", "Cancellation", "DUPLEX, left side",
            "CUSTOMER HOME AFTER 3",
            "Hold for signature at the desk", "Not home before 9", "NOT HOME BEFORE 9",
            "Previous visit cancelled", "CX wants camera moved", "Reschedule call went well", "On time",
            "DO NOT CANCEL", "not cancelled", "Old panel was removed", "Remove the old panel",
            "CANCELLED CUSTOMER REMOVE PANEL", "Rescheduled", "NO", "DO",
        ])
    func notes(note: String) throws {
        #expect(try codes("Notes", "\"\(note)\"") == [])
        #expect(try codes("Notes,Comments", ",\"\(note)\"") == [])
    }

    @Test("A rip-out's notes may have a cancellation as its reason")
    func ripOutNotes() throws {
        #expect(try codes("Notes", "Customer cancelled", "Rip-out") == [])
        #expect(try codes("Notes", "DO NOT GO", "Rip-out") == ["unclear-status"])
        #expect(try codes("Notes", "CANCELLED", "Rip-out") == ["skipped-status"])
    }
}
