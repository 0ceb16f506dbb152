import SystemFiles
import AppointmentLedger
import AppointmentRows
import AppointmentImport

/// What follows a run: metrics, the command that is told where it did not end well, and the heartbeat service.
struct RunEnd {
    let console: Console
    let settings: Settings
    let ledgerPath: String
    let heartbeat: Heartbeat?
    /// Ends the notify command, and the waiting for the service, early.
    let stop: StopSignal

    /// After a run that has a summary.
    func follow(_ report: RunReport) async {
        await writeMetrics(exit: report.status, report)
        let before = await lastExit(before: report.run)
        let isNotified =
            switch settings.notifyOn {
            case .any: report.status != .success
            case .new: report.hasNews || before.map { report.isRecovery(from: $0) } ?? false
            case .change: report.status != before ?? .success
            case .never: false
            }
        if isNotified { notify(report.json) }
        await heartbeat?.end(report.status, report) { stop.isRequested }
    }

    /// After a run that could not begin.
    func follow(_ status: ExitStatus, message: String) async {
        await writeMetrics(exit: status, nil)
        var empty = RunReport(nothingBegan: status).json
        if case .object(let members) = empty { empty = .object(members + [("error", .text(message))]) }
        switch settings.notifyOn {
        case .any, .new: notify(empty)
        case .change: if await lastExit(before: nil) != status { notify(empty) }
        case .never: break
        }
        await heartbeat?.end(status) { stop.isRequested }
    }

    /// How the import or resume before this one ended; nil where there was none, or it was killed.
    private func lastExit(before run: Int?) async -> ExitStatus? {
        guard settings.notifyCommand != nil, settings.notifyOn != .any else { return nil }
        let exit = try? await Ledger.read(ledgerPath).lastExit(before: run)
        return exit.flatMap { $0 }.flatMap { ExitStatus(rawValue: Int32($0)) }
    }

    private func writeMetrics(exit: ExitStatus, _ report: RunReport?) async {
        guard let path = settings.metrics else { return }
        var metrics = Metrics(exit: exit, summary: report)
        metrics.profile = settings.profile
        do {
            let standing = try await Ledger.read(ledgerPath).standing()
            metrics.lastSuccess = standing.lastSuccess.map { (Double($0) / 1000).rounded() }
            metrics.pending = standing.pendingCount
            metrics.inDoubt = standing.inDoubt
            metrics.held = standing.heldCount
            metrics.toDos = standing.toDos
        } catch {
            metrics.lastSuccess = Metrics.lastSuccess(in: path)
        }
        do throws(FileError) {
            try metrics.write(to: path)
        } catch {
            console.warning(
                "the metrics \(path) can't be written: \(error.reason)",
                fix: "correct --metrics or its folder's permissions; what the run did stays done")
        }
    }

    /// What was typed to find the settings and the ledger: the command's own stimport finds them by it.
    private var variables: [String: String] {
        var variables: [String: String] = [:]
        if settings.origin(\.config).kind == "flag" { variables["STIMPORT_CONFIG"] = settings.config }
        if settings.origin(\.ledger).kind == "flag" { variables["STIMPORT_LEDGER"] = ledgerPath }
        variables["STIMPORT_PROFILE"] = settings.profile
        return variables
    }

    private func notify(_ summary: JSONOutput) {
        guard let command = settings.notifyCommand else { return }
        if let failure = NotifyCommand.run(
            command, input: summary.pretty, variables: variables, limit: settings.commandTimeout, stop: stop)
        {
            console.warning(
                "the notify command failed: \(failure)",
                fix:
                    "run it by hand with a summary on its input: stimport report --format json; what the run did stays done"
            )
        }
    }
}
