import SystemFiles
package import AppointmentLedger
import SecurityTrax

/// All that needs a person as a work list: a block for each, with what is known of it, what to look for and where, and
/// the next command.
package struct ReviewText {
    private static let nameWidth = 14

    private let width: Int?
    private let next: NextSteps

    /// - Parameters:
    ///   - style: how wide lines may become.
    ///   - next: how commands are typed.
    package init(_ style: TextStyle, next: NextSteps) {
        width = style.width
        self.next = next
    }

    /// All of the list; not escaped.
    package func lines(_ items: ReviewItems) -> [String] {
        let loud = items.loud
        var parts = [doubts(loud.doubts), held(loud.held), toDos(loud.toDos)].filter { !$0.isEmpty }
        if parts.isEmpty { parts = [["Nothing is in doubt."]] }
        if items.quietCount > 0 {
            let until = items.quietUntil.map { LedgerTime.local($0) } ?? ""
            parts.append(
                wrapped(
                    "\(grouped(items.quietCount)) more kept quiet, the first until \(until): review --all lists them."
                ))
        }
        return Array(parts.joined(separator: [""]))
    }

    private func held(_ runs: [HeldRun]) -> [String] {
        guard !runs.isEmpty else { return [] }
        var lines = wrapped(
            "\(counted(runs.count, "run")) held before the first post: nothing of \(runs.count == 1 ? "it" : "them") is posted until somebody says."
        )
        for run in runs {
            lines += [""] + wrapped("run \(run.run): \(counted(run.count, "appointment"))")
            lines += item("held", "\(LedgerTime.local(run.held)) (\(LedgerTime.age(run.held)))")
            lines += item("because", run.reason)
            lines += item("files", run.files.joined(separator: ", "))
            lines += item("look at", next.command("report", "--run", String(run.run)))
            lines += item(
                "it is right",
                "\(next.approval(ofRun: run.run)), then \(next.command("resume"))"
            )
            lines += item("it is wrong", next.withdrawal(ofRun: run.run))
        }
        return lines
    }

    private func toDos(_ toDos: [ToDo]) -> [String] {
        guard !toDos.isEmpty else { return [] }
        var lines = wrapped(
            "\(counted(toDos.count, "visit")) to be changed by hand in SecurityTrax, which no interface can:")
        for toDo in toDos { lines += [""] + block(toDo) }
        lines += [""]
        lines += commands([
            (
                next.command("resolve", "--done", "ID", "--note", "TEXT"),
                "it is done (several: 31 32, or 31-35)"
            ),
            (next.command("resolve", "--quiet-until", "DAY", "ID"), "not now"),
        ])
        return lines
    }

    /// Something to do by hand; not escaped.
    package func block(_ toDo: ToDo) -> [String] {
        let visit = toDo.visit.appointment
        let words = ToDoText(toDo)
        var lines = wrapped("\(toDo.visit.id): customer \(visit.customerID), \(VisitText(visit).window)")
        lines += item("what", VisitText(visit).work)
        lines += item(
            "news", "\(words.news) (\(words.place), since run \(toDo.run), \(LedgerTime.age(toDo.opened)))")
        lines += item("to do", words.action)
        return lines + places(toDo.visit.endpoint, visit.customerID)
    }

    private func doubts(_ doubts: [DoubtfulAppointment]) -> [String] {
        guard !doubts.isEmpty else { return [] }
        let subject = doubts.count == 1 ? "it" : "them"
        var lines = wrapped(
            "\(counted(doubts.count, "visit")) in doubt: SecurityTrax may or may not have \(subject). Nothing is posted again until somebody says."
        )
        for doubt in doubts { lines += [""] + block(doubt) }
        lines += [""] + wrapped("Look each of them up in SecurityTrax, then say what you found:")
        lines += commands([
            (next.command("resolve"), "asks about one after the other"),
            (next.command("resolve", "--created", "ID"), "it is there (several: 31 32, or 31-35)"),
            (next.command("resolve", "--not-created", "ID"), "it is not: it will be posted again"),
            (
                next.command("review", "--csv", "FILE"),
                "for many: fill in the verdicts, then \(next.command("resolve", "FILE"))"
            ),
            (
                next.command("reconcile", "REPORT.csv"),
                "for many: compares a report that SecurityTrax exported"
            ),
        ])
        lines += wrapped(
            "The portal shows times in its viewer's time zone; a visit's times here are the customer's.")
        return lines
    }

    /// One visit; not escaped.
    package func block(_ doubt: DoubtfulAppointment) -> [String] {
        let visit = doubt.appointment
        let words = VisitText(visit)
        var lines = wrapped("\(doubt.id): customer \(visit.customerID), \(words.window)")
        lines += item("what", words.work)
        if !visit.notes.isEmpty { lines += item("notes", Self.shortened(visit.notes)) }
        lines += item("lost", "\(Self.posted(doubt)): \(doubt.reason)")
        lines += item("from", "line \(doubt.line) of \(doubt.file)")
        lines += item("look for", Self.evidence(doubt))
        return lines + places(doubt.endpoint, visit.customerID)
    }

    private func places(_ endpoint: String, _ customer: Int64) -> [String] {
        guard let portal = Portal(identity: endpoint) else {
            return item("look at", "the customer's appointments and history at \(endpoint)")
        }
        // Never broken: an address is to be clicked on or copied.
        return [
            Self.named("appointments", portal.appointments(of: customer)),
            Self.named("history", portal.history(of: customer)),
        ]
    }

    private static func posted(_ doubt: DoubtfulAppointment) -> String {
        guard doubt.sent > 0 else { return "not known when, or whether, it was posted" }
        return
            "posted \(LedgerTime.local(doubt.sent)) (\(LedgerTime.age(doubt.sent))) with batch \(doubt.batch) of run \(doubt.run)"
    }

    private static func evidence(_ doubt: DoubtfulAppointment) -> String {
        let start = "an appointment that starts \(doubt.appointment.start.wire) by the customer's clock"
        guard doubt.sent > 0 else { return start }
        let utc = LedgerTime.local(doubt.sent, zone: .utc)
        // The minute: the server's clock need not agree with ours to the second.
        return
            "\(start); in the history, one created at about \(LedgerTime.local(doubt.sent).prefix(16)) here, \(utc.prefix(16)) UTC"
    }

    private static func shortened(_ text: String) -> String {
        let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return flat.count > 100 ? "\(flat.prefix(100))…" : flat
    }

    // MARK: Lines

    private func item(_ name: String, _ text: String) -> [String] {
        let indent = String(repeating: " ", count: 4 + Self.nameWidth)
        let lines = width.map { TextWrap.lines(text, width: max(20, $0 - indent.count)) } ?? [text]
        return lines.enumerated().map { $0 == 0 ? Self.named(name, $1) : indent + $1 }
    }

    private static func named(_ name: String, _ text: String) -> String {
        "    " + name + String(repeating: " ", count: max(1, nameWidth - name.count)) + text
    }

    private func commands(_ commands: [(command: String, meaning: String)]) -> [String] {
        let longest = commands.map(\.command.count).max() ?? 0
        return commands.flatMap { command, meaning -> [String] in
            let line = "  " + command + String(repeating: " ", count: longest - command.count + 2) + meaning
            guard let width, DisplayWidth.of(line) > width else { return [line] }
            return ["  " + command]
                + TextWrap.lines(meaning, width: max(20, width - 6)).map { "      " + $0 }
        }
    }

    private func wrapped(_ text: String) -> [String] {
        width.map { TextWrap.lines(text, width: max(20, $0)) } ?? [text]
    }
}
