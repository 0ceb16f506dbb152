import AppointmentRows
import Foundation
import SQLiteStore
import SecurityTrax

/// Puts one run's rows into the ledger inside one open transaction: finds out for
/// each row what the ledger knows of its appointment, and decides its state.
///
/// Used by the ledger's actor within one synchronous call; not `Sendable`.
final class Stager {
    let store: Connection
    let rules: StagingRules
    let run: Int
    let endpoint: Int
    /// The first file ID of this run: whatever has it or a higher one is of this run.
    let firstFile: Int
    /// Appointments up to this ID were there before the run.
    let baseline: Int
    /// How far before a row's start another window may begin and still overlap.
    let reach: Int

    /// No appointment at this endpoint has a customer of a higher ID: such a row needs no look at the others.
    private var highestCustomer: Int
    var file = 0
    /// What the file calls the column of the start.
    var startColumn: String?
    /// The rows of the file in hand.
    private var counts = RowCounts()
    var result = StagedRun()
    /// Whether an appointment of an earlier run got other texts.
    var hasNewTexts = false

    private let candidates: Statement
    private let insert: Statement
    private let insertRow: Statement
    private let insertFinding: Statement
    private let markSeen: Statement
    private let findSeen: Statement
    let findOther: Statement

    init(store: Connection, run: Int, endpoint: Int, rules: StagingRules) throws {
        self.store = store
        self.rules = rules
        self.run = run
        self.endpoint = endpoint
        firstFile = try (store.integer("SELECT seq FROM sqlite_sequence WHERE name = 'files'") ?? 0) + 1
        baseline = try store.integer("SELECT max(id) FROM appointments") ?? 0
        highestCustomer =
            try store.integer("SELECT max(customer) FROM appointments WHERE endpoint_id = \(endpoint)") ?? 0
        let known = try store.integer("SELECT value FROM facts WHERE name = 'max_window'") ?? 1440
        reach = max(known, rules.maxWindow)
        if rules.maxWindow > known {
            try store.execute("UPDATE facts SET value = \(rules.maxWindow) WHERE name = 'max_window'")
        }
        try store.execute(
            """
            CREATE TEMP TABLE IF NOT EXISTS seen (
                appointment_id INTEGER PRIMARY KEY, file_id INTEGER, line INTEGER, detail INTEGER, notes INTEGER);
            CREATE TEMP TABLE IF NOT EXISTS taken AS SELECT * FROM appointments LIMIT 0;
            CREATE TEMP TABLE IF NOT EXISTS frozen (file_id INTEGER, line INTEGER);
            CREATE TEMP TABLE IF NOT EXISTS renumbered (number TEXT PRIMARY KEY, appointment_id INTEGER);
            CREATE INDEX IF NOT EXISTS temp.taken_by_id ON taken (id);
            CREATE INDEX IF NOT EXISTS temp.frozen_by_place ON frozen (file_id, line);
            DELETE FROM temp.renumbered;
            DELETE FROM temp.seen;
            DELETE FROM temp.taken;
            DELETE FROM temp.frozen;
            """)
        candidates = try store.prepare(
            """
            SELECT id, start, end, tech, state, accepted_run, file_id, line, service_detail, notes FROM appointments
            WHERE endpoint_id = ?1 AND customer = ?2 AND service = ?3 AND start < ?4 AND start > ?5
            """)
        insert = try store.prepare(
            """
            INSERT INTO appointments (endpoint_id, customer, service, start, end, tech, service_detail, notes, state,
                accepted_run, file_id, line, expires_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, ?11, ?12)
            """)
        insertRow = try store.prepare(
            """
            INSERT INTO rows (file_id, line, state, appointment_id, code, reason, written)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """)
        insertFinding = try store.prepare(
            """
            INSERT INTO findings (file_id, line, position, column_name, code, severity, value, message, fix)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        findSeen = try store.prepare(
            "SELECT file_id, line, detail, notes FROM temp.seen WHERE appointment_id = ?1")
        findOther = try store.prepare(
            """
            SELECT f.run_id, f.name, a.customer FROM appointments AS a LEFT JOIN files AS f ON f.id = ?2
            WHERE a.id = ?1
            """)
        markSeen = try store.prepare(
            "INSERT INTO temp.seen VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (appointment_id) DO NOTHING")
    }

    // MARK: Files

    /// Stages one file. A file that can't be read as appointments leaves its entry, and nothing else.
    func stage(_ input: RowInput, isStopped: () -> Bool, progress: (Int) -> Void) throws {
        try store.prepare("INSERT INTO files (run_id, name) VALUES (?1, ?2)")
            .bind(run, at: 1).bind(input.name, at: 2).run()
        file = store.lastInsertedRowID
        result.files.append(StagedFile(id: file, name: input.name))
        counts = RowCounts()
        do {
            try store.savepoint {
                let source = try input.open()
                startColumn = source.name(of: .start)
                var chunk = CheckedRows()
                while try source.next(&chunk) {
                    if isStopped() { throw RunStopped() }
                    try chunk.text.withUnsafeBufferPointer { text in
                        for index in chunk.rows.indices {
                            try stage(chunk.rows[index], of: chunk, text: text)
                        }
                    }
                    progress(counts.rows)
                }
            }
            result.files[result.files.count - 1].counts = counts
            if let limit = rules.maxInvalid, limit.isExceeded(by: counts) {
                let error = InputError.tooManyInvalid(counts, limit: limit)
                try setAside(&result.files[result.files.count - 1], because: error)
                try fail(with: error)
            }
        } catch let error as InputError {
            result.files[result.files.count - 1].error = error
            try fail(with: error)
        }
    }

    /// Puts on record why nothing of the file in hand is posted.
    private func fail(with error: InputError) throws {
        try store.prepare("UPDATE files SET error = ?2, error_code = ?3 WHERE id = ?1")
            .bind(file, at: 1).bind(error.message, at: 2).bind(error.code, at: 3).run()
    }

    // MARK: Rows

    /// An appointment that the ledger has.
    struct Candidate {
        var id: Int
        var tech: Int
        var start: LocalTime
        var end: LocalTime
        var state: AppointmentState
        var acceptedRun: Int
        var file: Int
        var line: Int
    }

    private func stage(_ row: CheckedRow, of chunk: CheckedRows, text: UnsafeBufferPointer<UInt8>) throws {
        if !row.findings.isEmpty {
            try record(chunk.findings[row.findings])
        }
        let origin = row.origin.map { chunk.origins[$0] }
        if let origin { try put(origin, ofLine: row.line) }
        guard row.isValid else {
            let state: RowState = row.result == .skipped ? .skipped : .invalid
            try keep(row, as: state, because: chunk.findings[row.findings], written: row.written)
            return
        }
        let rowRun = try origin.map(acceptingRun) ?? run
        let detail = UnsafeBufferPointer(rebasing: text[row.serviceDetailType])
        let notes = UnsafeBufferPointer(rebasing: text[row.notes])

        // One look finds the row's own appointment and every other one of the
        // same customer and service type around its time.
        var own: Candidate?
        var differing: [AppointmentField] = []
        var others: [Candidate] = []
        let start = Int(row.start.minutes)
        candidates.bind(endpoint, at: 1).bind(Int(row.customerID), at: 2).bind(
            row.serviceType.rawValue, at: 3
        )
        .bind(Int(row.end.minutes), at: 4).bind(start - reach, at: 5)
        while Int(row.customerID) <= highestCustomer, try candidates.step() {
            guard candidates.integer(2) > start, let state = AppointmentState(rawValue: candidates.integer(4))
            else { continue }
            let found = Candidate(
                id: candidates.integer(0), tech: candidates.integer(3),
                start: LocalTime(minutes: Int32(candidates.integer(1))),
                end: LocalTime(minutes: Int32(candidates.integer(2))), state: state,
                acceptedRun: candidates.integer(5), file: candidates.integer(6), line: candidates.integer(7))
            if found.start == row.start, found.end == row.end, found.tech == Int(row.techID) {
                own = found
                // A pruned appointment has no texts left to compare.
                if !candidates.isNull(8) {
                    if !candidates.withBytes(8, { Self.equal($0, detail) }) {
                        differing.append(.serviceDetailType)
                    }
                    if !candidates.withBytes(9, { Self.equal($0, notes) }) { differing.append(.notes) }
                }
            } else if state.isActive {
                others.append(found)
            }
        }

        if !row.senderNumber.isEmpty {
            let number = chunk.string(row.senderNumber)
            if let numbered = try appointment(numbered: number), numbered.id != own?.id {
                if numbered.state == .withdrawn { return try skip(row, of: chunk, withdrawn: numbered) }
                if numbered.state.isActive, !rules.allowsRebooking {
                    return try markInvalid(
                        row, of: chunk,
                        Finding.alreadyBookedDifferently(
                            line: row.line, other: try describe(numbered), state: numbered.state.words,
                            senderNumber: number))
                }
                // The number moves to the new appointment below.
            }
        }

        guard let own else {
            if let other = others.first(where: { conflicts(row, of: rowRun, with: $0, own: nil) }) {
                return try markInvalid(
                    row, of: chunk, bookedDifferently(row, other))
            }
            if isPast(row) { return try markInvalid(row, of: chunk, inThePast(row)) }
            insert.bind(endpoint, at: 1).bind(Int(row.customerID), at: 2).bind(
                row.serviceType.rawValue, at: 3
            )
            .bind(start, at: 4).bind(Int(row.end.minutes), at: 5).bind(Int(row.techID), at: 6)
            .bind(rowRun, at: 9).bind(file, at: 10).bind(row.line, at: 11).bind(Int(row.pastAfter), at: 12)
            insert.bind(borrowing: detail, at: 7)
            insert.bind(borrowing: notes, at: 8)
            _ = try insert.step()
            highestCustomer = max(highestCustomer, Int(row.customerID))
            count(.pending)
            if !row.senderNumber.isEmpty {
                try number(store.lastInsertedRowID, chunk.string(row.senderNumber))
            }
            return
        }

        if !row.senderNumber.isEmpty { try number(own.id, chunk.string(row.senderNumber)) }
        if own.state == .withdrawn { return try skip(row, of: chunk, withdrawn: own) }
        if own.file >= firstFile {
            return try settleRepeat(row, of: chunk, own, first: own, differing: differing)
        }
        switch own.state {
        case .created, .inDoubt, .posting:
            let texts = (detail: Self.hash(detail), notes: Self.hash(notes))
            if let first = try see(own, row, texts) {
                var differing: [AppointmentField] = []
                if first.detail != texts.detail { differing.append(.serviceDetailType) }
                if first.notes != texts.notes { differing.append(.notes) }
                return try settleRepeat(row, of: chunk, own, first: first.row, differing: differing)
            }
            if own.state == .created {
                let other = try describe(own)
                if !differing.isEmpty {
                    var finding = Finding.changedSinceCreated(
                        line: row.line, other: other, differing: differing)
                    if rules.isStrict {
                        finding.makeStrict()
                        return try markInvalid(row, of: chunk, finding)
                    }
                    try record([finding])
                }
                try keep(row, as: .alreadyCreated, own, code: nil, reason: "created from \(other.place)")
            } else {
                try keep(
                    row, as: .inDoubt, own, code: RowCode.outcomeUnknown,
                    reason: "in doubt since \(try describe(own).place)")
            }
        case .withdrawn: break
        case .pending, .refused:
            if let other = others.first(where: { conflicts(row, of: rowRun, with: $0, own: own) }) {
                return try markInvalid(
                    row, of: chunk, bookedDifferently(row, other))
            }
            if isPast(row) {
                if own.state == .pending { try expire(own) }
                return try markInvalid(row, of: chunk, inThePast(row))
            }
            try takeUp(
                own, row, acceptedBy: rowRun, detail: detail, notes: notes, keepingTexts: !differing.isEmpty)
        }
    }

    /// Whether posting `row` would book a visit that `other` already stands for.
    ///
    /// Within one run, distinct technicians are a crew; a row of a rejects file is
    /// part of the run that wrote it. An appointment that the ledger knows was
    /// compared when it was accepted; since then only what was accepted later can
    /// have come in its way.
    private func conflicts(_ row: CheckedRow, of rowRun: Int, with other: Candidate, own: Candidate?) -> Bool
    {
        if rules.allowsRebooking { return false }
        if let own {
            if own.state == .pending || other.acceptedRun <= own.acceptedRun { return false }
        }
        if other.acceptedRun < run, other.acceptedRun != rowRun { return true }
        let isCrew = row.techID != 0 && other.tech != 0 && Int(row.techID) != other.tech
        return !isCrew
    }

    private func isPast(_ row: CheckedRow) -> Bool {
        !rules.allowsPast && row.pastAfter < rules.now
    }

    // MARK: What becomes of a row

    private func count(_ state: RowState) {
        counts[state] += 1
    }

    func record(_ findings: some Collection<Finding>) throws {
        for (position, finding) in findings.enumerated() {
            // The ledger's own finding may come after the file's.
            let offset = finding.code.isFoundByLedger ? 100 : 0
            try insertFinding.bind(file, at: 1).bind(finding.line, at: 2).bind(position + offset, at: 3)
                .bind(finding.column, at: 4).bind(finding.code.rawValue, at: 5)
                .bind(finding.severity.rawValue, at: 6).bind(finding.value, at: 7)
                .bind(finding.message, at: 8).bind(finding.fix, at: 9).run()
        }
    }

    /// An invalid row, for a reason that only the ledger can know.
    private func markInvalid(_ row: CheckedRow, of chunk: CheckedRows, _ finding: Finding) throws {
        try record([finding])
        try keep(row, as: .invalid, because: [finding], written: row.wireTexts(in: chunk))
    }

    /// A row of an appointment that a person has taken out.
    private func skip(_ row: CheckedRow, of chunk: CheckedRows, withdrawn own: Candidate) throws {
        let finding = try withdrawn(row, own)
        try record([finding])
        try keep(row, as: .skipped, because: [finding], written: row.wireTexts(in: chunk))
    }

    /// Keeps a row that stands for no appointment of its own.
    private func keep(
        _ row: CheckedRow, as state: RowState, because findings: some Collection<Finding>, written: [String]?
    ) throws {
        try putRow(line: row.line, as: state, because: findings, written: written)
        count(state)
    }

    func putRow(
        line: Int, as state: RowState, because findings: some Collection<Finding>, written: [String]?
    ) throws {
        let severity: Finding.Severity = state == .skipped ? .skipped : .error
        let reasons = findings.filter { $0.severity == severity }
        insertRow.bind(file, at: 1).bind(line, at: 2).bind(state.rawValue, at: 3)
            .bind(nil as Int64?, at: 4).bind(reasons.first?.code.rawValue, at: 5)
            .bind(reasons.map(\.message).joined(separator: "; "), at: 6)
            .bind(written.map(Ledger.json), at: 7)
        _ = try insertRow.step()
    }

    private func keep(
        _ row: CheckedRow, as state: RowState, _ appointment: Candidate, code: String?, reason: String
    ) throws {
        insertRow.bind(file, at: 1).bind(row.line, at: 2).bind(state.rawValue, at: 3)
            .bind(appointment.id, at: 4).bind(code, at: 5).bind(reason, at: 6).bind(nil as String?, at: 7)
        _ = try insertRow.step()
        count(state)
    }

    private func settleRepeat(
        _ row: CheckedRow, of chunk: CheckedRows, _ own: Candidate, first: Candidate,
        differing: [AppointmentField]
    ) throws {
        let other = try describe(first)
        if differing.isEmpty {
            try keep(row, as: .duplicate, own, code: nil, reason: "the same appointment as \(other.place)")
        } else {
            try markInvalid(
                row, of: chunk, .conflictingDuplicate(line: row.line, other: other, differing: differing))
        }
    }

    /// Remembers the run's first row for an appointment that it does not take up;
    /// returns that row when this one repeats it.
    private func see(
        _ own: Candidate, _ row: CheckedRow, _ texts: (detail: Int, notes: Int)
    ) throws -> (row: Candidate, detail: Int, notes: Int)? {
        let isFirst =
            try markSeen.bind(own.id, at: 1).bind(file, at: 2).bind(row.line, at: 3).bind(texts.detail, at: 4)
            .bind(texts.notes, at: 5).run() == 1
        if isFirst { return nil }
        findSeen.bind(own.id, at: 1)
        defer { findSeen.reset() }
        guard try findSeen.step() else { return nil }
        var first = own
        first.file = findSeen.integer(0)
        first.line = findSeen.integer(1)
        return (first, findSeen.integer(2), findSeen.integer(3))
    }

    /// Makes an appointment that an earlier run left pending or refused this run's own, with the newest texts.
    private func takeUp(
        _ own: Candidate, _ row: CheckedRow, acceptedBy rowRun: Int, detail: UnsafeBufferPointer<UInt8>,
        notes: UnsafeBufferPointer<UInt8>, keepingTexts: Bool
    ) throws {
        try remember(own, keepingTexts: keepingTexts)
        let update = try store.prepare(
            """
            UPDATE appointments SET state = 0, service_detail = ?2, notes = ?3, file_id = ?4, line = ?5, expires_at = ?6,
                accepted_run = CASE state WHEN 0 THEN accepted_run ELSE ?7 END,
                code = NULL, reason = NULL, changed = NULL
            WHERE id = ?1 AND state IN (0, 3)
            """)
        update.bind(own.id, at: 1).bind(file, at: 4).bind(row.line, at: 5).bind(Int(row.pastAfter), at: 6)
            .bind(rowRun, at: 7)
        update.bind(borrowing: detail, at: 2)
        update.bind(borrowing: notes, at: 3)
        let changed = try update.run()
        if keepingTexts { hasNewTexts = true }
        precondition(changed == 1, "the lock is ours: nobody else changes states")
        count(.pending)
    }

    /// A pending appointment whose time has passed will not be posted any more.
    private func expire(_ own: Candidate) throws {
        try remember(own, keepingTexts: false)
        let wasPending = try Ledger.expire(own.id, in: store)
        precondition(wasPending, "the lock is ours: nobody else changes states")
    }

    /// Keeps an earlier run's appointment as it is, for that run's report and for `abandon`.
    private func remember(_ own: Candidate, keepingTexts: Bool) throws {
        try store.prepare("INSERT INTO temp.taken SELECT * FROM appointments WHERE id = ?1")
            .bind(own.id, at: 1).run()
        if try Ledger.freezeRow(ofAppointment: own.id, keepingTexts: keepingTexts, in: store) {
            try store.prepare("INSERT INTO temp.frozen VALUES (?1, ?2)")
                .bind(own.file, at: 1).bind(own.line, at: 2).run()
        }
    }

    private static func equal(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool
    {
        left.count == right.count && (left.isEmpty || left.elementsEqual(right))
    }

    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(text))
        return hasher.finalize()
    }
}
