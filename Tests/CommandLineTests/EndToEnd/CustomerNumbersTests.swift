import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("Customers by phone or account number")
struct CustomerNumbersTests {
    private static let day = SampleRows.day(12)

    private static let customers = SandboxCustomers([
        SandboxCustomer(
            id: "9001", accountNumber: "A-17",
            values: [
                "FirstName": "Maria", "LastName": "Alvarez", "Phone1": "5085550101", "Phone2": "5085550201",
            ]),
        SandboxCustomer(
            id: "9002", accountNumber: "1042",
            values: ["BusinessName": "Whitaker Dental", "Phone1": "5085550102"]),
        SandboxCustomer(
            id: "9003", values: ["FirstName": "Tom", "LastName": "Okafor", "Phone1": "5085550103"]),
        SandboxCustomer(
            id: "9004", values: ["FirstName": "Ann", "LastName": "Okafor", "Phone1": "5085550103"]),
    ])

    private static func fixture(_ faults: [String] = []) throws -> SandboxFixture {
        try SandboxFixture(faults) { $0.customers = customers }
    }

    /// A file of one row a line: its fields before the times.
    private static func file(_ header: String, _ rows: [String]) -> String {
        "\(header),Start,End,Service\n"
            + rows.enumerated().map { "\($1),\(day) \(8 + $0):00,\(day) \(9 + $0):00,Install\n" }.joined()
    }

    @Test(
        "A phone or an account number leads to its customer, however it is written",
        arguments: [
            (
                "Phone",
                ["(508) 555-0101", "+1 508.555.0101", "15085550101", "508-555-0101 ext. 3", "5085550201"]
            ),
            ("Mobile Phone", ["5085550101.0", "508 555 0201"]), ("Account Number", ["A-17", " A-17 "]),
            ("Acct #", ["A-17"]), ("Account", ["\"A-17\""]), ("CustomerPhone", ["5085550101"]),
            (
                "Home Phone,Mobile",
                ["5085550999,5085550101", ",5085550101", "5085550101,n/a", "5085550101,5085550201"]
            ),
            ("Account,Primary Phone", ["A-17,5085550201", ",5085550101", "A-17,"]),
            ("Customer ID,Phone", [",5085550101", "9001,5085550103", "9001.0,"]),
            ("Customer,Phone", ["Maria Alvarez,5085550101", "9001,5085550103"]),
        ])
    func found(header: String, rows: [String]) throws {
        let fixture = try Self.fixture()
        try fixture.folder.write("a.csv", Self.file(header, rows))
        let run = try fixture.run("a.csv")
        #expect(run.totals == "created \(rows.count)")
        #expect(run.status == 0)
        #expect(fixture.server.created.map(\.customerID) == rows.map { _ in "9001" })
    }

