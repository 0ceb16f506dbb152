import AppointmentImport
import SecurityTrax

/// `stimport check FILE…`: the same validation, without a ledger or a network; with `--online`, with both.
enum CheckCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let files = context.invocation.operands
        try settings.checkOutputs(of: .check, inputs: files)
        if !settings.online { try refuseOnlineFlags(context.invocation) }
        var importSettings = try importSettings(settings, files)
        importSettings.purpose = .check
        let command = RunCommand(context, settings)
        let watch = command.watch
        return try await command.conduct(
            importSettings,
            credentials: { settings.online ? try settings.credentials(watch.stop) : nil },
            preview: settings.preview ? DryRunPreview(context.console, settings, limit: 5) : nil
        ) {
            try await $0.importFiles(files)
        }
    }

    private static func importSettings(_ settings: Settings, _ files: [String]) throws(UsageError)
        -> ImportSettings
    {
        guard settings.online else {
            // Every row counts as new, so it makes no difference where it would be posted.
            let nowhere: Endpoint
            do { nowhere = try Endpoint(url: "https://localhost/") } catch {
                throw UsageError(error.message, fix: error.fix)
            }
            return try settings.importSettings(ledger: .temporary, endpoint: nowhere, credentials: nil)
        }
        try settings.requireComplete(files: files, posts: true)
        var online = try settings.importSettings(
            ledger: try settings.ledgerChoice(), endpoint: try settings.requiredEndpoint(), credentials: nil)
        online.verifiesCustomers = true
        return online
    }

    /// Without `--online` nobody is asked and no ledger is read: whoever names one means something else.
    private static func refuseOnlineFlags(_ invocation: Invocation) throws(UsageError) {
        let table = FlagTable.shared
        let flags = [
            table.endpoint.flag, table.site.flag, table.caFile.flag, table.timeout.flag, table.retries.flag,
            table.rate.flag, table.ledger.flag, table.requireLedger.flag,
            table.waitForLock.flag, table.verifyCustomers.flag, table.customerCache.flag,
        ]
        guard let flag = flags.first(where: invocation.has) else { return }
        throw UsageError(
            "check asks nobody and reads no ledger, and --\(flag.name) is for that",
            fix: "add --online, or leave --\(flag.name) out")
    }
}
