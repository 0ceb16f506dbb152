import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What files say of visits that stand in older rejects files: looked for once a row of such a file is read.
final class LaterWords {
    /// What a file says of a visit, where it is not posted.
    struct Word {
        var place: RowPlace
        /// The run of the file.
        var run: Int
        /// Whether the visit is not to be made; otherwise its row can't be posted.
        var ends: Bool
    }

    /// Which visit a row is about, as far as it says so.
    struct Visit: Hashable {
        var customer: Int
        var start: Int?
        var tech: Int
    }

    static let drop = "DROP TABLE IF EXISTS temp.later_words; DROP TABLE IF EXISTS temp.refused_rows;"

    private let store: Connection
    private let index: LedgerIndex
    /// The last run whose files were the whole schedule, so that visits they lack are gone; nil where there is none.
    let lastWholeSchedule: Int?

    /// Brings together what was said until now.
    init(store: Connection, index: LedgerIndex, endpoint: Int) throws {
        self.store = store
        self.index = index
        lastWholeSchedule = try store.integer(
            """
            SELECT max(w.run_id) FROM whole_schedules AS w JOIN runs AS r ON r.id = w.run_id
            WHERE r.endpoint_id = \(endpoint) AND r.abandoned = 0
            """)
        try store.execute(
            """
            \(Self.drop)
            CREATE TEMP TABLE later_words AS
            SELECT l.*, f.run_id FROM left_out AS l JOIN files AS f ON f.id = l.file_id JOIN runs AS r ON r.id = f.run_id
            WHERE r.endpoint_id = \(endpoint) AND r.abandoned = 0;
            CREATE INDEX temp.later_words_by_number ON later_words (number) WHERE number <> '';
            CREATE INDEX temp.later_words_by_visit ON later_words (customer, start);
            CREATE INDEX temp.later_words_by_appointment ON later_words (appointment_id) WHERE appointment_id > 0;
            CREATE INDEX temp.later_words_by_row ON later_words (file_id, line);
            CREATE TEMP TABLE refused_rows AS
            SELECT file_id, line, id FROM appointments
            WHERE state = \(AppointmentState.sql(.refused)) AND endpoint_id = \(endpoint);
            CREATE INDEX temp.refused_rows_by_row ON refused_rows (file_id, line);
            """)
    }

    /// The visit that a rejected row was about before anybody corrected it, and its appointment if it was posted and
    /// refused.
    func rejected(_ origin: RowOrigin) throws -> (visit: Visit?, appointment: KnownAppointment?) {
        let file = try store.integer(
            "SELECT id FROM files WHERE run_id = :run AND name = :name",
            ["run": origin.run, "name": origin.file])
        guard let file else { return (nil, nil) }
        let row: Arguments = ["file": file, "line": origin.line]
        let refused = try store.first(
            """
            SELECT \(LedgerIndex.knownColumns) FROM temp.refused_rows AS x JOIN appointments AS a ON a.id = x.id
            WHERE x.file_id = :file AND x.line = :line
            UNION ALL
            SELECT \(LedgerIndex.knownColumns) FROM rows AS x JOIN appointments AS a ON a.id = x.appointment_id
            WHERE x.file_id = :file AND x.line = :line
            LIMIT 1
            """, row, index.known)
        guard let refused else {
            return (try visit(at: RowPlace(file: file, line: origin.line)), nil)
        }
        return (
            Visit(
                customer: Int(refused.customerID), start: Int(refused.start.minutes),
                tech: Int(refused.techID)),
            refused
        )
    }

    /// The latest word of a file of a run after `run` on a visit.
    ///
    /// - Parameters:
    ///   - number: its sender's number; empty without one.
    ///   - visits: who and when it is, as it stands now and as it stood before.
    ///   - appointments: those that it was posted as.
    func last(after run: Int, number: String, visits: [Visit], appointments: [Int]) throws -> Word? {
        var words: [Word] = []
        func look(_ condition: String, _ arguments: Arguments) throws {
            var arguments = arguments
            arguments["run"] = run
            let word = try store.first(
                """
                SELECT file_id, line, run_id, ends FROM temp.later_words WHERE run_id > :run AND ends < 2 AND \(condition)
                ORDER BY file_id DESC, line DESC LIMIT 1
                """, arguments
            ) { row in
                Word(
                    place: RowPlace(file: try row["file_id"], line: try row["line"]), run: try row["run_id"],
                    ends: try row["ends"])
            }
            if let word { words.append(word) }
        }
        if !number.isEmpty { try look("number = :number AND number <> ''", ["number": number]) }
        for appointment in appointments {
            try look("appointment_id = :id AND appointment_id > 0", ["id": appointment])
        }
        for visit in visits {
            guard let start = visit.start, visit.customer > 0 else { continue }
            // Two numbers are two visits.
            try look(
                """
                customer = :customer AND start = :start AND ends = 1 AND (:tech = 0 OR tech IN (0, :tech))
                AND (number = '' OR :number = '')
                """, ["customer": visit.customer, "start": start, "tech": visit.tech, "number": number])
        }
        return words.max { ($0.place.file, $0.place.line) < ($1.place.file, $1.place.line) }
    }

    /// Whether rows that are not posted, of files of these runs, may be about a visit.
    func isMentioned(_ number: String, in runs: PartialRangeFrom<Int>, customers: [Int]) throws -> Bool {
        let list = customers.filter { $0 > 0 }.map(String.init).joined(separator: ", ")
        return try store.integer(
            """
            SELECT 1 FROM temp.later_words WHERE run_id >= :run
                AND (number = :number AND number <> '' OR customer IN (\(list))) LIMIT 1
            """, ["run": runs.lowerBound, "number": number]) != nil
    }

    /// The visit that a row is about which is not posted.
    func visit(at place: RowPlace) throws -> Visit? {
        try store.first(
            "SELECT customer, start, tech FROM temp.later_words WHERE file_id = :file AND line = :line",
            ["file": place.file, "line": place.line]
        ) { Visit(customer: try $0["customer"], start: try $0["start"], tech: try $0["tech"]) }
    }

    /// The run that a row is as old as: the one that rejected it first, for a row of a rejects file.
    func run(of place: RowPlace) throws -> Int {
        try store.integer(
            """
            SELECT coalesce(
                (SELECT nullif(origin_run, 0) FROM origins WHERE file_id = :file AND line = :line),
                (SELECT run_id FROM files WHERE id = :file))
            """, ["file": place.file, "line": place.line]) ?? 0
    }

    /// A row of a file of a run after `run` that is about an appointment which an earlier one created.
    func mention(of appointment: Int, after run: Int) throws -> RowPlace? {
        try store.first(
            """
            WITH later AS MATERIALIZED (SELECT id FROM files WHERE run_id > :run),
            places AS (
                SELECT file_id, line FROM rows WHERE file_id IN later AND appointment_id = :id
                UNION ALL SELECT k.file_id, \(KnownRows.line) FROM \(KnownRows.table)
                WHERE k.file_id IN later AND \(KnownRows.appointment) = :id)
            SELECT file_id, line FROM places AS p
            WHERE NOT EXISTS (SELECT 1 FROM origins AS o WHERE o.file_id = p.file_id AND o.line = p.line)
            LIMIT 1
            """, ["run": run, "id": appointment]
        ) { RowPlace(file: try $0["file_id"], line: try $0["line"]) }
    }
}
