import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Whose row it is")
struct NamedCustomerTests {
    struct Example: Sendable {
        var what: String
        var header: String
        var row: String
        /// What is told; nil where the row says nothing of its customer that can be read.
        var customer: String?
        var arguments: [String] = []
    }

    private static let day = SampleRows.day(12)

    static let examples = [
        Example(
            what: "a wrong service", header: "Customer ID,Start,End,Service",
            row: "9001,DAY 8:00,DAY 9:00,Instal", customer: "9001"),
        Example(
            what: "a wrong time", header: "Service,Customer ID,Start,End",
            row: "Install,9001.0,DAY 8:00,DAY 7:00", customer: "9001"),
        Example(
            what: "a phone", header: "Phone,Start,End,Service",
            row: "(508) 555-0107,DAY 8:00,DAY 9:00,Instal", customer: "phone 5085550107"),
        Example(
            what: "an account", header: "Account Number,Start,End,Service",
            row: "A-17,DAY 8:00,soon,Install", customer: "account A-17"),
        Example(
            what: "an ID that can't be read beside a phone", header: "Customer ID,Phone,Start,End,Service",
            row: "90x01,5085550107,DAY 8:00,DAY 9:00,Install", customer: "phone 5085550107"),
        Example(
            what: "too many fields", header: "Customer ID,Start,End,Service,Notes",
            row: "9001,DAY 8:00,DAY 9:00,Install,ring,twice", customer: "9001"),
        Example(
            what: "no ID", header: "Customer ID,Start,End,Service", row: ",DAY 8:00,DAY 9:00,Install",
            customer: nil),
        Example(
            what: "an ID that can't be read", header: "Customer ID,Start,End,Service",
            row: "Smith,DAY 8:00,DAY 9:00,Install", customer: nil),
        Example(
            what: "a warning made an error", header: "Customer ID,Start,End,Service",
            row: "9001,DAY 1:00,DAY 2:00,Install", customer: "9001", arguments: ["--strict"]),
    ]

    @Test(
        "The customer of a row that is not posted is named wherever something is said of it",
        arguments: examples)
    func named(example: Example) throws {
        let fixture = try SandboxFixture()
        let row = example.row.replacing("DAY", with: Self.day)
        try fixture.folder.write("a.csv", "\(example.header)\n\(row)\n")
        let said = example.customer.map { "a.csv:2, customer \($0)" }
        let check = try fixture.stimport.run(["check", "a.csv"] + example.arguments).stdout
        #expect(said.map(check.contains) ?? !check.contains(", customer "), "\(check)")
        let csv = try fixture.stimport.run(["check", "a.csv", "--format", "csv"] + example.arguments).stdout
        #expect(CSVTable(csv)["customer"].allSatisfy { $0 == example.customer ?? "" }, "\(csv)")
        let run = try fixture.run(["a.csv"] + example.arguments)
        #expect(run.totals == "invalid 1")
        let entry = example.customer.map { "\"customer\": \"\($0)\"" } ?? "\"customer\": null"
        #expect(run.process.stdout.contains(entry), "\(run.process.stdout)")
        let text = try fixture.stimport.run(["a.csv"] + example.arguments).stdout
        #expect(said.map(text.contains) ?? !text.contains(", customer "), "\(text)")
        let reports = try ["text", "html", "csv", "json"].map {
            try fixture.stimport.run("report", "--run", "1", "--state", "invalid", "--format", $0).stdout
        }
        if let customer = example.customer {
            #expect(reports[0].contains("customer \(customer), "), "\(reports[0])")
            #expect(reports[1].contains(customer.hasPrefix("9") ? "customer 900" : "customer \(customer)"))
            #expect(CSVTable(reports[2])["customer"] == [customer])
            #expect(reports[3].contains("\"customer\":\"\(customer)\"") || reports[3].contains(entry))
        }
    }

    @Test("What only the ledger finds names the customer too")
    func ledger() throws {
        let fixture = try SandboxFixture()
        try fixture.write(rows: 1)
        #expect(try fixture.run("a.csv").totals == "created 1")
        let rows = SampleRows.texts(count: 1)[0]
        var later = rows
        later[3] = rows[3].dropLast(2) + "45"
        let row = SampleRows.row(later[0], later[1], later[2], later[3], later[4], later[5], later[6])
        try fixture.folder.write("b.csv", "\(SampleRows.header)\n\(row)\n")
        let text = try fixture.stimport.run("b.csv").stdout
        #expect(text.contains("b.csv:2, customer 9001: error already-booked-differently"), "\(text)")
    }
}
