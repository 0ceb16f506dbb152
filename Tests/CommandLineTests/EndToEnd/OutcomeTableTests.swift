import SecurityTraxSandbox
import TestSupport
import Testing

/// One line of the table "what one answer means": what goes wrong, and what it comes to.
struct OutcomeCase: Sendable, CustomTestStringConvertible {
    /// What the server does, in the grammar of `Fault`.
    var faults: [String]
    /// Rows in the file: customers 9001, 9002, …
    var rows = 6
    var batchSize = 2
    var arguments: [String] = []
    /// `created 4, in_doubt 2`
    var states: String
    var exit: Int32
    /// Appointments that the server created.
    var created: Int
    var posts: Int
    var retries = 0
    /// The most rows that the server takes in one post.
    var maximumBatch: Int?
    /// Whether the server's answers repeat the requests.
    var echoes = false

    var testDescription: String { "\(faults.joined(separator: " + ")), \(rows) rows" }
}

@Suite("What one answer means, from the file to the exit status")
struct OutcomeTableTests {
    @Test(
        "Nothing was created: the rows are posted again after a pause", arguments: OutcomeTable.refusedForNow)
    func refusedForNow(_ line: OutcomeCase) throws { try check(line) }

    @Test("Nothing was created: the request is made smaller", arguments: OutcomeTable.smaller)
    func smaller(_ line: OutcomeCase) throws { try check(line) }

    @Test("No post would fare better: the run stops with its rows pending", arguments: OutcomeTable.stopping)
    func stopping(_ line: OutcomeCase) throws { try check(line) }

    @Test("The outcome can't be known: the rows are in doubt", arguments: OutcomeTable.unknown)
    func unknown(_ line: OutcomeCase) throws { try check(line) }

    @Test("An answer is believed as far as it can be", arguments: OutcomeTable.answered)
    func answered(_ line: OutcomeCase) throws { try check(line) }

    private func check(_ line: OutcomeCase) throws {
        let fixture = try SandboxFixture(line.faults) {
            $0.maximumBatch = line.maximumBatch
            $0.echoes = line.echoes
        }
        try fixture.write(rows: line.rows)
        let run = try fixture.run(
            ["a.csv", "--batch-size", "\(line.batchSize)", "--retries", "1"] + line.arguments)
        #expect(run.totals == line.states)
        #expect(run.status == line.exit)
        #expect(fixture.server.createdCount == line.created)
        #expect(fixture.server.duplicates == 0)
        #expect(run.summary.posts == line.posts)
        #expect(run.summary.retries == line.retries)
        #expect(run.summary.batches == line.posts)
        // The report tells the same, row by row: each line of the file once.
        let report = try fixture.report()
        #expect(SandboxFixture.totals(report) == line.states)
        #expect(report["line"] == (0..<line.rows).map { "\($0 + 2)" })
        // What the server created is known as created or in doubt, and what is known as created is there.
        let there = Set(fixture.server.created.map(\.customerID))
        for record in report.records.indices {
            let state = report[record, "state"]
            let isThere = there.contains(report[record, "SecurityTraxUniqueID"])
            #expect(!isThere || state == "created" || state == "in_doubt", "\(report.records[record])")
            #expect(isThere || state != "created", "\(report.records[record])")
            let code = ["refused": "refused-by-service", "in_doubt": "outcome-unknown"][state] ?? ""
            #expect(report[record, "code"] == code)
            if state != "pending" { #expect(report[record, "reason"].isEmpty == (state == "created")) }
        }
    }
}

/// The lines of the table, by what they have in common.
enum OutcomeTable {
    static let refusedForNow: [OutcomeCase] = ["429", "503:retry-after=1", "429:retry-after=0"].flatMap {
        fault in
        [
            OutcomeCase(
                faults: ["\(fault)@1"], states: "created 6", exit: 0, created: 6, posts: 4, retries: 1),
            OutcomeCase(
                faults: ["\(fault)@2"], states: "created 6", exit: 0, created: 6, posts: 4, retries: 1),
            OutcomeCase(
                faults: ["\(fault)@1-"], states: "pending 6", exit: 5, created: 0, posts: 2, retries: 1),
            OutcomeCase(
                faults: ["\(fault)@2-"], states: "created 2, pending 4", exit: 5, created: 2, posts: 3,
                retries: 1),
        ]
    }

