import SystemFiles
import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Synchronization

/// Shows how a run goes on: a few lines at the foot of a terminal that are written over, and what matters in lines of
/// its own, above them.
final class ProgressView: Sendable {
    private struct State {
        var progress = RunProgress()
        /// The lines that stand on the terminal now.
        var drawn: [String] = []
        /// Whether nothing is drawn any more.
        var isOver = false
        /// How many are writing lines of their own at this moment: nothing is drawn meanwhile.
        var writers = 0
    }

    /// How often the lines are looked at again: countdowns count.
    private static let interval = Duration.milliseconds(200)

    private let console: Console
    /// Whether what the user has to know is said here: a log that is shown in the same place says it itself.
    private let announces: Bool
    private let draws: Bool
    private let isVerbose: Bool
    private let next: NextSteps
    private let state = Mutex(State())
    private let start = ContinuousClock.now

    init(_ console: Console, _ settings: Settings, log: RunLog?) {
        self.console = console
        announces = !settings.quiet && log?.isOnDiagnostics != true
        isVerbose = settings.verbose
        draws = announces && !settings.noProgress && console.canBeDrawnOn(.diagnostics)
        next = settings.nextSteps
        guard draws else { return }
        // A thread of its own: it counts on while every other waits.
        try? WorkerThread.start("progress") { [weak self] in
            while self?.draw() ?? false { WorkerThread.sleep(Self.interval) }
        }
    }

    private var now: Duration { ContinuousClock.now - start }

    // MARK: Events

    func show(_ event: RunEvent) {
        state.withLock { $0.progress.take(event, at: now) }
        switch event {
        case .began, .understood, .found, .remarked, .toDo, .reading, .delivered: break
        case .staged: draw()
        case .recovered, .paused, .unsettled: note(event.message)
        case .resuming(let pending, let elsewhere):
            PendingText.lines(pending, elsewhere).forEach { note($0) }
        case .handshake(let handshake):
            if isVerbose || handshake.reason != nil { note(event.message) }
        case .asking:
            if isVerbose { note(event.message) }
        case .posting:
            if isVerbose { note(event.message) }
            draw()
        case .settled(let batch):
            if isVerbose || batch.counts[.inDoubt] > 0 { note(event.message) }
        }
    }

    /// Says that the wish to stop was heard: settling may take as long as an answer does.
    func showStopping() {
        state.withLock { $0.progress.stop() }
        note(LogEntry.stopping.message, mayWait: false)
    }

    /// Whether somebody is asked for the password: nothing has begun that could be stopped with care.
    var isAsking: Bool { state.withLock { $0.progress.phase == .askingPassword } }

    /// The password is asked for, or was.
    func setAsking(_ isAsking: Bool) {
        clear()
        state.withLock { $0.progress.setAsking(isAsking) }
    }

    /// The run is over: removes the lines for good.
    func runEnded() {
        let now = now
        state.withLock { $0.progress.end(at: now) }
        clear(forGood: true)
    }

    // MARK: Asked for

    /// Says how far the run is, whether or not progress is shown: somebody asked.
    func tell(_ log: RunLog?) {
        let now = now
        let progress = state.withLock { $0.progress }
        let counts = RowState.shown.filter { progress.counts[$0] > 0 }
        say(
            LogEntry(
                event: "progress", level: .info, message: progress.sentence(at: now),
                members: [("rows", .integer(progress.rows)), ("to_post", .integer(progress.toPost))]
                    + counts.map { ($0.name, .integer(progress.counts[$0])) }), log)
    }

    /// Says what a run that ends at once leaves behind.
    func tellLast(_ log: RunLog?) {
        let progress = state.withLock { $0.progress }
        clear(forGood: true)
        say(
            LogEntry(
                event: "ended-at-once", level: .warning, message: progress.lastWords(next),
                members: [("in_doubt", .integer(progress.rowsInFlight))]), log)
    }

    private func say(_ entry: LogEntry, _ log: RunLog?) {
        if let log, log.isOnDiagnostics { return log.add(entry, mayWait: false, always: true) }
        log?.add(entry, mayWait: false)
        write("stimport: \(entry.message)", mayWait: false)
    }

    // MARK: The terminal

    private func note(_ text: String?, mayWait: Bool = true) {
        guard announces, let text else { return }
        write(text, mayWait: mayWait)
    }

    /// Writes a line above what is drawn; on a terminal, broken between words.
    private func write(_ text: String, mayWait: Bool) {
        let text = TerminalText.escaped(text)
        let width = console.isTerminal(.diagnostics) ? console.width(.diagnostics) : nil
        let lines = width.map { TextWrap.flow(text, width: $0) } ?? [text]
        // Not under the lock: the thread that handles signals takes it too, and must not wait for a reader.
        let erase = beginWriting(width)
        console.write(erase + lines.joined(separator: "\n") + "\n", to: .diagnostics, mayWait: mayWait)
        endWriting()
    }

    /// Lets somebody else write to the terminal.
    func aside(_ body: () -> Void) {
        let erase = beginWriting(console.width(.diagnostics))
        if !erase.isEmpty { console.write(erase, to: .diagnostics) }
        body()
        endWriting()
    }

    /// - Returns: what removes the lines that are drawn.
    private func beginWriting(_ width: Int?) -> String {
        state.withLock { state in
            state.writers += 1
            defer { state.drawn = [] }
            return Self.erase(state.drawn, width: width)
        }
    }

    private func endWriting() {
        state.withLock { $0.writers -= 1 }
    }

    /// Removes the lines before something else is printed.
    ///
    /// - Parameter forGood: whether nothing is drawn any more.
    func clear(forGood: Bool = false) {
        state.withLock { state in
            if forGood { state.isOver = true }
            guard !state.drawn.isEmpty else { return }
            console.write(
                Self.erase(state.drawn, width: console.width(.diagnostics)), to: .diagnostics, mayWait: false)
            state.drawn = []
        }
    }

    /// - Returns: whether there may be more to draw.
    @discardableResult
    private func draw() -> Bool {
        guard draws else { return false }
        let now = now
        let style = console.textStyle(of: .diagnostics)
        // One less: a line that fills the last column would be wrapped by some terminals.
        let width = max(20, (console.width(.diagnostics) ?? 80) - 1)
        return state.withLock { state in
            guard !state.isOver else { return false }
            guard state.writers == 0 else { return true }
            let plain = state.progress.lines(at: now, width: width)
            // What stands there already is not written again: nothing flickers.
            guard plain != state.drawn, plain != [""] else { return true }
            let lines = state.progress.lines(at: now, width: width, style)
            let text =
                Self.home(state.drawn, width: width + 1)
                + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J"
            if console.writeProgress(text) { state.drawn = plain }
            return true
        }
    }

    /// Leads to the beginning of the first line that is drawn. The terminal may have been made narrower meanwhile, and
    /// may have broken the lines.
    private static func home(_ drawn: [String], width: Int?) -> String {
        guard !drawn.isEmpty else { return "" }
        let width = max(1, width ?? 80)
        let rows = drawn.reduce(0) { $0 + max(1, (DisplayWidth.of($1) + width - 1) / width) }
        return rows > 1 ? "\r\u{1B}[\(rows - 1)A" : "\r"
    }

    private static func erase(_ drawn: [String], width: Int?) -> String {
        drawn.isEmpty ? "" : home(drawn, width: width) + "\u{1B}[J"
    }
}
