/// Which file it is, whatever it is called: two names with one identity are one file.
public struct FileIdentity: Sendable, Hashable {
    /// What a file is.
    public enum Kind: Sendable, Hashable {
        case file, folder, device, pipe, other
    }

    /// The device that it lies on.
    public let device: UInt64
    /// Its number there.
    public let inode: UInt64

    private init(_ status: stat) {
        device = UInt64(truncatingIfNeeded: status.st_dev)
        inode = UInt64(truncatingIfNeeded: status.st_ino)
    }

    /// What is known of a file beside its identity.
    public struct Status: Sendable, Hashable {
        /// Which file it is.
        public let identity: FileIdentity
        /// How many names it has; 0 for an open file that was removed.
        public let links: Int
        /// What it is.
        public let kind: Kind
        /// In bytes.
        public let size: Int
        /// When it was last written: nanoseconds since 1970 UTC.
        public let modified: Int
        /// Who may do what with it: the lower twelve bits of its mode.
        public let permissions: UInt32
        /// The user whom it belongs to.
        public let owner: UInt32

        init(_ status: stat) {
            identity = FileIdentity(status)
            links = Int(status.st_nlink)
            kind =
                switch status.st_mode & S_IFMT {
                case S_IFREG: .file
                case S_IFDIR: .folder
                case S_IFCHR, S_IFBLK: .device
                case S_IFIFO: .pipe
                default: .other
                }
            size = Int(status.st_size)
            modified = status.modified
            permissions = UInt32(status.st_mode & 0o7777)
            owner = UInt32(status.st_uid)
        }
    }

    /// Of the file that a path leads to, links followed; nil where it leads to none.
    public static func status(of path: String) -> Status? {
        var status = stat()
        return ForeignPath.withBytes(of: path) { stat($0, &status) } == 0 ? Status(status) : nil
    }

    /// Of what a path names itself, links not followed; nil where there is nothing.
    public static func status(ofLink path: String) -> Status? {
        var status = stat()
        return ForeignPath.withBytes(of: path) { lstat($0, &status) } == 0 ? Status(status) : nil
    }

    /// Of an open file; nil where the descriptor is not open.
    public static func status(ofDescriptor descriptor: Int32) -> Status? {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Status(status) : nil
    }

    /// The paths under which this process has the file open, as the system knows them now: without those that
    /// were removed.
    public var openPaths: [String] {
        #if os(Linux)
            var found: [String] = []
            for descriptor in Self.openDescriptors() {
                guard Self.status(ofDescriptor: descriptor)?.identity == self,
                    let path = ResolvedPath.target(ofLink: "/proc/self/fd/\(descriptor)"),
                    Self.status(of: path)?.identity == self, !found.contains(path)
                else { continue }
                found.append(path)
            }
            return found
        #else
            return []
        #endif
    }

    private static func openDescriptors() -> [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var found: [Int32] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let number = Int32(name) { found.append(number) }
        }
        return found
    }
}
