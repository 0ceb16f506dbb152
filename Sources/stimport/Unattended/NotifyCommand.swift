import AppointmentRows
import AppointmentImport
import Foundation

/// The command that `--notify-command` names.
enum NotifyCommand {
    /// Runs it in `/bin/sh` with `input` on its standard input. What it prints goes to our standard error. It
    /// has our environment, from which the password was removed at the start.
    ///
    /// - Returns: what went wrong, or nil.
    static func run(
        _ command: String, input: String, limit: Duration = .seconds(30), stop: StopSignal = StopSignal()
    ) -> String? {
        // A file without a name rather than a pipe: a command that reads nothing holds nobody up.
        guard let descriptor = inputFile(input) else {
            return "its input could not be prepared: \(String(cString: strerror(errno)))"
        }
        defer { close(descriptor) }
        let shell = ShellCommand(command, limit: limit, stop: stop)
        return shell.run(input: descriptor).end.failure(limit: limit).map { "it \($0)" }
    }

    private static func inputFile(_ text: String) -> Int32? {
        let folder = ProcessInfo.processInfo.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = Array("\(folder)/stimport-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { return nil }
        unlink(&template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var text = text + "\n"
        let failure = text.withUTF8 { FileDescriptorWriter.write(UnsafeRawBufferPointer($0), to: descriptor) }
        guard failure == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            close(descriptor)
            if failure != 0 { errno = failure }
            return nil
        }
        return descriptor
    }
}
