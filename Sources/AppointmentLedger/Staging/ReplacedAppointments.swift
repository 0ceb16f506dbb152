import SQLiteStore
import SecurityTrax

/// What a run's staging replaces in the ledger: appointments of earlier runs that it takes up, and sender's numbers
/// that it gives others. A trigger takes down the appointments; whoever writes rows and numbers says so here, since
/// with a trigger on those tables SQLite would keep a copy of the page for each row that is staged.
///
/// Until the run is committed ROLLBACK undoes it. From then until its first claim this does, where a person stops the
/// run; and it does for single appointments that turn out to be invalid once all rows are known.
final class ReplacedAppointments {
    private let store: Connection
    private let endpoint: Int
    /// The first file ID of the run.
    private let firstFile: Int
    /// Appointments up to this ID were there before the run.
    private let baseline: Int

    /// Begins to take down what is replaced, inside the transaction that stages the run.
    init(store: Connection, endpoint: Int, firstFile: Int) throws {
        self.store = store
        self.endpoint = endpoint
        self.firstFile = firstFile
        baseline = try store.integer("SELECT max(id) FROM appointments") ?? 0
        try store.execute(
            """
            \(Self.drop)
            CREATE TEMP TABLE replaced AS SELECT * FROM appointments LIMIT 0;
            CREATE UNIQUE INDEX temp.replaced_by_id ON replaced (id);
            CREATE TEMP TABLE frozen (file_id INTEGER, line INTEGER, PRIMARY KEY (file_id, line)) WITHOUT ROWID;
            CREATE TEMP TABLE renumbered (number TEXT PRIMARY KEY, appointment_id INTEGER) WITHOUT ROWID;
            CREATE TEMP TRIGGER replace_appointment BEFORE UPDATE ON main.appointments
            WHEN OLD.file_id < \(firstFile) BEGIN
                INSERT OR IGNORE INTO replaced SELECT * FROM appointments WHERE id = OLD.id;
            END;
            """)
    }

    /// Takes note that the row which an earlier run's appointment carried was written down.
    func froze(_ row: RowPlace) throws {
        guard row.file < firstFile else { return }
        try store.run(
            "INSERT OR IGNORE INTO temp.frozen VALUES (:file, :line)", ["file": row.file, "line": row.line])
    }

    /// Takes note that a sender's number stands for another appointment from now on, or for one at last.
    ///
    /// - Parameters:
    ///   - owner: the appointment that had it; nil where none had.
    ///   - appointment: the one that has it now.
    func renumbered(_ number: String, from owner: Int?, to appointment: Int) throws {
        guard owner != appointment, (owner ?? appointment) <= baseline else { return }
        try store.run(
            "INSERT OR IGNORE INTO temp.renumbered VALUES (:number, :owner)",
            ["number": number, "owner": owner])
    }

    private static let drop = """
        DROP TRIGGER IF EXISTS temp.replace_appointment;
        DROP TABLE IF EXISTS temp.replaced;
        DROP TABLE IF EXISTS temp.frozen;
        DROP TABLE IF EXISTS temp.renumbered;
        """

    /// Forgets what was replaced: from now on the run stands.
    func forget() throws {
        try store.execute(Self.drop)
    }

    // MARK: Taking back

    /// Takes back all that the run staged, inside a transaction. Its rows and findings stay.
    func restoreAll() throws {
        let files = firstFile...Int(Int32.max)
        try detachRows(ofFiles: files, from: "a.file_id >= \(firstFile)")
        try store.execute(
            """
            DELETE FROM sender_numbers
            WHERE endpoint_id = \(endpoint) AND number IN (SELECT number FROM temp.renumbered)
            """)
        try restore("SELECT id FROM appointments WHERE id > \(baseline) UNION SELECT id FROM temp.replaced")
    }

