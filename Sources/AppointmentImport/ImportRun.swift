import AppointmentLedger
package import AppointmentRows
package import SecurityTrax
import SystemFiles

/// One run, from its files (or what the ledger has pending) to its summary:
///
///     CSV bytes → records → columns mapped → validated appointment | findings
///       → staged in the ledger → claimed batch → request → post → answer
///       → outcome per row → settled in the ledger → summary, rejects files
package struct ImportRun: Sendable {
    let settings: ImportSettings
    let stop: StopSignal
    let events: @Sendable (RunEvent) -> Void
    /// For a dry run: each batch as it would be posted.
    let preview: (@Sendable ([Appointment]) -> Void)?

    /// A run that has not begun.
    package init(
        _ settings: ImportSettings, stop: StopSignal = StopSignal(),
        events: @escaping @Sendable (RunEvent) -> Void = { _ in },
        preview: (@Sendable ([Appointment]) -> Void)? = nil
    ) {
        self.settings = settings
        self.stop = stop
        self.events = events
        self.preview = preview
    }

    /// Imports files. Cancelled, it ends as if `stop` were requested.
    ///
    /// - Parameter unfinished: files that belong to them and are still being written: the run is without them.
    /// - Throws: `LedgerError`, `SecurityTraxError` or `RunStopped` where the run can't begin. What goes wrong
    ///   later is in the summary.
    package func importFiles(_ names: [String], unfinished: [String] = []) async throws -> RunReport {
        try await stoppingWhenCancelled { try await stageAndPost(names, unfinished: unfinished) }
    }

    private func stageAndPost(_ names: [String], unfinished: [String]) async throws -> RunReport {
        try checkClient()
        var inputs: [OpenedInput] = []
        for name in names { inputs.append(try await OpenedInput.open(name, stop: stop)) }
        if settings.inbox != nil {
            // Of two files that speak of one visit the later one counts, and names say little of that: `export (1).csv`
            // is later than `export.csv`.
            let times = inputs.map { $0.opened?.saved ?? .max }
            inputs = inputs.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { inputs[$0] }
        }
        var ledger = try await openLedger()
        try await holdLoginBack(ledger, mayAsk: { asksForCustomers(inputs) })
        var online: CustomerLookUps.Result?
        if isOnlineCheck {
            // The ledger gets the answers and nothing else: what a run would make of the rows is tried out on a copy.
            online = try await lookUpCustomers(inputs, in: ledger)
            ledger = try await ledger.throwawayCopy()
        }
        let command = settings.purpose == .dryRun ? "dry-run" : "import"
        return try await conduct(ledger, command: command) { progress in
            (progress.names, progress.inputs) = (names, inputs)
            progress.staged.files = inputs.map { StagedFile(id: 0, name: $0.name) }
            do {
                let customers = isOnlineCheck ? online : try await lookUpCustomers(inputs, in: ledger)
                progress.lookUpEnd = customers?.end
                progress.staged = try await stage(
                    inputs, in: ledger, customers,
                    lacksRows: unfinished.first.map { "\($0) is still being written" })
                if let end = customers?.end {
                    progress.stopped = RunStop(
                        end, at: settings.endpoint,
                        isVerifying: settings.verifiesCustomers && settings.purpose == .post)
                    progress.isInterrupted = end == .cancelled
                } else if progress.staged.isStopped {
                    progress.stopped = .allOrNothing(progress.staged)
                } else if settings.purpose != .check {
                    progress.stopped = RunStop(setAside: progress.staged.files)
                }
                for file in progress.staged.files {
                    for remark in file.remarks { events(.remarked(file: file.name, remark)) }
                }
                for toDo in progress.staged.toDos.firstNew { events(.toDo(toDo)) }
                if let hold = progress.staged.hold {
                    progress.stopped =
                        settings.purpose == .post ? .held(hold, run: progress.run) : .wouldBeHeld(hold)
                }
            } catch is RunStopped {
                for index in progress.staged.files.indices {
                    progress.staged.files[index].error = .interrupted
                }
                progress.staged.isAbandoned = true
                progress.isInterrupted = true
            }
        }
    }

    /// Posts everything that the ledger has pending at the endpoint.
    ///
    /// - Throws: as `importFiles`.
    package func resume() async throws -> RunReport {
        try await stoppingWhenCancelled { try await postPending() }
    }

    private func postPending() async throws -> RunReport {
        try checkClient()
        let ledger = try await openLedger()
        try await holdLoginBack(ledger)
        return try await conduct(ledger, command: "resume") { progress in
            let here = settings.endpoint.identity
            let pending = try await ledger.pendingByRun()
            events(
                .resuming(
                    pending.filter { $0.endpoint == here }, elsewhere: pending.filter { $0.endpoint != here })
            )
            progress.staged = try await ledger.takeUpPending()
        }
    }

    /// Checks what can be checked before anything is opened or anybody is asked for the password.
    ///
    /// - Throws: `SecurityTraxError`; `LedgerError` where it can be told already that the ledger can't be used.
    package static func check(_ settings: ImportSettings) throws {
        try ImportRun(settings).checkClient()
        guard case .file(let path, let mustExist, let wait) = settings.ledger else { return }
        if settings.purpose == .post {
            try LedgerFile.check(path, mustExist: mustExist, mayBeHeld: wait > .zero)
        } else if mustExist {
            _ = try LedgerFile(existing: path)
        }
    }

    // MARK: Steps

    /// What is in flight is awaited and settled all the same.
    private func stoppingWhenCancelled(_ body: () async throws -> RunReport) async throws -> RunReport {
        try await withTaskCancellationHandler(operation: body) { stop.request(SIGINT) }
    }

    /// What is known of the run as it goes on, for a summary at any point.
    private struct Progress {
        let run: Int
        let command: String
        /// Milliseconds since 1970 UTC.
        let started: Int
        var staged = StagedRun()
        /// The files in the order in which they were named.
        var names: [String] = []
        var inputs: [OpenedInput] = []
        var delivery: DeliveryLoop.Report?
        var isInterrupted = false
        /// Why nothing is posted because of the rows.
        var stopped: RunStop?
        /// Why the customers could not be looked up.
        var lookUpEnd: CustomerDirectory.End?
        /// The files that should have come into the inbox.
        var overdue: [OverdueFile] = []
        var failure: LedgerError?
    }

    private func conduct(
        _ ledger: Ledger, command: String,
        _ prepare: (inout Progress) async throws -> Void
    ) async throws -> RunReport {
        let start = ContinuousClock.now
        if ledger.lock != nil {
            let stranded = try await ledger.recover()
            if stranded > 0 { events(.recovered(inDoubt: stranded)) }
        }
        let run = try await ledger.begin(command: command, endpoint: settings.endpoint.identity)
        events(.began(run: run))
        var progress = Progress(
            run: run, command: command, started: Date().milliseconds)
        do {
            try await prepare(&progress)
            // Nothing of a run that is held is posted before a person has said so.
            let mayPost = !progress.staged.isAbandoned && progress.staged.hold == nil
            if mayPost, let closed = closedWindow, settings.purpose == .post,
                progress.staged.totals[.pending] > 0
            {
                progress.stopped = closed
            } else if mayPost, settings.purpose == .post, let credentials = settings.credentials {
                let aside = progress.staged.files.filter { $0.error != nil }
                    .reduce(0) { $0 + $1.counts[.pending] }
                let held = progress.staged.heldRows.values.reduce(0, +)
                events(.staged(toPost: progress.staged.totals[.pending] - aside - held))
                var policy = settings.policy
                if let window = settings.postingWindow {
                    let end = start.duration(to: .now) + (window.remaining(at: Date()) ?? .zero)
                    policy.stopAfter = min(policy.stopAfter ?? end, end)
                }
                policy.beginsWithProbe = try await ledger.beginsWithProbe(handshakes: policy.handshakes)
                let delivery = DeliveryLoop(
                    ledger: ledger,
                    makeClient: { [settings] () throws(SecurityTraxError) in
                        try HTTPClient(settings.clientConfiguration)
                    }, credentials: credentials, policy: policy,
                    allowsPast: settings.reading.allowPast, stop: stop, start: start, events: events)
                let report = try await delivery.run()
                progress.delivery = report
                progress.failure = report.failure
                if report.end == .timeRanOut, let closed = closedWindow { progress.stopped = closed }
                if report.posts == 0, report.end == .interrupted, let undone = try await ledger.unstage() {
                    progress.staged = undone
                    progress.isInterrupted = true
                    progress.stopped = .interruptedBeforePosting
                }
            }
        } catch let error as LedgerError {
            progress.failure = error
        }
        return await close(ledger, progress, seconds: (ContinuousClock.now - start).inSeconds)
    }

    /// Why posts may not begin at this moment (`--post-between`); nil where they may.
    private var closedWindow: RunStop? {
        let now = Date()
        return settings.postingWindow.flatMap {
            $0.remaining(at: now) == nil ? RunStop(outside: $0, at: now) : nil
        }
    }

    /// - Throws: `LoginHeldBack` where another refused login could lock the account.
    ///
    /// - Parameter mayAsk: whether a run that only stages asks for customers, which needs a login too.
    private func holdLoginBack(_ ledger: Ledger, mayAsk: () -> Bool = { false }) async throws {
        guard settings.purpose == .post || isOnlineCheck, !settings.isWatched else { return }
        let refused = try await ledger.refusedLogins(at: settings.endpoint.identity, limit: LoginGuard.limit)
        if let objection = LoginGuard(refused: refused).objection(at: Date()),
            // Nothing is sent by a run that ends before its first batch.
            isOnlineCheck || settings.policy.stopAfter != .zero || mayAsk()
        {
            throw objection
        }
    }

    /// Whether somebody may have to be asked whose these files' rows are.
    private func asksForCustomers(_ inputs: [OpenedInput]) -> Bool {
        settings.verifiesCustomers
            || inputs.contains { (try? $0.rows(settings.reading))?.layout.hasNumbers ?? false }
    }

    /// `check --online`: queries are put, and nothing else is sent.
    private var isOnlineCheck: Bool { settings.purpose == .check && settings.credentials != nil }

    /// What the service knows of the files' customers; nil where it is not asked.
    private func lookUpCustomers(
        _ inputs: [OpenedInput], in ledger: Ledger
    ) async throws -> CustomerLookUps.Result? {
        if settings.purpose == .check, !isOnlineCheck { return nil }
        return try await CustomerLookUps(settings: settings, ledger: ledger, stop: stop, events: events)
            .run(inputs)
    }

    private func stage(
        _ inputs: [OpenedInput], in ledger: Ledger, _ customers: CustomerLookUps.Result?, lacksRows: String?
    ) async throws -> StagedRun {
        var options = settings.reading
        options.knownCustomers = customers?.known
        options.wantsDigest = settings.purpose != .check || isOnlineCheck
        // A check keeps no appointment: up to a million of them need no database.
        let isPlainCheck =
            settings.purpose == .check && !isOnlineCheck && preview == nil && !settings.checksOverlaps
            && options.identityColumn == nil
        let rules = StagingRules(
            now: Int64((options.now.timeIntervalSince1970 / 60).rounded(.down)),
            allowsPast: options.allowPast, isStrict: options.isStrict,
            allowsRebooking: settings.allowsRebooking, checksOverlaps: settings.checksOverlaps,
            maxInvalid: settings.purpose == .check ? nil : settings.maxInvalid,
            maxWindow: options.maxWindow, rowsInMemory: isPlainCheck ? 1 << 20 : 0,
            isCompleteExport: settings.isCompleteExport, lacksRows: lacksRows,
            said: options.said,
            holds: settings.purpose == .check ? [] : settings.holds)
        return try await ledger.stage(
            inputs.map { input in
                RowInput(
                    name: input.name, size: input.opened?.size ?? 0, saved: input.opened?.saved
                ) {
                    [events, options] () throws(InputError) in
                    let rows = try PrefetchedRows(input, options)
                    events(.understood(file: input.name, layout: rows.layout))
                    return rows
                }
            },
            rules: rules, batchSize: settings.policy.batchSize,
            decide: { staged in
                // Rows that stay in the ledger would be posted by the next run, and not be verified.
                if customers?.end != nil { return .stop }
                if settings.purpose == .check { return .abandon }
                if settings.allOrNothing, staged.hasRejected { return .stop }
                return settings.purpose == .post ? .post : .abandon
            }, previewLimit: settings.policy.firstRows, preview: preview, found: { events(.found($0)) },
            isStopped: { stop.isRequested },
            progress: { events(.reading(rows: $0)) })
    }

    /// Counts, writes rejects files, puts the end on record.
    private func close(_ ledger: Ledger, _ progress: Progress, seconds: Double) async -> RunReport {
        var progress = progress
        let run = progress.run
        var files = progress.staged.files.map {
            RunReport.File(
                name: $0.name, counts: $0.counts, problem: $0.error.map { RunReport.Problem($0) },
                remarks: $0.remarks)
        }
        if progress.staged.isAbandoned == false {
            do {
                let counts = try await ledger.counts(ofRun: run)
                for (index, file) in progress.staged.files.enumerated() {
                    files[index].counts = counts[file.id] ?? RowCounts()
                }
            } catch {
                progress.failure = progress.failure ?? LedgerError(error, path: ledger.path)
            }
        }
        do {
            try await ledger.checkPlace()
        } catch {
            progress.failure = progress.failure ?? error
        }
        if progress.failure == nil {
            await writeRejects(progress, &files, ledger)
            await emptyInbox(progress, &files, ledger)
            progress.overdue = await overdue(progress, ledger)
        }
        let heldRows = progress.staged.isAbandoned ? [:] : progress.staged.heldRows
        let ending =
            progress.stopped ?? progress.delivery?.end.flatMap { RunStop($0, at: settings.endpoint) }
            ?? RunStop(waiting: heldRows)
        let refused = await listRefused(progress, files, ledger)
        let listed = progress.staged.findings.count
        var toDos = progress.staged.toDos
        if settings.purpose != .check, toDos.open == 0 { toDos.open = await ledger.openToDoCount(ofRun: run) }
        var summary = RunReport(
            run: settings.purpose == .check ? nil : run,
            command: settings.purpose == .check ? "check" : progress.command,
            endpoint: settings.endpoint.identity, started: progress.started, exit: .success, files: files,
            batches: progress.delivery?.batches ?? 0, posts: progress.delivery?.posts ?? 0,
            retries: progress.delivery?.retries ?? 0, seconds: seconds,
            ledgerCreated: settings.purpose == .check ? false : ledger.wasCreated,
            findings: progress.staged.findings + refused.prefix(StagedRun.listedFindings - listed),
            findingsTotal: progress.staged.findingsTotal + files.reduce(0) { $0 + $1.counts[.refused] },
            isAbandoned: progress.staged.isAbandoned,
            heldRows: heldRows,
            toDos: toDos,
            findingsKnown: progress.staged.findingsKnown + refused.count { $0.isKnown },
            findingsNew: progress.staged.findingsNew + refused.count { !$0.isKnown },
            doubtsKnown: progress.staged.totals[.inDoubt],
            lookUpsNeeded: progress.lookUpEnd == nil ? progress.staged.lookUpsNeeded : 0,
            stopped: ending.map { $0.adding(progress.overdue) } ?? RunStop(progress.overdue),
            end: progress.delivery?.end, failure: progress.failure)
        summary.exit = exit(of: summary, progress)
        do {
            try await ledger.finish(
                Ledger.Ending(
                    exit: summary.status.rawValue, seconds: seconds, batches: summary.batches,
                    posts: summary.posts,
                    retries: summary.retries,
                    findingsTotal: summary.findingsTotal, findingsNew: summary.findingsNew,
                    findingsKnown: summary.findingsKnown, doubtsKnown: summary.doubtsKnown,
                    stopped: summary.stopped,
                    counts: Dictionary(
                        zip(progress.staged.files.map(\.id), files.map(\.counts)),
                        uniquingKeysWith: { first, _ in first }),
                    rejects: zip(progress.staged.files, files).map { ($0.id, $1.rejects, $1.rejectsError) }))
        } catch {
            summary.failure = summary.failure ?? LedgerError(error, path: ledger.path)
            summary.exit = exit(of: summary, progress)
        }
        // Last, so that a copy that has to be made has everything.
        if let failure = await ledger.keepOutcomes() {
            summary.failure = failure
            summary.exit = exit(of: summary, progress)
        }
        // An inbox's files are taken by age, and told by name.
        let order = Dictionary(zip(progress.names, 0...), uniquingKeysWith: { first, _ in first })
        summary.files.sort { order[$0.name] ?? 0 < order[$1.name] ?? 0 }
        return summary
    }

    /// Tells of the rows that were valid and are refused, as of any other that needs somebody.
    ///
    /// - Returns: the first of them.
    private func listRefused(_ progress: Progress, _ files: [RunReport.File], _ ledger: Ledger) async
        -> [FileFinding]
    {
        guard files.contains(where: { $0.counts[.refused] > 0 }), let first = progress.staged.files.first?.id,
            let last = progress.staged.files.last?.id
        else { return [] }
        var listed: [FileFinding] = []
        do {
            for try await findings in ledger.refusedFindings(ofFiles: first...last) {
                for finding in findings { events(.found(finding)) }
                listed += findings.prefix(StagedRun.listedFindings - listed.count)
            }
        } catch {
            // Their counts are known all the same.
        }
        return listed
    }

    private func writeRejects(_ progress: Progress, _ files: inout [RunReport.File], _ ledger: Ledger) async {
        let writer = RejectsWriter(settings, ledger: ledger)
        let staged = progress.staged.files
        func hasRejects(_ file: RunReport.File) -> Bool { file.counts[.invalid] + file.counts[.refused] > 0 }
        if progress.inputs.isEmpty {
            // What `resume` took up shares one file: its rows came from the ledger.
            guard let first = staged.first?.id, let last = staged.last?.id else { return }
            let written = await writer.write(
                staged: first...last, hasRejects: files.contains(where: hasRejects), nil)
            for index in files.indices where hasRejects(files[index]) {
                files[index].rejects = written.name
                files[index].rejectsError = written.error
            }
            return
        }
        for (index, input) in progress.inputs.enumerated()
        where index < staged.count && staged[index].error.map(\.isSetAside) ?? true {
            let id = staged[index].id
            let written = await writer.write(staged: id...id, hasRejects: hasRejects(files[index]), input)
            files[index].rejects = written.name
            files[index].rejectsError = written.error
        }
    }

    /// Moves the inbox's files to where they belong now. What a killed run did not move is imported again, finds
    /// everything created already, and is moved then.
    private func emptyInbox(_ progress: Progress, _ files: inout [RunReport.File], _ ledger: Ledger) async {
        guard let inbox = settings.inbox, settings.purpose == .post, settings.ledger != .temporary,
            !progress.staged.isAbandoned || progress.staged.isStopped, progress.lookUpEnd == nil
        else { return }
        let mover = InboxMover(inbox: inbox)
        for (index, input) in progress.inputs.enumerated() where files.indices.contains(index) {
            // Of a run that stopped itself, only what stopped it leaves: the others are imported the next time.
            if progress.staged.isStopped, files[index].problem == nil, files[index].counts[.invalid] == 0 {
                continue
            }
            let rejects = files[index].rejects
            mover.move(&files[index], input, stoppedRun: progress.staged.isStopped)
            // One that was moved is a person's now: it is neither replaced nor removed.
            if let rejects, rejects != files[index].rejects {
                try? await ledger.forgetRejects(
                    at: RejectsPlace(beside: input.name).absoluteFolder() + "/"
                        + PathParts(rejects).name)
            }
        }
    }

    /// What should have come into the inbox and did not. A run that was told to stop judges nothing.
    private func overdue(_ progress: Progress, _ ledger: Ledger) async -> [OverdueFile] {
        guard let expected = settings.expected, settings.inbox != nil, settings.purpose == .post,
            settings.ledger != .temporary, !progress.isInterrupted
        else { return [] }
        let own = progress.staged.files.map {
            ArrivedFile(
                ImportedFile($0, started: progress.started, isAbandoned: progress.staged.isAbandoned))
        }
        // Where the ledger can't say, the run ends with what it knows: the next one asks again.
        return (try? await expected.overdue(in: ledger, exceptRun: progress.run, own: own)) ?? []
    }

    private func exit(of summary: RunReport, _ progress: Progress) -> ExitStatus {
        let isInterrupted = progress.isInterrupted
        var statuses: [ExitStatus] = []
        let totals = summary.totals
        if let failure = summary.failure {
            statuses.append(failure.code == .held ? .ledgerLocked : .ledgerUnusable)
        }
        if isInterrupted || summary.end == .interrupted && summary.open > 0 {
            statuses.append(stop.requested == SIGTERM ? .terminated : .interrupted)
        }
        let unread = summary.files.compactMap(\.problem).filter { !$0.isSetAside }
        if !unread.isEmpty {
            // An option that fits no file at all is a mistake in the option.
            let isUsage =
                unread.count == summary.files.count
                && unread.allSatisfy { $0.code == InputError.Code.unknownRuleColumn.rawValue }
            statuses.append(isUsage ? .wrongUsage : .unreadableInput)
        }
        if totals[.invalid] + totals[.refused] + summary.toDos.new > 0 { statuses.append(.rowsRejected) }
        if !progress.overdue.isEmpty { statuses.append(.unfinished) }
        switch progress.lookUpEnd {
        case .credentialsRefused: statuses.append(.credentialsRefused)
        case .unreachable, .wrongService: statuses.append(.unfinished)
        case .cancelled, nil: break
        }
        if !summary.isAbandoned {
            if totals[.inDoubt] > 0 { statuses.append(.inDoubt) }
            if case .credentialsRefused = summary.end { statuses.append(.credentialsRefused) }
            if summary.open > 0 { statuses.append(.unfinished) }
        }
        return ExitStatus.combined(statuses)
    }

    /// Checks what posting depends on, as far as that goes before something is to be posted.
    private func checkClient() throws {
        switch settings.purpose {
        case .post: try settings.clientConfiguration.check()
        // What would be posted by these settings is shown: those that no run could use are said.
        case .dryRun: try settings.clientConfiguration.checkValues()
        case .check: break
        }
    }

    private func openLedger() async throws -> Ledger {
        switch settings.ledger {
        case .temporary: try await Ledger.temporary()
        case .file(let path, let mustExist, let wait):
            try await Ledger.open(path, mustExist: mustExist, lockWait: wait) { [stop] in stop.isRequested }
        }
    }
}
