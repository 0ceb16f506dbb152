/// Files that are read as a whole.
public enum SmallFile {
    /// All bytes of a file, whatever size the system says it has.
    ///
    /// - Parameter limit: how many bytes are read at most.
    /// - Throws: `SystemError`.
    public static func read(_ path: String, limit: Int = .max) throws(SystemError) -> [UInt8] {
        let descriptor = ForeignPath.withBytes(of: path) { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        guard descriptor >= 0 else { throw SystemError.last }
        defer { close(descriptor) }
        return try Descriptor.readAll(descriptor, limit: limit)
    }
}
