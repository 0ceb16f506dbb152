import CSQLite
import SystemFiles

/// One connection to one SQLite file. Not `Sendable`: whoever opens it owns it.
public final class Connection {
    /// How a file is opened.
    public enum Mode: Sendable, Hashable {
        /// For reading and writing; the file must be there (an empty one will do).
        case readWrite
        /// For reading only.
        case readOnly
        /// For reading only, in a place where nothing can be written, and where nobody writes: without locks and
        /// without a log, even where there is one.
        case immutable
        /// A private database on disk without a name, gone with the connection.
        case temporary
    }

    let handle: OpaquePointer
    /// Those that were prepared and are not in use, by their text.
    var statements: [String: Statement] = [:]

    /// Settles what concerns the whole library, before the first connection.
    private static let isConfigured = shim_forget_memory_status() == SQLITE_OK

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: the file; without meaning for `.temporary`.
    ///   - busyTimeout: how long to wait for another connection, in milliseconds.
    public init(path: String, mode: Mode, busyTimeout: Int32 = 10_000) throws(SQLiteError) {
        _ = Self.isConfigured
        let flags =
            SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
            | (mode == .readOnly || mode == .immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
            | (mode == .immutable ? SQLITE_OPEN_URI : 0)
            | (mode == .temporary ? SQLITE_OPEN_CREATE : 0)
        var handle: OpaquePointer?
        let name =
            switch mode {
            case .readWrite, .readOnly: path
            case .immutable: Self.uri(path) + "?immutable=1"
            case .temporary: ""
            }
        let result = ForeignPath.withBytes(of: name) { sqlite3_open_v2($0, &handle, flags, nil) }
        guard result == SQLITE_OK, let handle else {
            let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close(handle)
            throw SQLiteError(code: result, message: message, operation: "open")
        }
        self.handle = handle
        sqlite3_busy_timeout(handle, busyTimeout)
        // A file from elsewhere must not run code of its own through its schema.
        shim_set_defensive(handle)
        shim_limit_double_quoted_strings(handle)
        do {
            try execute("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;")
        } catch {
            sqlite3_close(handle)
            throw error
        }
    }

    /// A path as a `file:` address: every byte that may mean something there is escaped.
    private static func uri(_ path: String) -> String {
        var uri = "file:"
        for byte in ForeignPath.bytes(of: path) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default: uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return uri
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    /// Runs SQL text that returns nothing of interest.
    public func execute(_ sql: String) throws(SQLiteError) {
        let result = sqlite3_exec(handle, sql, nil, nil, nil)
        if result != SQLITE_OK { throw failure(result, sql) }
    }

    /// Prepares one statement.
    public func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        try Statement(sql, on: self)
    }

    /// How many rows the last statement changed, triggers not counted.
    public var changes: Int {
        Int(sqlite3_changes64(handle))
    }

    /// The row ID of the last insert.
    public var lastInsertedRowID: Int {
        Int(sqlite3_last_insert_rowid(handle))
    }

    /// Whether a transaction is open.
    public var isInTransaction: Bool {
        sqlite3_get_autocommit(handle) == 0
    }

    /// How a transaction or a savepoint ends that does not fail.
    public enum TransactionEnd: Sendable, Hashable {
        /// What was done stays.
        case commit
        /// What was done is undone.
        case rollback
    }

    /// Runs `body` in one transaction that takes the write lock first: durable
    /// when this returns, undone when anything throws.
    public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        var result: Result?
        try inTransaction {
            result = try body()
            return .commit
        }
        guard let result else { preconditionFailure("a transaction that did not fail ran its body") }
        return result
    }

    /// Runs `body` in one transaction that takes the write lock first, and ends it as `body` says: durable when this
    /// returns, or undone; undone when anything throws.
    public func inTransaction(_ body: () throws -> TransactionEnd) throws {
        precondition(!isInTransaction, "transactions do not nest: use a savepoint")
        try execute("BEGIN IMMEDIATE")
        do {
            switch try body() {
            case .commit: try execute("COMMIT")
            case .rollback: try execute("ROLLBACK")
            }
        } catch {
            // SQLite may have rolled back by itself (a full disk does that).
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` inside the open transaction, and keeps or undoes what it did, and only that, as `body` says; undone
    /// when anything throws.
    public func inSavepoint(_ body: () throws -> TransactionEnd) throws {
        precondition(isInTransaction, "a savepoint belongs in a transaction")
        try execute("SAVEPOINT part")
        do {
            switch try body() {
            case .commit: try execute("RELEASE part")
            case .rollback: try execute("ROLLBACK TO part; RELEASE part")
            }
        } catch {
            if isInTransaction { try? execute("ROLLBACK TO part; RELEASE part") }
            throw error
        }
    }

    func failure(_ code: Int32, _ operation: String) -> SQLiteError {
        SQLiteError(code, of: handle, operation: operation)
    }
}
