import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Where visits that were created stand now, or are to stand, although the ledger's identity of them says otherwise: a
/// person has moved them by hand, an open to-do says that somebody is to, or a row of the run does. They are few.
struct MovedPlaces {
    /// One such place, as an appointment of these values.
    struct Place {
        var visit: KnownAppointment
        var service: Int
    }

    private var places: [Int64: [Place]] = [:]
    /// The latest place of each visit before this run; none where a to-do wants it back where it was created.
    private var before: [Int: Place] = [:]
    /// Where a row of the run moves a visit to.
    private var moves: [Int: Place] = [:]

    /// Visits that a person has taken away by hand from where they were created: moved, or cancelled.
    private var left: Set<Int> = []

    /// Whether there is none.
    var isEmpty: Bool { places.isEmpty && left.isEmpty }

    /// None.
    init() {}

    /// Those of before a run.
    init(store: Connection, endpoint: Int) throws {
        try store.forEach(
            """
            SELECT t.customer, t.service, t.start, t.end, t.tech, t.file_id, t.line, a.id, a.state, a.accepted_run,
                t.customer = a.customer AND t.service = a.service AND t.start = a.start AND t.end = a.end
                    AND t.tech = a.tech AS is_back
            FROM to_dos AS t JOIN appointments AS a ON a.id = t.appointment_id
            WHERE a.endpoint_id = :endpoint AND t.start IS NOT NULL
                AND a.state IN (\(AppointmentState.sql(where: \.isSent)))
                AND (t.closed IS NULL OR t.id = (
                    SELECT max(d.id) FROM to_dos AS d
                    WHERE d.appointment_id = t.appointment_id AND d.closed_by = 'person'))
            ORDER BY t.id
            """, ["endpoint": endpoint]
        ) { row in
            let place = Place(
                visit: KnownAppointment(
                    id: try row["id"], customerID: try row["customer"], techID: try row["tech"],
                    start: LocalTime(minutes: try row["start"]), end: LocalTime(minutes: try row["end"]),
                    state: try row["state"], acceptedRun: try row["accepted_run"],
                    row: RowPlace(file: try row["file_id"], line: try row["line"]), isOfThisRun: false),
                service: try row["service"])
            let isBack: Bool = try row["is_back"]
            before[place.visit.id] = isBack ? nil : place
            if !isBack { places[place.visit.customerID, default: []].append(place) }
        }
        try store.forEach(
            """
            SELECT a.id FROM to_dos AS t JOIN appointments AS a ON a.id = t.appointment_id
            WHERE a.endpoint_id = :endpoint AND a.state IN (\(AppointmentState.sql(where: \.isSent)))
                AND t.id = (
                    SELECT max(d.id) FROM to_dos AS d
                    WHERE d.appointment_id = t.appointment_id AND d.closed_by = 'person')
                AND NOT EXISTS (
                    SELECT 1 FROM to_dos AS o WHERE o.appointment_id = t.appointment_id AND o.closed IS NULL)
                AND (t.start IS NULL OR NOT (t.customer = a.customer AND t.service = a.service
                    AND t.start = a.start AND t.end = a.end AND t.tech = a.tech))
            """, ["endpoint": endpoint]
        ) { left.insert(try $0["id"]) }
    }

    /// Whether a person has taken a visit away by hand from where it was created.
    func isLeft(_ appointment: Int) -> Bool { left.contains(appointment) }

    /// A row of the run moves a visit. The first one stands.
    mutating func move(_ visit: KnownAppointment, to row: CheckedRow, of file: Int) {
        guard moves[visit.id] == nil else { return }
        var place = Place(visit: visit, service: row.serviceType.rawValue)
        place.visit.customerID = row.customerID
        place.visit.techID = row.techID
        (place.visit.start, place.visit.end) = (row.start, row.end)
        place.visit.row = RowPlace(file: file, line: row.line)
        moves[visit.id] = place
        places[row.customerID, default: []].append(place)
    }

    /// A later row has other words for a visit that the run moves.
    mutating func takeBackMove(of appointment: Int) {
        guard let place = moves.removeValue(forKey: appointment) else { return }
        places[place.visit.customerID]?.removeAll {
            $0.visit.id == appointment && $0.visit.row == place.visit.row
        }
    }

    /// Where a row of the run moves an appointment to; nil where none does.
    func move(of appointment: Int) -> Place? { moves[appointment] }

    /// Where an appointment is since; nil where it is as it was created.
    func place(of appointment: Int) -> KnownAppointment? {
        (moves[appointment] ?? before[appointment])?.visit
    }

    /// The places of a customer's visits.
    func places(ofCustomer customer: Int64) -> [Place] { places[customer] ?? [] }
}
