import AppointmentImport

/// `stimport resume`: post everything that is still pending in the ledger.
enum ResumeCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try await context.resolveSettingsOfRun()
        let heartbeat = context.heartbeat(settings)
        return try await heartbeat.during { try await resume(context, settings, heartbeat) }
    }

    private static func resume(
        _ context: CommandContext, _ settings: Settings, _ heartbeat: Heartbeat
    ) async throws -> ExitStatus {
        try settings.checkOutputs(of: .resume)
        // A new ledger has nothing to resume: naming the wrong one must not look like success.
        let ledger = ImportSettings.LedgerChoice.file(
            try settings.ledgerPath, mustExist: true, wait: settings.waitForLock ?? .zero)
        try settings.requireComplete(posts: true)
        let importSettings = try settings.importSettings(
            ledger: ledger, endpoint: try settings.requiredEndpoint(), credentials: nil)
        let command = RunCommand(context, settings, heartbeat)
        let stop = command.watch.stop
        return try await command.conduct(
            importSettings, credentials: { try settings.credentials(stop) }
        ) {
            try await $0.resume()
        }
    }
}
