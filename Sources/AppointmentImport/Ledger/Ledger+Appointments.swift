import SQLiteStore
public import SecurityTrax

/// One appointment of the ledger, as a person is shown it before a word on it counts.
public struct LedgerAppointment: Sendable, Hashable {
    /// Its ID in the ledger.
    public var id: Int
    /// What is known of it; what a dead run was posting is in doubt.
    public var state: AppointmentState
    /// The batch that it was posted with last.
    public var batch: Int?
    /// As on the wire.
    public var appointment: Appointment
    /// The file that brought it last, as its run named it.
    public var file: String
    /// Its line there.
    public var line: Int
    /// Where it is, or is to be, posted.
    public var endpoint: String
}

extension Ledger {
    /// Some appointments, in the order of the IDs; unknown IDs are left out.
    ///
    /// - Parameter countsStranded: whether what is found as `posting` is in doubt, since nobody is posting.
    func appointments(_ ids: [Int], countsStranded: Bool) throws -> [LedgerAppointment] {
        try failable {
            let query = try statement(
                """
                SELECT \(Self.qualifiedColumns), a.state, a.batch_id, f.name, a.line, e.identity
                FROM appointments AS a LEFT JOIN files AS f ON f.id = a.file_id
                LEFT JOIN endpoints AS e ON e.id = a.endpoint_id WHERE a.id = ?1
                """)
            return try ids.compactMap { id in
                query.bind(id, at: 1)
                defer { query.reset() }
                guard try query.step(), var state = AppointmentState(rawValue: query.integer(8)) else {
                    return nil
                }
                if state == .posting, countsStranded { state = .inDoubt }
                return LedgerAppointment(
                    id: query.integer(7), state: state, batch: query.optionalInteger(9),
                    appointment: Self.appointment(in: query), file: query.text(10), line: query.integer(11),
                    endpoint: query.text(12))
            }
        }
    }
}
