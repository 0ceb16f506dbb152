import AppointmentLedger
import AppointmentRows
import AppointmentImport
import CSVReading
import Synchronization

/// Shows what is to be said about rows: grouped, then the first ones in full; all of them, as they come, with
/// `--verbose` or as CSV.
///
/// A check's result is its findings. An import's warnings are diagnostics: they are about rows that it posts, so they
/// are shown even where nothing else is.
final class FindingsView: Sendable {
    /// How many errors and how many warnings are shown in full without `--verbose`, and how many groups.
    static let shown = 20
    /// How many different groups are told apart: a fix may be a value's own, and a file has any number of values.
    static let groupLimit = 2_000

    /// How much is left to show at the end.
    enum Ending {
        /// Everything.
        case full
        /// Only what nobody may miss: warnings about rows that were posted.
        case silent
    }

    /// Findings that one sentence can stand for: nobody may take one value's fix for another's.
    private struct Key: Hashable {
        let code: FindingCode
        let severity: Finding.Severity
        let column: String?
        let fix: String

        init(_ finding: Finding) {
            (code, severity, column, fix) = (finding.code, finding.severity, finding.column, finding.fix)
        }
    }

    private struct Group {
        var count = 0
        let first: FileFinding
    }

    /// What is said of one severity.
    private struct Kind {
        var first: [FileFinding] = []
        var total = 0
    }

    private struct State {
        var groups: [Key: Group] = [:]
        var order: [Key] = []
        var kinds: [Finding.Severity: Kind] = [:]
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
            writeCSV(["file", "line", "column", "code", "severity", "value", "message", "fix"])
        }
    }

    func take(_ event: RunEvent) {
        guard case .found(let entry) = event else { return }
        let finding = entry.finding
        state.withLock { state in
            let key = Key(finding)
            if state.groups[key] == nil, state.order.count < Self.groupLimit {
                state.order.append(key)
                state.groups[key] = Group(first: entry)
            }
            state.groups[key]?.count += 1
            state.kinds[finding.severity, default: Kind()].total += 1
            if state.kinds[finding.severity]?.first.count ?? 0 < Self.shown {
                state.kinds[finding.severity]?.first.append(entry)
            }
        }
        if format == .csv {
            writeCSV([
                entry.file, String(finding.line), finding.column ?? "", finding.code.rawValue,
                finding.severity.rawValue, TerminalText.escaped(finding.value), finding.message, finding.fix,
            ])
        } else if isVerbose {
            show(entry)
        }
    }

    /// Shows what was collected.
    func finish(_ ending: Ending = .full) {
        let state = state.withLock { $0 }
        if format == .csv {
            console.writeData(self.state.withLock { $0.writer.drain() })
            return
        }
        switch ending {
        case .full:
            for severity in [Finding.Severity.error, .refused, .warning, .skipped] { show(severity, state) }
        case .silent:
            // Nothing was posted for what was created before.
            let warnings = state.kinds[.warning]?.first.filter { $0.finding.code != .changedSinceCreated }
            if !isCheck, let warnings, !warnings.isEmpty { show(.warning, state) }
        }
    }

    private func show(_ severity: Finding.Severity, _ state: State) {
        guard let kind = state.kinds[severity] else { return }
        let stream = stream(severity)
        let groups = state.order.compactMap { key in state.groups[key].map { (key, $0) } }
            .filter { $0.0.severity == severity && $0.1.count > 1 }.sorted { $0.1.count > $1.1.count }
        for (key, group) in groups.prefix(Self.shown) {
            console.line(TerminalText.escaped(Self.line(key, group)), to: stream)
        }
        if isVerbose { return }
        if severity == .skipped {
            // One line stands for all headings, totals and footers of a file.
            kind.first.filter { state.groups[Key($0.finding)]?.count == 1 }.forEach(show)
            return
        }
        kind.first.forEach(show)
        if kind.total > kind.first.count {
            console.line(
                "… and \(kind.total - kind.first.count) more: "
                    + (isCheck ? "--verbose shows them all" : "stimport check --verbose shows them all"),
                to: stream)
        }
    }

    /// `12 × invalid-service-type in ServiceType, first at line 17: "Instal": did you mean Install?`
    private static func line(_ key: Key, _ group: Group) -> String {
        let finding = group.first.finding
        let value = finding.value.isEmpty ? "" : " \"\(finding.value)\":"
        return "\(group.count) × \(key.code.rawValue)" + (key.column.map { " in \($0)" } ?? "")
            + ", first at line \(finding.line):\(value) \(key.fix)"
    }

    private func stream(_ severity: Finding.Severity) -> Console.Stream {
        severity == .warning && !isCheck ? .diagnostics : .output
    }

    private func show(_ entry: FileFinding) {
        let finding = entry.finding
        let stream = stream(finding.severity)
        let label =
            switch finding.severity {
            case .error, .refused: console.styled(finding.severity.rawValue, .red, on: stream)
            case .warning: console.styled(finding.severity.rawValue, .yellow, on: stream)
            case .skipped: finding.severity.rawValue
            }
        let place = TerminalText.escaped(
            "\(entry.file):\(finding.line)" + (finding.column.map { ", \($0)" } ?? ""))
        let value = finding.value.isEmpty ? "" : TerminalText.escaped(" \"\(finding.value)\"")
        console.line(
            "\(place): \(label) \(finding.code.rawValue)\(value): \(TerminalText.escaped(finding.message))",
            to: stream)
        console.line("  fix: \(TerminalText.escaped(finding.fix))", to: stream)
    }

    private func writeCSV(_ fields: [String]) {
        let bytes = state.withLock { state -> [UInt8] in
            try? state.writer.write(fields.map(RowReport.harmless))
            return state.writer.buffer.count > 1 << 16 ? state.writer.drain() : []
        }
        if !bytes.isEmpty { console.writeData(bytes) }
    }
}
