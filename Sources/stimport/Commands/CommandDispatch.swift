/// Which type carries out which command: the only such list.
enum CommandDispatch {
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
