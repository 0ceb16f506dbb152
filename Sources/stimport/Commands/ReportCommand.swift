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
            let ledger = try await Ledger.read(settings.ledgerPath)
            if settings.all { return try await all(ledger, context, settings) }
            let last = try await ledger.lastRun()
            guard let number = settings.run ?? last, let run = try await ledger.report(ofRun: number) else {
                throw UsageError(
                    settings.run.map { "the ledger has no run \($0)" } ?? "the ledger has no run yet",
                    fix: "stimport status lists the runs")
            }
            switch settings.format {
            case .json:
                let findings = try await ledger.findings(ofRun: run.run, limit: 1_000)
                context.console.line(run.json(findings: findings).pretty)
            case .csv where run.pruned != nil:
                throw UsageError(
                    "the rows of run \(run.run) were forgotten (stimport prune): only its counts are left",
                    fix: "stimport report --run \(run.run) shows them; --all has every appointment")
            case .csv: try await csv(ledger.rows(ofRun: run.run), context.console)
            case .html: try await HTMLReport(ledger, context.console).write(run)
            case .text: try await RunText(context.console).show(run, ledger, verbose: settings.verbose)
            }
            return .success
        } catch let error as LedgerError {
            throw CommandFailure(error)
        }
    }

    private static func all(
        _ ledger: Ledger, _ context: CommandContext, _ settings: Settings
    ) async throws -> ExitStatus {
        switch settings.format {
        case .csv: try await csv(ledger.allAppointments(), context.console)
        case .text:
            var counts = RowCounts()
            for try await rows in ledger.allAppointments() {
                for row in rows { counts[row.state] += 1 }
            }
            for state in RowState.shown where counts[state] > 0 {
                context.console.line("\(counts[state]) \(state.words)")
            }
        case .json, .html:
            throw UsageError("report --all has the forms text and csv", fix: "add --format csv")
        }
        return .success
    }

    /// Two passes: the columns of the details are known only after the first.
    private static func csv(_ chunks: LedgerChunks<ReportRow>, _ console: Console) async throws {
        var names: [String] = []
        var known = Set<String>()
        for try await rows in chunks {
            for detail in rows.lazy.flatMap(\.details) where known.insert(detail.name).inserted {
                names.append(detail.name)
            }
        }
        var report = try RowReport(details: names)
        for try await rows in chunks {
            for row in rows { try report.add(row) }
            console.writeData(report.drain())
        }
        console.writeData(report.drain())
    }
}
