import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Verifying customers before they are booked")
struct VerifyCustomersTests {
    private static let day = SampleRows.day(12)
    private static let header = "Customer ID,Customer,Phone,Zip,Start,End,Service\n"

    private static func row(_ id: Int, _ name: String, phone: String = "", zip: String = "", at hour: Int = 9)
        -> String
    {
        SampleRows.row("\(id)", name, phone, zip, "\(day) \(hour):00", "\(day) \(hour + 1):00", "Install")
            + "\n"
    }

    private static let customers = SandboxCustomers([
        SandboxCustomer(
            id: "9001",
            values: ["FirstName": "Maria", "LastName": "Alvarez", "Phone1": "5085550101", "Zip": "01602"]),
        SandboxCustomer(id: "9002", values: ["BusinessName": "Whitaker Dental", "Phone1": "5085550102"]),
        SandboxCustomer(id: "9003", values: ["FirstName": "Tom", "LastName": "Okafor", "Zip": "01610"]),
    ])

    private static func fixture(_ faults: [String] = []) throws -> SandboxFixture {
        try SandboxFixture(faults) { $0.customers = customers }
    }

    private static let good =
        header + row(9001, "Alvarez, Maria", phone: "(508) 555-0101", zip: "1602")
        + row(9001, "Maria Alvarez", at: 14)
        + row(9002, "Whitaker Dental LLC", phone: "508-555-0102", zip: "01605")

    @Test("A row of another customer is invalid, and both sides are shown; the others are booked")
    func mismatch() throws {
        let fixture = try Self.fixture()
        try fixture.folder.write(
            "a.csv",
            Self.good + Self.row(9003, "Whitaker Dental") + Self.row(9003, "Tom Okafor", zip: "02101", at: 12)
                + Self.row(9009, "Somebody") + Self.row(9003, "", at: 15))
        let run = try fixture.run("a.csv", "--verify-customers")
        #expect(run.status == 1)
        #expect(run.totals == "created 4, invalid 3")
        #expect(run.codes == ["customer-mismatch", "customer-mismatch", "customer-not-found"])
        let findings = run.summary.findings
        #expect(findings[0].column == "Customer")
        #expect(findings[0].message.contains("Whitaker Dental") && findings[0].message.contains("Tom Okafor"))
        #expect(findings[1].column == "Zip")
        #expect(findings[1].message.contains("02101") && findings[1].message.contains("01610"))
        #expect(findings[2].message.contains("9009"))
        // Each customer once.
        #expect(fixture.server.queries == 4)
        #expect(fixture.server.queryPosts == 1)
        #expect(fixture.server.created.map(\.customerID) == ["9001", "9001", "9002", "9003"])
        // Without it nothing is asked.
        let plain = try Self.fixture()
        try plain.folder.write("a.csv", Self.good + Self.row(9003, "Whitaker Dental"))
        #expect(try plain.run("a.csv").totals == "created 4")
        #expect(plain.server.queries == 0)
    }

    @Test(
        "Where the customers can't be looked up nothing is posted, now or by resume, and the run says why",
        arguments: [
            ("503@query", 5, "unreachable"), ("close@query", 5, "unreachable"),
            ("401@query", 4, "credentials-refused"),
            ("302@query", 5, "wrong-service"), ("login-page@query", 5, "wrong-service"),
            ("too-few:rows=9@query", 5, "wrong-service"),
        ])
    func failing(fault: String, status: Int32, code: String) throws {
        let fixture = try Self.fixture([fault])
        try fixture.folder.write("a.csv", Self.good)
        let run = try fixture.run("a.csv", "--verify-customers", "--retries", "0")
        #expect(run.status == status)
        #expect(run.totals == "pending 3")
        #expect(run.summary.stopped?.code == code)
        #expect(run.summary.stopped?.message.contains("customers could not be looked up") == true)
        #expect(try fixture.run("resume").totals == "")
        #expect(fixture.server.posts == 0)
        fixture.server.setFaults([])
        #expect(try fixture.run("a.csv", "--verify-customers").totals == "created 3")
    }

    @Test("A customer about whom alone there is no clear answer is not booked; the others are")
    func unclear() throws {
        let fixture = try Self.fixture(["400@query@customer=9002"])
        try fixture.folder.write("a.csv", Self.good)
        let run = try fixture.run("a.csv", "--verify-customers")
        #expect(run.status == 1)
        #expect(run.totals == "created 2, invalid 1")
        #expect(run.codes == ["customer-not-found"])
        #expect(run.summary.findings[0].message.contains("400"))
        #expect(fixture.server.created.map(\.customerID) == ["9001", "9001"])
    }

    @Test("The settings file turns it on; a dry run asks nobody")
    func settings() throws {
        let fixture = try Self.fixture()
        try fixture.folder.write("a.csv", Self.header + Self.row(9003, "Whitaker Dental"))
        try fixture.folder.write("settings.json", "{ \"verifyCustomers\": true }")
        let config = fixture.folder.path("settings.json")
        #expect(try fixture.run("a.csv", "--config", config, "--dry-run").totals == "pending 1")
        #expect(fixture.server.queries == 0)
        #expect(try fixture.run("a.csv", "--config", config).codes == ["customer-mismatch"])
    }

    @Test("A file that can't be read is unreadable all the same, and standard input is read but once")
    func inputs() throws {
        let fixture = try Self.fixture()
        try fixture.folder.write("b.csv", "no,columns\n1,2\n")
        #expect(try fixture.run("b.csv", "--verify-customers").status == 3)
        #expect(try fixture.run("-", "--verify-customers", input: Self.good).totals == "created 3")
    }
}
