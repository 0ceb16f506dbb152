package import AppointmentRows
import SystemFiles
import SQLiteStore
package import SecurityTrax

extension Ledger {
    /// Stages the files of the run in progress in one transaction: durable when
    /// this returns, and as if it had never begun when it throws.
    ///
    /// - Parameters:
    ///   - decide: what to do with the rows, once all are known.
    ///   - previewLimit: how many appointments a rehearsal shows at the most; nil for all.
    ///   - preview: for a rehearsal, each batch as it would be posted.
    ///   - found: told each finding, in the files' order, once all of them are there to stay.
    ///   - isStopped: asked often; true throws `RunStopped`.
    ///   - progress: told the number of rows read so far.
    package func stage(
        _ inputs: [RowInput], rules: StagingRules, batchSize: Int,
        decide: (StagedRun) -> StagingDecision, previewLimit: Int? = nil,
        preview: (([Appointment]) throws -> Void)? = nil,
        found: @escaping (FileFinding) -> Void = { _ in }, isStopped: () -> Bool, progress: (Int) -> Void
    ) throws -> StagedRun {
        guard let run = activeRun else { preconditionFailure("a run must have begun") }
        return try mappingErrors {
            var staged = StagedRun()
            var rows: SetAsideRows?
            var replaced: ReplacedAppointments?
            let room = try roomForLoading(inputs, rules)
            let transaction = room == nil ? store.inTransaction : store.inBulkTransaction
            try transaction {
                let session = try StagingSession(
                    store: store, run: run.id, endpoint: run.endpoint, rules: rules)
                if let room { try session.index.beginLoading(in: room) }
                var rowsBefore = 0
                for input in inputs {
                    try session.stage(input, isStopped: isStopped) { progress(rowsBefore + $0) }
                    rowsBefore = session.result.totals.rows
                }
                try session.index.endLoading()
                try session.settleOvertaken()
                if rules.checksOverlaps { try session.invalidateOverlaps() }
                if isStopped() { throw RunStopped() }
                activeRun?.files = try fileRange(ofRun: run.id)
                let decision = decide(session.result)
                if decision != .stop, let reason = try session.holdReason() {
                    // What a suspicious file says of earlier visits is not believed either.
                    if decision == .post {
                        try session.hold(because: reason)
                    } else {
                        session.result.hold = reason
                    }
                } else if decision != .stop {
                    try session.settleNews()
                }
                staged = session.result
                if decision == .post {
                    precondition(!session.isInMemory, "appointments that are posted are in the ledger")
                    try session.close()
                    if staged.hold == nil {
                        replaced = session.replaced
                    } else {
                        try session.replaced.forget()
                    }
                    return .commit
                }
                staged.isAbandoned = true
                staged.isStopped = decision == .stop
                if let preview, decision == .abandon {
                    try previewBatches(of: batchSize, limit: previewLimit, preview)
                }
                // A throwaway ledger goes with what is in it.
                if isThrowaway { return .commit }
                if let files = activeRun?.files { rows = try session.setAside(files: files) }
                return .rollback
            }
            if staged.isAbandoned {
                try store.transaction {
                    try recordAbandoned(staged)
                    try rows?.putBack(into: store)
                }
            }
            staged.findingsTotal =
                try store.integer(
                    """
                    SELECT count(*) FROM findings WHERE file_id IN (SELECT id FROM files WHERE run_id = :run)
                    """, ["run": run.id]) ?? 0
            staged.findings = try findings(ofRun: run.id, limit: StagedRun.listedFindings)
            unclaimed = replaced.map { (staged, $0) }
            // None of them is this run's: nobody need look through all of them for one.
            if staged.totals[.pending] == 0 { activeRun?.fresh = FreshRows([]) }
            if staged.findingsTotal > 0 { try forEachFinding(ofRun: run.id, found) }
            return staged
        }
    }

    /// The room for what is to be staged, where it is loaded in bulk.
    private func roomForLoading(_ inputs: [RowInput], _ rules: StagingRules) throws -> BulkLoad.Room? {
        if rules.rowsInMemory > 0 { return nil }
        let bytes = inputs.reduce(0) { $0 + $1.size }
        switch rules.loading {
        case .never: return nil
        case .always(let limit): return BulkLoad.Room(limit: limit, expected: 0)
        case .whereItPays: return try BulkLoad.room(forBytes: bytes, in: store)
        }
    }

    /// Whether nobody can see the ledger afterwards.
    private var isThrowaway: Bool { lock == nil }

    /// Takes back what the run staged, where it was stopped before its first claim.
    package func unstage() throws -> StagedRun? {
        guard let unclaimed else { return nil }
        var staged = unclaimed.staged
        staged.isAbandoned = true
        try mappingErrors {
            try store.transaction {
                try unclaimed.replaced.restoreAll()
                try recordAbandoned(staged)
            }
        }
        try letStagingStand()
        return staged
    }

