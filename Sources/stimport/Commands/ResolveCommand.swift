import AppointmentLedger
import AppointmentRows
import AppointmentImport
import SecurityTrax

/// `stimport resolve`: a person's verdict on appointments in doubt.
enum ResolveCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let path = try settings.ledgerPath
        do {
            // What was said wrongly is found before the ledger is touched.
            let ofBatch = try settings.batch.map { ($0, try batchResolution(context, settings)) }
            let isDialogue =
                context.invocation.operands.isEmpty && settings.created == nil && settings.notCreated == nil
                && ofBatch == nil && Question.canBeAsked
            var resolutions = try ofBatch == nil && !isDialogue ? Self.resolutions(context, settings) : []
            let wait = settings.waitForLock ?? .zero
            // Not held while a person thinks: a run may begin meanwhile.
            _ = try await Ledger.openSettled(path, lockWait: wait)
            let reading = try await Ledger.read(path)
            if let (batch, resolution) = ofBatch {
                resolutions = try await reading.inDoubt(ofBatch: batch).map { ($0, batch, resolution) }
            }
            if isDialogue {
                let doubts = try await reading.inDoubt()
                if doubts.isEmpty {
                    return tellNothing("Nothing is in doubt.", context.console, settings)
                }
                resolutions = try ResolveDialogue(context.console, settings).ask(doubts)
                if resolutions.isEmpty {
                    return tellNothing("Nothing was changed.", context.console, settings)
                }
            }
            let words = Dictionary(
                resolutions.map { ($0.id, $0.resolution) }, uniquingKeysWith: { first, _ in first })
            let change = ShownChange(
                try await reading.appointments(resolutions.map(\.id)), context.console, settings
            ) { words[$0.id] == .created ? "created" : "pending, to be posted again" }
            try change.confirm()
            // The batch that was shown: what came into doubt anew meanwhile is another matter.
            let shown = Dictionary(
                change.appointments.map { ($0.id, $0.batch) }, uniquingKeysWith: { first, _ in first })
            let writing = try await Ledger.openSettled(path, lockWait: wait)
            try await writing.resolve(
                resolutions.map { ($0.id, $0.batch ?? shown[$0.id] ?? nil, $0.resolution) },
                by: Decision(who: CurrentUser.name, note: settings.note), evenIfRecent: settings.now)
            let count = resolutions.count
            if settings.format == .json {
                context.console.line(
                    JSONOutput.object([
                        ("version", .integer(1)), ("resolved", .integer(count)),
                        ("appointments", change.json),
                    ]).pretty)
            } else if !settings.quiet {
                context.console.line("\(counted(count, "appointment")) resolved.")
                for resolution in Resolution.allCases {
                    let settled = change.appointments.filter { words[$0.id] == resolution }
                    if !settled.isEmpty {
                        context.console.line("  " + TerminalText.escaped(Self.words(resolution, settled)))
                    }
                }
                let pending = try await writing.standing().pendingCount
                if pending > 0 {
                    context.console.line("\(pending) are pending now: stimport resume posts them.")
                }
            }
            return .success
        } catch let error as InputError {
            throw CommandFailure(.unreadableInput, error.message, fix: error.fix)
        }
    }

    /// `created: 31-33 (customers 103317, 103318)`
    private static func words(_ resolution: Resolution, _ settled: [LedgerAppointment]) -> String {
        var customers: [Int64] = []
        for appointment in settled where !customers.contains(appointment.appointment.customerID) {
            customers.append(appointment.appointment.customerID)
            if customers.count > Self.namedCustomers { break }
        }
        let named = customers.prefix(Self.namedCustomers).map(String.init).joined(separator: ", ")
        let rest = customers.count > Self.namedCustomers ? " and others" : ""
        return "\(resolution == .created ? "created" : "not created, to be posted again"): "
            + IDRanges.text(settled.map(\.id))
            + " (customer\(customers.count == 1 ? "" : "s") \(named)\(rest))"
    }

    /// How many customers are named where many visits are settled at once.
    private static let namedCustomers = 10

    private static func tellNothing(_ text: String, _ console: Console, _ settings: Settings) -> ExitStatus {
        if settings.format == .json {
            console.line(
                JSONOutput.object([
                    ("version", .integer(1)), ("resolved", .integer(0)), ("appointments", .array([])),
                ]).pretty)
        } else if !settings.quiet {
            console.line(text)
        }
        return .success
    }

    private static func batchResolution(_ context: CommandContext, _ settings: Settings) throws(UsageError)
        -> Resolution
    {
        switch (settings.created, settings.notCreated) {
        case (let ids?, nil) where ids.isEmpty && context.invocation.operands.isEmpty: return .created
        case (nil, let ids?) where ids.isEmpty && context.invocation.operands.isEmpty: return .notCreated
        default:
            throw UsageError(
                "--batch wants one verdict for the whole batch",
                fix: "stimport resolve --batch N --created, or --not-created")
        }
    }

    private static func resolutions(
        _ context: CommandContext, _ settings: Settings
    ) throws -> [(id: Int, batch: Int?, resolution: Resolution)] {
        var resolutions: [(id: Int, batch: Int?, resolution: Resolution)] = []
        for id in settings.created ?? [] { resolutions.append((Int(id), nil, .created)) }
        for id in settings.notCreated ?? [] { resolutions.append((Int(id), nil, .notCreated)) }
        if let file = context.invocation.operands.first {
            guard resolutions.isEmpty else {
                throw UsageError("a list and single verdicts were given", fix: "give one of them")
            }
            return try ReviewList.read(file)
        }
        guard !resolutions.isEmpty else {
            throw UsageError(
                "no verdict was given",
                fix:
                    "stimport resolve --created ID…, --not-created ID…, or the file of stimport review --csv, filled in"
            )
        }
        var seen = Set<Int>()
        for resolution in resolutions where !seen.insert(resolution.id).inserted {
            throw UsageError("appointment \(resolution.id) was named twice", fix: "name it once")
        }
        return resolutions
    }
}
