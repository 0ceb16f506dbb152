import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("The sender's own numbers")
struct SenderNumberTests {
    @Test(
        "What spreadsheets and programs do to a number makes no other number of it",
        arguments: [
            ("501", "501"), ("501.0", "501"), ("501.00", "501"), ("00501", "501"), ("1,501", "1501"),
            ("1,234,501.0", "1234501"), ("#501", "501"), ("'501", "501"), ("=\"501\"", "501"),
            ("=\"00501\"", "501"), ("000", "0"), ("A-501", "A-501"), ("ab501", "ab501"), ("AB501", "AB501"),
            ("1.501", "1.501"), ("5.01.0", "5.01.0"), ("12,34", "12,34"), ("0A1", "0A1"), ("#", "#"),
            ("'", "'"),
            ("501-0", "501-0"), ("", ""),
        ])
    func canonical(text: String, canonical: String) {
        #expect(SenderNumber.canonical(text) == canonical)
        var copy = text
        let isCanonical = copy.withUTF8 { SenderNumber.isCanonical($0) }
        #expect(!isCanonical || text == canonical)
    }

    private static let options = ReadingOptions.test { $0.identityColumn = "Appt" }
    private static let header = "Appt,Customer ID,Start,End,Service\n"
    private static let row = ",9710,1/23/2014 7:30,1/23/2014 9:30,Install\n"

    @Test(
        "A row has it in that form, taken in one step or not",
        arguments: ["501", "00501", "\" 501.0 \"", "A7"])
    func row(number: String) throws {
        let reading = try Reading(Self.header + number + Self.row, Self.options)
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.senderNumber) == [number == "A7" ? "A7" : "501"])
    }

    @Test(
        "One that a spreadsheet has rounded, or a formula's error, is no number",
        arguments: ["1.23E+05", "#REF!", "####"])
    func lost(number: String) throws {
        let reading = try Reading(Self.header + number + Self.row, Self.options)
        #expect(reading.summary == ["missing-value Appt"])
        #expect(reading.rows.map(\.senderNumber) == [""])
    }
}