    /// From now on the run can't be taken back: something of it is claimed.
    func letStagingStand() throws {
        guard let replaced = unclaimed?.replaced else { return }
        unclaimed = nil
        try mappingErrors { try replaced.forget() }
    }

    /// Puts on record that a run posts nothing, and what its files held.
    private func recordAbandoned(_ staged: StagedRun) throws {
        guard let run = activeRun else { return }
        for file in staged.files { try file.record(in: store, run: run.id, isPosted: false) }
        try store.run("UPDATE runs SET abandoned = 1 WHERE id = :run", ["run": run.id])
    }

    /// Takes up everything that is pending at the run's endpoint, for `resume`.
    package func takeUpPending() throws -> StagedRun {
        guard let run = activeRun else { preconditionFailure("a run must have begun") }
        return try mappingErrors {
            try store.transaction {
                let old = try store.all(
                    """
                    SELECT a.file_id, f.name, count(*) AS count
                    FROM appointments AS a LEFT JOIN files AS f ON f.id = a.file_id
                    WHERE a.state = \(AppointmentState.sql(.pending)) AND a.endpoint_id = :endpoint
                    GROUP BY a.file_id ORDER BY a.file_id
                    """, ["endpoint": run.endpoint]
                ) { row in
                    (
                        id: try row["file_id"] as Int, name: try row["name"] as String? ?? "",
                        count: try row["count"] as Int
                    )
                }
                var staged = StagedRun()
                for source in old {
                    try store.run(
                        "INSERT INTO files (run_id, name) VALUES (:run, :name)",
                        ["run": run.id, "name": source.name])
                    let file = store.lastInsertedRowID
                    try store.run(
                        """
                        INSERT OR IGNORE INTO rows (file_id, line, state, appointment_id, code, reason)
                        SELECT file_id, line, \(RowState.sql(.pending)), id, code, reason FROM appointments
                        WHERE state = \(AppointmentState.sql(.pending)) AND endpoint_id = :endpoint
                            AND file_id = :old
                        """, ["endpoint": run.endpoint, "old": source.id])
                    try store.run(
                        """
                        INSERT INTO origins (file_id, line, origin_file, origin_line, origin_run)
                        SELECT :new, line, origin_file, origin_line, origin_run FROM origins
                        WHERE file_id = :old
                        """, ["old": source.id, "new": file])
                    try store.run(
                        """
                        INSERT INTO row_customers (file_id, line, customer, found_by)
                        SELECT :new, line, customer, found_by FROM row_customers WHERE file_id = :old
                        """, ["old": source.id, "new": file])
                    try store.run(
                        """
                        UPDATE appointments SET file_id = :new
                        WHERE state = \(AppointmentState.sql(.pending)) AND endpoint_id = :endpoint
                            AND file_id = :old
                        """, ["endpoint": run.endpoint, "old": source.id, "new": file])
                    var entry = StagedFile(id: file, name: source.name)
                    entry.counts[.pending] = source.count
                    staged.files.append(entry)
                }
                activeRun?.files = try fileRange(ofRun: run.id)
                return staged
            }
        }
    }

    /// Writes down how an appointment's row stands now, as the end of the run that
    /// it belongs to, before something outside that run changes it. From then on
    /// the appointment carries that row no more.
    ///
    /// - Returns: false where the row was written down before.
    @discardableResult
    static func freezeRow(ofAppointment id: Int, keepingTexts: Bool, in store: Connection) throws -> Bool {
        var written: String?
        if keepingTexts {
            written = try store.first(
                "SELECT \(appointmentColumns) FROM appointments WHERE id = :id", ["id": id]
            ) { row in
                let appointment = try Self.appointment(in: row)
                return json(AppointmentField.allCases.map { appointment[$0] })
            }
        }
        return try store.run(
            """
            INSERT OR IGNORE INTO rows (
                file_id, line, state, appointment_id, code, reason, written, response_details)
            SELECT file_id, line, \(AppointmentState.rowStateSQL), id, code, reason, :written,
                response_details
            FROM appointments WHERE id = :id
            """, ["id": id, "written": written]) == 1
    }

    /// The columns that `appointment(in:)` reads.
    static let appointmentColumns = AppointmentField.sql(AppointmentField.allCases)

    /// What `json` wrote; nothing where it can't be read.
    static func texts(_ json: String) -> [String] {
        (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
    }

    /// What `json` wrote of names and values, one after the other.
    static func pairs(_ json: String) -> [(name: String, value: String)] {
        let texts = texts(json)
        return stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }
    }

    /// Texts as a JSON array.
    static func json(_ texts: [String]) -> String {
        JSONTexts.array(texts)
    }
}
