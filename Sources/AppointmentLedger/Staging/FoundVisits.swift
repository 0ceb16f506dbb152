import AppointmentRows
import SQLiteStore
import SecurityTrax

/// The visits to come whose customers were found by a phone or an account number. A number may lead to another customer
/// later: customers are merged, and numbers are given to others. The same row would then be booked once more.
///
/// Which they are is found out once a run; how they stand is looked up each time, since rows change it.
final class FoundVisits {
    private let find: PreparedStatement
    private let index: LedgerIndex

    /// Finds them, inside the transaction that stages a run; nil where there is none.
    init?(store: Connection, index: LedgerIndex, endpoint: Int, firstFile: Int, now: Int64) throws {
        guard try store.integer("SELECT 1 FROM row_customers WHERE file_id < \(firstFile) LIMIT 1") != nil
        else {
            return nil
        }
        self.index = index
        let isOpen = """
            a.file_id < \(firstFile) AND a.state IN (\(AppointmentState.sql(where: \.isActive)))
            """
        try store.execute(
            """
            CREATE TEMP TABLE found_visits AS
            SELECT n.found_by, a.id FROM appointments AS a
            JOIN row_customers AS n ON n.file_id = a.file_id AND n.line = a.line
            WHERE a.endpoint_id = \(endpoint) AND a.expires_at >= \(now) AND \(isOpen);
            CREATE INDEX temp.found_visits_by ON found_visits (found_by);
            """)
        find = try store.prepared(
            """
            SELECT \(LedgerIndex.knownColumns)
            FROM temp.found_visits AS f JOIN appointments AS a ON a.id = f.id
            WHERE f.found_by = :by AND a.customer <> :customer AND a.service = :service AND a.start < :end
                AND a.end > :start AND \(isOpen)
            ORDER BY a.state = \(AppointmentState.sql(.pending)), a.id LIMIT 1
            """)
    }

    /// A visit of another customer that the same number led to, at an overlapping time: one that waits only where no
    /// other one is left.
    ///
    /// - Parameter number: in words, as the row's customer was found by it.
    func visit(foundBy number: String, otherThan row: CheckedRow) throws -> KnownAppointment? {
        try find.first(
            [
                "by": number, "customer": row.customerID, "service": row.serviceType.rawValue,
                "start": row.start.minutes, "end": row.end.minutes,
            ], index.known)
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
                store: store, index: index, endpoint: endpoint, firstFile: firstFile, now: rules.now)
        }
        while let other = try foundVisits?.visit(foundBy: lookUp.foundBy, otherThan: row) {
            guard other.state == .pending else {
                return .foundOtherwise(
                    line: row.line, number: lookUp.foundBy, customer: row.customerID,
                    other: try RowDecision.describe(other, at: other.row, in: index), state: other.state.words
                )
            }
            try refuse(
                other, code: FindingCode.alreadyBookedDifferently.rawValue,
                because: "\(lookUp.foundBy) leads to customer \(row.customerID) now")
        }
        return nil
    }
}
