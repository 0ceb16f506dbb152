import ImportFixtures
import Testing

@testable import AppointmentRows

@Suite("What is said of damaged values")
struct DamagedValueTests {
    private static let times = "1/23/2014 7:30,1/23/2014 9:30,Install"

    @Test(
        "An account number that a spreadsheet rounded is said to be, and not asked for",
        arguments: [
            ("1.23E+05", "a number that a spreadsheet has rounded"),
            ("1E+05", "a number that a spreadsheet has rounded"),
            ("#####", "too narrow"), ("#N/A", "a formula's error"),
        ])
    func roundedAccounts(value: String, words: String) throws {
        let reading = try Reading("Account,Start,End,Service\n\(value),\(Self.times)\n")
        #expect(reading.summary == ["customer-not-found Account"])
        #expect(reading.findings.first?.message.contains(words) == true)
        #expect(reading.rows.first?.lookUp == nil)
    }

    @Test("An account number with letters is one", arguments: ["12E4", "A-1001", "E100", "10488.0"])
    func accounts(value: String) throws {
        let reading = try Reading("Account,Start,End,Service\n\(value),\(Self.times)\n")
        #expect(reading.findings == [])
        #expect(reading.rows.first?.lookUp != nil)
    }

    @Test(
        "A phone that is nobody's, or more than one number, is asked for nowhere",
        arguments: ["000-000-0000", "508-555-0107 or 0108", "508-555-01O7", "1234567890", "5.08555E+09"])
    func phones(value: String) throws {
        let reading = try Reading("Phone,Start,End,Service\n\(value),\(Self.times)\n")
        #expect(reading.summary == ["customer-not-found Phone"])
        #expect(reading.rows.first?.lookUp == nil)
    }

    @Test("A row with such a phone and without times is no heading")
    func phoneWithoutTimes() throws {
        let reading = try Reading(
            "Phone,Start,End,Service\n000-000-0000,,,Install\n5085550107,\(Self.times)\n")
        #expect(reading.rows.map(\.row.result) == [.invalid, .valid])
    }

    @Test(
        "A sign alone is no negative number",
        arguments: [("-", "is not a number"), ("--", "is not a number"), ("-7", "is negative")])
    func signs(value: String, words: String) throws {
        let reading = try Reading("Customer ID,Start,End,Service\n\(value),\(Self.times)\n")
        #expect(reading.summary == ["invalid-customer-id Customer ID"])
        #expect(reading.findings.first?.message.contains(words) == true)
    }

    @Test(
        "Only the lines of a field that look like rows are said to",
        arguments: [
            ("a\nb, c, d, e, f\ng", "3 lines, and one of them looks like a row"),
            ("a\n1,2,3,4,5\n2,3,4,5,6\ng", "4 lines, and 2 of them look like rows"),
            ("a\n1,2,3,4,5\n2,3,4,5,6\n7,8,9,10,11", "4 lines, and 3 of them look like rows"),
        ])
    func lines(note: String, words: String) throws {
        let reading = try Reading("Customer ID,Start,End,Service,Notes\n9710,\(Self.times),\"\(note)\"\n")
        #expect(reading.codes == ["bad-quoting"])
        #expect(
            reading.findings.first?.message.contains(words) == true,
            "\(reading.findings.first?.message ?? "")")
    }
}
