import AppointmentRows
import AppointmentImport
import AppointmentLedger
import Foundation
import SecurityTrax

/// `stimport find`: everything that the ledger knows of a customer, a sender's number, a technician or a day.
enum FindCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let search = try search(context.invocation.operands, settings)
        let ledger = try await Ledger.read(settings.ledgerPath)
        var unnamed = Set(search.words)
        var count = 0
        var listed: [FoundAppointment] = []
        var hasPages = false
        if settings.format == .csv { context.console.writeData(try FoundReport.csvHeader()) }
        for try await found in ledger.appointments(matching: search) {
            count += found.count
            for found in found {
                unnamed = unnamed.filter { !found.isNamed($0) }
                hasPages = hasPages || Endpoint.site(ofIdentity: found.endpoint) != nil
            }
            switch settings.format {
            case .json: listed += found
            case .csv: context.console.writeData(try FoundReport.csv(found))
            default:
                for line in found.flatMap(FoundReport.lines) {
                    context.console.text(TerminalText.escaped(line))
                }
            }
        }
        let unknown = search.words.filter(unnamed.contains)
        if settings.format == .json {
            context.console.line(FoundReport.json(listed, unknown: unknown).pretty)
        } else {
            tell(unknown: unknown, count: count, hasPages: hasPages, context.console, settings)
        }
        return count == 0 || !unknown.isEmpty ? .rowsRejected : .success
    }

    private static func tell(
        unknown: [String], count: Int, hasPages: Bool, _ console: Console, _ settings: Settings
    ) {
        // A result for a program holds nothing but rows.
        let stream: Console.Stream = settings.format == .csv ? .diagnostics : .output
        for word in unknown {
            console.text("The ledger has no such appointment of \(TerminalText.escaped(word)).", to: stream)
        }
        if count == 0, unknown.isEmpty { console.text("The ledger has no such appointment.", to: stream) }
        if hasPages, settings.format != .csv {
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
        search.states =
            try settings.state?.states(
                of: "appointment", among: AppointmentState.allCases, \.name) ?? []
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
