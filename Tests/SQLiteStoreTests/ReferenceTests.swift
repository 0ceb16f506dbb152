import SQLiteStore
import Testing

@Suite("A transaction that looks at its references at the end") struct ReferenceTests {
    private let database: TemporaryDatabase
    private let connection: Connection

    private struct Stop: Error, Equatable {}

    init() throws {
        database = try TemporaryDatabase()
        connection = try database.open()
        try connection.execute(
            """
            CREATE TABLE parents (id INTEGER PRIMARY KEY);
            CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parents);
            """)
    }

    private func count() throws -> Int? { try connection.integer("SELECT count(*) FROM children") }

    @Test("A child may come before its parent")
    func order() throws {
        try connection.inBulkTransaction {
            try connection.execute(
                "INSERT INTO children VALUES (1, 7), (2, NULL); INSERT INTO parents VALUES (7)")
            return .commit
        }
        #expect(try count() == 2)
    }

    @Test(
        "A reference that leads nowhere undoes all of it, and each row is looked at again afterwards",
        arguments: [
            "INSERT INTO children VALUES (2, 9)", "UPDATE children SET parent = 9", "DELETE FROM parents",
        ])
    func dangling(sql: String) throws {
        try connection.execute("INSERT INTO parents VALUES (7); INSERT INTO children VALUES (1, 7)")
        let found = try kind {
            try connection.inBulkTransaction {
                try connection.execute(sql)
                return .commit
            }
        }
        #expect(found == .constraint)
        #expect(try count() == 1)
        #expect(try connection.integer("SELECT parent FROM children") == 7)
        #expect(try kind { try connection.execute(sql) } == .constraint)
    }

    @Test("One that is undone or fails leaves nothing, and each row is looked at again afterwards")
    func undone() throws {
        try connection.inBulkTransaction {
            try connection.execute("INSERT INTO children VALUES (1, 9)")
            return .rollback
        }
        #expect(throws: Stop()) {
            try connection.inBulkTransaction { throw Stop() }
        }
        #expect(try count() == 0)
        #expect(try kind { try connection.execute("INSERT INTO children VALUES (1, 9)") } == .constraint)
    }
}
