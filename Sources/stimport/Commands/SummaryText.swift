import AppointmentImport

/// How a run ended, for people.
struct SummaryText {
    let console: Console
    let settings: Settings

    func show(_ summary: RunSummary) {
        for file in summary.files { show(file) }
        if summary.files.count > 1 { console.line("all files: " + counts(summary.totals)) }
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
        if let end = summary.end { show(end) }
        next(summary)
    }

    private func show(_ file: RunSummary.File) {
        let name = TerminalText.escaped(file.name == "-" ? "standard input" : file.name)
        if let error = file.error {
            console.error(
                Self.subject(file, error) + error.message + Self.place(error), fix: error.fix)
            showMove(file)
            return
        }
        console.line("\(name): " + counts(file.counts))
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
        guard let line = error.line, !error.message.contains("line ") else { return "" }
        return " (line \(line))"
    }

    private func counts(_ counts: RowCounts) -> String {
        var parts = [counted(counts.rows, "row")]
        for state in RowState.shown where counts[state] > 0 {
            let text = "\(counts[state]) \(state.words)"
            switch state {
            case .created, .alreadyCreated: parts.append(console.styled(text, .green))
            case .invalid, .refused, .inDoubt: parts.append(console.styled(text, .red))
            case .pending: parts.append(console.styled(text, .yellow))
            case .duplicate: parts.append(text)
            }
        }
        return parts.joined(separator: ", ")
    }

    private func show(_ end: DeliveryEnd) {
        switch end {
        case .completed: break
        case .credentialsRefused(let reason): console.error("posting stopped: \(reason)")
        case .wrongService(let reason): console.error("the endpoint or a setting is wrong: \(reason)")
        case .unreachable(let reason):
            console.error("SecurityTrax can't be reached or keeps refusing: \(reason)")
        case .everythingRefused(let reason):
            console.error(
                "the first batches were refused down to the last row, so the fault is not in the rows: \(reason)",
                fix: "check --endpoint or --site, and what the service says")
        case .tooMuchDoubt(let reason):
            console.error("the run stopped: batch after batch came into doubt: \(reason)")
        case .timeRanOut: console.warning("time ran out (--stop-after) before everything was posted")
        case .interrupted: console.warning("interrupted; what was being posted was settled")
        }
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
        if totals[.pending] > 0 {
            console.line("Some rows are pending: start the same command again, or stimport resume")
        }
        if totals[.invalid] + totals[.refused] > 0, summary.files.contains(where: { $0.rejects != nil }) {
            console.line("Correct the rejects file and import it: it completes this import.")
        }
    }
}
