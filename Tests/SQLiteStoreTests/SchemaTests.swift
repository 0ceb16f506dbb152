import SQLiteStore
import TestSupport
import Testing

@Suite("Schema versions") struct SchemaTests {
    private let one = Schema(
        applicationID: 77, migrations: [{ "CREATE TABLE a (x); INSERT INTO a VALUES (1)" }])
    private let two = Schema(
        applicationID: 77,
        migrations: [{ "CREATE TABLE a (x); INSERT INTO a VALUES (1)" }, { "ALTER TABLE a ADD y" }])

    @Test("An empty file is brought to the last version, once")
    func migratesEmpty() throws {
        let database = try TemporaryDatabase()
        let connection = try database.open()
        #expect(try two.version(of: connection) == 0)
        #expect(throws: Schema.Mismatch.empty) { try two.requireCurrent(connection) }
        #expect(try two.migrate(connection))
        #expect(try two.version(of: connection) == 2)
        #expect(try !two.migrate(connection))
        try two.requireCurrent(connection)
        #expect(try connection.integer("SELECT count(*) FROM a") == 1)
        #expect(try connection.integer("PRAGMA application_id") == 77)
    }

    @Test("An older file gets only what it lacks, and keeps what it holds")
    func migratesOlder() throws {
        let database = try TemporaryDatabase()
        let connection = try database.open()
        try one.migrate(connection)
        #expect(throws: Schema.Mismatch.older(version: 1, known: 2)) { try two.requireCurrent(connection) }
        #expect(try !two.migrate(connection))
        #expect(try connection.integer("SELECT count(*) FROM a WHERE y IS NULL") == 1)
        #expect(try two.version(of: connection) == 2)
    }

    @Test("A newer file is refused and not touched")
    func refusesNewer() throws {
        let database = try TemporaryDatabase()
        try two.migrate(database.open())
        let before = try database.folder.bytes("test.sqlite3")
        let connection = try database.open()
        #expect(throws: Schema.Mismatch.newer(version: 2, known: 1)) { try one.migrate(connection) }
        #expect(throws: Schema.Mismatch.newer(version: 2, known: 1)) { try one.requireCurrent(connection) }
        #expect(try database.folder.bytes("test.sqlite3") == before)
    }

    @Test(
        "Another program's file is refused and not touched",
        arguments: [
            "PRAGMA application_id = 78", "CREATE TABLE theirs (x)", "PRAGMA user_version = 1",
            "PRAGMA application_id = 78; PRAGMA user_version = 1; CREATE TABLE theirs (x)",
            // Marked as ours, and yet nothing that any version of ours has written.
            "PRAGMA application_id = 77", "PRAGMA application_id = 77; PRAGMA user_version = -1",
            "PRAGMA application_id = 77; CREATE TABLE theirs (x)",
        ])
    func refusesForeign(sql: String) throws {
        let database = try TemporaryDatabase()
        try database.open().execute(sql)
        let before = try database.folder.bytes("test.sqlite3")
        let connection = try database.open()
        let application = try connection.integer("PRAGMA application_id") ?? 0
        let foreign = Schema.Mismatch.foreign(applicationID: application)
        #expect(throws: foreign) { try two.version(of: connection) }
        #expect(throws: foreign) { try two.migrate(connection) }
        #expect(throws: foreign) { try two.requireCurrent(connection) }
        #expect(try database.folder.bytes("test.sqlite3") == before)
    }

    @Test("A migration that fails leaves the version before it")
    func failingMigration() throws {
        let database = try TemporaryDatabase()
        let connection = try database.open()
        let broken = Schema(
            applicationID: 77,
            migrations: [{ "CREATE TABLE a (x)" }, { "CREATE TABLE b (x); CREATE TABLE a (x)" }])
        #expect(throws: SQLiteError.self) { try broken.migrate(connection) }
        #expect(!connection.isInTransaction)
        #expect(try broken.version(of: connection) == 1)
        #expect(try connection.integer("SELECT count(*) FROM sqlite_master") == 1)
    }
}
