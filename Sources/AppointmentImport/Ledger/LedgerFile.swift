import Foundation

/// Where the ledger lies on disk: found, or made with nobody else's permissions.
struct LedgerFile: Sendable {
    /// As it was named.
    let path: String
    /// Without symbolic links, so that two names of one ledger share one lock.
    let resolvedPath: String
    /// Whether `prepare` made the file.
    let wasCreated: Bool

    /// The lock's file: never removed, since a lock on a removed file guards nothing.
    var lockPath: String { resolvedPath + ".lock" }

    /// Whether a write-ahead log with something in it lies beside the file: where nobody has the ledger open,
    /// its last user was killed.
    var hasLog: Bool {
        var status = stat()
        return stat(resolvedPath + "-wal", &status) == 0 && status.st_size > 0
    }

    /// Finds the file without making anything.
    init(existing path: String) throws(LedgerError) {
        self.path = path
        guard let resolved = Self.resolve(path) else {
            switch errno {
            case ENOENT, ENOTDIR: throw LedgerError.missing(path: path)
            default: throw Self.unreachable(path)
            }
        }
        resolvedPath = resolved
        wasCreated = false
        try checkIsFile()
    }

    /// Finds the file, or makes it: mode 0600, in folders of mode 0700 where they are new.
    static func prepare(_ path: String, mustExist: Bool) throws(LedgerError) -> LedgerFile {
        if mustExist || resolve(path) != nil { return try LedgerFile(existing: path) }
        // A link that leads nowhere: making its target would be a guess.
        var status = stat()
        if lstat(path, &status) == 0 {
            throw LedgerError(
                .unreachable, "the ledger \(path) is a link to a file that is not there",
                fix: "mend the link or name the ledger with --ledger")
        }
        let parts = PathParts(path)
        let folder = parts.folder
        try makeFolders(folder.isEmpty ? "." : folder, for: path)
        guard let resolvedFolder = resolve(folder.isEmpty ? "." : folder) else { throw unreachable(path) }
        let resolvedPath = PathParts.path(parts.name, in: resolvedFolder)
        let descriptor = open(resolvedPath, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 || errno == EEXIST else { throw unreachable(path) }
        if descriptor >= 0 { close(descriptor) }
        let file = LedgerFile(path: path, resolvedPath: resolvedPath, wasCreated: descriptor >= 0)
        try file.checkIsFile()
        return file
    }

    private init(path: String, resolvedPath: String, wasCreated: Bool) {
        self.path = path
        self.resolvedPath = resolvedPath
        self.wasCreated = wasCreated
    }

    private func checkIsFile() throws(LedgerError) {
        var status = stat()
        guard stat(resolvedPath, &status) == 0 else { throw Self.unreachable(path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw LedgerError(
                .unreachable, "the ledger \(path) is not a file", fix: "name a file with --ledger")
        }
    }

    private static func makeFolders(_ folder: String, for path: String) throws(LedgerError) {
        var status = stat()
        if stat(folder, &status) == 0 { return }
        let parent = PathParts(folder).folder
        if !parent.isEmpty, parent != folder { try makeFolders(parent, for: path) }
        if mkdir(folder, 0o700) != 0, errno != EEXIST { throw unreachable(path) }
    }

    private static func resolve(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func unreachable(_ path: String) -> LedgerError {
        let reason = String(cString: strerror(errno))
        switch errno {
        case EROFS, EACCES, EPERM:
            return LedgerError(
                .readOnly, "the ledger \(path) can't be made or opened: \(reason)",
                fix: "name a place that you may write to with --ledger")
        case ENOSPC, EDQUOT:
            return LedgerError(
                .full, "the ledger \(path) can't be made: \(reason)",
                fix: "make room and start the same command again")
        default:
            return LedgerError(
                .unreachable, "the ledger \(path) can't be opened: \(reason)",
                fix: "check that its folder exists and that you may read and write it")
        }
    }
}
