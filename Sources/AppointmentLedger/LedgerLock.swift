import AppointmentRows
import Synchronization
import SystemFiles

/// The lock that makes one run at a time the ledger's own: `flock` on a file
/// beside it.
///
/// It dies with its holder, whatever kills it; no child inherits the descriptor;
/// and since it is not the database's own file, closing it drops none of SQLite's
/// locks. The file remembers how far the ledger had come, so that one that was put
/// back from a copy, or has lost its log, can be told from the one that was used last.
package final class LedgerLock: Sendable {
    /// The lock's file.
    let path: String
    /// Which file it is.
    let identity: FileIdentity

    private struct State {
        let descriptor: Int32
        var content: LockRecord.Content
    }
    private let state: Mutex<State>

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
        path = file.lockPath
        let deadline = ContinuousClock.now + max(wait, .milliseconds(500))
        while true {
            let descriptor = try Self.open(file)
            do throws(LedgerError) {
                try Self.lock(descriptor, file, until: deadline, isStopped)
                guard let status = FileIdentity.status(ofDescriptor: descriptor),
                    status.identity == FileIdentity.status(of: file.lockPath)?.identity
                else {
                    // Somebody removed the file while we waited for it: a lock on it guards nothing.
                    close(descriptor)
                    continue
                }
                identity = status.identity
                state = Mutex(State(descriptor: descriptor, content: try Self.begin(descriptor, file)))
                return
            } catch {
                close(descriptor)
                throw error
            }
        }
    }

    deinit {
        let descriptor = state.withLock { $0.descriptor }
        close(descriptor)
    }

    /// How far the ledger that was used last had come.
    var mark: LedgerMark {
        state.withLock { $0.content.mark }
    }

    /// Puts on record how far the ledger has come: only once the ledger has it for good, since it must never be
    /// behind its own lock file.
    func record(_ mark: LedgerMark) throws(LedgerError) {
        let failure = state.withLock { state -> SystemError? in
            state.content.mark = state.content.mark.joined(with: mark)
            return Self.write(&state.content, state.descriptor)
        }
        if let failure { throw LedgerError.lockUnwritable(path, failure) }
    }

    /// What a ledger's lock file says while nobody holds it; nothing where there is none.
    static func mark(of file: LedgerFile) -> LedgerMark {
        // Whatever else is called so may be a pipe that nobody writes into.
        guard FileIdentity.status(of: file.lockPath)?.kind == .file,
            let bytes = try? SmallFile.read(file.lockPath, limit: LockRecord.fileLength)
        else { return LedgerMark() }
        return LockRecord.newest(in: bytes)?.mark ?? LedgerMark()
    }

    /// Whether a run holds the lock at this moment.
    static func isHeld(_ file: LedgerFile) throws(LedgerError) -> Bool {
        try !SharedLock(file).isTaken
    }

    /// Refuses a ledger that another run holds at this moment. Readers take the lock for an instant, which is awaited.
    static func checkFree(_ file: LedgerFile) throws(LedgerError) {
        let deadline = ContinuousClock.now + .milliseconds(500)
        while try isHeld(file) {
            guard ContinuousClock.now < deadline else {
                throw held(file, (try? SmallFile.read(file.lockPath)) ?? [])
            }
            usleep(20_000)
        }
    }

    private static func held(_ file: LedgerFile, _ bytes: [UInt8]) -> LedgerError {
        let holder = LockRecord.newest(in: bytes)?.holder
        return LedgerError.held(path: file.path, by: holder.map { "process \($0)" })
    }

    // MARK: Taking it

    private static func open(_ file: LedgerFile) throws(LedgerError) -> Int32 {
        let descriptor = ForeignPath.withBytes(of: file.lockPath) {
            SystemFiles.open($0, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        guard descriptor >= 0 else { throw LedgerError.lockUnopened(file.lockPath, .last) }
        return descriptor
    }

    private static func lock(
        _ descriptor: Int32, _ file: LedgerFile, until deadline: ContinuousClock.Instant,
        _ isStopped: () -> Bool
    ) throws(LedgerError) {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let failure = SystemError.last
            if failure.code == EINTR, !isStopped() { continue }
            guard failure.code == EWOULDBLOCK || failure.code == EINTR else {
                throw LedgerError.lockFailed(file.lockPath, failure)
            }
            guard ContinuousClock.now < deadline, !isStopped() else {
                throw held(file, (try? read(descriptor)) ?? [])
            }
            usleep(20_000)
        }
    }

    /// Reads what the file remembers, and puts this process's number into it.
    private static func begin(_ descriptor: Int32, _ file: LedgerFile) throws(LedgerError)
        -> LockRecord.Content
    {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try read(descriptor)
        } catch {
            throw LedgerError.lockUnopened(file.lockPath, error)
        }
        var content: LockRecord.Content
        if let newest = LockRecord.newest(in: bytes) {
            content = newest
            content.holder = Int(getpid())
            if let failure = write(&content, descriptor) {
                throw LedgerError.lockUnwritable(file.lockPath, failure)
            }
        } else if bytes.isEmpty {
            // A new one gets both of its records, and its length, for good.
            content = LockRecord.Content(holder: Int(getpid()))
            for _ in 0..<2 {
                if let failure = write(&content, descriptor) {
                    // One that is half made would look damaged.
                    ftruncate(descriptor, 0)
                    throw LedgerError.lockUnwritable(file.lockPath, failure)
                }
            }
            fsync(descriptor)
        } else {
            throw LedgerError.lockDamaged(file.lockPath, of: file.path)
        }
        return content
    }

    // MARK: The file

    private static func read(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: LockRecord.fileLength)
        let length = bytes.withUnsafeMutableBytes { Descriptor.read(into: $0, at: 0, from: descriptor) }
        guard let length else { throw SystemError.last }
        return Array(bytes[..<length])
    }

    /// Writes the next record over the older of the two.
    private static func write(_ content: inout LockRecord.Content, _ descriptor: Int32) -> SystemError? {
        content.number += 1
        let offset = LockRecord.offset(of: content.number)
        return LockRecord.text(content).withUnsafeBytes {
            Descriptor.write($0, at: offset, to: descriptor)
        }
    }
}

/// A reader's hold on the lock: while it lasts, no run can begin. For an instant only.
final class SharedLock {
    private let descriptor: Int32
    /// False where a run holds the lock.
    let isTaken: Bool

    /// - Throws: `LedgerError` where it can't be told.
    init(_ file: LedgerFile) throws(LedgerError) {
        let descriptor = ForeignPath.withBytes(of: file.lockPath) {
            open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        }
        self.descriptor = descriptor
        guard descriptor >= 0 else {
            // Nobody has ever held what is not there.
            let failure = SystemError.last
            isTaken = true
            guard failure.code == ENOENT else { throw LedgerError.lockUnopened(file.lockPath, failure) }
            return
        }
        var failure = SystemError(0)
        repeat {
            failure = flock(descriptor, LOCK_SH | LOCK_NB) == 0 ? SystemError(0) : .last
        } while failure.code == EINTR
        isTaken = failure.code != EWOULDBLOCK
        guard failure.code == 0 || failure.code == EWOULDBLOCK else {
            throw LedgerError.lockFailed(file.lockPath, failure)
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
