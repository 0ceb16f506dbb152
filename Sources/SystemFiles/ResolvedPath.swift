/// Paths without links, `.` and `..`, so that two names of one place are one text.
public enum ResolvedPath {
    /// The absolute path of something that is there.
    ///
    /// - Throws: `SystemError` where it is not, or can't be reached.
    public static func existing(_ path: String) throws(SystemError) -> String {
        guard let resolved = ForeignPath.withBytes(of: path, { realpath($0, nil) }) else {
            throw SystemError.last
        }
        defer { free(resolved) }
        return ForeignPath.text(of: resolved)
    }

    /// The absolute path of something that may not be there yet: where it would be made. Links to nothing are followed.
    /// What leads through a folder that is not there is taken as it is written.
    public static func future(_ path: String) -> String {
        var path = path
        // As many links in a row as the system follows itself.
        for _ in 0..<40 {
            if let resolved = try? existing(path) { return resolved }
            let parts = PathParts(path)
            let folder = parts.folder.isEmpty ? "." : parts.folder
            guard let target = target(ofLink: path) else {
                if parts.name.isEmpty || folder == path { return path }
                return ForeignPath.text(ofNameIn: path, in: future(folder))
            }
            path = target.utf8.first == UInt8(ascii: "/") ? target : PathParts.path(target, in: folder)
        }
        return path
    }

    /// Where a symbolic link leads, as it is written in it; nil where a path is no link.
    public static func target(ofLink path: String) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = ForeignPath.withBytes(of: path) { readlink($0, &buffer, buffer.count) }
        return length < 0
            ? nil : ForeignPath.text(of: buffer[..<length].map { UInt8(bitPattern: $0) })
    }
}
