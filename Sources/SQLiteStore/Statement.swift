import CSQLite

/// A prepared statement: bound, stepped and reset by one owner. Not `Sendable`,
/// like the connection that it belongs to.
///
/// Parameters and columns go by their names (`run`, `first`, `forEach`). Where a row must cost next to nothing they
/// go by position, counted from 1 and 0 as in SQLite: then a change of the text's order is a change of what is meant.
public final class Statement {
    private let handle: OpaquePointer
    private let sql: String
    /// The position of each parameter, without the sign before its name.
    private(set) lazy var parameters = makeParameters()
    /// The position of each column; nil for a name that two have.
    private(set) lazy var columns = makeColumns()
    /// The names of the last arguments and their positions: the next ones most often have the same names in the same
    /// order, and comparing a name is quicker than looking it up.
    var boundOrder: [(name: String, index: Int32)] = []
    /// The columns in the order in which they were read of the last row, and how many of this row were.
    var readOrder: [(name: String, index: Int32)] = []
    var readCount = 0
    /// Why a value could not be bound; told by the next step, which must not run without it.
    private var bindingFailure: SQLiteError?

    init(_ sql: String, on connection: Connection) throws(SQLiteError) {
        var handle: OpaquePointer?
        let result = sqlite3_prepare_v3(
            connection.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
        guard result == SQLITE_OK, let handle else { throw connection.failure(result, sql) }
        self.handle = handle
        self.sql = sql
    }

    deinit {
        sqlite3_finalize(handle)
    }

    // MARK: Binding

    /// Binds an integer, or NULL.
    @discardableResult
    public func bind(_ value: Int64?, at index: Int32) -> Self {
        if let value {
            check(sqlite3_bind_int64(handle, index, value))
        } else {
            check(sqlite3_bind_null(handle, index))
        }
        return self
    }

    /// Binds an integer.
    @discardableResult
    public func bind(_ value: Int, at index: Int32) -> Self {
        check(sqlite3_bind_int64(handle, index, Int64(value)))
        return self
    }

    /// Binds a number.
    @discardableResult
    public func bind(_ value: Double, at index: Int32) -> Self {
        check(sqlite3_bind_double(handle, index, value))
        return self
    }

    /// Binds a text, or NULL. SQLite takes a copy.
    @discardableResult
    public func bind(_ value: String?, at index: Int32) -> Self {
        if var value {
            let result = value.withUTF8 { bytes in
                shim_bind_text_copy(handle, index, bytes.baseAddress, Int32(bytes.count))
            }
            check(result)
        } else {
            check(sqlite3_bind_null(handle, index))
        }
        return self
    }

    /// Binds UTF-8 text without a copy: the bytes must stay where they are until
    /// the statement is reset.
    public func bind(borrowing bytes: UnsafeBufferPointer<UInt8>, at index: Int32) {
        check(shim_bind_text_borrowed(handle, index, bytes.baseAddress, Int32(bytes.count)))
    }

    /// Binds the columns of another statement's current row, whatever they hold, to the parameters from the first on.
    /// The other one may belong to another connection of the same thread.
    @discardableResult
    public func bind(rowOf other: Statement) -> Self {
        for column in 0..<Int32(other.columnCount) {
            check(sqlite3_bind_value(handle, column + 1, sqlite3_column_value(other.handle, column)))
        }
        return self
    }

    // MARK: Stepping

    /// Goes to the next row; false when there is none, and the statement is then ready to be bound anew.
    public func step() throws(SQLiteError) -> Bool {
        if let failure = bindingFailure {
            bindingFailure = nil
            throw failure
        }
        readCount = 0
        let result = sqlite3_step(handle)
        switch result {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        default:
            let failure = failure(result)
            sqlite3_reset(handle)
            throw failure
        }
    }

    /// Runs a statement that returns no rows, and says how many rows it changed.
    @discardableResult
    public func run() throws(SQLiteError) -> Int {
        while try step() {}
        return Int(sqlite3_changes64(sqlite3_db_handle(handle)))
    }

    /// Ends a query before its last row. Bindings stay.
    public func reset() {
        sqlite3_reset(handle)
    }

    // MARK: Columns of the current row

    /// How many columns a row has.
    public var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// An integer; 0 for NULL.
    public func integer(_ column: Int32) -> Int {
        Int(sqlite3_column_int64(handle, column))
    }

    /// A number; 0 for NULL.
    public func number(_ column: Int32) -> Double {
        sqlite3_column_double(handle, column)
    }

    /// An integer, or nil for NULL.
    public func optionalInteger(_ column: Int32) -> Int? {
        isNull(column) ? nil : integer(column)
    }

    /// A text; empty for NULL.
    public func text(_ column: Int32) -> String {
        withBytes(column) { String(decoding: $0, as: UTF8.self) }
    }

    /// A text, or nil for NULL.
    public func optionalText(_ column: Int32) -> String? {
        isNull(column) ? nil : text(column)
    }

    /// Whether the column is NULL.
    public func isNull(_ column: Int32) -> Bool {
        type(column) == SQLITE_NULL
    }

    /// What the column has: `SQLITE_INTEGER` and so on.
    func type(_ column: Int32) -> Int32 {
        sqlite3_column_type(handle, column)
    }

    /// A text's UTF-8 bytes, which are valid inside `body` only; none for NULL.
    public func withBytes<Result>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let start = sqlite3_column_text(handle, column)
        return body(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// Binding fails for want of memory or for a text beyond SQLite's limit; else only for an
    /// index that the statement does not have, or between a step and its reset: mistakes of the caller.
    private func check(_ result: Int32) {
        if result == SQLITE_OK { return }
        precondition(result == SQLITE_NOMEM || result == SQLITE_TOOBIG, "bad binding in: \(sql)")
        bindingFailure = failure(result)
    }

    // MARK: Names and failures

    private func makeParameters() -> [String: Int32] {
        var parameters: [String: Int32] = [:]
        for index in 0..<sqlite3_bind_parameter_count(handle) {
            // A `?` has no name and a `?1` is a number: they are for those who bind by position.
            guard let name = sqlite3_bind_parameter_name(handle, index + 1),
                name.pointee != CChar(UInt8(ascii: "?"))
            else { continue }
            parameters[String(cString: name + 1)] = index + 1
        }
        return parameters
    }

    private func makeColumns() -> [String: Int32?] {
        var columns: [String: Int32?] = [:]
        for index in 0..<sqlite3_column_count(handle) {
            guard let name = sqlite3_column_name(handle, index) else { continue }
            let key = String(cString: name)
            columns.updateValue(columns[key] == nil ? index : nil, forKey: key)
        }
        return columns
    }

    private func failure(_ result: Int32) -> SQLiteError {
        SQLiteError(result, of: sqlite3_db_handle(handle), operation: sql)
    }

    /// A mistake of the caller's.
    func misuse(_ message: String) -> SQLiteError {
        SQLiteError(.other, message: message, operation: SQLiteError.oneLine(sql))
    }
}
