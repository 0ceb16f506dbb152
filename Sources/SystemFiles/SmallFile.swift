#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Files that are read as a whole.
public enum SmallFile {
    /// All bytes of a file, whatever size the system says it has.
    ///
    /// - Throws: `SystemError`.
    public static func read(_ path: String) throws(SystemError) -> [UInt8] {
        let descriptor = ForeignPath.withBytes(of: path) { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        guard descriptor >= 0 else { throw SystemError.last }
        defer { close(descriptor) }
        return try Descriptor.readAll(descriptor)
    }
}
