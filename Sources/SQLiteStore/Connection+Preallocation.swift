import CSQLite
import SystemFiles

/// Blocks that a commit finds even where the disk has filled up since.
extension Connection {
    /// Sees to it that the write-ahead log can grow by so many bytes, wherever in it the next commit goes.
    ///
    /// The blocks belong to the log before it needs them, so nobody else can take them; they lie behind
    /// its end, where SQLite does not see them; and they go with the log, whatever ends the program. SQLite
    /// has its locks on its other two files, so a second descriptor on the log drops none of them. File systems
    /// that can't set blocks aside are taken as they are, and so is a database without a log.
    ///
    /// - Throws: `SQLiteError` of the kind `full` where there is not so much.
    public func preallocateLog(bytes: Int) throws(SQLiteError) {
        guard let name = sqlite3_db_filename(handle, "main"), let log = sqlite3_filename_wal(name),
            log.pointee != 0
        else { return }
        let descriptor = open(log, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
        // Whatever is wrong with the file, SQLite will say.
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let failure = shim_set_blocks_aside(descriptor, off_t(bytes))
        if failure == ENOSPC || failure == EDQUOT {
            throw SQLiteError(
                .full, message: SystemError(failure).reason, operation: "preallocate the log")
        }
    }
}
