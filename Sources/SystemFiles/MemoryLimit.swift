/// How much memory this process may have, by `ulimit -v` and `-d` or where the system promises no more than it has.
public enum MemoryLimit {
    /// Whether so many bytes can be had beside those that are in use.
    public static func leaves(_ bytes: Int) -> Bool {
        guard let block = map(bytes) else { return false }
        munmap(block, bytes)
        return true
    }

    /// Memory of its own, to be given back with `munmap`; nil where there is not as much.
    static func map(_ bytes: Int) -> UnsafeMutableRawPointer? {
        let block = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        return block == MAP_FAILED ? nil : block
    }

    /// Where the memory is limited, makes later threads and their share of the heap small: each would set aside 8 MiB
    /// for its stack and 64 MiB of addresses that only it allocates from.
    ///
    /// - Parameter sharingHeap: whether they allocate from the same heap anyway.
    public static func economize(sharingHeap: Bool = false) {
        #if canImport(Glibc)
            let isLimited = isLimited(RLIMIT_AS) || isLimited(RLIMIT_DATA)
            // M_ARENA_MAX of <malloc.h>.
            if isLimited || sharingHeap { _ = setAllocator?(-8, 1) }
            guard isLimited else { return }
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            defer { pthread_attr_destroy(&attributes) }
            pthread_attr_setstacksize(&attributes, 1 << 20)
            _ = setThreadDefaults?(&attributes)
        #endif
    }

    #if canImport(Glibc)
        private static func isLimited(_ resource: __rlimit_resource) -> Bool {
            var limit = rlimit()
            return getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0
                && limit.rlim_cur != rlim_t.max
        }

        private typealias SetAllocator = @convention(c) (Int32, Int32) -> Int32
        private typealias SetThreadDefaults = @convention(c) (UnsafePointer<pthread_attr_t>) -> Int32
        /// Calls that the Glibc module does not show.
        private static let setAllocator = dlsym(nil, "mallopt").map {
            unsafeBitCast($0, to: SetAllocator.self)
        }
        private static let setThreadDefaults = dlsym(nil, "pthread_setattr_default_np").map {
            unsafeBitCast($0, to: SetThreadDefaults.self)
        }
    #endif
}
