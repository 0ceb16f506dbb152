import AppointmentImport

/// Which type carries out which command: the only such list.
enum CommandDispatch {
    /// Carries out what was typed: once, or for each profile.
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        if context.invocation.isOn(FlagTable.shared.allProfiles) { return try await AllProfiles.run(context) }
        return try await command(context.invocation.command).run(context)
    }

    static func command(_ name: CommandName) -> any Subcommand.Type {
        switch name {
        case .config: ConfigCommand.self
        case .sample: SampleCommand.self
        case .completions: CompletionsCommand.self
        case .man: ManCommand.self
        case .help: HelpCommand.self
        case .version: VersionCommand.self
        case .import: ImportCommand.self
        case .check: CheckCommand.self
        case .map: MapCommand.self
        case .doctor: DoctorCommand.self
        case .resume: ResumeCommand.self
        case .find: FindCommand.self
        case .review: ReviewCommand.self
        case .reconcile: ReconcileCommand.self
        case .resolve: ResolveCommand.self
        case .withdraw: WithdrawCommand.self
        case .report: ReportCommand.self
        case .status: StatusCommand.self
        case .sandbox: SandboxCommand.self
        case .prune: PruneCommand.self
        case .ledger: LedgerCommand.self
        }
    }
}
