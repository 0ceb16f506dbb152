import SystemFiles
import AppointmentRows
import AppointmentImport

/// A command of the user's, run by `/bin/sh` with our environment, which holds no password.
///
/// It is the leader of a process group of its own, so that it can be ended with its children, and finds signals as a
/// script expects them, not as we handle them. Neither its silence nor its talking can hold us up for longer than its
/// limit.
struct ShellCommand {
    /// How it ended.
    enum End: Equatable {
        case exited(Int32)
        /// A signal ended it.
        case killed(Int32)
        case tookTooLong
        /// It printed more than this many bytes.
        case printedTooMuch(Int)
        /// It was stopped because it wanted to read from the terminal.
        case wantedTerminal
        /// A signal came that was meant for us.
        case stopped(Int32)
        /// It was not started: `errno`.
        case notStarted(Int32)
    }

    let command: String
    /// What it finds in its environment beside ours, or instead of it.
    let variables: [String: String]
    /// How long it may take.
    let limit: Duration
    /// The longest output in bytes; nil where its output goes to our standard error.
    let outputLimit: Int?
    /// Ends it early.
    let stop: StopSignal

    init(
        _ command: String, variables: [String: String] = [:], limit: Duration, outputLimit: Int? = nil,
        stop: StopSignal
    ) {
        self.variables = variables
        self.command = command
        self.limit = limit
        self.outputLimit = outputLimit
        self.stop = stop
    }

    /// How long what is told to end has before it is killed.
    private static let grace = Duration.seconds(2)

    /// Runs it to its end.
    ///
    /// - Parameter input: its standard input; nil for an empty one.
    func run(input: Int32? = nil) -> (output: [UInt8], end: End) {
        var ends: [Int32] = [-1, -1]
        if outputLimit != nil {
            guard pipe(&ends) == 0 else { return ([], .notStarted(errno)) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        }
        defer { if ends[0] >= 0 { close(ends[0]) } }
        var process = pid_t()
        let code = spawn(&process, input: input, output: outputLimit == nil ? nil : ends[1])
        if ends[1] >= 0 { close(ends[1]) }
        guard code == 0 else { return ([], .notStarted(code)) }

        let deadline = ContinuousClock.now + limit
        var output: [UInt8] = []
        while true {
            let status = Self.status(of: process)
            // After the status: what it wrote before its end is in the pipe by now.
            if ends[0] >= 0 { drain(ends[0], into: &output) }
            if let outputLimit, output.count > outputLimit {
                if !Self.isEnd(status) { Self.end(process) }
                return ([], .printedTooMuch(outputLimit))
            }
            if let status {
                if status & 0x7F == 0 { return (output, .exited((status >> 8) & 0xFF)) }
                if status & 0xFF != 0x7F { return (output, .killed(status & 0x7F)) }
                // Stopped: by Ctrl-Z's signal it may go on, but nobody lets it read from the terminal.
                let number = (status >> 8) & 0xFF
                if number == SIGTTIN || number == SIGTTOU {
                    Self.end(process)
                    return ([], .wantedTerminal)
                }
            }
            if let number = stop.requested {
                Self.end(process)
                return ([], .stopped(number))
            }
            guard ContinuousClock.now < deadline else {
                Self.end(process)
                return ([], .tookTooLong)
            }
            var waiting = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
            if poll(&waiting, ends[0] < 0 ? 0 : 1, 20) > 0, waiting.revents & Int16(POLLIN) == 0 {
                // Closed, while the process goes on.
                usleep(20_000)
            }
        }
    }

    // MARK: Waiting

    /// What `waitpid` says of the process; nil where it says nothing new.
    private static func status(of process: pid_t) -> Int32? {
        var status: Int32 = 0
        return waitpid(process, &status, WNOHANG | WUNTRACED) == process ? status : nil
    }

    private static func isEnd(_ status: Int32?) -> Bool {
        status.map { $0 & 0xFF != 0x7F } ?? false
    }

    /// Ends the process and whatever it started: asks first, then kills.
    private static func end(_ process: pid_t) {
        kill(-process, SIGTERM)
        // One that is stopped gets a signal only when it goes on.
        kill(-process, SIGCONT)
        let deadline = ContinuousClock.now + grace
        var isReaped = false
        while !isReaped || kill(-process, 0) == 0 {
            if !isReaped { isReaped = isEnd(status(of: process)) }
            if ContinuousClock.now > deadline { break }
            usleep(10_000)
        }
        kill(-process, SIGKILL)
        var status: Int32 = 0
        while !isReaped, waitpid(process, &status, 0) < 0, errno == EINTR {}
    }

    /// Reads what is there; keeps no more than what shows that it is too much.
    private func drain(_ descriptor: Int32, into output: inout [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while output.count <= outputLimit ?? 0 {
            let count = buffer.withUnsafeMutableBytes { Descriptor.readOnce(into: $0, from: descriptor) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return }
            output += buffer[..<count]
        }
    }

    // MARK: Starting

    /// The entries of an environment whose names are not these.
    private static func others(
        _ environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, than names: [String: String]
    ) -> [UnsafeMutablePointer<CChar>?] {
        guard let environment else { return [] }
        var found: [UnsafeMutablePointer<CChar>?] = []
        var index = 0
        while let entry = environment[index] {
            let name = String(cString: entry).prefix { $0 != "=" }
            if names[String(name)] == nil { found.append(entry) }
            index += 1
        }
        return found
    }

    private func spawn(_ process: inout pid_t, input: Int32?, output: Int32?) -> Int32 {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            let inherited = _NSGetEnviron().pointee
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            let inherited = environ
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        // Standard output is the result's alone.
        posix_spawn_file_actions_adddup2(&actions, output ?? 2, 1)

        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [
            SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD, SIGCONT, SIGTSTP,
            SIGTTIN, SIGTTOU,
        ] {
            sigaddset(&defaults, number)
        }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))

        let texts = ["/bin/sh", "-c", command]
        var words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        if variables.isEmpty {
            return posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, inherited)
        }
        let own = variables.map { strdup("\($0.key)=\($0.value)") }
        defer { for text in own { free(text) } }
        var all: [UnsafeMutablePointer<CChar>?] = own + Self.others(inherited, than: variables) + [nil]
        return posix_spawn(&process, "/bin/sh", &actions, &attributes, &words, &all)
    }
}

extension ShellCommand.End {
    /// What went wrong, as the end of a sentence about the command; nil where it ended with 0.
    func failure(limit: Duration) -> String? {
        switch self {
        case .exited(0): nil
        case .exited(let status): "ended with status \(status)"
        case .killed(let number): "was ended by signal \(number)"
        case .tookTooLong:
            "took longer than \(ValueParser.shortest(Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18)) s and was ended"
        case .printedTooMuch(let bytes): "printed more than \(bytes) bytes"
        case .wantedTerminal: "wanted to read from the terminal and was ended"
        case .stopped: "was ended with the run"
        case .notStarted(let code): "could not be started: \(SystemError(code).reason)"
        }
    }
}
