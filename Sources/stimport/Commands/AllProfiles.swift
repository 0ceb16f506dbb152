import AppointmentImport
import AppointmentLedger
import AppointmentRows
import SecurityTrax
import SystemFiles

/// `--all-profiles`: carries out a command for each profile of the settings file in turn, as if it were given alone
/// with `--profile`. What goes wrong for one stops no other.
enum AllProfiles {
    /// What each profile must bring itself. One for all would have every dealer's run on one ledger, one site, one
    /// folder, or one user.
    private static var own: [Flag] {
        let table = FlagTable.shared
        return [
            table.profile.flag, table.ledger.flag, table.site.flag, table.endpoint.flag, table.inbox.flag,
            table.metrics.flag,
        ]
    }

    static func run(_ context: CommandContext) async throws -> ExitStatus {
        var invocation = context.invocation
        invocation.flags[FlagTable.shared.allProfiles.flag.name] = nil
        try refuseVariables(context.environment)
        let shared = try context.with(invocation).resolveSettings()
        guard let file = shared.file, !file.profiles.isEmpty else {
            throw UsageError(
                shared.file.map { "\($0.path) has no profiles" }
                    ?? "there is no settings file that has profiles",
                fix: "add them under profiles, or leave --all-profiles out")
        }
        // One form for all, whatever a profile says.
        if shared.format == .csv, shared.origin(\.format).kind == "flag" {
            throw UsageError("--all-profiles has no form csv", fix: "give --format text or --format json")
        }
        let format = shared.format == .csv ? OutputFormat.text : shared.format
        invocation.flags[FlagTable.shared.format.flag.name] = [format.rawValue]
        let parts = file.profiles.keys.sorted().map { name in
            var own = invocation
            own.flags[FlagTable.shared.profile.flag.name] = [name]
            return Part(name: name, invocation: own, environment: context.environment)
        }
        let command = context.invocation.command
        try checkApart(parts, command)
        return await run(parts, context, shared)
    }

    /// One profile's turn.
    private struct Part {
        let name: String
        let invocation: Invocation
        /// Nil where they can't be used: the command itself says so.
        let settings: Settings?

        init(name: String, invocation: Invocation, environment: ProcessEnvironment) {
            self.name = name
            self.invocation = invocation
            settings = try? Settings.resolve(invocation, environment: environment)
        }
    }

    private static func run(_ parts: [Part], _ context: CommandContext, _ shared: Settings) async
        -> ExitStatus
    {
        let console = context.console
        let stop = StopSignal()
        let tellsText = shared.format != .json && !shared.quiet
        let isMeant = CommandSet.posting.contains(context.invocation.command)
        let addresses = isMeant && !shared.dryRun && !shared.sandbox ? sharedAddresses(parts) : []
        let heartbeats = addresses.map {
            (address: $0, heartbeat: Heartbeat(of: context.invocation.command, to: $0, console))
        }
        for (_, heartbeat) in heartbeats { heartbeat.begin() }
        var entries: [ProfilesReport.Entry] = []
        for part in parts {
            let result = ProfileResult(part.name, stop: stop, sharedAddresses: addresses)
            guard !stop.isRequested else {
                entries.append(result.entry)
                continue
            }
            if tellsText { console.text("profile \(TerminalText.escaped(part.name)):") }
            let status = await carryOut(context.with(part.invocation, result), part.name, result)
            // The next one has a log of its own.
            console.attach(nil)
            result.set { $0.status = status }
            entries.append(result.entry)
            if tellsText { console.line() }
        }
        let ending: ExitStatus? = stop.requested.map { $0 == SIGINT ? .interrupted : .terminated }
        let report = ProfilesReport(
            command: context.invocation.command.rawValue, entries,
            ending: entries.contains { $0.status == nil } ? ending : nil)
        if shared.format == .json {
            console.line(report.json.pretty)
        } else if !shared.quiet || report.isToldQuietly {
            for line in report.lines(console.textStyle) { console.text(line) }
        }
        for (address, heartbeat) in heartbeats {
            let names = parts.filter { $0.settings?.pingURL == address }.map(\.name)
            let own = ProfilesReport(
                command: context.invocation.command.rawValue, entries.filter { names.contains($0.name) },
                ending: ending)
            await heartbeat.end(own.status, own.totals)
        }
        return report.status
    }

