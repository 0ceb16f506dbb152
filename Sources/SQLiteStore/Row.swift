import CSQLite

/// The current row of a query, read by the names of its columns: `let name: String = try row["name"]`.
///
/// It is the query's place, not a copy of what stands there: the next step moves it on.
public struct Row {
    @usableFromInline let statement: Statement

    init(statement: Statement) { self.statement = statement }

    /// What a column has.
    ///
    /// - Throws: `SQLiteError` where there is no such column, where two have the name, and where it is NULL or of another
    ///   type.
    @inlinable public subscript<Value: SQLiteValue>(_ column: String) -> Value {
        get throws(SQLiteError) {
            let index = try statement.column(named: column)
            if let value = Value.read(from: statement, index) { return value }
            throw statement.misread(column, index, as: Value.self)
        }
    }

    /// What a column has, or nil for NULL.
    ///
    /// - Throws: as for one that is never NULL.
    @inlinable public subscript<Value: SQLiteValue>(_ column: String) -> Value? {
        get throws(SQLiteError) {
            let index = try statement.column(named: column)
            if statement.isNull(index) { return nil }
            if let value = Value.read(from: statement, index) { return value }
            throw statement.misread(column, index, as: Value.self)
        }
    }
}
