import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Foundation

/// `stimport status`: the runs, their counts, what is pending or in doubt.
enum StatusCommand: Subcommand {
    /// How many runs are listed.
    static let listedRuns = 20

    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        do {
            let ledger = try await Ledger.read(settings.ledgerPath)
            if let number = settings.run {
                guard let run = try await ledger.report(ofRun: number) else {
                    throw UsageError("the ledger has no run \(number)", fix: "stimport status lists the runs")
                }
                if settings.format == .json {
                    context.console.line(
                        run.json(findings: try await ledger.findings(ofRun: number, limit: 1_000)).pretty)
                } else {
                    try await RunText(context.console).show(run, ledger, verbose: settings.verbose)
                }
                return .success
            }
            let status = try await LedgerStatus(ledger, runs: settings.format == .json ? 1_000 : listedRuns)
            if settings.format == .json {
                context.console.line(status.json.pretty)
            } else if !settings.quiet {
                status.show(on: context.console)
            }
            guard let age = settings.check else { return .success }
            return status.health(within: age)
        } catch let error as LedgerError {
            throw CommandFailure(error)
        }
    }
}

/// Where the ledger stands at this moment.
struct LedgerStatus {
    let runs: [RunRecord]
    let standing: LedgerStanding

    init(_ ledger: Ledger, runs limit: Int) async throws {
        runs = try await ledger.runs(limit: limit)
        standing = try await ledger.standing()
    }

    /// For monitoring: 0 when the last complete run is young enough and nothing is open.
    func health(within age: Duration) -> ExitStatus {
        if standing.inDoubt > 0 { return .inDoubt }
        let limit = Date().timeIntervalSince1970 - Double(age.components.seconds)
        guard standing.pendingCount + standing.posting == 0, let lastSuccess = standing.lastSuccess,
            Double(lastSuccess) / 1000 >= limit
        else {
            return .unfinished
        }
        return .success
    }

    func show(on console: Console) {
        if runs.isEmpty { console.line("No run yet.") }
        for run in runs {
            console.line(RunText.headline(run))
            if let stopped = run.stopped {
                console.line("    it stopped itself: \(TerminalText.escaped(stopped.message))")
            }
            for file in run.files {
                let counts = file.counts.sentence(isAbandoned: run.isAbandoned || file.isSetAside)
                let what =
                    file.error.map { file.isSetAside ? "\(counts): \($0)" : "could not be read: \($0)" }
                    ?? counts
                console.line("    " + TerminalText.escaped("\(file.name): \(what)"))
            }
        }
        console.line()
        if standing.posting > 0 { console.line(beingPosted(standing.posting)) }
        for rows in standing.pending {
            console.line(
                TerminalText.escaped(
                    "\(rows.count) pending since run \(rows.run), \(LedgerTime.age(rows.started)), for \(rows.endpoint)"
                ))
        }
        if standing.pendingCount > 0 {
            console.line("Next: stimport resume (or stimport withdraw --run N --note TEXT)")
        }
        if standing.inDoubt > 0 { console.line("\(standing.inDoubt) in doubt. Next: stimport review") }
        if standing.pendingCount + standing.inDoubt + standing.posting == 0 {
            console.line("Nothing is pending or in doubt.")
        }
    }

    var json: JSONOutput {
        .object([
            ("version", .integer(2)),
            (
                "runs",
                .array(
                    runs.map { run in
                        .object([
                            ("run", .integer(run.run)), ("command", .text(run.command)),
                            ("started", .text(LedgerTime.iso(run.started))),
                            ("finished", run.finished.map { .text(LedgerTime.iso($0)) } ?? .null),
                            ("exit", run.exit.map { .integer($0) } ?? .null),
                            ("stopped", run.stopped.map { .text($0.code.rawValue) } ?? .null),
                            ("seconds", .number(run.seconds)),
                            ("files", .array(run.files.map(\.json))), ("totals", .object(run.totals.json)),
                        ])
                    })
            ),
            ("pending", .integer(standing.pendingCount)),
            ("in_doubt", .integer(standing.inDoubt)),
            ("posting", .integer(standing.posting)),
            ("last_success", standing.lastSuccess.map { .text(LedgerTime.iso($0)) } ?? .null),
        ])
    }
}
