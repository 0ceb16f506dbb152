import AppointmentRows
import SQLiteStore
import SecurityTrax

/// The rows that are not posted, by the visits that they are about: what a file says of a visit counts against what an
/// older one says, also where a rejected row of the older one is corrected and imported after it.
///
/// Rows of rejects files are not among them: what they say is as old as the file that they came from.
final class LeftOutRows {
    /// Codes of rows that say that nobody knows whether their visit is to be made.
    private static let unclear: Set<FindingCode> = [.unclearStatus, .contradictingStatus]
    /// Codes of rows that say nothing of a visit.
    private static let saysNothing: Set<FindingCode> = [.repeatedHeader, .noAppointment]

    private let insert: Statement

    init(store: Connection) throws {
        try store.execute(LedgerSchema.makeLeftOut)
        insert = try store.prepare("INSERT OR IGNORE INTO left_out VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
    }

    /// Takes note of a row.
    ///
    /// - Parameters:
    ///   - row: left out, not valid, or in the way of another visit.
    ///   - file: where it stands.
    ///   - reason: why it is not posted.
    ///   - texts: the row's.
    ///   - visits: the appointments that it means and that were refused, or are in doubt.
    func add(
        _ row: CheckedRow, of file: Int, because reason: Finding, _ texts: RowTexts,
        visits: [KnownAppointment] = []
    ) throws {
        guard !Self.saysNothing.contains(reason.code) else { return }
        let namesStart = row.isValid || row.named.contains(.start)
        let start = namesStart ? Int64(row.start.minutes) : nil
        guard !texts.senderNumber.isEmpty || row.customerID > 0 else { return }
        let isByRule = reason.code == .skippedByRule
        let ends = !isByRule && (row.result == .skipped || Self.unclear.contains(reason.code))
        for appointment in ends && !visits.isEmpty ? visits.map(\.id) : [0] {
            insert.bind(file, at: 1).bind(row.line, at: 2).bind(appointment, at: 3).bind(
                isByRule ? 2 : ends ? 1 : 0, at: 4)
            insert.bind(borrowing: texts.senderNumber, at: 5)
            try insert.bind(Int(max(row.customerID, 0)), at: 6).bind(start, at: 7).bind(
                Int(row.techID), at: 8
            ).run()
        }
    }
}
