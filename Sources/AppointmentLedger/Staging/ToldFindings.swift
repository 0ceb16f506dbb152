import AppointmentRows
import SQLiteStore
import SecurityTrax

/// What earlier runs have told already: a finding of the same kind about the same visit is known.
///
/// A visit is known again by what its row says of customer, technician, times and service, as it is written where it
/// can't be read; notes change every night.
struct ToldFindings {
    private let store: Connection
    private let endpoint: Int
    private let run: Int
    private let tell: Statement

    init(store: Connection, endpoint: Int, run: Int) throws {
        self.store = store
        self.endpoint = endpoint
        self.run = run
        tell = try store.prepare(
            """
            INSERT INTO told (endpoint_id, key, first_run, last_run) VALUES (?1, ?2, ?3, ?3)
            ON CONFLICT DO UPDATE SET last_run = excluded.last_run RETURNING first_run
            """)
    }

    /// Takes note that a finding is told.
    ///
    /// - Parameters:
    ///   - columns: the row's seven columns, in the order of `AppointmentField`.
    ///   - customer: whose visit it is, in words, for rows without the ID.
    /// - Returns: whether an earlier run told it.
    func tell(_ code: String, of columns: [String], customer: String) throws -> Bool {
        tell.bind(endpoint, at: 1).bind(Self.key(code, columns, customer), at: 2).bind(run, at: 3)
        defer { tell.reset() }
        guard try tell.step() else { return false }
        let first = tell.integer(0)
        // Run to its end: only then it is done.
        while try tell.step() {}
        return first < run
    }

    /// The key of a finding in the table.
    static func key(_ code: String, _ columns: [String], _ customer: String = "") -> Int {
        var hash = StableHash()
        hash.combine(code)
        for (field, text) in zip(AppointmentField.allCases, columns)
        where !AppointmentField.texts.contains(field) {
            hash.combine(text)
            // By which number the row names its customer: `phone 3035550199`.
            if field == .customerID, Int64(text) == nil { hash.combine(customer) }
        }
        return Int(bitPattern: UInt(hash.value))
    }
}
