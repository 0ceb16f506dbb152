import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("What stands above rows without a label")
struct AboveRowsTests {
    private static let header = "Customer ID,Start,End,Service,Tech\n"

    /// A row on one of the next days.
    private static func row(_ tech: String = "", day: Int = 23, hour: Int = 9) -> String {
        "101,1/\(day)/2014 \(hour):00,1/\(day)/2014 \(hour):30,Install,\(tech)\n"
    }

    // MARK: Names

    private static let names = [
        "John Smith", "JOHN SMITH", "\"Smith, John\"", "John Q. Smith", "Ann-Marie O'Brien", "John Smith (2)",
        "John Smith - 2 jobs", "-> John Smith", "*** John Smith ***", "John Smith's Jobs",
        "Schedule for John Smith",
        "Schedule: John Smith", "Mike", "Maria Garcia", "John Smith:",
    ]

    @Test("A name above rows without a technician is said of each of them", arguments: names)
    func namesAlone(heading: String) throws {
        for line in ["\(heading),,,,\n", "\(heading)\n", ",,\(heading),,\n"] {
            let text = Self.header + line + Self.row() + Self.row(hour: 10) + Self.row("12", hour: 11)
            let reading = try Reading(text)
            #expect(reading.findings.filter { $0.code == .techElsewhere }.map(\.line) == [3, 4], "\(line)")
            #expect(reading.findings.last?.message.contains("line 2") == true)
            for column in ["Tech", ""] {
                let asked = ReadingOptions.test { $0.columnMap[.techID] = column }
                #expect(try Reading(text, asked).codes.contains("tech-elsewhere") == false)
            }
        }
        let none = "Customer ID,Start,End,Service\n\(heading)\n101,1/23/2014 9:00,1/23/2014 9:30,Install\n"
        #expect(try Reading(none).codes.contains("tech-elsewhere"))
    }

    @Test("A name that is no usual one is said where a column for it has nothing")
    func unusualNames() throws {
        for heading in ["Nguyen Tran", "J. Okafor", "Devonte Hill", "Cedar Rapids"] {
            #expect(try Reading(Self.header + heading + "\n" + Self.row()).codes.contains("tech-elsewhere"))
            let known = Self.header + Self.row("12", hour: 8) + heading + "\n" + Self.row()
            #expect(try Reading(known).codes.contains("tech-elsewhere") == false)
            let later = Self.header + heading + "\n" + Self.row() + Self.row("12", hour: 8)
            #expect(try Reading(later).codes.contains("tech-elsewhere") == false)
        }
    }

    @Test(
        "Lines with anything else say nothing of who goes",
        arguments: [
            "Oak Court", "-> Oak Court", "North Region", "San Antonio", "Monday", "Salt Lake City",
            "Total: 3", "Mason",
            "Jackson County", "Austin Office", "Morning Appointments", "New Installs", "Page 2",
            "Acme Alarms Inc",
            "Week of 1/20/2014", "Unassigned", "Truck 3", "Printed by John Smith", "Customer: John Smith",
            "Service Calls",
            "Route 12", "John Smith called twice about the gate", "Team Blue", "East Side Crew", "john smith",
            "Paris",
        ])
    func others(heading: String) throws {
        let text = Self.header + "\(heading),,,,\n" + Self.row("12") + Self.row(hour: 10)
        #expect(try Reading(text).codes.contains("tech-elsewhere") == false)
        let first = Self.header + Self.row("12", hour: 8) + "\(heading)\n" + Self.row()
        #expect(try Reading(first).codes.contains("tech-elsewhere") == false)
        let above = "\(heading)\n" + Self.header + Self.row()
        #expect(try Reading(above).codes == [])
    }

    @Test("A name that the rows have in a column of their own is that column's")
    func groups() throws {
        let text =
            "Customer ID,Start,End,Service,Tech,Customer\nJohn Smith,,,,,\n"
            + "101,1/23/2014 9:00,1/23/2014 9:30,Install,,John Smith\n"
        #expect(try Reading(text).codes == ["no-appointment"])
    }

    @Test("Another name, a technician or a sum ends what a name is said of")
    func ends() throws {
        let text =
            Self.header + "John Smith\n" + Self.row("12") + "Total: 1,,,,\n" + Self.row(hour: 10)
            + "Technician: Unassigned,,,,\n"
            + Self.row(hour: 11)
        #expect(try Reading(text).codes.contains("tech-elsewhere") == false)
    }

    @Test(
        "Below another heading, rows are of another group",
        arguments: ["Unassigned", "Subcontractors", "Open jobs"])
    func otherGroups(heading: String) throws {
        let text = Self.header + "John Smith\n" + Self.row("12") + "\(heading)\n" + Self.row(hour: 10)
        #expect(try Reading(text).codes.contains("tech-elsewhere") == false)
    }

    @Test(
        "Days and counts below a name are still of its group",
        arguments: ["Monday", "1/23/2014", "2 jobs", "-----"])
    func days(below: String) throws {
        let text = Self.header + "John Smith\n\(below)\n" + Self.row()
        #expect(try Reading(text).codes.contains("tech-elsewhere"))
    }

    // MARK: Merged cells

    private static func merged(_ techs: [String], days: [Int]? = nil) -> String {
        header
            + techs.enumerated().map { row($1, day: days?[$0] ?? 23, hour: 7 + $0 % 12) }.joined()
    }

