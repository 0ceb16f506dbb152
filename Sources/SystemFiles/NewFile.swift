/// Files that are written once and never over another one.
public enum NewFile {
    /// Makes a file that only its owner may read, durable, whole or not at all.
    ///
    /// - Throws: `SystemError`; `EEXIST` where something is there already, which is not touched.
    public static func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let descriptor = ForeignPath.withBytes(of: path) {
            open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { throw SystemError.last }
        do throws(SystemError) {
            defer { close(descriptor) }
            try Descriptor.write(bytes, to: descriptor)
            guard fsync(descriptor) == 0 else { throw SystemError.last }
        } catch {
            _ = ForeignPath.withBytes(of: path) { unlink($0) }
            throw error
        }
    }

    /// Copies a file into a new one that only its owner may read.
    ///
    /// - Throws: `SystemError`.
    public static func copy(_ source: String, to target: String) throws(SystemError) {
        let input = ForeignPath.withBytes(of: source) { open($0, O_RDONLY | O_CLOEXEC) }
        guard input >= 0 else { throw SystemError.last }
        defer { close(input) }
        let output = ForeignPath.withBytes(of: target) {
            open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        }
        guard output >= 0 else { throw SystemError.last }
        defer { close(output) }
        var chunk: [UInt8]
        repeat {
            chunk = try Descriptor.read(1 << 20, from: input)
            try Descriptor.write(chunk, to: output)
        } while !chunk.isEmpty
    }

    /// Where a new file, or the first of the folders that `makeFolders` makes for it, would go: the nearest folder above
    /// it that is there.
    public static func nearestFolder(to path: String) -> String {
        var folder = PathParts(path).folder
        while !folder.isEmpty, FileIdentity.status(of: folder) == nil {
            let parent = PathParts(folder).folder
            if parent == folder { break }
            folder = parent
        }
        return folder.isEmpty ? "." : folder
    }

    /// Makes a folder, and those that lead to it, which only their owner may use; one that is there stays as it is.
    ///
    /// - Throws: `SystemError`.
    public static func makeFolders(_ folder: String) throws(SystemError) {
        if FileIdentity.status(of: folder) != nil { return }
        let parent = PathParts(folder).folder
        if !parent.isEmpty, parent != folder { try makeFolders(parent) }
        if ForeignPath.withBytes(of: folder, { mkdir($0, 0o700) }) != 0 {
            let failure = SystemError.last
            guard failure.code == EEXIST else { throw failure }
        }
    }
}
