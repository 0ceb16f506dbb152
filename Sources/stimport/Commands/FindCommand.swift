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
        do {
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
                case .text, .html:
                    for line in found.flatMap(FoundReport.lines) {
                        context.console.line(TerminalText.escaped(line))
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
        } catch let error as LedgerError {
            throw CommandFailure(error)
        }
    }

    private static func tell(
        unknown: [String], count: Int, hasPages: Bool, _ console: Console, _ settings: Settings
    ) {
        // A result for a program holds nothing but rows.
        let stream: Console.Stream = settings.format == .csv ? .diagnostics : .output
        for word in unknown {
            console.line("The ledger has no such appointment of \(TerminalText.escaped(word)).", to: stream)
        }
        if count == 0, unknown.isEmpty { console.line("The ledger has no such appointment.", to: stream) }
        if hasPages, settings.format != .csv {
            console.line("SecurityTrax shows times in its viewer's time zone; a visit's are the customer's.")
        }
    }

    // MARK: What is looked for

    private static func search(_ words: [String], _ settings: Settings) throws(UsageError)
        -> AppointmentSearch
    {
        var search = AppointmentSearch()
        search.words = words
        search.techID = settings.tech.map(Int64.init)
        search.state = settings.state
        if let text = settings.date {
            guard let day = day(text, settings.dateOrder) else {
                throw UsageError(
                    "--date: \"\(text)\" is not a day", fix: "give for example 1/5/2027 or 2027-01-05")
            }
            search.start = day..<LocalTime(minutes: day.minutes + 1_440)
        }
        search.since = try settings.since.map { text throws(UsageError) in
            try since(text, settings.dateOrder)
        }
        guard search != AppointmentSearch() else {
            throw UsageError(
                "nothing to look for was named",
                fix: "give a customer's ID or an appointment's number, or --tech, --date, --state or --since")
        }
        return search
    }

    /// Midnight of a day: `2027-01-05`, or with slashes in the given order, month first without one.
    private static func day(_ text: String, _ order: DateOrder?) -> LocalTime? {
        let separator: Character = text.contains("/") ? "/" : "-"
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { part in
            part.utf8.allSatisfy { (48...57).contains($0) } && part.count <= 4 ? Int(part) : nil
        }
        guard parts.count == 3, numbers.count == 3 else { return nil }
        let (year, month, day) =
            if parts[0].count == 4 {
                (numbers[0], numbers[1], numbers[2])
            } else if order == .dayFirst {
                (numbers[2], numbers[1], numbers[0])
            } else {
                (numbers[2], numbers[0], numbers[1])
            }
        guard year >= 1_000 else { return nil }
        return LocalTime(year: year, month: month, day: day, hour: 0, minute: 0)
    }

    /// The milliseconds since 1970 UTC of a day's begin in the machine's zone, or of so long ago.
    private static func since(_ text: String, _ order: DateOrder?) throws(UsageError) -> Int {
        if let ago = DurationText.duration(text) {
            return Int((Date().timeIntervalSince1970 - Double(ago.components.seconds)) * 1000)
        }
        guard let day = day(text, order) else {
            throw UsageError(
                "--since: \"\(text)\" is neither a day nor a duration",
                fix: "give for example 26h, 7d, 1/5/2027 or 2027-01-05")
        }
        // The same clock time in the machine's zone, whose offset that day may be another one than today's.
        let clock = Date(timeIntervalSince1970: Double(day.minutes) * 60)
        let guess = clock.addingTimeInterval(-Double(TimeZone.current.secondsFromGMT(for: clock)))
        let exact = clock.addingTimeInterval(-Double(TimeZone.current.secondsFromGMT(for: guess)))
        return Int(exact.timeIntervalSince1970 * 1000)
    }
}
