import SQLiteStore

/// The rows, findings, origins and customers of files whose appointments the ledger is not to keep, on a private connection:
/// out of reach of the ROLLBACK that undoes the appointments.
final class SetAsideRows {
    private let scratch: Connection

    /// Copies them, inside the transaction that staged them.
    init(ofFiles files: ClosedRange<Int>, in store: Connection) throws {
        scratch = try Connection(path: "", mode: .temporary)
        try scratch.execute(
            "PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -2000; BEGIN")
        for table in LedgerSchema.tablesByRow {
            let definition = try store.text(
                "SELECT sql FROM main.sqlite_schema WHERE name = :table", ["table": table])
            try scratch.execute(definition ?? "")
            try Self.copy(
                store.prepare(
                    """
                    SELECT * FROM \(table) WHERE file_id BETWEEN \(files.lowerBound) AND \(files.upperBound)
                    """), to: table, in: scratch)
        }
    }

    /// Puts them into the ledger again, after the ROLLBACK.
    func putBack(into store: Connection) throws {
        for table in LedgerSchema.tablesByRow {
            try Self.copy(scratch.prepare("SELECT * FROM \(table)"), to: table, in: store)
        }
    }

    private static func copy(_ query: Statement, to table: String, in store: Connection) throws {
        let places = Array(repeating: "?", count: query.columnCount).joined(separator: ", ")
        let insert = try store.prepare("INSERT INTO \(table) VALUES (\(places))")
        while try query.step() { try insert.bind(rowOf: query).run() }
    }
}
