import AppointmentRows
import SQLiteStore
import SecurityTrax

/// The visits to come whose customers were found by a phone or an account number. A number may lead to another customer
/// later: customers are merged, and numbers are given to others. The same row would then be booked once more.
final class FoundVisits {
    private let find: Statement
    private let firstFile: Int

    /// Finds them, inside the transaction that stages a run; nil where there is none.
    init?(store: Connection, endpoint: Int, firstFile: Int, now: Int64) throws {
        guard try store.integer("SELECT 1 FROM row_customers WHERE file_id < \(firstFile) LIMIT 1") != nil
        else {
            return nil
        }
        try store.run(
            """
            CREATE TEMP TABLE found_visits AS
            SELECT n.found_by, a.id, a.customer, a.service, a.start, a.end, a.tech, a.state, a.accepted_run, a.file_id,
                a.line
            FROM appointments AS a JOIN row_customers AS n ON n.file_id = a.file_id AND n.line = a.line
            WHERE a.endpoint_id = \(endpoint) AND a.expires_at >= \(now) AND a.file_id < \(firstFile)
                AND a.state IN (\(AppointmentState.sql(where: \.isActive)))
            """)
        try store.execute("CREATE INDEX temp.found_visits_by ON found_visits (found_by)")
        find = try store.prepare(
            """
            SELECT id, customer, start, end, tech, state, accepted_run, file_id, line FROM temp.found_visits
            WHERE found_by = ?1 AND customer <> ?2 AND service = ?3 AND start < ?4 AND end > ?5
            """)
        self.firstFile = firstFile
    }

    /// A visit of another customer that the same number led to, at an overlapping time.
    ///
    /// - Parameter number: in words, as the row's customer was found by it.
    func visit(foundBy number: String, otherThan row: CheckedRow) throws -> KnownAppointment? {
        find.bind(number, at: 1).bind(Int(row.customerID), at: 2).bind(row.serviceType.rawValue, at: 3)
            .bind(Int(row.end.minutes), at: 4).bind(Int(row.start.minutes), at: 5)
        defer { find.reset() }
        guard try find.step(), let state = AppointmentState(rawValue: find.integer(5)) else { return nil }
        return KnownAppointment(
            id: find.integer(0), customerID: Int64(find.integer(1)), techID: Int64(find.integer(4)),
            start: LocalTime(minutes: Int32(find.integer(2))),
            end: LocalTime(minutes: Int32(find.integer(3))),
            state: state, acceptedRun: find.integer(6),
            row: RowPlace(file: find.integer(7), line: find.integer(8)), isOfThisRun: false)
    }

    static let drop = "DROP TABLE IF EXISTS temp.found_visits"
}

extension StagingSession {
    /// What keeps a row from being posted whose number led to another customer when the same visit was booked. Where that
    /// visit still waits, it is not posted: the row has whose it is now.
    func objectionToFound(
        _ row: CheckedRow, _ lookUp: CustomerLookUp?, _ known: KnownOfRow
    ) throws -> Finding? {
        guard let lookUp, !lookUp.found.isEmpty, row.customerID > 0, !isInMemory, !rules.allowsRebooking,
            known.own?.state.isSent != true
        else { return nil }
        if !hasLookedForFound {
            hasLookedForFound = true
            foundVisits = try FoundVisits(
                store: store, endpoint: endpoint, firstFile: firstFile, now: rules.now)
        }
        guard let other = try foundVisits?.visit(foundBy: lookUp.foundBy, otherThan: row) else { return nil }
        if other.state == .pending {
            try refuse(
                other.id, carriedBy: other.row, code: FindingCode.alreadyBookedDifferently.rawValue,
                because: "\(lookUp.foundBy) leads to customer \(row.customerID) now")
            return nil
        }
        return .foundOtherwise(
            line: row.line, number: lookUp.foundBy, customer: row.customerID,
            other: try RowDecision.describe(other, at: other.row, in: index), state: other.state.words)
    }
}
