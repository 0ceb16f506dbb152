import AppointmentImport

/// `stimport --version`.
enum VersionCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        context.console.line("stimport \(Stimport.version)")
        return .success
    }
}
