import AppointmentImport
import SecurityTrax

/// `stimport check FILE…`: the same validation, without a ledger or a network.
enum CheckCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let files = context.invocation.operands
        try settings.checkInputs(files, inbox: nil)
        try settings.checkOutputs(of: .check, inputs: files)
        // Every row counts as new, so it makes no difference where it would be posted.
        var importSettings = try settings.importSettings(
            ledger: .temporary, endpoint: try Endpoint(url: "https://localhost/"), credentials: nil)
        importSettings.purpose = .check
        return try await RunCommand(console: context.console, settings: settings).conduct(
            importSettings,
            preview: settings.preview ? DryRunPreview(context.console, settings, limit: 5) : nil
        ) {
            try await $0.importFiles(files)
        }
    }
}
