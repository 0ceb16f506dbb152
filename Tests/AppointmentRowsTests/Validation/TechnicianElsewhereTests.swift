import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("A technician whom another column names")
struct TechnicianElsewhereTests {
    private static let when = "1/23/2014 7:30,1/23/2014 9:30"

    private static func text(_ header: String, _ rows: [String]) -> String {
        "Customer ID,Service,Start,End,\(header)\n"
            + rows.enumerated().map { "\(9710 + $0),Install,\(when),\($1)\n" }.joined()
    }

    private static func options(_ change: (inout ReadingOptions) -> Void = { _ in }) throws -> ReadingOptions
    {
        let roster = try TechnicianRoster(settings: ["John Smith": "12", "Ann Lee": "17"])
        return .test {
            $0.roster = roster
            change(&$0)
        }
    }

    private static let staff = [
        "Assigned To", "Employee", "Staff", "Driver", "Crew", "Assigned Staff", "Assigned User", "Worker ID",
        "Service Resource", "Worker", "Dispatched To", "Assignee", "Team Member", "Assigned Employee",
    ]

    // MARK: Numbers

    @Test("A number that differs from the technician's leaves the file to a person", arguments: staff)
    func differing(name: String) throws {
        for (header, rows, line) in [
            ("Technician,\(name)", [",12"], 2), ("Technician,\(name)", ["17,12"], 2),
            ("\(name),Technician", ["12,17"], 2), ("\(name),Technician", ["12,"], 2),
            ("TechID,\(name)", ["12,12", "17,12"], 3), ("Tech,\(name)", ["12,", "TBD,17"], 3),
            ("Tech,\(name)", ["17,12", "18,13"], 2), ("Tech,\(name)", ["17,12", "17,12"], 2),
        ] {
            let text = Self.text(header, rows)
            let error = try #require(Reading.failure(text), "\(text)")
            #expect(error.code.rawValue == "duplicate-column")
            #expect(error.line == line)
            // The advice can be followed.
            for column in header.split(separator: ",").map(String.init) {
                #expect(error.fix.contains("--map TechID=\"\(column)\""))
                let options = ReadingOptions.test { $0.columnMap[.techID] = column }
                #expect(try Reading(text, options).findings == [])
            }
        }
    }

