import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Foundation

/// `stimport status`: the runs, their counts, what is pending or in doubt.
enum StatusCommand: Subcommand {
    /// How many runs are listed without `--verbose`.
    private static let listedRuns = 20
    /// How many are listed for programs, and with `--verbose`.
    private static let allRuns = 1_000

    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let console = context.console
        let ledger = try await Ledger.read(settings.ledgerPath)
        if settings.run != nil {
            try await ReportCommand.show(settings.run, ledger, console, settings)
            return .success
        }
        let isAll = settings.format == .json || settings.verbose
        let runs = try await ledger.runs(limit: isAll ? allRuns : listedRuns + 1)
        let status = LedgerStatus(
            runs: runs.prefix(isAll ? .max : listedRuns).map { RunReport($0) },
            hasMore: !isAll && runs.count > listedRuns, standing: try await ledger.standing(),
            next: settings.nextSteps)
        let overdue =
            settings.check == nil ? [] : try await settings.expectedFiles?.overdue(in: ledger) ?? []
        let health = settings.check.map { status.health(within: $0, overdue: overdue) }
        if settings.format == .json {
            console.line(status.json(health).pretty)
        } else if !settings.quiet {
            // First, where a monitor shows one line.
            if let health { console.line(health.text) }
            for line in status.lines { console.line(line) }
        }
        return health?.status ?? .success
    }
}
