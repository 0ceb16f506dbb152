import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Staging of a run that brings much more than the ledger has: without the index of identities, which is built
/// once at the end. What is known meanwhile is found in memory.
///
/// Index entries that come in no order cost more than all else; sorting them once costs a third of that. That the
/// index is unique is proved when it is built: a mistake here ends the run and leaves nothing.
final class BulkLoad {
    /// Whether a run loads its rows so.
    enum Use: Sendable, Hashable {
        /// Where that pays.
        case whereItPays
        /// In any case, with so many appointments in memory at the most.
        case always(holding: Int)
        case never
    }

    /// How many appointments are held in memory.
    struct Room: Sendable, Hashable {
        /// At the most.
        var limit: Int
        /// As far as it is known.
        var expected: Int
    }

    private let store: Connection
    private let endpoint: Int
    private let times: TimeCells
    private let room: Room
    private let find: Statement
    /// What may stand for which visit; nil until somebody asks: rows in rising order of customers never do.
    private var map: VisitMap?
    /// The highest number of an appointment.
    private(set) var last: Int

    /// Fewer rows than this are not worth it.
    static let fewestRows = 20_000
    /// So many bytes a row has about. Where rows have less, there are more of them.
    static let bytesPerRow = 64

    /// The room for files of that size; nil where they bring too little for loading in bulk to pay.
    static func room(forBytes bytes: Int, in store: Connection) throws -> Room? {
        let rows = bytes / bytesPerRow
        guard rows >= fewestRows else { return nil }
        // Numbers are given in order: the highest is no less than the count. A file that is brought again is as large as
        // what is there, and adds nothing.
        let known = try store.integer("SELECT max(id) FROM appointments") ?? 0
        return rows >= 2 * known ? Room(limit: VisitMap.limit, expected: known + rows) : nil
    }

    /// Takes the index away, inside the transaction that stages the run.
    ///
    /// - Parameter find: gives an appointment of the endpoint by its number, customer and service.
    init(store: Connection, endpoint: Int, room: Room, times: TimeCells, find: Statement) throws {
        self.store = store
        self.endpoint = endpoint
        self.room = room
        self.times = times
        self.find = find
        last = try store.integer("SELECT max(id) FROM appointments") ?? 0
        try store.execute("DROP INDEX \(LedgerSchema.identityIndexName)")
    }

    /// Takes note of an appointment.
    ///
    /// - Returns: false where there is no more room for one: the index is needed again.
    func add(id: Int, customer: Int64, service: Int, start: Int) -> Bool {
        last = id
        if map?.add(id: id, customer: customer, service: service, start: start) ?? true { return true }
        // Its memory is wanted for building the index.
        map = nil
        return false
    }

    /// Forgets what was added since a mark: it was rolled back.
    func forget(since mark: Int) {
        if last > mark { map?.forget(above: mark) }
        last = min(last, mark)
    }

    /// Sees to it that appointments can be found.
    ///
    /// - Returns: false where there are more than are held in memory: the index is needed again.
    func fill() throws -> Bool {
        if map != nil { return true }
        var map = VisitMap(times, limit: room.limit, expecting: room.expected)
        let known = try store.prepare(
            "SELECT id, customer, service, start FROM appointments WHERE endpoint_id = \(endpoint)")
        defer { known.reset() }
        while try known.step() {
            let isHeld = map.add(
                id: known.integer(0), customer: Int64(known.integer(1)), service: known.integer(2),
                start: known.integer(3))
            guard isHeld else { return false }
        }
        self.map = map
        return true
    }

    /// Steps through what may stand for the visit of a row, once appointments can be found.
    func forEachCandidate(of row: CheckedRow, _ body: (Statement) throws -> Void) throws {
        try forEach(
            ofCustomer: row.customerID, row.serviceType, overlapping: Int(row.start.minutes),
            Int(row.end.minutes), body)
    }

    /// Steps through the appointments of a customer's service that may start then, and perhaps others.
    func forEach(
        ofCustomer customer: Int64, _ service: ServiceType, startingAt start: LocalTime,
        _ body: (Statement) throws -> Void
    ) throws {
        try forEach(
            ofCustomer: customer, service, overlapping: Int(start.minutes), Int(start.minutes), body)
    }

    private func forEach(
        ofCustomer customer: Int64, _ service: ServiceType, overlapping start: Int, _ end: Int,
        _ body: (Statement) throws -> Void
    ) throws {
        guard let map else { preconditionFailure("filled before it is asked") }
        try map.forEach(customer: customer, service: service.rawValue, overlapping: start, end) { id in
            find.bind(id, at: 1).bind(Int(customer), at: 2).bind(service.rawValue, at: 3)
            while try find.step() { try body(find) }
        }
    }
}
