import Foundation
import Synchronization
import SecurityTraxSandbox
import Testing

@testable import SecurityTrax

@Suite("Asking for customers")
struct CustomerDirectoryTests {
    static let customers = SandboxCustomers([
        SandboxCustomer(
            id: "7", accountNumber: "AB-7",
            values: [
                "FirstName": "Ann", "LastName": "O'Hara & Co", "Phone2": "(508) 555-0107", "Zip": "01602",
            ]),
        SandboxCustomer(id: "8", values: ["LastName": "Lee", "Phone1": "+1 508 555 0108"]),
        SandboxCustomer(id: "9", values: ["LastName": "Lee", "Phone1": "15085550108"]),
    ])

    static let queries: [CustomerQuery] = [
        .phone(QueryVerdictTests.number("1 (508) 555-0107")), .phone(QueryVerdictTests.number("5085550108")),
        .phone(QueryVerdictTests.number("5085550199")), .account("AB-7"), .account("A & <B>"), .customer(7),
        .customer(10),
    ]
    static let good = [
        "7", "8 or 9", "none: Customer not found", "7", "none: Customer not found", "7",
        "none: Customer not found",
    ]

    /// A server with these faults, and a directory that asks it and does not pause.
    private func make(
        _ faults: [String] = [], customers: SandboxCustomers = customers, password: String = "pass<&>word1",
        maximumBatch: Int? = nil, _ change: (inout CustomerDirectory.Policy) -> Void = { _ in }
    ) throws -> (SandboxServer, CustomerDirectory) {
        let server = try SandboxServer(
            SandboxConfiguration(
                password: password, maximumBatch: maximumBatch, customers: customers,
                faults: try FaultPlan(parsing: faults)))
        var policy = CustomerDirectory.Policy()
        policy.pause = { _ in .zero }
        change(&policy)
        let directory = try CustomerDirectory(
            HTTPClient.Configuration(endpoint: try Endpoint(url: server.endpoint)),
            credentials: server.configuration.credentials, policy: policy)
        return (server, directory)
    }

    private func short(_ result: CustomerDirectory.Result, _ queries: [CustomerQuery] = queries) -> [String] {
        queries.map { QueryVerdictTests.short(result.answers[$0]) }
    }

    @Test("Each query gets its answer, in one post, and nothing is created")
    func answers() async throws {
        let (server, directory) = try make()
        let result = await directory.lookUp(Self.queries + Self.queries)
        #expect(short(result) == Self.good)
        #expect(result.end == nil)
        #expect(result.posts == 1)
        #expect(server.queryPosts == 1)
        #expect(server.queries == Self.queries.count)
        #expect(server.posts == 0)
        #expect(server.createdCount == 0)
        guard case .found(let customer) = result.answers[.customer(7)] else {
            Issue.record("not found")
            return
        }
        #expect(
            customer.record
                == CustomerRecord(
                    firstName: "Ann", lastName: "O'Hara & Co", zip: "01602", phones: ["(508) 555-0107"]))
        if case .found(let customer) = result.answers[Self.queries[0]] { #expect(customer.record == nil) }
    }

    @Test("Nothing to ask is no post")
    func nothing() async throws {
        let (server, directory) = try make()
        let result = await directory.lookUp([])
        #expect(result.answers.isEmpty && result.end == nil && result.posts == 0)
        #expect(server.requests == 0)
    }

