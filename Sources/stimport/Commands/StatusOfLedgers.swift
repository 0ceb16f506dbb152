import AppointmentImport
import AppointmentLedger

/// `stimport status` with a line for each ledger: several ledgers, or a form that is a table.
enum StatusOfLedgers {
    static func show(_ context: CommandContext, _ settings: Settings) async throws -> ExitStatus {
        let console = context.console
        guard settings.run == nil else {
            throw UsageError(
                "--run names a run of one ledger, in the form text or json",
                fix: "give one --ledger, or leave --run out")
        }
        var entries: [LedgersStatus.Entry] = []
        for path in try settings.ledgerPaths {
            do {
                let next = settings.hasSeveralLedgers ? settings.nextSteps(ledger: path) : settings.nextSteps
                let (status, health) = try await StatusCommand.read(
                    try await StatusCommand.open(path, settings), settings, next: next)
                entries.append(LedgersStatus.Entry(ledger: path, status: status, health: health))
            } catch {
                guard settings.hasSeveralLedgers else { throw error }
                // The others are asked all the same.
                let exit = console.tell(error)
                entries.append(
                    LedgersStatus.Entry(
                        ledger: path, failure: (exit, CommandFailure(any: error).message)))
            }
        }
        let report = LedgersStatus(entries, isChecked: settings.check != nil)
        switch settings.format {
        case .json: console.line(report.json.pretty)
        case .csv: console.writeData(try report.csv())
        default:
            guard !settings.quiet else { break }
            // First, where a monitor shows one line.
            if let health = report.health { console.text(health.text) }
            for line in report.lines(console.textStyle) { console.text(line) }
            guard settings.verbose else { break }
            for entry in entries {
                guard let status = entry.status else { continue }
                console.line("\n\(TerminalText.escaped(entry.ledger)):")
                for line in status.lines { console.text(line) }
            }
        }
        return report.exit
    }
}