    static let smaller: [OutcomeCase] =
        tooLarge + ["400", "422"].flatMap(refusedAsWhole) + ["403", "406"].flatMap(blocked)

    private static let tooLarge: [OutcomeCase] =
        [
            // 413 halves the batch, and what follows keeps to the smaller size.
            OutcomeCase(
                faults: [], rows: 6, batchSize: 6, states: "created 6", exit: 0, created: 6, posts: 7,
                retries: 6,
                maximumBatch: 2),
            OutcomeCase(faults: ["413@1"], states: "created 6", exit: 0, created: 6, posts: 7, retries: 2),
            OutcomeCase(faults: ["413@2"], states: "created 6", exit: 0, created: 6, posts: 6, retries: 2),
            // One row alone is refused.
            OutcomeCase(
                faults: ["413@customer=9001"], states: "created 5, refused 1", exit: 1, created: 5, posts: 7,
                retries: 2),
            OutcomeCase(faults: ["413@1-"], rows: 1, states: "refused 1", exit: 1, created: 0, posts: 1),
            // The first two batches down to the last row, the second one as small as the first made it.
            OutcomeCase(
                faults: ["413@1-"], states: "pending 6", exit: 5, created: 0, posts: 4, retries: 2),
            OutcomeCase(
                faults: ["413@1-"], rows: 30, batchSize: 8, states: "pending 30", exit: 5, created: 0,
                posts: 16,
                retries: 14),
        ]

    private static func refusedAsWhole(_ status: String) -> [OutcomeCase] {
        [
            // Bisected until the one row that it refuses stands alone.
            OutcomeCase(
                faults: ["\(status)@customer=9001"], states: "created 5, refused 1", exit: 1, created: 5,
                posts: 5, retries: 2),
            OutcomeCase(
                faults: ["\(status)@customer=9006"], rows: 8, batchSize: 8,
                states: "created 7, refused 1",
                exit: 1, created: 7, posts: 7, retries: 6),
            OutcomeCase(
                faults: ["\(status)@customer=9001", "\(status)@customer=9004"],
                states: "created 4, refused 2",
                exit: 1, created: 4, posts: 7, retries: 4),
            // The first two batches down to the last row: the fault is not in the rows.
            OutcomeCase(
                faults: ["\(status)@1-"], states: "pending 6", exit: 5, created: 0, posts: 6, retries: 4),
            // One batch alone is too little to say so.
            OutcomeCase(
                faults: ["\(status)@1-"], rows: 2, states: "refused 2", exit: 1, created: 0, posts: 3,
                retries: 2),
        ]
    }

    /// Blocked on the way, in a run that was authenticated before: by its handshake or by a batch.
    private static func blocked(_ status: String) -> [OutcomeCase] {
        [
            OutcomeCase(
                faults: ["\(status)@customer=9004"], states: "created 5, refused 1", exit: 1, created: 5,
                posts: 5, retries: 2),
            OutcomeCase(
                faults: ["\(status)@1"], states: "created 6", exit: 0, created: 6, posts: 5, retries: 2),
            OutcomeCase(
                faults: ["\(status)@customer=9004"], arguments: ["--no-handshake"],
                states: "created 5, refused 1", exit: 1, created: 5, posts: 6, retries: 2),
        ]
    }

    static let stopping: [OutcomeCase] = credentials + notProcessed.flatMap(stopped)

    private static let credentials: [OutcomeCase] =
        [
            OutcomeCase(faults: ["401@1"], states: "pending 6", exit: 4, created: 0, posts: 1),
            OutcomeCase(faults: ["401@2-"], states: "created 2, pending 4", exit: 4, created: 2, posts: 2),
            OutcomeCase(
                faults: ["403@1"], arguments: ["--no-handshake"], states: "pending 6", exit: 4, created: 0,
                posts: 1),
            OutcomeCase(faults: ["auth-failure@1"], states: "pending 6", exit: 4, created: 0, posts: 1),
            OutcomeCase(
                faults: ["auth-failure:with-creates@1"], states: "pending 6", exit: 4, created: 0, posts: 1),
            OutcomeCase(
                faults: ["auth-failure@2"], states: "created 2, pending 4", exit: 4, created: 2, posts: 2),
        ]

