import Foundation
import SQLiteStore
import TestSupport
import Testing

@Suite("Connections") struct ConnectionTests {
    @Test("An empty file is opened for writing, and keeps what was written")
    func writes() throws {
        let database = try TemporaryDatabase()
        do {
            let connection = try database.open()
            try connection.execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)")
        }
        #expect(try database.open(.readOnly).integer("SELECT a FROM t") == 7)
    }

    @Test("A file that is not there is not made", arguments: [Connection.Mode.readWrite, .readOnly])
    func missing(mode: Connection.Mode) throws {
        let folder = try TemporaryFolder()
        #expect(
            try kind { _ = try Connection(path: folder.path("none.sqlite3"), mode: mode) } == .cantOpen)
        #expect(try folder.list().isEmpty)
    }

    @Test("A connection for reading only refuses to write")
    func readOnly() throws {
        let database = try TemporaryDatabase()
        try database.open().execute("CREATE TABLE t (a)")
        let reader = try database.open(.readOnly)
        #expect(try kind { try reader.execute("INSERT INTO t VALUES (1)") } == .readOnly)
        #expect(try reader.integer("SELECT count(*) FROM t") == 0)
    }

    @Test("A temporary database has no file, and nobody shares it")
    func temporary() throws {
        let first = try Connection(path: "ignored.sqlite3", mode: .temporary)
        try first.execute("CREATE TABLE t (a)")
        let second = try Connection(path: "ignored.sqlite3", mode: .temporary)
        #expect(try second.integer("SELECT count(*) FROM sqlite_master") == 0)
        #expect(!FileManager.default.fileExists(atPath: "ignored.sqlite3"))
    }

    @Test("A file that is no database says so")
    func notADatabase() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("text.txt", String(repeating: "no database at all\n", count: 300))
        #expect(
            try kind { try Connection(path: path, mode: .readWrite).execute("SELECT * FROM sqlite_master") }
                == .notADatabase)
    }

    @Test("A damaged database says so")
    func corrupt() throws {
        let database = try TemporaryDatabase()
        do {
            let connection = try database.open()
            try connection.execute(
                """
                CREATE TABLE t (a);
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                INSERT INTO t SELECT hex(randomblob(50)) FROM n
                """)
        }
        var bytes = try database.folder.bytes("test.sqlite3")
        for index in 4096..<bytes.count { bytes[index] = 0x5A }
        try database.folder.write("test.sqlite3", bytes: bytes)
        #expect(try kind { _ = try database.open().text("SELECT max(a) FROM t") } == .corrupt)
    }

    @Test("Who waits in vain for another writer is told that it is busy")
    func busy() throws {
        let database = try TemporaryDatabase()
        let first = try database.open()
        try first.execute("CREATE TABLE t (a)")
        let second = try database.open(busyTimeout: 1)
        try first.transaction {
            let found = try kind { try second.transaction {} }
            #expect(found == .busy)
        }
        #expect(!second.isInTransaction)
        try second.transaction { try second.execute("INSERT INTO t VALUES (1)") }
    }

    @Test(
        "A constraint is told apart, whichever it is",
        arguments: [
            "INSERT INTO t VALUES (1, 1)", "INSERT INTO t VALUES (2, NULL)", "INSERT INTO t VALUES (2, 'x')",
            "INSERT INTO child VALUES (5)", "UPDATE t SET b = -1",
        ])
    func constraint(sql: String) throws {
        let connection = try Connection(path: "", mode: .temporary)
        try connection.execute(
            """
            CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER NOT NULL) STRICT;
            CREATE TABLE child (a REFERENCES t);
            CREATE TRIGGER negative BEFORE UPDATE ON t WHEN NEW.b < 0
            BEGIN SELECT RAISE(ABORT, 'negative'); END;
            INSERT INTO t VALUES (1, 1)
            """)
        #expect(try kind { try connection.execute(sql) } == .constraint)
        #expect(try connection.integer("SELECT count(*) FROM t WHERE b = 1") == 1)
    }

    @Test(
        "A mistake in SQL is nobody else's fault",
        arguments: ["SELEC 1", "SELECT * FROM nowhere", "SELECT \"x\""])
    func mistakes(sql: String) throws {
        let connection = try Connection(path: "", mode: .temporary)
        #expect(try kind { _ = try connection.prepare(sql) } == .other)
        #expect(try kind { try connection.execute(sql) } == .other)
    }

    @Test("A failure names the statement on one line, and never a bound value")
    func messages() throws {
        let connection = try Connection(path: "", mode: .temporary)
        try connection.execute("CREATE TABLE t (a TEXT PRIMARY KEY) STRICT")
        let insert = try connection.prepare("INSERT INTO t\nVALUES (?1)")
        try insert.bind("the secret", at: 1).run()
        let error = try #require(throws: SQLiteError.self) { try insert.bind("the secret", at: 1).run() }
        #expect(error.operation == "INSERT INTO t VALUES (?1)")
        #expect(error.message == "UNIQUE constraint failed: t.a")
        #expect(!error.description.contains("secret"))
        #expect(!error.description.contains("\n"))
        #expect(error.code & 0xff == 19)
    }

    @Test("A failure that was found without SQLite keeps its kind")
    func ownFailure() {
        let error = SQLiteError(.corrupt, message: "odd", operation: "look")
        #expect(error.kind == .corrupt)
        #expect(error.description == "odd (look; SQLite code 0)")
    }
}
