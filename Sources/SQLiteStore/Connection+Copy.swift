import CSQLite

extension Connection {
    /// Copies everything as it is at this moment into another database, in place of what that held.
    public func copy(into other: Connection) throws(SQLiteError) {
        guard let backup = sqlite3_backup_init(other.handle, "main", handle, "main") else {
            throw other.failure(sqlite3_errcode(other.handle), "copy")
        }
        _ = sqlite3_backup_step(backup, -1)
        let result = sqlite3_backup_finish(backup)
        guard result == SQLITE_OK else { throw other.failure(result, "copy") }
    }
}