    /// The endpoint or a setting. A redirect is never followed.
    private static let notProcessed = [
        "301", "307", "308", "404", "405", "407", "410", "411", "414", "415", "417", "421", "426", "428",
        "431", "451",
    ]

    private static func stopped(_ fault: String) -> [OutcomeCase] {
        [
            OutcomeCase(faults: ["\(fault)@1"], states: "pending 6", exit: 5, created: 0, posts: 1),
            OutcomeCase(
                faults: ["\(fault)@2"], states: "created 2, pending 4", exit: 5, created: 2, posts: 2),
        ]
    }

    /// After doubt a single row probes; after a clean answer the full size returns.
    static let unknown: [OutcomeCase] = unclear.flatMap(doubtful) + doubts

    private static let unclear =
        [
            "500", "502", "503", "504", "close", "reset", "redirect", "300", "302", "303", "304", "402",
            "408",
            "409", "418", "423", "424", "425", "499", "login-page",
            "close-in-headers", "close-in-body", "broken-chunk", "not-http", "empty", "garbage",
        ]

    private static func doubtful(_ fault: String) -> [OutcomeCase] {
        ["before", "after"].flatMap { place -> [OutcomeCase] in
            let isCreated = place == "after"
            return [
                OutcomeCase(
                    faults: ["\(fault):\(place)@1"], states: "created 4, in_doubt 2", exit: 6,
                    created: isCreated ? 6 : 4, posts: 4),
                OutcomeCase(
                    faults: ["\(fault):\(place)@2"], states: "created 4, in_doubt 2", exit: 6,
                    created: isCreated ? 6 : 4, posts: 4),
            ]
        }
    }

