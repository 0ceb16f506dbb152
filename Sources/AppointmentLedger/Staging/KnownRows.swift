import AppointmentRows
import SQLiteStore

/// Rows of appointments that an earlier run created. Most rows of most nights are such, and there is nothing to say of
/// one but which appointment it is: some hundred of them take one entry of `known_rows`, 17 bytes each.
///
/// Where and by which run its appointment was created follows from the appointment, which keeps both for as long as it
/// stays created. Before a person lets it be booked again, its rows are written out (`writeOut`).
final class KnownRows {
    /// So many rows make an entry.
    static let entrySize = 512

    private let insert: Statement
    private let entrySize: Int
    private var pairs: [UInt8] = []
    /// The file and the line of the first of them, and how many they are.
    private var file = 0
    private var firstLine = 0
    private var count = 0

    init(store: Connection, entrySize: Int = KnownRows.entrySize) throws {
        self.entrySize = entrySize
        insert = try store.prepare(
            "INSERT INTO known_rows (file_id, first_line, count, pairs) VALUES (?1, ?2, ?3, ?4)")
    }

    /// Takes note of a row of a file.
    ///
    /// - Returns: false where its numbers are too large for an entry.
    func add(line: Int, appointment: Int, file: Int) throws -> Bool {
        guard line > 0, line < 1 << 31, appointment > 0, appointment < 1 << 32 else { return false }
        if count == entrySize || file != self.file { try flush() }
        if count == 0 { (self.file, firstLine) = (file, line) }
        pairs.append(UInt8(ascii: count == 0 ? "[" : ","))
        append(line << 32 | appointment)
        count += 1
        return true
    }

    /// Writes the rows that are still to be written.
    func flush() throws {
        guard count > 0 else { return }
        pairs.append(UInt8(ascii: "]"))
        try pairs.withUnsafeBufferPointer { pairs in
            insert.bind(file, at: 1).bind(firstLine, at: 2).bind(count, at: 3)
            insert.bind(borrowing: pairs, at: 4)
            try insert.run()
        }
        forget()
    }

    /// Forgets the rows that are still to be written: their file is rolled back.
    func forget() {
        pairs.removeAll(keepingCapacity: true)
        count = 0
    }

    /// Appends a number above 0 in decimal digits, two at a time from its end.
    private func append(_ number: Int) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var first = digits.count
            var rest = UInt(number)
            while rest >= 100 {
                let pair = 2 * Int(rest % 100)
                rest /= 100
                first -= 2
                digits[first] = Self.digitPairs[pair]
                digits[first + 1] = Self.digitPairs[pair + 1]
            }
            let pair = 2 * Int(rest)
            first -= 1
            digits[first] = Self.digitPairs[pair + 1]
            if rest >= 10 {
                first -= 1
                digits[first] = Self.digitPairs[pair]
            }
            pairs.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }

    /// The digits of 00, 01 and so on to 99.
    private static let digitPairs = (0..<100).flatMap {
        [UInt8(ascii: "0") + UInt8($0 / 10), UInt8(ascii: "0") + UInt8($0 % 10)]
    }

    // MARK: Reading

    /// What `known_rows AS k` and its pairs `e` say of a row.
    static let table = "known_rows AS k, json_each(k.pairs) AS e"
    /// The row's line.
    static let line = "e.value >> 32"
    /// The ID of the row's appointment.
    static let appointment = "e.value & 0xFFFFFFFF"

    /// Why a row is already created, given the row that created its appointment.
    static func reason(line: Int, file: String?, run: Int?) -> String {
        "created from \(OtherAppointment.place(line: line, file: file, run: run))"
    }

    // MARK: Writing out

    /// Gives each known row of an appointment an entry of its own in `rows`, before the appointment may become another
    /// run's: it would not say any more by which it was created.
    static func writeOut(rowsOf appointment: Int, in store: Connection) throws {
        struct Known {
            var file: Int
            var firstLine: Int
            var position: Int
            var line: Int
            var reason: String
        }
        let known = try store.all(
            """
            SELECT k.file_id, k.first_line, e.key AS position, \(line) AS line,
                a.line AS created_line, f.name AS created_file, f.run_id AS created_run
            FROM \(table) JOIN appointments AS a ON a.id = :id LEFT JOIN files AS f ON f.id = a.file_id
            WHERE \(self.appointment) = :id
            """, ["id": appointment]
        ) { row in
            Known(
                file: try row["file_id"], firstLine: try row["first_line"], position: try row["position"],
                line: try row["line"],
                reason: reason(
                    line: try row["created_line"], file: try row["created_file"],
                    run: try row["created_run"]))
        }
        for row in known {
            try store.run(
                """
                INSERT INTO rows (file_id, line, state, appointment_id, reason)
                VALUES (:file, :line, \(RowState.sql(.alreadyCreated)), :id, :reason)
                """, ["file": row.file, "line": row.line, "id": appointment, "reason": row.reason])
            let entry: Arguments = ["file": row.file, "first": row.firstLine]
            try store.run(
                """
                UPDATE known_rows SET pairs = json_remove(pairs, '$[\(row.position)]'), count = count - 1
                WHERE file_id = :file AND first_line = :first
                """, entry)
            try store.run(
                "DELETE FROM known_rows WHERE file_id = :file AND first_line = :first AND count = 0", entry)
        }
    }
}
