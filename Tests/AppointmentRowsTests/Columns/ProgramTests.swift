import Foundation
import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

/// The header rows of the programs that dealers use, literally, with rows of our own.
@Suite("Files as other programs write them")
struct ProgramTests {
    struct Program: Sendable, CustomTestStringConvertible {
        var name: String
        /// The file's text.
        var text: String
        /// What is understood without help: `StartTime=Start Time`, in the order of our columns.
        var understood: String
        /// What has to be mapped.
        var missing: [InputColumn] = []
        /// What the hint proposes, as it is typed; empty where nothing in the file can be meant.
        var proposed: String = ""
        /// How a person who knows the file maps it.
        var map: [InputColumn: String] = [:]
        var dateOrder: DateOrder?
        var timeZone: String?
        /// What becomes of the rows then: `start to end`, the code of what is wrong, or `skipped`.
        var rows: [String]

        var testDescription: String { name }

        func options(_ map: [InputColumn: String]) -> ReadingOptions {
            // 2026-11-25 12:00 UTC
            var options = ReadingOptions(now: Date(timeIntervalSince1970: 1_795_608_000))
            options.columnMap = map
            options.givenDateOrder = dateOrder
            options.timeZone = timeZone.flatMap { ZoneRule(named: $0) }
            return options
        }
    }

