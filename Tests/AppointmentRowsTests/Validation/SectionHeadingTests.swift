import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("What lines above rows say of them")
struct SectionHeadingTests {
    private static let when = "1/23/2014 7:30,1/23/2014 9:30"
    private static let header = "Customer ID,Start,End,Service,Tech\n"
    private static let row = "101,\(when),Install,\n"
    private static let rowOfSix = "102,\(when),Install,6\n"

    private static let namingHeadings = [
        "Technician: 12,,,,", "Tech: Ann Ray,,,,", "Installer: 12,,,,", "Assigned Technician: Bob,,,,",
        "Tech #12,,,,", "Tech 12,,,,", "Installer - John,,,,", "Technician – 12,,,,", "Technician = Ann,,,,",
        "Technician | 12,,,,", "Tech (12),,,,", "Technician:,12,,,", "Technician,Ann Ray,,,",
        "Assigned to: Bob,,,,",
        "Technician Name: Bob,,,,", "*** Technician: Bob ***,,,,", "Schedule for technician: Bob,,,,",
        "Tech:12,,,,",
        ",,,,12", "-> Installer: Bob,,,,",
    ]

    @Test(
        "A technician in a heading is not lost where a row below it names nobody", arguments: namingHeadings)
    func technicians(heading: String) throws {
        let error = try #require(Reading.failure(Self.header + heading + "\n" + Self.row))
        #expect(error.line == 2)
        // What other rows have is theirs.
        for text in [
            Self.header + "\(heading)\n\(Self.row)Tech: 6,,,,\n\(Self.rowOfSix)",
            Self.header + "\(heading)\n\(Self.rowOfSix)\(Self.row)",
            Self.header + "\(heading)\n\(Self.header)\(Self.rowOfSix)\(Self.row)",
        ] {
            let error = try #require(Reading.failure(text))
            #expect(error.code.rawValue == "missing-column")
            #expect(error.line == 2)
        }
        let later = Self.header + "\(Self.rowOfSix)\(Self.row)\(heading)\n\(Self.row)"
        #expect(Reading.failure(later)?.line == 4)
        // Each row says it too.
        #expect(Reading.failure(Self.header + heading + "\n" + Self.rowOfSix) == nil)
        #expect(Reading.failure(Self.header + Self.row + heading + "\n" + Self.rowOfSix) == nil)
        // A heading without rows.
        #expect(Reading.failure(Self.header + Self.rowOfSix + Self.row + heading + "\n") == nil)
    }

    @Test(
        "A technician above the header is not lost",
        arguments: [
            "Technician: John Smith", "Technician,John Smith", "Tech: 12", "Installer - John Smith",
            "Weekly schedule\nTechnician: Bob",
            "Weekly schedule - Technician: Bob", "\"Date: 1/5/2014\",Technician: Bob",
        ])
    func technicianAbove(title: String) throws {
        let text = "\(title)\n\n\(Self.header)"
        #expect(Reading.failure(text + Self.row)?.code.rawValue == "missing-column")
        #expect(Reading.failure(text + Self.rowOfSix + Self.row)?.code.rawValue == "missing-column")
        #expect(Reading.failure(text + Self.rowOfSix) == nil)
    }

