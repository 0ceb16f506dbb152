import AppointmentImport
import Foundation

/// The command that `--notify-command` names.
enum NotifyCommand {
    /// How long it may take; then it and its children are ended.
    static let limit = Duration.seconds(60)

    /// Runs it in `/bin/sh` with `input` on its standard input. What it prints goes to our standard error. It
    /// has our environment, from which the password was removed at the start.
    ///
    /// - Returns: what went wrong, or nil.
    static func run(_ command: String, input: String, limit: Duration = limit) async -> String? {
        // A file without a name rather than a pipe: a command that reads nothing holds nobody up.
        guard let descriptor = inputFile(input) else {
            return "its input could not be prepared: \(String(cString: strerror(errno)))"
        }
        let process: pid_t
        do {
            defer { close(descriptor) }
            var started = pid_t()
            let code = spawn(command, descriptor, &started)
            guard code == 0 else { return "it could not be started: \(String(cString: strerror(code)))" }
            process = started
        }
        let deadline = ContinuousClock.now + limit
        var hadTerm = false
        while true {
            var status: Int32 = 0
            let found = waitpid(process, &status, WNOHANG)
            if found == process {
                if hadTerm { return "it took longer than \(limit.components.seconds) s and was ended" }
                if status & 0x7F != 0 { return "it was ended by signal \(status & 0x7F)" }
                return status == 0 ? nil : "it ended with status \((status >> 8) & 0xFF)"
            }
            if found < 0, errno != EINTR {
                return "it could not be waited for: \(String(cString: strerror(errno)))"
            }
            let now = ContinuousClock.now
            if now > deadline {
                // The whole group: a shell's children would outlive it.
                kill(-process, !hadTerm || now < deadline + .seconds(2) ? SIGTERM : SIGKILL)
                hadTerm = true
            }
            try? await Task.sleep(for: .milliseconds(20))
        }
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

    private static func spawn(_ command: String, _ input: Int32, _ process: inout pid_t) -> Int32 {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        // Standard output is the result's alone.
        posix_spawn_file_actions_adddup2(&actions, 2, 1)
        // We ignore signals that a script expects to work, and it is to be ended with its children.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
        return ShellCommand.spawn(command, &process, actions: &actions, attributes: &attributes)
    }
}
