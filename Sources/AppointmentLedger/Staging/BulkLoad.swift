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

    private var map: VisitMap
    private let find: Statement
    /// The highest number of an appointment in the map.
    private(set) var last = 0

    /// Fewer rows than this are not worth it.
    static let fewestRows = 20_000
    /// So many bytes a row has about. Where rows have less, there are more of them.
    static let bytesPerRow = 64

    /// Whether files of that size bring so much that loading in bulk pays.
    static func pays(bytes: Int, in store: Connection) throws -> Bool {
        let rows = bytes / bytesPerRow
        guard rows >= fewestRows else { return false }
        // Numbers are given in order: the highest is no less than the count. A file that is brought again is as large as
        // what is there, and adds nothing.
        return try rows >= 2 * (store.integer("SELECT max(id) FROM appointments") ?? 0)
    }

    /// Takes the index away, inside the transaction that stages the run.
    ///
    /// - Parameters:
    ///   - limit: how many appointments are held at the most.
    ///   - find: gives an appointment of the endpoint by its number, customer and service.
    /// - Returns: nil where the ledger has more than is held in memory.
    init?(store: Connection, endpoint: Int, holding limit: Int, times: TimeCells, find: Statement) throws {
        self.find = find
        map = VisitMap(times, limit: limit)
        let known = try store.prepare(
            "SELECT id, customer, service, start FROM appointments WHERE endpoint_id = \(endpoint)")
        defer { known.reset() }
        while try known.step() {
            guard
                add(
                    id: known.integer(0), customer: Int64(known.integer(1)), service: known.integer(2),
                    start: known.integer(3))
            else { return nil }
        }
        try store.execute("DROP INDEX \(LedgerSchema.identityIndexName)")
    }

    /// Takes note of an appointment.
    ///
    /// - Returns: false where there is no more room for one: the index is needed again.
    func add(id: Int, customer: Int64, service: Int, start: Int) -> Bool {
        guard map.add(id: id, customer: customer, service: service, start: start) else { return false }
        last = max(last, id)
        return true
    }

    /// Forgets what was added since a mark: it was rolled back.
    func forget(since mark: Int) {
        if last > mark { map.forget(above: mark) }
        last = min(last, mark)
    }

    /// Steps through what may stand for the visit of a row.
    func forEachCandidate(of row: CheckedRow, _ body: (Statement) throws -> Void) throws {
        try map.forEach(
            customer: row.customerID, service: row.serviceType.rawValue,
            overlapping: Int(row.start.minutes), Int(row.end.minutes)
        ) { id in
            find.bind(id, at: 1).bind(Int(row.customerID), at: 2).bind(row.serviceType.rawValue, at: 3)
            while try find.step() { try body(find) }
        }
    }
}
