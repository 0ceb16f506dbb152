import AppointmentImport

/// What a command's file in this folder provides.
protocol Subcommand: Sendable {
    /// Carries the command out.
    /// - Throws: `UsageError` (status 2), `CommandFailure` (its own status); anything
    ///   else ends the process with `unfinished`.
    static func run(_ context: CommandContext) async throws -> ExitStatus
}

/// What every command is given.
struct CommandContext: Sendable {
    let invocation: Invocation
    let environment: ProcessEnvironment
    let console: Console
    /// Where the command leaves its result, where it is carried out for one of several profiles.
    var profile: ProfileResult?

    /// The settings of this invocation. Prints their warnings and sets the colour policy: call it once.
    func resolveSettings() throws(UsageError) -> Settings {
        let settings = try Settings.resolve(invocation, environment: environment)
        console.setColor(settings.color)
        // Of several profiles, the first of all has said them.
        if !settings.quiet, profile == nil {
            for warning in settings.warnings { console.warning(warning.message, fix: warning.fix) }
        }
        return settings
    }
}
