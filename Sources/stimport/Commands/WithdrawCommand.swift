import AppointmentImport

/// `stimport withdraw`: a person takes appointments back out of the ledger.
enum WithdrawCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        guard let note = settings.note, !note.isEmpty else {
            throw UsageError(
                "a withdrawal needs its reason", fix: "add --note TEXT: it is kept in the ledger")
        }
        let ids = try context.invocation.operands.map { word throws(UsageError) in
            guard let id = Int(word), id > 0 else {
                throw UsageError(
                    "\(word) is not the ID of an appointment",
                    fix: "find it in the column stimport_id of stimport report --all --format csv")
            }
            return id
        }
        guard ids.isEmpty != (settings.run == nil) else {
            throw UsageError(
                ids.isEmpty ? "nothing to withdraw was named" : "IDs and --run were given",
                fix: "give IDs, or --run N for what that run left pending")
        }
        guard Set(ids).count == ids.count else {
            throw UsageError("an appointment was named twice", fix: "name each once")
        }
        let book = try settings.ledgerBook()
        let decision = Decision(who: CurrentUser.name, note: note)
        let wait = settings.waitForLock ?? .zero
        do {
            let count: Int
            if let run = settings.run {
                count = try await book.withdraw(run: run, by: decision, wait: wait)
            } else {
                try await book.withdraw(ids, by: decision, wait: wait)
                count = ids.count
            }
            if settings.format == .json {
                context.console.line(
                    JSONOutput.object([("version", .integer(1)), ("withdrawn", .integer(count))]).pretty)
            } else if !settings.quiet {
                context.console.line(
                    "\(counted(count, "appointment")) withdrawn. A later import may book them again.")
            }
            return .success
        } catch let error as VerdictError {
            throw UsageError(error.message, fix: error.fix)
        } catch let error as LedgerError {
            throw CommandFailure(error)
        }
    }
}
