import AppointmentLedger
import AppointmentImport
import Foundation
import SecurityTrax

/// `stimport report`: a run again, or every appointment that the ledger knows.
enum ReportCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        if settings.all, settings.run != nil {
            throw UsageError("--all and --run were given", fix: "give one of them")
        }
        do {
            let book = try settings.ledgerBook()
            if settings.all { return try await all(book, context, settings) }
            guard let run = try await book.run(settings.run) else {
                throw UsageError(
                    settings.run.map { "the ledger has no run \($0)" } ?? "the ledger has no run yet",
                    fix: "stimport status lists the runs")
            }
            switch settings.format {
            case .json:
                let findings = try await book.findings(ofRun: run.run, limit: 1_000)
                context.console.line(run.json(findings: findings).pretty)
            case .csv where run.pruned != nil:
                throw UsageError(
                    "the rows of run \(run.run) were forgotten (stimport prune): only its counts are left",
                    fix: "stimport report --run \(run.run) shows them; --all has every appointment")
            case .csv: try await csv(context.console) { try await book.forEachRow(ofRun: run.run, $0) }
            case .html: try await HTMLReport(book, context.console).write(run)
            case .text: try await RunText(context.console).show(run, book, verbose: settings.verbose)
            }
            return .success
        } catch let error as LedgerError {
            throw CommandFailure(error)
        }
    }

    private static func all(
        _ book: LedgerBook, _ context: CommandContext, _ settings: Settings
    ) async throws -> ExitStatus {
        switch settings.format {
        case .csv: try await csv(context.console) { try await book.forEachAppointment($0) }
        case .text:
            let counts = Counter()
            try await book.forEachAppointment { counts.add($0.state) }
            for state in RowState.shown where counts[state] > 0 {
                context.console.line("\(counts[state]) \(state.words)")
            }
        case .json, .html:
            throw UsageError("report --all has the forms text and csv", fix: "add --format csv")
        }
        return .success
    }

    /// Two passes: the columns of the details are known only after the first.
    private static func csv(
        _ console: Console, _ rows: (@escaping @Sendable (ReportRow) throws -> Void) async throws -> Void
    ) async throws {
        let names = NameList()
        try await rows { row in row.details.forEach { names.add($0.name) } }
        let output = try CSVOutput(console, details: names.all)
        try await rows { try output.add($0) }
        output.finish()
    }
}