    @Test("A thousand rows with 800 distinct numbers are 16 posts of 50")
    func batches() async throws {
        let all = (0..<800).map { String(5_085_550_000 + $0) }
        let customers = SandboxCustomers(
            all.enumerated().map { SandboxCustomer(id: String($0 + 1), values: ["Phone1": $1]) })
        let (server, directory) = try make(customers: customers)
        let told = Mutex<[CustomerQuery: CustomerAnswer]>([:])
        let asked = (0..<1_000).map { CustomerQuery.phone(QueryVerdictTests.number(all[$0 % 800])) }
        let result = await directory.lookUp(asked) { fresh in
            told.withLock { $0.merge(fresh) { _, _ in preconditionFailure("told twice") } }
        }
        #expect(server.queryPosts == 16)
        #expect(server.largestQueryPost == 50)
        #expect(result.answers.count == 800)
        #expect(told.withLock { $0 } == result.answers)
        for (index, phone) in all.enumerated() {
            #expect(
                result.answers[.phone(QueryVerdictTests.number(phone))]
                    == .found(Customer(id: Int64(index + 1))))
        }
    }

    /// Faults that pass or can be got round, and how many posts it takes.
    @Test(
        "What passes, or can be got round, costs posts and no answer",
        arguments: [
            (["503@query x2"], 3), (["close@query@1"], 2), (["reset@query@1-3"], 4),
            (["429:retry-after=0@query x5"], 6),
            (["500@query x5"], 6), (["truncated@query@1"], 8), (["empty@query@1"], 2),
            (["garbage@query@1"], 2),
            (["shuffled@query@1"], 1), (["too-few@query@1"], 2), (["too-many@query@1"], 1),
            (["no-echo@query"], 1),
            (["wrong-type:rows=2@query@1"], 2), (["echo-mismatch@query@1"], 2), (["400@query@1"], 3),
            (["close-in-body@query@1"], 2), (["413@query@1"], 3), (["no-auth@query@1"], 1),
            (["chunked@query"], 1),
            (["stall:seconds=0.01@query"], 1), (["drip:bytes=200@query"], 1),
        ] as [([String], Int)])
    func passing(faults: [String], posts: Int) async throws {
        let (server, directory) = try make(faults)
        let result = await directory.lookUp(Self.queries)
        #expect(short(result) == Self.good, "\(faults)")
        #expect(result.end == nil)
        #expect(result.posts <= posts, "\(faults): \(result.posts)")
        #expect(server.queryPosts == result.posts)
        #expect(server.createdCount == 0)
    }

    @Test("One query that spoils its batch fails alone")
    func oneSpoiled() async throws {
        let (server, directory) = try make(["400@query@customer=5085550199"])
        let result = await directory.lookUp(Self.queries)
        var expected = Self.good
        expected[2] = "failed"
        #expect(short(result) == expected)
        #expect(result.end == nil)
        if case .failed(let reason) = result.answers[Self.queries[2]] { #expect(reason.contains("400")) }
        #expect(server.posts == 0)
    }

    @Test("More than the service takes at once is halved until it fits")
    func smaller() async throws {
        let (server, directory) = try make(maximumBatch: 2)
        #expect(short(await directory.lookUp(Self.queries)) == Self.good)
        #expect(server.largestQueryPost == 7)
    }

    @Test(
        "What does not pass ends the look-up: the rest has failed, and no reason holds the password",
        arguments: [
            ("503@query", "unreachable", 3), ("close@query", "unreachable", 3),
            ("stall@query", "unreachable", 3),
            ("302@query", "wrong", 1), ("redirect@query", "wrong", 1), ("404@query", "wrong", 1),
            ("login-page", "wrong", 1), ("not-http@query", "wrong", 1), ("401@query", "refused", 1),
            ("403@query", "refused", 1),
            ("auth-failure:body=wrong%20pass%3C%26%3Eword1@query", "refused", 1), ("400@query", "wrong", 7),
            ("too-few:rows=100@query", "wrong", 5), ("doctype@query", "unreachable", 3),
            ("huge:bytes=2000000@query", "none", 20),
            ("garbage:body=pass%3C%26%3Eword1@query", "unreachable", 3),
        ])
    func ending(fault: String, expected: String, posts: Int) async throws {
        let server = try SandboxServer(
            SandboxConfiguration(
                password: "pass<&>word1", customers: Self.customers, faults: try FaultPlan(fault)))
        var configuration = HTTPClient.Configuration(endpoint: try Endpoint(url: server.endpoint))
        configuration.answerLimit = 1 << 20
        // Only where nothing is ever answered: that it ends, not when.
        if fault.hasPrefix("stall") { configuration.timeout = .milliseconds(200) }
        var policy = CustomerDirectory.Policy()
        policy.pause = { _ in .zero }
        policy.retries = 2
        let directory = try CustomerDirectory(
            configuration, credentials: server.configuration.credentials, policy: policy)
        let result = await directory.lookUp(Self.queries)
        let end =
            switch result.end {
            case .unreachable: "unreachable"
            case .wrongService: "wrong"
            case .credentialsRefused: "refused"
            case .cancelled: "cancelled"
            case nil: "none"
            }
        #expect(end == expected)
        #expect(result.posts <= posts, "\(result.posts)")
        #expect(Set(result.answers.keys) == Set(Self.queries))
        for answer in result.answers.values {
            guard case .failed(let reason) = answer else {
                Issue.record("\(answer)")
                continue
            }
            #expect(!reason.isEmpty && !reason.contains("word1"), "\(reason)")
        }
        #expect(result.end?.reason.contains("word1") != true)
        #expect(server.createdCount == 0)
    }

    @Test("A redirect's target is never asked")
    func redirect() async throws {
        let target = try SandboxServer()
        let (server, directory) = try make(["redirect:port=\(target.port)@query"])
        #expect(await directory.lookUp(Self.queries).posts == 1)
        #expect(server.queryPosts == 1)
        #expect(target.requests == 0)
    }

    @Test("Nobody there is unreachable, as often as it was tried")
    func nobody() async throws {
        let (server, directory) = try make { $0.retries = 3 }
        server.stop()
        let result = await directory.lookUp(Self.queries)
        guard case .unreachable = result.end else {
            Issue.record("\(String(describing: result.end))")
            return
        }
        #expect(result.posts == 4)
    }

    @Test("Answers that came before the end are kept")
    func keptAnswers() async throws {
        let (server, directory) = try make(["503@query@2-"]) {
            $0.batchSize = 3; $0.retries = 0
        }
        let result = await directory.lookUp(Self.queries)
        #expect(short(result) == Array(Self.good.prefix(3)) + Array(repeating: "failed", count: 4))
        #expect(server.queryPosts == 2)
    }

    @Test(
        "A cancelled look-up ends at once, whatever it waits for",
        arguments: ["hold@query", "429:retry-after=3000@query"])
    func cancelled(fault: String) async throws {
        let (server, directory) = try make([fault])
        let task = Task { await directory.lookUp(Self.queries) }
        while server.queryPosts == 0 { await Task.yield() }
        task.cancel()
        let result = await task.value
        #expect(result.end == .cancelled)
        #expect(result.answers.count == Self.queries.count)
        server.release()
    }

    @Test("Each post waits for its turn")
    func pace() async throws {
        let turns = Mutex(0)
        let (server, directory) = try make {
            $0.batchSize = 2
            $0.pace = { turns.withLock { $0 += 1 } }
        }
        _ = await directory.lookUp(Self.queries)
        #expect(server.queryPosts == 4)
        #expect(turns.withLock { $0 } == 4)
    }

    @Test("The document is the vendor's, and goes to the requester")
    func document() throws {
        let document = RequestDocument(
            credentials: testCredentials, queries: [Self.queries[0], .account("A & <B>"), .customer(7)])
        let read = try ReadRequest(document.bytes)
        #expect(
            read.lines == [
                "root", "root/requests", "root/requests/request GetSystemAuthentication",
                "Username=\(testCredentials.username)", "Password=\(testCredentials.password)",
                "PartnerID=\(testCredentials.partnerID)",
                "root/requests/request AllAccess-GetSecurityTraxUniqueID", "IDType=PhoneNumber",
                "ID=5085550107",
                "root/requests/request AllAccess-GetSecurityTraxUniqueID", "IDType=AccountNumber",
                "ID=A & <B>",
                "root/requests/request AllAccess-GetCustomerStatusBySecurityTraxUniqueID",
                "SecurityTraxUniqueID=7",
            ])
    }
}
