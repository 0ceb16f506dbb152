/// How many files this process may have open.
public enum DescriptorLimit {
    /// Makes room for so many, as far as the system lets us.
    ///
    /// - Returns: whether that many are allowed now.
    public static func raise(to wanted: Int) -> Bool {
        #if canImport(Darwin)
            let resource = RLIMIT_NOFILE
        #else
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #endif
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return true }
        if limit.rlim_cur >= rlim_t(wanted) { return true }
        limit.rlim_cur = min(limit.rlim_max, rlim_t(wanted))
        _ = setrlimit(resource, &limit)
        return getrlimit(resource, &limit) == 0 && limit.rlim_cur >= rlim_t(wanted)
    }
}
