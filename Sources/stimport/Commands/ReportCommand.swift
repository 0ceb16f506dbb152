import AppointmentLedger
import AppointmentImport
import SecurityTrax
import SystemFiles

/// `stimport report`: runs again, or every appointment that the ledger knows.
enum ReportCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let selectors: [(flag: String, isGiven: Bool)] = [
            ("--all", settings.all), ("--run", settings.run != nil), ("--last", settings.last != nil),
            ("--since", settings.since != nil),
        ]
        let given = selectors.filter(\.isGiven).map(\.flag)
        guard given.count < 2 else {
            throw UsageError(
                "\(given[0]) and \(given[1]) were given",
                fix: "give one of them; --state and --file narrow it")
        }
        let ledger = try await Ledger.read(settings.ledgerPath)
        try await context.console.warn(of: ledger)
        let content = try await content(ledger, settings)
        try await write(content, context.console, settings)
        return .success
    }

    /// One run as a whole, as `report` and `status` show it.
    static func show(_ number: Int?, _ ledger: Ledger, _ console: Console, _ settings: Settings)
        async throws
    {
        try await write(try await wholeRun(number, ledger), console, settings)
    }

    private static func write(
        _ content: ReportContent, _ console: Console, _ settings: Settings
    ) async throws {
        let output = ReportOutput(
            style: console.textStyle, isForSpreadsheet: settings.excel, text: { console.write($0) },
            data: { console.writeData($0) })
        do {
            try await settings.format.reportWriter.init(content, output).write()
        } catch let error as ImportError {
            throw UsageError(error.message, fix: error.fix)
        }
    }

    // MARK: What is shown

    private static func content(_ ledger: Ledger, _ settings: Settings) async throws -> ReportContent {
        let isNarrowed = settings.state != nil || settings.onlyFile != nil
        if settings.last == nil, settings.since == nil, !settings.all, !isNarrowed {
            return try await wholeRun(settings.run, ledger)
        }
        let filter = ReportContent.Filter(
            states: try settings.state.map { Set(try $0.rowStates()) },
            file: settings.onlyFile)
        if settings.all {
            return ReportContent(runs: [], filter: filter, rows: [ledger.allAppointments()])
        }
        let runs = try await runs(ledger, settings)
        if let name = filter.file,
            !runs.contains(where: { RunReport($0).files.contains { filter.takes(file: $0.name) } })
        {
            throw UsageError(
                "\(runs.count == 1 ? "the run has no" : "none of these runs has a") file named \(name)",
                fix: "stimport status names the files of each run; --last, --since and --run choose others")
        }
        return ReportContent(
            runs: runs.map { RunReport($0) }, filter: filter, rows: runs.map { ledger.rows(ofRun: $0.run) })
    }

    private static func wholeRun(_ number: Int?, _ ledger: Ledger) async throws -> ReportContent {
        guard let run = try await run(number, ledger) else { throw missing(number) }
        let findings = try await ledger.findings(ofRun: run.run, limit: FileFinding.listed)
        let posts = try await ledger.posts(ofRun: run.run)
        return ReportContent(
            run: RunReport(run, findings: findings), posts: posts, rows: ledger.rows(ofRun: run.run))
    }

    private static func runs(_ ledger: Ledger, _ settings: Settings) async throws -> [RunRecord] {
        if let last = settings.last { return try await ledger.runs(limit: last) }
        if let since = try settings.since?.milliseconds(nil) {
            return try await ledger.runs(limit: .max).filter { $0.started >= since }
        }
        guard let run = try await run(settings.run, ledger) else { throw missing(settings.run) }
        return [run]
    }

    /// One run, or the last; nil where there is none.
    private static func run(_ number: Int?, _ ledger: Ledger) async throws -> RunRecord? {
        guard let number = try await number != nil ? number : ledger.lastRun() else { return nil }
        return try await ledger.report(ofRun: number)
    }

    private static func missing(_ number: Int?) -> UsageError {
        UsageError(
            number.map { "the ledger has no run \($0)" } ?? "the ledger has no run yet",
            fix: "stimport status lists the runs")
    }
}
