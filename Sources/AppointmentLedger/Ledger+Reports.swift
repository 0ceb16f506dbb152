import AppointmentRows
import SystemFiles
import SQLiteStore
package import SecurityTrax

/// One row of a report.
package struct ReportRow: Sendable, Hashable {
    /// The file as its run named it.
    package var file: String
    /// The file's ID in the ledger.
    var fileID: Int
    /// The line that it began on.
    package var line: Int
    /// Its state.
    package var state: RowState
    /// A stable code, empty where there is nothing to say.
    package var code: String
    /// Why, in words; not escaped.
    package var reason: String
    /// The seven columns as on the wire; for an invalid row, as they were written.
    package var columns: [String]
    /// What the service returned for a created one.
    package var details: [ResponseDetail]
    /// The appointment's ID in the ledger, where the row has one: what `withdraw` takes.
    package var appointment: Int?
    /// The run that the row belongs to.
    package var run: Int?
    /// When it was posted last, or its run began: milliseconds since 1970 UTC.
    package var time: Int?
    /// Where its run posts to: an endpoint's identity.
    package var endpoint: String?
    /// Which number gave its customer; nil where the row has the ID, or none was found.
    package var foundCustomer: FoundCustomer?
    /// How a row that was not staged names its customer where its ID says nothing: `phone 5085550107`; else empty.
    package var namedCustomer = ""
}

extension Ledger {
    /// A run's rows in the files' order, as they stand now; none of a run that was pruned.
    package nonisolated func rows(ofRun run: Int) -> LedgerChunks<ReportRow> {
        LedgerChunks(of: self) { ledger in
            // Of a pruned run, only the rows that no later run changed would be found: less than the truth.
            guard try ledger.report(ofRun: run)?.pruned == nil, let files = try ledger.fileRange(ofRun: run)
            else { return LedgerCursor { nil } }
            return try ledger.rows(ofFiles: files)
        }
    }

    /// Every appointment that the ledger knows, once each, as it is now.
    package nonisolated func allAppointments() -> LedgerChunks<ReportRow> {
        LedgerChunks(of: self) { try $0.appointmentRows() }
    }

    /// Every row of some files, in their order, as it stands now.
    ///
    /// - Parameter onlyRejected: only those that are invalid or refused.
    func rows(ofFiles files: ClosedRange<Int>, onlyRejected: Bool = false) throws -> LedgerCursor<ReportRow> {
        // Few of many: the others need not be put in order.
        let fixed =
            onlyRejected
            ? "AND state IN (\(RowState.sql(.invalid, .refused)))" : ""
        let carried = onlyRejected ? "AND state = \(AppointmentState.sql(.refused))" : ""
        let known =
            """
            UNION ALL
            SELECT k.file_id, \(KnownRows.line), NULL, \(RowState.sql(.alreadyCreated)), NULL, NULL, NULL, NULL,
                \(KnownRows.appointment)
            FROM \(KnownRows.table) WHERE k.file_id BETWEEN :first AND :last
            """
        let rows = try store.rows(
            """
            SELECT x.file_id, x.line, x.carried_state, x.row_state, x.code, x.reason, x.written,
                x.response_details, f.name, a.id, \(Self.qualifiedColumns),
                r.id AS run, r.started AS time, e.identity AS endpoint, \(FoundCustomer.columns),
                a.line AS created_line, c.name AS created_file, c.run_id AS created_run,
                CASE WHEN x.written IS NOT NULL THEN (
                    SELECT g.customer FROM findings AS g WHERE g.file_id = x.file_id AND g.line = x.line
                        AND g.customer <> '' LIMIT 1) END AS named_customer
            FROM (
                SELECT file_id, line, NULL AS carried_state, state AS row_state, code, reason, written,
                    response_details, appointment_id
                FROM rows WHERE file_id BETWEEN :first AND :last \(fixed)
                UNION ALL
                SELECT file_id, line, state, NULL, code, reason, NULL, response_details, id
                FROM appointments AS a
                WHERE file_id BETWEEN :first AND :last AND \(Self.carriesItsRow) \(carried)
                \(onlyRejected ? "" : known)
            ) AS x
            LEFT JOIN files AS f ON f.id = x.file_id
            LEFT JOIN appointments AS a ON a.id = x.appointment_id
            LEFT JOIN files AS c ON c.id = a.file_id
            LEFT JOIN runs AS r ON r.id = f.run_id LEFT JOIN endpoints AS e ON e.id = r.endpoint_id
            LEFT JOIN row_customers AS n ON n.file_id = x.file_id AND n.line = x.line
            ORDER BY x.file_id, x.line
            """, ["first": files.lowerBound, "last": files.upperBound])
        let isInUse = isInUse
        return LedgerCursor { try rows.next().map { try Self.reportRow(in: $0, isInUse: isInUse) } }
    }

