import AppointmentImport
import SecurityTraxSandbox

/// `stimport help [COMMAND]`, and `--help` anywhere.
enum HelpCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let width = min(max(context.console.width(.output) ?? 80, 40), 120)
        let help = HelpText(width: width)
        if let word = context.invocation.operands.first, let name = CommandName(rawValue: word) {
            context.console.write(help.command(Command.named(name)))
            if name == .sandbox { context.console.line("\nFaults:\n" + Fault.help) }
        } else {
            context.console.write(help.overview())
        }
        return .success
    }
}
