import AppointmentLedger
import AppointmentRows
import AppointmentImport
import SecurityTrax

/// `stimport status`: the runs, their counts, what is pending or in doubt.
enum StatusCommand: Subcommand {
    /// How many runs are listed without `--verbose`.
    private static let listedRuns = 20
    /// How many are listed for programs, and with `--verbose`.
    private static let allRuns = 1_000

    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let console = context.console
        if settings.hasSeveralLedgers || settings.format == .csv {
            return try await StatusOfLedgers.show(context, settings)
        }
        let ledger = try await ledger(context, settings)
        if settings.run != nil {
            try await console.warn(of: ledger)
            try await ReportCommand.show(settings.run, ledger, console, settings)
            return .success
        }
        let isAll = settings.format == .json || settings.verbose
        let (status, health) = try await read(
            ledger, runs: isAll ? allRuns : nil, settings, next: settings.nextSteps)
        let isWell = health.map { $0.status == .success } ?? true
        let standing = status.standing
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

    /// The ledger. A monitor shows the first line of what is printed, so that it has to say why there is none, too.
    private static func ledger(_ context: CommandContext, _ settings: Settings) async throws -> Ledger {
        do {
            return try await open(settings.ledgerPath, settings)
        } catch {
            if settings.check != nil, settings.format == .text, !settings.quiet, context.profile == nil {
                let code = (error as? LedgerError)?.code
                let word = code == .copy || code == .behind ? "UNUSABLE" : "UNREADABLE"
                context.console.text(TerminalText.escaped("\(word): \(CommandFailure(any: error).message)"))
            }
            throw error
        }
    }

    /// A ledger to be looked at. Whoever asks whether all is well has to know that no run will use it.
    static func open(_ path: String, _ settings: Settings) async throws -> Ledger {
        let ledger = try await Ledger.read(path)
        if settings.check != nil, let objection = try await ledger.objectionToRuns() { throw objection }
        return ledger
    }

    /// What a ledger says, and whether all is well where that was asked.
    ///
    /// - Parameter runs: how many runs are listed; nil for as many as people want to see.
    static func read(
        _ ledger: Ledger, runs limit: Int? = nil, _ settings: Settings, next: NextSteps
    ) async throws -> (LedgerStatus, LedgerStatus.Health?) {
        let runs = try await ledger.runs(limit: limit ?? listedRuns + 1)
        let status = LedgerStatus(
            runs: runs.prefix(limit ?? listedRuns).map { RunReport($0) },
            hasMore: limit == nil && runs.count > listedRuns, standing: try await ledger.standing(),
            next: next,
            // Of several ledgers each has a place of its own.
            endpoint: settings.hasSeveralLedgers ? nil : try settings.resolvedEndpoint()?.identity,
            objection: try await ledger.objectionToRuns())
        guard let age = settings.check else { return (status, nil) }
        let overdue = try await settings.expectedFiles?.overdue(in: ledger) ?? []
        return (status, status.health(within: age, overdue: overdue))
    }
}