    @Test("A name alone is a heading where the roster has it")
    func namesAlone() throws {
        let roster = try TechnicianRoster(settings: ["John Smith": "12", "Lee": "13"])
        let options = ReadingOptions.test { $0.roster = roster }
        for heading in [
            "John Smith,,,,", "\"Smith, John\",,,,", "JOHN SMITH", "Lee,,,,", "Technician John Smith,,,,",
            "John Smith (Technician),,,,", "Schedule for John Smith,,,,", ",,John Smith,,",
        ] {
            #expect(
                Reading.failure(Self.header + heading + "\n" + Self.row, options)?.line == 2, "\(heading)")
            #expect(
                Reading.failure(Self.header + heading + "\n" + Self.rowOfSix, options) == nil, "\(heading)")
        }
        #expect(Reading.failure("John Smith\n" + Self.header + Self.row, options)?.line == 1)
        for heading in ["Ann Ray,,,,", "John Smithers,,,,", "Monday,,,,"] {
            #expect(Reading.failure(Self.header + heading + "\n" + Self.row, options) == nil, "\(heading)")
        }
    }

    @Test(
        "What names nobody is no technician's heading",
        arguments: [
            "Technician: All", "Technician: Unassigned", "Technicians: All technicians",
            "Appointments by technician",
            "Technician Schedule", "Technician Notes: call first", "# of Techs: 2", "Technician:",
            "Tech Support: 555",
            "Monday: 3 visits", "Number of technicians: 4", "Technician: TBD", "Technician Phone: 555-0101",
            "Technicians: 4", "Report: Technician: All", "Appointments by technician: January",
        ])
    func nobody(heading: String) throws {
        #expect(Reading.failure(Self.header + "\(heading),,,,\n" + Self.row) == nil)
        #expect(Reading.failure("\(heading)\n\n" + Self.header + Self.row) == nil)
    }

    // MARK: What calls rows off

    private static let offHeadings = [
        "CANCELLED APPOINTMENTS", "Cancelled", "Status: Cancelled", "-> Cancelled", "Cancelled:",
        "Cancelled Jobs",
        "Canceled visits", "*** CANCELLED ***", "[Cancelled]", "Cancellations", "Job Status: Canceled",
        "Status = Cancelled", "Status - Cancelled", "No Shows", "NO-SHOW", "Deleted appointments", "VOID",
        "Completed Jobs", "Completed", "Closed work orders", "Declined", "Rescheduled appointments",
        "On hold",
        "Status: On hold", "Cancelled by customer", "Cancelled jobs for December",
        "The following jobs are cancelled",
        "Cancelled - do not book", "Monday - CANCELLED", "Monday - completed jobs", "Section: Cancelled",
        "Cancelled: Yes",
        "Unscheduled jobs",
        "Status: Scheduled; Cancelled", "Customer cancellations", "Cancelled/No show", "Not scheduled",
        "DO NOT SCHEDULE", "DO NOT BOOK", "Do not dispatch these jobs", "DO NOT BOOK BELOW",
        "Not to be booked",
        "TO BE RESCHEDULED", "To be rescheduled", "Rescheduled to January", "On hold / parts", "Credit hold",
        "Not going ahead", "No longer needed", "WAIT LIST", "WAITLIST", "Ignore below", "Ignore these rows",
        "Old appointments", "Past jobs", "Previous visits", "Lost jobs", "LOST", "Dead leads",
        "cancelled per customer", "Postponed until spring", "Disregard", "Archive", "Needs scheduling",
        "Missed appointments", "Delete", "To be deleted", "Duplicate rows", "Superseded", "Storniert",
        "Erledigt",
        "No access", "Held for parts", "Moved", "Never booked", "Skipped",
    ]

    @Test("Rows below a heading that calls them off are not booked", arguments: offHeadings)
    func calledOff(heading: String) throws {
        for line in [
            "\(heading),,,,\n", ",,\(heading),,\n", "\(heading)\n", "\(heading),,,,\n\(Self.header)",
        ] {
            let error = try #require(Reading.failure(Self.header + Self.row + line + Self.row), "\(line)")
            #expect(error.code.rawValue == "missing-column")
            #expect(error.line == 3)
        }
        #expect(Reading.failure("\(heading)\n\n" + Self.header + Self.row)?.line == 1)
        // Nothing stands below it, or whoever asks for all wants them.
        #expect(Reading.failure(Self.header + Self.row + "\(heading),,,,\n") == nil)
        let all = ReadingOptions.test { $0.hasDefaultSkips = false }
        #expect(Reading.failure(Self.header + Self.row + "\(heading),,,,\n" + Self.row, all) == nil)
    }

    @Test("Where each row has its status, that one holds", arguments: offHeadings)
    func ownStatus(heading: String) throws {
        let text = "Customer ID,Start,End,Service,Status\n\(heading),,,,\n101,\(Self.when),Install,"
        #expect(Reading.failure(text + "Scheduled\n") == nil)
        #expect(Reading.failure(text + "Cancelled\n") == nil)
        #expect(Reading.failure(text + "\n")?.line == 2)
    }

    @Test("A heading in cells of its own is one too")
    func cells() throws {
        for line in ["Status:,Cancelled,,,", "Status,Cancelled,,,", ",Status,,Cancelled,"] {
            #expect(Reading.failure(Self.header + line + "\n" + Self.row)?.line == 2, "\(line)")
        }
        #expect(
            Reading.failure("Status:,Cancelled,Printed:,1/5/2014\n\n" + Self.header + Self.row)?.line == 1)
        #expect(Reading.failure("Status,Cancelled\n\n" + Self.header + Self.row)?.line == 1)
    }

    @Test(
        "Sums, remarks and legends call nothing off",
        arguments: [
            "Excludes cancelled jobs", "Cancelled jobs are not listed", "Cancelled jobs excluded",
            "Not cancelled",
            "No cancellations", "Cancellation policy: 24 hours", "Legend: C = cancelled", "C = Cancelled",
            "X - Cancelled", "Cancelled: 0", "Cancelled: none", "Status: All", "Status: Scheduled",
            "Status: Scheduled; Confirmed", "Excluded: Cancelled", "Cancelled appointments are shown in red",
            "Report completed: 1/5/2014 9:00", "Office closed", "Report complete", "Import completed",
            "Monday",
            "Scheduled", "Status: Not cancelled", "Not shown: cancelled jobs", "Scheduled: 5", "Hold music",
            "Total: 12 of them 3 cancelled", "Without cancelled jobs",
            "Report status: Complete", "Export: completed", "Sync - done", "Completed by tech",
            "COMPLETED BY TECH",
            "North", "Confirmed", "Past week", "Last month", "Old town", "Hold harmless agreement",
            "To be confirmed",
            "Jobs to be completed", "No jobs on hold", "Do not reply to this email",
            "Do not send to customers outside",
            "If cancelled, call office", "Archive of photos", "Lost and found", "Cancel by phone", "New jobs",
            "Prior week", "Notes: do not call", "Move-in week", "Drop ship orders", "Call list",
            "Nicht storniert",
            "Ignore rows in red", "Old price list", "Test lab", "This week", "Needs parts", "Access codes",
        ])
    func remarks(heading: String) throws {
        #expect(Reading.failure(Self.header + Self.row + "\(heading),,,,\n" + Self.row) == nil)
        #expect(Reading.failure("\(heading)\n\n" + Self.header + Self.row) == nil)
        #expect(Reading.failure(Self.header + Self.row + "\(heading),,,,\n") == nil)
    }

    @Test("A word of calling off stands in any cell of such a line")
    func anyCell() throws {
        let header = "Customer ID,Start,End,Service,Tech,Notes\n"
        let row = "101,\(Self.when),Install,,\n"
        for words in ["cancelled per customer", "DO NOT BOOK BELOW", "On hold / parts"] {
            #expect(Reading.failure(header + ",,,,,\(words)\n" + row)?.line == 2, "\(words)")
            #expect(Reading.failure(header + "Monday,,,,,\(words)\n" + row)?.line == 2, "\(words)")
        }
    }

    @Test("A number alone is no heading")
    func oneNumber() throws {
        for text in ["104882", "A104882", "ST-104882"] {
            let reading = try Reading(Self.header + Self.rowOfSix + "\(text),,,,\n")
            #expect(reading.rows.map(\.row.result) == [.valid, .invalid], "\(text)")
        }
    }

    @Test("A number behind it is a sum's, or how many rows follow")
    func counts() throws {
        for heading in ["Cancelled: 3", "Cancelled (3)", "3 cancelled", "Cancelled jobs - 2", "Completed: 2"]
        {
            let line = "\(heading),,,,\n"
            #expect(Reading.failure(Self.header + Self.row + line) == nil)
            #expect(Reading.failure("\(heading)\n\n" + Self.header + Self.row) == nil)
            #expect(Reading.failure(Self.header + Self.row + "Total: 5,,,,\n" + line + Self.row) == nil)
            #expect(Reading.failure(Self.header + Self.row + line + "Tuesday,,,,\n" + Self.row) == nil)
            #expect(Reading.failure(Self.header + Self.row + line + Self.row)?.line == 3, "\(heading)")
            #expect(Reading.failure(Self.header + Self.row + line + Self.header + Self.row)?.line == 3)
        }
        let sections = Self.header + "Cancelled jobs,,,,\nScheduled jobs,,,,\n" + Self.row
        #expect(Reading.failure(sections) == nil)
    }
}
