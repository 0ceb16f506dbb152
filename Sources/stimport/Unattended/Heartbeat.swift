import AppointmentImport
import AppointmentLedger
import SecurityTrax
import Synchronization

/// Tells a heartbeat service how a run fares (`--ping-url`), so that a night on which nothing ran is noticed too. It
/// delays no post and changes no exit status; without an address it does nothing.
final class Heartbeat: Sendable {
    private struct State {
        /// The word of the start, which goes its way beside the run.
        var start: HeartbeatPing?
        var hasEnded = false
    }

    private let address: HeartbeatAddress?
    private let command: CommandName
    private let console: Console
    private let state = Mutex(State())

    /// - Parameter address: nil where nobody is to be told.
    init(of command: CommandName, to address: HeartbeatAddress?, _ console: Console) {
        self.address = address
        self.command = command
        self.console = console
    }

    /// Tells of the start, and returns at once.
    func begin() {
        guard let address else { return }
        let ping = HeartbeatPing(.start, to: address, body: body([]))
        state.withLock { $0.start = ping }
    }

    /// Tells of the start, carries out `run`, and tells of an end that nobody has told of: that of a run which could
    /// not begin.
    func during(_ run: () async throws -> ExitStatus) async throws -> ExitStatus {
        begin()
        do {
            return try await run()
        } catch {
            await end(CommandFailure(any: error).status)
            throw error
        }
    }

    /// Tells of the end, once. The ledger is closed by then: nobody waits for this but the process's own end.
    ///
    /// - Parameter isUnwanted: whether nothing is to be waited for any more.
    func end(
        _ status: ExitStatus, _ report: RunReport? = nil, isUnwanted: () -> Bool = { false }
    ) async {
        var members: [(String, JSONOutput)] = [("exit", .integer(Int(status.rawValue)))]
        if let report {
            members.insert(("run", report.run.map { .integer($0) } ?? .null), at: 0)
            members.append(("stopped", report.stopCode.map { .text($0) } ?? .null))
            members += report.totals.json
        }
        await end(status, members, isUnwanted)
    }

    /// Tells of the end of several runs together.
    func end(_ status: ExitStatus, _ totals: RowCounts) async {
        await end(status, [("exit", .integer(Int(status.rawValue)))] + totals.json, { false })
    }

    private func end(
        _ status: ExitStatus, _ members: [(String, JSONOutput)], _ isUnwanted: () -> Bool
    ) async {
        guard let address else { return }
        let (start, isFirst) = state.withLock { state in
            defer { state.hasEnded = true }
            return (state.start, !state.hasEnded)
        }
        guard isFirst else { return }
        // The service must not hear of the start after the end.
        if let start { tell(await start.outcome(isUnwanted: isUnwanted), of: "start", address) }
        let ping = HeartbeatPing(status.isComplete ? .success : .failure, to: address, body: body(members))
        tell(await ping.outcome(isUnwanted: isUnwanted), of: "end", address)
    }

    /// Numbers and stable words, and nothing that files or people are called.
    private func body(_ members: [(String, JSONOutput)]) -> [UInt8] {
        Array(JSONOutput.object([("command", .text(command.rawValue))] + members).line.utf8)
    }

    private func tell(_ outcome: HeartbeatPing.Outcome, of what: String, _ address: HeartbeatAddress) {
        guard case .failed(let reason) = outcome else { return }
        console.warning(
            "the heartbeat service at \(address.host) was not told of the run's \(what): \(reason)")
    }
}
