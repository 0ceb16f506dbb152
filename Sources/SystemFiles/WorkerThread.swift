import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

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
        let (code, thread) = create(Work(name, body), stackSize: stackSize)
        guard code == 0, let thread else { throw SystemError(code) }
        pthread_detach(thread)
    }

    /// Whether so many threads could be started beside those that there are, with stacks of the default size.
    ///
    /// Libraries whose threads can't be counted rely on them: Dispatch, which runs Swift's tasks, tries again every
    /// second until it gets its thread.
    public static func areAvailable(_ count: Int) -> Bool {
        // Held until all of them exist at once.
        let gate = Gate()
        var threads: [pthread_t] = []
        gate.mutex.withLock { _ in
            while threads.count < count,
                let thread = create(Work("probe") { gate.mutex.withLock { _ in } }, stackSize: nil).thread
            {
                threads.append(thread)
            }
        }
        // Their stacks are free again once they were waited for.
        for thread in threads { pthread_join(thread, nil) }
        return threads.count == count
    }

    private final class Gate: Sendable {
        let mutex = Mutex(())
    }

    /// - Parameter stackSize: nil for the default.
    private static func create(_ work: Work, stackSize: Int?) -> (code: Int32, thread: pthread_t?) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        if let stackSize { pthread_attr_setstacksize(&attributes, stackSize) }
        // Given back by the thread.
        let context = Unmanaged.passRetained(work).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let code = pthread_create(&thread, &attributes, threadBody, context)
        if code != 0 { Unmanaged<Work>.fromOpaque(context).release() }
        return (code, code == 0 ? thread : nil)
    }

    #if canImport(Darwin)
        private static let threadBody: @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? =
            {
                run($0)
                return nil
            }
    #else
        private static let threadBody: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
            {
                if let context = $0 { run(context) }
                return nil
            }
    #endif

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
