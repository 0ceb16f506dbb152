import AppointmentRows
import SQLiteStore
package import SecurityTrax

/// One appointment of the ledger, as a person is shown it before a word on it counts.
package struct LedgerAppointment: Sendable, Hashable {
    /// Its ID in the ledger.
    package var id: Int
    /// What is known of it; what a dead run was posting is in doubt.
    package var state: AppointmentState
    /// The batch that it was posted with last.
    package var batch: Int?
    /// As on the wire.
    package var appointment: Appointment
    /// The file that brought it last, as its run named it.
    package var file: String
    /// Its line there.
    package var line: Int
    /// Where it is, or is to be, posted.
    package var endpoint: String
}

extension Ledger {
    /// Some appointments, in the order of the IDs, for a person to look at before a word on them counts.
    ///
    /// - Throws: `LedgerError` where the ledger has none of an ID.
    package func appointments(_ ids: [Int]) throws -> [LedgerAppointment] {
        try mappingErrors {
            let query = try store.prepared(
                """
                SELECT \(Self.qualifiedColumns), a.state, a.batch_id, f.name, a.line, e.identity
                FROM appointments AS a LEFT JOIN files AS f ON f.id = a.file_id
                LEFT JOIN endpoints AS e ON e.id = a.endpoint_id WHERE a.id = :id
                """)
            return try ids.map { id in
                let found = try query.first(["id": id]) { row in
                    let state: AppointmentState = try row["state"]
                    return LedgerAppointment(
                        id: id, state: state == .posting && !isInUse ? .inDoubt : state,
                        batch: try row["batch_id"], appointment: try Self.appointment(in: row),
                        file: try row["name"] ?? "", line: try row["line"],
                        endpoint: try row["identity"] ?? "")
                }
                guard let found else { throw LedgerError.unknown(id) }
                return found
            }
        }
    }

    /// The appointment in a row that has `appointmentColumns`.
    static func appointment(in row: Row) throws -> Appointment {
        let tech: Int64 = try row["tech"]
        return Appointment(
            customerID: try row["customer"], techID: tech == 0 ? nil : tech,
            start: LocalTime(minutes: try row["start"]), end: LocalTime(minutes: try row["end"]),
            serviceType: ServiceType(rawValue: try row["service"]) ?? .service,
            texts: try AppointmentTexts { try row[$0.ledgerColumn] ?? "" })
    }
}
