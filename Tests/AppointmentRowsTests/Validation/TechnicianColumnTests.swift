import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("What columns and headings say of who goes")
struct TechnicianColumnTests {
    private static let when = "1/23/2014 7:30,1/23/2014 9:30"

    private func reading(_ header: String, _ row: String, _ options: ReadingOptions = .test) throws -> Reading
    {
        try Reading("Customer ID,Service,\(header)\n9710,Install,\(row)\n", options)
    }

    @Test(
        "Columns of technicians are known by their words",
        arguments: [
            "Technicians", "Techs", "Technician(s)", "Tech IDs", "TechIDs", "Technician Names", "Employees",
            "Assigned Technician(s)", "Assigned Technicians", "Primary Technician", "Lead Technician",
            "Service Technician",
            "Field Tech", "Technician 1", "Technician Assigned", "Scheduled Tech", "Technican", "Technitian",
            "Lead Installer",
            "Tech", "Technician", "TechID", "Tech #", "Tech No.", "Technician Number", "Technician No",
            "Tech Num",
            "Tech Numbers", "Technician Numbers", "Tech ID #", "TechID Number", "Tech ID No.",
            "Installer No.",
            "Technician(s) ID", "Tech (required)", "TechID required", "Tech ID*", "AssignedTechs",
            "Assigned Tech No",
        ])
    func technicianColumns(name: String) throws {
        #expect(try reading("Start,End,\(name)", "\(Self.when),12").rows.map(\.row.techID) == [12])
        #expect(try reading("Start,End,\(name)", "\(Self.when),\"12,13\"").codes == ["several-techs"])
        #expect(try reading("Start,End,\(name)", "\(Self.when),Ann Ray").codes == ["invalid-tech-id"])
    }

