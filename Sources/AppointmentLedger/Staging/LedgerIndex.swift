import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What is known, as the ledger has it inside the transaction that stages a run.
final class LedgerIndex {
    private let store: Connection
    private let endpoint: Int
    private let run: Int
    /// The first file of this run: whatever has it or a higher one is of this run.
    private let firstFile: Int
    /// How far before a row's start another window may begin and still overlap, in minutes.
    private let reach: Int
    /// The file in hand.
    var file = 0 {
        didSet { origins.removeAll() }
    }

    /// No appointment at this endpoint has a customer of a higher ID: a row of one needs no look-up.
    private var highestCustomer: Int64

    private let candidates: Statement
    private let findSeen: Statement
    /// The files that rows were found in.
    private var origins: [Int: FileOrigin] = [:]

    /// - Parameter reach: the widest window ever accepted, in minutes.
    init(store: Connection, run: Int, endpoint: Int, firstFile: Int, reach: Int) throws {
        self.store = store
        self.run = run
        self.endpoint = endpoint
        self.firstFile = firstFile
        self.reach = reach
        highestCustomer = Int64(
            try store.integer(
                "SELECT max(customer) FROM appointments WHERE endpoint_id = :endpoint", ["endpoint": endpoint]
            )
                ?? 0)
        let textColumns = AppointmentField.sql(AppointmentField.texts)
        // The run's first rows of appointments that stay with an earlier run.
        try store.execute(
            """
            CREATE TEMP TABLE seen (
                appointment_id INTEGER PRIMARY KEY, file_id INTEGER, line INTEGER, \(textColumns))
            """)
        // What is asked and written for each row goes by position, here and in `StagingSession`: names would cost as
        // much as the query.
        candidates = try store.prepare(
            """
            SELECT id, start, end, tech, state, accepted_run, file_id, line, \(textColumns) FROM appointments
            WHERE endpoint_id = \(endpoint) AND customer = ?1 AND service = ?2 AND start < ?3 AND start > ?4
            """)
        findSeen = try store.prepare(
            "SELECT file_id, line, \(textColumns) FROM temp.seen WHERE appointment_id = ?1")
    }

    /// Gives the temporary table back, so that the next run may make it.
    func close() throws {
        try store.execute("DROP TABLE temp.seen")
    }

    /// Takes note of a customer whose appointment was just added.
    func added(customer: Int64) {
        if customer > highestCustomer { highestCustomer = customer }
    }

    // MARK: What is known

    /// All that bears on what becomes of a row.
    ///
    /// - Parameter texts: the row's texts.
    func known(of row: CheckedRow, texts: RowTexts) throws -> KnownOfRow {
        var known = KnownOfRow()
        if row.customerID <= highestCustomer { try look(for: row, texts, &known) }
        if !texts.senderNumber.isEmpty { known.numbered = try appointment(numbered: texts.senderNumber) }
        return known
    }

    /// The visit that a row names which is left out: by its number, and where its times could be read by those.
    func known(ofLeftOut row: CheckedRow, texts: RowTexts) throws -> KnownOfRow {
        if row.namesVisit { return try known(of: row, texts: texts) }
        var known = KnownOfRow()
        known.numbered = try appointment(numbered: texts.senderNumber)
        return known
    }

    /// One query finds the row's own appointment and every other one that may stand for the same visit.
    private func look(for row: CheckedRow, _ texts: RowTexts, _ known: inout KnownOfRow) throws {
        let start = Int(row.start.minutes)
        candidates.bind(Int(row.customerID), at: 1).bind(row.serviceType.rawValue, at: 2)
            .bind(Int(row.end.minutes), at: 3).bind(start - reach, at: 4)
        while try candidates.step() {
            guard candidates.integer(2) > start, let found = candidate(ofCustomer: row.customerID) else {
                continue
            }
            guard found.start == row.start, found.end == row.end, found.techID == row.techID else {
                known.others.append(found)
                continue
            }
            known.own = found
            // An appointment that was pruned has no texts left to compare.
            if candidates.isNull(8) { continue }
            for (position, field) in AppointmentField.texts.enumerated()
            where !candidates.withBytes(8 + Int32(position), { RowTexts.equal($0, texts.texts[field]) }) {
                known.differing.insert(TextDifference(field))
            }
        }
        if let own = known.own, !own.isOfThisRun { known.firstRow = try firstRow(of: own, texts) }
    }

