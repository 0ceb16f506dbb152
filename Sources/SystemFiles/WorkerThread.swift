/// Threads of the program's own, for work that blocks. Where the system gives none, that is known at once: Foundation's
/// own threads never begin then, and whoever waits for them waits for ever.
public enum WorkerThread {
    private final class Work: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(_ name: String, _ body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    /// Starts a thread, which ends with `body`. It holds back the signals that the calling thread holds back.
    ///
    /// - Parameters:
    ///   - name: what debuggers show, of which Linux keeps 15 bytes.
    ///   - stackSize: in bytes.
    /// - Throws: `SystemError`: `EAGAIN` where no further thread is allowed or there is no memory for its stack.
    public static func start(
        _ name: String, stackSize: Int = 1 << 20, _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        // Given back by the thread.
        let work = Unmanaged.passRetained(Work(name, body))
        let (code, thread) = create(threadBody, work.toOpaque()) {
            pthread_attr_setstacksize(&$0, stackSize)
        }
        guard code == 0, let thread else {
            work.release()
            throw SystemError(code)
        }
        pthread_detach(thread)
    }

    /// Lets the calling thread wait, signals or not. Only for threads of the program's own.
    public static func sleep(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        var rest = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        var left = timespec()
        while nanosleep(&rest, &left) != 0, errno == EINTR { rest = left }
    }

    /// Whether so many threads could be started beside those that there are, with stacks of the default size.
    ///
    /// Libraries whose threads can't be counted rely on them: Dispatch, which runs Swift's tasks, tries again every
    /// second until it gets its thread.
    public static func areAvailable(_ count: Int) -> Bool {
        // Room for the stacks, all at once. The threads themselves get small ones out of one block: the system would
        // have to make, protect and take back each of its own, and every start waits for them.
        guard count > 0 else { return true }
        let stackSize = trialStackSize
        guard MemoryLimit.leaves(count * defaultStackSize), let stacks = MemoryLimit.map(count * stackSize)
        else { return false }
        defer { munmap(stacks, count * stackSize) }
        // Held until all of them exist at once. A lock of the system's, for threads that allocate nothing: at its first
        // allocation each would be given a share of the heap of its own.
        let gate = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        pthread_mutex_init(gate, nil)
        defer {
            pthread_mutex_destroy(gate)
            gate.deallocate()
        }
        var threads: [pthread_t] = []
        threads.reserveCapacity(count)
        pthread_mutex_lock(gate)
        while threads.count < count {
            let stack = stacks + threads.count * stackSize
            let thread = create(waitingBody, gate) { pthread_attr_setstack(&$0, stack, stackSize) }.thread
            guard let thread else { break }
            threads.append(thread)
        }
        pthread_mutex_unlock(gate)
        // Their stacks are used until they were waited for.
        for thread in threads { pthread_join(thread, nil) }
        return threads.count == count
    }

    /// The stack of a thread that only waits, in bytes: what the system asks for at the least, in whole pages of any
    /// size.
    private static var trialStackSize: Int {
        let unit = 64 << 10
        return (max(unit, sysconf(Int32(_SC_THREAD_STACK_MIN))) + unit - 1) / unit * unit
    }

    /// The stack of a thread for which none is asked for, in bytes.
    private static var defaultStackSize: Int {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        var size = 0
        pthread_attr_getstacksize(&attributes, &size)
        return size
    }

    #if canImport(Darwin)
        private typealias Body = @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer?
    #else
        private typealias Body = @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
    #endif

    private static func create(
        _ body: Body, _ context: UnsafeMutableRawPointer, setStack: (inout pthread_attr_t) -> Int32
    ) -> (code: Int32, thread: pthread_t?) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        _ = setStack(&attributes)
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let code = pthread_create(&thread, &attributes, body, context)
        return (code, code == 0 ? thread : nil)
    }

    #if canImport(Darwin)
        private static let threadBody: Body = {
            run($0)
            return nil
        }
        private static let waitingBody: Body = {
            wait($0)
            return nil
        }
    #else
        private static let threadBody: Body = {
            if let context = $0 { run(context) }
            return nil
        }
        private static let waitingBody: Body = {
            if let context = $0 { wait(context) }
            return nil
        }
    #endif

    /// Goes through a lock once it is free.
    private static func wait(_ context: UnsafeMutableRawPointer) {
        let gate = context.assumingMemoryBound(to: pthread_mutex_t.self)
        pthread_mutex_lock(gate)
        pthread_mutex_unlock(gate)
    }

    private static func run(_ context: UnsafeMutableRawPointer) {
        let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
        #if canImport(Darwin)
            pthread_setname_np(work.name)
        #elseif canImport(Glibc)
            _ = setName?(pthread_self(), String(work.name.prefix(15)))
        #endif
        work.body()
    }

    #if canImport(Glibc)
        private typealias SetName = @convention(c) (pthread_t, UnsafePointer<CChar>) -> Int32
        /// A call that the Glibc module does not show.
        private static let setName = dlsym(nil, "pthread_setname_np").map {
            unsafeBitCast($0, to: SetName.self)
        }
    #endif
}
