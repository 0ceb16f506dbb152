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
    package var processID: Int32 { process.processID }
    private let process: ChildProcess

    private struct State {
        var output: [UInt8] = []
        var errors: [UInt8] = []
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
        let (process, ends) = try Self.spawn(
            path, arguments: arguments, environment: environment, folder: folder)
        self.process = process
        shared.state.withLock { $0.input = ends.input }
        read(ends.output) { $0.output += $1 }
        read(ends.errors) { $0.errors += $1 }
        shared.input.async { [shared] in
            shared.write(input)
            if !keepsInputOpen { shared.closeInput() }
        }
    }

    /// What the process wrote to standard output so far.
    package var outputSoFar: String { shared.state.withLock { String(decoding: $0.output, as: UTF8.self) } }
    /// What the process wrote to standard error so far.
    package var errorsSoFar: String { shared.state.withLock { String(decoding: $0.errors, as: UTF8.self) } }

    /// Blocks until standard error holds a text; false where it ended without, or did not say so in time.
    package func waitForErrors(_ text: String, timeout: Duration = .seconds(600)) -> Bool {
        wait(timeout) { errorsSoFar.contains(text) }
    }

    /// Blocks until standard output holds a text; false where it ended without, or did not say so in time.
    package func waitForOutput(_ text: String, timeout: Duration = .seconds(600)) -> Bool {
        wait(timeout) { outputSoFar.contains(text) }
    }

    private func wait(_ timeout: Duration, until isThere: () -> Bool) -> Bool {
        let end = ContinuousClock.now + timeout
        while !isThere() {
            if readers.wait(timeout: .now() + .milliseconds(2)) == .success { return isThere() }
            if ContinuousClock.now > end { return false }
        }
        return true
    }

    /// Sends a signal; does nothing once the process was waited for.
    package func signal(_ number: Int32) {
        process.signal(number)
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
        let end = process.wait()
        readers.wait()
        return shared.state.withLock { state in
            ProcessOutcome(
                status: end.status, signal: end.signal, output: state.output, errors: state.errors)
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

    private static func spawn(
        _ path: String, arguments: [String], environment: [String: String], folder: String
    ) throws -> (process: ChildProcess, ends: (input: Int32, output: Int32, errors: Int32)) {
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
        let ours = (input: pipes[0][1], output: pipes[1][0], errors: pipes[2][0])
        defer { for end in theirs { close(end) } }
        do {
            let process = try ChildProcess(
                path, arguments: arguments, environment: environment, folder: folder
            ) { actions in
                for (number, end) in theirs.enumerated() {
                    posix_spawn_file_actions_adddup2(&actions, end, Int32(number))
                }
            }
            return (process, ours)
        } catch {
            for end in [ours.input, ours.output, ours.errors] { close(end) }
            throw error
        }
    }
}
