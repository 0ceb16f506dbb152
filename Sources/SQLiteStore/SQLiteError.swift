import CSQLite

/// A failure of SQLite or of the file below it. It names the operation and
/// SQLite's own words, never a bound value.
public struct SQLiteError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What somebody who catches it may want to tell apart.
    public enum Kind: String, Sendable, Hashable {
        /// The disk, the quota or the database's own limit is full.
        case full
        /// The file or its folder can't be written.
        case readOnly = "read-only"
        /// The file is damaged.
        case corrupt
        /// The file is not an SQLite database.
        case notADatabase = "not-a-database"
        /// The file can't be opened.
        case cantOpen = "cant-open"
        /// Reading or writing the file failed.
        case inputOutput = "io"
        /// Another connection holds the database.
        case busy
        /// A constraint or a trigger refused the change.
        case constraint
        /// Somebody interrupted the operation.
        case interrupted
        /// Anything else: most likely a mistake in this program.
        case other
    }

    /// What kind of failure it is.
    public var kind: Kind
    /// SQLite's extended result code.
    public var code: Int32
    /// SQLite's words.
    public var message: String
    /// What was being done: a verb or the statement's text, without values.
    public var operation: String

    init(code: Int32, message: String, operation: String) {
        self.code = code
        self.message = message
        self.operation = operation
        kind =
            switch code & 0xff {
            // The index of the write-ahead log could not grow, for which it needs nothing but room.
            case SQLITE_IOERR where code == SQLITE_IOERR | (19 << 8): .full
            case SQLITE_FULL: .full
            case SQLITE_READONLY, SQLITE_PERM: .readOnly
            case SQLITE_CORRUPT: .corrupt
            case SQLITE_NOTADB: .notADatabase
            case SQLITE_CANTOPEN: .cantOpen
            case SQLITE_IOERR: .inputOutput
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_CONSTRAINT: .constraint
            case SQLITE_INTERRUPT: .interrupted
            default: .other
            }
    }

    /// What a connection says of its last failure.
    init(_ code: Int32, of connection: OpaquePointer?, operation: String) {
        self.init(
            code: code, message: String(cString: sqlite3_errmsg(connection)),
            operation: Self.oneLine(operation))
    }

    /// SQL text without its line breaks.
    static func oneLine(_ sql: String) -> String {
        sql.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// A failure that was found without asking SQLite.
    public init(_ kind: Kind, message: String, operation: String) {
        self.kind = kind
        code = 0
        self.message = message
        self.operation = operation
    }

    /// The words and the operation, on one line.
    public var description: String {
        "\(message) (\(operation); SQLite code \(code))"
    }
}
