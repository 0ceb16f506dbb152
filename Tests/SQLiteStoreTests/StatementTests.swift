import SQLiteStore
import Testing

@Suite("Statements") struct StatementTests {
    private let connection: Connection

    init() throws {
        connection = try Connection(path: "", mode: .temporary)
        try connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a)")
    }

    @Test(
        "A text comes back as it was bound",
        arguments: [
            "", "plain", "a\u{0}b", "\u{0}", "line\r\nbreak", "🧰 é", "'; DROP TABLE t; --", "\u{FEFF}x",
        ])
    func texts(text: String) throws {
        try connection.prepare("INSERT INTO t (a) VALUES (?1)").bind(text, at: 1).run()
        let query = try connection.prepare("SELECT a, typeof(a) FROM t")
        #expect(try query.step())
        #expect(query.text(0) == text)
        #expect(query.optionalText(0) == text)
        #expect(query.withBytes(0) { Array($0) } == Array(text.utf8))
        #expect(query.text(1) == "text")
        #expect(!query.isNull(0))
    }

    @Test(
        "Borrowed bytes come back as they were bound",
        arguments: [[], [0x41], [0x41, 0x00, 0x42]] as [[UInt8]])
    func borrowed(bytes: [UInt8]) throws {
        let insert = try connection.prepare("INSERT INTO t (a) VALUES (?1)")
        try bytes.withUnsafeBufferPointer { buffer in
            insert.bind(borrowing: buffer, at: 1)
            try insert.run()
        }
        let query = try connection.prepare("SELECT a FROM t")
        #expect(try query.step())
        #expect(!query.isNull(0))
        #expect(query.withBytes(0) { Array($0) } == bytes)
    }

    @Test("An empty buffer without memory is the empty text, not NULL")
    func emptyBuffer() throws {
        let insert = try connection.prepare("INSERT INTO t (a) VALUES (?1)")
        insert.bind(borrowing: UnsafeBufferPointer(start: nil, count: 0), at: 1)
        try insert.run()
        #expect(try connection.text("SELECT typeof(a) FROM t") == "text")
    }

    @Test("An integer comes back as it was bound", arguments: [0, 1, -1, Int.max, Int.min])
    func integers(value: Int) throws {
        try connection.prepare("INSERT INTO t (a) VALUES (?1), (?2)")
            .bind(value, at: 1).bind(Int64(value) as Int64?, at: 2).run()
        #expect(try connection.integer("SELECT a FROM t WHERE id = 1") == value)
        #expect(try connection.integer("SELECT a FROM t WHERE id = 2") == value)
    }

    @Test("NULL is nil, and else nothing of its kind")
    func null() throws {
        try connection.prepare("INSERT INTO t (a) VALUES (?1), (?2)")
            .bind(nil as String?, at: 1).bind(nil as Int64?, at: 2).run()
        let query = try connection.prepare("SELECT a FROM t")
        var rows = 0
        while try query.step() {
            rows += 1
            #expect(query.isNull(0))
            #expect(query.optionalText(0) == nil)
            #expect(query.optionalInteger(0) == nil)
            #expect(query.text(0).isEmpty)
            #expect(query.integer(0) == 0)
            #expect(query.number(0) == 0)
            #expect(query.withBytes(0) { $0.count } == 0)
        }
        #expect(rows == 2)
    }

    @Test("Numbers keep their fraction")
    func numbers() throws {
        let query = try connection.prepare("SELECT 3.25")
        #expect(try query.step())
        #expect(query.number(0) == 3.25)
    }

    @Test("A query that came to its end can be run again")
    func runsAgain() throws {
        try connection.execute("INSERT INTO t (a) VALUES (1), (2), (3)")
        let query = try connection.prepare("SELECT a FROM t WHERE a > ?1 ORDER BY a")
        for least in [0, 1, 2, 3] {
            query.bind(least, at: 1)
            var found: [Int] = []
            while try query.step() { found.append(query.integer(0)) }
            #expect(found == Array(1...3).filter { $0 > least })
        }
    }

    @Test("A reset ends a query early and keeps its bindings")
    func reset() throws {
        try connection.execute("INSERT INTO t (a) VALUES (1), (2), (3)")
        let query = try connection.prepare("SELECT a FROM t WHERE a >= ?1 ORDER BY a").bind(2, at: 1)
        #expect(try query.step())
        query.reset()
        #expect(try query.step())
        #expect(query.integer(0) == 2)
    }

    @Test("A statement that failed can be bound anew and run")
    func afterFailure() throws {
        let insert = try connection.prepare("INSERT INTO t (id) VALUES (?1)")
        try insert.bind(1, at: 1).run()
        #expect(throws: SQLiteError.self) { try insert.bind(1, at: 1).run() }
        #expect(try insert.bind(2, at: 1).run() == 1)
        #expect(connection.lastInsertedRowID == 2)
    }

    @Test("A change counts the rows that it changed, a trigger's not among them")
    func changes() throws {
        try connection.execute(
            """
            CREATE TABLE log (x);
            CREATE TRIGGER logs AFTER UPDATE ON t BEGIN INSERT INTO log VALUES (1), (2); END;
            INSERT INTO t (a) VALUES (1), (2), (3)
            """)
        #expect(try connection.prepare("UPDATE t SET a = a + 1 WHERE a > 1").run() == 2)
        #expect(try connection.prepare("UPDATE t SET a = 0 WHERE a > 100").run() == 0)
        #expect(try connection.prepare("INSERT OR IGNORE INTO t (id) VALUES (1)").run() == 0)
        #expect(try connection.prepare("INSERT INTO t (id) VALUES (1) ON CONFLICT DO NOTHING").run() == 0)
    }

    @Test("The short ways give the first column of the first row")
    func shortcuts() throws {
        #expect(try connection.integer("SELECT 4, 5 UNION ALL SELECT 6, 7") == 4)
        #expect(try connection.text("SELECT 'x'") == "x")
        #expect(try connection.integer("SELECT 1 WHERE 0") == nil)
        #expect(try connection.integer("SELECT NULL") == nil)
        #expect(try connection.text("SELECT NULL") == nil)
    }

    @Test("A row is carried over to another connection as it is, whatever it holds")
    func rowOfAnother() throws {
        try connection.execute(
            "CREATE TABLE u (a, b, c, d, e, f); INSERT INTO u VALUES (1, NULL, 1.5, 'é' || char(0) || 'x', x'00ff', '')"
        )
        let other = try Connection(path: "", mode: .temporary)
        try other.execute("CREATE TABLE u (a, b, c, d, e, f)")
        let query = try connection.prepare("SELECT * FROM u")
        #expect(query.columnCount == 6)
        #expect(try query.step())
        try other.prepare("INSERT INTO u VALUES (?, ?, ?, ?, ?, ?)").bind(rowOf: query).run()
        let shown =
            "SELECT quote(a) || quote(b) || quote(c) || hex(d) || quote(e) || quote(f) || typeof(d) FROM u"
        #expect(try other.text(shown) == connection.text(shown))
        #expect(try other.text(shown) != nil)
    }
}
