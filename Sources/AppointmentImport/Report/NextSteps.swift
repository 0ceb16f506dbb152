import AppointmentLedger
import SystemFiles

/// What to do after a run, as commands to type.
package struct NextSteps {
    /// How many files are named one by one.
    private static let namedFiles = 3

    /// What every command needs to find the same ledger and site: as it is typed.
    private let options: [String]
    /// What a command that posts needs beside them to post to the same place.
    private let posting: [String]
    /// What reads a rejects file as its input was read.
    private let reading: [String]
    /// By which clock a resume posts between hours; what reads files says that too.
    private let clock: [String]

    /// - Parameters:
    ///   - options: the options to give to each command, such as `--ledger l.sqlite3`.
    ///   - posting: those for commands that post, such as `--endpoint URL`.
    ///   - clock: the zone of the hours among `posting`, if there are any.
    ///   - reading: those that say how files are read and what their rows may be, such as `--date-order dmy`.
    package init(
        options: [String] = [], posting: [String] = [], reading: [String] = [], clock: [String] = []
    ) {
        self.options = options
        self.posting = posting
        self.reading = reading
        self.clock = clock
    }

    /// A command as it is typed: `stimport review --ledger l.sqlite3`.
    package func command(_ words: String...) -> String { command(words) }

    /// As above.
    package func command(_ words: [String]) -> String {
        let more = words.first == "resume" ? posting + clock : []
        return (["stimport"] + words + options + more).map(ShellArgument.quoted).joined(separator: " ")
    }

    /// The import of a file that is read as the run's files were.
    private func importing(_ path: String) -> String {
        (["stimport", path] + options + posting + reading).map(ShellArgument.quoted).joined(separator: " ")
    }

    /// Shows a run again. One without a number is the last that was more than a rehearsal.
    package func showing(_ report: RunReport) -> String {
        let run = report.command == "dry-run" ? report.run.map { ["--run", String($0)] } ?? [] : []
        return command(["report"] + run)
    }

    /// Lets a held run be posted.
    package func approval(ofRun run: Int) -> String {
        command("resolve", "--run", String(run), "--approve", "--note", "TEXT")
    }

    /// Takes back what a run keeps pending, or held.
    package func withdrawal(ofRun run: Int) -> String {
        command("withdraw", "--run", String(run), "--note", "TEXT")
    }

    /// What is to be done after a run, the most urgent first.
    package func lines(_ report: RunReport) -> [String] {
        let totals = report.totals
        if report.isAbandoned {
            // A check posts nothing anyway, and a run that stopped itself has said so.
            guard report.command == "dry-run", totals[.pending] > 0 else { return [] }
            return ["Nothing was posted, and nothing will be until it is imported."]
        }
        var lines: [String] = []
        if totals[.inDoubt] > 0 {
            lines.append(
                "In doubt: SecurityTrax may or may not have \(counted(totals[.inDoubt], "appointment")). Next: \(command("review"))"
            )
        }
        for (run, count) in report.heldRows.sorted(by: { $0.key < $1.key }) {
            lines.append(
                "Held: \(counted(count, "row")) of run \(run). Next: \(approval(ofRun: run)), or \(withdrawal(ofRun: run))"
            )
        }
        if report.toDos.open > 0 {
            lines.append("To do by hand: \(counted(report.toDos.open, "visit")). Next: \(command("review"))")
        }
        if report.toResume > 0 {
            lines.append("Pending: \(counted(report.toResume, "row")). Next: \(completion(of: report))")
        }
        return lines + corrections(report)
    }

    /// How what is pending gets posted: not by starting it again at once where that does harm or can't help.
    private func completion(of report: RunReport) -> String {
        let again = "start the same command again, or \(command("resume"))"
        return switch report.stopped?.code {
        case .credentialsRefused: "correct the credentials, then \(again)"
        case .wrongService, .everythingRefused: "correct what is wrong, then \(again)"
        case .firstRows: "look at what was posted, then start the same command without --first"
        case .outsideWindow: "\(command("resume")), between those hours"
        case .allOrNothing, .tooManyInvalid, .unreachable, .tooMuchDoubt, .timeRanOut, .interrupted, .held,
            .expectedFile, nil:
            again
        }
    }

    /// Which files are to be corrected, and what then imports them.
    private func corrections(_ report: RunReport) -> [String] {
        var rejects: [String] = []
        var setAside: [String] = []
        for file in report.files where file.counts[.invalid] + file.counts[.refused] > 0 {
            if file.problem?.isSetAside == true {
                // Its rejects file lacks the valid rows, and none of them was imported.
                setAside.append(file.movedTo ?? file.name)
            } else if let path = file.rejects, !rejects.contains(path) {
                // What `resume` took up shares one file.
                rejects.append(path)
            }
        }
        var lines: [String] = []
        for path in rejects.prefix(Self.namedFiles) {
            lines.append(
                ActingCharacter.escaped(
                    "Next: correct \(path), then \(importing(path)) completes this import"))
        }
        if rejects.count > Self.namedFiles {
            lines.append("So with \(counted(rejects.count - Self.namedFiles, "more rejects file")).")
        }
        for path in setAside.prefix(Self.namedFiles) {
            lines.append(
                ActingCharacter.escaped(
                    path == "-"
                        ? "Next: correct the input, all of whose rows were set aside, and import it again"
                        : "Next: correct \(path), all of whose rows were set aside, then \(importing(path))"))
        }
        if setAside.count > Self.namedFiles {
            lines.append("So with \(counted(setAside.count - Self.namedFiles, "more file")) set aside.")
        }
        return lines
    }
}
