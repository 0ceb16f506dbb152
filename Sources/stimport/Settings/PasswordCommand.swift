import AppointmentRows
import AppointmentImport

/// A command whose first and only line of output is the password.
enum PasswordCommand {
    /// Runs it in `/bin/sh`, its standard input empty (ours may be the appointments),
    /// its standard error ours.
    ///
    /// - Parameters:
    ///   - limit: how long it may take; then it and its children are ended.
    ///   - stop: ends it early.
    /// - Returns: its output.
    /// - Throws: `UsageError`; `CommandFailure` where a signal ended the wait.
    static func run(
        _ command: String, _ origin: SettingOrigin, limit: Duration, stop: StopSignal
    ) throws -> [UInt8] {
        let shell = ShellCommand(command, limit: limit, outputLimit: CredentialSources.limit, stop: stop)
        let result = shell.run()
        if case .stopped(let number) = result.end {
            throw CommandFailure(stoppedBy: number, while: "the password command ran")
        }
        if let failure = result.end.failure(limit: limit) {
            throw UsageError("\(origin.place): the password command \(failure)", fix: result.end.fix)
        }
        return result.output
    }
}

extension ShellCommand.End {
    /// What would help whoever gave the password command.
    fileprivate var fix: String {
        switch self {
        case .tookTooLong: "let it end sooner, or give it longer with --command-timeout"
        case .printedTooMuch: "let it print the password only"
        case .wantedTerminal: "it can't ask: let it take the password from a file or a keyring"
        default: "run it by hand to see why"
        }
    }
}
