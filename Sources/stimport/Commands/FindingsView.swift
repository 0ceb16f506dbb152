import AppointmentImport
import CSVReading
import Synchronization

/// Shows what is to be said about rows: grouped, then the first ones in full; all
/// of them, as they come, with `--verbose` or as CSV.
final class FindingsView: Sendable {
    /// How many findings are shown in full without `--verbose`.
    static let shown = 20

    /// Findings of one code in one column.
    private struct Group {
        var count = 0
        let first: FileFinding
    }

    private struct Key: Hashable {
        let code: FindingCode
        let column: String?
    }

    private struct State {
        var groups: [Key: Group] = [:]
        var order: [Key] = []
        var first: [FileFinding] = []
        var total = 0
        var writer = CSVWriter(dialect: .lines)
    }

    private let console: Console
    private let format: OutputFormat
    private let isVerbose: Bool
    private let state = Mutex(State())

    init(_ console: Console, _ settings: Settings) {
        self.console = console
        format = settings.format
        isVerbose = settings.verbose && !settings.quiet
        if format == .csv {
            writeCSV(["file", "line", "column", "code", "severity", "value", "message", "fix"])
        }
    }

    func take(_ event: RunEvent) {
        guard case .found(let entry) = event else { return }
        state.withLock { state in
            state.total += 1
            let key = Key(code: entry.finding.code, column: entry.finding.column)
            if state.groups[key] == nil {
                state.order.append(key)
                state.groups[key] = Group(first: entry)
            }
            state.groups[key]?.count += 1
            if state.first.count < Self.shown { state.first.append(entry) }
        }
        if format == .csv {
            let finding = entry.finding
            writeCSV([
                entry.file, String(finding.line), finding.column ?? "", finding.code.rawValue,
                finding.severity.rawValue, TerminalText.escaped(finding.value), finding.message, finding.fix,
            ])
        } else if format == .text, isVerbose {
            show(entry)
        }
    }

    /// Shows what was collected.
    func finish() {
        let state = state.withLock { $0 }
        if format == .csv {
            console.writeData(self.state.withLock { $0.writer.drain() })
            return
        }
        let groups = state.order.compactMap { key in state.groups[key].map { (key, $0) } }
        for (key, group) in groups.sorted(by: { $0.1.count > $1.1.count }) where group.count > 1 {
            console.line(TerminalText.escaped(Self.line(key, group)))
        }
        if isVerbose { return }
        state.first.forEach(show)
        if state.total > state.first.count {
            console.line("… and \(state.total - state.first.count) more: --verbose shows them all")
        }
    }

    /// `12 × invalid-service-type in ServiceType, first at line 17: "Instal": did you mean Install?`
    private static func line(_ key: Key, _ group: Group) -> String {
        let finding = group.first.finding
        let value = finding.value.isEmpty ? "" : " \"\(finding.value)\":"
        return "\(group.count) × \(key.code.rawValue)" + (key.column.map { " in \($0)" } ?? "")
            + ", first at line \(finding.line):\(value) \(finding.fix)"
    }

    private func show(_ entry: FileFinding) {
        let finding = entry.finding
        let label =
            switch finding.severity {
            case .error, .refused: console.styled(finding.severity.rawValue, .red)
            case .warning: console.styled(finding.severity.rawValue, .yellow)
            case .skipped: finding.severity.rawValue
            }
        let place = TerminalText.escaped(
            "\(entry.file):\(finding.line)" + (finding.column.map { ", \($0)" } ?? ""))
        let value = finding.value.isEmpty ? "" : TerminalText.escaped(" \"\(finding.value)\"")
        console.line(
            "\(place): \(label) \(finding.code.rawValue)\(value): \(TerminalText.escaped(finding.message))")
        console.line("  fix: \(TerminalText.escaped(finding.fix))")
    }

    private func writeCSV(_ fields: [String]) {
        let bytes = state.withLock { state -> [UInt8] in
            try? state.writer.write(fields.map(RowReport.harmless))
            return state.writer.buffer.count > 1 << 16 ? state.writer.drain() : []
        }
        if !bytes.isEmpty { console.writeData(bytes) }
    }
}
