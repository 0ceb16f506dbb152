import SystemFiles

/// The files of a ledger that is in use, and whether its path still leads to them.
///
/// Somebody may delete, move or replace them meanwhile. What is written then goes into files that the next run does
/// not find, so nothing more may be claimed.
struct LedgerPlace: Sendable {
    private let file: LedgerFile
    private let database: FileIdentity
    /// The log, its index and the lock, as far as there are any.
    private let companions: [(path: String, identity: FileIdentity)]

    /// What became of the files.
    enum Change: Sendable, Hashable {
        /// Nothing is at that path any more.
        case gone(String)
        /// Something else is.
        case replaced(String)
        /// The ledger got another name beside its own.
        case linked(Int)
    }

    /// The files as they are now.
    ///
    /// - Parameters:
    ///   - opened: the database when it was opened: SQLite's own descriptor can't be asked, and one of ours would
    ///     drop its locks when it is closed.
    ///   - lock: the lock as it is held.
    init(_ file: LedgerFile, opened: FileIdentity, lock: LedgerLock) {
        self.file = file
        database = opened
        companions =
            [file.logPath, file.logIndexPath].compactMap { path in
                FileIdentity.status(of: path).map { (path, $0.identity) }
            } + [(lock.path, lock.identity)]
    }

    /// What changed since, or nil.
    var change: Change? {
        guard let status = FileIdentity.status(of: file.resolvedPath) else { return .gone(file.resolvedPath) }
        guard status.identity == database else { return .replaced(file.resolvedPath) }
        guard status.links <= 1 else { return .linked(status.links) }
        for (path, identity) in companions {
            guard let found = FileIdentity.status(of: path) else { return .gone(path) }
            guard found.identity == identity else { return .replaced(path) }
        }
        return nil
    }

    /// Whether the database itself is still where its path says.
    var isInPlace: Bool {
        FileIdentity.status(of: file.resolvedPath)?.identity == database
    }

    /// Where the database is now; nil where it has no name any more.
    var currentPath: String? {
        database.openPaths.first
    }
}