    private func appointmentRows() throws -> LedgerCursor<ReportRow> {
        let rows = try store.rows(
            """
            SELECT a.file_id, a.line, a.state AS carried_state, NULL AS row_state, a.code, a.reason,
                NULL AS written, a.response_details, f.name, a.id, \(Self.qualifiedColumns),
                f.run_id AS run, coalesce(b.settled, b.claimed, r.started) AS time, e.identity AS endpoint,
                \(FoundCustomer.columns), NULL AS named_customer
            FROM appointments AS a LEFT JOIN files AS f ON f.id = a.file_id
            LEFT JOIN runs AS r ON r.id = f.run_id LEFT JOIN endpoints AS e ON e.id = a.endpoint_id
            LEFT JOIN batches AS b ON b.id = a.batch_id
            LEFT JOIN row_customers AS n ON n.file_id = a.file_id AND n.line = a.line ORDER BY a.id
            """)
        let isInUse = isInUse
        return LedgerCursor { try rows.next().map { try Self.reportRow(in: $0, isInUse: isInUse) } }
    }

    /// Hands a run's findings to `body`, in the files' order.
    func forEachFinding(ofRun run: Int, _ body: (FileFinding) throws -> Void) throws {
        try mappingErrors {
            try store.forEach(
                """
                SELECT \(Self.findingColumns)
                FROM findings AS x JOIN files AS f ON f.id = x.file_id
                WHERE f.run_id = :run ORDER BY x.file_id, x.line, x.position
                """, ["run": run]
            ) { row in
                if let finding = try Self.finding(in: row) { try body(finding) }
            }
        }
    }

    /// What `finding(in:)` reads of the findings `x` and the files `f`.
    static let findingColumns =
        "f.name, x.line, x.column_name, x.code, x.severity, x.value, x.message, x.fix, x.known, x.customer"

    /// The finding in a row that has `findingColumns`; nil where a later version wrote it, whose code is unknown here.
    static func finding(in row: Row) throws -> FileFinding? {
        guard let code = FindingCode(rawValue: try row["code"]),
            let severity = Finding.Severity(rawValue: try row["severity"])
        else { return nil }
        return FileFinding(
            file: try row["name"],
            finding: Finding(
                line: try row["line"], column: try row["column_name"], code: code, severity: severity,
                value: try row["value"], message: try row["message"], fix: try row["fix"],
                customer: try row["customer"]),
            isKnown: try row["known"])
    }

    /// The refused rows of some files as findings, in the files' order.
    package nonisolated func refusedFindings(ofFiles files: ClosedRange<Int>) -> LedgerChunks<FileFinding> {
        LedgerChunks(of: self) { try $0.refused(ofFiles: files) }
    }

    private func refused(ofFiles files: ClosedRange<Int>) throws -> LedgerCursor<FileFinding> {
        let rows = try rows(ofFiles: files, onlyRejected: true)
        let told = try store.prepared(
            """
            SELECT t.first_run FROM told AS t
            JOIN endpoints AS e ON e.id = t.endpoint_id WHERE e.identity = :endpoint AND t.key = :key
            """)
        return LedgerCursor {
            while let row = try rows.next() {
                guard row.state == .refused else { continue }
                let first: Int? = try told.first([
                    "endpoint": row.endpoint, "key": ToldFindings.key(row.code, row.columns),
                ]) { try $0["first_run"] }
                return FileFinding(
                    file: row.file,
                    finding: Finding(
                        line: row.line, column: nil,
                        code: FindingCode(rawValue: row.code) ?? .refusedByService, severity: .refused,
                        message: RowCode.words(forRefused: row.code, row.reason),
                        fix: RowCode.fix(forRefused: row.code, row.reason),
                        customer: row.foundCustomer?.words ?? row.columns.first ?? ""),
                    isKnown: first.map { $0 < row.run ?? 0 } ?? false)
            }
            return nil
        }
    }

