import AppointmentImport
import AppointmentLedger
import AppointmentRows
import SecurityTrax

/// `stimport reconcile REPORT.csv`: a report that SecurityTrax exported against the ledger. What it proposes it takes
/// only where a person says so: at its question, or with `--yes`.
enum ReconcileCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let console = context.console
        let name = context.invocation.operands[0]
        let options = try Self.options(context.invocation, settings)
        var rules = Reconciliation.Rules()
        rules.namedTechnicians = Set(options.roster?.entries.map(\.id) ?? [])
        rules.customerZone = Self.customerZone(context.invocation, settings)
        (rules.from, rules.until) = try Self.days(settings)
        do {
            let file = try InputFile(name)
            let report = try ReportedVisits(file, options: options)
            let ledger = try await Ledger.read(settings.ledgerPath)
            try await context.console.warn(of: ledger)
            try await Self.refuseOwn(report, file, name, ledger, settings)
            let endpoint = try await Self.endpoint(ledger, settings)
            var result = Reconciliation(
                report.visits, unread: report.unread, rules: rules, saved: file.saved)
            let isText = settings.format == .text
            try await result.compare(
                ledger, at: endpoint,
                listing: isText && !settings.verbose ? ReconciliationReport.listed : nil)
            let view = ReconciliationReport(
                result, of: report, file: name, ledger: ledger, endpoint: endpoint,
                viewerZone: options.timeZone, next: settings.nextSteps)
            let words = result.words
            let isAsking = isText && !settings.yes && Question.canBeAsked && !words.isEmpty
            var isTaken = settings.yes && !words.isEmpty
            if isText, !settings.quiet || isAsking || result.status() != .success || !report.unread.isEmpty {
                try await view.writeText(
                    console.textStyle, isWhole: settings.verbose, isTaken: isTaken || isAsking
                ) { console.text(TerminalText.escaped($0)) }
            }
            if isAsking {
                let count = words.resolutions.count
                isTaken = Question(console).isYes(
                    "Take \(count == 1 ? "this visit" : "these \(grouped(count)) visits") as created, as the report has \(count == 1 ? "it" : "them")?"
                )
                if !isTaken { console.text("Nothing was changed.") }
            }
            if isTaken {
                let writing = try await Ledger.openSettled(
                    settings.ledgerPath, lockWait: settings.waitForLock ?? .zero)
                try await writing.take(
                    words, by: Decision(who: CurrentUser.name, note: "the report \(name) has it"),
                    evenIfRecent: false)
                if isText, !settings.quiet {
                    let taken = try await WordsTaken(
                        words, customers: result.proposedCustomers, writing, next: settings.nextSteps)
                    for line in taken.lines { console.text(TerminalText.escaped(line)) }
                }
            }
            if settings.format == .json {
                try await view.writeJSON(taken: isTaken ? words.resolutions.count : 0) { console.write($0) }
            } else if settings.format == .csv {
                try await view.writeCSV(isForSpreadsheet: settings.excel) { console.writeData($0) }
            }
            return result.status(isTaken: isTaken)
        } catch let error as InputError {
            throw CommandFailure(.unreadableInput, "\(name): \(error.message)", fix: error.fix)
        }
    }

    /// Refuses what says what the ledger says, and not what SecurityTrax has: it would prove whatever is in doubt.
    private static func refuseOwn(
        _ report: ReportedVisits, _ file: InputFile, _ name: String, _ ledger: Ledger, _ settings: Settings
    ) async throws {
        let what = TerminalText.escaped(name)
        let export = "export a report of the appointments from SecurityTrax, and compare that"
        switch OwnList(header: report.header) {
        case .verdicts:
            let resolve = settings.nextSteps.command("resolve", name)
            throw CommandFailure(
                .unreadableInput,
                "\(what) is a list that stimport wrote: it says what the ledger says, not what SecurityTrax has",
                fix: "\(export); what somebody filled into its column verdict is taken by \(resolve)")
        case .rows:
            throw CommandFailure(
                .unreadableInput,
                "\(what) is a list that stimport wrote: it says what the ledger says, not what SecurityTrax has",
                fix: export)
        case nil: break
        }
        if let digest = file.digest(), let known = try await ledger.importOfFile(digest: digest) {
            throw CommandFailure(
                .unreadableInput,
                "\(what) is, byte for byte, the file \(ValueParser.quoted(known.name)) that run \(known.run) imported: it says what was to be sent, not what SecurityTrax has",
                fix: export)
        }
    }

    /// How the report is read. What a settings file says of the files that are imported does not hold for it.
    private static func options(_ invocation: Invocation, _ settings: Settings) throws(UsageError)
        -> ReadingOptions
    {
        let table = FlagTable.shared
        var options = try settings.readingOptions()
        if !invocation.has(table.delimiter.flag) { options.delimiter = nil }
        if !invocation.has(table.encoding.flag) { options.encoding = nil }
        if !invocation.has(table.columns.flag) { options.columns = nil }
        if !invocation.has(table.map.flag) { options.columnMap = [:] }
        if !invocation.has(table.identityColumn.flag) { options.identityColumn = nil }
        if !invocation.has(table.dateOrder.flag) { options.givenDateOrder = nil }
        // The settings' zone is the customers': the viewer's is what somebody says of this report.
        if !invocation.has(table.timeZone.flag) { options.timeZone = nil }
        // Nor do the layouts of the files that are imported.
        options.layouts = []
        return options
    }

    /// The customers' zone: as it was said for this, or as the settings have it for imports.
    private static func customerZone(_ invocation: Invocation, _ settings: Settings) -> ZoneRule? {
        if let zone = settings.customerZone { return zone }
        return invocation.has(FlagTable.shared.timeZone.flag) ? nil : settings.timeZone
    }

    /// The first moment of the days that the report covers, and the one after the last.
    private static func days(_ settings: Settings) throws(UsageError) -> (LocalTime?, LocalTime?) {
        let first = try settings.from?.midnight(settings.dateOrder, of: "--from")
        let last = try settings.to?.midnight(settings.dateOrder, of: "--to")
        if let first, let last, last < first {
            throw UsageError("--to lies before --from", fix: "give the earlier day with --from")
        }
        return (first, last.map { LocalTime(minutes: $0.minutes + 1_440) })
    }

    /// Whose report it is: the site that was named, or the only one that the ledger knows.
    private static func endpoint(_ ledger: Ledger, _ settings: Settings) async throws -> String {
        let known = try await ledger.endpointsWithVisits()
        let list = known.joined(separator: ", ")
        if let endpoint = try settings.resolvedEndpoint() {
            if known.contains(endpoint.identity) || known.isEmpty { return endpoint.identity }
            throw UsageError(
                "the ledger has no appointment at \(endpoint.identity)",
                fix: "name the site that the report is of, with --site or --endpoint; the ledger has \(list)")
        }
        guard known.count <= 1 else {
            throw UsageError(
                "the ledger has appointments of several sites: \(list)",
                fix: "name the one that the report is of, with --site or --endpoint")
        }
        return known.first ?? ""
    }
}
