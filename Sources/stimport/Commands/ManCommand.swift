import AppointmentImport

/// `stimport man`.
enum ManCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        context.console.write(ManualPage.text())
        return .success
    }
}
