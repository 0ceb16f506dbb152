import SQLiteStore
import TestSupport

/// A database file in a folder of its own, gone when the test is over.
final class TemporaryDatabase {
    let folder: TemporaryFolder
    let path: String

    /// Makes an empty file, with which SQLite begins a database.
    init() throws {
        folder = try TemporaryFolder()
        path = try folder.write("test.sqlite3", "")
    }

    func open(_ mode: Connection.Mode = .readWrite, busyTimeout: Int32 = 0) throws -> Connection {
        try Connection(path: path, mode: mode, busyTimeout: busyTimeout)
    }
}

/// What `body` throws, as SQLite's kind of failure; nil where it throws nothing.
func kind(_ body: () throws -> Void) throws -> SQLiteError.Kind? {
    do {
        try body()
        return nil
    } catch let error as SQLiteError {
        return error.kind
    }
}
