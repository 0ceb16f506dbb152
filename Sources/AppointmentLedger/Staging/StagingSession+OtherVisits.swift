import AppointmentRows
import SQLiteStore
import SecurityTrax

/// Rows that call a visit off that the ledger does not have, while it has another one of the customer at that start: the
/// technician or the service may have been changed before.
extension StagingSession {
    /// A row, and the other visit.
    struct CancelledOtherwise {
        var visit: Int
        var line: Int
        /// The row's seven columns.
        var columns: [String]
    }

    /// Takes note of visits that a row may mean which calls off one that the ledger does not have.
    func noteOtherVisits(besides row: CheckedRow) throws {
        guard !isInMemory else { return }
        for visit in try index.visits(startingWith: row) where visit.state.isActive {
            cancelledOtherwise.append(
                CancelledOtherwise(visit: visit.id, line: row.line, columns: row.written ?? []))
        }
    }

    /// Warns of those that the file itself has in no row, once all of it was read.
    func warnOfOtherVisits() throws {
        defer { cancelledOtherwise = [] }
        for cancelled in cancelledOtherwise {
            if try index.seen.row(of: cancelled.visit)?.place.file == file { continue }
            let visit = try store.first(
                "SELECT file_id, tech, state FROM appointments WHERE id = :id", ["id": cancelled.visit]
            ) {
                (
                    file: try $0["file_id"] as Int, tech: try $0["tech"] as Int64,
                    state: try $0["state"] as AppointmentState
                )
            }
            guard let visit, visit.file != file, visit.state.isActive else { continue }
            try record(
                [
                    Finding.cancelledOtherwise(
                        line: cancelled.line, appointment: cancelled.visit, state: visit.state.words,
                        techID: visit.tech,
                        isWaiting: visit.state.isWaiting)
                ], of: cancelled.columns)
        }
    }
}
