import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// A server that misbehaves as told, a fresh folder, and the real binary between them.
struct SandboxFixture {
    let server: SandboxServer
    var stimport: Stimport
    var folder: TemporaryFolder { stimport.folder }

    /// A fixture whose server has these faults, in the grammar of `Fault`.
    init(_ faults: [String] = [], configure: (inout SandboxConfiguration) -> Void = { _ in }) throws {
        var configuration = SandboxConfiguration(faults: try FaultPlan(parsing: faults))
        configure(&configuration)
        server = try SandboxServer(configuration)
        stimport = try Stimport(for: server)
    }

    /// What one import came to.
    struct Import {
        var process: ProcessOutcome
        var summary: ImportSummary

        var status: Int32? { process.status }
        var totals: String { summary.totals.description }
        /// The codes of its findings, in order.
        var codes: [String] { summary.findings.map(\.code) }
    }

    /// Runs an import, a check or a resume to its end and reads its JSON summary.
    func run(
        _ arguments: String..., input: String = "", environment: [String: String] = [:],
        location: SourceLocation = #_sourceLocation
    ) throws -> Import {
        try run(arguments, input: input, environment: environment, location: location)
    }

    /// Runs an import, a check or a resume to its end and reads its JSON summary.
    func run(
        _ arguments: [String], input: String = "", environment: [String: String] = [:],
        location: SourceLocation = #_sourceLocation
    ) throws -> Import {
        let process = try stimport.run(
            arguments + ["--format", "json"], input: input, environment: environment)
        return try Self.read(process, location: location)
    }

    /// Reads the summary of a run that printed one, and checks what holds for every summary.
    static func read(_ process: ProcessOutcome, location: SourceLocation = #_sourceLocation) throws -> Import
    {
        guard let summary = try? ImportSummary(process.stdout) else {
            Issue.record(
                "no summary; status \(process.status ?? -1), \(process.stdout), \(process.stderr)",
                sourceLocation: location)
            throw NoSummary()
        }
        #expect(summary.version == 2, sourceLocation: location)
        #expect(summary.exit == process.status, sourceLocation: location)
        for counts in summary.files.map(\.counts) + [summary.totals] {
            #expect(counts.states.values.reduce(0, +) == counts.rows, sourceLocation: location)
        }
        #expect(
            summary.files.map(\.counts.rows).reduce(0, +) == summary.totals.rows, sourceLocation: location)
        return Import(process: process, summary: summary)
    }

    struct NoSummary: Error {}

    /// `report --format csv` with these arguments.
    func report(_ arguments: String..., location: SourceLocation = #_sourceLocation) throws -> CSVTable {
        let process = try stimport.run(["report", "--format", "csv"] + arguments)
        #expect(process.status == 0, "\(process.stderr)", sourceLocation: location)
        return CSVTable(process.stdout)
    }

    /// The states in a report, as a summary would count them: `created 4, in_doubt 2`.
    static func totals(_ report: CSVTable) -> String {
        let counts = report.counts(of: "state")
        return ImportSummary.Counts.states.compactMap { state in counts[state].map { "\(state) \($0)" } }
            .joined(separator: ", ")
    }

    /// A CSV file of valid rows for customers 9001, 9002, …
    @discardableResult
    func write(_ name: String = "a.csv", rows: Int, firstCustomer: Int = 9001) throws -> String {
        try folder.write(name, SampleRows.csv(count: rows, firstCustomer: firstCustomer))
    }
}
