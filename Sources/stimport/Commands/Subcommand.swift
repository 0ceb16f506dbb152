import AppointmentImport
import Foundation

/// What a command's file in this folder provides.
protocol Subcommand: Sendable {
    /// Carries the command out.
    /// - Throws: `UsageError` (status 2), `CommandFailure` (its own status); anything
    ///   else ends the process with `unfinished`.
    static func run(_ context: CommandContext) async throws -> ExitStatus
}

/// What ends a command otherwise than a usage error.
struct CommandFailure: Error {
    let status: ExitStatus
    /// One sentence without its full stop; not escaped, without a secret.
    let message: String
    let fix: String?

    init(_ status: ExitStatus, _ message: String, fix: String? = nil) {
        self.status = status
        self.message = message
        self.fix = fix
    }

    /// A signal came before anything was read.
    init(stoppedBy number: Int32, while what: String) {
        self.init(
            number == SIGINT ? .interrupted : .terminated, "stopped while \(what); nothing was posted",
            fix: "start it again")
    }
}

/// What every command is given.
struct CommandContext: Sendable {
    let invocation: Invocation
    let environment: ProcessEnvironment
    let console: Console

    /// The settings of this invocation. Prints their warnings and sets the colour policy: call it once.
    func resolveSettings() throws(UsageError) -> Settings {
        let settings = try Settings.resolve(invocation, environment: environment)
        console.setColor(settings.color)
        if !settings.quiet {
            for warning in settings.warnings { console.warning(warning.message, fix: warning.fix) }
        }
        return settings
    }
}
