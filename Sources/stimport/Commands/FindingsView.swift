import AppointmentLedger
import AppointmentRows
import AppointmentImport
import CSVReading
import Synchronization

/// Shows what is to be said about rows: the first ones in full; all of them, as they come, with `--verbose` or as CSV.
/// The reasons that hold for several rows stand in the digest.
///
/// A check's result is its findings. An import's warnings are diagnostics: they are about rows that it posts, so they
/// are shown even where nothing else is.
final class FindingsView: Sendable {
    /// How much is left to show at the end.
    enum Ending {
        /// Everything.
        case full
        /// Only what nobody may miss: warnings about rows that were posted.
        case silent
    }

    private struct State {
        var digest = FindingsDigest()
        var writer = CSVWriter(dialect: .lines)
    }

    private let console: Console
    private let format: OutputFormat
    private let isVerbose: Bool
    private let isCheck: Bool
    private let state = Mutex(State())

    init(_ console: Console, _ settings: Settings, isCheck: Bool) {
        self.console = console
        self.isCheck = isCheck
        format = settings.format
        isVerbose = settings.verbose && !settings.quiet && format == .text
        if format == .csv {
            writeCSV(["file", "line", "column", "code", "severity", "value", "message", "fix", "customer"])
        }
    }

    /// What was collected so far.
    var digest: FindingsDigest { state.withLock { $0.digest } }

    func take(_ event: RunEvent, _ progress: ProgressView) {
        if case .settled(let batch) = event, batch.counts[.inDoubt] > 0 {
            state.withLock { $0.digest.addDoubt(batch.counts[.inDoubt], batch.reason ?? batch.outcome) }
        }
        guard case .found(let entry) = event else { return }
        state.withLock { $0.digest.add(entry) }
        if format == .csv {
            let finding = entry.finding
            writeCSV([
                entry.file, String(finding.line), finding.column ?? "", finding.code.rawValue,
                finding.severity.rawValue, TerminalText.escaped(finding.value), finding.message, finding.fix,
                finding.customer,
            ])
        } else if isVerbose {
            progress.aside { show(entry) }
        }
    }

    /// Shows what was collected.
    ///
    /// - Parameter showsAll: what shows everything.
    func finish(_ ending: Ending = .full, showsAll: String) {
        if format == .csv {
            console.writeData(state.withLock { $0.writer.drain() })
            return
        }
        let digest = digest
        switch ending {
        case .full:
            for severity in Finding.Severity.shown { show(severity, digest, showsAll) }
        case .silent:
            // Nothing was posted for what was created before.
            let warnings = digest.first(.warning).filter { $0.finding.code != .changedSinceCreated }
            if !isCheck, !warnings.isEmpty { show(.warning, digest, showsAll) }
        }
    }

    private func show(_ severity: Finding.Severity, _ digest: FindingsDigest, _ showsAll: String) {
        if severity == .warning {
            for reason in digest.frequent(.warning) {
                console.text(TerminalText.escaped(reason.text), to: stream(severity))
            }
        }
        if isVerbose { return }
        let first = digest.first(severity)
        if severity == .skipped {
            // One line stands for all headings, totals and footers of a file.
            first.filter { digest.count(of: $0.finding) == 1 }.forEach(show)
            return
        }
        first.forEach(show)
        let (known, firstKnown) = (digest.known(severity), digest.firstKnown(severity))
        if known > 0 {
            console.text(
                "\(counted(known, severity == .refused ? "refused row" : severity.rawValue)) known from earlier runs:",
                to: stream(severity))
            firstKnown.forEach(show)
        }
        let hidden = digest.total(severity) - first.count - firstKnown.count
        if hidden > 0 {
            console.text("… and \(grouped(hidden)) more: \(showsAll) shows them all", to: stream(severity))
        }
    }

    private func stream(_ severity: Finding.Severity) -> Console.Stream {
        severity == .warning && !isCheck ? .diagnostics : .output
    }

    private func show(_ entry: FileFinding) {
        let stream = stream(entry.finding.severity)
        for line in entry.lines(console.textStyle(of: stream)) { console.text(line, to: stream) }
    }

    private func writeCSV(_ fields: [String]) {
        let bytes = state.withLock { state -> [UInt8] in
            try? state.writer.write(fields.map(RowReport.neutralizingFormulas))
            return state.writer.buffer.count > 1 << 16 ? state.writer.drain() : []
        }
        if !bytes.isEmpty { console.writeData(bytes) }
    }
}
