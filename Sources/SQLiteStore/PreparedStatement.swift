/// A statement in the hands of one owner, who runs it many times; then it can be used again without being prepared
/// anew.
public final class PreparedStatement {
    private let statement: Statement
    private let connection: Connection
    private let sql: String

    init(_ statement: Statement, _ sql: String, of connection: Connection) {
        self.statement = statement
        self.sql = sql
        self.connection = connection
    }

    deinit {
        connection.putBack(statement, sql)
    }

    /// Runs a statement that returns no rows, and says how many rows it changed.
    @discardableResult
    public func run(_ arguments: Arguments) throws(SQLiteError) -> Int {
        try statement.run(arguments)
    }

    /// Runs a statement that returns no rows and whose parameters go by position, and says how many rows it changed.
    ///
    /// - Parameter bind: gives every parameter its value.
    @discardableResult
    public func run(_ bind: (Statement) -> Void) throws(SQLiteError) -> Int {
        bind(statement)
        return try statement.run()
    }

    /// What `read` makes of the query's first row; nil where there is none.
    public func first<Value>(_ arguments: Arguments, _ read: (Row) throws -> Value) throws -> Value? {
        try statement.first(arguments, read)
    }

    /// Hands each row of the query to `body`.
    public func forEach(_ arguments: Arguments, _ body: (Row) throws -> Void) throws {
        try statement.forEach(arguments, body)
    }
}