    private static func carryOut(
        _ context: CommandContext, _ name: String, _ result: ProfileResult
    ) async -> ExitStatus {
        do {
            return try await CommandDispatch.command(context.invocation.command).run(context)
        } catch {
            let message = CommandFailure(any: error).message
            result.set { $0.failure = message }
            return context.console.tell(error, about: "profile \(name): ")
        }
    }

    // MARK: What would mix dealers

    private static func refuseVariables(_ environment: ProcessEnvironment) throws(UsageError) {
        for flag in own {
            guard let variable = flag.variable, environment[variable] != nil else { continue }
            throw UsageError(
                "--all-profiles and the variable \(variable) contradict each other: it would hold for every profile",
                fix: "unset it, and put \(flag.settingsKey ?? flag.name) into each profile")
        }
    }

    /// Refuses what only all of the profiles together show to be wrong, before anything is opened.
    private static func checkApart(_ parts: [Part], _ command: CommandName) throws(UsageError) {
        if command != .status {
            for part in parts { try refuseForeignLogin(part) }
        }
        guard CommandSet.posting.contains(command) else { return }
        if command == .import { try refuseShared("inbox", parts) { $0.inbox } }
        try refuseShared("metrics", parts) { $0.metrics }
        var ledgers: [String: (name: String, path: String)] = [:]
        for part in parts {
            guard let settings = part.settings, let endpoint = try? settings.resolvedEndpoint(),
                let path = (try? settings.ledgerPath).map(ResolvedPath.future)
            else { continue }
            if let other = ledgers[endpoint.identity], other.path != path {
                throw UsageError(
                    "the profiles \(other.name) and \(part.name) post to one site with two ledgers: neither would know what the other booked",
                    fix: "give both the same ledger")
            }
            ledgers[endpoint.identity] = (part.name, path)
        }
    }

    private static func refuseShared(
        _ what: String, _ parts: [Part], _ path: (Settings) -> String?
    ) throws(UsageError) {
        var names: [String: String] = [:]
        for part in parts {
            guard let path = part.settings.flatMap(path).map(ResolvedPath.future) else { continue }
            if let other = names.updateValue(part.name, forKey: path) {
                throw UsageError(
                    "the profiles \(other) and \(part.name) have one \(what), \(path)",
                    fix: "give each profile \(what) of its own")
            }
        }
    }

    /// A login that goes before a profile's own would be tried with every dealer: an account is locked so.
    private static func refuseForeignLogin(_ part: Part) throws(UsageError) {
        guard let settings = part.settings, let own = settings.file?.profiles[part.name] else { return }
        let secrets = settings.secrets
        let logins: [(keys: [String], origin: SettingOrigin?)] = [
            (["username"], secrets.username?.origin), (["partnerID"], secrets.partnerID?.origin),
            (["password", "passwordFile", "passwordCommand"], secrets.password?.origin),
        ]
        for (keys, origin) in logins {
            guard let key = keys.first(where: { own[$0] != nil }), let origin, origin.kind != "file" else {
                continue
            }
            throw UsageError(
                "\(origin.place) goes before \(key) of the profile \(part.name), and would hold for every profile",
                fix: "take it away, or take \(key) out of the profile")
        }
    }

    /// The heartbeat services that several profiles have: one that told of its good end after another's bad one would
    /// hide it.
    private static func sharedAddresses(_ parts: [Part]) -> Set<HeartbeatAddress> {
        let all = parts.compactMap { $0.settings?.pingURL }
        return Set(all.filter { address in all.count { $0 == address } > 1 })
    }
}

extension CommandContext {
    /// The same with another invocation, for one of several profiles where `profile` is given.
    fileprivate func with(_ invocation: Invocation, _ profile: ProfileResult? = nil) -> CommandContext {
        CommandContext(invocation: invocation, environment: environment, console: console, profile: profile)
    }
}
