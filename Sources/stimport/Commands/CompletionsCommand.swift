import AppointmentImport

/// `stimport completions SHELL`.
enum CompletionsCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let script =
            switch context.invocation.operands.first {
            case "zsh": Completions.zsh()
            case "fish": Completions.fish()
            default: Completions.bash()
            }
        context.console.write(script)
        return .success
    }
}
