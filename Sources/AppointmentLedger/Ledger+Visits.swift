import SQLiteStore
package import SecurityTrax

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

    /// The appointments of an endpoint, customer by customer.
    package nonisolated func visits(at endpoint: String, _ choice: VisitChoice = .all) -> LedgerChunks<
        LedgerVisit
    > {
        LedgerChunks(of: self) { try $0.chosenVisits(at: endpoint, choice) }
    }

    /// How many visits of an endpoint were created for others than these customers.
    ///
    /// - Parameters:
    ///   - days: the times that count; visits that start at others are counted apart.
    ///   - span: the times within which a report has entries.
    ///   - saved: when the report was saved: milliseconds since 1970 UTC.
    package func createdVisits(
        at endpoint: String, besides customers: [Int64], on days: Range<LocalTime>,
        span: ClosedRange<LocalTime>?, saved: Int?
    ) throws -> CreatedElsewhere {
        try mappingErrors {
            try store.first(
                """
                SELECT count(*) FILTER (WHERE counts) AS missing, count(*) FILTER (WHERE NOT counts) AS uncovered,
                    count(*) FILTER (WHERE counts AND NOT (start / 1440 BETWEEN :first AND :last)) AS beyond,
                    count(*) FILTER (WHERE counts AND posted > :saved) AS later
                FROM (
                    SELECT a.start AS start, a.start >= :from AND a.start < :until AS counts,
                        b.claimed AS posted
                    FROM appointments AS a LEFT JOIN batches AS b ON b.id = a.batch_id
                    WHERE a.endpoint_id = (SELECT id FROM endpoints WHERE identity = :endpoint)
                        AND a.state = \(AppointmentState.sql(.created))
                        AND a.customer NOT IN (SELECT value FROM json_each(:customers)))
                """,
                [
                    "endpoint": endpoint, "customers": Self.list(customers),
                    "from": Int(days.lowerBound.minutes), "until": Int(days.upperBound.minutes),
                    "first": span?.lowerBound.dayNumber ?? 1,
                    "last": span?.upperBound.dayNumber ?? 0,
                    "saved": saved ?? Int.max,
                ]
            ) { row in
                CreatedElsewhere(
                    missing: try row["missing"], uncovered: try row["uncovered"],
                    beyondReport: try row["beyond"], postedLater: try row["later"])
            } ?? CreatedElsewhere()
        }
    }

    /// Numbers as a JSON array, which a statement takes as one value.
    private static func list(_ numbers: [Int64]) -> String {
        "[" + numbers.map(String.init).joined(separator: ",") + "]"
    }

    private func chosenVisits(at endpoint: String, _ choice: VisitChoice) throws -> LedgerCursor<LedgerVisit>
    {
        var arguments: Arguments = ["endpoint": endpoint]
        var condition = ""
        let doubtful = isInUse ? AppointmentState.sql(.inDoubt) : AppointmentState.sql(.inDoubt, .posting)
        switch choice {
        case .all: break
        case .ofCustomers(let customers):
            arguments["customers"] = Self.list(customers)
            condition = "AND a.customer IN (SELECT value FROM json_each(:customers))"
        case .inDoubt(let customers):
            arguments["customers"] = Self.list(customers)
            condition = """
                AND a.state IN (\(doubtful))
                AND a.customer NOT IN (SELECT value FROM json_each(:customers))
                """
        case .created(let customers, let days, _):
            arguments["customers"] = Self.list(customers)
            arguments["from"] = Int(days.lowerBound.minutes)
            arguments["until"] = Int(days.upperBound.minutes)
            condition = """
                AND a.state = \(AppointmentState.sql(.created)) AND a.start >= :from AND a.start < :until
                AND a.customer NOT IN (SELECT value FROM json_each(:customers))
                """
        }
        var limit = ""
        if case .created(_, _, let most) = choice { limit = "LIMIT \(most)" }
        let rows = try store.rows(
            """
            SELECT a.*, f.name AS file, b.claimed AS posted
            FROM appointments AS a LEFT JOIN files AS f ON f.id = a.file_id
                LEFT JOIN batches AS b ON b.id = a.batch_id
            WHERE a.endpoint_id = (SELECT id FROM endpoints WHERE identity = :endpoint)
                \(condition)
            ORDER BY a.customer, a.start, a.id \(limit)
            """, arguments)
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
