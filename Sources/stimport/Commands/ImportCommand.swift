import AppointmentRows
import SystemFiles
import AppointmentImport
import SecurityTrax
import SecurityTraxSandbox

/// `stimport FILE…`: validate, stage, post.
enum ImportCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try await context.resolveSettingsOfRun()
        let heartbeat = context.heartbeat(settings, isRehearsal: settings.dryRun || settings.sandbox)
        return try await heartbeat.during { try await conduct(context, settings, heartbeat) }
    }

    private static func conduct(
        _ context: CommandContext, _ settings: Settings, _ heartbeat: Heartbeat
    ) async throws -> ExitStatus {
        // Files that were named are meant, whatever inbox the settings have.
        let files = context.invocation.operands
        let inbox = files.isEmpty ? settings.inbox : nil
        guard !files.isEmpty || inbox != nil else {
            throw UsageError(
                "no file to import",
                fix: "usage: stimport FILE… (- is standard input); stimport help explains the rest")
        }
        try settings.checkInputs(inbox: inbox)
        try settings.checkOutputs(of: .import, inputs: files, inbox: inbox)
        let command = RunCommand(context, settings, heartbeat)
        let inputs = try inbox.map { try InboxInputs($0, context.console) }
        if settings.sandbox { return try await inSandbox(context, settings, command, files, inputs) }

        try settings.requireComplete(files: files, posts: !settings.dryRun)
        var importSettings = try settings.importSettings(
            ledger: try settings.ledgerChoice(), endpoint: try settings.requiredEndpoint(), credentials: nil)
        if settings.dryRun {
            importSettings.purpose = .dryRun
        }
        importSettings.inbox = inputs?.inbox
        let preview = settings.dryRun ? DryRunPreview(context.console, settings) : nil
        let watch = command.watch
        return try await command.conduct(
            importSettings,
            credentials: {
                // The password is not needed, and not asked for, where nothing is posted.
                let readable = inputs == nil ? files.filter(canBeRead) : ["the inbox's"]
                guard !settings.dryRun, !readable.isEmpty else { return nil }
                if readable.count < files.count, settings.secrets.isAsked {
                    for name in files where !canBeRead(name) {
                        context.console.warning(
                            "there is no file \(name) that can be read", fix: "check its name and folder")
                    }
                }
                // What is said already stands above the question.
                context.console.flush(.diagnostics, within: 1)
                return try settings.credentials(watch.stop)
            }, preview: preview
        ) {
            try await importFiles(files, inputs, $0, command.watch.stop)
        }
    }

    /// Imports the files that were named, or those that the inbox has.
    private static func importFiles(
        _ files: [String], _ inputs: InboxInputs?, _ run: ImportRun, _ stop: StopSignal
    ) async throws -> RunReport {
        guard let content = try await inputs?.look(stop) else { return try await run.importFiles(files) }
        return try await run.importFiles(content.files, unfinished: content.unfinished)
    }

    /// Whether a file is there, as far as can be said without opening it.
    private static func canBeRead(_ name: String) -> Bool {
        if name == "-" { return true }
        guard let status = FileIdentity.status(of: name), status.kind != .folder else { return false }
        return ForeignPath.withBytes(of: name) { access($0, R_OK) } == 0
    }

    private static func inSandbox(
        _ context: CommandContext, _ settings: Settings, _ command: RunCommand, _ files: [String],
        _ inputs: InboxInputs?
    ) async throws -> ExitStatus {
        if context.invocation.has(FlagTable.shared.ledger.flag) {
            throw UsageError(
                "--sandbox uses a ledger that is thrown away, and --ledger names one",
                fix: "leave --ledger out; to try things out with a ledger that stays, use stimport sandbox")
        }
        let server = try SandboxServer.start(SandboxConfiguration(keepsAppointments: false))
        defer { server.stop() }
        let notice = "SANDBOX: a stand-in on this machine answers. Nothing is sent to SecurityTrax."
        if !settings.quiet { context.console.text(notice, to: .diagnostics) }
        var importSettings = try settings.importSettings(
            ledger: .temporary, endpoint: try Endpoint(url: server.endpoint), credentials: server.credentials)
        // The sample must not rot.
        importSettings.reading.allowPast = true
        importSettings.reading.allowFarAhead = true
        if settings.dryRun { importSettings.purpose = .dryRun }
        let preview = settings.dryRun ? DryRunPreview(context.console, settings) : nil
        let status = try await command.conduct(
            importSettings, preview: preview
        ) {
            try await importFiles(files, inputs, $0, command.watch.stop)
        }
        if !settings.quiet {
            context.console.text(
                "SANDBOX: the stand-in created \(counted(server.createdCount, "appointment")). Nothing was sent to SecurityTrax.",
                to: .diagnostics)
        }
        return status
    }
}

extension SandboxServer {
    /// What it lets in.
    var credentials: Credentials { configuration.credentials }

    /// Starts one.
    static func start(_ configuration: SandboxConfiguration) throws(UsageError) -> SandboxServer {
        do throws(SandboxError) {
            return try SandboxServer(configuration)
        } catch {
            if case .noThread = error {
                throw UsageError(
                    error.description,
                    fix: "raise the limits of memory and of processes: ulimit -v, ulimit -u")
            }
            throw UsageError(error.description)
        }
    }
}
