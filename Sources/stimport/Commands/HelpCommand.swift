import AppointmentImport
import AppointmentRows
import SecurityTraxSandbox

/// `stimport help [COMMAND | CODE]`, and `--help` anywhere.
enum HelpCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let width = min(max(context.console.width(.output) ?? 80, 40), 120)
        let help = HelpText(width: width)
        guard let word = context.invocation.operands.first else {
            context.console.write(help.overview())
            return .success
        }
        var isKnown = false
        if let name = CommandName(rawValue: word) {
            context.console.write(help.command(Command.named(name)))
            if name == .sandbox { context.console.line("\nFaults:\n" + Fault.help) }
            isKnown = true
        }
        for explanation in Reference.explanations(of: word) {
            if isKnown { context.console.line() }
            context.console.write(help.explanation(explanation))
            isKnown = true
        }
        guard isKnown else {
            let words = CommandName.allCases.map(\.rawValue) + Reference.codes
            throw UsageError(
                "stimport help knows no command and no code \(ValueParser.quoted(word))",
                fix: Suggestion.closest(to: word, among: words).map { "did you mean \($0)?" }
                    ?? "stimport help lists the commands; codes stand in summaries, rejects files and logs")
        }
        return .success
    }
}
