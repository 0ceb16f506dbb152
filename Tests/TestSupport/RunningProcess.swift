import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A process that was started and may still run. Both of its outputs are read all the
/// time, so that it never waits for its reader. Killed, if need be, when it is let go of.
package final class RunningProcess: Sendable {
    /// The process's ID.
    package let processID: Int32

    private struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        var waitStatus: Int32?
        var input: Int32?
    }
    /// What the threads that read and write hold on to, so that they don't hold on to the process.
    private final class Shared: Sendable {
        let state = Mutex(State())
        /// Everything that is done with standard input, in order: nobody writes to a descriptor
        /// that somebody else has closed, and that may be another pipe by now.
        let input = DispatchQueue(label: "standard input")

        func write(_ bytes: [UInt8]) {
            if let descriptor = state.withLock({ $0.input }) { RunningProcess.writeAll(descriptor, bytes) }
        }

        func closeInput() {
            let descriptor = state.withLock { state in
                defer { state.input = nil }
                return state.input
            }
            if let descriptor { close(descriptor) }
        }

        deinit {
            closeInput()
        }
    }
    private let shared = Shared()
    private let readers = DispatchGroup()
    /// Held while the process is waited for, so that it is waited for once.
    private let reaping = NSLock()

    /// Pipes are made and handed over one process at a time: a process that is started in
    /// between would inherit another one's pipe and keep it from ending.
    private static let spawning = NSLock()

    /// Starts any program.
    package init(
        _ path: String, arguments: [String], input: [UInt8] = [], keepsInputOpen: Bool = false,
        environment: [String: String], folder: String
    ) throws {
        // A process that does not read its input must not end the tests.
        _ = Foundation.signal(SIGPIPE, SIG_IGN)
        let (processID, ends) = try Self.spawn(
            path, arguments: arguments, environment: environment, folder: folder)
        self.processID = processID
        shared.state.withLock { $0.input = ends.input }
        read(ends.output) { $0.output += $1 }
        read(ends.errors) { $0.errors += $1 }
        shared.input.async { [shared] in
            shared.write(input)
            if !keepsInputOpen { shared.closeInput() }
        }
    }

    deinit {
        if shared.state.withLock({ $0.waitStatus == nil }) {
            kill(processID, SIGKILL)
            var status: Int32 = 0
            while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        }
    }

    /// What the process wrote to standard output so far.
    package var outputSoFar: String { shared.state.withLock { String(decoding: $0.output, as: UTF8.self) } }
    /// What the process wrote to standard error so far.
    package var errorsSoFar: String { shared.state.withLock { String(decoding: $0.errors, as: UTF8.self) } }

    /// Blocks until standard error holds a text; false where it ended without, or did not say so in time.
    package func waitForErrors(_ text: String, timeout: Duration = .seconds(600)) -> Bool {
        let end = ContinuousClock.now + timeout
        while !errorsSoFar.contains(text) {
            if readers.wait(timeout: .now() + .milliseconds(2)) == .success {
                return errorsSoFar.contains(text)
            }
            if ContinuousClock.now > end { return false }
        }
        return true
    }

    /// Sends a signal; does nothing once the process was waited for.
    package func signal(_ number: Int32) {
        shared.state.withLock { if $0.waitStatus == nil { kill(processID, number) } }
    }

    /// Writes to standard input, where it was kept open; returns when the process can read it all.
    package func write(_ text: String) {
        shared.input.sync { shared.write(Array(text.utf8)) }
    }

    /// Ends standard input.
    package func closeInput() {
        shared.input.sync { shared.closeInput() }
    }

    /// Waits for the end of the process and of its outputs. May be called more than once.
    @discardableResult
    package func wait() -> ProcessOutcome {
        reaping.lock()
        if shared.state.withLock({ $0.waitStatus == nil }) {
            // Without reaping it yet: the ID stays its own until nobody can signal it any more.
            var info = siginfo_t()
            while waitid(P_PID, id_t(processID), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
            shared.state.withLock {
                var status: Int32 = 0
                while waitpid(processID, &status, 0) < 0, errno == EINTR {}
                $0.waitStatus = status
            }
        }
        reaping.unlock()
        readers.wait()
        return shared.state.withLock { state in
            let status = state.waitStatus ?? 0
            let signal = status & 0x7F
            return ProcessOutcome(
                status: signal == 0 ? (status >> 8) & 0xFF : nil, signal: signal == 0 ? nil : signal,
                output: state.output, errors: state.errors)
        }
    }

    // MARK: Pipes

    private func read(
        _ descriptor: Int32, _ append: @escaping @Sendable (inout State, ArraySlice<UInt8>) -> Void
    ) {
        readers.enter()
        let thread = Thread { [shared, readers] in
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = buffer.withUnsafeMutableBytes {
                    Foundation.read(descriptor, $0.baseAddress, $0.count)
                }
                if count < 0, errno == EINTR { continue }
                if count <= 0 { break }
                shared.state.withLock { append(&$0, buffer[..<count]) }
            }
            close(descriptor)
            readers.leave()
        }
        thread.start()
    }

    fileprivate static func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return }
        }
    }

    // MARK: Starting

    #if !canImport(Darwin)
        private typealias AddChangeOfFolder =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32
        /// A call that the Glibc module does not show.
        private static let addChangeOfFolder = dlsym(nil, "posix_spawn_file_actions_addchdir_np").map {
            unsafeBitCast($0, to: AddChangeOfFolder.self)
        }
    #endif

    private static func spawn(
        _ path: String, arguments: [String], environment: [String: String], folder: String
    ) throws -> (processID: Int32, ends: (input: Int32, output: Int32, errors: Int32)) {
        spawning.lock()
        defer { spawning.unlock() }
        var pipes: [[Int32]] = []
        for _ in 0..<3 {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EMFILE) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            pipes.append(ends)
        }
        let theirs = [pipes[0][0], pipes[1][1], pipes[2][1]]
        defer { for end in theirs { close(end) } }

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
        for (number, end) in theirs.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, end, Int32(number))
        }
        #if canImport(Darwin)
            posix_spawn_file_actions_addchdir_np(&actions, folder)
        #else
            guard let addChangeOfFolder, addChangeOfFolder(&actions, folder) == 0 else {
                throw POSIXError(.ENOSYS)
            }
        #endif
        // Signals as a shell would hand them over, whatever the test process does with its own.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var processID: pid_t = 0
        let code = posix_spawn(&processID, path, &actions, &attributes, &argv, &envp)
        guard code == 0 else {
            for end in [pipes[0][1], pipes[1][0], pipes[2][0]] { close(end) }
            throw POSIXError(.init(rawValue: code) ?? .ENOENT, userInfo: [NSFilePathErrorKey: path])
        }
        return (processID, (pipes[0][1], pipes[1][0], pipes[2][0]))
    }
}
