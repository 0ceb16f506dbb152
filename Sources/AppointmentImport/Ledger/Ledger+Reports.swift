import Foundation
import SQLiteStore
public import SecurityTrax

/// One row of a report.
public struct ReportRow: Sendable, Hashable {
    /// The file as its run named it.
    public var file: String
    /// The file's ID in the ledger.
    var fileID: Int
    /// The line that it began on.
    public var line: Int
    /// Its state.
    public var state: RowState
    /// A stable code, empty where there is nothing to say.
    public var code: String
    /// Why, in words; not escaped.
    public var reason: String
    /// The seven columns as on the wire; for an invalid row, as they were written.
    public var columns: [String]
    /// What the service returned for a created one.
    public var details: [ResponseDetail]
    /// Whether the ledger has it as claimed and not settled.
    var isBeingPosted = false
    /// The appointment's ID in the ledger, where the row has one: what `withdraw` takes.
    public var appointment: Int?
}

extension Ledger {
    /// Hands every row of some files to `body`, in their order, as it stands now.
    ///
    /// - Parameter onlyRejected: only those that are invalid or refused.
    func forEachRow(
        ofFiles files: ClosedRange<Int>, onlyRejected: Bool = false, _ body: (ReportRow) throws -> Void
    ) throws {
        // Few of many: the others need not be put in order.
        let fixed =
            onlyRejected
            ? "AND state IN (\(RowState.invalid.rawValue), \(RowState.refused.rawValue))" : ""
        let carried = onlyRejected ? "AND state = \(AppointmentState.refused.rawValue)" : ""
        try failable {
            let query = try store.prepare(
                """
                SELECT x.file_id, x.line, x.kind, x.state, x.code, x.reason, x.written, x.response_details, f.name,
                    \(Self.qualifiedColumns)
                FROM (
                    SELECT file_id, line, 0 AS kind, state, code, reason, written, response_details, appointment_id
                    FROM rows WHERE file_id BETWEEN ?1 AND ?2 \(fixed)
                    UNION ALL
                    SELECT file_id, line, 1, state, code, reason, NULL, response_details, id
                    FROM appointments AS a WHERE file_id BETWEEN ?1 AND ?2 AND \(Self.carriesItsRow) \(carried)
                ) AS x
                LEFT JOIN files AS f ON f.id = x.file_id
                LEFT JOIN appointments AS a ON a.id = x.appointment_id
                ORDER BY x.file_id, x.line
                """
            ).bind(files.lowerBound, at: 1).bind(files.upperBound, at: 2)
            while try query.step() {
                guard let row = Self.reportRow(in: query) else { continue }
                try body(row)
            }
        }
    }

    /// Hands every appointment that the ledger knows to `body`, once each, as it is now.
    func forEachAppointment(_ body: (ReportRow) throws -> Void) throws {
        try failable {
            let query = try store.prepare(
                """
                SELECT a.file_id, a.line, 1, a.state, a.code, a.reason, NULL, a.response_details, f.name,
                    \(Self.qualifiedColumns)
                FROM appointments AS a LEFT JOIN files AS f ON f.id = a.file_id ORDER BY a.id
                """)
            while try query.step() {
                guard let row = Self.reportRow(in: query) else { continue }
                try body(row)
            }
        }
    }

    /// Hands a run's findings to `body`, in the files' order.
    func forEachFinding(ofRun run: Int, _ body: (FileFinding) throws -> Void) throws {
        try failable {
            let query = try store.prepare(
                """
                SELECT f.name, x.line, x.column_name, x.code, x.severity, x.value, x.message, x.fix
                FROM findings AS x JOIN files AS f ON f.id = x.file_id
                WHERE f.run_id = ?1 ORDER BY x.file_id, x.line, x.position
                """
            ).bind(run, at: 1)
            while try query.step() {
                guard let code = FindingCode(rawValue: query.text(3)),
                    let severity = Finding.Severity(rawValue: query.text(4))
                else { continue }
                try body(
                    FileFinding(
                        file: query.text(0),
                        finding: Finding(
                            line: query.integer(1), column: query.optionalText(2), code: code,
                            severity: severity, value: query.text(5),
                            message: query.text(6), fix: query.text(7))))
            }
        }
    }

