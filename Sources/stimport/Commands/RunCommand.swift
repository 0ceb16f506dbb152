import SystemFiles
import AppointmentLedger
import AppointmentRows
import AppointmentImport
import SecurityTrax

/// What `import`, `check` and `resume` share: the run, its progress, its summary.
struct RunCommand {
    let settings: Settings
    let watch: SignalWatch
    private let context: CommandContext
    /// Who is told of the start and the end.
    private let heartbeat: Heartbeat?

    init(_ context: CommandContext, _ settings: Settings, _ heartbeat: Heartbeat? = nil) {
        self.context = context
        self.settings = settings
        self.heartbeat = heartbeat
        watch = SignalWatch(telling: context.profile?.stop)
    }

    private var console: Console { context.console }

    /// Conducts a run and prints how it ended.
    ///
    /// - Parameter credentials: who posts; asked for when everything else is known to be in order.
    func conduct(
        _ importSettings: ImportSettings, credentials: () throws -> Credentials? = { nil },
        preview: DryRunPreview? = nil, _ body: (ImportRun) async throws -> RunReport
    ) async throws -> ExitStatus {
        let log = importSettings.purpose == .check ? nil : try RunLog(console, settings)
        if let log { console.attach(log) }
        // Where nothing is posted, nothing is held up either, and the output is the result.
        console.queueOutput(importSettings.purpose == .post ? .short : .endless)
        if importSettings.purpose == .post { console.oweResult() }
        // What a log shows on standard error, a progress line does not show again.
        let progress = ProgressView(console, settings, log: log)
        let console = console
        watch.follow(
            progress: { progress.tell(log) },
            secondSignal: {
                progress.tellLast(log)
                console.flush(.diagnostics, within: 1)
            })
        watch.stop.onRequest {
            console.stopWaiting()
            if progress.isAsking { return }
            progress.showStopping()
            log?.add(.stopping, mayWait: false)
        }
        watch.end.onRequest { console.stopWaiting() }
        let summary: RunReport
        let findings = FindingsView(console, settings, isCheck: importSettings.purpose == .check)
        do {
            summary = try await run(importSettings, credentials, preview, progress, findings, log, body)
            progress.runEnded()
        } catch {
            progress.runEnded()
            let failure = failure(error)
            let told = CommandFailure(any: failure)
            watch.runEnded(with: told.status)
            await end(of: importSettings)?.follow(told.status, message: told.message)
            log?.end(failing: told.status)
            throw failure
        }
        // The ledger is closed and its lock released: from here on, output may wait for its reader.
        watch.runEnded(with: console.status(telling: summary.status))
        console.waitForReaders(watch.stop.isRequested || watch.end.isRequested ? .short : .endless)
        context.profile?.take(summary)
        show(summary, findings)
        console.flush(.output, within: 2)
        var told = summary
        told.exit = console.status(telling: summary.status)
        await end(of: importSettings)?.follow(told)
        log?.end(told, isShown: !isTold(told))
        return told.status
    }

    /// Whether a summary stands where the log stands too: the same figures are not shown twice there.
    private func isTold(_ report: RunReport) -> Bool {
        settings.format == .text && console.isSamePlace && (!settings.quiet || report.isToldQuietly)
    }

    private func run(
        _ importSettings: ImportSettings, _ credentials: () throws -> Credentials?,
        _ preview: DryRunPreview?, _ progress: ProgressView, _ findings: FindingsView, _ log: RunLog?,
        _ body: (ImportRun) async throws -> RunReport
    ) async throws -> RunReport {
        var importSettings = importSettings
        importSettings.isWatched = console.isTerminal(.diagnostics)
        try ImportRun.check(importSettings)
        progress.setAsking(true)
        importSettings.credentials = try importSettings.credentials ?? credentials()
        progress.setAsking(false)
        let layouts = settings.preview ? LayoutPreview(console, settings) : nil
        let previewBatch = preview.map { preview in
            { @Sendable (batch: [Appointment]) in progress.aside { preview.show(batch) } }
        }
        // What the preview or a log on standard error says is not said again.
        let tellsHeader = layouts == nil && !settings.quiet && log?.isOnDiagnostics != true
        let (console, isText) = (console, settings.format == .text)
        return try await body(
            ImportRun(
                importSettings, stop: watch.stop,
                events: { event in
                    progress.show(event)
                    findings.take(event, progress)
                    if case .understood = event {
                        progress.aside {
                            layouts?.take(event)
                            if tellsHeader { Self.showHeader(event, console, isText: isText) }
                        }
                    }
                    log?.add(event)
                }, preview: previewBatch))
    }

    /// What follows a run that was meant: a rehearsal must neither wake anybody nor look like last night's run.
    private func end(of importSettings: ImportSettings) -> RunEnd? {
        guard importSettings.purpose == .post, case .file(let path, _, _) = importSettings.ledger else {
            return nil
        }
        return RunEnd(
            console: console, settings: settings, ledgerPath: path, heartbeat: heartbeat, stop: watch.end)
    }

    /// Says where a file's header is, if lines stand above it.
    private static func showHeader(_ event: RunEvent, _ console: Console, isText: Bool) {
        guard case .understood(let file, let layout) = event else { return }
        for remark in layout.openingRemarks {
            console.text(TerminalText.escaped("\(file): \(remark)"), to: isText ? .output : .diagnostics)
        }
    }

    private func show(_ summary: RunReport, _ findings: FindingsView) {
        let view = SummaryView(console: console, settings: settings)
        // The stand-in's ledger is gone, and a check has none.
        let showsAll =
            summary.command == "check" || settings.sandbox
            ? "--verbose" : settings.nextSteps.showing(summary)
        switch settings.format {
        case .json:
            context.show(summary.json)
            findings.finish(.silent, showsAll: showsAll)
        case .csv: findings.finish(showsAll: showsAll)
        default:
            if !settings.quiet || summary.isToldQuietly {
                findings.finish(showsAll: showsAll)
                view.show(summary, findings.digest)
            } else {
                findings.finish(.silent, showsAll: showsAll)
            }
        }
        if let failure = summary.failure { console.error(failure.message, fix: failure.fix) }
    }

    /// What kept a run from beginning.
    private func failure(_ error: any Error) -> any Error {
        let interrupted: ExitStatus = watch.stop.requested == SIGTERM ? .terminated : .interrupted
        switch error {
        case is RunStopped:
            return CommandFailure(interrupted, "stopped before anything was read", fix: "start it again")
        case let error as LedgerError:
            if watch.stop.isRequested, error.code == .held {
                return CommandFailure(
                    interrupted, "stopped while waiting for the ledger", fix: "start it again")
            }
            // What fails once posting may have begun is told with the summary.
            let failure = CommandFailure(error)
            return CommandFailure(
                failure.status, "nothing was posted: \(failure.message)", fix: failure.fix)
        case let error as LoginHeldBack:
            return CommandFailure(.credentialsRefused, error.message, fix: error.fix)
        case let error as SecurityTraxError: return UsageError(error.message, fix: error.fix)
        default: return error
        }
    }
}