    @Test(
        "Technicians that stand once for several rows are said of the rows below them",
        arguments: [
            ["12", "", "", "13", "", ""], ["12", "", "13", ""], ["12", "", ""],
            ["12", "", "", "13", "", "", "14"],
            ["12", "", "", "", ""], ["12", "", "", "13", "14", "", ""], ["12", "", "", "", "", "13"],
        ])
    func mergedCells(techs: [String]) throws {
        let reading = try Reading(Self.merged(techs))
        let blanks = techs.indices.filter { techs[$0].isEmpty }
        #expect(reading.codes == Array(repeating: "tech-elsewhere", count: blanks.count))
        #expect(reading.findings.map(\.line) == blanks.map { $0 + 2 })
        #expect(!reading.rows.map(\.row.isValid).contains(false))
        let asked = ReadingOptions.test { $0.columnMap[.techID] = "Tech" }
        #expect(try Reading(Self.merged(techs), asked).codes == [])
        let names = techs.map { ["12": "Ann Lee", "13": "Bob Ray", "14": "Cy Fox"][$0] ?? "" }
        let roster = try TechnicianRoster(settings: ["Ann Lee": "12", "Bob Ray": "13", "Cy Fox": "14"])
        #expect(
            try Reading(Self.merged(names), .test { $0.roster = roster }).codes
                == Array(repeating: "tech-elsewhere", count: blanks.count))
    }

    @Test("On another day the same technician stands once more")
    func mergedDays() throws {
        let techs = ["12", "", "13", "", "12", "", "13", ""]
        #expect(try Reading(Self.merged(techs, days: [20, 20, 20, 20, 21, 21, 21, 21])).codes.count == 4)
        #expect(try Reading(Self.merged(techs)).codes == [])
        let sections =
            Self.header + "Monday,,,,\n" + Self.row("12") + Self.row(hour: 10) + "Tuesday,,,,\n"
            + Self.row("12", day: 24)
            + Self.row(day: 24, hour: 10) + Self.row(day: 24, hour: 11)
        #expect(try Reading(sections).codes.filter { $0 == "tech-elsewhere" }.count == 3)
    }

    @Test(
        "Some rows without a technician are visits of nobody",
        arguments: [
            ["", "12", "", "13"], ["12", "12", "", ""], ["12", "", "12", "", ""], ["12", "13", "", "14"],
            ["12", ""],
            ["12", "13", "14", "", ""], ["", "", ""], ["12", "Unassigned", "", ""],
            ["12", "13", "", "12", "", "13", ""], ["12", "", "13", "13", "", ""], ["12", "", "13"],
        ])
    func honest(techs: [String]) throws {
        #expect(try Reading(Self.merged(techs)).codes == [])
    }

    @Test("In a long file a technician who comes again shows that empty ones are nobody's")
    func longFile() throws {
        let rows = (0..<200).map { Self.row(["12", "", "13", "14", "", "15"][$0 % 6], hour: 8 + $0 % 10) }
        #expect(try Reading(Self.header + rows.joined()).codes == [])
        let blocks = (0..<60).map { Self.row($0 % 20 == 0 ? "\(12 + $0 / 20)" : "", hour: 8 + $0 % 10) }
        #expect(try Reading(Self.header + blocks.joined()).codes.count == 57)
    }

    // MARK: Days

    @Test(
        "A day above rows of another one is said",
        arguments: [
            "Thursday 1/23/2014", "\"Thursday, January 23, 2014\"", "Thursday - 1/23/2014", "1/23/2014",
            "-> Thu 1/23/2014",
            "Wednesday 1/23/2014", "Thursday 1/23/2014 (2 jobs)",
        ])
    func days(heading: String) throws {
        let text =
            Self.header + "\(heading),,,,\n" + Self.row("12") + Self.row("12", day: 24)
            + Self.row("12", hour: 11)
        let reading = try Reading(text)
        #expect(reading.codes.filter { $0 != "no-appointment" } == ["contradicting-times"])
        #expect(reading.findings.first { $0.code == .contradictingTimes }?.line == 4)
        #expect(reading.rows.map(\.row.isValid).filter { $0 }.count == 3)
        let right =
            Self.header + "\(heading)\n" + Self.row("12") + "Friday 1/24/2014\n" + Self.row("12", day: 24)
        #expect(try Reading(right).codes.contains("contradicting-times") == false)
    }

    @Test(
        "A day of the report, and lines with more than a day, are of no rows",
        arguments: [
            "1/1/2014", "12/30/2013", "Printed 1/22/2014", "Week of 1/20/2014", "1/20/2014 - 1/26/2014",
            "1/22/2014 9:00",
            "Monday", "Invoice 1/22/2014", "1/22/2014,Page 1",
        ])
    func otherDays(heading: String) throws {
        for line in ["\(heading)\n", "\(heading),,,\n"] {
            let text = Self.header + line + Self.row("12")
            #expect(try Reading(text).codes.contains("contradicting-times") == false)
        }
        #expect(try Reading("Wednesday 1/22/2014\n" + Self.header + Self.row("12")).codes == [])
    }

    @Test(
        "A title above the header names nobody, whichever column comes first",
        arguments: ["Schedule", "ACME Alarm", "January 2014", "Week of 1/20/2014", "Printed 1/20/2014"],
        ["", "Unassigned"])
    func titleAboveTechnicians(title: String, nobody: String) throws {
        let row = "1/23/2014 7:30,1/23/2014 9:30,Install"
        let reading = try Reading(
            "\(title),,,,\nTechnician,Customer ID,Start,End,Service\n\(nobody),9710,\(row)\n12,9711,\(row)\n")
        #expect(reading.codes == [] && reading.rows.map(\.row.techID) == [0, 12])
    }
}