    @Test(
        "What leads to nobody or to several is not booked, and the number is named; the other rows are booked",
        arguments: [
            ("Phone", "5085550999", "customer-not-found", ["phone 5085550999"]),
            ("Account", "B-1", "customer-not-found", ["account B-1"]),
            ("Phone,Mobile", "5085550998,5085550999", "customer-not-found", ["5085550998", "5085550999"]),
            ("Phone", "call first", "customer-not-found", ["call first"]),
            ("Phone", "508-555-0101 / 508-555-0102", "customer-not-found", ["508-555-0101 / 508-555-0102"]),
            ("Phone", "508-555-0103", "customer-ambiguous", ["5085550103", "9003", "9004"]),
            ("Phone,Mobile", "5085550101,5085550102", "customer-ambiguous", ["5085550101", "9001", "9002"]),
            (
                "Account,Phone", "A-17,5085550102", "customer-ambiguous",
                ["A-17", "9001", "5085550102", "9002"]
            ),
            ("Phone", "", "missing-value", ["Phone"]),
            ("Customer ID,Phone", "12x,5085550101", "invalid-customer-id", ["12x"]),
        ])
    func notFound(header: String, row: String, code: String, named: [String]) throws {
        let fixture = try Self.fixture()
        let others =
            header == "Account"
            ? ["1042"]
            : header.hasSuffix(",Phone") || header.hasSuffix(",Mobile") ? [",5085550102"] : ["5085550102"]
        try fixture.folder.write("a.csv", Self.file(header, [row] + others))
        let run = try fixture.run("a.csv")
        #expect(run.status == 1)
        #expect(run.totals == "created 1, invalid 1")
        #expect(run.codes == [code])
        for text in named { #expect(run.summary.findings[0].message.contains(text)) }
        #expect(fixture.server.created.map(\.customerID) == ["9002"])
    }

    @Test("Each number is asked for once, 50 in a query")
    func batching() throws {
        let fixture = try SandboxFixture { configuration in
            configuration.customers = SandboxCustomers(
                (0..<800).map {
                    SandboxCustomer(id: "\(10_000 + $0)", values: ["Phone1": "508555\(1000 + $0)"])
                })
        }
        try fixture.folder.write(
            "a.csv",
            "Phone,Start,End,Service\n"
                + (0..<1000).map { number in
                    let hour = number < 800 ? 9 : 14
                    return
                        "508-555-\(1000 + number % 800),\(Self.day) \(hour):00,\(Self.day) \(hour + 1):00,Install\n"
                }.joined())
        let run = try fixture.run("a.csv")
        #expect(run.totals == "created 1000")
        #expect(fixture.server.queries == 800)
        #expect(fixture.server.queryPosts == 16)
    }

    @Test("Two rows that lead to one customer meet the same rules as if the ID had been written")
    func sameCustomer() throws {
        let fixture = try Self.fixture()
        let times = "\(Self.day) 9:00,\(Self.day) 10:00,Install\n"
        try fixture.folder.write(
            "a.csv",
            "Customer ID,Phone,Account,Start,End,Service\n" + ",5085550101,," + times + ",,A-17," + times
                + "9001,,," + times)
        #expect(try fixture.run("a.csv").totals == "created 1, duplicate 2")
        try fixture.folder.write("b.csv", "Mobile,Start,End,Service\n5085550201," + times)
        #expect(try fixture.run("b.csv").totals == "already_created 1")
        try fixture.folder.write(
            "c.csv", "Mobile,Start,End,Service\n5085550201,\(Self.day) 9:30,\(Self.day) 11:00,Install\n")
        #expect(try fixture.run("c.csv").codes == ["already-booked-differently"])
        #expect(fixture.server.created.count == 1)
    }

    @Test(
        "Where the numbers can't be looked up nothing is posted and nothing is in doubt; started again, it completes",
        arguments: [
            ("503@query", 5, "unreachable"), ("close@query", 5, "unreachable"),
            ("401@query", 4, "credentials-refused"), ("302@query", 5, "wrong-service"),
            ("login-page@query", 5, "wrong-service"), ("too-few:rows=9@query", 5, "wrong-service"),
        ])
    func failing(fault: String, status: Int32, code: String) throws {
        let fixture = try Self.fixture([fault])
        try fixture.folder.write(
            "a.csv", Self.file("Customer ID,Phone", [",5085550101", ",5085550102", "9003,", ",5085550102"]))
        let run = try fixture.run("a.csv", "--retries", "0")
        #expect(run.status == status)
        #expect(run.totals == "pending 4")
        #expect(run.summary.stopped?.code == code)
        #expect(run.summary.stopped?.message.contains("customers could not be looked up") == true)
        #expect(try fixture.run("resume").totals == "")
        #expect(fixture.server.posts == 0)
        fixture.server.setFaults([])
        #expect(try fixture.run("a.csv").totals == "created 4")
    }

    @Test(
        "An answer is kept as long as it is said to hold; what was not found is asked for again",
        arguments: [
            ([String](), 0), (["--customer-cache", "1h"], 0), (["--customer-cache", "0"], 1),
            (["--customer-cache", "1ms"], 1),
        ])
    func cache(arguments: [String], asked: Int) throws {
        let fixture = try Self.fixture()
        try fixture.folder.write("a.csv", Self.file("Phone", ["5085550101", "5085550999"]))
        #expect(try fixture.run("a.csv").totals == "created 1, invalid 1")
        #expect(fixture.server.queries == 2)
        try fixture.folder.write("b.csv", Self.file("Phone", ["5085550101", "5085550999"]))
        let run = try fixture.run(["b.csv"] + arguments)
        #expect(run.totals == "already_created 1, invalid 1")
        #expect(fixture.server.queries == 3 + asked)
    }

    @Test("A file of IDs asks nobody, whatever its phones say")
    func onlyIDs() throws {
        let fixture = try Self.fixture(["503@query"])
        try fixture.folder.write(
            "a.csv", Self.file("Customer ID,Phone", ["9001,5085550999", "9002,x\u{1}y"]))
        #expect(try fixture.run("a.csv").totals == "created 2")
        #expect(fixture.server.queryPosts == 0)
    }

    @Test(
        "A check without the service counts such rows as valid and says how many need a look-up; a dry run too"
    )
    func check() throws {
        let fixture = try Self.fixture()
        try fixture.folder.write(
            "a.csv", Self.file("Customer ID,Phone", [",5085550101", ",5085550999", "9003,", ",508-555-0101"]))
        for arguments in [["check", "a.csv"], ["a.csv", "--dry-run"]] {
            let run = try fixture.run(arguments)
            #expect(run.status == 0)
            #expect(run.totals == "pending 4")
            let text = try fixture.stimport.run(arguments)
            #expect(text.stdout.contains("3 rows name their customer by phone or account number"))
        }
        #expect(fixture.server.queryPosts == 0)
    }

    @Test("Names are compared with the customer that a number led to")
    func verifying() throws {
        let fixture = try Self.fixture()
        try fixture.folder.write(
            "a.csv", Self.file("Customer,Phone", ["Maria Alvarez,5085550101", "Tom Okafor,5085550102"]))
        let run = try fixture.run("a.csv", "--verify-customers")
        #expect(run.totals == "created 1, invalid 1")
        #expect(run.codes == ["customer-mismatch"])
    }

    // MARK: Without booking

    @Test(
        "check --online says what a posting run would say, creates nothing and keeps nothing but the answers")
    func online() throws {
        let fixture = try Self.fixture()
        let ledger = ["--ledger", fixture.folder.path("ledger.sqlite3")]
        try fixture.folder.write("old.csv", Self.file("Customer ID,Name", ["9001,x"]))
        #expect(try fixture.run(["old.csv"] + ledger).totals == "created 1")
        let runs = try fixture.stimport.run(["status", "--format", "json"] + ledger).stdout
        try fixture.folder.write(
            "a.csv",
            Self.file(
                "Customer ID,Customer Name,Phone",
                [
                    ",Maria Alvarez,5085550101", ",,5085550999", ",,5085550103", ",Ann Lee,5085550102",
                    "9002,Ann Lee,", "9003,Tom Okafor,", ",Whitaker Dental,5085550102",
                ]))
        let check = try fixture.run(["check", "--online", "a.csv"] + ledger)
        #expect(check.status == 1)
        #expect(check.totals == "already_created 1, invalid 4, pending 2")
        #expect(
            check.codes == [
                "customer-not-found", "customer-ambiguous", "customer-mismatch", "customer-mismatch",
            ])
        #expect(check.summary.posts == 0)
        #expect(fixture.server.created.count == 1)
        #expect(try fixture.stimport.run(["status", "--format", "json"] + ledger).stdout == runs)
        #expect(try fixture.stimport.run(["resume"] + ledger).status == 0)
        #expect(fixture.server.created.count == 1)

        // The answers were kept: only what was not found, or not for certain, is asked for again.
        let before = fixture.server.queries
        let run = try fixture.run(["a.csv", "--verify-customers"] + ledger)
        #expect(run.totals == "created 2, already_created 1, invalid 4")
        #expect(run.codes == check.codes)
        // So is the one that the comparison speaks against.
        #expect(fixture.server.queries - before == 2 + 3 + 1)
    }

