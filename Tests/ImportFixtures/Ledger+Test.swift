package import AppointmentLedger
import Testing

extension LedgerChunks {
    /// All the rows as one.
    package var all: [Row] {
        get async throws {
            var all: [Row] = []
            for try await rows in self {
                #expect(!rows.isEmpty)
                all += rows
            }
            return all
        }
    }
}

extension Ledger {
    /// A run's rows, as a report shows them.
    package func rows(ofRun run: Int) async throws -> [ReportRow] {
        let chunks: LedgerChunks<ReportRow> = rows(ofRun: run)
        return try await chunks.all
    }

    /// All appointments, as they are now.
    package func appointments() async throws -> [ReportRow] {
        try await allAppointments().all
    }

    /// Takes a person's words on appointments in doubt.
    package func resolve(
        _ resolutions: [(id: Int, batch: Int?, resolution: Resolution)], by decision: Decision,
        evenIfRecent: Bool
    ) throws {
        try take(PersonsWords(resolutions: resolutions), by: decision, evenIfRecent: evenIfRecent)
    }

    /// Takes out appointments as they are now.
    package func withdraw(_ ids: [Int], by decision: Decision) throws {
        try withdraw(appointments(ids), by: decision)
    }
}
