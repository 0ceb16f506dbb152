import SQLiteStore
import Testing

@Suite("Transactions") struct TransactionTests {
    private let database: TemporaryDatabase
    private let connection: Connection

    private struct Stop: Error, Equatable {}

    init() throws {
        database = try TemporaryDatabase()
        connection = try database.open()
        try connection.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
    }

    private func values() throws -> [Int] {
        let query = try database.open(.readOnly).prepare("SELECT a FROM t ORDER BY a")
        var found: [Int] = []
        while try query.step() { found.append(query.integer(0)) }
        return found
    }

    @Test("What a transaction did is seen by others once it is over, and not before")
    func commits() throws {
        let result = try connection.transaction {
            #expect(connection.isInTransaction)
            try connection.execute("INSERT INTO t VALUES (1)")
            #expect(try values().isEmpty)
            return "done"
        }
        #expect(result == "done")
        #expect(!connection.isInTransaction)
        #expect(try values() == [1])
    }

    @Test("A transaction whose body throws is undone, and the error passed on")
    func rollsBack() throws {
        #expect(throws: Stop()) {
            try connection.transaction {
                try connection.execute("INSERT INTO t VALUES (1)")
                throw Stop()
            }
        }
        #expect(!connection.isInTransaction)
        try connection.transaction { try connection.execute("INSERT INTO t VALUES (2)") }
        #expect(try values() == [2])
    }

    @Test("A savepoint that throws takes back its own part only")
    func savepoints() throws {
        try connection.transaction {
            try connection.execute("INSERT INTO t VALUES (1)")
            try connection.inSavepoint {
                try connection.execute("INSERT INTO t VALUES (2)")
                return .commit
            }
            do {
                try connection.inSavepoint {
                    try connection.execute("INSERT INTO t VALUES (3)")
                    try connection.inSavepoint {
                        try connection.execute("INSERT INTO t VALUES (4)")
                        return .commit
                    }
                    throw Stop()
                }
                Issue.record("the error was swallowed")
            } catch is Stop {}
            #expect(connection.isInTransaction)
            try connection.execute("INSERT INTO t VALUES (5)")
        }
        #expect(try values() == [1, 2, 5])
    }

    @Test(
        "A transaction and a savepoint end as their body says",
        arguments: [Connection.TransactionEnd.commit, .rollback],
        [Connection.TransactionEnd.commit, .rollback])
    func ends(part: Connection.TransactionEnd, whole: Connection.TransactionEnd) throws {
        try connection.inTransaction {
            try connection.execute("INSERT INTO t VALUES (1)")
            try connection.inSavepoint {
                try connection.execute("INSERT INTO t VALUES (2)")
                return part
            }
            #expect(connection.isInTransaction)
            return whole
        }
        #expect(!connection.isInTransaction)
        #expect(try values() == (whole == .rollback ? [] : part == .rollback ? [1] : [1, 2]))
    }

    @Test("A savepoint takes temporary tables back too")
    func temporaryTables() throws {
        try connection.execute("CREATE TEMP TABLE seen (a)")
        _ = try connection.transaction {
            #expect(throws: Stop()) {
                try connection.inSavepoint {
                    try connection.execute("INSERT INTO temp.seen VALUES (1)")
                    throw Stop()
                }
            }
        }
        #expect(try connection.integer("SELECT count(*) FROM temp.seen") == 0)
    }

    @Test(
        "A database that is full is told as such, undone, and works once there is room",
        arguments: [false, true])
    func full(inSavepoint: Bool) throws {
        let fill = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO t SELECT randomblob(200) FROM n
            """
        let limit = try connection.integer("PRAGMA max_page_count")
        try connection.execute("PRAGMA max_page_count = 20")
        let found = try kind {
            try connection.transaction {
                try connection.execute("INSERT INTO t VALUES (1)")
                if inSavepoint {
                    try connection.inSavepoint {
                        try connection.execute(fill)
                        return .commit
                    }
                } else {
                    try connection.execute(fill)
                }
            }
        }
        #expect(found == .full)
        #expect(!connection.isInTransaction)
        #expect(try values().isEmpty)
        try connection.execute("PRAGMA max_page_count = \(try #require(limit))")
        try connection.transaction { try connection.execute("INSERT INTO t VALUES (2)") }
        #expect(try values() == [2])
    }

    @Test("A transaction that SQLite ended by itself passes its own error on")
    func endedBySQLite() throws {
        try connection.execute("CREATE TABLE u (a UNIQUE ON CONFLICT ROLLBACK); INSERT INTO u VALUES (1)")
        let found = try kind {
            try connection.transaction {
                try connection.execute("INSERT INTO t VALUES (1)")
                try connection.inSavepoint {
                    try connection.execute("INSERT INTO u VALUES (1)")
                    return .commit
                }
            }
        }
        #expect(found == .constraint)
        #expect(!connection.isInTransaction)
        #expect(try values().isEmpty)
    }
}
