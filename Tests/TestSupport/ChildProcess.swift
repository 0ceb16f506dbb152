import Foundation
import Synchronization

#if canImport(Darwin)
    import Darwin
    typealias FileActions = posix_spawn_file_actions_t?
#else
    import Glibc
    typealias FileActions = posix_spawn_file_actions_t
#endif

/// A process that a test started: with the signals as a shell would hand them over, whatever the test process does
/// with its own. Killed, if need be, when it is let go of.
final class ChildProcess: Sendable {
    let processID: Int32
    private let waitStatus = Mutex<Int32?>(nil)
    /// Held while the process is waited for, so that it is waited for once.
    private let reaping = NSLock()

    /// How a process ended.
    struct End {
        /// The exit status, or nil where a signal ended it.
        var status: Int32?
        /// The signal that ended it, or nil.
        var signal: Int32?
        var dumpedCore: Bool

        fileprivate init(_ waitStatus: Int32) {
            let number = waitStatus & 0x7F
            status = number == 0 ? (waitStatus >> 8) & 0xFF : nil
            signal = number == 0 ? nil : number
            dumpedCore = waitStatus & 0x80 != 0
        }
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - startsSession: whether it leads a session of its own, whose terminal is the first that it opens.
    ///   - files: says what its descriptors are.
    init(
        _ path: String, arguments: [String], environment: [String: String], folder: String,
        startsSession: Bool = false, files: (inout FileActions) -> Void
    ) throws {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
            // POSIX_SPAWN_SETSID
            let newSession: Int32 = 0x400
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
            // POSIX_SPAWN_SETSID, which the Glibc module does not show.
            let newSession: Int32 = 0x80
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        files(&actions)
        #if canImport(Darwin)
            posix_spawn_file_actions_addchdir_np(&actions, folder)
        #else
            guard let addChangeOfFolder = Self.addChangeOfFolder, addChangeOfFolder(&actions, folder) == 0
            else {
                throw POSIXError(.ENOSYS)
            }
        #endif
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (startsSession ? newSession : 0)))

        var argv = ([path] + arguments).map { strdup($0) } + [nil]
        var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        var processID: pid_t = 0
        let code = posix_spawn(&processID, path, &actions, &attributes, &argv, &envp)
        guard code == 0 else {
            throw POSIXError(.init(rawValue: code) ?? .ENOENT, userInfo: [NSFilePathErrorKey: path])
        }
        self.processID = processID
    }

    #if !canImport(Darwin)
        private typealias AddChangeOfFolder =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>) -> Int32
        /// A call that the Glibc module does not show.
        private static let addChangeOfFolder = dlsym(nil, "posix_spawn_file_actions_addchdir_np").map {
            unsafeBitCast($0, to: AddChangeOfFolder.self)
        }
    #endif

    deinit {
        if waitStatus.withLock({ $0 == nil }) {
            kill(processID, SIGKILL)
            var status: Int32 = 0
            while waitpid(processID, &status, 0) < 0, errno == EINTR {}
        }
    }

    /// Sends a signal; does nothing once the process was waited for.
    func signal(_ number: Int32) {
        waitStatus.withLock { if $0 == nil { kill(processID, number) } }
    }

    /// Whether the process has ended. Does not wait.
    var hasEnded: Bool {
        waitStatus.withLock { waitStatus in
            if waitStatus != nil { return true }
            var status: Int32 = 0
            if waitpid(processID, &status, WNOHANG) == processID { waitStatus = status }
            return waitStatus != nil
        }
    }

    /// Waits for the end of the process. May be called more than once.
    func wait() -> End {
        reaping.lock()
        defer { reaping.unlock() }
        if let status = waitStatus.withLock({ $0 }) { return End(status) }
        // Without reaping it yet: the ID stays its own until nobody can signal it any more.
        var info = siginfo_t()
        while waitid(P_PID, id_t(processID), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        return waitStatus.withLock { waitStatus in
            // Somebody may have asked in between whether it has ended.
            if let waitStatus { return End(waitStatus) }
            var status: Int32 = 0
            while waitpid(processID, &status, 0) < 0, errno == EINTR {}
            waitStatus = status
            return End(status)
        }
    }
}
