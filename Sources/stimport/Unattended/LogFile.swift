import Foundation
import Synchronization

/// A file that lines are appended to: each line in one write, so that several
/// processes and a rotation (by renaming before the run, or copytruncate) get along.
final class LogFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let failure = Mutex<Int32>(0)

    /// Opens the file; makes it, mode 0600, where there is none.
    init(_ path: String) throws(UsageError) {
        self.path = path
        // Without waiting: a pipe that nobody reads must not hold up the night.
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0o600)
        guard descriptor >= 0 else {
            throw UsageError(
                "the log \(path) can't be opened: \(String(cString: strerror(errno)))",
                fix: "check that its folder exists and that you may write there; nothing was sent")
        }
    }

    deinit {
        close(descriptor)
    }

    /// Appends a line.
    ///
    /// - Returns: what went wrong, the first time that something does: the run goes on without its log.
    func append(_ line: String) -> String? {
        failure.withLock { failure in
            guard failure == 0 else { return nil }
            var text = line + "\n"
            failure = text.withUTF8 { FileDescriptorWriter.write(UnsafeRawBufferPointer($0), to: descriptor) }
            return failure == 0
                ? nil : "the log \(path) can't be written: \(String(cString: strerror(failure)))"
        }
    }
}