    @Test(
        "A plain check refuses what only --online has a use for",
        arguments: ["--ledger=x", "--retries=1", "--verify-customers"])
    func plainCheck(flag: String) throws {
        let fixture = try Self.fixture()
        try fixture.folder.write("a.csv", Self.file("Phone", ["5085550101"]))
        let run = try fixture.stimport.run(["check", flag, "a.csv"])
        #expect(run.status == 2)
        #expect(run.stderr.contains("--online"))
    }

    @Test(
        "A check that can't ask says so, and keeps its rows pending",
        arguments: [("503@query", 5), ("401@query", 4), ("login-page@query", 5)])
    func onlineFailing(fault: String, status: Int32) throws {
        let fixture = try Self.fixture([fault])
        try fixture.folder.write("a.csv", Self.file("Phone", ["5085550101", "5085550102"]))
        let run = try fixture.run("check", "--online", "a.csv", "--retries", "0")
        #expect(run.status == status)
        #expect(run.totals == "pending 2")
        #expect(run.summary.stopped?.message.contains("customers could not be looked up") == true)
    }

    // MARK: Which number gave which customer

    @Test("report, find and the rejects file say which number gave which customer")
    func shown() throws {
        let fixture = try Self.fixture()
        let times = "\(Self.day) 9:00,\(Self.day) 10:00"
        try fixture.folder.write(
            "a.csv",
            "Customer ID,Phone,Account,Start,End,Service\n,508-555-0101,,\(times),Install\n,,1042,\(times),Install\n"
                + "9003,,,\(times),Install\n,508-555-0101,,\(times),Instal\n,5085550999,,\(times),Install\n")
        #expect(try fixture.run("a.csv").totals == "created 3, invalid 2")

        let report = try fixture.report()
        #expect(
            report["customer_found"] == [
                "9001 by phone 5085550101", "9002 by account 1042", "", "9001 by phone 5085550101", "",
            ])
        #expect(report["reason"].last?.contains("phone 5085550999") == true)

