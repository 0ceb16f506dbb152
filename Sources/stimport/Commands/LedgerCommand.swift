import AppointmentLedger
import AppointmentImport
import SystemFiles

/// `stimport ledger backup FILE` and `stimport ledger adopt`.
enum LedgerCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        if context.invocation.operands.first == "backup" {
            let target = context.invocation.operands[1]
            try settings.checkOutputs(of: .ledger, others: [("the copy", target)])
            try await backUp(to: target, context.console, settings)
        } else {
            try await adopt(context.console, settings)
        }
        return .success
    }

    private static func backUp(
        to target: String, _ console: Console, _ settings: Settings
    ) async throws {
        guard try await Ledger.read(settings.ledgerPath).backUp(to: target) else {
            throw UsageError(
                "there is something at \(target) already; it was not touched",
                fix: "name a file that isn't there")
        }
        guard !settings.quiet else { return }
        let adoption = "stimport ledger adopt --ledger \(ShellArgument.quoted(target))"
        console.text(
            "copied to \(TerminalText.escaped(target)). A run on the copy is refused until \(TerminalText.escaped(adoption))."
        )
    }

    private static func adopt(_ console: Console, _ settings: Settings) async throws {
        let inDoubt = try await Ledger.adopt(
            settings.ledgerPath, by: CurrentUser.name, lockWait: settings.waitForLock ?? .zero)
        guard !settings.quiet else { return }
        guard let inDoubt else {
            console.text("This ledger is no copy and not behind: nothing to adopt.")
            return
        }
        console.text("The ledger is in use now.")
        if inDoubt > 0 {
            console.text(
                "In doubt now: \(counted(inDoubt, "appointment")) that it had pending, refused or held, since they may have been posted meanwhile. Next: \(TerminalText.escaped(settings.nextSteps.command("review")))"
            )
        }
        console.text(
            "What was posted after the copy was made, and is not in it, can't be known: look into SecurityTrax before importing those files again."
        )
    }
}
