import SystemFiles
import AppointmentRows
import AppointmentImport

/// The command that `--notify-command` names.
enum NotifyCommand {
    /// Runs it in `/bin/sh` with `input` on its standard input. What it prints goes to our standard error. It
    /// has our environment, from which the password was removed at the start.
    ///
    /// - Parameter variables: what it has beside that: what was typed, so that a command in it finds the same ledger.
    /// - Returns: what went wrong, or nil.
    static func run(
        _ command: String, input: String, variables: [String: String] = [:],
        limit: Duration = .seconds(30), stop: StopSignal = StopSignal()
    ) -> String? {
        // A file without a name rather than a pipe: a command that reads nothing holds nobody up.
        let descriptor: Int32
        do throws(SystemError) {
            descriptor = try SpooledFile.open(holding: Array((input + "\n").utf8))
        } catch {
            return "its input could not be prepared: \(error.reason)"
        }
        defer { close(descriptor) }
        let shell = ShellCommand(command, variables: variables, limit: limit, stop: stop)
        return shell.run(input: descriptor).end.failure(limit: limit).map { "it \($0)" }
    }
}
