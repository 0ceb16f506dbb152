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

    /// Whether sender's numbers stand for several appointments.
    var hasCrews: Bool

    /// No appointment has a customer of a higher ID: a row of one needs no look-up.
    private var highestCustomer: Int64

    private let candidates: Statement
    private let expected: ExpectedAppointments?
    /// Where appointments are found while their index is away.
    private var load: BulkLoad?
    /// The columns of a candidate.
    private let columns: String
    /// The run's first rows of appointments that stay with an earlier run.
    let seen: SeenRows
    /// The files that rows were found in.
    private var origins: [Int: FileOrigin] = [:]

    /// - Parameter reach: the widest window ever accepted, in minutes.
    init(
        store: Connection, run: Int, endpoint: Int, firstFile: Int, reach: Int, knownRows: KnownRows,
        rules: StagingRules
    ) throws {
        self.store = store
        self.run = run
        self.endpoint = endpoint
        self.firstFile = firstFile
        self.reach = reach
        hasCrews = try CrewNumber.isUsed(in: store)
        highestCustomer = Int64(try store.integer("SELECT max(customer) FROM appointments") ?? 0)
        let textColumns = AppointmentField.sql(AppointmentField.texts)
        seen = SeenRows(
            store: store, known: knownRows, firstFile: firstFile, limit: rules.seenInMemory)
        // What is asked and written for each row goes by position, here and in `StagingSession`: names would cost as
        // much as the query.
        columns = "id, start, end, tech, state, accepted_run, file_id, line, \(textColumns)"
        expected =
            rules.followsOrder
            ? try ExpectedAppointments(store: store, endpoint: endpoint, columns: columns) : nil
        candidates = try store.prepare(
            """
            SELECT \(columns) FROM appointments
            WHERE endpoint_id = \(endpoint) AND customer = ?1 AND service = ?2 AND start < ?3 AND start > ?4
            """)
    }

    /// Takes note that a file was read to its end.
    func endFile() {
        expected?.close()
    }

    /// Gives the temporary table back, so that the next run may make it.
    func close() throws {
        try seen.close()
    }

    /// Takes note of the appointment that was just added.
    func added(_ row: CheckedRow) throws {
        if row.customerID > highestCustomer { highestCustomer = row.customerID }
        guard let load else { return }
        let isHeld = load.add(
            id: store.lastInsertedRowID, customer: row.customerID, service: row.serviceType.rawValue,
            start: Int(row.start.minutes))
        if !isHeld { try endLoading() }
    }

    // MARK: Loading in bulk

    /// Goes on without the index of identities, inside the transaction that stages the run.
    ///
    /// - Parameter room: for the appointments that are held in memory.
    func beginLoading(in room: BulkLoad.Room) throws {
        let find = try store.prepare(
            """
            SELECT \(columns) FROM appointments
            WHERE id = ?1 AND endpoint_id = \(endpoint) AND customer = ?2 AND service = ?3
            """)
        load = try BulkLoad(
            store: store, endpoint: endpoint, room: room, times: TimeCells(reach: reach), find: find)
    }

    /// What finds appointments while their index is away; nil where that is there.
    private func filledLoad() throws -> BulkLoad? {
        guard let load else { return nil }
        if try load.fill() { return load }
        try endLoading()
        return nil
    }

    /// Builds the index of identities, where it is away.
    func endLoading() throws {
        expected?.close()
        load = nil
        try store.execute(LedgerSchema.identityIndex)
    }

    /// The last appointment held in memory, as a mark to go back to; nil where none is.
    var mark: Int? { load?.last }

    /// Goes back to a mark, after a rollback of the file in hand.
    func goBack(to mark: Int?) throws {
        expected?.close()
        try seen.forget(file: file)
        guard let mark else { return }
        if let load {
            load.forget(since: mark)
        } else {
            // There was no more room: the index that was built then was rolled back too.
            try endLoading()
        }
    }

    // MARK: What is known

    /// All that bears on what becomes of a row.
    ///
    /// - Parameter texts: the row's texts.
    func known(of row: CheckedRow, texts: RowTexts) throws -> KnownOfRow {
        var known = KnownOfRow()
        if row.customerID <= highestCustomer { try look(for: row, texts, &known) }
        if !texts.senderNumber.isEmpty { try lookForNumber(row, texts, &known) }
        return known
    }

    private func lookForNumber(_ row: CheckedRow, _ texts: RowTexts, _ known: inout KnownOfRow) throws {
        let number = String(decoding: texts.senderNumber, as: UTF8.self)
        if hasCrews, row.techID > 0 {
            let key = CrewNumber.key(number, technician: row.techID)
            if let member = try appointment(numbered: key) {
                (known.numbered, known.crewNumber) = (member, key)
                return
            }
        }
        known.numbered = try appointment(numbered: number)
    }

    /// The visits that a row means which is left out or can't be posted: the one of its number, else that of its identity.
    /// One that is called off means those of its customer at its start: exports empty or change the rest.
    ///
    /// - Returns: them, and whether its number says so.
    func visits(
        meantBy row: CheckedRow, texts: RowTexts
    ) throws -> (visits: [KnownAppointment], byNumber: Bool) {
        if !texts.senderNumber.isEmpty {
            let number = String(decoding: texts.senderNumber, as: UTF8.self)
            let numbered = try appointment(numbered: number).map { [$0] } ?? []
            let all = hasCrews ? numbered + (try crew(numbered: number)) : numbered
            let own = all.filter { $0.techID == row.techID }
            if !all.isEmpty { return (row.techID == 0 || own.isEmpty ? all : own, true) }
        }
        let services = row.named.contains(.serviceType) ? [row.serviceType] : ServiceType.allCases
        let found = try visits(startingWith: row, services).filter {
            row.techID == 0 || $0.techID == row.techID
        }
        guard row.isCalledOff else {
            let isWhole = row.named.isSuperset(of: [.start, .end, .serviceType])
            return (isWhole ? found.filter { $0.end == row.end && $0.techID == row.techID } : [], false)
        }
        // What else it says tells which of several is meant.
        let withoutTech = row.techID == 0 ? found.filter { $0.techID == 0 } : []
        let nearer = withoutTech.isEmpty ? found : withoutTech
        let exact = row.named.contains(.end) ? nearer.filter { $0.end == row.end } : []
        return (exact.isEmpty ? nearer : exact, false)
    }

    /// The visits of a row's customer at its start, whatever technician and end they have.
    func visits(
        startingWith row: CheckedRow, _ services: [ServiceType] = ServiceType.allCases
    ) throws -> [KnownAppointment] {
        guard row.customerID > 0, row.named.contains(.start), row.customerID <= highestCustomer else {
            return []
        }
        return try services.flatMap { try visits(ofCustomer: row.customerID, $0, startingAt: row.start) }
    }

    private func visits(
        ofCustomer customer: Int64, _ service: ServiceType, startingAt start: LocalTime
    ) throws -> [KnownAppointment] {
        var found: [KnownAppointment] = []
        func take(_ candidate: Statement) {
            guard candidate.integer(1) == Int(start.minutes),
                let visit = appointment(
                    in: candidate, ofCustomer: customer, techID: Int64(candidate.integer(3)), start: start,
                    end: LocalTime(minutes: Int32(candidate.integer(2))))
            else { return }
            found.append(visit)
        }
        if let load = try filledLoad() {
            try load.forEach(ofCustomer: customer, service, startingAt: start, take)
        } else {
            candidates.bind(Int(customer), at: 1).bind(service.rawValue, at: 2)
                .bind(Int(start.minutes) + 1, at: 3).bind(Int(start.minutes) - 1, at: 4)
            while try candidates.step() { take(candidates) }
        }
        return found
    }

    /// Finds the row's own appointment and every other one that may stand for the same visit: in the index with one
    /// query.
    private func look(for row: CheckedRow, _ texts: RowTexts, _ known: inout KnownOfRow) throws {
        if let found = try expected?.next(named: row),
            let own = appointment(
                in: found, ofCustomer: row.customerID, techID: row.techID, start: row.start, end: row.end),
            own.state == .created, !own.isOfThisRun
        {
            // Whatever else the customer has, it was created: nothing more bears on the row.
            take(own, from: found, texts, &known)
            known.firstRow = try firstRow(of: own, known, texts)
            return
        }
        if let load = try filledLoad() {
            try load.forEachCandidate(of: row) { take($0, row, texts, &known) }
            known.sortOthers()
        } else {
            candidates.bind(Int(row.customerID), at: 1).bind(row.serviceType.rawValue, at: 2)
                .bind(Int(row.end.minutes), at: 3).bind(Int(row.start.minutes) - reach, at: 4)
            while try candidates.step() { take(candidates, row, texts, &known) }
        }
        guard let own = known.own, !own.isOfThisRun else { return }
        expected?.follow(own.id)
        if own.state == .refused { known.corrected = try correction(of: own) }
        known.firstRow = try firstRow(of: own, known, texts)
    }

    /// Takes note of a candidate where it overlaps the row.
    private func take(
        _ candidate: Statement, _ row: CheckedRow, _ texts: RowTexts, _ known: inout KnownOfRow
    ) {
        let (start, end) = (candidate.integer(1), candidate.integer(2))
        guard start < Int(row.end.minutes), end > Int(row.start.minutes),
            let found = appointment(
                in: candidate, ofCustomer: row.customerID, techID: Int64(candidate.integer(3)),
                start: LocalTime(minutes: Int32(start)), end: LocalTime(minutes: Int32(end)))
        else { return }
        guard found.start == row.start, found.end == row.end, found.techID == row.techID else {
            known.others.append(found)
            return
        }
        take(found, from: candidate, texts, &known)
    }

    /// Takes note of the row's own appointment.
    private func take(
        _ own: KnownAppointment, from candidate: Statement, _ texts: RowTexts, _ known: inout KnownOfRow
    ) {
        known.own = own
        // An appointment that was pruned has no texts left to compare.
        if candidate.isNull(8) {
            known.hasForgottenTexts = true
            return
        }
        for (position, field) in AppointmentField.texts.enumerated()
        where !candidate.withBytes(8 + Int32(position), { RowTexts.equal($0, texts.texts[field]) }) {
            known.differing.insert(TextDifference(field))
        }
    }

    private func firstRow(
        of own: KnownAppointment, _ known: KnownOfRow, _ texts: RowTexts
    ) throws -> KnownOfRow.EarlierRow? {
        guard let first = try seen.row(of: own.id) else { return nil }
        return KnownOfRow.EarlierRow(
            place: first.place,
            differing: first.hashes.map { TextDifference(between: $0, texts.hashes) } ?? known.differing)
    }

    /// The appointment that came of a refused one by a rejects file, and may stand in SecurityTrax.
    private func correction(of refused: KnownAppointment) throws -> KnownAppointment? {
        try store.first(
            """
            WITH places AS (
                SELECT file_id, line FROM rows WHERE appointment_id = :own
                UNION SELECT file_id, line FROM appointments WHERE id = :own)
            SELECT \(Self.knownColumns)
            FROM places AS p JOIN files AS f ON f.id = p.file_id
            JOIN origins AS o ON o.origin_run = f.run_id AND o.origin_line = p.line AND o.origin_file = f.name
            JOIN appointments AS a ON a.id = (
                SELECT id FROM appointments WHERE file_id = o.file_id AND line = o.line
                UNION ALL SELECT appointment_id FROM rows WHERE file_id = o.file_id AND line = o.line LIMIT 1)
            WHERE a.id <> :own AND a.endpoint_id = :endpoint
                AND a.state IN (\(AppointmentState.sql(where: \.isActive)))
            ORDER BY a.id DESC LIMIT 1
            """, ["own": refused.id, "endpoint": endpoint], known)
    }

    /// The columns that `known` reads, of appointments `a`.
    static let knownColumns =
        "a.id, a.customer, a.start, a.end, a.tech, a.state, a.accepted_run, a.file_id, a.line"

    /// The appointment in a row that has `knownColumns`.
    func known(_ row: Row) throws -> KnownAppointment {
        let file: Int = try row["file_id"]
        return KnownAppointment(
            id: try row["id"], customerID: try row["customer"], techID: try row["tech"],
            start: LocalTime(minutes: try row["start"]), end: LocalTime(minutes: try row["end"]),
            state: try row["state"], acceptedRun: try row["accepted_run"],
            row: RowPlace(file: file, line: try row["line"]), isOfThisRun: file >= firstFile)
    }

    private func appointment(numbered number: String) throws -> KnownAppointment? {
        try store.first(
            """
            SELECT \(Self.knownColumns)
            FROM sender_numbers AS s JOIN appointments AS a ON a.id = s.appointment_id
            WHERE s.endpoint_id = :endpoint AND s.number = :number
            """, ["endpoint": endpoint, "number": number], known)
    }

    /// The appointments of a crew but for the first.
    private func crew(numbered number: String) throws -> [KnownAppointment] {
        try store.all(
            """
            SELECT \(Self.knownColumns)
            FROM sender_numbers AS s JOIN appointments AS a ON a.id = s.appointment_id
            WHERE s.endpoint_id = :endpoint AND \(CrewNumber.isOfCrew(":number"))
            """, ["endpoint": endpoint, "number": number], known)
    }

    /// The appointment in the current row of a query for candidates, whose identity was read already.
    private func appointment(
        in row: Statement, ofCustomer customer: Int64, techID: Int64, start: LocalTime, end: LocalTime
    ) -> KnownAppointment? {
        guard let state = AppointmentState(rawValue: row.integer(4)) else { return nil }
        let file = row.integer(6)
        return KnownAppointment(
            id: row.integer(0), customerID: customer, techID: techID, start: start, end: end,
            state: state, acceptedRun: row.integer(5), row: RowPlace(file: file, line: row.integer(7)),
            isOfThisRun: file >= firstFile)
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
