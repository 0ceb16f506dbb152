/// What tells whether a file is as it was.
public struct FileStamp: Sendable, Hashable {
    /// In bytes.
    public let size: Int
    /// Nanoseconds since 1970 UTC.
    public let modified: Int

    /// Of what a path names itself, links not followed; nil where there is nothing.
    public init?(_ path: String) {
        guard let status = FileIdentity.status(ofLink: path) else { return nil }
        (size, modified) = (status.size, status.modified)
    }
}

extension stat {
    /// When the file was last written: nanoseconds since 1970 UTC.
    public var modified: Int {
        #if canImport(Darwin)
            let time = st_mtimespec
        #else
            let time = st_mtim
        #endif
        return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
    }
}
