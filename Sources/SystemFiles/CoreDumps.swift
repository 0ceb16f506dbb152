/// Core dumps hold everything that the process knows, the password included. So do the reports that Swift's runtime
/// writes of a crash where it is asked to: registers, and the memory that they point to.
public enum CoreDumps {
    /// Allows none of this process from now on. To be called before a secret is looked at.
    ///
    /// The limit alone is not enough: where the kernel pipes dumps to a program (systemd-coredump, apport), it does so
    /// with a limit of 0 too. A process that is not dumpable gets none, and no other process of the user may read its
    /// memory or its environment either.
    public static func forbid() {
        var limit = rlimit(rlim_cur: 0, rlim_max: 0)
        #if canImport(Glibc)
            _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
        #else
            _ = setrlimit(RLIMIT_CORE, &limit)
        #endif
        // Without the runtime's handlers, a crash ends the process and says nothing.
        for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(number, SIG_DFL) }
        #if os(Linux)
            // PR_SET_DUMPABLE of <sys/prctl.h>.
            _ = processControl?(4, 0, 0, 0, 0)
        #endif
    }

    #if os(Linux)
        private typealias ProcessControl = @convention(c) (Int32, UInt, UInt, UInt, UInt) -> Int32
        /// A call with a variable number of arguments, which Swift does not import.
        private static let processControl = dlsym(nil, "prctl").map {
            unsafeBitCast($0, to: ProcessControl.self)
        }
    #endif
}
