import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Synchronization

/// The log of a run: on standard error where that is no terminal, and in the
/// file that `--log` names. The journal gets priorities instead of times.
///
/// With `--quiet`, standard error gets nothing until the run has ended, and then only where it did not end well and
/// has something new to tell: its warnings and errors, its files and its end.
final class RunLog: DiagnosticsLog {
    /// The form of the lines on standard error; nil for none.
    private enum Form: Sendable {
        case text, json, journal
    }

    private struct State {
        var run: Int?
        /// Whether the run is over: what the command says then is said as by any other command.
        var isOver = false
        /// What `--quiet` holds back.
        var heldBack: [String] = []
        var holdsBack: Bool
    }

    /// How many lines `--quiet` holds back at the most: the first ones.
    private static let heldBackLimit = 200

    private let console: Console
    private let file: LogFile?
    private let fileForm: LogFormat
    private let form: Form?
    private let isVerbose: Bool
    /// Whether the summary is printed in the same place: what it says is not said there twice.
    private let precedesSummary: Bool
    private let state: Mutex<State>

    /// Opens the log.
    ///
    /// - Throws: `UsageError` where the file can't be opened.
    init(_ console: Console, _ settings: Settings) throws(UsageError) {
        self.console = console
        file = try settings.log.map { path throws(UsageError) in try LogFile(path) }
        fileForm = settings.logFormat
        isVerbose = settings.verbose
        if settings.logFormat == .json, file == nil || !console.isTerminal(.diagnostics) {
            form = .json
        } else if console.isTerminal(.diagnostics) {
            form = nil
        } else {
            form = console.isJournal ? .journal : .text
        }
        precedesSummary = settings.format == .text && console.isSamePlace && form != .json
        state = Mutex(State(holdsBack: settings.quiet))
    }

    /// Whether standard error shows the log, and a progress line would disturb it.
    var isOnDiagnostics: Bool { form != nil }

    func add(_ event: RunEvent) {
        if case .began(let run) = event { state.withLock { $0.run = run } }
        guard let entry = LogEntry(event) else { return }
        if precedesSummary, event.isInSummary {
            _ = toFile(entry, mayWait: true)
        } else {
            add(entry)
        }
    }

    /// Adds an entry, on standard error too.
    ///
    /// - Parameters:
    ///   - mayWait: false for a thread that must go on, such as the one that handles signals.
    ///   - always: shows it with `--quiet` too: somebody asked for it.
    func add(_ entry: LogEntry, mayWait: Bool = true, always: Bool = false) {
        guard isVerbose || entry.level != .debug else { return }
        let run = toFile(entry, mayWait: mayWait)
        guard let form else { return }
        let text = line(entry, form, run)
        if always { return console.line(text, to: .diagnostics, mayWait: mayWait) }
        show(text, entry.level, mayWait: mayWait)
    }

    /// A warning or an error that the console was about to print.
    ///
    /// - Returns: false where the console shall print it itself.
    func takes(_ level: DiagnosticLevel, _ message: String, fix: String?) -> Bool {
        let entry = LogEntry(
            event: level.name, level: level, message: message + (fix.map { " (fix: \($0))" } ?? ""))
        let run = toFile(entry, mayWait: true)
        guard let form, form != .text || !state.withLock({ $0.isOver }) else { return false }
        show(line(entry, form, run), level)
        return true
    }

    /// Writes the end of a run, and what was held back where `--quiet` tells of it.
    ///
    /// - Parameter isShown: whether standard error shows the figures too; false where a summary has shown them there.
    func end(_ report: RunReport, isShown: Bool) {
        end(isTold: report.isToldQuietly)
        let last = LogEntry(report)
        for entry in report.files.map({ LogEntry($0, of: report) }) + [last] {
            if isShown || form == .json { add(entry) } else { _ = toFile(entry, mayWait: true) }
        }
        if !isShown, let form, form != .json {
            let brief = LogEntry(
                event: last.event, level: last.level,
                message:
                    "\(report.run.map { "run \($0)" } ?? "the run") ended with \(report.status.rawValue) (\(report.words))"
            )
            show(line(brief, form, report.run), brief.level)
        }
        closeFile()
    }

    /// Ends the log of a run that could not begin.
    func end(failing status: ExitStatus) {
        end(isTold: status != .success)
        state.withLock { $0.isOver = true }
        closeFile()
    }

    /// Waits a moment for a reader of the log, and says what it did not get.
    private func closeFile() {
        guard let failure = file?.finish() else { return }
        tellFailure(failure, state.withLock { $0.run }, true)
    }

    /// Ends the holding back.
    private func end(isTold: Bool) {
        let held = state.withLock { state -> [String] in
            guard state.holdsBack else { return [] }
            defer { state.heldBack = [] }
            if !isTold { return [] }
            state.holdsBack = false
            return state.heldBack
        }
        for line in held { console.line(line, to: .diagnostics) }
    }

    private func show(_ line: String, _ level: DiagnosticLevel, mayWait: Bool = true) {
        let isHeld = state.withLock { state in
            let matters = level.rawValue <= DiagnosticLevel.warning.rawValue
            if state.holdsBack, matters, state.heldBack.count < Self.heldBackLimit {
                state.heldBack.append(line)
            }
            return state.holdsBack
        }
        if !isHeld { console.line(line, to: .diagnostics, mayWait: mayWait) }
    }

    private func toFile(_ entry: LogEntry, mayWait: Bool) -> Int? {
        let run = state.withLock { $0.run }
        guard let file else { return run }
        let text = fileForm == .json ? entry.json(run: run) : entry.text
        if let failure = file.append(text, mayWait: mayWait) { tellFailure(failure, run, mayWait) }
        return run
    }

    private func tellFailure(_ failure: String, _ run: Int?, _ mayWait: Bool) {
        let warning = LogEntry(event: "warning", level: .warning, message: failure)
        if let form {
            show(line(warning, form, run), .warning, mayWait: mayWait)
        } else {
            console.line(
                "stimport: warning: \(TerminalText.escaped(failure))", to: .diagnostics, mayWait: mayWait)
        }
    }

    private func line(_ entry: LogEntry, _ form: Form, _ run: Int?) -> String {
        switch form {
        case .text: entry.text
        case .json: entry.json(run: run)
        case .journal: entry.journal
        }
    }
}

extension RunEvent {
    /// Whether the summary says the same again.
    fileprivate var isInSummary: Bool {
        switch self {
        case .remarked, .toDo: true
        case .began, .recovered, .resuming, .understood, .asking, .found, .reading, .staged, .handshake,
            .posting, .settled, .paused, .delivered, .unsettled:
            false
        }
    }
}
