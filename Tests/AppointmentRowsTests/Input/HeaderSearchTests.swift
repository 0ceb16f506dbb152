@testable import ImportFixtures
import CSVReading
import Testing

@testable import AppointmentRows

@Suite("Lines above the header")
struct HeaderSearchTests {
    private static let header = "Customer ID,Start,End,Service,Technician,Notes"
    private static let row = "9710,1/23/2014 7:30,1/23/2014 9:30,Install,12,"

    @Test(
        "Reading begins at the header, and where it is is said",
        arguments: [
            ("Daily Appointment Report,,,,,\nReport generated,11/25/2013,,,,\n,,,,,\n", 4),
            ("Daily Appointment Report\n\nGenerated 11/25/2013 8:00 AM by \"Ana\"\n", 4),
            ("\"Report, with a comma\nand a line break\"\n", 3), ("Customer,,Appointment,,,\n", 2),
            ("From,1/1/2014 0:00,1/31/2014 23:59,,,\n", 2), ("Branch,12\n", 2), ("2014\n", 2),
            (String(repeating: "a line of text\n", count: 20), 21),
        ])
    func found(above: String, line: Int) throws {
        let reading = try Reading(above + Self.header + "\n" + Self.row + "\n")
        #expect(reading.rows.map(\.row.isValid) == [true])
        #expect(reading.rows.first?.row.line == line + 1)
        #expect(reading.findings == [])
        #expect(reading.layout?.headerLine == line)
        #expect(reading.layout?.headerRemark?.contains("the header is in line \(line)") == true)
        #expect(reading.layout?.remarks.first == reading.layout?.headerRemark)
    }

    @Test("The delimiter is that of the header, not of the lines above it", arguments: [";", "\t", "|"])
    func delimiter(_ delimiter: String) throws {
        let title = "Report, daily, for Smith, Jones & Co.\n"
        let table = (Self.header + "\n" + Self.row + "\n").replacing(",", with: delimiter)
        let reading = try Reading(title + table)
        #expect(reading.layout?.dialect.delimiter == delimiter.utf8.first)
        #expect(reading.rows.map(\.row.isValid) == [true])
    }

    @Test("A header in the first line, or below blank lines only, is nothing to talk about")
    func first() throws {
        for start in ["", "\n\n", ",,,,,\n", "sep=,\n"] {
            let reading = try Reading(start + Self.header + "\n" + Self.row + "\n")
            #expect(reading.layout?.headerRemark == nil)
            #expect(reading.rows.count == 1)
        }
    }

    @Test(
        "Rows under a header that was not understood are not taken for a title",
        arguments: [
            "Kunde,Beginn,Ende,Art\n104882,1/5/2027 9:00,1/5/2027 10:00,Install\n",
            "Customer ID,Start,Finish at,Service\n104882,1/5/2027 9:00,1/5/2027 10:00,Install\n",
            "a,b\nx,y,1/5/2027 9:00,10:00,104882\n",
        ])
    func joined(above: String) throws {
        let file = above + "Start,End,Service,Customer ID\n1/6/2014 9:00,1/6/2014 10:00,Install,104884\n"
        #expect(Reading.failure(file) != nil)
    }

    @Test(
        "A date above the header that has the day first proves it for the file",
        arguments: [
            "Report generated,25/11/2013,,,,\n", "Appointments from,01/01/2014,to,31/01/2014\n",
        ])
    func titleProvesOrder(title: String) throws {
        let row = "9710,5/1/2014 7:30,5/1/2014 9:30,Install,12,\n"
        let error = try #require(Reading.failure(title + Self.header + "\n" + row))
        #expect(error.fix.contains("--date-order"), "\(error)")
        // What the rows prove counts for more.
        let proven = "9710,1/25/2014 7:30,1/25/2014 9:30,Install,12,\n"
        #expect(Reading.failure(title + Self.header + "\n" + proven) == nil)
    }

    @Test("No row above a header is lost: such a file is not read")
    func rowsAbove() throws {
        let error = try #require(Reading.failure(Self.row + "\n" + Self.header + "\n" + Self.row + "\n"))
        #expect(error.code.rawValue == "no-header")
        #expect(error.line == 1)
        #expect(error.message.contains("line 2"))
        #expect(Reading.failure("Report\n" + Self.row + "\n" + Self.header + "\n")?.line == 2)
        let nameless = "Smith,1/23/2014 7:30,1/23/2014 9:30,Install,12,\n"
        #expect(Reading.failure(nameless + Self.header + "\n")?.code.rawValue == "no-header")
        // Of two headers the first one counts, whatever it lacks.
        let incomplete = "Customer ID,Start,End\n9710,1/23/2014 7:30,1/23/2014 9:30\n"
        #expect(Reading.failure(incomplete + Self.header + "\n")?.code.rawValue == "missing-column")
    }

    @Test("In a file without a header the first row is spoken of, whatever words the others have")
    func firstRow() throws {
        let rows =
            "9710,1/23/2014 7:30,1/23/2014 9:30,Install,,\n9711,1/23/2014 7:30,1/23/2014 9:30,Service,,\n"
        let error = try #require(Reading.failure(rows))
        #expect(error.code.rawValue == "no-header")
        #expect(error.line == 1 && error.message.hasPrefix("line 1 holds data"), "\(error)")
    }

    @Test("A header further down than twenty records is not looked for")
    func tooFar() throws {
        let above = String(repeating: "a line of text\n", count: 21)
        #expect(
            Reading.failure(above + Self.header + "\n" + Self.row + "\n")?.code.rawValue == "missing-column")
    }

    @Test("Where none of the records is a header, the one that comes closest is spoken of")
    func closest() throws {
        let error = try #require(
            Reading.failure("Daily report\n\nCustomer ID,Strat,End,Service\n" + Self.row + "\n"))
        #expect(error.code.rawValue == "missing-column")
        #expect(error.line == 3)
        #expect(error.message.hasPrefix("the column StartTime is missing"))
    }

    @Test("The second pass begins below the header too")
    func originals() throws {
        let temporary = try TemporaryInput("A title\n\n" + Self.header + "\n" + Self.row + "\n")
        let reader = try AppointmentReader(file: InputFile(temporary.path), options: .test)
        let originals = try reader.originals()
        let record = try #require(try originals.next())
        #expect(record.line == 4)
        #expect(record.fields.first == "9710")
        #expect(try originals.next() == nil)
    }
}
