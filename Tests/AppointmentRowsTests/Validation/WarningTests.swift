import AppointmentRows
import ImportFixtures
import SecurityTrax
import TestSupport
import Testing

/// A warning is said, and the row is posted as it stands: nothing of it may be lost.
@Suite("Rows with a warning") struct WarningTests {
    private static let header =
        "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes,TimeZone,Visit No\n"

    private static func options(_ change: (inout ReadingOptions) -> Void = { _ in }) -> ReadingOptions {
        ReadingOptions.test {
            $0.identityColumn = "Visit No"
            change(&$0)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let start: String
        let end: String
        var zone = ""
        /// A row before it, for what takes two to be seen.
        var before: String?
    }

    @Test(
        "keep all that they say",
        arguments: [
            Case(testDescription: "night-hours", start: "1/23/2014 5:00", end: "1/23/2014 9:00"),
            Case(testDescription: "night-hours", start: "1/23/2014 18:00", end: "1/23/2014 22:30"),
            Case(testDescription: "night-hours", start: "1/23/2014 1:00", end: "1/23/2014 3:00"),
            Case(
                testDescription: "time-zone-guessed", start: "1/23/2014 9:00", end: "1/23/2014 10:00",
                zone: "MST"),
            Case(
                testDescription: "mixed-date-forms", start: "2014-01-24 9:00", end: "2014-01-24 10:00",
                before: "1,5,1/23/2014 9:00,1/23/2014 10:00,1,Panel,,,A-16"),
        ], [false, true])
    func whole(_ sample: Case, isQuoted: Bool) throws {
        let (detail, notes) =
            isQuoted ? ("\"Panel, new\"", "\"Ring \"\"twice\"\"\"") : ("Panel", "Ring twice")
        let row = "9710,7,\(sample.start),\(sample.end),2,\(detail), \(notes) ,\(sample.zone),A-17\n"
        let reading = try Reading(
            Self.header + (sample.before.map { $0 + "\n" } ?? "") + row, Self.options())
        #expect(Set(reading.codes) == [sample.testDescription])
        let last = try #require(reading.rows.last)
        #expect(last.row.isValid && last.row.customerID == 9710 && last.row.techID == 7)
        #expect(last.row.serviceType == .service)
        #expect(last.detail == (isQuoted ? "Panel, new" : "Panel"))
        #expect(last.notes == (isQuoted ? "Ring \"twice\"" : "Ring twice"))
        #expect(last.senderNumber == "A-17")
    }

    @Test(
        "Whatever is said of a valid row, its texts and its number are those of the file", arguments: 0..<10)
    func random(seed: Int) throws {
        var random = SeededNumbers(state: UInt64(seed))
        func one(of texts: [String]) -> String { texts[Int.random(in: texts.indices, using: &random)] }
        var expected: [[String]] = []
        var text = Self.header
        for row in 0..<300 {
            let day = one(of: ["1/23/2014", "1/24/2014", "2014-01-25", "1/26/14"])
            let hour = Int.random(in: 0...20, using: &random)
            let fields = [one(of: ["Panel", "", "x y"]), one(of: ["", "Ring twice", "é"]), "N\(row)"]
            let zone = one(of: ["", "", "MST", "America/Denver"])
            text +=
                "\(row + 1),5,\(day) \(hour):30,\(day) \(hour + 2):00,1,\(fields[0]),\(fields[1]),\(zone),\(fields[2])\n"
            expected.append(fields)
        }
        let reading = try Reading(text, Self.options())
        #expect(reading.rows.count == 300)
        var withWarnings = 0
        for (row, fields) in zip(reading.rows, expected) where row.row.isValid {
            if !row.findings.isEmpty { withWarnings += 1 }
            #expect([row.detail, row.notes, row.senderNumber] == fields)
        }
        #expect(withWarnings > 50)
    }
}