    static let programs: [Program] = [
        Program(
            name: "Google Calendar",
            text: """
                Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private
                Install,01/05/2027,10:00 AM,01/05/2027,11:00 AM,False,Ring twice,104882,False
                Service,01/05/2027,,01/06/2027,,True,,104883,False
                """,
            understood:
                "StartTime=Start Time, EndTime=End Time, ServiceType=Subject, Notes=Description, Date=Start Date, "
                + "EndDate=End Date, AllDay=All Day Event",
            missing: [.customerID], map: [.customerID: "Location"],
            rows: ["01/05/2027 10:00 to 01/05/2027 11:00", "all-day"]),
        Program(
            name: "Outlook",
            text: """
                "Subject","Start Date","Start Time","End Date","End Time","All day event","Reminder on/off","Reminder Date","Reminder Time","Meeting Organizer","Required Attendees","Optional Attendees","Meeting Resources","Billing Information","Categories","Description","Location","Mileage","Priority","Private","Sensitivity","Show time as"
                "Smith","1/5/2027","11:00:00 AM","1/5/2027","12:30:00 PM","False","True","1/5/2027","10:45:00 AM","Ana","","","","104882","Service","","1 Main St","","Normal","False","Normal","2"
                """,
            understood:
                "StartTime=Start Time, EndTime=End Time, ServiceType=Subject, Notes=Description, Date=Start Date, "
                + "EndDate=End Date, AllDay=All day event",
            missing: [.customerID],
            map: [.customerID: "Billing Information", .serviceType: "Categories"],
            rows: ["01/05/2027 11:00 to 01/05/2027 12:30"]),
        Program(
            name: "Housecall Pro, jobs",
            text: #"""
                Job #,Customer name,Job name,Job description,Job type,Job status,Address,Job created date,Job scheduled start date,Job scheduled end date,Assigned employees,Customer email,Job amount,Due amount
                "=""104882""",Ann Lee,Panel,New panel,Install,Scheduled,1 Main St,11/20/2026,01/05/2027 9:00 AM,01/05/2027 11:00 AM,12,a@example.com,"$1,234.56",$0.00
                "=""104883""",Bo Ray,Panel,,Install,Completed,2 Main St,11/20/2026,11/21/2026 9:00 AM,11/21/2026 11:00 AM,12,b@example.com,$99.00,$0.00
                """#,
            understood:
                "TechID=Assigned employees, StartTime=Job scheduled start date, EndTime=Job scheduled end date, "
                + "ServiceType=Job type, Notes=Job description",
            missing: [.customerID], map: [.customerID: "Job #"],
            rows: ["01/05/2027 9:00 to 01/05/2027 11:00", "skipped"]),
        Program(
            name: "Housecall Pro, report",
            text: """
                Invoice Number,Created At,Date,End Time,Travel Duration,On Job Duration,Total Duration,Customer,First Name,Last Name,Email,Company,Mobile Phone,Home Phone,Customer Tags,Address,Street,Street Line 2,City,State
                7,11/20/2026,01/05/2027 9:00 AM,01/05/2027 11:00 AM,0:20,2:00,2:20,104882,Ann,Lee,,,,,Install,,,,,
                """,
            understood:
                "SecurityTraxUniqueID=Customer, StartTime=Date, EndTime=End Time, Duration=On Job Duration, "
                + "CustomerPhone=Mobile Phone",
            missing: [.serviceType], map: [.serviceType: "Customer Tags"],
            rows: ["01/05/2027 9:00 to 01/05/2027 11:00"]),
        Program(
            name: "FieldPulse, jobs",
            text: """
                #ID,Customer,Contact Name,Contact Email,Contact Phone,Title,Subtitle,Status,Start Date/Time,End Date/Time,Clock In Date/Time,Clock Out Date/Time,Created At,Created By,Location
                88,104882,Ann Lee,,,Service,,Scheduled,01/05/2027 9:00 AM,01/05/2027 11:00 AM,,,11/20/2026,Ana,1 Main St
                """,
            understood:
                "SecurityTraxUniqueID=Customer, StartTime=Start Date/Time, EndTime=End Date/Time, ServiceType=Title, "
                + "CustomerPhone=Contact Phone",
            rows: ["01/05/2027 9:00 to 01/05/2027 11:00"]),
        Program(
            name: "Calendly",
            text: """
                User Name,Team,Invitee Name,Invitee First Name,Invitee Last Name,Invitee Email,Invitee Time Zone,Invitee accepted marketing emails,Text Reminder Number,Event Type Name,Start Date & Time,End Date & Time,Location,Event Created Date & Time,Canceled,Canceled By,Cancellation reason,Question 1,Response 1,Salesforce UUID,Event Price,Payment Currency,Guest Email(s),Invitee Reconfirmed,Marked as No-Show,Meeting Notes,Group,User Email,Event UUID,Invitee UUID,Invitee scheduled by,Scheduling method
                Ana,,Ann Lee,Ann,Lee,a@example.com,Central Time - US & Canada,false,+1 508-555-0101,Install,2027-01-05 11:00 am,2027-01-05 12:00 pm,,2026-11-20 9:00 am,false,,,Customer?,104882,,,,,,false,,,,,,,
                Ana,,Bo Ray,Bo,Ray,b@example.com,Central Time - US & Canada,false,,Install,2027-01-06 11:00 am,2027-01-06 12:00 pm,,2026-11-20 9:00 am,true,Bo Ray,moved,Customer?,104883,,,,,,false,,,,,,,
                """,
            understood:
                "StartTime=Start Date & Time, EndTime=End Date & Time, ServiceType=Event Type Name, Notes=Meeting Notes, "
                + "CustomerPhone=Text Reminder Number",
            rows: ["01/05/2027 11:00 to 01/05/2027 12:00", "skipped"]),
        Program(
            name: "Microsoft Bookings",
            text: [
                "Date Time\tCustomer Name\tCustomer Email\tCustomer Phone\tCustomer Address\tStaff\tStaff Name\tStaff Email"
                    + "\tService\tLocation\tDuration (mins.)\tPricing Type\tPrice\tCurrency\tCc Attendees"
                    + "\tSigned Up Attendees Count\tText Notifications Enabled\t Custom Fields\tEvent Type\tBooking Id"
                    + "\tTracking Data",
                "1/5/2027 9:00 AM\tAnn Lee\ta@example.com\t5085550101\t1 Main St\t12\t12\ts@example.com\tInstall\t\t90\t\t\t\t\t1"
                    + "\tFALSE\t{\"Gate\": \"7\"}\tBooking\tx1\t",
            ].joined(separator: "\n"),
            understood:
                "TechID=Staff, StartTime=Date Time, ServiceType=Service, DurationMinutes=Duration (mins.), "
                + "CustomerPhone=Customer Phone",
            rows: ["01/05/2027 9:00 to 01/05/2027 10:30"]),
        Program(
            name: "AppFolio",
            text: """
                Property,Priority,Work Order Type,Home Warranty Expiration,Work Order Number,Job Description,Instructions,Status,Vendor,Unit,Primary Resident,Created At,Estimate Req On,Estimated On,Estimate Amount,Estimate Approval Status,Estimate Approved On,Estimate Approval Last Requested,Scheduled Start,Scheduled End,Work Done On,Completed On,Amount,Invoice,Unit Turn ID,Recurring,Work Order Issue

                -> Oak Court
                Oak Court,Normal,Service,,5501,Panel beeps,Gate 7,Scheduled,ACME,104882,Ann Lee,11/20/2026,,,,,,,01/05/2027 9:00 AM,01/05/2027 11:00 AM,,,,,,No,
                ,,,,,,,,,,,,,,,,,,,,,,120.00,,,,
                Total,,,,,,,,,,,,,,,,,,,,,,120.00,,,,
                """,
            understood:
                "StartTime=Scheduled Start, EndTime=Scheduled End, ServiceType=Work Order Type, Notes=Instructions",
            missing: [.customerID], map: [.customerID: "Unit"],
            rows: ["skipped", "01/05/2027 9:00 to 01/05/2027 11:00", "skipped", "skipped"]),
        Program(
            name: "Work Market",
            text: """
                Title,Description,Industry ID,Start Date & Time,End Date & Time,Flat Price (including fees),Worker IDs
                Install,New panel,104882,2027-01-05 12:00PM,2027-01-05 2:00PM,150,12
                """,
            understood:
                "TechID=Worker IDs, StartTime=Start Date & Time, EndTime=End Date & Time, ServiceType=Title, "
                + "Notes=Description",
            missing: [.customerID], map: [.customerID: "Industry ID"],
            rows: ["01/05/2027 12:00 to 01/05/2027 14:00"]),
        Program(
            name: "Salesforce Field Service, API names",
            text: """
                AppointmentNumber,SchedStartTime,SchedEndTime,ArrivalWindowStartTime,ArrivalWindowEndTime,Status,Subject,Description,DurationInMinutes,AccountId,ServiceTerritoryId,Street,City,State,PostalCode
                SA-104882,2027-01-05T16:30:00.000Z,2027-01-05T18:00:00.000Z,2027-01-05T15:00:00.000Z,2027-01-05T19:00:00.000Z,Scheduled,Install,,90,104882,,1 Main St,Denver,CO,80202
                SA-104883,2027-01-05T16:30:00.000Z,2027-01-05T18:00:00.000Z,2027-01-05T15:00:00.000Z,2027-01-05T19:00:00.000Z,Canceled,Install,,90,104882,,1 Main St,Denver,CO,80202
                """,
            understood:
                "StartTime=SchedStartTime, EndTime=SchedEndTime, ServiceType=Subject, Notes=Description, "
                + "DurationMinutes=DurationInMinutes",
            missing: [.customerID], map: [.customerID: "AccountId"], timeZone: "America/Denver",
            rows: ["01/05/2027 9:30 to 01/05/2027 11:00", "skipped"]),
        Program(
            name: "Salesforce Field Service, labels",
            text: """
                Appointment Number,Scheduled Start,Scheduled End,Status,Subject,Description
                104882,1/5/2027 9:30 AM,1/5/2027 11:00 AM,Scheduled,Install,
                """,
            understood:
                "StartTime=Scheduled Start, EndTime=Scheduled End, ServiceType=Subject, Notes=Description",
            missing: [.customerID], map: [.customerID: "Appointment Number"],
            rows: ["01/05/2027 9:30 to 01/05/2027 11:00"]),
        Program(
            name: "ServiceTrade",
            text: """
                service_line,service_description,service_window_start,service_window_end,preferred_start_time,preferred_techs,estimated_price,location_number,length
                Install,New panel,2027-01-05,2027-01-08,13:00,12,150,104882,90 min
                """,
            understood:
                "TechID=preferred_techs, StartTime=preferred_start_time, ServiceType=service_line, "
                + "Notes=service_description, Duration=length",
            missing: [.customerID], map: [.customerID: "location_number", .date: "service_window_start"],
            rows: ["01/05/2027 13:00 to 01/05/2027 14:30"]),
        Program(
            name: "MetaField",
            text: """
                ProjectNumber,StartDate,AsAvailable,StartTime,DurationHours,DurationMinutes,WorkItem,Location,Address
                104882,2027-01-05,FALSE,09:00,1,30,Install,Site,1 Main St
                104883,2027-01-05,TRUE,,0,0,Install,Site,1 Main St
                """,
            understood:
                "StartTime=StartTime, ServiceType=WorkItem, Date=StartDate, DurationHours=DurationHours, "
                + "DurationMinutes=DurationMinutes",
            missing: [.customerID], map: [.customerID: "ProjectNumber"],
            rows: ["01/05/2027 9:00 to 01/05/2027 10:30", "missing-value"]),
        Program(
            name: "OptimoRoute",
            text: """
                Order ID,Order type,Date,Priority,Assigned to,Location,Time window from,Time window to,Duration
                104882,Install,20/12/2026,M,12,1 Main St,09:00,11:00,25
                """,
            understood:
                "TechID=Assigned to, StartTime=Time window from, EndTime=Time window to, ServiceType=Order type, "
                + "Date=Date, Duration=Duration",
            missing: [.customerID], map: [.customerID: "Order ID"], dateOrder: .dayFirst,
            rows: ["12/20/2026 9:00 to 12/20/2026 11:00"]),
        Program(
            name: "AntsRoute",
            text: """
                Name,Address,Duration,Due-date,Open-date,Id,First name,Mobile-phone,Email,Postal-code,City,Latitude,Longitude,Comments
                Install,1 Main St,45,2027-01-05,2027-01-05 09:00,7,Ann,(508) 555-0101,,80202,Denver,,,Ring twice
                """,
            understood: "Notes=Comments, Duration=Duration, CustomerPhone=Mobile-phone",
            missing: [.start, .serviceType],
            map: [.start: "Open-date", .serviceType: "Name"],
            rows: ["01/05/2027 9:00 to 01/05/2027 9:45"]),
        Program(
            name: "Circuit for Teams",
            text: """
                Address Line 1,Address Line 2,City,State,Zip,Country,Earliest Time,Latest Time,Time at stop (minutes),Notes
                104882,Install,Denver,CO,80202,US,1/5/2027 9:00 AM,1/5/2027 11:00 AM,45,Ring twice
                """,
            understood:
                "StartTime=Earliest Time, EndTime=Latest Time, Notes=Notes, DurationMinutes=Time at stop (minutes)",
            missing: [.customerID, .serviceType],
            map: [.customerID: "Address Line 1", .serviceType: "Address Line 2"],
            rows: ["01/05/2027 9:00 to 01/05/2027 11:00"]),
        Program(
            name: "Acuity",
            text: """
                Start Time,End Time,First Name,Last Name,Phone,Email,Type,Calendar,Appointment Price,Paid?,Notes,Label
                "January 5, 2027 9:00 am","January 5, 2027 10:00 am",Ann,Lee,508.555.0101,,Install,Ana,0.00,no,,
                """,
            understood:
                "StartTime=Start Time, EndTime=End Time, ServiceType=Type, Notes=Notes, CustomerPhone=Phone",
            rows: ["01/05/2027 9:00 to 01/05/2027 10:00"]),
    ]

    private func plan(_ program: Program, _ map: [InputColumn: String]) throws -> FileLayout {
        try #require(try Reading(program.text + "\n", program.options(map)).layout)
    }

    private func failure(_ program: Program, _ map: [InputColumn: String]) -> InputError? {
        do {
            _ = try plan(program, map)
            return nil
        } catch {
            return error as? InputError
        }
    }

    @Test("What is missing is named, with a hint that leads on", arguments: programs)
    func hints(_ program: Program) throws {
        let error = failure(program, [:])
        guard !program.missing.isEmpty else {
            #expect(error == nil)
            return
        }
        let said = try #require(error)
        #expect(said.code == .missingColumn)
        for column in InputColumn.allCases where column.isRequired {
            #expect(said.fix.contains("--map \(column.name)=") == program.missing.contains(column))
        }
        // Where nothing in the file can be meant, nothing is proposed; what is proposed is taken.
        let proposals = said.fix.matches(of: /--map (\w+)=(?:"([^"]*)"|'([^']*)'|(\S+))/).compactMap {
            match -> (InputColumn, String)? in
            let name = String(match.2 ?? match.3 ?? match.4 ?? "")
            guard name != "its name in the file", let column = InputColumn(named: String(match.1)) else {
                return nil
            }
            return (column, name)
        }
        #expect(
            proposals.map { "\($0.0.name)=\($0.1)" }.joined(separator: ", ") == program.proposed)
        if !proposals.isEmpty {
            let next = failure(program, Dictionary(uniqueKeysWithValues: proposals))
            for (column, _) in proposals { #expect(next?.fix.contains("--map \(column.name)=") != true) }
        }
        // The other way that it names is a way too: the columns under our own names.
        #expect(said.fix.contains("rename the file's own column"))
        let missing = program.missing.map(\.name)
        #expect(missing.allSatisfy { said.message.contains($0) })
    }

    @Test("The rest is understood without help, and the mapped file is read", arguments: programs)
    func read(_ program: Program) throws {
        let reading = try Reading(program.text + "\n", program.options(program.map))
        let layout = try #require(reading.layout)
        let understood = InputColumn.allCases.compactMap { column -> String? in
            guard program.map[column] == nil,
                let found = layout.columns.first(where: { $0.meaning == column })
            else { return nil }
            return "\(column.name)=\(found.header)"
        }
        // What a person maps away is not understood any more.
        let taken = Set(program.map.values)
        let expected = program.understood.split(separator: ", ").map(String.init).filter { entry in
            let parts = entry.split(separator: "=", maxSplits: 1).map(String.init)
            return !taken.contains(parts[1])
                && InputColumn(named: parts[0]).map { program.map[$0] == nil } ?? true
        }
        #expect(understood == expected)
        let rows = reading.rows.map { row -> String in
            switch row.row.result {
            case .valid: "\(row.row.start.wire) to \(row.row.end.wire)"
            case .invalid: row.findings.first?.code.rawValue ?? ""
            case .skipped: "skipped"
            }
        }
        #expect(rows == program.rows, "\(reading.findings.map(\.message))")
        #expect(!reading.findings.contains { $0.severity == .warning })
    }

    @Test(
        "A name may say that its column is required, or how it is written",
        arguments: [
            ("Start Time (required)", .start), ("* Start Time", .start), ("Start Time *", .start),
            ("Start Time [hh:mm am/pm]", .start), ("Start Date (MM/DD/YYYY)", .date),
            ("End Time (24h)", .end),
            ("Customer ID - required", .customerID), ("Start Time (local time):", .start),
            ("Duration (minutes)", .durationMinutes), ("Duration in minutes", .durationMinutes),
            ("Duration (hrs)", .durationHours), ("Length, min.", .durationMinutes),
            ("duration_hours", .durationHours),
            ("Duration", .duration), ("Customer ID (name)", nil), ("Start Time (UTC)", nil),
            ("Tech (phone)", nil),
            ("Start Time (required", nil), ("(required)", nil), ("*", nil),
        ] as [(String, InputColumn?)])
    func remarks(_ name: String, _ column: InputColumn?) {
        #expect(ColumnName.match(name)?.column == column)
    }

    @Test("A name that only serves where nothing better does is no rival of a better one")
    func faint() throws {
        let reading = try Reading(
            "Customer ID,Start,End,Service,Subject,Title,Description,Job Description\n"
                + "9710,1/23/2014 7:30,1/23/2014 9:30,Install,Smith,Mr,Ring,Panel\n")
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.notes) == ["Ring"])
        #expect(reading.layout?.remarks == [])
    }
}
