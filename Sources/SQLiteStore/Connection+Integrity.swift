import CSQLite

/// Looking after a file: whether it is whole, and copies of it.
extension Connection {
    /// What a check for damage found.
    public enum Health: Sendable, Hashable {
        /// All of it was looked at, and it is whole.
        case whole
        /// Time ran out before anything wrong was found.
        case notFinished
        /// It is damaged: SQLite's words on the first fault.
        case damaged(String)
    }

    /// Looks for damage.
    ///
    /// - Parameters:
    ///   - limit: how long at the most; nil for as long as it takes.
    ///   - comparesIndexes: whether each index is compared with its table too (`PRAGMA integrity_check`; about five
    ///     times as long as `quick_check`): a flipped bit makes a value of an index another one, which nothing else shows.
    public func check(within limit: Duration?, comparingIndexes comparesIndexes: Bool = false)
        throws(SQLiteError) -> Health
    {
        var deadline = ContinuousClock.now + (limit ?? .zero)
        return try withUnsafeMutablePointer(to: &deadline) { deadline throws(SQLiteError) -> Health in
            if limit != nil {
                sqlite3_progress_handler(
                    handle, 10_000,
                    { context in
                        let deadline = context?.assumingMemoryBound(to: ContinuousClock.Instant.self).pointee
                        return deadline.map { ContinuousClock.now > $0 } == true ? 1 : 0
                    }, deadline)
            }
            defer { sqlite3_progress_handler(handle, 0, nil, nil) }
            do throws(SQLiteError) {
                let words =
                    try text("PRAGMA \(comparesIndexes ? "integrity_check" : "quick_check")(1)")
                    ?? "no answer"
                return words == "ok" ? .whole : .damaged(words)
            } catch {
                switch error.kind {
                case .interrupted: return .notFinished
                case .corrupt, .notADatabase: return .damaged(error.message)
                default: throw error
                }
            }
        }
    }

    /// How large the database is, in bytes, its log counted.
    public func size() throws(SQLiteError) -> Int {
        let pages = try integer("PRAGMA page_count") ?? 0
        return pages * (try integer("PRAGMA page_size") ?? 0)
    }

    /// Copies the whole database as it is at this moment into an empty file. Others may go on reading and
    /// writing meanwhile: the copy is taken in one read transaction, and does not see what they do.
    public func copy(to target: Connection) throws(SQLiteError) {
        guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
            throw target.failure(sqlite3_errcode(target.handle), "copy")
        }
        let step = sqlite3_backup_step(backup, -1)
        let end = sqlite3_backup_finish(backup)
        guard step == SQLITE_DONE else { throw target.failure(end == SQLITE_OK ? step : end, "copy") }
    }

    /// Lets closing leave the write-ahead log where it is: a damaged file is not to be written to.
    public func leaveAsFound() {
        shim_keep_log_on_close(handle)
    }
}
