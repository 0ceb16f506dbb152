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
        let appointments = try await chosen(ids, settings, lockWait: wait)
        let named = appointments.map(\.id)
        let change = ShownChange(
            appointments, context.console, settings,
            remark: { !settings.undo && $0.state == .created ? "SecurityTrax still has it" : nil }
        ) { shown in
            if settings.rebook { return "pending, to be booked again" }
            return settings.undo ? "as before it was withdrawn" : "withdrawn"
        }
        try change.confirm()
        let writing = try await Ledger.openSettled(path, lockWait: wait)
        try await withdraw(appointments, in: writing, settings)
        tell(change, count: named.count, context.console, settings)
        return .success
    }

    /// The appointments that are meant. What can't be withdrawn is refused before anything of it is shown.
    private static func chosen(
        _ ids: [Int], _ settings: Settings, lockWait: Duration
    ) async throws -> [LedgerAppointment] {
        let ledger = try await Ledger.openSettled(settings.ledgerPath, lockWait: lockWait)
        let named = try await settings.run == nil ? ids : ledger.pending(ofRun: settings.run ?? 0)
        if let run = settings.run, named.isEmpty {
            throw CommandFailure(
                .wrongUsage, "nothing of run \(run) is pending or held",
                fix: "stimport status names the runs of which something is")
        }
        let appointments = try await ledger.appointments(named)
        try await withdraw(appointments, in: ledger, settings, isTrial: true)
        return appointments
    }

    private static func withdraw(
        _ appointments: [LedgerAppointment], in ledger: Ledger, _ settings: Settings, isTrial: Bool = false
    ) async throws {
        let decision = Decision(who: CurrentUser.name, note: settings.note)
        if settings.undo {
            try await ledger.undoWithdrawal(
                appointments.map(\.id), by: decision, rebooking: settings.rebook, isTrial: isTrial)
        } else {
            try await ledger.withdraw(appointments, by: decision, isTrial: isTrial)
        }
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
            let created = settings.undo ? [] : change.appointments.filter { $0.state == .created }.map(\.id)
            if !created.isEmpty {
                console.text(
                    "SecurityTrax still has \(IDRanges.text(created)): a visit that is not to take place has to be cancelled there."
                )
            }
        }
    }
}
