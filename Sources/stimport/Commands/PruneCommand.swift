import AppointmentRows
import AppointmentLedger
import AppointmentImport
import SystemFiles

/// `stimport prune`: details of what was settled long ago go.
enum PruneCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        guard let age = settings.olderThan else {
            throw UsageError(
                "stimport prune needs an age", fix: "add --older-than 90d; --dry-run shows what would go")
        }
        let cutoff = Int((Date().timeIntervalSince1970 - Double(age.components.seconds)) * 1000)
        let report =
            if settings.dryRun {
                try await Ledger.read(settings.ledgerPath).prunable(before: cutoff)
            } else {
                try await Ledger.openSettled(
                    settings.ledgerPath, lockWait: settings.waitForLock ?? .zero
                ).prune(before: cutoff)
            }
        if settings.format == .json {
            context.console.line(json(report, isRehearsal: settings.dryRun).pretty)
        } else if !settings.quiet {
            show(report, isRehearsal: settings.dryRun, context.console)
        }
        if let failure = report.rebuildFailure {
            context.console.warning(
                "the ledger's file could not be made smaller: \(failure)",
                fix: "nothing is lost by that; make room for a copy of it on the same disk, and prune again")
        }
        return .success
    }

    private static func show(_ report: PruneReport, isRehearsal: Bool, _ console: Console) {
        console.text(isRehearsal ? "Would be forgotten:" : "Forgotten:")
        console.text(
            "  the texts of \(counted(report.appointments, "appointment")) (identities and states stay)")
        console.text(
            "  \(report.rows) rows, \(report.findings) findings and \(report.batches) batches of \(report.runs) runs (their counts stay)"
        )
        guard !isRehearsal else { return }
        let before = Wording.size(report.bytesBefore)
        let after = Wording.size(report.bytesAfter)
        console.text(
            report.wasRebuilt ? "The ledger shrank from \(before) to \(after)." : "The ledger has \(after).")
    }

    private static func json(_ report: PruneReport, isRehearsal: Bool) -> JSONOutput {
        .object([
            ("version", .integer(1)), ("dry_run", .boolean(isRehearsal)), ("runs", .integer(report.runs)),
            ("rows", .integer(report.rows)), ("findings", .integer(report.findings)),
            ("batches", .integer(report.batches)), ("appointments", .integer(report.appointments)),
            ("bytes_before", .integer(report.bytesBefore)), ("bytes_after", .integer(report.bytesAfter)),
            ("rebuilt", .boolean(report.wasRebuilt)),
        ])
    }
}
