import AppointmentRows
import AppointmentImport
import AppointmentLedger
import SystemFiles
import SecurityTrax

/// `stimport find`: everything that the ledger knows of a customer, a sender's number, a technician or a day.
enum FindCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let search = try search(context.invocation.operands, settings)
        let ledgers = try settings.ledgerPaths
        var unnamed = Set(search.words)
        var json = FoundReport.JSON()
        var failures: [(ledger: String, message: String)] = []
        var outcome = Outcome(ledgers: ledgers.count)
        if settings.format == .csv {
            context.console.writeData(try FoundReport.csvHeader(isForSpreadsheet: settings.excel))
        }
        for path in ledgers {
            do {
                let ledger = try await Ledger.read(path)
                try await context.console.warn(of: ledger)
                let name = settings.hasSeveralLedgers ? path : nil
                for try await found in ledger.appointments(matching: search) {
                    outcome.count += found.count
                    for found in found {
                        unnamed = unnamed.filter { !found.isNamed($0) }
                        outcome.hasPages =
                            outcome.hasPages || Endpoint.site(ofIdentity: found.endpoint) != nil
                    }
                    switch settings.format {
                    case .json: context.console.write(json.adding(found, in: path))
                    case .csv:
                        context.console.writeData(
                            try FoundReport.csv(found, in: path, isForSpreadsheet: settings.excel))
                    default:
                        for line in found.flatMap({ FoundReport.lines($0, in: name) }) {
                            context.console.text(TerminalText.escaped(line))
                        }
                    }
                }
                let notBooked = try await ledger.rowsNotBooked(search, limit: FoundReport.rowsNotBooked)
                json.add(notBooked, in: path)
                if settings.format == .text {
                    for line in notBooked.flatMap({ FoundReport.lines($0, in: name) }) {
                        context.console.text(line)
                    }
                }
            } catch {
                guard settings.hasSeveralLedgers else { throw error }
                // The others are asked all the same.
                outcome.failures.append(context.console.tell(error))
                failures.append((path, CommandFailure(any: error).message))
            }
        }
        outcome.unknown = search.words.filter(unnamed.contains)
        if settings.format == .json {
            context.console.write(json.end(unknown: outcome.unknown, failures: failures))
        } else {
            tell(outcome, context.console, settings)
        }
        return outcome.status
    }

    /// What a search came to.
    private struct Outcome {
        /// How many ledgers were asked.
        let ledgers: Int
        var count = 0
        var hasPages = false
        /// The words that no ledger has.
        var unknown: [String] = []
        /// What the ledgers that could not be read would end a search with.
        var failures: [ExitStatus] = []

        var status: ExitStatus {
            .combined(failures + [count == 0 || !unknown.isEmpty ? .rowsRejected : .success])
        }
    }

    private static func tell(_ outcome: Outcome, _ console: Console, _ settings: Settings) {
        // A result for a program holds nothing but rows.
        let stream: Console.Stream = settings.format == .csv ? .diagnostics : .output
        // Where none could be read, that has been said, and nothing else is known.
        guard outcome.failures.count < outcome.ledgers else { return }
        let isNothingFound = outcome.count == 0 && outcome.unknown.isEmpty
        let words: [String?] = isNothingFound ? [nil] : outcome.unknown
        for word in words {
            let what = word.map { " of \(TerminalText.escaped($0))" } ?? ""
            if outcome.ledgers == 1 {
                console.text("The ledger has no such appointment\(what).", to: stream)
            } else if outcome.failures.isEmpty {
                console.text("None of the ledgers has such an appointment\(what).", to: stream)
            } else {
                console.text(
                    "None of the ledgers that could be read has such an appointment\(what).", to: stream)
            }
        }
        if outcome.hasPages, settings.format != .csv {
            console.text("SecurityTrax shows times in its viewer's time zone; a visit's are the customer's.")
        }
    }

    // MARK: What is looked for

    private static func search(_ words: [String], _ settings: Settings) throws(UsageError)
        -> AppointmentSearch
    {
        var search = AppointmentSearch()
        search.words = words
        search.techID = settings.tech.map(Int64.init)
        search.states = try settings.state?.appointmentStates() ?? []
        if let date = settings.date {
            let day = try date.midnight(settings.dateOrder, of: "--date")
            search.start = day..<LocalTime(minutes: day.minutes + 1_440)
        }
        search.since = try settings.since?.milliseconds(settings.dateOrder)
        guard search != AppointmentSearch() else {
            throw UsageError(
                "nothing to look for was named",
                fix: "give a customer's ID or an appointment's number, or --tech, --date, --state or --since")
        }
        return search
    }
}
