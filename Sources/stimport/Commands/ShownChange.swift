import AppointmentLedger
import AppointmentImport
import SecurityTrax

/// What a person's word is about to change: shown first, asked about on a terminal, told afterwards.
struct ShownChange {
    let appointments: [LedgerAppointment]
    /// What each becomes, in words: `created`, `withdrawn`.
    let becomes: (LedgerAppointment) -> String
    /// What else a person has to know of it before it is changed, not escaped: what was to be done by hand.
    let remark: (LedgerAppointment) -> String?
    /// Held runs that are approved with it.
    let runs: [HeldRun]
    private let console: Console
    private let settings: Settings

    init(
        _ appointments: [LedgerAppointment], _ console: Console, _ settings: Settings, runs: [HeldRun] = [],
        remark: @escaping (LedgerAppointment) -> String? = { _ in nil },
        becomes: @escaping (LedgerAppointment) -> String
    ) {
        self.remark = remark
        self.appointments = appointments
        self.becomes = becomes
        self.runs = runs
        self.console = console
        self.settings = settings
    }

    /// Shows each appointment, and asks where there is somebody to ask.
    ///
    /// - Throws: `UsageError` where the answer is not yes: nothing is changed then.
    func confirm() throws(UsageError) {
        // The result of a program that is asked for JSON is the JSON alone.
        let stream: Console.Stream = settings.format == .json ? .diagnostics : .output
        if !settings.quiet { for line in lines { console.text(line, to: stream) } }
        guard !lines.isEmpty, !settings.yes, Question.canBeAsked else { return }
        // Whoever is asked has to see it, wherever the result goes.
        if settings.quiet || !console.isTerminal(stream) {
            for line in lines { console.text(line, to: .diagnostics) }
        }
        let count = appointments.count + runs.reduce(0) { $0 + $1.count }
        let subject = count == 1 ? "this appointment" : "these \(count) appointments"
        guard Question(console).isYes("Change \(subject)?") else {
            throw UsageError("nothing was changed", fix: "answer y to change what is shown")
        }
    }

    private var lines: [String] {
        appointments.map(line)
            + runs.map { run in
                TerminalText.escaped(
                    "run \(run.run): \(counted(run.count, "appointment")) of \(run.files.joined(separator: ", ")): "
                        + "held (\(run.reason)) → pending, to be posted")
            }
    }

    /// The appointments with what became of them, for a JSON result.
    var json: JSONOutput {
        .array(
            appointments.map { shown in
                .object(
                    [
                        ("id", .integer(shown.id)), ("was", .text(shown.state.words)),
                        ("is", .text(becomes(shown))),
                    ]
                        + shown.appointment.json
                        + [("file", .text(shown.file)), ("line", .integer(shown.line))])
            })
    }

    /// `17: customer 103317, 01/11/2027 9:00 to 01/11/2027 10:00, Service, technician 23, in doubt, line 4 of a.csv: created`
    private func line(_ shown: LedgerAppointment) -> String {
        let visit = shown.appointment
        return TerminalText.escaped(
            "\(shown.id): customer \(visit.customerID), \(visit.start.wire) to \(visit.end.wire), "
                + "\(VisitText(visit).work), line \(shown.line) of \(shown.file): "
                + "\(shown.state.words) → \(becomes(shown))" + (remark(shown).map { " (\($0))" } ?? ""))
    }
}
