import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Foundation
import Synchronization

/// Shows how a run goes on: one line on a terminal that is written over, what
/// matters in lines of their own.
final class ProgressLine: Sendable {
    private enum Step {
        case beginning, asking, reading, posting, ending
    }

    private struct State {
        var rows = 0
        var toPost = 0
        var counts = RowCounts()
        var step = Step.beginning
        /// What is on its way: appointments by batch.
        var inFlight: [Int: Int] = [:]
        var isDrawn = false
        var lastDrawn = ContinuousClock.now - .seconds(1)

        /// `posting: 100 of 400, 98 created, 2 refused`
        var line: String {
            if toPost == 0 { return "reading: \(counted(rows, "row"))" }
            var parts = ["\(counts.rows) of \(toPost)"]
            for state in [RowState.created, .refused, .inDoubt] where counts[state] > 0 {
                parts.append("\(counts[state]) \(state.words)")
            }
            return "posting: " + parts.joined(separator: ", ")
        }

        /// How far it is, for somebody who asks.
        var report: String {
            let onTheirWay = inFlight.values.reduce(0, +)
            let posts = onTheirWay == 0 ? "" : ", \(onTheirWay) on their way"
            return switch step {
            case .beginning, .asking: "progress: beginning, nothing was read yet"
            case .reading: "progress: \(line)"
            case .posting: "progress: \(line)\(posts)"
            case .ending: "progress: ending, \(counts.rows) of \(toPost) posted"
            }
        }
    }

    private let console: Console
    /// Whether what the user has to know is said here.
    private let announces: Bool
    private let isShown: Bool
    private let draws: Bool
    private let isVerbose: Bool
    private let state = Mutex(State())

    init(_ console: Console, _ settings: Settings, log: RunLog?) {
        self.console = console
        announces = !settings.quiet && log?.isOnDiagnostics != true
        isShown = announces && !settings.noProgress
        isVerbose = settings.verbose
        draws = isShown && console.isTerminal(.diagnostics)
    }

    func show(_ event: RunEvent) {
        switch event {
        case .began: state.withLock { $0.step = .reading }
        case .understood, .found: break
        case .recovered(let count):
            note(
                "an earlier run ended without settling what it was posting: \(counted(count, "appointment")) in doubt (stimport review)"
            )
        case .resuming(let pending, let elsewhere): resuming(pending, elsewhere)
        case .reading(let rows):
            state.withLock { $0.rows = rows }
            draw()
        case .staged(let toPost):
            state.withLock { state in
                state.toPost = toPost
                state.step = .posting
            }
            draw()
        case .handshake(let handshake):
            if isVerbose || handshake.reason != nil { note(LogEntry(handshake).message) }
        case .posting(let batch, let rows, let attempt):
            state.withLock { $0.inFlight[batch] = rows }
            if isVerbose {
                note(
                    "batch \(batch): posting \(counted(rows, "appointment"))" + (attempt > 0 ? ", again" : "")
                )
            }
        case .settled(let batch): settled(batch)
        case .paused(let pause, let reason):
            note("waiting \(Self.seconds(pause)) before the next post: \(reason)")
        case .delivered: runEnded()
        case .unsettled(let batch, let outcome):
            note("batch \(batch) (\(outcome)) could not be settled in the ledger: its rows will be in doubt")
        }
    }

    /// Says that the wish to stop was heard: settling may take as long as an answer does.
    func showStopping() {
        note(LogEntry.stopping.message, mayWait: false)
    }

    /// Whether somebody is asked for the password: nothing has begun that could be stopped with care.
    var isAsking: Bool { state.withLock { $0.step == .asking } }

    /// The password is asked for, or was.
    func setAsking(_ isAsking: Bool) {
        state.withLock { $0.step = isAsking ? .asking : .beginning }
    }

    /// Nothing is posted any more.
    func runEnded() {
        state.withLock { $0.step = .ending }
    }

    /// Says how far the run is, whether or not progress is shown: somebody asked.
    func tell(_ log: RunLog?) {
        let (text, members) = state.withLock { state in
            (
                state.report,
                [("rows", JSONOutput.integer(state.rows)), ("to_post", .integer(state.toPost))]
                    + RowState.shown.filter { state.counts[$0] > 0 }.map {
                        ($0.name, .integer(state.counts[$0]))
                    }
            )
        }
        say(LogEntry(event: "progress", level: .info, message: text, members: members), log)
    }

    /// Says what a run that ends at once leaves behind.
    func tellLast(_ log: RunLog?) {
        let inFlight = state.withLock { $0.inFlight }
        let count = inFlight.values.reduce(0, +)
        let batches = inFlight.keys.sorted().map { "\($0)" }.joined(separator: ", ")
        let message =
            count == 0
            ? "ended at once: no post was on its way, so nothing has come into doubt; start the same command again"
            : "ended at once: \(counted(count, "appointment")) of batch \(batches) may or may not be in SecurityTrax and will be in doubt; next: stimport review, then start the same command again"
        say(
            LogEntry(
                event: "ended-at-once", level: .warning, message: message,
                members: [("in_doubt", .integer(count))]), log)
    }

    private func say(_ entry: LogEntry, _ log: RunLog?) {
        if let log, log.isOnDiagnostics { return log.add(entry, mayWait: false, always: true) }
        log?.add(entry, mayWait: false)
        clear()
        console.line(TerminalText.escaped("stimport: \(entry.message)"), to: .diagnostics, mayWait: false)
    }

    /// Removes the line before something else is printed.
    func clear() {
        let isDrawn = state.withLock { state in
            defer { state.isDrawn = false }
            return state.isDrawn
        }
        if isDrawn { console.write("\r\u{1B}[K", to: .diagnostics, mayWait: false) }
    }

    private func settled(_ batch: BatchEvent) {
        state.withLock { state in
            state.inFlight[batch.batch] = nil
            state.counts += batch.counts
            // What goes back to pending is counted when it is settled for good.
            state.counts[.pending] = 0
        }
        if batch.counts[.inDoubt] > 0 {
            note("batch \(batch.batch): \(batch.counts[.inDoubt]) in doubt: \(batch.reason ?? batch.outcome)")
        } else if isVerbose {
            let status = batch.status.map { " (HTTP \($0))" } ?? ""
            note("batch \(batch.batch): \(batch.outcome)\(status) after \(Self.seconds(batch.duration))")
        }
        draw()
    }

    private func resuming(_ pending: [PendingRows], _ elsewhere: [PendingRows]) {
        guard announces else { return }
        for text in PendingText.lines(pending, elsewhere) {
            console.line(TerminalText.escaped(text), to: .diagnostics)
        }
    }

    private func note(_ text: String, mayWait: Bool = true) {
        guard isShown else { return }
        clear()
        console.line(TerminalText.escaped(text), to: .diagnostics, mayWait: mayWait)
    }

    private func draw() {
        guard draws else { return }
        let text = state.withLock { state -> String? in
            let now = ContinuousClock.now
            guard now - state.lastDrawn > .milliseconds(100) else { return nil }
            state.lastDrawn = now
            state.isDrawn = true
            return state.line
        }
        if let text { console.writeProgress("\r\u{1B}[K" + text) }
    }

    private static func seconds(_ duration: Duration) -> String {
        duration.formatted(
            .units(allowed: [.hours, .minutes, .seconds, .milliseconds], width: .narrow, maximumUnitCount: 2))
    }
}