        let rejects = CSVTable(try fixture.folder.read("a.rejects.csv"))
        #expect(rejects["stimport_reason"].last?.contains("phone 5085550999") == true)

        for word in ["5085550101", "(508) 555-0101", "+1 508 555 0101", "9001"] {
            let found = try fixture.stimport.run("find", word)
            #expect(found.status == 0)
            #expect(found.stdout.contains("customer 9001,"))
            #expect(found.stdout.contains("the customer was found by phone 5085550101"))
        }
        #expect(try fixture.stimport.run("find", "1042").stdout.contains("customer 9002,"))
        let unknown = try fixture.stimport.run("find", "5085550999")
        #expect(unknown.status == 1)

        // A row whose customer was found and that can't be booked for another reason.
        try fixture.folder.write(
            "b.csv", "Phone,Start,End,Service\n5085550201,\(Self.day) 9:30,\(Self.day) 11:00,Install\n")
        #expect(try fixture.run("b.csv").codes == ["already-booked-differently"])
        let second = CSVTable(try fixture.folder.read("b.rejects.csv"))
        #expect(second["stimport_customer"] == ["9001 by phone 5085550201"])
        // Corrected and imported again, it is read as it was.
        let corrected = try fixture.folder.read("b.rejects.csv").replacingOccurrences(
            of: " 9:30", with: " 13:00"
        )
        .replacingOccurrences(of: " 11:00", with: " 14:00")
        try fixture.folder.write("c.csv", corrected)
        #expect(try fixture.run("c.csv").totals == "created 1")
        #expect(fixture.server.created.last?.customerID == "9001")
    }

    @Test(
        "What led to the customer goes along when rows are taken up later, and when their file is set aside")
    func goesAlong() throws {
        let fixture = try Self.fixture()
        try fixture.folder.write("a.csv", Self.file("Phone", ["5085550101", "5085550102"]))
        #expect(try fixture.run("a.csv", "--stop-after", "0s").totals == "pending 2")
        #expect(try fixture.run("resume").totals == "created 2")
        let found = ["9001 by phone 5085550101", "9002 by phone 5085550102"]
        #expect(try fixture.report()["customer_found"] == found)
        #expect(
            try fixture.report("--run", "1")["customer_found"].filter { !$0.isEmpty }.allSatisfy(
                found.contains)
        )

        let times = "\(Self.day) 15:00,\(Self.day) 16:00"
        try fixture.folder.write(
            "b.csv", "Phone,Start,End,Service\n5085550101,\(times),Install\n5085550101,\(times),Instal\n")
        #expect(try fixture.run("b.csv", "--max-invalid", "0").summary.stopped?.code == "max-invalid")
        let rejects = CSVTable(try fixture.folder.read("b.rejects.csv"))
        #expect(rejects["stimport_customer"] == ["9001 by phone 5085550101"])
        #expect(fixture.server.created.count == 2)
    }

    @Test("Killed while it asks, it leaves nothing but answers; started again, it completes")
    func killed() throws {
        let fixture = try Self.fixture(["hold:after@2@query"])
        try fixture.folder.write("a.csv", Self.file("Phone", ["5085550101", "5085550102"]))
        let command = ["a.csv", "--batch-size", "1"]
        let first = try fixture.stimport.start(command)
        #expect(fixture.server.waitForHeld(1))
        first.signal(SIGKILL)
        #expect(first.wait().signal == SIGKILL)
        fixture.server.setFaults([])
        fixture.server.release()
        #expect(try fixture.stimport.run("resume").status == 0)
        #expect(fixture.server.posts == 0)
        let before = fixture.server.queries
        #expect(try fixture.run(command).totals == "created 2")
        // The first answer was kept before the second question was put.
        #expect(fixture.server.queries - before == 1)
    }
}
