import SystemFiles
import AppointmentImport
import AppointmentRows
import SecurityTrax

/// `stimport doctor`: tries each part as a run would, and creates nothing.
enum DoctorCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings: Settings
        do throws(UsageError) {
            settings = try context.resolveSettings()
        } catch {
            let asked = context.invocation.flags[FlagTable.shared.format.flag.name]?.last
            return show(unusable(error), asJSON: asked == OutputFormat.json.rawValue, context)
        }
        var checks = [settingsCheck(settings)]
        var advice = FirstRunAdvice.lines
        do throws(UsageError) {
            let ledger = LedgerChecks(path: try settings.ledgerPath, mustExist: settings.requireLedger)
            let found = await ledger.run()
            checks += found.checks
            if found.hasCreated { advice = [] }
        } catch {
            checks.append(.failed(.ledger, .ledgerUnusable, error.message, fix: error.fix))
        }
        checks.append(MachineChecks.inbox(settings.inbox))
        checks.append(
            MachineChecks.notifyCommand(settings.notifyCommand, search: context.environment["PATH"] ?? ""))
        checks.append(MachineChecks.timeZones())
        checks += try await service(settings)
        return show(
            DoctorReport(checks, advice: advice), asJSON: settings.format == .json, context)
    }

    private static func show(_ report: DoctorReport, asJSON: Bool, _ context: CommandContext) -> ExitStatus {
        let failed = report.checks.filter { $0.state == .failed }.map { "\($0.part.rawValue): \($0.detail)" }
        context.profile?.set { $0.needs = failed }
        if asJSON {
            context.show(report.json)
        } else {
            for line in report.lines(context.console.textStyle) { context.console.text(line) }
        }
        return report.status
    }

    /// Where the settings can't be read, nobody knows what to try.
    private static func unusable(_ error: UsageError) -> DoctorReport {
        let others = DoctorCheck.Part.allCases.filter { $0 != .settings }
        return DoctorReport(
            [
                .failed(
                    .settings, .wrongUsage, error.message, fix: error.fix,
                    facts: error.more.map { "\($0.message)\($0.fix.map { " (\($0))" } ?? "")" })
            ] + others.map { .skipped($0, "the settings can't be used") })
    }

    private static func settingsCheck(_ settings: Settings) -> DoctorCheck {
        let facts = ConfigCommand.rows(settings).filter { $0.origin != .fallback }.map { row in
            "\(row.name) = \(row.value ?? "-") (\(row.origin.description))"
        }
        let source = settings.file.map { "from \($0.path)" } ?? "no settings file"
        let missing = missing(settings)
        guard let first = missing.first else {
            guard let file = settings.file, file.isReadableByAll, let key = file.secretKeys.first else {
                return .passed(.settings, source, facts: facts)
            }
            return .passed(
                .settings, "\(source); everybody on this machine can read it, and \(key) in it is secret",
                fix: "chmod o-r \(ShellArgument.quoted(file.path))", facts: facts)
        }
        return .failed(
            .settings, .wrongUsage, "missing: \(missing.map(\.name).joined(separator: ", "))",
            fix: missing.count == 1 ? first.fix : missing.map(\.fix).joined(separator: "; "), facts: facts)
    }

    private static func missing(_ settings: Settings) -> [MissingSetting] {
        let hasEndpoint = (try? settings.resolvedEndpoint()) != nil
        return (hasEndpoint ? [] : [Settings.missingSite]) + settings.secrets.missing
    }

    private static func service(_ settings: Settings) async throws -> [DoctorCheck] {
        guard missing(settings).isEmpty else {
            return [.skipped(.password, "settings are missing")]
                + ServiceChecks.skipped("settings are missing")
        }
        let watch = SignalWatch()
        let credentials: Credentials
        do {
            credentials = try settings.credentials(watch.stop)
        } catch let error as UsageError {
            return [.failed(.password, .wrongUsage, error.message, fix: error.fix)]
                + ServiceChecks.skipped("there is no password to log in with")
        }
        let place = settings.secrets.password?.origin.description ?? "default"
        let endpoint = try settings.requiredEndpoint()
        let ledger = (try? settings.ledgerPath).map {
            LedgerChecks(path: $0, mustExist: settings.requireLedger)
        }
        let service = ServiceChecks(
            endpoint: endpoint, credentials: credentials, caFile: settings.caFile, timeout: settings.timeout,
            accepted: { await ledger?.liftLoginGuard(at: endpoint) })
        // What is asked now creates nothing: a stop need not wait for the answer.
        watch.stop.onRequest { _exit(128 + (watch.stop.requested ?? SIGTERM)) }
        return [.passed(.password, "readable (\(place))")] + (await service.run())
    }
}
