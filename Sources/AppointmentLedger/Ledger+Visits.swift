import SQLiteStore
import SecurityTrax

/// All that the ledger knows of one site, customer by customer: for a comparison with what SecurityTrax shows.
extension Ledger {
    /// The identities of the endpoints that the ledger has appointments of.
    package func endpointsWithVisits() throws -> [String] {
        try mappingErrors {
            try store.all(
                """
                SELECT identity FROM endpoints AS e
                WHERE EXISTS (SELECT 1 FROM appointments AS a WHERE a.endpoint_id = e.id) ORDER BY identity
                """
            ) { try $0["identity"] }
        }
    }

    /// The appointments of an endpoint, whatever their state, by customer.
    package nonisolated func visits(at endpoint: String) -> LedgerChunks<LedgerVisit> {
        LedgerChunks(of: self) { try $0.allVisits(at: endpoint) }
    }

    private func allVisits(at endpoint: String) throws -> LedgerCursor<LedgerVisit> {
        let rows = try store.rows(
            """
            SELECT a.*, f.name AS file, b.claimed AS posted
            FROM appointments AS a LEFT JOIN files AS f ON f.id = a.file_id
                LEFT JOIN batches AS b ON b.id = a.batch_id
            WHERE a.endpoint_id = (SELECT id FROM endpoints WHERE identity = :endpoint)
            ORDER BY a.customer, a.start, a.id
            """, ["endpoint": endpoint])
        let isInUse = isInUse
        return LedgerCursor {
            guard let row = try rows.next() else { return nil }
            let appointment = try Self.appointment(in: row)
            let state: AppointmentState = try row["state"]
            let expires: Int = try row["expires_at"]
            return LedgerVisit(
                id: try row["id"], state: state == .posting && !isInUse ? .inDoubt : state,
                batch: try row["batch_id"], sent: try row["posted"], appointment: appointment,
                // Without a zone a visit expires where it is past everywhere: in UTC−12.
                start: expires == Int(appointment.start.minutes) + 12 * 60 ? nil : expires,
                file: try row["file"] ?? "", line: try row["line"])
        }
    }
}
