import CSQLite

/// Statements by their text: each is prepared once, and its parameters and columns go by their names.
extension Connection {
    /// Runs a statement that returns no rows, and says how many rows it changed.
    ///
    /// - Throws: `SQLiteError`, also where a parameter is unknown or got no value.
    @discardableResult
    public func run(_ sql: String, _ arguments: Arguments = [:]) throws(SQLiteError) -> Int {
        let statement = try take(sql)
        defer { putBack(statement, sql) }
        return try statement.run(arguments)
    }

    /// A query's rows, to be gone through at leisure. Another use of the same text meanwhile gets a statement of its own.
    public func rows(_ sql: String, _ arguments: Arguments = [:]) throws(SQLiteError) -> Rows {
        let statement = try take(sql)
        do {
            try statement.bind(arguments)
        } catch {
            putBack(statement, sql)
            throw error
        }
        return Rows(statement, sql, of: self)
    }

    /// A statement to be run many times in turn.
    public func prepared(_ sql: String) throws(SQLiteError) -> PreparedStatement {
        PreparedStatement(try take(sql), sql, of: self)
    }

    /// Hands each row of a query to `body`.
    public func forEach(_ sql: String, _ arguments: Arguments = [:], _ body: (Row) throws -> Void) throws {
        let statement = try take(sql)
        defer { putBack(statement, sql) }
        try statement.forEach(arguments, body)
    }

    /// What `read` makes of each row of a query.
    public func all<Value>(
        _ sql: String, _ arguments: Arguments = [:], _ read: (Row) throws -> Value
    ) throws -> [Value] {
        var found: [Value] = []
        try forEach(sql, arguments) { found.append(try read($0)) }
        return found
    }

    /// What `read` makes of a query's first row; nil where there is none.
    public func first<Value>(
        _ sql: String, _ arguments: Arguments = [:], _ read: (Row) throws -> Value
    ) throws -> Value? {
        let statement = try take(sql)
        defer { putBack(statement, sql) }
        return try statement.first(arguments, read)
    }

    /// The first column of a query's first row as an integer; nil where there is no row, or NULL in it.
    public func integer(_ sql: String, _ arguments: Arguments = [:]) throws(SQLiteError) -> Int? {
        try single(sql, arguments) { $0.optionalInteger(0) }
    }

    /// The first column of a query's first row as a text; nil where there is no row, or NULL in it.
    public func text(_ sql: String, _ arguments: Arguments = [:]) throws(SQLiteError) -> String? {
        try single(sql, arguments) { $0.optionalText(0) }
    }

    private func single<Value>(
        _ sql: String, _ arguments: Arguments, _ read: (Statement) -> Value?
    ) throws(SQLiteError) -> Value? {
        let statement = try take(sql)
        defer {
            statement.reset()
            putBack(statement, sql)
        }
        try statement.bind(arguments)
        return try statement.step() ? read(statement) : nil
    }

    /// The statement of a text, the caller's own until it is put back.
    private func take(_ sql: String) throws(SQLiteError) -> Statement {
        if let statement = statements.removeValue(forKey: sql) { return statement }
        return try prepare(sql)
    }

    /// Keeps a statement for its next use.
    func putBack(_ statement: Statement, _ sql: String) {
        // SQLite answers some of them while it prepares them, and would repeat that answer.
        if sql.hasPrefix("PRAGMA") { return }
        // Text made for one occasion is not kept for good.
        if statements.count >= Self.keptStatements { statements.removeAll() }
        statements[sql] = statement
    }

    private static var keptStatements: Int { 200 }
}
