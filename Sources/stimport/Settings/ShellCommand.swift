#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starts a command of the user's through `/bin/sh`, with our environment, which holds no password.
enum ShellCommand {
    #if canImport(Darwin)
        typealias FileActions = posix_spawn_file_actions_t?
        typealias Attributes = posix_spawnattr_t?
    #else
        typealias FileActions = posix_spawn_file_actions_t
        typealias Attributes = posix_spawnattr_t
    #endif

    /// - Parameters:
    ///   - process: becomes the ID of the process.
    ///   - actions: what becomes of its descriptors: initialized.
    ///   - attributes: how it is started: initialized; nil as usual.
    /// - Returns: 0, or an errno.
    static func spawn(
        _ command: String, _ process: inout pid_t, actions: UnsafePointer<FileActions>,
        attributes: UnsafePointer<Attributes>? = nil
    ) -> Int32 {
        let texts = ["/bin/sh", "-c", command]
        var words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        #if canImport(Darwin)
            let variables = _NSGetEnviron().pointee
        #else
            let variables = environ
        #endif
        return posix_spawn(&process, "/bin/sh", actions, attributes, &words, variables)
    }
}
