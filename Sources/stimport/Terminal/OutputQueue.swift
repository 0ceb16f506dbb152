import AppointmentLedger
import AppointmentRows
import SystemFiles

/// Output on its way to a pipe, a socket or a terminal, whose reader may stop reading. A thread of its own writes, so
/// that a run never waits for a reader with its ledger's lock held.
final class OutputQueue: Sendable {
    /// How long whoever has something to say waits for room.
    enum Patience: Sendable {
        /// Not at all.
        case none
        /// A moment, and not again before the reader has caught up.
        case short
        /// Until there is room: nothing is lost on a slow reader.
        case endless
    }

    private struct Chunk: Sendable {
        let bytes: [UInt8]
        let descriptor: Int32
    }

    private struct State: Sendable {
        var chunks: [Chunk] = []
        /// Bytes that are not written yet, those of the write that is going on included.
        var pending = 0
        var patience: Patience
        /// Whether the reader kept somebody waiting in vain.
        var isStalled = false
        /// How long everybody together may still wait with `Patience.short`.
        var budget: TimeInterval = 5
        var lost = 0
        /// The first failed write's `errno` of each descriptor.
        var failures: [Int32: Int32] = [:]
        var isClosed = false

        mutating func add(_ bytes: [UInt8], to descriptor: Int32) {
            chunks.append(Chunk(bytes: bytes, descriptor: descriptor))
            pending += bytes.count
        }

        mutating func addWithinLimit(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
            guard pending + bytes.count <= OutputQueue.limit else {
                lost += 1
                return false
            }
            add(bytes, to: descriptor)
            return true
        }
    }

    /// How much is kept for a reader that doesn't read, in bytes.
    static let limit = 1 << 20
    /// How much may wait before whoever adds to it waits too.
    private static let comfortable = limit / 4
    /// The longest that one message waits with `Patience.short`.
    private static let moment: TimeInterval = 1

    private let monitor: Monitor<State>

    /// A queue and its thread; nil where the system gives no thread: output then waits for its reader.
    init?(patience: Patience) {
        let monitor = Monitor(State(patience: patience))
        self.monitor = monitor
        guard (try? WorkerThread.start("output", { Self.write(monitor) })) != nil else { return nil }
    }

    deinit {
        monitor.withLock { $0.isClosed = true }
    }

    /// Whether a descriptor's writes may wait for a reader. Files and devices such as `/dev/null` have none: they
    /// are written to at once, and what goes wrong is known at once.
    static func isNeeded(for descriptor: Int32) -> Bool {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return false }
        switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFDIR, S_IFBLK: return false
        case S_IFCHR: return isatty(descriptor) == 1
        default: return true
        }
    }

    // MARK: Adding

    /// Adds a message, which is written whole or not at all.
    ///
    /// - Parameter mayWait: false for a thread that must go on, such as the one that handles signals.
    func add(_ bytes: [UInt8], to descriptor: Int32, mayWait: Bool = true) {
        let start = Date()
        let isAdded = monitor.wait(until: start + Self.moment) { state -> Bool? in
            if state.failures[descriptor] != nil { return true }
            if state.pending == 0 || state.pending + bytes.count <= Self.comfortable {
                state.add(bytes, to: descriptor)
                return true
            }
            switch state.patience {
            case .endless where mayWait: return nil
            case .short where mayWait && !state.isStalled && state.budget > 0: return nil
            default: return state.addWithinLimit(bytes, to: descriptor)
            }
        }
        if isAdded != nil {
            let waited = -start.timeIntervalSinceNow
            if waited > 0.01 { monitor.withLock { $0.budget -= waited } }
            return
        }
        // The moment is over.
        _ = monitor.wait { state -> Bool? in
            if state.failures[descriptor] != nil { return true }
            if state.patience == .endless {
                guard state.pending == 0 || state.pending + bytes.count <= Self.comfortable else {
                    return nil
                }
                state.add(bytes, to: descriptor)
                return true
            }
            state.isStalled = true
            state.budget -= Self.moment
            return state.addWithinLimit(bytes, to: descriptor)
        }
    }

    /// Adds what is out of date soon: it is dropped where anything is still on its way.
    ///
    /// - Returns: whether it will be written.
    func addProgress(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        monitor.withLock { state in
            guard state.pending == 0, state.failures[descriptor] == nil else { return false }
            state.add(bytes, to: descriptor)
            return true
        }
    }

    /// Follows another patience from now on; whoever waits follows it too.
    func setPatience(_ patience: Patience) {
        monitor.withLock { state in
            state.patience = patience
            if patience == .endless { state.isStalled = false }
        }
    }

    // MARK: Ending

    /// Waits until everything is written, or its writing has failed.
    ///
    /// - Parameter time: nil waits as long as the patience is endless, and where it is short some seconds: the thread
    ///   that writes has to get its turn.
    /// - Returns: whether everything has left.
    @discardableResult
    func flush(within time: TimeInterval?) -> Bool {
        let isShort = monitor.withLock { $0.patience == .short }
        let limit = time ?? (isShort ? 2 * Self.moment : nil)
        return monitor.wait(until: limit.map { Date() + $0 }) { state -> Bool? in
            if state.pending == 0 { return true }
            if time != nil || state.patience == .endless { return nil }
            return isShort && state.patience == .short ? nil : false
        } ?? false
    }

    /// How many messages were dropped since the last call.
    func takeLost() -> Int {
        monitor.withLock { state in
            defer { state.lost = 0 }
            return state.lost
        }
    }

    /// The `errno` of the descriptor's first failed write, or nil.
    func failure(of descriptor: Int32) -> Int32? {
        monitor.withLock { $0.failures[descriptor] }
    }

    // MARK: The thread

    private static func write(_ monitor: Monitor<State>) {
        while true {
            let chunks = monitor.wait { state -> [Chunk]? in
                guard !state.chunks.isEmpty else { return state.isClosed ? [] : nil }
                defer { state.chunks = [] }
                return state.chunks
            }
            guard let chunks, !chunks.isEmpty else { return }
            for chunk in chunks { write(chunk, monitor) }
        }
    }

    private static func write(_ chunk: Chunk, _ monitor: Monitor<State>) {
        var failure = monitor.withLock { $0.failures[chunk.descriptor] }
        if failure == nil {
            failure = chunk.bytes.withUnsafeBytes { Descriptor.write($0, to: chunk.descriptor) }?.code
        }
        monitor.withLock { state in
            state.pending -= chunk.bytes.count
            if state.pending == 0 { state.isStalled = false }
            if let failure { state.failures[chunk.descriptor] = failure }
        }
    }
}
