import AppointmentRows
import SQLiteStore
import SecurityTrax

/// The run's first rows of appointments that stay with an earlier run: later rows of one are compared with it.
///
/// In memory up to a bound, beyond it in a temporary table, inside the transaction that stages the run.
final class SeenRows {
    /// A row, and hashes of its texts.
    struct Seen: Sendable, Hashable {
        var place: RowPlace
        var hashes: AppointmentTexts<Int>
    }

    /// So many take some 5 MiB.
    static let limit = 1 << 16

    private let store: Connection
    private let limit: Int
    private var rows: [Int: Seen] = [:]
    /// A bit for each appointment that may be in the table: most rows are the first of theirs.
    private var mayBeInTable: [UInt64] = []
    private var find: Statement?
    private var insert: Statement?

    init(store: Connection, limit: Int = SeenRows.limit) {
        self.store = store
        self.limit = limit
    }

    /// The first row of an appointment, by its ID.
    func row(of appointment: Int) throws -> Seen? {
        if let seen = rows[appointment] { return seen }
        guard let find, appointment >> 6 < mayBeInTable.count,
            mayBeInTable[appointment >> 6] & 1 << UInt64(appointment & 63) != 0
        else { return nil }
        find.bind(appointment, at: 1)
        defer { find.reset() }
        guard try find.step() else { return nil }
        var position: Int32 = 1
        let hashes = AppointmentTexts<Int> { _ in
            position += 1
            return find.integer(position)
        }
        return Seen(place: RowPlace(file: find.integer(0), line: find.integer(1)), hashes: hashes)
    }

    /// Takes note of the first row of an appointment.
    func add(_ seen: Seen, of appointment: Int) throws {
        guard rows.count >= limit else {
            rows[appointment] = seen
            return
        }
        try insertRow(seen, of: appointment)
    }

    private func insertRow(_ seen: Seen, of appointment: Int) throws {
        let insert = try insert ?? makeTable()
        let word = appointment >> 6
        if word >= mayBeInTable.count {
            mayBeInTable += repeatElement(0, count: max(word + 1 - mayBeInTable.count, mayBeInTable.count))
        }
        mayBeInTable[word] |= 1 << UInt64(appointment & 63)
        insert.bind(appointment, at: 1).bind(seen.place.file, at: 2).bind(seen.place.line, at: 3)
        for (position, field) in AppointmentField.texts.enumerated() {
            insert.bind(seen.hashes[field], at: 4 + Int32(position))
        }
        try insert.run()
    }

    /// Puts all of them into the temporary table `seen`, for queries.
    func writeDown() throws {
        if insert == nil { _ = try makeTable() }
        let inMemory = rows
        rows = [:]
        for (appointment, seen) in inMemory { try insertRow(seen, of: appointment) }
    }

    /// Forgets the rows of a file after a rollback, which takes those in the table along.
    func forget(file: Int) throws {
        rows = rows.filter { $0.value.place.file != file }
        // Perhaps the table was made for that file.
        if find != nil { try createTable() }
    }

    /// Gives the temporary table back, so that the next run may make it.
    func close() throws {
        (find, insert) = (nil, nil)
        try store.execute("DROP TABLE IF EXISTS temp.seen")
    }

    private static let columns = AppointmentField.sql(AppointmentField.texts)

    private func createTable() throws {
        try store.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS seen (
                appointment_id INTEGER PRIMARY KEY, file_id INTEGER, line INTEGER, \(Self.columns))
            """)
    }

    private func makeTable() throws -> Statement {
        try createTable()
        find = try store.prepare(
            "SELECT file_id, line, \(Self.columns) FROM temp.seen WHERE appointment_id = ?1")
        let places = AppointmentField.texts.indices.map { "?\(4 + $0)" }.joined(separator: ", ")
        let insert = try store.prepare("INSERT INTO temp.seen VALUES (?1, ?2, ?3, \(places))")
        self.insert = insert
        return insert
    }
}
