import AppointmentLedger
import AppointmentRows
import AppointmentImport
import SecurityTrax
import SystemFiles

/// `stimport review`: all that needs a person: doubts, held runs, and what is to be done by hand.
enum ReviewCommand: Subcommand {
    static func run(_ context: CommandContext) async throws -> ExitStatus {
        let settings = try context.resolveSettings()
        let console = context.console
        if let path = settings.csv, path != "-" {
            try settings.checkOutputs(of: .review, others: [("--csv", path)])
        }
        let ledger = try await Ledger.read(settings.ledgerPath)
        try await console.warn(of: ledger)
        var items = try await ReviewItems(of: ledger)
        if settings.all { items.listQuiet() }
        if let path = settings.csv {
            let bytes = try ReviewList.csv(items, time: { LedgerTime.iso($0) })
            if path == "-" {
                console.writeData(bytes)
            } else {
                try write(bytes, to: path)
                if !settings.quiet {
                    console.text(
                        "\(counted(items.count, "line")) written to \(TerminalText.escaped(path)). Fill in the column verdict (created or not-created, approve for a held run, done for what is to be done by hand), then: \(TerminalText.escaped(settings.nextSteps.command("resolve", path)))",
                        to: .diagnostics)
                }
            }
        }
        if settings.format == .json {
            console.line(json(items).pretty)
        } else if settings.csv == nil, !settings.quiet || !items.loud.isEmpty {
            let text = ReviewText(
                console.textStyle, next: settings.nextSteps)
            for line in text.lines(items) { console.text(TerminalText.escaped(line)) }
            let posting = try await ledger.posting()
            if posting > 0 {
                console.text(beingPosted(posting))
            }
        }
        return .success
    }

    private static func json(_ items: ReviewItems) -> JSONOutput {
        .object([
            ("version", .integer(1)),
            ("in_doubt", .integer(items.doubts.count)),
            ("held", .array(items.held.map(\.json))),
            ("to_do", .array(items.toDos.map(\.json))),
            (
                "appointments",
                .array(
                    items.doubts.map { appointment in
                        .object(
                            [
                                ("id", .integer(appointment.id)), ("batch", .integer(appointment.batch)),
                                ("sent", .text(LedgerTime.iso(appointment.sent))),
                                ("reason", .text(appointment.reason)), ("file", .text(appointment.file)),
                                ("line", .integer(appointment.line)), ("run", .integer(appointment.run)),
                            ]
                                + zip(AppointmentField.allCases, appointment.columns).map {
                                    ($0.name, .text($1))
                                } + [
                                    ("endpoint", .text(appointment.endpoint)), ("links", links(appointment)),
                                ]
                        )
                    })
            ),
        ])
    }

    private static func links(_ doubt: DoubtfulAppointment) -> JSONOutput {
        .array(
            Portal.pages(of: doubt.appointment.customerID, at: doubt.endpoint).map { .text($0) })
    }

    /// The list holds customers' data: only its owner may read it. A list that was
    /// filled in already is not written over.
    private static func write(_ bytes: [UInt8], to path: String) throws {
        do throws(SystemError) {
            try NewFile.write(bytes, to: path)
        } catch {
            throw UsageError(
                error.code == EEXIST
                    ? "\(path) is there already" : "\(path) can't be written: \(error.reason)",
                fix: error.code == EEXIST ? "name another file, or remove it first" : "name another file")
        }
    }
}
