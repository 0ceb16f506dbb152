package import SystemFiles
package import AppointmentLedger

/// The files that must come (`--expect`), and whose clocks say when.
package struct ExpectedFiles: Sendable, Hashable {
    /// What is expected.
    package var expectations: [Expectation]
    /// Whose days and times of the day are meant.
    package var zone: SystemZone

    /// How far back files are looked at, in days: the last due day is at most a week ago, and what came before it is
    /// what a file may only repeat.
    private static let days = 40

    /// Files that must come.
    package init(_ expectations: [Expectation], zone: SystemZone) {
        self.expectations = expectations
        self.zone = zone
    }

    /// What has not come, as a ledger knows it.
    ///
    /// - Parameters:
    ///   - run: a run whose own files the ledger does not know yet.
    ///   - own: those files.
    /// - Throws: `LedgerError`.
    package func overdue(
        in ledger: Ledger, exceptRun run: Int? = nil, own: [ArrivedFile] = [], now: Date = Date()
    ) async throws -> [OverdueFile] {
        if expectations.isEmpty { return [] }
        let since = Int((now.timeIntervalSince1970 - Double(Self.days) * 86_400) * 1000)
        let known = try await ledger.importedFiles(since: since, exceptRun: run).map { ArrivedFile($0) }
        return OverdueFile.judge(expectations, known + own, now: now, zone: zone)
    }
}