    @Test("Numbers that say the same, or nothing of who goes, are passed over", arguments: staff)
    func agreeing(name: String) throws {
        for rows in [
            ["12,12"], ["12,012", "17,17"], ["12,"], ["12,", ","], ["12,TBD"], ["12,Unassigned", ",None"],
            ["12,104882"], ["12,104882", "17,104882", ",104883"],
            // The same people's numbers in another list.
            ["12,4012", "17,4017", "12,4012"], ["12,3", "17,4", "18,4", "12,3", "18,4"],
            // Few of them are numbers.
            ["12,Bob", "17,Ann", "18,3"],
        ] {
            #expect(try Reading(Self.text("Technician,\(name)", rows)).findings == [], "\(rows)")
            #expect(
                try Reading(Self.text("Technician,\(name)", rows)).rows.map(\.row.techID)
                    == rows.map { Int64($0.prefix { $0 != "," }) ?? 0 })
        }
    }

    @Test("With a roster, only its numbers are technicians'", arguments: staff)
    func withRoster(name: String) throws {
        for rows in [["12,3"], ["12,3", "17,4"], [",3"], ["12,12", "17,17"], ["12,3", "17,3", "12,17"]] {
            #expect(try Reading(Self.text("Tech,\(name)", rows), Self.options()).codes == [], "\(rows)")
        }
        for rows in [["12,17"], [",12"], ["12,12", "17,12"]] {
            let error = Reading.failure(Self.text("Tech,\(name)", rows), try Self.options())
            #expect(error?.code.rawValue == "duplicate-column", "\(rows)")
        }
    }

    @Test("Other lists' numbers are none of a technician's, and stand beside each of them")
    func otherLists() throws {
        for rows in [
            // 17 is one of them.
            ["12,17", "13,18", "17,19", "12,17", "17,19"],
            // One technician has two of them, or none once.
            ["12,41", "13,42", "12,42"], ["12,41", "13,42", "12,41", "13,"],
            ["12,41", "13,42", "12,41", ",42"], ["12,41", "13,42", "12,12"],
        ] {
            #expect(
                Reading.failure(Self.text("Tech,Employee", rows))?.code.rawValue == "duplicate-column",
                "\(rows)")
        }
    }

    @Test(
        "Columns of those who sell, plan or ask are passed over",
        arguments: [
            "Sales Rep", "Salesperson", "Agent", "Resource", "Provider", "Created By", "Scheduled By",
            "Owner",
            "Preferred Tech", "Preferred Techs", "Last Tech", "Original Technician", "Previous Technician",
            "Dispatcher", "Account Manager", "Team", "Truck", "Technician Phone", "Updated By", "Sold By",
            "User",
            "Reassigned By", "Reassigned On", "New Customer", "Old Technician", "Tech Rating",
            "New Tech Phone",
            "Employee Count", "Crew Size", "Changed By Tech", "Tech Changed At", "Requested Technician",
        ])
    func others(name: String) throws {
        for row in ["12,17", ",17", "12,Bob", "12,Yes"] {
            #expect(try Reading(Self.text("Technician,\(name)", [row])).findings == [], "\(row)")
        }
    }

    // MARK: Names

    @Test(
        "A name where the technician is empty is said",
        arguments: ["Assigned To", "Staff", "Technician Name"])
    func nameAlone(name: String) throws {
        let reading = try Reading(
            Self.text("TechID,\(name)", ["12,Bob Ray", ",Bob Ray", "TBD,Bob Ray", ",", ",TBD"]))
        #expect(reading.summary == ["tech-elsewhere \(name)", "tech-elsewhere \(name)"])
        #expect(reading.findings.map(\.line) == [3, 4])
        #expect(!reading.rows.map(\.row.isValid).contains(false))
        let options = ReadingOptions.test { $0.columnMap[.techID] = "TechID" }
        #expect(try Reading(Self.text("TechID,\(name)", [",Bob Ray"]), options).findings == [])
        // The roster tells who is a technician.
        func codes(_ row: String) throws -> [String] {
            try Reading(Self.text("TechID,\(name)", [row]), Self.options()).codes
        }
        #expect(try codes(",the office") == [])
        #expect(try codes(",Jon Smith") == ["tech-elsewhere"])
        #expect(try codes("12,John Smith") == [])
    }

    // MARK: Who goes instead

    private static let replacements = [
        "New Technician", "Reassigned To", "New Tech", "New Tech ID", "NewTechID", "new_technician",
        "Re-assigned To", "Reassigned", "Reassigned Technician", "Revised Tech", "Replacement Technician",
        "Substitute Tech", "Updated Technician", "Technician (new)", "New Assignee", "New Employee",
        "New Driver",
        "Now Assigned To", "Handed Over To", "Covering Tech", "New Installer", "New Assigned To",
        "Changed Tech",
        "Moved to Tech",
    ]

    @Test("The one who goes instead is not lost", arguments: replacements)
    func replaced(name: String) throws {
        for row in ["12,17", ",17", "12,Ann Lee", ",Ann Lee", "TBD,17"] {
            let text = Self.text("Technician,\(name)", [row, "12,", "13,"])
            let reading = try Reading(text)
            #expect(reading.summary == ["several-techs \(name)"], "\(row)")
            #expect(reading.rows.map(\.row.isValid) == [false, true, true])
            for column in ["Technician", name] {
                #expect(reading.findings[0].fix.contains("--map TechID=\"\(column)\""))
                let options = ReadingOptions.test { $0.columnMap[.techID] = column }
                #expect(try Reading(text, options).codes.contains("several-techs") == false)
            }
        }
        #expect(
            try Reading(Self.text("Technician,\(name)", ["John Smith,Ann Lee"]), Self.options()).codes == [
                "several-techs"
            ])
        for row in [
            "12,", "12,12", "12,012", "12,No", "12,Yes", "12,N/A", "12,none", "12,TBD", "12,1/5/2014 9:00",
            "12,0", ",",
        ] {
            #expect(try Reading(Self.text("Technician,\(name)", [row])).findings == [], "\(row)")
        }
        for row in ["John Smith,12", "12,John Smith", "John Smith,\"Smith, John\""] {
            #expect(try Reading(Self.text("Technician,\(name)", [row]), Self.options()).codes == [], "\(row)")
        }
    }

    @Test(
        "Without another column, whoever goes instead is the technician or is said", arguments: replacements)
    func replacedAlone(name: String) throws {
        #expect(try Reading(Self.text(name, ["12", "13"])).rows.map(\.row.techID) == [12, 13])
        #expect(try Reading(Self.text(name, ["Ann Ray", ""])).summary == ["several-techs \(name)"])
        #expect(try Reading(Self.text(name, ["", ""])).findings == [])
    }

    @Test(
        "Who goes now may be the technician's name beside his number",
        arguments: ["Current Technician", "Actual Tech", "Covered By", "Final Technician", "Transferred To"])
    func now(name: String) throws {
        #expect(try Reading(Self.text("Technician,\(name)", ["12,17"])).codes == ["several-techs"])
        for row in ["12,Ann Lee", "12,12", "12,"] {
            #expect(try Reading(Self.text("Technician,\(name)", [row])).findings == [], "\(row)")
        }
        #expect(
            try Reading(Self.text("Technician,\(name)", ["12,Ann Lee"]), Self.options()).codes == [
                "several-techs"
            ])
        #expect(try Reading(Self.text("Technician,\(name)", [",Bob Ray"])).codes == ["tech-elsewhere"])
    }

    @Test(
        "Somebody of the roster in a column of any name is not lost, where a row has no technician",
        arguments: ["Who", "Owner", "Route", "Calendar", "Responsible", "Field Employee", "User"])
    func anyName(name: String) throws {
        let rows = ["John Smith", "ann lee", "Somebody Else", "12"]
        #expect(
            try Reading(Self.text(name, rows), Self.options()).codes == ["tech-elsewhere", "tech-elsewhere"])
        #expect(
            try Reading(
                Self.text("TechID,\(name)", [",John Smith", "12,Ann Lee", ",Somebody"]), Self.options()
            ).codes
                == ["tech-elsewhere"])
        // Without a roster nobody knows them.
        #expect(try Reading(Self.text(name, rows)).codes == [])
        let said = try #require(
            try Reading(Self.text(name, rows), Self.options()).layout?.layoutRemarks.joined())
        #expect(said.contains("--map TechID=\"\(name)\""), "\(said)")
    }

    @Test(
        "A column of somebody else names no technician",
        arguments: [
            "Customer Name", "Contact", "Sold By", "Created By", "Sales Rep", "Dispatcher", "Homeowner",
        ])
    func somebodyElse(name: String) throws {
        #expect(
            try Reading(Self.text("TechID,\(name)", [",John Smith", "12,Ann Lee"]), Self.options()).codes
                == [])
    }

    @Test("A column that alone says who goes is not one more technician")
    func aloneInCrew() throws {
        for name in ["Crew Lead", "Assignees", "Crew Member"] {
            let reading = try Reading(Self.text(name, ["12"]))
            let said = reading.findings.map(\.fix).joined() + reading.findings.map(\.message).joined()
            #expect(!said.contains("write one row for each"), "\(said)")
            #expect(
                reading.rows.allSatisfy { $0.row.techID == 12 } || said.contains("--map TechID="),
                "\(name) \(said)")
        }
    }
}
