import AppointmentRows
import SQLiteStore
import SecurityTrax

/// The endpoint's appointments in the order in which earlier runs brought them. Exports keep their order from night to
/// night: where a row names an appointment, the next row most often names the next one, which is read here with a step
/// instead of a search.
///
/// A guess that is looked at: whoever asks gets an appointment of the row's very identity, or none.
final class ExpectedAppointments {
    /// How many rows are searched for the usual way after one that came out of order, at the most.
    private static let longestPause = 255

    private let statement: Statement
    /// The column of the customer; the service's follows.
    private let customerColumn: Int32
    /// Whether the statement stands at an appointment.
    private var isOpen = false
    /// Whether the appointment that it stands at was named by a row.
    private var isTaken = false
    /// So many rows are left alone before the statement goes to another place, since such moves did not pay.
    private var pause = 0
    private var nextPause = 0

    /// - Parameter columns: the columns that are wanted: ID, start, end and technician come first.
    init(store: Connection, endpoint: Int, columns: String) throws {
        statement = try store.prepare(
            """
            SELECT \(columns), customer, service FROM appointments
            WHERE id > ?1 AND endpoint_id = \(endpoint) ORDER BY id
            """)
        customerColumn = Int32(statement.columnCount) - 2
    }

    /// The appointment that is expected next, where it has the row's identity.
    func next(named row: CheckedRow) throws -> Statement? {
        guard isOpen else { return nil }
        if isTaken {
            guard try statement.step() else {
                isOpen = false
                return nil
            }
            isTaken = false
        }
        guard statement.integer(customerColumn) == Int(row.customerID),
            statement.integer(customerColumn + 1) == row.serviceType.rawValue,
            statement.integer(1) == Int(row.start.minutes), statement.integer(2) == Int(row.end.minutes),
            statement.integer(3) == Int(row.techID)
        else { return nil }
        isTaken = true
        nextPause = 0
        return statement
    }

    /// A row named an appointment that was not expected: the one after it is, from now on.
    func follow(_ appointment: Int) {
        if isOpen, isTaken, statement.integer(0) == appointment { return }
        guard pause == 0 else {
            pause -= 1
            return
        }
        close()
        statement.bind(appointment, at: 1)
        (isOpen, isTaken) = (true, true)
        pause = nextPause
        nextPause = min(2 * nextPause + 1, Self.longestPause)
    }

    /// Lets go of the table, which may change then.
    func close() {
        statement.reset()
        isOpen = false
    }
}
