import SystemFiles
import AppointmentImport
import Synchronization

/// A file that lines are appended to: each line in one write, so that several
/// processes and a rotation (by renaming before the run, or copytruncate) get along. A pipe whose reader stops reading
/// holds up no run: its lines wait in a queue.
final class LogFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let queue: OutputQueue?
    private let failure = Mutex<Int32>(0)

    /// Opens the file; makes it, mode 0600, where there is none.
    init(_ path: String) throws(UsageError) {
        self.path = path
        // Without waiting: a pipe that nobody reads must not hold up the night.
        descriptor = ForeignPath.withBytes(of: path) {
            open($0, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
        }
        guard descriptor >= 0 else {
            throw UsageError(
                "the log \(path) can't be opened: \(SystemError.last.reason)",
                fix: "check that its folder exists and that you may write there; nothing was sent")
        }
        queue = OutputQueue.isNeeded(for: descriptor) ? OutputQueue(patience: .short) : nil
    }

    deinit {
        // A queue's thread may still be writing: its descriptor goes with the process.
        if queue == nil { close(descriptor) }
    }

    /// Appends a line.
    ///
    /// - Parameter mayWait: false for a thread that must go on, such as the one that handles signals.
    /// - Returns: what went wrong, the first time that something does: the run goes on without its log.
    func append(_ line: String, mayWait: Bool = true) -> String? {
        failure.withLock { failure in
            guard failure == 0 else { return nil }
            let bytes = Array((line + "\n").utf8)
            if let queue {
                queue.add(bytes, to: descriptor, mayWait: mayWait)
                failure = queue.failure(of: descriptor) ?? 0
            } else {
                failure = bytes.withUnsafeBytes { Descriptor.write($0, to: descriptor) }?.code ?? 0
            }
            return failure == 0
                ? nil : "the log \(path) can't be written: \(SystemError(failure).reason)"
        }
    }

    /// Waits a moment until every line has left.
    ///
    /// - Returns: what went wrong and was not told yet.
    func finish() -> String? {
        guard let queue else { return nil }
        let isWritten = queue.flush(within: 2)
        let lost = queue.takeLost()
        return failure.withLock { failure in
            guard failure == 0 else { return nil }
            failure = queue.failure(of: descriptor) ?? 0
            if failure != 0 {
                return "the log \(path) can't be written: \(SystemError(failure).reason)"
            }
            if lost > 0 {
                return "\(counted(lost, "line")) of the log \(path) were lost: its reader did not read"
            }
            return isWritten ? nil : "the last lines of the log \(path) were lost: its reader did not read"
        }
    }
}
