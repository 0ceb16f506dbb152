import SQLiteStore
import SystemFiles

/// Opens a ledger for looking at it, also where nothing can be written: on a read-only disk, in somebody else's
/// folder. SQLite wants to write the index of the log even for a reader.
enum ReadingPlace {
    /// - Throws: `LedgerError`, `SQLiteError`, `Schema.Mismatch`.
    static func open(_ file: LedgerFile) throws -> Connection {
        let isWritable =
            [file.resolvedPath, PathParts(file.resolvedPath).folder].allSatisfy { path in
                ForeignPath.withBytes(of: path) { access($0, W_OK) } == 0
            }
        do {
            return try checked(
                Connection(path: file.resolvedPath, mode: isWritable ? .readWrite : .readOnly))
        } catch let error as SQLiteError where error.kind == .cantOpen || error.kind == .readOnly {
            // What somebody is using has all it needs beside it; so this one nobody uses.
            if file.hasLog { return try copy(of: file, error) }
            return try checked(Connection(path: file.resolvedPath, mode: .immutable))
        }
    }

    private static func checked(_ store: Connection) throws -> Connection {
        try LedgerSchema.current.requireCurrent(store)
        return store
    }

    /// A private copy of the ledger and of its log, which has what the file lacks; gone with the connection.
    private static func copy(of file: LedgerFile, _ failure: SQLiteError) throws -> Connection {
        let parts = [(file.resolvedPath, "/copy"), (file.logPath, "/copy-wal")]
        let before = parts.map { FileStamp($0.0) }
        var template = Array((ProcessFolders.temporary + "/stimport-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else { throw failure }
        let folder = String(cString: made)
        defer {
            for name in ["/copy", "/copy-wal", "/copy-shm"] { unlink(folder + name) }
            rmdir(folder)
        }
        do throws(SystemError) {
            for (source, name) in parts { try NewFile.copy(source, to: folder + name) }
        } catch {
            throw LedgerError(
                .readOnly,
                "the ledger \(file.path) can't be read where it is, and no copy could be made in \(ProcessFolders.temporary): \(error.reason)",
                fix: "name a folder with room in TMPDIR, or copy the ledger and its log elsewhere")
        }
        guard parts.map({ FileStamp($0.0) }) == before else {
            throw SQLiteError(.busy, message: "it was written meanwhile", operation: "copy")
        }
        // Its files are all open once it was read: nobody needs their names any more.
        return try checked(Connection(path: folder + "/copy", mode: .readWrite))
    }
}
