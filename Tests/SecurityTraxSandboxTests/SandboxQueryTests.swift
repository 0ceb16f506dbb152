import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

@Suite("The sandbox's queries")
struct SandboxQueryTests {
    static let customers = SandboxCustomers([
        SandboxCustomer(
            id: "7", accountNumber: "AB-7",
            values: [
                "FirstName": "Ann", "LastName": "O'Hara & Co", "Phone2": "(508) 555-0107", "Zip": "01602",
            ]),
        SandboxCustomer(id: "8", values: ["LastName": "Lee", "Phone1": "+1 508 555 0108"]),
        SandboxCustomer(id: "9", values: ["LastName": "Lee", "Phone1": "15085550108"], isLead: true),
    ])

    /// A fault, and what each of three queries is answered: `IDS` or a customer, or why none is.
    private func ask(_ queries: [String], _ fault: String = "", echoes: Bool = true) throws -> (
        status: Int?, responses: [String], body: String
    ) {
        let server = try SandboxServer(
            SandboxConfiguration(
                echoesQueries: echoes, customers: Self.customers,
                faults: fault.isEmpty ? [] : try FaultPlan(fault)))
        let client = try RawClient(server)
        client.post(
            Documents.whole(Documents.auth(server) + queries.joined()), path: SandboxServer.requesterPath)
        let answer = client.answer()
        #expect(server.posts == 0)
        #expect(server.createdCount == 0)
        #expect(server.queries == queries.count)
        let responses = answer.body.components(separatedBy: "<response ").dropFirst(2).map { response in
            let ids = response.components(separatedBy: "<SecurityTraxUniqueID>").dropFirst().map {
                $0.prefix { $0 != "<" }
            }
            let reason =
                response.components(separatedBy: "<message>").dropFirst().first?.prefix { $0 != "<" } ?? ""
            return (response.contains("success=\"true\"") ? "yes " : "no ") + ids.joined(separator: " ")
                + reason
        }
        return (answer.status, Array(responses), answer.body)
    }

    @Test(
        "A number is answered by the IDs that it belongs to, an ID by its customer",
        arguments: [
            (Documents.lookUp("PhoneNumber", "5085550107"), "yes 7"),
            (Documents.lookUp("PhoneNumber", "15085550107"), "yes 7"),
            (Documents.lookUp("PhoneNumber", "5085550108"), "yes 8 9"),
            (Documents.lookUp("PhoneNumber", "5085550199"), "no Customer not found"),
            (Documents.lookUp("PhoneNumber", "508-555-0107"), "no ID is not digits only"),
            (Documents.lookUp("AccountNumber", "ab-7"), "yes 7"),
            (Documents.lookUp("AccountNumber", "8"), "no Customer not found"),
            (Documents.lookUp("AccountNumber", ""), "no ID is empty"),
            (Documents.lookUp("Email", "x"), "no IDType is not PhoneNumber or AccountNumber"),
            (Documents.customer("7"), "yes 7"), (Documents.customer("10"), "no Customer not found"),
            (Documents.customer("x"), "no SecurityTraxUniqueID is not a positive integer"),
            (Documents.create("7"), "no Unknown request type"),
        ])
    func answers(query: String, expected: String) throws {
        #expect(try ask([query]).responses == [expected])
    }

