import Foundation
import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentRows

@Suite("Whom a row's numbers lead to")
struct CustomerNumberTests {
    private static func phone(_ text: String) throws -> CustomerQuery {
        .phone(try #require(PhoneNumber(text)))
    }

    /// `found 1 by phone 5550001`, `several`, …
    private func outcome(_ queries: [CustomerQuery], _ known: KnownCustomers) -> String {
        switch known.customer(of: CustomerLookUp(queries: queries)) {
        case .customer(let id, let by): "\(id) by \(by.map(\.description).joined(separator: ", "))"
        case .notFound: "not found"
        case .several(let query, let ids): "\(query) is \(ids)"
        case .different(let one, let other): "\(one.1) and \(other.1)"
        case .unclear(let query, _): "\(query) unclear"
        case .unasked: "unasked"
        }
    }

    @Test(
        "All numbers that are known must lead to one customer, and none may be unclear",
        arguments: [
            (["5550001"], "1 by phone 5550001"), (["5550009", "5550001"], "1 by phone 5550001"),
            (["5550001", "5550002"], "1 by phone 5550001, phone 5550002"),
            (["5550001", "5550003"], "1 and 3"),
            (["5550009"], "not found"), (["5550004"], "phone 5550004 is [1, 4]"),
            (["5550001", "5550004"], "phone 5550004 is [1, 4]"),
            (["5550001", "5550005"], "phone 5550005 unclear"),
            (["5550006"], "unasked"), (["5550001", "5550006"], "unasked"),
        ])
    func resolve(numbers: [String], expected: String) throws {
        let known = KnownCustomers([
            try Self.phone("5550001"): .found(Customer(id: 1)),
            try Self.phone("5550002"): .found(Customer(id: 1)),
            try Self.phone("5550003"): .found(Customer(id: 3)), try Self.phone("5550004"): .several([1, 4]),
            try Self.phone("5550005"): .failed(reason: "a page"),
            try Self.phone("5550009"): .notFound(reason: ""),
        ])
        #expect(outcome(try numbers.map(Self.phone), known) == expected)
    }

    /// The numbers that each row of a file is looked up by.
    private func asked(_ header: String, _ row: String) throws -> [String] {
        let reading = try Reading(
            "\(header),Start,End,Service\n\(row),1/23/2027 7:30,1/23/2027 9:30,1\n",
            ReadingOptions(now: Date(timeIntervalSince1970: 1_795_608_000)))
        return reading.rows.map { row in
            let queries = row.lookUp?.queries ?? []
            return (queries.map(\.description) + row.findings.map(\.code.rawValue)).joined(separator: ", ")
        }
    }

    @Test(
        "A row without an ID is looked up by every number that it has, an account number first",
        arguments: [
            ("Phone", "(508) 555-0101", "phone 5085550101"), ("Phone", "1-508-555-0101", "phone 5085550101"),
            ("Phone", "\u{200E}508 555 0101", "phone 5085550101"), ("Phone", "none", "missing-value"),
            ("Phone,Mobile", "5085550101,15085550101", "phone 5085550101"),
            ("Mobile,Account #", "5085550101,A-17", "account A-17, phone 5085550101"),
            ("Account", "10488.0", "account 10488"), ("Account", "007", "account 007"),
            ("Customer ID,Phone", "9710,5085550101", ""),
            ("Customer ID,Phone", ",5085550101", "phone 5085550101"),
            ("Customer,Phone", "Ann Lee,5085550101", "phone 5085550101"),
            ("Customer,Phone", "9710,5085550101", ""),
            ("Customer,Phone", "Ann Lee,", "invalid-customer-id"),
            ("Customer,Phone", "3M Company,5085550101", "phone 5085550101"),
            ("Customer,Phone", "9710x,5085550101", "invalid-customer-id"),
            ("Customer,Name", "Ann Lee,x", "invalid-customer-id"),
            ("Customer ID,Phone", "0,", "invalid-customer-id"),
            ("Customer ID,Phone", "N/A,none", "missing-value"),
            ("Customer ID,Phone", "-5,5085550101", "invalid-customer-id"),
            ("Customer ID,Phone", "#REF!,5085550101", "invalid-customer-id"),
            ("Customer ID,Phone", "9.7E+03,5085550101", "invalid-customer-id"),
            ("Customer ID,Phone", "N0ne,5085550101", "invalid-customer-id"),
            ("Customer ID,Phone", "10,5085550101", ""),
            ("Account", "0", "missing-value"), ("Account", "TBD", "missing-value"),
            ("Account", "#N/A", "customer-not-found"),
            ("Account", "00A", "account 00A"), ("Account", "100", "account 100"),
            ("Phone", "5.08E+09", "customer-not-found"), ("Phone", "12", "customer-not-found"),
        ])
    func numbers(header: String, row: String, expected: String) throws {
        #expect(try asked(header, row) == [expected])
    }

    @Test(
        "A word for no number is none, in whatever column it stands",
        arguments: [
            "N/A", "n/a", "#N/A", "-", "--", "—", "0", "000", "0.0", "=\"0\"", "TBD", "none", "None.", "NULL",
            "Unknown",
            "?", "(none)", " ",
        ])
    func noNumber(word: String) throws {
        let word = word.contains("\"") ? "\"" + word.replacing("\"", with: "\"\"") + "\"" : word
        #expect(try asked("Customer ID,Phone", "\(word),5085550101") == ["phone 5085550101"])
        #expect(try asked("Customer ID,Account", "\(word),A-17") == ["account A-17"])
        #expect(try asked("Account,Phone", "\(word),5085550101") == ["phone 5085550101"])
        #expect(try asked("Account,Phone", "A-17,\(word)") == ["account A-17"])
        #expect(try asked("Customer ID,Phone", "9710,\(word)") == [""])
    }

    @Test(
        "A row that is invalid anyway was not asked for, and nothing is said of its customer",
        arguments: [
            ("1/23/2027 9:30", "x", ["invalid-service-type"]),
            ("1/22/2027 9:30", "1", ["end-not-after-start"]),
            ("", "1", ["missing-value"]), ("1/23/2027 9:30", "1", ["customer-not-found"]),
        ], [false, true])
    func invalidAnyway(row: (end: String, service: String, codes: [String]), isStrict: Bool) throws {
        let known = KnownCustomers([try Self.phone("5085550101"): .found(Customer(id: 9001))])
        var options = ReadingOptions(now: Date(timeIntervalSince1970: 1_795_608_000))
        options.knownCustomers = known
        options.isStrict = isStrict
        let reading = try Reading(
            """
            Phone,Start,End,Service
            5085550101,1/23/2027 7:30,1/23/2027 9:30,1
            5085550107,1/23/2027 7:30,\(row.end),\(row.service)

            """, options)
        #expect(reading.codes == row.codes)
        #expect(reading.rows.map(\.row.isValid) == [true, false])
        #expect(reading.rows.first?.row.customerID == 9001)
    }

    @Test("Of an invalid row whose number was asked for all the same, what is known of it is said")
    func invalidAndKnown() throws {
        let phone = try Self.phone("5085550107")
        for (answer, codes) in [
            (CustomerAnswer.notFound(reason: ""), ["customer-not-found", "invalid-service-type"]),
            (.several([1, 2]), ["customer-ambiguous", "invalid-service-type"]),
            (.found(Customer(id: 5)), ["invalid-service-type"]),
        ] {
            var options = ReadingOptions(now: Date(timeIntervalSince1970: 1_795_608_000))
            options.knownCustomers = KnownCustomers([phone: answer])
            let reading = try Reading(
                "Phone,Start,End,Service\n5085550107,1/23/2027 7:30,1/23/2027 9:30,x\n", options)
            #expect(reading.codes == codes)
        }
    }

    @Test(
        "What is wrong with a customer who was found by a number is said of that number's column",
        arguments: [
            ("Phone,Account #", "508-555-0101,A-17", "Account #"), ("Phone", "508-555-0101", "Phone"),
            ("Customer ID,Phone", ",508-555-0101", "Phone"),
            ("Customer ID,Phone", "9001,508-555-0101", "Customer ID"),
        ])
    func column(header: String, row: String, column: String) throws {
        let (phone, account) = (try Self.phone("5085550101"), CustomerQuery.account("A-17"))
        for answer in [
            CustomerAnswer.notFound(reason: ""), .several([1, 2]), .failed(reason: "an empty answer"),
        ] {
            var options = ReadingOptions(now: Date(timeIntervalSince1970: 1_795_608_000))
            options.knownCustomers = KnownCustomers([
                phone: .found(Customer(id: 9001)), account: .found(Customer(id: 9001)),
                .customer(9001): answer,
            ])
            let reading = try Reading(
                "\(header),Start,End,Service\n\(row),1/23/2027 7:30,1/23/2027 9:30,1\n", options)
            #expect(reading.summary == ["customer-not-found \(column)"])
            #expect(reading.findings.first?.fix.contains("correct the ID") != true || column == "Customer ID")
        }
    }

    @Test("Equal numbers stand for one customer as long as nobody is asked, others for another one")
    func placeholder() throws {
        let one = CustomerLookUp(queries: [try Self.phone("(508) 555-0101")])
        let same = CustomerLookUp(queries: [try Self.phone("15085550101")])
        let other = CustomerLookUp(queries: [.account("5085550101")])
        #expect(one.placeholder == same.placeholder && one.placeholder < 0)
        #expect(one.placeholder != other.placeholder)
    }
}