    /// Takes back some appointments of the run, inside a transaction.
    ///
    /// - Parameter ids: a query for their IDs.
    func restore(_ ids: String) throws {
        let restoring = "(SELECT id FROM temp.restoring)"
        try store.execute(
            """
            PRAGMA defer_foreign_keys = ON;
            CREATE TEMP TABLE restoring (id INTEGER PRIMARY KEY);
            INSERT INTO temp.restoring \(ids);
            -- A number of theirs that nobody touched is that of an appointment which goes back to what it was.
            DELETE FROM sender_numbers WHERE endpoint_id = \(endpoint) AND appointment_id IN \(restoring)
                AND (appointment_id > \(baseline) OR number IN (SELECT number FROM temp.renumbered));
            INSERT OR IGNORE INTO sender_numbers (endpoint_id, number, appointment_id)
                SELECT \(endpoint), number, appointment_id FROM temp.renumbered WHERE appointment_id IS NOT NULL;
            DELETE FROM rows WHERE (file_id, line) IN (
                SELECT f.file_id, f.line FROM temp.replaced AS t
                JOIN temp.frozen AS f ON f.file_id = t.file_id AND f.line = t.line WHERE t.id IN \(restoring));
            DELETE FROM appointments WHERE id IN \(restoring);
            INSERT INTO appointments SELECT * FROM temp.replaced WHERE id IN \(restoring);
            DELETE FROM temp.replaced WHERE id IN \(restoring);
            DROP TABLE temp.restoring;
            """)
    }

    // MARK: Rows that show an appointment's texts

    /// Rows of the run that repeat appointments which are about to go keep the texts themselves; the IDs of those
    /// that are new will be others'.
    ///
    /// - Parameter going: whether an appointment `a` is about to go.
    func detachRows(ofFiles files: ClosedRange<Int>, from going: String) throws {
        let range = "BETWEEN \(files.lowerBound) AND \(files.upperBound)"
        try keepTexts(of: "appointments", inRows: "r.file_id \(range) AND (\(going))")
        try store.execute(
            """
            UPDATE rows SET appointment_id = NULL WHERE file_id \(range) AND appointment_id > \(baseline)
                AND EXISTS (SELECT 1 FROM appointments AS a WHERE a.id = rows.appointment_id AND (\(going)))
            """)
    }

    /// Earlier runs' rows keep the texts of the appointments that this run gave others.
    func keepEarlierTexts() throws {
        let changed = """
            SELECT 1 FROM appointments AS n
            WHERE n.id = a.id AND (\(AppointmentField.sql(
                AppointmentField.texts, { "n.\($0) IS NOT a.\($0)" }, separator: " OR ")))
            """
        guard try store.integer("SELECT 1 FROM temp.replaced AS a WHERE EXISTS (\(changed)) LIMIT 1") != nil
        else { return }
        try keepTexts(of: "temp.replaced", inRows: "r.file_id < \(firstFile) AND EXISTS (\(changed))")
    }

    /// Writes down texts in the rows that show them, some rows at a time.
    ///
    /// - Parameters:
    ///   - table: the appointments `a` that have the texts.
    ///   - condition: which rows `r` are meant.
    private func keepTexts(of table: String, inRows condition: String) throws {
        let query = try store.prepared(
            """
            SELECT \(Ledger.qualifiedColumns), r.file_id, r.line
            FROM rows AS r CROSS JOIN \(table) AS a ON a.id = r.appointment_id
            WHERE (r.file_id, r.line) > (:file, :line) AND r.written IS NULL AND \(condition)
            ORDER BY r.file_id, r.line LIMIT 1000
            """)
        let update = try store.prepared(
            "UPDATE rows SET written = :written WHERE file_id = :file AND line = :line")
        var last = RowPlace(file: 0, line: 0)
        while true {
            var found: [(place: RowPlace, written: String)] = []
            try query.forEach(["file": last.file, "line": last.line]) { row in
                let appointment = try Ledger.appointment(in: row)
                let texts = Ledger.json(AppointmentField.allCases.map { appointment[$0] })
                found.append((RowPlace(file: try row["file_id"], line: try row["line"]), texts))
            }
            guard let end = found.last?.place else { return }
            last = end
            for row in found {
                try update.run(["file": row.place.file, "line": row.place.line, "written": row.written])
            }
        }
    }
}
