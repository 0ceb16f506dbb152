import AppointmentLedger

extension Console {
    /// Says of a ledger that is only looked at that no run uses it as it is: an older copy does not know what was
    /// posted since, and whoever reads that there is no such appointment might book it again.
    func warn(of ledger: Ledger) async throws {
        guard let objection = try await ledger.objectionToRuns() else { return }
        warning("what is shown may not be all: \(objection.message)", fix: objection.fix)
    }
}
