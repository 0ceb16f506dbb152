import AppointmentImport
import AppointmentLedger
import AppointmentRows
import SecurityTrax
import Synchronization

/// Where a command leaves what it came to, where it is carried out for one of several profiles: `AllProfiles` shows
/// all of them together.
final class ProfileResult: Sendable {
    /// The wish that no further profile has its turn.
    let stop: StopSignal
    /// The heartbeat services' addresses that several profiles have: each is told once, of all of them.
    let sharedAddresses: Set<HeartbeatAddress>

    private let state: Mutex<ProfilesReport.Entry>

    init(_ name: String, stop: StopSignal, sharedAddresses: Set<HeartbeatAddress>) {
        self.stop = stop
        self.sharedAddresses = sharedAddresses
        state = Mutex(ProfilesReport.Entry(name: name))
    }

    /// What is known so far.
    var entry: ProfilesReport.Entry { state.withLock { $0 } }

    /// Keeps something of it.
    func set(_ change: @Sendable (inout ProfilesReport.Entry) -> Void) { state.withLock { change(&$0) } }

    /// What a run needs somebody for, beside its rows.
    func take(_ report: RunReport) {
        let files = report.files.compactMap { file in file.problem.map { "\(file.name): \($0.message)" } }
        let needs = [report.failure?.message ?? report.stopped?.message].compactMap { $0 } + files
        set { entry in
            entry.totals = report.totals
            entry.words = report.words
            entry.isKnown = !report.isToldQuietly
            entry.needs = needs
        }
    }
}

extension CommandContext {
    /// Who is told how the command fares.
    ///
    /// - Parameter isRehearsal: whether nothing is meant: a rehearsal must not look like last night's run.
    func heartbeat(_ settings: Settings, isRehearsal: Bool = false) -> Heartbeat {
        let address = isRehearsal ? nil : settings.pingURL
        // What several profiles tell one service is told of all of them together.
        let isShared = address.map { profile?.sharedAddresses.contains($0) ?? false } ?? false
        return Heartbeat(of: invocation.command, to: isShared ? nil : address, console)
    }

    /// The settings of a command that posts. Where they can't be used, the heartbeat service is told that the run could
    /// not begin, as far as its own address can be read.
    func resolveSettingsOfRun() async throws -> Settings {
        do {
            return try resolveSettings()
        } catch {
            // What several profiles tell is told of all of them together.
            if profile == nil { await tellUnbegun(error) }
            throw error
        }
    }

    /// Tells the heartbeat service of a run that could not even find out what holds for it.
    func tellUnbegun(_ error: any Error) async {
        let table = FlagTable.shared
        guard CommandSet.posting.contains(invocation.command), !invocation.isOn(table.dryRun),
            !invocation.isOn(table.sandbox), let address = Settings.pingAddress(invocation, environment)
        else { return }
        let heartbeat = Heartbeat(of: invocation.command, to: address, console)
        heartbeat.begin()
        await heartbeat.end(CommandFailure(any: error).status)
    }

    /// Prints a result for programs, or leaves it to whoever shows those of all profiles together.
    func show(_ json: JSONOutput) {
        if let profile {
            profile.set { $0.result = json }
        } else {
            console.line(json.pretty)
        }
    }
}
