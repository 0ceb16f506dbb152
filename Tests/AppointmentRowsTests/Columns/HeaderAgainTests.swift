@testable import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("The header once more")
struct HeaderAgainTests {
    private static let header = "Customer ID,Technician,Start,End,Service,Notes"
    private static let row = "9710,5,1/23/2014 7:30,1/23/2014 9:30,Install,"

    @Test(
        "Names in another order make the file unreadable, and their line is named",
        arguments: [
            "Technician,Customer ID,Start,End,Service,Notes",
            "technician,CUSTOMER_ID,start,end,service,notes",
            "\u{FEFF}Technician,Customer ID,Start,End,Service,Notes",
            "\u{FEFF}\"Technician\",\"Customer ID\",\"Start\",\"End\",\"Service\",\"Notes\"",
            "Customer ID,Technician,End,Start,Service,Notes", "Tech,Customer #,Begin,Finish,Type,Notes",
            "Customer ID,Start,End,Service,Technician,Notes",
            "Customer ID,Technician,Start,End,Notes,Service",
            "Notes,Customer ID,Technician,Start,End,Service", ",Customer ID,Start,End,Service,Notes",
            "Customer ID,Start,End,Service", "Town,Customer ID,Technician,Start,End,Service,Notes",
            "Customer ID,Technician,Start,End,Service,Notes,Status",
            "Customer ID,Technician,Start,End,Service,Town",
        ])
    func otherOrder(again: String) throws {
        let text = Self.header + "\n" + Self.row + "\n" + again + "\n" + Self.row + "\n"
        let error = try #require(Reading.failure(text))
        #expect(error.code.rawValue == "duplicate-header")
        #expect(error.line == 3)
        #expect(error.message.hasPrefix("line 3 is a duplicate header"))
        // A byte order mark, blank lines and a chunk of rows before it change nothing.
        let many = String(repeating: Self.row + "\n", count: 700)
        #expect(Reading.failure(Self.header + "\n\n" + many + "\n" + again + "\n")?.line == 704)
    }

    @Test(
        "Names in the same order are left out, and the rows below them are read",
        arguments: [
            "Customer ID,Technician,Start,End,Service,Notes",
            "CUSTOMER ID,technician,START,End,service,NOTES",
            "customer_id,Technician,Start,End,Service,Notes,,",
            "\u{FEFF}Customer ID,Technician,Start,End,Service,Notes",
            "\u{FEFF}\"Customer ID\",\"Technician\",\"Start\",\"End\",\"Service\",\"Notes\"",
            "Cust No.,Tech,Begin,Finish,Type,Comments",
            " Customer ID , Technician , Start , End , Service , Notes ",
        ])
    func sameOrder(again: String) throws {
        let reading = try Reading(
            Self.header + "\n" + Self.row + "\n" + again + "\n" + Self.row + "\n" + again + "\n")
        #expect(reading.rows.map(\.row.result) == [.valid, .skipped, .valid, .skipped])
        #expect(reading.codes == ["repeated-header", "repeated-header"])
        #expect(reading.findings.map(\.line) == [3, 5])
        #expect(reading.findings.allSatisfy { $0.severity == .skipped })
    }

    @Test(
        "A row that ends in names in another order makes the file unreadable too",
        arguments: [
            "Customer ID,Start,End,Service,Notes,Technician",
            "Technician,Customer ID,Start,End,Service,Notes",
            "\u{FEFF}Customer ID,Start,End,Service,Technician,Notes", "Town,Customer ID,Start,End,Service",
            "Customer ID,Technician,Start,End,Service", "\"Customer ID\",\"Start\",\"End\",\"Service\"",
        ])
    func joinedHeaders(again: String) throws {
        for last in ["", "Ring", "7"] {
            let text = Self.header + "\n" + Self.row + last + again + "\n" + Self.row + "\n"
            let error = try #require(Reading.failure(text))
            #expect(error.code.rawValue == "duplicate-header")
            #expect(error.line == 2)
        }
    }

    @Test("A row that ends in the same names is wrong by itself, and rows of many fields are rows")
    func joinedSameOrder() throws {
        let text = Self.header + "\n" + Self.row + "Ring" + Self.header + "\n" + Self.row + "\n"
        #expect(try Reading(text).codes == ["ragged-row"])
        for more in [",,,", ",a,b,c,d", "x,Start,End", ",Service,Notes,Technician"] {
            #expect(try Reading(Self.header + "\n" + Self.row + more + "\n").rows.count == 1, "\(more)")
        }
    }

    @Test("Names that --map gives are recognized too")
    func mapped() throws {
        let options = ReadingOptions.test {
            $0.columnMap = [.customerID: "Kunde", .start: "Von", .end: "Bis", .serviceType: "Art"]
        }
        let text = "Kunde;Von;Bis;Art\n9710;1/23/2014 7:30;1/23/2014 9:30;1\n"
        #expect(try Reading(text + "KUNDE;Von;Bis;Art\n", options).codes == ["repeated-header"])
        #expect(Reading.failure(text + "Kunde;Bis;Von;Art\n", options)?.code.rawValue == "duplicate-header")
        #expect(Reading.failure(text + "Von;Bis;Kunde;Art\n", options)?.line == 3)
    }

    @Test("A header below --columns is one in another order too")
    func givenColumns() throws {
        let options = ReadingOptions.test { $0.columns = ["Customer ID", "Tech", "Start", "End", "Service"] }
        let error = try #require(Reading.failure("Tech,Customer ID,Start,End,Service\n", options))
        #expect(error.code.rawValue == "duplicate-header")
        #expect(error.message.contains("--columns"))
    }

    @Test(
        "Rows are no headers, whatever words stand in them",
        arguments: [
            "9710,Tech,1/23/2014 7:30,1/23/2014 9:30,Service,Notes", "Customer,Technician,,,Service,Notes",
            "Customer ID,,1/23/2014 7:30,End,Service,", "9710,Technician,Start,End,Service,Notes",
            ",,Start,,Service,Notes",
        ])
    func rows(row: String) throws {
        // The second one names neither a customer nor a time, the others are invalid.
        let reading = try Reading(Self.header + "\n" + row + "\n" + Self.row + "\n")
        #expect(reading.rows.count == 2)
        #expect(reading.rows.last?.row.isValid == true)
    }
}
