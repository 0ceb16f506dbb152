#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A command whose first and only line of output is the password.
enum PasswordCommand {
    /// Runs it in `/bin/sh`, its standard input empty (ours may be the appointments),
    /// its standard error ours.
    /// - Returns: its output.
    static func run(_ command: String, _ origin: SettingOrigin) throws(UsageError) -> [UInt8] {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw failed(origin, errno) }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }

        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
        #else
            var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)

        var process = pid_t()
        let code = ShellCommand.spawn(command, &process, actions: &actions)
        close(ends[1])
        guard code == 0 else { throw failed(origin, code) }

        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while output.count <= CredentialSources.limit {
            let count = buffer.withUnsafeMutableBytes { systemRead(ends[0], $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            output += buffer[..<count]
        }
        if output.count > CredentialSources.limit { kill(process, SIGTERM) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        guard output.count <= CredentialSources.limit else {
            throw UsageError(
                "\(origin.place): the password command printed more than \(CredentialSources.limit) bytes",
                fix: "let it print the password only")
        }
        guard status == 0 else {
            let how =
                status & 0x7F == 0
                ? "ended with status \((status >> 8) & 0xFF)" : "was ended by signal \(status & 0x7F)"
            throw UsageError("\(origin.place): the password command \(how)", fix: "run it by hand to see why")
        }
        return output
    }

    private static func failed(_ origin: SettingOrigin, _ code: Int32) -> UsageError {
        UsageError(
            "\(origin.place): the password command could not be started: \(String(cString: strerror(code)))",
            fix: "run it by hand to see why")
    }
}