    private static let doubts: [OutcomeCase] = [
        OutcomeCase(
            faults: ["partial:rows=1@1"], states: "created 4, in_doubt 2", exit: 6, created: 5, posts: 4),
        // Doubt behind the status of something else stays doubt.
        OutcomeCase(
            faults: ["599:after@2"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
        // Three doubtful batches in a row: two rows, a probe, a probe.
        OutcomeCase(faults: ["close@1-"], states: "in_doubt 4, pending 2", exit: 6, created: 0, posts: 3),
        // Before anything was authenticated, 406 may be about the answer to what was done.
        OutcomeCase(
            faults: ["406@1"], arguments: ["--no-handshake"], states: "created 5, in_doubt 1", exit: 6,
            created: 5, posts: 4),
        OutcomeCase(
            faults: ["500:after"], states: "in_doubt 4, pending 2", exit: 6, created: 4, posts: 3),
        OutcomeCase(
            faults: ["500@2-"], rows: 8, states: "created 2, in_doubt 4, pending 2", exit: 6, created: 2,
            posts: 4),
        // A clean answer in between starts the count anew.
        OutcomeCase(
            faults: ["500@1-2", "500@4-5"], rows: 8, states: "created 2, in_doubt 6", exit: 6, created: 2,
            posts: 6),
        // No answer in time.
        OutcomeCase(
            faults: ["stall@1"], rows: 1, arguments: ["--timeout", "5"], states: "in_doubt 1", exit: 6,
            created: 0,
            posts: 1),
        OutcomeCase(
            faults: ["stall:after"], rows: 1, arguments: ["--timeout", "5"], states: "in_doubt 1",
            exit: 6,
            created: 1, posts: 1),
        // What SecurityTrax refuses needs nobody's verdict, but what is in doubt does.
        OutcomeCase(
            faults: ["refused:rows=1@1", "close@2"], states: "created 3, refused 1, in_doubt 2", exit: 6,
            created: 3,
            posts: 4),
    ]

    static let answered: [OutcomeCase] = [
        OutcomeCase(faults: [], states: "created 6", exit: 0, created: 6, posts: 3),
        OutcomeCase(faults: ["chunked"], states: "created 6", exit: 0, created: 6, posts: 3),
        OutcomeCase(faults: ["drip:bytes=64,seconds=0"], states: "created 6", exit: 0, created: 6, posts: 3),
        OutcomeCase(faults: ["close-idle"], states: "created 6", exit: 0, created: 6, posts: 3),
        OutcomeCase(faults: ["close-next"], states: "created 6", exit: 0, created: 6, posts: 3),
        OutcomeCase(faults: ["refused"], states: "refused 6", exit: 1, created: 0, posts: 3),
        OutcomeCase(
            faults: ["refused:rows=2@1"], states: "created 5, refused 1", exit: 1, created: 5, posts: 3),
        OutcomeCase(faults: ["refused@2"], states: "created 4, refused 2", exit: 1, created: 4, posts: 3),
        // Every echo matches exactly one row, in whatever order.
        OutcomeCase(faults: [], states: "created 6", exit: 0, created: 6, posts: 3, echoes: true),
        OutcomeCase(
            faults: ["shuffled"], rows: 9, batchSize: 3, states: "created 9", exit: 0, created: 9, posts: 3,
            echoes: true),
        OutcomeCase(faults: ["no-echo"], states: "created 6", exit: 0, created: 6, posts: 3, echoes: true),
        // Any status whose body holds create responses is read like a 200.
        OutcomeCase(faults: ["500:with-document,after"], states: "created 6", exit: 0, created: 6, posts: 3),
        OutcomeCase(faults: ["400:with-document,after"], states: "created 6", exit: 0, created: 6, posts: 3),
        OutcomeCase(
            faults: ["302:with-document,after@2"], states: "created 6", exit: 0, created: 6, posts: 3),
        // An answer that authenticates nobody, and creates all the same.
        OutcomeCase(
            faults: ["auth-failure:with-creates,after@1"], states: "created 6", exit: 0, created: 6, posts: 3),
        // Only what has a trustworthy answer of its own is believed.
        OutcomeCase(
            faults: ["echo-mismatch@1"], states: "created 5, in_doubt 1", exit: 6, created: 6, posts: 4),
        OutcomeCase(
            faults: ["echo-time-mismatch:rows=2@1"], states: "created 5, in_doubt 1", exit: 6, created: 6,
            posts: 4),
        OutcomeCase(
            faults: ["too-few@1"], rows: 9, batchSize: 3, states: "created 8, in_doubt 1", exit: 6,
            created: 9, posts: 4, echoes: true),
        OutcomeCase(
            faults: ["too-few@1"], rows: 9, batchSize: 3, states: "created 6, in_doubt 3", exit: 6,
            created: 9, posts: 4),
        OutcomeCase(
            faults: ["too-many@1"], states: "created 6", exit: 0, created: 6, posts: 3, echoes: true),
        OutcomeCase(faults: ["too-many@1"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
        OutcomeCase(
            faults: ["duplicate@1"], rows: 9, batchSize: 3, states: "created 7, in_doubt 2", exit: 6,
            created: 9, posts: 4, echoes: true),
        OutcomeCase(faults: ["no-auth@1"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
        OutcomeCase(
            faults: ["missing-success:rows=1@1"], states: "created 5, in_doubt 1", exit: 6, created: 6,
            posts: 4),
        OutcomeCase(
            faults: ["maybe:rows=2@2"], states: "created 5, in_doubt 1", exit: 6, created: 6, posts: 4),
        OutcomeCase(faults: ["maybe@1"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
        OutcomeCase(faults: ["wrong-type@1"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
        // A document that was received in full and stops early: the first response is complete.
        OutcomeCase(
            faults: ["truncated@1"], rows: 9, batchSize: 3, states: "created 7, in_doubt 2", exit: 6,
            created: 9, posts: 4, echoes: true),
        OutcomeCase(
            faults: ["truncated@1"], rows: 9, batchSize: 3, states: "created 6, in_doubt 3", exit: 6,
            created: 9, posts: 4),
        OutcomeCase(
            faults: ["truncated:bytes=200@1"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
        // Nothing of a document with a DTD, and nothing past our cap, is read.
        OutcomeCase(faults: ["doctype@1"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
        OutcomeCase(
            faults: ["external-entity@1"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
        OutcomeCase(faults: ["huge@1"], states: "created 4, in_doubt 2", exit: 6, created: 6, posts: 4),
    ]
}
