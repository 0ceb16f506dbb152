import AppointmentLedger
import AppointmentRows
import AppointmentImport

/// `stimport withdraw`: a person takes appointments back out of the ledger.
enum WithdrawCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        if settings.note?.isEmpty ?? true, !settings.undo {
            throw UsageError(
                "a withdrawal needs its reason", fix: "add --note TEXT: it is kept in the ledger")
        }
        let ids = try IDRanges.operands(context.invocation.operands)
        guard ids.isEmpty != (settings.run == nil) else {
            throw UsageError(
                ids.isEmpty ? "nothing to withdraw was named" : "IDs and --run were given",
                fix: "give IDs, or --run N for what that run left pending")
        }
        if settings.undo, settings.run != nil {
            throw UsageError("--undo wants IDs", fix: "name the appointments: stimport withdraw --undo ID…")
        }
        let path = try settings.ledgerPath
        let wait = settings.waitForLock ?? .zero
        // Not held while a person thinks: a run may begin meanwhile.
        _ = try await Ledger.openSettled(path, lockWait: wait)
        let ledger = try await Ledger.read(path)
        let named = try await settings.run == nil ? ids : ledger.pending(ofRun: settings.run ?? 0)
        if let run = settings.run, named.isEmpty {
            throw CommandFailure(
                .wrongUsage, "nothing of run \(run) is pending or held",
                fix: "stimport status names the runs of which something is")
        }
        let appointments = try await ledger.appointments(named)
        let change = ShownChange(appointments, context.console, settings) { shown in
            if settings.rebook { return "pending, to be booked again" }
            return settings.undo ? "as before it was withdrawn" : "withdrawn"
        }
        try change.confirm()
        let decision = Decision(who: CurrentUser.name, note: settings.note)
        let writing = try await Ledger.openSettled(path, lockWait: wait)
        if settings.undo {
            try await writing.undoWithdrawal(named, by: decision, rebooking: settings.rebook)
        } else {
            try await writing.withdraw(appointments, by: decision)
        }
        tell(change, count: named.count, context.console, settings)
        return .success
    }

    private static func tell(_ change: ShownChange, count: Int, _ console: Console, _ settings: Settings) {
        if settings.format == .json {
            console.line(
                JSONOutput.object([
                    ("version", .integer(1)), (settings.undo ? "restored" : "withdrawn", .integer(count)),
                    ("appointments", change.json),
                ]).pretty)
        } else if !settings.quiet {
            console.text(
                settings.undo
                    ? "\(counted(count, "withdrawal")) taken back."
                    : "\(counted(count, "appointment")) withdrawn, and kept out: a file that brings one again has it skipped."
            )
        }
    }
}
