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

    @Test(
        "A word for a number that is not there is none",
        arguments: [
            "TBD", "tbd", "T.B.D.", "N/A", "n/a", "NA", "0", "none", "None", "-", "--", "New", "NEW",
            "unknown",
            "pending", ".", "?", "???", "x", "XXX", "NULL", "null", "nan", "NaN", "00000", "0.0", "=A1",
            "=B2+1",
            "to be determined", "To Be Assigned", "TBA", "(none)", "not assigned", "Unassigned", "No number",
            "nil",
            "undefined", "*", "#", "_", "missing", "-1", "Not Available", "yes", "No", "true",
        ])
    func placeholders(number: String) throws {
        let reading = try Reading(Self.header + number + Self.row, Self.options)
        #expect(reading.summary == ["missing-value Appt"])
        #expect(reading.rows.map(\.senderNumber) == [""])
        // A visit that is called off has none either.
        let status = "Appt,Customer ID,Start,End,Service,Status\n"
        let off = try Reading(status + number + Self.row.replacing("\n", with: ",Cancelled\n"), Self.options)
        #expect(off.rows.map(\.senderNumber) == [""])
    }

    @Test(
        "A word with a digit, and one that is no such word, is a number",
        arguments: [
            "A7", "TBD-1", "NEW2", "1", "10", "X1", "WO-12", "Acme", "JOHNSON", "N-5", "AB", "\u{E9}5",
        ])
    func numbers(number: String) throws {
        let reading = try Reading(Self.header + number + Self.row, Self.options)
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.senderNumber) == [number])
    }

    @Test("A letter with its accent apart is the same letter")
    func composed() throws {
        let reading = try Reading(
            Self.header + "e\u{301}5" + Self.row + "\u{E9}5" + Self.row, Self.options)
        #expect(Set(reading.rows.map { Array($0.senderNumber.utf8) }) == [Array("\u{E9}5".utf8)])
    }

    @Test(
        "A date that a spreadsheet made of a number is none, nor is a long number that ends in its zeros",
        arguments: [
            "2-Jan", "1-Mar", "Jan-02", "1/2/2026", "2026-01-02 00:00:00", "2026-01-02", "02-Jan", "2-Jan-26",
            "02-JAN-2026", "1/2/26", "01.02.2026", "02. Jan", "\"Jan 2, 2026\"", "2026-01-02T00:00:00",
            "1/2/2026 12:00:00 AM", "1/2/2026 0:00", "01-02-2026", "2026/1/2", "1-mars", "31-Dec", "Sep-26",
            "2-January-2026", "02-Jan-2026", "123456789012345000", "12345678901234500",
            "\"123,456,789,012,345,000\"", "123456789012345000.0", "1.23E+17", "1.23457E+12",
        ])
    func damaged(number: String) throws {
        let reading = try Reading(Self.header + number + Self.row, Self.options)
        #expect(reading.summary == ["missing-value Appt"])
        #expect(reading.rows.map(\.senderNumber) == [""])
        let fix = try #require(reading.findings.first?.fix)
        #expect(fix.contains("as it was exported") && fix.contains("as Text") && !fix.contains("decimals"))
        // A visit that is called off is not known by it either.
        let status = "Appt,Customer ID,Start,End,Service,Status\n"
        let off = try Reading(status + number + Self.row.replacing("\n", with: ",Cancelled\n"), Self.options)
        #expect(off.rows.map(\.senderNumber) == [""])
    }

    @Test(
        "What no spreadsheet makes of a number stays one",
        arguments: [
            "1-2", "MAR-1", "Mar-1", "JAN-02", "1-MAR", "2026-01", "2026-0001", "12-345", "12-34-56",
            "10-11-12", "2026-13-45",
            "45-Jan", "WO-MAR-1", "A-2-Jan", "1/2", "12/345", "123456789012345", "1234567890123456",
            "123456789012345010", "1234567890123450", "A123456789012345000", "5.01.0", "1.2.26",
            "INV-2026-01-02", "2026-01-02-7",
            "JOB 12", "20260102", "MAY12", "Marsh-02", "100000000000000", "0-Jan",
        ])
    func undamaged(number: String) throws {
        let reading = try Reading(Self.header + number + Self.row, Self.options)
        #expect(reading.findings == [])
        #expect(reading.rows.map(\.senderNumber) == [number])
    }

    @Test("A space that doesn't break is a space, and the case of letters stays")
    func spaces() throws {
        for space in ["\u{A0}", "\u{202F}", " "] {
            let reading = try Reading(Self.header + "Wo\(space)12" + Self.row, Self.options)
            #expect(reading.rows.map(\.senderNumber) == ["Wo 12"])
        }
    }
}
