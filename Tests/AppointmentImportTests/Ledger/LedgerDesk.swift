import Foundation
import SQLiteStore
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentImport

/// One line of a test's file: a visit in January 2014, after the tests' now.
struct Visit: Sendable, CustomTestStringConvertible {
    var customer = 9710
    var tech = "5"
    var from = "07:30"
    var to = "09:30"
    var service = 1
    var detail = "Panel"
    var notes = "Ring twice"
    var day = 23
    var number = ""

    var line: String {
        "\(customer),\(tech),2014-01-\(day) \(from),2014-01-\(day) \(to),\(service),\(detail),\(notes),\(number)"
    }
    var testDescription: String { line }

    static let header =
        "SecurityTraxUniqueID,TechID,StartTime,EndTime,ServiceType,ServiceDetailType,Notes,Number"

    /// The visit with one thing changed.
    func with<Value>(_ path: WritableKeyPath<Visit, Value>, _ value: Value) -> Visit {
        var visit = self
        visit[keyPath: path] = value
        return visit
    }

    static func file(_ visits: [Visit]) -> String {
        ([header] + visits.map(\.line)).joined(separator: "\n") + "\n"
    }
}

/// How a test's rows end that it posts.
enum Fate: String, Sendable, CaseIterable {
    case created, refused, inDoubt, pending

    var settlement: RowSettlement {
        switch self {
        case .created: .created([ResponseDetail(name: "ConfirmationStatusName", value: "Not Confirmed")])
        case .refused: .refused(reason: "no such customer")
        case .inDoubt: .inDoubt(reason: "the answer was cut")
        case .pending: .pending(reason: "busy")
        }
    }
}

/// A real ledger in a folder of its own, with the steps of a run by hand.
final class LedgerDesk {
    static let endpoint = "secure.example/acme/poster"
    /// 2014-01-01 00:00 UTC.
    static let now: Int64 = 1_388_534_400 / 60

    let folder: TemporaryFolder
    let path: String
    private(set) var ledger: Ledger
    private var files = 0

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("ledger.sqlite3")
        ledger = try Ledger.open(path, mustExist: false)
    }

    /// Gives the ledger and its lock up.
    func close() throws {
        ledger = try Ledger.temporary()
    }

    /// As the next process finds it: what was in memory is gone, and the lock is free.
    func reopen() throws {
        ledger = try Ledger.temporary()
        ledger = try Ledger.open(path, mustExist: true)
    }

    static func rules(_ change: (inout StagingRules) -> Void = { _ in }) -> StagingRules {
        var rules = StagingRules(now: now)
        change(&rules)
        return rules
    }

    /// A file of its own as an input.
    func input(_ text: String, named name: String? = nil, identity: Bool = false) throws -> RowInput {
        files += 1
        let path = try folder.write(name ?? "file\(files).csv", text)
        return RowInput(name: name ?? "file\(files).csv") { () throws(InputError) in
            var options = ReadingOptions.test
            // The ledger decides what is past.
            options.identityColumn = identity ? "Number" : nil
            return try AppointmentReader(file: InputFile(path), options: options)
        }
    }

    /// What one run did.
    struct Done {
        var run: Int
        var staged: StagedRun
        /// The run's rows right after it ended, in their order.
        var rows: [ReportRow]
        /// The appointments that it posted.
        var posted: [Appointment]

        var states: [RowState] { rows.map(\.state) }
        var codes: [String] { staged.findings.map(\.finding.code.rawValue) }
    }

    /// One run over files of visits. The fate of nil posts nothing.
    @discardableResult
    func run(
        _ visits: [[Visit]], fate: Fate?, at endpoint: String = endpoint, rules: StagingRules = rules(),
        identity: Bool = false, decision: StagingDecision = .post
    ) async throws -> Done {
        let inputs = try visits.map { try input(Visit.file($0), identity: identity) }
        return try await run(
            inputs, rows: visits.joined().count, fate: fate, at: endpoint, rules: rules, decision: decision)
    }

    /// One run over inputs that have so many readable rows.
    @discardableResult
    func run(
        _ inputs: [RowInput], rows: Int, fate: Fate?, at endpoint: String = endpoint,
        rules: StagingRules = rules(), decision: StagingDecision = .post
    ) async throws -> Done {
        let run = try await ledger.begin(command: "import", endpoint: endpoint)
        let staged = try await ledger.stage(
            inputs, rules: rules, batchSize: 50, decide: { _ in decision }, isStopped: { false },
            progress: { _ in })
        #expect(staged.totals.rows == rows, "each row read is in one state once it is staged")
        var posted: [Appointment] = []
        if let fate, !staged.isAbandoned { posted = try await post(fate) }
        return try await end(run, staged, posted, rows: rows)
    }

    /// Posts all that is left, each batch once.
    func post(_ fate: Fate) async throws -> [Appointment] {
        var posted: [Appointment] = []
        while let batch = try await ledger.claim(.fresh(limit: 50), attempt: 0, now: nil).batch {
            posted += batch.appointments
            try await ledger.settle(
                batch, batch.appointments.map { _ in fate.settlement }, outcome: "answered", status: 200,
                reason: nil)
            if fate == .pending { break }
        }
        return posted
    }

    /// What `resume` does.
    @discardableResult
    func resume(_ fate: Fate?) async throws -> Done {
        let run = try await ledger.begin(command: "resume", endpoint: Self.endpoint)
        let staged = try await ledger.takeUpPending()
        var posted: [Appointment] = []
        if let fate { posted = try await post(fate) }
        return try await end(run, staged, posted, rows: staged.totals.rows)
    }

    private func end(_ run: Int, _ staged: StagedRun, _ posted: [Appointment], rows: Int) async throws -> Done
    {
        var counts = try await ledger.counts(ofRun: run)
        if staged.isAbandoned { for file in staged.files { counts[file.id] = file.counts } }
        let total = counts.values.reduce(into: RowCounts()) { $0 += $1 }
        #expect(total.rows == rows, "each row read is in one state at the end")
        try await ledger.finish(
            Ledger.Ending(
                exit: 0, seconds: 1.25, posts: 1, retries: 0, findingsTotal: staged.findingsTotal,
                counts: counts))
        let record = try #require(try await ledger.run(run))
        #expect(record.totals == total)
        return Done(run: run, staged: staged, rows: try await ledger.rows(ofRun: run), posted: posted)
    }
}

extension Ledger {
    /// A run's rows, as a report shows them.
    func rows(ofRun run: Int) throws -> [ReportRow] {
        guard let files = try fileRange(ofRun: run) else { return [] }
        var rows: [ReportRow] = []
        try forEachRow(ofFiles: files) { rows.append($0) }
        return rows
    }

    /// All appointments, as they are now.
    func appointments() throws -> [ReportRow] {
        var rows: [ReportRow] = []
        try forEachAppointment { rows.append($0) }
        return rows
    }

    /// The stored states, by ID.
    func states() throws -> [Int] {
        let query = try store.prepare("SELECT state FROM appointments ORDER BY id")
        var states: [Int] = []
        while try query.step() { states.append(query.integer(0)) }
        return states
    }

    func execute(_ sql: String) throws { try store.execute(sql) }
    func integer(_ sql: String) throws -> Int? { try store.integer(sql) }
    func text(_ sql: String) throws -> String? { try store.text(sql) }
}
