/// Temporary files without a name, in `ProcessFolders.temporary`: nobody else can open them, and they are gone however the program ends.
public enum SpooledFile {
    /// An empty one, which the caller closes.
    ///
    /// - Parameter folder: where it has its room; nil for `ProcessFolders.temporary`.
    /// - Throws: `SystemError`.
    public static func open(in folder: String? = nil) throws(SystemError) -> Int32 {
        var template = Array("\(folder ?? ProcessFolders.temporary)/stimport-XXXXXX".utf8CString)
        // 0600 by POSIX; the name is gone before the first byte is written.
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .last }
        unlink(&template)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    /// One that holds these bytes and is read from its start, which the caller closes.
    ///
    /// - Throws: `SystemError`.
    public static func open(holding bytes: [UInt8]) throws(SystemError) -> Int32 {
        let descriptor = try open()
        do throws(SystemError) {
            try Descriptor.write(bytes, to: descriptor)
            try rewind(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Goes back to the start of a file.
    ///
    /// - Throws: `SystemError`.
    public static func rewind(_ descriptor: Int32) throws(SystemError) {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .last }
    }
}
