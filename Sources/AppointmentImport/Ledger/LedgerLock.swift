import Foundation
import Synchronization

/// The lock that makes one run at a time the ledger's own: `flock` on a file
/// beside it.
///
/// It dies with its holder, whatever kills it; no child inherits the descriptor;
/// and since it is not the database's own file, closing it drops none of SQLite's
/// locks. The file keeps the number of the last run, so that a ledger put back
/// from a backup can be told from the one that was used last.
final class LedgerLock: Sendable {
    private let descriptor: Mutex<Int32>

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - wait: how long to try while another run holds it. Readers that only ask
    ///     whether it is held take it for an instant, so even without a wait the
    ///     attempt lasts a moment.
    ///   - isStopped: ends the waiting early.
    init(
        _ file: LedgerFile, wait: Duration = .zero, isStopped: @Sendable () -> Bool = { false }
    ) throws(LedgerError) {
        let descriptor = open(file.lockPath, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw LedgerError(
                errno == ENOSPC ? .full : .readOnly,
                "the lock file \(file.lockPath) can't be opened: \(reason)",
                fix: "check the permissions of the ledger's folder, and the room on its disk")
        }
        let deadline = ContinuousClock.now + max(wait, .milliseconds(500))
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let isHeld = errno == EWOULDBLOCK || errno == EINTR
            guard isHeld, ContinuousClock.now < deadline, !isStopped() else {
                let holder = Self.content(descriptor).holder.map { "process \($0)" }
                close(descriptor)
                throw LedgerError.held(path: file.path, by: holder)
            }
            usleep(20_000)
        }
        self.descriptor = Mutex(descriptor)
    }

    deinit {
        let descriptor = descriptor.withLock { $0 }
        close(descriptor)
    }

    /// The number of the last run that held the lock, or nil where none is on record.
    var lastRun: Int? {
        descriptor.withLock { Self.content($0).run }
    }

    /// Puts a run's number, and this process's, on record.
    func record(run: Int) {
        let text = Array("\(run) \(getpid())\n".utf8)
        descriptor.withLock { descriptor in
            // Over the old text first and cut after: no instant at which it is empty.
            _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
            ftruncate(descriptor, off_t(text.count))
        }
    }

    /// Whether a run holds the lock at this moment.
    static func isHeld(_ file: LedgerFile) -> Bool {
        let descriptor = open(file.lockPath, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    private static func content(_ descriptor: Int32) -> (run: Int?, holder: Int?) {
        var buffer = [UInt8](repeating: 0, count: 64)
        let length = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard length > 0 else { return (nil, nil) }
        let words = String(decoding: buffer[..<length], as: UTF8.self).split { $0 == " " || $0 == "\n" }
        return (words.first.flatMap { Int($0) }, words.dropFirst().first.flatMap { Int($0) })
    }
}