    private func firstRow(of own: KnownAppointment, _ texts: RowTexts) throws -> KnownOfRow.EarlierRow? {
        findSeen.bind(own.id, at: 1)
        defer { findSeen.reset() }
        guard try findSeen.step() else { return nil }
        let hashes = texts.hashes
        var differing: TextDifference = []
        for (position, field) in AppointmentField.texts.enumerated()
        where findSeen.integer(2 + Int32(position)) != hashes[field] {
            differing.insert(TextDifference(field))
        }
        return KnownOfRow.EarlierRow(
            place: RowPlace(file: findSeen.integer(0), line: findSeen.integer(1)), differing: differing)
    }

    private func appointment(numbered number: UnsafeBufferPointer<UInt8>) throws -> KnownAppointment? {
        try store.first(
            """
            SELECT a.id, a.customer, a.start, a.end, a.tech, a.state, a.accepted_run, a.file_id, a.line
            FROM sender_numbers AS s JOIN appointments AS a ON a.id = s.appointment_id
            WHERE s.endpoint_id = :endpoint AND s.number = :number
            """, ["endpoint": endpoint, "number": String(decoding: number, as: UTF8.self)]
        ) { row in
            let file: Int = try row["file_id"]
            return KnownAppointment(
                id: try row["id"], customerID: try row["customer"], techID: try row["tech"],
                start: LocalTime(minutes: try row["start"]), end: LocalTime(minutes: try row["end"]),
                state: try row["state"], acceptedRun: try row["accepted_run"],
                row: RowPlace(file: file, line: try row["line"]), isOfThisRun: file >= firstFile)
        }
    }

    /// The appointment in the current row of `candidates`.
    private func candidate(ofCustomer customer: Int64) -> KnownAppointment? {
        guard let state = AppointmentState(rawValue: candidates.integer(4)) else { return nil }
        let file = candidates.integer(6)
        return KnownAppointment(
            id: candidates.integer(0), customerID: customer, techID: Int64(candidates.integer(3)),
            start: LocalTime(minutes: Int32(candidates.integer(1))),
            end: LocalTime(minutes: Int32(candidates.integer(2))), state: state,
            acceptedRun: candidates.integer(5),
            row: RowPlace(file: file, line: candidates.integer(7)), isOfThisRun: file >= firstFile)
    }

    // MARK: What is said of it

    /// Which file that is.
    func origin(ofFile file: Int) throws -> FileOrigin? {
        if let origin = origins[file] { return origin }
        let origin = try store.first("SELECT run_id, name FROM files WHERE id = :file", ["file": file]) {
            row in
            FileOrigin(
                name: file == self.file ? nil : try row["name"],
                run: file < firstFile ? try row["run_id"] : nil)
        }
        origins[file] = origin
        return origin
    }

    /// Why a person took an appointment out, and whether it had been created.
    func withdrawal(of appointment: KnownAppointment) throws -> (reason: String, wasCreated: Bool) {
        try store.first(
            "SELECT reason, withdrawn_from FROM appointments WHERE id = :id", ["id": appointment.id]
        ) { row in
            (try row["reason"] as String? ?? "", try row["withdrawn_from"] == AppointmentState.created)
        } ?? ("", false)
    }

    /// The run that a row of a rejects file counts as part of: the one that rejected it, as far as the ledger
    /// bears that out; otherwise this one.
    func acceptingRun(_ origin: RowOrigin?) throws -> Int {
        guard let origin, origin.run > 0, origin.run < run else { return run }
        let isRejected = try store.integer(
            """
            SELECT 1 FROM files AS f JOIN runs AS r ON r.id = f.run_id
            WHERE f.run_id = :run AND f.name = :name AND r.endpoint_id = :endpoint AND r.abandoned = 0
                AND f.error_code IS NULL AND (f.refused > 0 OR EXISTS (
                    SELECT 1 FROM rows AS x WHERE x.file_id = f.id AND x.line = :line
                        AND x.state IN (\(RowState.sql(.invalid, .refused)))))
            LIMIT 1
            """, ["run": origin.run, "name": origin.file, "endpoint": endpoint, "line": origin.line])
        return isRejected == nil ? run : origin.run
    }
}
