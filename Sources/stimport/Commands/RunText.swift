import AppointmentLedger
import AppointmentRows
import AppointmentImport

/// A run as the ledger keeps it, for people.
struct RunText {
    private let console: Console

    init(_ console: Console) {
        self.console = console
    }

    func show(_ run: RunRecord, _ ledger: Ledger, verbose: Bool) async throws {
        console.line(Self.headline(run))
        if let stopped = run.stopped {
            console.line("  it stopped itself: \(TerminalText.escaped(stopped.message))")
        }
        for file in run.files {
            let name = TerminalText.escaped(file.name)
            if let error = file.error, !file.isSetAside {
                console.line("  \(name): could not be read: \(TerminalText.escaped(error))")
            } else {
                let isAbandoned = run.isAbandoned || file.isSetAside
                console.line("  \(name): \(file.counts.sentence(isAbandoned: isAbandoned))")
                if let error = file.error { console.line("    set aside: \(TerminalText.escaped(error))") }
            }
            if let rejects = file.rejects { console.line("    rejects: \(TerminalText.escaped(rejects))") }
        }
        if let pruned = run.pruned {
            console.line(
                "  its rows and findings were forgotten \(LedgerTime.utc(pruned)) (stimport prune): only the counts are left"
            )
            return
        }
        let limit = verbose ? nil : FindingsView.shown
        let findings = try await ledger.findings(ofRun: run.run, limit: limit)
        for entry in findings {
            let finding = entry.finding
            console.line(
                TerminalText.escaped(
                    "  \(entry.file):\(finding.line): \(finding.code.rawValue): \(finding.message)"))
        }
        if findings.count < run.findingsTotal {
            console.line("  … and \(run.findingsTotal - findings.count) more (--verbose)")
        }
        try await showTrouble(run, ledger, verbose: verbose)
    }

    /// The rows whose outcome nobody knows.
    private func showTrouble(_ run: RunRecord, _ ledger: Ledger, verbose: Bool) async throws {
        var inDoubt = 0
        for try await rows in ledger.rows(ofRun: run.run) {
            for row in rows where row.state == .inDoubt {
                inDoubt += 1
                guard verbose || inDoubt <= FindingsView.shown else { continue }
                console.line(
                    TerminalText.escaped(
                        "  \(row.file):\(row.line): \(row.state.name) \(row.code): \(row.reason)"))
            }
        }
        let hidden = inDoubt - FindingsView.shown
        if hidden > 0, !verbose { console.line("  … and \(hidden) more (--verbose, or --format csv)") }
    }

    /// `run 12 (import), 2026-11-23 02:00:04 UTC, ended with 1 after 3.2 s: 20 batches, 21 posts`
    static func headline(_ run: RunRecord) -> String {
        var text = "run \(run.run) (\(run.command)), \(LedgerTime.utc(run.started)), "
        switch (run.finished, run.exit) {
        case (nil, _): text += "not ended"
        case (_, nil): text += "killed before its end"
        case (_, let exit?): text += "ended with \(exit) after \((run.seconds * 10).rounded() / 10) s"
        }
        if run.batches > 0 {
            text += ": \(counted(run.batches, "batch")), \(counted(run.posts, "post"))"
            if run.retries > 0 { text += " (\(run.retries) repeated)" }
        }
        return text
    }
}