    /// Takes note that a run told which of its rows are refused: the next one knows them.
    func tellRefused(ofFiles files: ClosedRange<Int>, _ run: ActiveRun) throws {
        let told = try ToldFindings(store: store, endpoint: run.endpoint, run: run.id)
        let rows = try rows(ofFiles: files, onlyRejected: true)
        while let row = try rows.next() {
            if row.state == .refused { _ = try told.tell(row.code, of: row.columns, customer: "") }
        }
    }

    /// `appointmentColumns` of the table `a`.
    static let qualifiedColumns = AppointmentField.sql(AppointmentField.allCases) { "a.\($0)" }

    /// A run's findings, in the files' order.
    ///
    /// - Parameter limit: how many at the most; nil for all.
    package func findings(ofRun run: Int, limit: Int?) throws -> [FileFinding] {
        let limit = limit ?? .max
        var found: [FileFinding] = []
        struct Enough: Error {}
        do {
            try forEachFinding(ofRun: run) { finding in
                if found.count == limit { throw Enough() }
                found.append(finding)
            }
        } catch is Enough {}
        guard found.count < limit, let files = try fileRange(ofRun: run),
            try store.integer("SELECT sum(refused) FROM files WHERE run_id = :run", ["run": run]) ?? 0 > 0
        else { return found }
        return try mappingErrors {
            let refused = try refused(ofFiles: files)
            while found.count < limit, let finding = try refused.next() { found.append(finding) }
            return found
        }
    }

    /// How many appointments are in doubt, and how many are claimed and not settled.
    func openCounts() throws -> (inDoubt: Int, claimed: Int) {
        try mappingErrors {
            try store.first(
                """
                SELECT count(*) FILTER (WHERE state = \(AppointmentState.sql(.inDoubt))) AS in_doubt,
                    count(*) FILTER (WHERE state = \(AppointmentState.sql(.posting))) AS claimed
                FROM appointments
                """
            ) { (try $0["in_doubt"], try $0["claimed"]) } ?? (0, 0)
        }
    }

    /// Either state is there: that of the appointment which carries the row, or that of a row written down.
    private static func reportRow(in row: Row, isInUse: Bool) throws -> ReportRow {
        let carried: AppointmentState? = try row["carried_state"]
        let state = try carried.map { RowState(of: $0, isInUse: isInUse) } ?? row["row_state"]
        let written: String? = try row["written"]
        let appointment: Int? = try row["id"]
        var reason: String? = try row["reason"]
        if carried == nil, state == .alreadyCreated, reason == nil, appointment != nil {
            reason = KnownRows.reason(
                line: try row["created_line"], file: try row["created_file"], run: try row["created_run"])
        }
        let columns: [String]
        if let texts = written.flatMap({ try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }) {
            columns = texts
        } else if appointment == nil {
            columns = AppointmentField.allCases.map { _ in "" }
        } else {
            let appointment = try Self.appointment(in: row)
            columns = AppointmentField.allCases.map { appointment[$0] }
        }
        var result = ReportRow(
            file: try row["name"] ?? "", fileID: try row["file_id"], line: try row["line"], state: state,
            code: try row["code"] ?? "", reason: reason ?? "", columns: columns,
            details: try row["response_details"].map(Self.details) ?? [], appointment: appointment,
            run: try row["run"], time: try row["time"], endpoint: try row["endpoint"],
            foundCustomer: try FoundCustomer(in: row), namedCustomer: try row["named_customer"] ?? "")
        if carried == .posting {
            result.code = isInUse ? AppointmentState.posting.name : RowCode.outcomeUnknown
            result.reason = isInUse ? "it is being posted at this moment" : RowCode.strandedReason
        }
        return result
    }

    /// What `json(_ details:)` wrote.
    static func details(_ json: String) -> [ResponseDetail] {
        pairs(json).map { ResponseDetail(name: $0, value: $1) }
    }
}
