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
            words = try await Self.checked(said, settings, lockWait: wait)
            let reading = try await Ledger.read(path)
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
            let toDos = Dictionary(
                try await reading.toDos().map { ($0.visit.id, $0) }, uniquingKeysWith: { first, _ in first })
            let becomes = Self.becomes(words, toDos)
            let change = ShownChange(
                try await reading.appointments(words.ids), context.console, settings, runs: held,
                remark: { toDos[$0.id].map { "\(ToDoText($0).news), \(ToDoText($0).place)" } }
            ) { becomes[$0.id] ?? "" }
            try change.confirm()
            // What was shown was done: what a later file made of it meanwhile is another matter.
            words.done = words.done.map { ($0.id, $0.number ?? toDos[$0.id]?.number) }
            // The batch that was shown: what came into doubt anew meanwhile is another matter.
            let shown = Dictionary(
                change.appointments.map { ($0.id, $0.batch) }, uniquingKeysWith: { first, _ in first })
            words.resolutions = words.resolutions.map {
                ($0.id, $0.batch ?? shown[$0.id] ?? nil, $0.resolution)
            }
            let writing = try await Ledger.openSettled(path, lockWait: wait)
            try await writing.take(
                words, by: Decision(who: CurrentUser.name, note: settings.note), evenIfRecent: settings.now)
            try await tell(words, change, held, toDos, writing, context.console, settings)
            return .success
        } catch let error as InputError {
            throw CommandFailure(.unreadableInput, error.message, fix: error.fix)
        }
    }

    /// The words as the ledger understands them. What it would not take is refused before anything of it is shown.
    private static func checked(
        _ said: ResolveWords, _ settings: Settings, lockWait: Duration
    ) async throws -> PersonsWords {
        let ledger = try await Ledger.openSettled(settings.ledgerPath, lockWait: lockWait)
        var words = said.words
        if let batch = said.batch {
            words.resolutions = try await ledger.inDoubt(ofBatch: batch.number).map {
                ($0, batch.number, batch.resolution)
            }
        }
        try await ledger.take(
            words, by: Decision(who: CurrentUser.name, note: settings.note), evenIfRecent: settings.now,
            isTrial: true)
        return words
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
    private static func becomes(_ words: PersonsWords, _ toDos: [Int: ToDo]) -> [Int: String] {
        var becomes: [Int: String] = [:]
        for word in words.resolutions {
            becomes[word.id] =
                word.resolution == .created
                ? "created"
                : toDos[word.id] == nil
                    ? "pending, to be posted again" : "not posted, since a later file says otherwise"
        }
        for word in words.done { becomes[word.id] = "done by hand" }
        for word in words.quiet { becomes[word.id] = "quiet until \(LedgerTime.local(word.until))" }
        return becomes
    }

    // MARK: Afterwards

    private static func tell(
        _ words: PersonsWords, _ change: ShownChange, _ held: [HeldRun], _ toDos: [Int: ToDo],
        _ ledger: Ledger, _ console: Console, _ settings: Settings
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
        let customers = Dictionary(
            change.appointments.map { ($0.id, $0.appointment.customerID) },
            uniquingKeysWith: { first, _ in first })
        let taken = try await WordsTaken(
            words, customers: customers, approved: held, toDos: toDos, ledger, next: settings.nextSteps)
        for line in taken.lines { console.text(TerminalText.escaped(line)) }
    }

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