    /// The refused rows of some files as findings, in the files' order.
    ///
    /// - Parameters:
    ///   - limit: How many are returned at the most.
    ///   - body: Handed all of them.
    func refusedFindings(
        ofFiles files: ClosedRange<Int>, limit: Int, _ body: (FileFinding) -> Void = { _ in }
    ) throws -> [FileFinding] {
        var refused: [FileFinding] = []
        try forEachRow(ofFiles: files, onlyRejected: true) { row in
            guard row.state == .refused else { return }
            let finding = FileFinding(
                file: row.file,
                finding: Finding(
                    line: row.line, column: nil,
                    code: FindingCode(rawValue: row.code) ?? .refusedByService, severity: .refused,
                    message: RowCode.words(forRefused: row.code, row.reason),
                    fix: Self.fix(forRefused: row.code)))
            body(finding)
            if refused.count < limit { refused.append(finding) }
        }
        return refused
    }

    /// `appointmentColumns` and the ID, of the table `a`.
    static let qualifiedColumns = "a.customer, a.tech, a.start, a.end, a.service, a.service_detail, a.notes, a.id"

    /// A run's findings, in the files' order.
    func findings(ofRun run: Int, limit: Int) throws -> [FileFinding] {
        var found: [FileFinding] = []
        struct Enough: Error {}
        do {
            try forEachFinding(ofRun: run) { finding in
                if found.count == limit { throw Enough() }
                found.append(finding)
            }
        } catch is Enough {}
        guard found.count < limit, let files = try fileRange(ofRun: run),
            try store.integer("SELECT sum(refused) FROM files WHERE run_id = \(run)") ?? 0 > 0
        else { return found }
        return found + (try refusedFindings(ofFiles: files, limit: limit - found.count))
    }

    /// How many appointments are in doubt, and how many are claimed and not settled.
    func openCounts() throws -> (inDoubt: Int, claimed: Int) {
        try failable {
            let query = try store.prepare(
                "SELECT count(*) FILTER (WHERE state = 4), count(*) FILTER (WHERE state = 1) FROM appointments"
            )
            _ = try query.step()
            return (query.integer(0), query.integer(1))
        }
    }

    private static func reportRow(in query: Statement) -> ReportRow? {
        let isCarried = query.integer(2) == 1
        let state: RowState?
        var code = query.text(4)
        let reason = query.text(5)
        var isBeingPosted = false
        if isCarried {
            let appointment = AppointmentState(rawValue: query.integer(3))
            state = appointment.map { RowState(of: $0) }
            if appointment == .posting {
                code = RowCode.outcomeUnknown
                isBeingPosted = true
            }
        } else {
            state = RowState(rawValue: query.integer(3))
        }
        guard let state else { return nil }
        let written = query.optionalText(6).flatMap {
            try? JSONDecoder().decode([String].self, from: Data($0.utf8))
        }
        let columns: [String]
        if let written {
            columns = written
        } else if query.isNull(9) {
            columns = AppointmentField.allCases.map { _ in "" }
        } else {
            let appointment = Self.appointment(in: query, from: 9)
            columns = AppointmentField.allCases.map { appointment[$0] }
        }
        return ReportRow(
            file: query.text(8), fileID: query.integer(0), line: query.integer(1), state: state, code: code,
            reason: reason,
            columns: columns, details: query.optionalText(7).map(Self.details) ?? [],
            isBeingPosted: isBeingPosted,
            appointment: query.optionalInteger(16))
    }

    /// What `json(_ details:)` wrote.
    static func details(_ json: String) -> [ResponseDetail] {
        let texts = (try? JSONDecoder().decode([String].self, from: Data(json.utf8))) ?? []
        return stride(from: 0, to: texts.count - 1, by: 2).map {
            ResponseDetail(name: texts[$0], value: texts[$0 + 1])
        }
    }
}
