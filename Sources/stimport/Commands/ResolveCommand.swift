import AppointmentLedger
import AppointmentRows
import AppointmentImport
import SecurityTrax

/// `stimport resolve`: a person's word on what `review` lists.
enum ResolveCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let path = try settings.ledgerPath
        do {
            // What was said wrongly is found before the ledger is touched.
            let said = try ResolveWords(context, settings)
            var words = said.words
            let wait = settings.waitForLock ?? .zero
            // Not held while a person thinks: a run may begin meanwhile.
            _ = try await Ledger.openSettled(path, lockWait: wait)
            let reading = try await Ledger.read(path)
            if let batch = said.batch {
                words.resolutions = try await reading.inDoubt(ofBatch: batch.number).map {
                    ($0, batch.number, batch.resolution)
                }
            }
            if said.isDialogue {
                let items = try await ReviewItems(of: reading).loud
                if items.doubts.isEmpty, items.toDos.isEmpty {
                    return tellNothing("Nothing is in doubt.", context.console, settings)
                }
                words = try ResolveDialogue(context.console, settings).ask(items)
                if words.isEmpty {
                    return tellNothing("Nothing was changed.", context.console, settings)
                }
            }
            if words.isEmpty, let list = context.invocation.operands.first {
                return tellNothing(
                    TerminalText.escaped("No line of \(list) has a verdict: nothing was changed."),
                    context.console, settings)
            }
            let held = try await Self.held(words.approved, in: reading)
            let becomes = Self.becomes(words)
            let change = ShownChange(
                try await reading.appointments(words.ids), context.console, settings, runs: held
            ) { becomes[$0.id] ?? "" }
            try change.confirm()
            // The batch that was shown: what came into doubt anew meanwhile is another matter.
            let shown = Dictionary(
                change.appointments.map { ($0.id, $0.batch) }, uniquingKeysWith: { first, _ in first })
            words.resolutions = words.resolutions.map {
                ($0.id, $0.batch ?? shown[$0.id] ?? nil, $0.resolution)
            }
            let writing = try await Ledger.openSettled(path, lockWait: wait)
            try await writing.take(
                words, by: Decision(who: CurrentUser.name, note: settings.note), evenIfRecent: settings.now)
            try await tell(words, change, held, writing, context.console, settings)
            return .success
        } catch let error as InputError {
            throw CommandFailure(.unreadableInput, error.message, fix: error.fix)
        }
    }

    /// The held runs of these numbers.
    private static func held(_ runs: [Int], in ledger: Ledger) async throws -> [HeldRun] {
        let all = try await ledger.heldRuns()
        return try runs.map { number in
            guard let run = all.first(where: { $0.run == number }) else {
                throw CommandFailure(
                    .wrongUsage, "run \(number) is not held", fix: "stimport review lists the runs that are")
            }
            return run
        }
    }

    /// What each appointment becomes, in words.
    private static func becomes(_ words: PersonsWords) -> [Int: String] {
        var becomes: [Int: String] = [:]
        for word in words.resolutions {
            becomes[word.id] = word.resolution == .created ? "created" : "pending, to be posted again"
        }
        for word in words.done { becomes[word.id] = "done by hand" }
        for word in words.quiet { becomes[word.id] = "quiet until \(LedgerTime.local(word.until))" }
        return becomes
    }

    // MARK: Afterwards

    private static func tell(
        _ words: PersonsWords, _ change: ShownChange, _ held: [HeldRun], _ ledger: Ledger, _ console: Console,
        _ settings: Settings
    ) async throws {
        if settings.format == .json {
            console.line(
                JSONOutput.object([
                    ("version", .integer(1)), ("resolved", .integer(words.resolutions.count)),
                    ("done", .integer(words.done.count)), ("quiet", .integer(words.quiet.count)),
                    ("approved", .array(words.approved.map { .integer($0) })),
                    ("appointments", change.json),
                ]).pretty)
            return
        }
        guard !settings.quiet else { return }
        if !words.resolutions.isEmpty {
            console.text("\(counted(words.resolutions.count, "appointment")) resolved.")
        }
        for resolution in Resolution.allCases {
            let ids = Set(words.resolutions.filter { $0.resolution == resolution }.map(\.id))
            tellSettled(
                resolution == .created ? "created" : "not created, to be posted again", ids, change, console)
        }
        tellSettled("done by hand", Set(words.done.map(\.id)), change, console)
        tellSettled("kept quiet", Set(words.quiet.map(\.id)), change, console)
        for run in held {
            console.text("run \(run.run) approved: \(counted(run.count, "appointment")) to be posted.")
        }
        let pending = try await ledger.standing().pendingCount
        if pending > 0, !words.resolutions.isEmpty || !held.isEmpty {
            console.text(
                "\(counted(pending, "appointment")) \(pending == 1 ? "is" : "are") pending now: stimport resume posts \(pending == 1 ? "it" : "them")."
            )
        }
    }

    /// `created: 31-33 (customers 103317, 103318)`
    private static func tellSettled(
        _ word: String, _ ids: Set<Int>, _ change: ShownChange, _ console: Console
    ) {
        let settled = change.appointments.filter { ids.contains($0.id) }
        guard !settled.isEmpty else { return }
        var customers: [Int64] = []
        for appointment in settled where !customers.contains(appointment.appointment.customerID) {
            customers.append(appointment.appointment.customerID)
            if customers.count > Self.namedCustomers { break }
        }
        let named = customers.prefix(Self.namedCustomers).map(String.init).joined(separator: ", ")
        let rest = customers.count > Self.namedCustomers ? " and others" : ""
        console.text(
            TerminalText.escaped(
                "  \(word): " + IDRanges.text(settled.map(\.id))
                    + " (customer\(customers.count == 1 ? "" : "s") \(named)\(rest))"))
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
            console.text(text)
        }
        return .success
    }
}
