import AppointmentLedger
import AppointmentRows
import AppointmentImport

/// Shows how a run ended: what could not be done as diagnostics, the rest as the result.
struct SummaryView {
    let console: Console
    let settings: Settings

    /// - Parameter digest: what was said of rows, whose most frequent reasons follow the table.
    func show(_ report: RunReport, _ digest: FindingsDigest) {
        for file in report.files { showTrouble(of: file) }
        if !console.isSamePlace { showReasons(report) }
        for line in SummaryText(report, console.textStyle).lines { console.text(line) }
        if report.ledgerCreated, !settings.sandbox, let path = try? settings.ledgerPath {
            console.text("a new ledger was made: \(TerminalText.escaped(path))")
        }
        for severity in [Finding.Severity.error, .refused, .skipped] {
            for reason in digest.frequent(severity) { console.text(TerminalText.escaped(reason.text)) }
        }
        if !console.isSamePlace, report.command != "check" { showWarnings(digest, report) }
        for text in digest.doubtTexts { console.text(TerminalText.escaped(text)) }
        if let stopped = report.stopped {
            // What was asked for is no error.
            switch stopped.code {
            case .firstRows, .outsideWindow, .timeRanOut, .held:
                console.warning(stopped.message, fix: stopped.fix)
            // It was said of each file.
            case .tooManyInvalid: break
            case .allOrNothing, .credentialsRefused, .wrongService, .unreachable,
                .everythingRefused, .tooMuchDoubt, .interrupted, .expectedFile:
                console.error(stopped.message, fix: stopped.fix)
            }
        }
        for line in settings.nextSteps.lines(report) { console.text(line) }
    }

    /// Why files were left out, and why the run stopped itself: diagnostics, which whoever keeps standard output
    /// alone learns from it too.
    private func showReasons(_ report: RunReport) {
        for file in report.files {
            guard let problem = file.problem else { continue }
            let kind = problem.isSetAside ? "set aside: " : ""
            console.text(
                TerminalText.escaped(
                    "\(file.name == "-" ? "standard input" : file.name): \(kind)\(problem.message)"))
        }
        if let stopped = report.stopped, stopped.code != .tooManyInvalid {
            let lead =
                switch stopped.code {
                case .expectedFile: "missing"
                case .held: "held"
                default: "stopped"
                }
            console.text(TerminalText.escaped("\(lead): \(stopped.message)"))
        }
    }

    /// How many rows are suspicious: the diagnostics say which, and a check's result has them anyway.
    private func showWarnings(_ digest: FindingsDigest, _ report: RunReport) {
        let total = digest.total(.warning)
        guard total > 0 else { return }
        let command = settings.nextSteps.showing(report)
        console.text("\(counted(total, "warning")) about these rows: \(command) shows them")
    }

    private func showTrouble(of file: RunReport.File) {
        if let problem = file.problem {
            console.error(problem.sentence(about: file.name), fix: problem.fix)
        }
        if let error = file.rejectsError {
            console.warning(
                "no rejects file for \(file.name): \(error)",
                fix:
                    "stimport report --format csv lists its rejected rows; its next import writes the file again"
            )
        }
        if let error = file.moveError {
            console.warning(
                "\(file.name) was not moved: \(error)",
                fix: file.moveFix
                    ?? "leave it there: the next run takes it again, books nothing twice, and moves it")
        }
    }
}

extension Settings {
    /// The next commands, with the options that lead them to the same ledger and the same site, as they were typed.
    var nextSteps: NextSteps { nextSteps(ledger: nil) }

    /// As above, for one of several ledgers.
    func nextSteps(ledger: String?) -> NextSteps {
        let table = FlagTable.shared
        /// The options as they were typed.
        func typed(_ flags: [Flag], orIn origins: [String] = []) -> [String] {
            flags.flatMap { flag -> [String] in
                guard let held = values[flag.name], !flag.isSecret,
                    held.origin.kind == "flag" || origins.contains(held.origin.kind)
                else { return [] }
                if case .toggle = flag.kind { return held.value as? Bool == true ? [flag.long] : [] }
                // Each of several ledgers has commands of its own.
                let texts =
                    flag.name == table.ledger.flag.name
                    ? [ledger ?? held.texts.last].compactMap { $0 } : held.texts
                return texts.flatMap { [flag.long, $0] }
            }
        }
        // Whoever types it has a shell without the variables of cron or of a unit: another ledger would book twice.
        // A rejects file has a header, whatever its input had.
        let own = [table.noHeader.flag.name, table.columns.flag.name]
        return NextSteps(
            options: typed(
                [table.config.flag, table.profile.flag, table.ledger.flag], orIn: ["variable"]),
            posting: typed([table.site.flag, table.endpoint.flag, table.postBetween.flag]),
            reading: typed(
                FlagTable.flags.filter { [.input, .rules].contains($0.section) && !own.contains($0.name) },
                orIn: ["variable"]),
            // The hours are those of that clock.
            clock: origin(\.postBetween).kind == "flag"
                ? typed([table.timeZone.flag], orIn: ["variable"]) : [])
    }
}
