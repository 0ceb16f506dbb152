import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Where visits that were created stand now, or are to stand, although the ledger's identity of them says otherwise: a
/// person has moved them by hand, or an open to-do says that somebody is to. They are few.
struct MovedPlaces {
    /// One such place, as an appointment of these values.
    struct Place {
        var visit: KnownAppointment
        var service: Int
    }

    private var places: [Int64: [Place]] = [:]
    private var latest: [Int: KnownAppointment] = [:]

    /// Whether there is none.
    var isEmpty: Bool { places.isEmpty }

    init(store: Connection, endpoint: Int) throws {
        try store.forEach(
            """
            SELECT \(Self.columns), a.id, a.state, a.accepted_run,
                \(Self.values.map { "t.\($0) = a.\($0)" }.joined(separator: " AND ")) AS is_back
            FROM to_dos AS t JOIN appointments AS a ON a.id = t.appointment_id
            WHERE a.endpoint_id = :endpoint AND t.start IS NOT NULL
                AND a.state IN (\(AppointmentState.sql(.posting, .created, .inDoubt)))
                AND (t.closed IS NULL OR t.id = (
                    SELECT max(d.id) FROM to_dos AS d
                    WHERE d.appointment_id = t.appointment_id AND d.closed_by = 'person'))
            ORDER BY t.id
            """, ["endpoint": endpoint]
        ) { row in
            let place = try Self.place(in: row)
            if try row["is_back"] {
                latest[place.visit.id] = nil
            } else {
                latest[place.visit.id] = place.visit
                places[place.visit.customerID, default: []].append(place)
            }
        }
    }

    /// Where an appointment is since; nil where it is as it was created.
    func place(of appointment: Int) -> KnownAppointment? { latest[appointment] }

    /// The places of a customer's visits.
    func places(ofCustomer customer: Int64) -> [Place] { places[customer] ?? [] }

    private static let values = ["customer", "service", "start", "end", "tech"]

    /// What `place(in:)` reads of a place `t`; beside them it needs the appointment's `id`, `state` and `accepted_run`.
    static let columns = (values + ["file_id", "line"]).map { "t.\($0)" }.joined(separator: ", ")

    static func place(in row: Row) throws -> Place {
        Place(
            visit: KnownAppointment(
                id: try row["id"], customerID: try row["customer"], techID: try row["tech"],
                start: LocalTime(minutes: try row["start"]), end: LocalTime(minutes: try row["end"]),
                state: try row["state"], acceptedRun: try row["accepted_run"],
                row: RowPlace(file: try row["file_id"], line: try row["line"]), isOfThisRun: false),
            service: try row["service"])
    }
}
