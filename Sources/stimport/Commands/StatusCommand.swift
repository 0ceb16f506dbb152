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
        let standing = try await ledger.standing()
        let status = LedgerStatus(
            runs: runs.prefix(isAll ? .max : listedRuns).map { RunReport($0) },
            hasMore: !isAll && runs.count > listedRuns, standing: standing, next: settings.nextSteps)
        let overdue =
            settings.check == nil ? [] : try await settings.expectedFiles?.overdue(in: ledger) ?? []
        let health = settings.check.map { status.health(within: $0, overdue: overdue) }
        let isWell = health.map { $0.status == .success } ?? true
        let open = [(standing.inDoubt, "in doubt"), (standing.pendingCount, "pending")]
        let needs = open.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
        context.profile?.set { $0.needs = isWell ? needs : [health?.text].compactMap { $0 } }
        if settings.format == .json {
            context.show(status.json(health))
        } else if !settings.quiet {
            // First, where a monitor shows one line.
            if let health { console.text(health.text) }
            for line in status.lines { console.text(line) }
        }
        return health?.status ?? .success
    }
}