    @Test(
        "Columns of something else about technicians are not taken for them",
        arguments: [
            "Technician Phone", "Tech Email", "Tech Notes 2", "Technical Contact", "Technology",
            "Technician Rating",
            "Tech Pay", "Installation", "Install Team Color", "Technician Status",
            "# of Techs", "#of Techs", "Number of Techs", "No. of Techs", "No of Technicians", "Num of Techs",
            "Num Techs",
            "# Techs", "Techs #", "Number of Installers", "Number Of Employees", "NumberOfTechs", "numTechs",
            "number_of_techs", "Tech Required", "Techs Required", "Technician Required?", "tech_required",
            "Techs Needed", "Tech Needed", "Tech Count", "Technician Count", "Count of Techs", "Crew Size",
            "Crew Count", "Qty Techs", "Techs Qty", "Tech Qty", "Quantity of Technicians", "Total Techs",
            "Max Techs", "How Many Techs", "Techs (Qty)", "Crew #", "No. of Crew", "Required Techs",
            "Technicians Req'd", "Headcount", "Needs Tech",
        ])
    func otherColumns(name: String) throws {
        let reading = try reading("Start,End,\(name)", "\(Self.when),12")
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.row.techID) == [0])
    }

    @Test(
        "A further technician is one too many",
        arguments: [
            ("Technician,Technician 2", "12,13", "several-techs"), ("Technician,Technician 2", "12,", nil),
            ("Technician,Technician 2", "12,12", nil), ("Technician,Technician 2", "12,none", nil),
            ("Technician,Second Technician", "12,13", "several-techs"),
            ("Tech ID,Helper Tech", "12,Bob", "several-techs"),
            ("Tech ID,Additional Technicians", ",13", "several-techs"),
            ("Technician 1,Technician 2", "12,13", "several-techs"),
            ("Tech,Helper", "12,Bob", "several-techs"), ("Tech,Helper Name", "12,Bob", "several-techs"),
            ("Tech,Apprentice", "12,13", "several-techs"), ("Tech,Trainee", "12,13", "several-techs"),
            ("Tech,Assistant", "12,13", "several-techs"), ("Tech,Ride-along", "12,Ann", "several-techs"),
            ("Tech,Ride Along Tech", "12,Ann", "several-techs"),
            ("Tech,Ridealong", "12,Ann", "several-techs"),
            ("Assigned To,Also Assigned", "12,13", "several-techs"),
            ("Assigned To,Assigned To 2", "12,13", "several-techs"),
            ("Assigned To,Other Assignees", "12,13", "several-techs"),
            ("Assigned To,Additional Techs", "12,13", "several-techs"),
            ("Tech,Other Techs", "12,\"13,14\"", "several-techs"),
            ("Tech,Extra Technician", "12,13", "several-techs"),
            ("Crew,Crew Member 2", "12,13", "several-techs"),
            ("Staff,Additional Staff", "12,13", "several-techs"), ("Tech,Co-Tech", "12,13", "several-techs"),
            ("Tech,Shadow", "12,13", "several-techs"), ("Driver,Second Driver", "12,13", "several-techs"),
            // That somebody goes along is no name.
            ("Tech,Helper", "12,", nil), ("Tech,Helper", "12,No", nil), ("Tech,Helper", "12,0", nil),
            ("Tech,Helper", "12,Yes", nil), ("Tech,Helper", "12,12", nil), ("Tech,Helper", "12,012", nil),
            ("Tech,Helper", "12,12.0", nil), ("Tech,Helper", "12,013", "several-techs"),
            ("Tech,2 Techs", "12,No", nil),
            ("Tech,Helper Needed", "12,Yes", nil), ("Tech,Additional Service", "12,13", nil),
            ("Tech,Other Phone", "12,13", nil), ("Tech,Additional Notes", "12,13", nil),
            ("Tech,Number of Helpers", "12,2", nil), ("Tech,Support Ticket", "12,13", nil),
        ] as [(String, String, String?)])
    func furtherTechnicians(header: String, row: String, code: String?) throws {
        #expect(try reading("Start,End,\(header)", "\(Self.when),\(row)").codes == (code.map { [$0] } ?? []))
    }

    @Test(
        "Where another column lists all who go, none of them is lost",
        arguments: [
            ("Technician,Crew", "5,\"5,6\"", true), ("Tech,Assigned Techs", "5,\"5,6\"", true),
            ("Tech,Assigned Techs", "5,6", true), ("Tech,Assigned Employees", "5,Bob / Ann", true),
            ("TechID,Technicians", "5,Bob & Ann", true), ("TechID,Technician Names", "5,Bob and Ann", true),
            ("Tech,Crew", "5,\"Bob, Ann\"", true), ("Tech,Crew Members", "5,5;6", true),
            ("Tech,Team Members", "5,\"Bob, Ann\"", true), ("Tech,All Techs", "5,5 6", true),
            ("Tech,Lead Tech", "5,6", true), ("Tech,Crew Members", ",\"5,6\"", true),
            ("Tech,Assigned To", "5,5 & 6", true), ("Tech,Worker IDs", "5,\"5,6\"", true),
            ("Technician,Crew", "5,5", false), ("Technician,Crew", "5,", false),
            ("Technician,Crew", "5,North", false), ("TechID,Technician", "5,\"Lee, Ann\"", false),
            ("TechID,Technician Name", "5,Ann Ray", false), ("TechID,Technician", "5,Ann Anders", false),
            ("TechID,Technicians", "5,Ann Ray", false), ("Tech,Assigned Techs", "5,5", false),
            ("Tech,Assigned Techs", "5,005", false), ("Tech,Assigned To", "5,104882", false),
            ("Tech,Preferred Techs", "5,\"6,7\"", false), ("Tech,Crew", "5,TBD", false),
            ("Tech,Assigned Techs", "5,Unassigned", false), ("Tech,# of Techs", "5,2", false),
            ("Tech,Crew Size", "5,2", false), ("Tech,Team", "5,North & South", false),
        ])
    func mentions(header: String, row: String, isSeveral: Bool) throws {
        let codes = try reading("Start,End,\(header)", "\(Self.when),\(row)").codes
        #expect(codes == (isSeveral ? ["several-techs"] : []))
        // What is asked for by name is meant.
        let first = header.prefix { $0 != "," }
        let options = ReadingOptions.test { $0.columnMap[.techID] = String(first) }
        #expect(try reading("Start,End,\(header)", "\(Self.when),\(row)", options).codes == [])
    }

    @Test("A roster tells whose name stands in another column")
    func mentionsByName() throws {
        let roster = try TechnicianRoster(settings: ["Ann Ray": "5", "Bob Lee": "6"])
        let options = ReadingOptions.test { $0.roster = roster }
        for (row, isSeveral) in [
            ("5,Ann Ray", false), ("Ann Ray,\"Ray, Ann\"", false), ("5,Bob Lee", true),
            ("5,\"Ann Ray, Bob Lee\"", true), ("Ann Ray,the office", false),
        ] {
            let codes = try reading("Start,End,Tech,Assigned To", "\(Self.when),\(row)", options).codes
            #expect(codes == (isSeveral ? ["several-techs"] : []), "\(row)")
        }
    }

    @Test("Where other columns are marked as required in words, a technician's is too")
    func requiredColumns() throws {
        let text = "Customer ID required,Start required,End required,Service required,Tech required\n"
        #expect(try Reading(text + "9710,\(Self.when),Install,12\n").rows.map(\.row.techID) == [12])
    }

    private static let roster = ["John Smith": "12", "Ann Lee": "13"]
    private static func options(_ change: (inout ReadingOptions) -> Void = { _ in }) throws -> ReadingOptions
    {
        let roster = try TechnicianRoster(settings: roster)
        return .test {
            $0.roster = roster
            change(&$0)
        }
    }

    @Test(
        "Two columns that name two technicians lose none of them",
        arguments: [
            "Tech1,Tech2", "Tech A,Tech B", "Employee 1,Employee 2", "Senior Tech,Junior Tech",
            "Technician 01,Technician 02", "Tech One,Tech Two", "Lead Tech,Tech",
            "Primary Technician,Technician",
            "Tech,Technicians", "Technician,Assigned To", "tech_1,tech_2", "Installer1,Installer2",
            "1st Tech,2nd Tech", "Tech1 Name,Tech2 Name", "Sr Tech,Jr Tech", "Staff 1,Staff 2",
            "Technician I,Technician II", "Lead Employee,Employee 2", "Resource 1,Resource 2",
            "Resource,Provider", "Tech,Resource", "Technician,Dispatched To", "Tech #1,Tech #2",
            "Alarm Tech,Camera Tech", "Crew Member 1,Crew Member 2", "Assigned 1,Assigned 2", "Tech,Backup",
            "Master Tech,Apprentice",
        ])
    func two(header: String) throws {
        func codes(_ row: String) throws -> [String] {
            let text = "Customer ID,Service,Start,End,\(header)\n9710,Install,\(Self.when),\(row)\n"
            if let error = Reading.failure(text, try Self.options()) { return [error.code.rawValue] }
            return try Reading(text, Self.options()).codes
        }
        for row in ["John Smith,Ann Lee", "Ann Lee,John Smith"] {
            let codes = try codes(row)
            #expect(codes == ["several-techs"] || codes == ["duplicate-column"], "\(row)")
        }
        #expect(
            try codes("John Smith,") == [] || header.hasSuffix(",Tech") || header.hasSuffix(",Technician"))
        #expect(try codes("John Smith,John Smith") == [])
    }

    @Test("Technicians for two kinds of work are rivals until somebody says which one is meant")
    func kinds() throws {
        let text =
            "Customer ID,Service,Start,End,Install Tech,Service Tech\n9710,Install,\(Self.when),John Smith,Ann Lee\n"
        #expect(Reading.failure(text, try Self.options())?.code.rawValue == "duplicate-column")
        let reading = try Reading(text, Self.options { $0.columnMap[.techID] = "Install Tech" })
        #expect(reading.rows.map(\.row.techID) == [12])
    }

    private static let weak = [
        "Resource", "Worker", "Provider", "Agent", "Dispatched To", "Service Provider", "Engineer",
    ]

    @Test("A name that other things have too is the technician's where its values are", arguments: weak)
    func weakNames(name: String) throws {
        func ids(_ values: [String], _ options: ReadingOptions) throws -> [Int64] {
            let rows = values.map { "9710,Install,\(Self.when),\($0)\n" }.joined()
            return try Reading("Customer ID,Service,Start,End,\(name)\n" + rows, options).rows.map(
                \.row.techID)
        }
        #expect(try ids(["John Smith", "", "Ann Lee"], Self.options()) == [12, 0, 13])
        #expect(try ids(["12", "13"], Self.options()) == [12, 13])
        #expect(try ids(["12", "13"], .test) == [12, 13])
        for (values, options) in [
            (["Van 3", "Van 4"], try Self.options()), (["Comcast"], .test), (["7", "8"], try Self.options()),
            (["104882", "104883"], .test), (["12", "Van"], .test), ([""], .test), (["John Smith"], .test),
            (["John Smith"], try Self.options { $0.columnMap[.techID] = "" }),
        ] {
            #expect(try ids(values, options).allSatisfy { $0 == 0 }, "\(values)")
        }
        // A better name goes before it.
        let other = name.hasPrefix("Dispatched") || ["Worker", "Engineer"].contains(name) ? "12" : "7"
        let both = "Customer ID,Service,Start,End,\(name),Tech\n9710,Install,\(Self.when),\(other),12\n"
        #expect(try Reading(both).rows.map(\.row.techID) == [12])
        #expect(try Reading(both).codes == [])
    }

    @Test("Where a roster is given and no column names a technician, that is said")
    func nobodyGoes() throws {
        func remarks(_ header: String, _ row: String, _ options: ReadingOptions) throws -> [String] {
            let text = "Customer ID,Service,Start,End\(header)\n9710,Install,\(Self.when)\(row)\n"
            return try Reading(text, options).layout?.openingRemarks ?? []
        }
        #expect(try remarks("", "", Self.options()).first?.contains("without one although --techs") == true)
        #expect(
            try remarks(",Resource", ",Van 3", Self.options()).first?.contains("TechID=\"Resource\"") == true)
        #expect(try remarks(",Resource", ",Ann Lee", Self.options()).first?.contains("first values") == true)
        #expect(try remarks("", "", .test) == [])
        #expect(try remarks(",Tech", ",Ann Lee", Self.options()) == [])
        #expect(try remarks("", "", Self.options { $0.columnMap[.techID] = "" }) == [])
    }

    @Test(
        "Whoever went before, or sold it, is no second technician",
        arguments: [
            "Last Tech", "Previous Technician", "Preferred Tech", "Sales Tech", "Sales Agent", "Created By",
        ])
    func absent(name: String) throws {
        #expect(
            try reading("Start,End,Tech,\(name)", "\(Self.when),John Smith,Ann Lee", Self.options()).codes
                == [])
    }

    @Test(
        "Words beside a technician that count nobody",
        arguments: ["Technician__c", "Install Tech", "Repair Technician", "Tech A", "Tech1", "Employee 1"])
    func firsts(name: String) throws {
        #expect(try reading("Start,End,\(name)", "\(Self.when),12").rows.map(\.row.techID) == [12])
    }
}
