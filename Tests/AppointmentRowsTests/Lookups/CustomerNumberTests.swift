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
            ("Phone", "5.08E+09", "customer-not-found"), ("Phone", "12", "customer-not-found"),
        ])
    func numbers(header: String, row: String, expected: String) throws {
        #expect(try asked(header, row) == [expected])
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
