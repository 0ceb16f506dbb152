/// Foreign keys, looked at once instead of row by row.
extension Connection {
    /// Runs `body` in one transaction, as `inTransaction` does, and looks at all foreign keys of the database before
    /// it commits instead of at each row that is written.
    ///
    /// For a transaction that writes about as much as the database holds: then looking at everything costs less than
    /// half of what SQLite's own look at each row does.
    ///
    /// - Throws: `SQLiteError` of kind `constraint` where a reference would lead nowhere: then nothing was done.
    public func inBulkTransaction(_ body: () throws -> TransactionEnd) throws {
        precondition(!isInTransaction, "foreign keys are switched between transactions only")
        try execute("PRAGMA foreign_keys = OFF")
        do {
            try inTransaction {
                let end = try body()
                if end == .commit { try checkReferences() }
                return end
            }
        } catch {
            try? execute("PRAGMA foreign_keys = ON")
            throw error
        }
        try execute("PRAGMA foreign_keys = ON")
    }

    /// Refuses a database with a reference that leads nowhere.
    private func checkReferences() throws {
        let dangling = try first(
            "SELECT \"table\" AS child, parent FROM pragma_foreign_key_check LIMIT 1"
        ) { (child: try $0["child"] as String, parent: try $0["parent"] as String) }
        guard let dangling else { return }
        throw SQLiteError(
            .constraint, message: "a row of \(dangling.child) refers to no row of \(dangling.parent)",
            operation: "foreign_key_check")
    }
}
