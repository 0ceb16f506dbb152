import AppointmentLedger

extension RunReport {
    /// What it ended with, in words. Where no row was rejected, what ends a run with 1 is something to do by hand.
    package var words: String { words(status) }

    private func words(_ exit: ExitStatus) -> String {
        exit == .rowsRejected && totals[.invalid] + totals[.refused] == 0 ? "new to do by hand" : exit.words
    }

    /// `run 12 (import), 2026-11-23 02:00:04 +01:00, ended with 1 after 3.2 s`
    package var headline: String {
        var text = "run \(run.map(String.init) ?? "-") (\(command))"
        if let started { text += ", \(LedgerTime.local(started))" }
        switch (finished, exit) {
        case (nil, _): text += ", not ended"
        case (_, nil): text += ", killed before its end"
        case (_, let exit?):
            text += ", ended with \(exit.rawValue) (\(words(exit))) after \(LedgerTime.elapsed(seconds))"
        }
        if batches > 0 {
            text += ": \(counted(batches, "batch")), \(counted(posts, "post"))"
            if retries > 0 { text += " (\(grouped(retries)) repeated)" }
        }
        return text
    }
}

extension RunReport.File {
    /// What became of the file, not escaped: its rows by state, or why nothing of it was imported.
    package func outcome(isOnlyValid: Bool) -> String {
        let sentence = counts.sentence(isOnlyValid: isOnlyValid)
        guard let problem else { return sentence }
        return problem.isSetAside
            ? "\(sentence): \(problem.message)" : "could not be read: \(problem.message)"
    }
}

extension RunReport.Problem {
    /// The reason with its file and line, where it does not name them itself.
    package func sentence(about name: String) -> String {
        let subject =
            name == "-" ? "standard input: " : message.contains(name) ? "" : "\(name): "
        let place =
            line.flatMap { line in
                message.contains("line ") || message.contains("lines ") ? nil : " (line \(line))"
            } ?? ""
        return subject + message + place
    }
}
