import AppointmentRows
import ImportFixtures
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentLedger

@Suite("Customers whose numbers lead elsewhere now")
struct FoundVisitsTests {
    private let fixture: LedgerFixture

    init() throws { fixture = try LedgerFixture() }

    private static let header = "Phone,Start,End,Service,Tech\n"

    /// A file of visits of one phone that leads to a customer.
    private func input(_ rows: [String], leadingTo customer: Int64) throws -> RowInput {
        let path = try fixture.folder.write(
            "to\(customer)-\(rows.count).csv", Self.header + rows.map { $0 + "\n" }.joined())
        let phone = try #require(PhoneNumber("5085550107"))
        return RowInput(name: "a.csv") { () throws(InputError) in
            var options = ReadingOptions.test
            options.knownCustomers = KnownCustomers([.phone(phone): .found(Customer(id: customer))])
            return try AppointmentReader(file: InputFile(path), options: options)
        }
    }

    private static let row = "508-555-0107,1/23/2014 9:00,1/23/2014 10:00,Install,5"

    @Test(
        "A visit that was booked for one customer is not booked for another one by the same number",
        arguments: [
            (Self.row, RowState.invalid), ("508-555-0107,1/23/2014 9:30,1/23/2014 10:30,Install,6", .invalid),
            ("508-555-0107,1/23/2014 10:00,1/23/2014 11:00,Install,5", .created),
            ("508-555-0107,1/23/2014 9:00,1/23/2014 10:00,Service,5", .created),
        ])
    func created(row: String, state: RowState) async throws {
        try await fixture.run([try input([Self.row], leadingTo: 9001)], rows: 1, fate: .created)
        let done = try await fixture.run([try input([row], leadingTo: 9002)], rows: 1, fate: .created)
        #expect(done.states == [state])
        #expect(done.codes == (state == .invalid ? ["already-booked-differently"] : []))
        if state == .invalid {
            let message = done.staged.findings[0].finding.message
            #expect(message.contains("leads to customer 9002 now") && message.contains("customer 9001"))
            // It stays so, and the rule can be turned off.
            let again = try await fixture.run([try input([row], leadingTo: 9002)], rows: 1, fate: .created)
            #expect(again.states == [.invalid])
            let both = try await fixture.run(
                [try input([row], leadingTo: 9002)], rows: 1, fate: .created,
                rules: LedgerFixture.rules { $0.allowsRebooking = true })
            #expect(both.states == [.created])
            let known = try await fixture.run([try input([row], leadingTo: 9002)], rows: 1, fate: .created)
            #expect(known.states == [.alreadyCreated])
        }
    }

    @Test("One that waits goes once, whatever rows of its number follow", arguments: ["5", "6"])
    func pendingTwice(tech: String) async throws {
        try await fixture.run([try input([Self.row], leadingTo: 9001)], rows: 1, fate: nil)
        let second = "508-555-0107,1/23/2014 9:00,1/23/2014 10:00,Install,\(tech)"
        let done = try await fixture.run(
            [try input([Self.row, second], leadingTo: 9002)], rows: 2, fate: .created)
        #expect(done.states == [.created, tech == "5" ? .duplicate : .created])
        #expect(try await fixture.ledger.integer("SELECT count(*) FROM appointments WHERE state = 3") == 1)
    }

    @Test("One that waits is posted for whom the number leads to now")
    func pending() async throws {
        try await fixture.run([try input([Self.row], leadingTo: 9001)], rows: 1, fate: nil)
        let done = try await fixture.run([try input([Self.row], leadingTo: 9002)], rows: 1, fate: .created)
        #expect(done.posted.map(\.customerID) == [9002])
        #expect(try await fixture.resume(.created).posted.isEmpty)
    }
}
