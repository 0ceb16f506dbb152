import AppointmentRows
import SystemFiles

/// Where the ledger lies on disk: found, or made with nobody else's permissions.
package struct LedgerFile: Sendable {
    /// As it was named.
    let path: String
    /// Without symbolic links, so that two names of one ledger share one lock.
    let resolvedPath: String
    /// Whether `prepare` made the file.
    let wasCreated: Bool

    /// The lock's file: never removed, since a lock on a removed file guards nothing.
    var lockPath: String { resolvedPath + ".lock" }

    /// SQLite's write-ahead log, and the index of it.
    var logPath: String { resolvedPath + "-wal" }
    var logIndexPath: String { resolvedPath + "-shm" }

    /// What lies beside the ledger while it is used, whether it is there or not.
    var companions: [String] { [logPath, logIndexPath, resolvedPath + "-journal", lockPath] }

    /// Whether a write-ahead log with something in it lies beside the file: where nobody has the ledger open,
    /// its last user was killed.
    var hasLog: Bool {
        (FileIdentity.status(of: logPath)?.size ?? 0) > 0
    }

    /// Finds the file without making anything.
    package init(existing path: String) throws(LedgerError) {
        let resolved: String
        do throws(SystemError) {
            resolved = try ResolvedPath.existing(path)
        } catch {
            switch error.code {
            case ENOENT, ENOTDIR: throw Self.objectionToMaking(path) ?? LedgerError.missing(path: path)
            default: throw Self.unreachable(path, error)
            }
        }
        self.init(path: path, resolvedPath: resolved, wasCreated: false)
        try checkPlace()
    }

    /// What can be told of a ledger before it is opened or made, so that nobody is asked for a password in vain.
    ///
    /// - Parameter mayBeHeld: whether it is no trouble that another run holds it, since this one would wait.
    package static func check(_ path: String, mustExist: Bool, mayBeHeld: Bool) throws(LedgerError) {
        if mustExist || (try? ResolvedPath.existing(path)) != nil {
            let file = try LedgerFile(existing: path)
            if !mayBeHeld { try LedgerLock.checkFree(file) }
            return
        }
        if let objection = objectionToMaking(path) { throw objection }
        // A new one: whatever is nearest to it must be a folder that takes it.
        let folder = NewFile.nearestFolder(to: path)
        guard ForeignPath.withBytes(of: folder, { access($0, W_OK | X_OK) }) == 0 else {
            throw unreachable(path, .last)
        }
        guard FileIdentity.status(of: folder)?.kind == .folder else {
            throw unreachable(path, SystemError(ENOTDIR))
        }
    }

    /// Finds the file, or makes it: mode 0600, in folders of mode 0700 where they are new.
    static func prepare(_ path: String, mustExist: Bool) throws(LedgerError) -> LedgerFile {
        if mustExist || (try? ResolvedPath.existing(path)) != nil { return try LedgerFile(existing: path) }
        if let objection = objectionToMaking(path) { throw objection }
        // A link that leads nowhere: making its target would be a guess.
        if ResolvedPath.target(ofLink: path) != nil {
            throw LedgerError(
                .unreachable, "the ledger \(path) is a link to a file that is not there",
                fix: "mend the link or name the ledger with --ledger")
        }
        let parts = PathParts(path)
        guard !parts.name.isEmpty, parts.name != ".", parts.name != ".." else { throw notAFile(path) }
        let folder = parts.folder.isEmpty ? "." : parts.folder
        do throws(SystemError) {
            try NewFile.makeFolders(folder)
            let resolvedPath = ForeignPath.text(
                ofNameIn: path, in: try ResolvedPath.existing(folder))
            let descriptor = ForeignPath.withBytes(of: resolvedPath) {
                open($0, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
            }
            let failure = SystemError.last
            guard descriptor >= 0 || failure.code == EEXIST else { throw failure }
            if descriptor >= 0 { close(descriptor) }
            let file = LedgerFile(path: path, resolvedPath: resolvedPath, wasCreated: descriptor >= 0)
            return file
        } catch {
            throw unreachable(path, error)
        }
    }

    /// Names the files of a ledger at a path, whether they are there or not.
    init(future path: String) {
        self.init(path: path, resolvedPath: ResolvedPath.future(path), wasCreated: false)
    }

    private init(path: String, resolvedPath: String, wasCreated: Bool) {
        self.path = path
        self.resolvedPath = resolvedPath
        self.wasCreated = wasCreated
    }

    /// Refuses what is no file, and a file that has another name or place beside this one: whoever uses it there has
    /// another log and another lock, and knows nothing of what is posted here.
    func checkPlace() throws(LedgerError) {
        guard let status = FileIdentity.status(of: resolvedPath) else { throw Self.unreachable(path, .last) }
        guard status.kind == .file else { throw Self.notAFile(path) }
        guard status.links <= 1 else { throw LedgerError.linked(path: path, links: status.links) }
        if let part = MountPoints.first(of: [resolvedPath] + companions) {
            throw LedgerError.mounted(part, folder: PathParts(resolvedPath).folder)
        }
    }

    private static func notAFile(_ path: String) -> LedgerError {
        LedgerError(.unreachable, "the ledger \(path) is not a file", fix: "name a file with --ledger")
    }

    private static func unreachable(_ path: String, _ failure: SystemError) -> LedgerError {
        switch failure.code {
        case EROFS, EACCES, EPERM:
            return LedgerError(
                .readOnly, "the ledger \(path) can't be made or opened: \(failure.reason)",
                fix:
                    "run as the user whose ledger it is; where there was never one, name a place that you may write to with --ledger"
            )
        case ENOSPC, EDQUOT:
            return LedgerError(
                .full, "the ledger \(path) can't be made: \(failure.reason)",
                fix: "make room and start the same command again")
        default:
            return LedgerError(
                .unreachable, "the ledger \(path) can't be opened: \(failure.reason)",
                fix: "check that its folder exists and that you may read and write it")
        }
    }
}
