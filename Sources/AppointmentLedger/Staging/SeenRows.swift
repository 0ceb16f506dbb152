import AppointmentRows
import SQLiteStore
import SecurityTrax

/// The run's first rows of appointments that stay with an earlier run: later rows of one are compared with it.
///
/// In memory up to a bound. Beyond it, what the ledger has of the run's rows anyway is not kept again: only a bit says
/// that there is something, and once a later row asks for it, all of it is put into a temporary table, inside the
/// transaction that stages the run.
final class SeenRows {
    /// A row, and hashes of its texts; nil where they are those of its appointment.
    struct Seen: Sendable, Hashable {
        var place: RowPlace
        var hashes: AppointmentTexts<Int>?
    }

    /// So many take some 5 MiB.
    static let limit = 1 << 16

    private let store: Connection
    private let known: KnownRows
    /// The run's first file.
    private let firstFile: Int
    private let limit: Int
    private var rows: [Int: Seen] = [:]
    /// A bit for each appointment that may have been seen: most rows are the first of theirs.
    private var maybeSeen = IDBits()
    /// Whether the table lacks some of them.
    private var isTableBehind = false
    private var find: Statement?
    private var insert: Statement?

    init(store: Connection, known: KnownRows, firstFile: Int, limit: Int = SeenRows.limit) {
        self.store = store
        self.known = known
        self.firstFile = firstFile
        self.limit = limit
    }

    /// The first row of an appointment, by its ID.
    func row(of appointment: Int) throws -> Seen? {
        guard maybeSeen.contains(appointment) else { return nil }
        if let seen = rows[appointment] { return seen }
        if isTableBehind { try bringTableUp() }
        guard let find else { return nil }
        find.bind(appointment, at: 1)
        defer { find.reset() }
        guard try find.step() else { return nil }
        let place = RowPlace(file: find.integer(0), line: find.integer(1))
        if find.isNull(2) { return Seen(place: place, hashes: nil) }
        var position: Int32 = 1
        let hashes = AppointmentTexts<Int> { _ in
            position += 1
            return find.integer(position)
        }
        return Seen(place: place, hashes: hashes)
    }

    /// Takes note of the first row of an appointment.
    ///
    /// - Parameters:
    ///   - place: where the row stands.
    ///   - hashes: of its texts.
    ///   - isKnownRow: whether it is among the ledger's known rows, with the texts of its appointment.
    func add(
        _ place: RowPlace, hashes: @autoclosure () -> AppointmentTexts<Int>, of appointment: Int,
        isKnownRow: Bool
    ) throws {
        maybeSeen.insert(appointment)
        if rows.count < limit {
            rows[appointment] = Seen(place: place, hashes: isKnownRow ? nil : hashes())
        } else if isKnownRow, insert == nil || isTableBehind {
            isTableBehind = true
        } else {
            try insertRow(Seen(place: place, hashes: isKnownRow ? nil : hashes()), of: appointment)
        }
    }

    private func insertRow(_ seen: Seen, of appointment: Int) throws {
        let insert = try insert ?? makeTable()
        insert.bind(appointment, at: 1).bind(seen.place.file, at: 2).bind(seen.place.line, at: 3)
        for (position, field) in AppointmentField.texts.enumerated() {
            insert.bind(seen.hashes.map { Int64($0[field]) }, at: 4 + Int32(position))
        }
        try insert.run()
    }

    /// Puts all of them into the temporary table `seen`, for queries.
    func writeDown() throws {
        if insert == nil { _ = try makeTable() }
        if isTableBehind { try bringTableUp() }
        let inMemory = rows
        rows = [:]
        for (appointment, seen) in inMemory { try insertRow(seen, of: appointment) }
    }

    /// Puts the run's known rows into the table, where it has not other words of the same appointment.
    private func bringTableUp() throws {
        if insert == nil { _ = try makeTable() }
        try known.flush()
        try store.run(
            """
            INSERT OR IGNORE INTO temp.seen (appointment_id, file_id, line)
            SELECT \(KnownRows.appointment), k.file_id, \(KnownRows.line)
            FROM \(KnownRows.table) WHERE k.file_id >= :first
            """, ["first": firstFile])
        isTableBehind = false
    }

    /// Forgets the rows of a file after a rollback, which takes those in the table along.
    func forget(file: Int) throws {
        rows = rows.filter { $0.value.place.file != file }
        guard find != nil else { return }
        // Perhaps the table was made for that file, or brought up in it.
        try createTable()
        isTableBehind = true
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
        let insert = try store.prepare("INSERT OR REPLACE INTO temp.seen VALUES (?1, ?2, ?3, \(places))")
        self.insert = insert
        return insert
    }
}
