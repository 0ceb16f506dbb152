import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// Answers about numbers that are kept, and that are right no more.
@Suite("Kept answers that are stale")
struct StaleCustomersTests {
    private static let day = SampleRows.day(12)

    private static func customer(_ id: String, _ first: String, _ last: String, phone: String)
        -> SandboxCustomer
    {
        SandboxCustomer(id: id, values: ["FirstName": first, "LastName": last, "Phone1": phone])
    }

    private static let before = SandboxCustomers([
        customer("9001", "Maria", "Alvarez", phone: "5085550101"),
        customer("9002", "Tom", "Okafor", phone: "5085550102"),
    ])
    /// The first phone is somebody else's now.
    private static let moved = SandboxCustomers([
        customer("9001", "Maria", "Alvarez", phone: "5085550109"),
        customer("9002", "Tom", "Okafor", phone: "5085550101"),
    ])
    private static let gone = SandboxCustomers([customer("9002", "Tom", "Okafor", phone: "5085550101")])

    private static func row(_ name: String, _ phone: String, at hour: Int) -> String {
        "\(name),\(phone),\(day) \(hour):00,\(day) \(hour + 1):00,Install\n"
    }

    /// A fixture whose ledger keeps what the service said before, and the service as it is now.
    private func later(
        _ customers: SandboxCustomers, refusing: Set<String> = [], reason: String = "Customer does not exist"
    ) throws -> (SandboxFixture, SandboxServer) {
        let fixture = try SandboxFixture { $0.customers = Self.before }
        try fixture.folder.write(
            "a.csv",
            "Customer,Phone,Start,End,Service\n" + Self.row("Maria Alvarez", "5085550101", at: 9)
                + Self.row("Tom Okafor", "5085550102", at: 9))
        #expect(try fixture.run("a.csv").totals == "created 2")
        fixture.server.stop()
        var configuration = fixture.server.configuration
        configuration.port = fixture.server.port
        configuration.customers = customers
        configuration.refusedCustomers = refusing
        configuration.refusalReason = reason
        return (fixture, try SandboxServer(configuration))
    }

    @Test(
        "A kept answer that does not stand up to the comparison is asked for again", arguments: [false, true])
    func askedAgain(isGone: Bool) throws {
        let (fixture, server) = try later(isGone ? Self.gone : Self.moved)
        defer { server.stop() }
        try fixture.folder.write(
            "b.csv", "Customer,Phone,Start,End,Service\n" + Self.row("Tom Okafor", "5085550101", at: 12))
        let check = try fixture.run("check", "b.csv", "--online")
        #expect(check.status == 0 && check.codes == [], "\(check.process.stdout)")
        let run = try fixture.run("b.csv", "--verify-customers")
        #expect(run.totals == "created 1")
        #expect(server.created.map(\.customerID) == ["9002"])
    }

    @Test("One that is right as it was is no excuse: the row is somebody else's")
    func stillAnother() throws {
        let (fixture, server) = try later(Self.before)
        defer { server.stop() }
        try fixture.folder.write(
            "b.csv", "Customer,Phone,Start,End,Service\n" + Self.row("Tom Okafor", "5085550101", at: 12))
        let run = try fixture.run("b.csv", "--verify-customers")
        #expect(run.codes == ["customer-mismatch"])
        let finding = try #require(run.summary.findings.first)
        #expect(finding.column == "Customer" && !finding.fix.contains("customer's ID"))
        #expect(server.posts == 0)
    }

    @Test("Where two numbers of a row disagree because of a kept answer, it is asked for again")
    func contradicted() throws {
        let (fixture, server) = try later(
            SandboxCustomers([
                SandboxCustomer(
                    id: "9002",
                    values: [
                        "FirstName": "Tom", "LastName": "Okafor", "Phone1": "5085550101",
                        "Phone2": "5085550177",
                    ])
            ]))
        defer { server.stop() }
        try fixture.folder.write(
            "b.csv",
            "Phone,Mobile,Start,End,Service\n5085550101,5085550177,\(Self.day) 12:00,\(Self.day) 13:00,Install\n"
        )
        #expect(try fixture.run("b.csv").totals == "created 1")
        #expect(server.created.map(\.customerID) == ["9002"])
    }

    @Test(
        "A kept answer that led to a customer whom the service does not know is forgotten",
        arguments: [
            ("Customer does not exist", "9002"), ("Invalid SecurityTraxUniqueID", "9002"),
            ("No such work order", nil),
        ] as [(String, String?)])
    func forgotten(reason: String, then customer: String?) throws {
        let (fixture, server) = try later(Self.gone, refusing: ["9001"], reason: reason)
        defer { server.stop() }
        try fixture.folder.write(
            "b.csv", "Customer,Phone,Start,End,Service\n" + Self.row("Tom Okafor", "5085550101", at: 12))
        #expect(try fixture.run("b.csv").totals == "refused 1")
        #expect(server.queries == 0)
        let again = try fixture.run("b.csv")
        #expect(again.totals == (customer == nil ? "refused 1" : "created 1"))
        #expect(server.created.map(\.customerID) == [customer].compactMap { $0 })
    }

    @Test("check --online names the column of the number, not one that the file does not have")
    func column() throws {
        let (fixture, server) = try later(SandboxCustomers([]))
        defer { server.stop() }
        try fixture.folder.write(
            "b.csv", "Customer,Phone,Start,End,Service\n" + Self.row("Maria Alvarez", "5085550101", at: 12))
        let check = try fixture.run("check", "b.csv", "--online")
        #expect(check.codes == ["customer-not-found"])
        #expect(check.summary.findings.map(\.column) == ["Phone"])
    }
}
