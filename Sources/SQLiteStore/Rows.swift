/// A query's rows, one after the other. The statement is this owner's own until it is given up: then it can be used
/// again, without being prepared anew.
public final class Rows {
    private let statement: Statement
    private let connection: Connection
    private let sql: String

    init(_ statement: Statement, _ sql: String, of connection: Connection) {
        self.statement = statement
        self.sql = sql
        self.connection = connection
    }

    deinit {
        statement.reset()
        connection.putBack(statement, sql)
    }

    /// Goes to the next row; nil when there is none, and then it begins anew.
    public func next() throws(SQLiteError) -> Row? {
        try statement.step() ? Row(statement: statement) : nil
    }
}
