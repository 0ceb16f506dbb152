import SQLiteStore
import Testing

@Suite("Parameters and columns by name") struct NamesTests {
    private let connection: Connection

    init() throws {
        connection = try Connection(path: "", mode: .temporary)
        try connection.execute(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, weight REAL, size INTEGER, is_new INTEGER) STRICT;
            INSERT INTO t VALUES (1, 'one', 1.5, 10, 1), (2, 'two', 2, NULL, 0), (3, NULL, NULL, -1, 0)
            """)
    }

    private enum Size: Int, SQLiteValue, Equatable { case ten = 10, none = -1 }

    /// The message of the mistake that `body` is refused for.
    private func mistake(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch let error as SQLiteError {
            #expect(error.kind == .other)
            #expect(error.operation.contains("SELECT") || error.operation.contains("UPDATE"))
            return error.message
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "A column is read by its name, wherever it stands",
        arguments: [
            "id, name, weight, size, is_new", "is_new, size, weight, name, id", "*, 7 AS more",
            "7 AS more, *",
        ])
    func columns(order: String) throws {
        let rows = try connection.rows("SELECT \(order) FROM t ORDER BY id")
        let row = try #require(try rows.next())
        #expect(try row["id"] == 1 as Int)
        #expect(try row["id"] == 1 as Int64)
        #expect(try row["id"] == 1 as Int32)
        #expect(try row["name"] == "one")
        #expect(try row["weight"] == 1.5)
        #expect(try row["size"] == Size.ten)
        #expect(try row["is_new"] == true)
        let second = try #require(try rows.next())
        #expect(try second["weight"] == 2.0)
        #expect(try second["is_new"] == false)
        #expect(try second["size"] == nil as Int?)
        _ = try rows.next()
        #expect(try rows.next() == nil)
    }

    @Test("A parameter is bound by its name, and NULL is nil")
    func parameters() throws {
        let changed = try connection.run(
            "UPDATE t SET name = :name, weight = :weight, size = :size, is_new = :new WHERE id = :id OR id = :id + 1",
            ["id": 2, "name": nil, "weight": 0.25, "size": Size.none, "new": true])
        #expect(changed == 2)
        let found = try connection.all("SELECT * FROM t WHERE id > 1 ORDER BY id") { row in
            (
                name: try row["name"] as String?, weight: try row["weight"] as Double,
                size: try row["size"] as Size, isNew: try row["is_new"] as Bool
            )
        }
        for row in found {
            #expect(row.name == nil && row.weight == 0.25 && row.size == .none && row.isNew)
        }
        #expect(found.count == 2)
    }

    @Test("A mistake in a name is an error that names it")
    func mistakes() throws {
        let query = "SELECT id, name FROM t WHERE id = :id AND name = :name"
        #expect(
            mistake { _ = try connection.rows(query, ["id": 1, "nmae": ""]) } == "there is no parameter :nmae"
        )
        #expect(mistake { _ = try connection.rows(query, ["id": 1]) } == "the parameter :name has no value")
        #expect(
            mistake { _ = try connection.rows(query, ["id": 1, "id": 2]) }
                == "the parameter :name has no value")
        #expect(
            mistake { try connection.run("UPDATE t SET size = 1", ["id": 1]) } == "there is no parameter :id")
        #expect(
            mistake { try connection.run("UPDATE t SET size = ?1", ["1": 1]) } == "there is no parameter :1")
        func read<Value>(_ sql: String, _ body: (Row) throws -> Value) -> String? {
            mistake { _ = try connection.first(sql, [:], body) }
        }
        #expect(read("SELECT * FROM t") { try $0["nmae"] as String } == "there is no column nmae")
        #expect(read("SELECT * FROM t") { try $0["nmae"] as String? } == "there is no column nmae")
        #expect(
            read("SELECT a.id, b.id FROM t AS a, t AS b") { try $0["id"] as Int }
                == "two columns have the name id")
        #expect(
            read("SELECT 1 AS id, 2 AS id, 3 AS id") { try $0["id"] as Int } == "two columns have the name id"
        )
        #expect(
            read("SELECT * FROM t WHERE id = 3") { try $0["name"] as String }
                == "the column name has NULL that is no String")
        #expect(
            read("SELECT * FROM t") { try $0["name"] as Int? } == "the column name has a text that is no Int")
        #expect(
            read("SELECT * FROM t") { try $0["id"] as Size? }
                == "the column id has an integer that is no Size")
        #expect(
            read("SELECT 4000000000 AS big") { try $0["big"] as Int32 }
                == "the column big has an integer that is no Int32")
        #expect(
            read("SELECT x'00' AS b") { try $0["b"] as String } == "the column b has a blob that is no String"
        )
        #expect(read("SELECT 1.5 AS b") { try $0["b"] as Int } == "the column b has a number that is no Int")
    }

    @Test("A mistake spoils neither the statement nor what else is done with it")
    func afterMistake() throws {
        let query = "SELECT name FROM t WHERE id = :id"
        #expect(throws: SQLiteError.self) {
            try connection.first(query, ["no": 1]) { try $0["name"] as String }
        }
        #expect(throws: SQLiteError.self) {
            try connection.first(query, ["id": 3]) { try $0["name"] as String }
        }
        #expect(try connection.first(query, ["id": 2]) { try $0["name"] as String } == "two")
        #expect(try connection.text(query, ["id": 1]) == "one")
        #expect(try connection.integer(query, ["id": 9]) == nil)
    }

    @Test("The same text can be used again while its rows are gone through")
    func nested() throws {
        let query = "SELECT id FROM t WHERE id > :least ORDER BY id"
        var pairs: [[Int]] = []
        try connection.forEach(query, ["least": 0]) { outer in
            let least: Int = try outer["id"]
            try connection.forEach(query, ["least": least]) { pairs.append([least, try $0["id"]]) }
        }
        #expect(pairs == [[1, 2], [1, 3], [2, 3]])
    }

    @Test("A query that is left before its end holds nothing open")
    func leftEarly() throws {
        struct Enough: Error {}
        let query = "SELECT id FROM t ORDER BY id"
        var rows: Rows? = try connection.rows(query)
        #expect(try rows?.next() != nil)
        rows = nil
        #expect(throws: Enough.self) { try connection.forEach(query) { _ in throw Enough() } }
        #expect(try connection.first(query) { try $0["id"] as Int } == 1)
        // A query that is still open would keep the table from going.
        try connection.execute("DROP TABLE t")
    }

    @Test("A prepared statement runs with other values each time")
    func prepared() throws {
        let update = try connection.prepared("UPDATE t SET size = :size WHERE id = :id")
        for id in 1...3 { #expect(try update.run(["id": id, "size": id * 100]) == 1) }
        #expect(try update.run(["id": 4, "size": 0]) == 0)
        #expect(throws: SQLiteError.self) { try update.run(["id": 1]) }
        let find = try connection.prepared("SELECT size FROM t WHERE id = :id")
        #expect(
            try (1...4).map { try find.first(["id": $0]) { try $0["size"] as Int } } == [100, 200, 300, nil])
        var seen = 0
        try find.forEach(["id": 2]) { seen += try $0["size"] }
        #expect(seen == 200)
    }

    @Test("However many texts are used, each does what it says")
    func manyTexts() throws {
        for number in 0..<500 { #expect(try connection.integer("SELECT \(number)") == number) }
        for number in 0..<500 { #expect(try connection.integer("SELECT \(number)") == number) }
    }

    @Test("What a PRAGMA says is asked anew each time")
    func pragmas() throws {
        for size in [100, 200] {
            try connection.execute("PRAGMA cache_size = \(size)")
            #expect(try connection.integer("PRAGMA cache_size") == size)
        }
    }

    @Test("A connection that is given up is closed, statements and all")
    func closes() throws {
        weak var weakly: Connection?
        do {
            let other = try Connection(path: "", mode: .temporary)
            weakly = other
            #expect(try other.integer("SELECT :a", ["a": 1]) == 1)
        }
        #expect(weakly == nil)
    }
}
