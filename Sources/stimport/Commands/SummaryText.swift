import AppointmentLedger
import AppointmentRows
import AppointmentImport

/// How a run ended, for people.
struct SummaryText {
    let console: Console
    let settings: Settings

    func show(_ summary: RunSummary) {
        for file in summary.files { show(file, isAbandoned: summary.isAbandoned) }
        if summary.files.count > 1 {
            console.line("all files: " + counts(summary.totals, isAbandoned: summary.isAbandoned))
        }
        if let run = summary.run {
            var parts = ["run \(run)"]
            if summary.batches > 0 {
                let repeats = summary.retries == 0 ? "" : " (\(summary.retries) repeated)"
                parts.append(
                    "\(counted(summary.batches, "batch")), \(counted(summary.posts, "post"))\(repeats)")
            }
            parts.append("\(((summary.seconds * 10).rounded() / 10)) s")
            console.line(parts.joined(separator: ", "))
        }
        if summary.ledgerCreated, !settings.sandbox, let path = try? settings.ledgerPath {
            console.line("a new ledger was made: \(TerminalText.escaped(path))")
        }
        if let stopped = summary.stopped { console.error(stopped.message, fix: stopped.fix) }
        next(summary)
    }

    private func show(_ file: RunSummary.File, isAbandoned: Bool) {
        let name = TerminalText.escaped(file.name == "-" ? "standard input" : file.name)
        if let error = file.error {
            console.error(
                Self.subject(file, error) + error.message + Self.place(error), fix: error.fix)
            guard error.isSetAside else { return showMove(file) }
        }
        console.line(
            "\(name): " + counts(file.counts, isAbandoned: isAbandoned || file.error != nil))
        if let rejects = file.rejects { console.line("  rejects: \(TerminalText.escaped(rejects))") }
        if let error = file.rejectsError { console.warning("no rejects file for \(file.name): \(error)") }
        showMove(file)
    }

    private func showMove(_ file: RunSummary.File) {
        if let moved = file.movedTo { console.line("  moved to \(TerminalText.escaped(moved))") }
        if let error = file.moveError { console.warning("\(file.name) was not moved: \(error)") }
    }

    /// The file, where the message does not name it itself.
    private static func subject(_ file: RunSummary.File, _ error: InputError) -> String {
        if file.name == "-" { return "standard input: " }
        return error.message.contains(file.name) ? "" : "\(file.name): "
    }

    /// The line, where the message does not name one itself.
    private static func place(_ error: InputError) -> String {
        guard let line = error.line, !error.message.contains("line "), !error.message.contains("lines ")
        else { return "" }
        return " (line \(line))"
    }

    private func counts(_ counts: RowCounts, isAbandoned: Bool) -> String {
        var parts = [counted(counts.rows, "row")]
        for state in RowState.shown where counts[state] > 0 {
            let isOnlyValid = state == .pending && isAbandoned
            let text = "\(counts[state]) \(isOnlyValid ? "valid" : state.words)"
            switch state {
            case .created, .alreadyCreated: parts.append(console.styled(text, .green))
            case .invalid, .refused, .inDoubt: parts.append(console.styled(text, .red))
            case .pending: parts.append(isOnlyValid ? text : console.styled(text, .yellow))
            case .duplicate, .skipped: parts.append(text)
            }
        }
        return parts.joined(separator: ", ")
    }

    /// What to do now.
    private func next(_ summary: RunSummary) {
        let totals = summary.totals
        if summary.isAbandoned {
            if summary.end == nil, totals[.pending] > 0, summary.run != nil {
                console.line("Nothing was posted, and nothing will be until it is imported again.")
            }
            return
        }
        if totals[.inDoubt] > 0 {
            console.line(
                "In doubt means that SecurityTrax may or may not have them. Next: stimport review"
            )
        }
        if summary.open > 0 {
            console.line("Some rows are pending: start the same command again, or stimport resume")
        }
        let completed = summary.files.filter { $0.error == nil && $0.rejects != nil }
        if completed.contains(where: { $0.counts[.invalid] + $0.counts[.refused] > 0 }) {
            console.line("Correct the rejects file and import it: it completes this import.")
        }
    }
}