    @Test(
        "A customer's record has the sample's elements, and the answer repeats the request with the password")
    func record() throws {
        let body = try ask([Documents.customer("7")]).body
        for part in [
            "<Customer>\n<ID>7</ID>\n<FirstName>Ann</FirstName>", "<LastName>O'Hara &amp; Co</LastName>",
            "<BusinessName></BusinessName>", "<Zip>01602</Zip>", "<Phone2>(508) 555-0107</Phone2>",
            "<SecurityTraxUniqueID>7</SecurityTraxUniqueID>\n</Customer>",
            "<system_request>\n<attribute name=\"SecurityTraxUniqueID\">7</attribute>",
            "<attribute name=\"Password\">sandbox-password</attribute>",
        ] { #expect(body.contains(part), "\(part)") }
        #expect(!(try ask([Documents.customer("7")], echoes: false).body.contains("system_request")))
    }

    @Test(
        "A fault shapes the answers to queries as it does those to creates",
        arguments: [
            ("several", ["yes 7 990000001", "yes 990000002 990000001", "yes 7"]),
            ("several:rows=1", ["yes 7 990000001", "no Customer not found", "yes 7"]),
            ("not-found", ["no Customer not found", "no Customer not found", "no Customer not found"]),
            ("not-found:as=empty,rows=1", ["yes ", "no Customer not found", "yes 7"]),
            ("not-found:as=missing,rows=1", ["yes ", "no Customer not found", "yes 7"]),
            ("too-few@query", ["yes 7", "no Customer not found"]),
            ("shuffled@query", ["yes 7", "no Customer not found", "yes 7"]),
            ("refused@query", Array(repeating: "no Customer not found", count: 3)),
            (
                "refused:body=No%20permission,rows=1@query",
                ["no No permission", "no Customer not found", "yes 7"]
            ),
            ("work-order@query", ["yes 7", "no Customer not found", "yes 7"]),
            ("too-few", ["yes 7", "no Customer not found", "yes 7"]),
            ("auth-failure", []),
        ] as [(String, [String])])
    func faults(fault: String, expected: [String]) throws {
        let queries = [
            Documents.lookUp("PhoneNumber", "5085550107"), Documents.lookUp("PhoneNumber", "5085550199"),
            Documents.customer("7"),
        ]
        #expect(try ask(queries, fault).responses == expected)
    }

    @Test(
        "A post of queries is hit by what says so, and by what strikes before and names no post",
        arguments: [
            ("500", 500, 500), ("500@query", 500, 200), ("500@handshake", 200, 200), ("500@1", 200, 500),
            ("close:after@1", 200, nil), ("500@query@2", 200, 200), ("several", 200, 200),
            ("500@query@customer=5085550107", 500, 200), ("500@query@customer=5085550108", 200, 200),
        ] as [(String, Int?, Int?)])
    func hit(fault: String, query: Int?, create: Int?) throws {
        let server = try SandboxServer(
            SandboxConfiguration(customers: Self.customers, faults: try FaultPlan(fault)))
        var statuses: [Int?] = []
        for (path, request) in [
            (SandboxServer.requesterPath, Documents.lookUp("PhoneNumber", "5085550107")),
            (SandboxServer.path, Documents.create("1")),
        ] {
            let client = try RawClient(server)
            client.post(Documents.whole(Documents.auth(server) + request), path: path)
            statuses.append(client.answer().status)
        }
        #expect(statuses == [query, create])
        #expect(server.queryPosts == 1)
        #expect(server.posts == 1)
    }

    // MARK: Refusals of creates

    @Test(
        "Creates are refused as the vendor's settings might",
        arguments: [
            ("work-order", "no no no no", "work order"),
            ("work-order:ids=2/3", "yes no no yes", "work order"),
            ("lead", "no no no no", "lead"), ("lead:rows=4", "yes yes yes no", "lead"),
            // Rows 1 and 2 are one technician's at one time, row 3 is later, row 4 another technician's.
            ("slot-taken", "yes no yes yes", "slot"), ("lead-time", "yes yes yes yes", ""),
            ("lead-time:hours=100000", "no no no no", "lead time"),
            ("lead-time:hours=100000,body=Too%20soon", "no no no no", "Too soon"),
            ("", "yes yes yes yes", ""),
        ])
    func refusals(fault: String, expected: String, reason: String) throws {
        let server = try SandboxServer(
            SandboxConfiguration(customers: Self.customers, faults: fault.isEmpty ? [] : try FaultPlan(fault))
        )
        let client = try RawClient(server)
        func create(_ customer: String, tech: String, start: String, end: String) -> String {
            Documents.create([
                ("SecurityTraxUniqueID", customer), ("TechID", tech), ("StartTime", start), ("EndTime", end),
                ("ServiceType", "1"), ("ServiceDetailType", ""), ("Notes", ""),
            ])
        }
        let creates = [
            create("1", tech: "12", start: "01/23/2030 8:00", end: "01/23/2030 10:00"),
            create("2", tech: "12", start: "01/23/2030 9:00", end: "01/23/2030 11:00"),
            create("3", tech: "12", start: "01/23/2030 10:00", end: "01/23/2030 11:00"),
            create("4", tech: "13", start: "01/23/2030 9:00", end: "01/23/2030 11:00"),
        ]
        client.post(Documents.whole(Documents.auth(server) + creates.joined()))
        let answer = client.answer()
        let rows = answer.responses.dropFirst().map { $0.contains("true") ? "yes" : "no" }
        #expect(rows.joined(separator: " ") == expected)
        #expect(reason.isEmpty || answer.body.contains(reason))
        #expect(server.createdCount == rows.count { $0 == "yes" })
    }

    @Test("A customer that the table calls a lead gets no appointment")
    func leads() throws {
        let server = try SandboxServer(SandboxConfiguration(customers: Self.customers))
        let client = try RawClient(server)
        client.post(Documents.post(server, ["8", "9"]))
        #expect(client.answer().responses.dropFirst().map { $0.contains("true") } == [true, false])
    }

    // MARK: The table

    @Test(
        "A table of customers is read whatever its columns' order and spelling",
        arguments: [
            "SecurityTraxUniqueID,First Name,last_name,Phone1,Account Number,Other\n7,Ann,Lee,(508) 555-0107,A7,x\n",
            "phone;Account;Customer ID;Name\n1-508-555-0107;A7;007;Ann Lee\n\n",
            "ID,Phone,Mobile,AccountNumber\n7,,5085550107,A7\n",
        ])
    func table(text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("customers.csv", text)
        let server = try SandboxServer(
            SandboxConfiguration(customers: try SandboxCustomers(path: folder.path("customers.csv"))))
        let client = try RawClient(server)
        for query in [Documents.lookUp("PhoneNumber", "5085550107"), Documents.lookUp("AccountNumber", "A7")]
        {
            client.post(Documents.whole(Documents.auth(server) + query), path: SandboxServer.requesterPath)
            #expect(client.answer().body.contains("<SecurityTraxUniqueID>7</SecurityTraxUniqueID>"))
        }
    }

    @Test(
        "A table that can't be read says why",
        arguments: ["", "Name,Phone\nx,1\n", "ID\nx\n", "ID\n0\n", "\u{0}\u{0}"])
    func brokenTable(text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("customers.csv", text)
        let path = folder.path("customers.csv")
        let error = #expect(throws: SandboxError.self) { try SandboxCustomers(path: path) }
        #expect(error?.description.contains(path) == true)
        #expect(throws: SandboxError.self) { try SandboxCustomers(path: path + ".none") }
    }
}
