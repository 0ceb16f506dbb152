import AppointmentImport
import Foundation
import Synchronization

/// Shows how a run goes on: one line on a terminal that is written over, what
/// matters in lines of their own.
final class ProgressLine: Sendable {
    private struct State {
        var rows = 0
        var toPost = 0
        var counts = RowCounts()
        var isDrawn = false
        var lastDrawn = ContinuousClock.now - .seconds(1)
    }

    private let console: Console
    private let isShown: Bool
    private let draws: Bool
    private let isVerbose: Bool
    private let state = Mutex(State())

    init(_ console: Console, isShown: Bool, isVerbose: Bool) {
        self.console = console
        self.isShown = isShown
        self.isVerbose = isVerbose
        draws = isShown && console.isTerminal(.diagnostics)
    }

    func show(_ event: RunEvent) {
        switch event {
        case .began, .understood, .found: break
        case .recovered(let count):
            note(
                "an earlier run ended without settling what it was posting: \(counted(count, "appointment")) in doubt (stimport review)"
            )
        case .resuming(let pending): resuming(pending)
        case .reading(let rows):
            state.withLock { $0.rows = rows }
            draw()
        case .staged(let toPost):
            state.withLock { $0.toPost = toPost }
            draw()
        case .posting(let batch, let rows, let attempt):
            if isVerbose {
                note(
                    "batch \(batch): posting \(counted(rows, "appointment"))" + (attempt > 0 ? ", again" : "")
                )
            }
        case .settled(let batch): settled(batch)
        case .paused(let pause, let reason):
            note("waiting \(Self.seconds(pause)) before the next post: \(reason)")
        case .delivered: break
        case .unsettled(let batch, let outcome):
            note("batch \(batch) (\(outcome)) could not be settled in the ledger: its rows will be in doubt")
        }
    }

    /// Says that the wish to stop was heard: settling may take as long as an answer does.
    func showStopping() {
        note(LogEntry.stopping.message)
    }

    /// Removes the line before something else is printed.
    func clear() {
        let isDrawn = state.withLock { state in
            defer { state.isDrawn = false }
            return state.isDrawn
        }
        if isDrawn { console.write("\r\u{1B}[K", to: .diagnostics) }
    }

    private func settled(_ batch: BatchEvent) {
        state.withLock { state in
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

    private func resuming(_ pending: [PendingRows]) {
        guard isShown else { return }
        for rows in pending {
            note(
                "resume: \(rows.count) pending since run \(rows.run), \(TimeText.age(rows.started)), for \(rows.endpoint)"
            )
        }
    }

    private func note(_ text: String) {
        guard isShown else { return }
        clear()
        console.line(TerminalText.escaped(text), to: .diagnostics)
    }

    private func draw() {
        guard draws else { return }
        let text = state.withLock { state -> String? in
            let now = ContinuousClock.now
            guard now - state.lastDrawn > .milliseconds(100) else { return nil }
            state.lastDrawn = now
            state.isDrawn = true
            if state.toPost == 0 { return "reading: \(state.rows) rows" }
            let counts = state.counts
            var parts = ["\(counts.rows) of \(state.toPost)"]
            for state in [RowState.created, .refused, .inDoubt] where counts[state] > 0 {
                parts.append("\(counts[state]) \(state.words)")
            }
            return "posting: " + parts.joined(separator: ", ")
        }
        if let text { console.write("\r\u{1B}[K" + text, to: .diagnostics) }
    }

    private static func seconds(_ duration: Duration) -> String {
        duration.formatted(
            .units(allowed: [.hours, .minutes, .seconds, .milliseconds], width: .narrow, maximumUnitCount: 2))
    }
}

extension RowState {
    /// The state in a sentence: `in doubt`.
    var words: String { name.replacing("_", with: " ") }
}
