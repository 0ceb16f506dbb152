import AppointmentImport
import AppointmentLedger
import SystemFiles

/// The questions of `stimport resolve` without arguments: one visit in doubt after the other, then what is to be done by
/// hand. It changes nothing.
struct ResolveDialogue {
    /// What somebody said of one visit.
    private enum Answer {
        case created, notCreated, skip, quit

        init?(_ text: String) {
            switch text {
            case "c", "created": self = .created
            case "n", "not created", "not-created", "not": self = .notCreated
            // Whoever only presses Return has said nothing of the visit.
            case "", "s", "skip": self = .skip
            case "q", "quit": self = .quit
            default: return nil
            }
        }
    }

    private let console: Console
    private let text: ReviewText
    /// Whether "not created" counts within minutes of the post (`--now`).
    private let isEarlyAllowed: Bool

    init(_ console: Console, _ settings: Settings) {
        self.console = console
        text = ReviewText(
            console.textStyle(of: .diagnostics), next: settings.nextSteps)
        isEarlyAllowed = settings.now
    }

    /// Shows each visit and asks what became of it.
    ///
    /// - Returns: what was said, with the batch that each visit was in doubt with when it was shown.
    /// - Throws: `UsageError` where the input ends before the last answer: nothing is to be changed then.
    func ask(_ items: ReviewItems) throws(UsageError) -> PersonsWords {
        var words = PersonsWords()
        guard try askDoubts(items.doubts, &words), !items.toDos.isEmpty else { return words }
        tell("")
        tell("\(counted(items.toDos.count, "visit")) to be changed by hand in SecurityTrax.")
        tell("d: it is done. s or Return: not yet. q: ask no more.")
        for (index, toDo) in items.toDos.enumerated() {
            tell("")
            for line in text.block(toDo) { tell(line) }
            switch try isDone(toDo, "\(index + 1) of \(items.toDos.count)") {
            case true?: words.done.append((toDo.visit.id, toDo.number))
            case false?: break
            case nil: return words
            }
        }
        return words
    }

    /// - Returns: whether it was done; nil where nothing more is to be asked.
    private func isDone(_ toDo: ToDo, _ place: String) throws(UsageError) -> Bool? {
        while true {
            switch try typed("\(toDo.visit.id) (\(place)): done by hand? [d/S/q]") {
            case "d", "done", "y", "yes": return true
            case "", "s", "skip", "n", "no": return false
            case "q", "quit": return nil
            default: tell("Please answer d, s or q.")
            }
        }
    }

    /// - Returns: false where nothing more is to be asked.
    private func askDoubts(
        _ doubts: [DoubtfulAppointment], _ words: inout PersonsWords
    ) throws(UsageError) -> Bool {
        guard !doubts.isEmpty else { return true }
        tell("\(counted(doubts.count, "visit")) in doubt. Nothing is changed before all are shown again.")
        tell("c: it is in SecurityTrax. n: it is not. s or Return: leave it in doubt. q: ask no more.")
        for (index, doubt) in doubts.enumerated() {
            tell("")
            for line in text.block(doubt) { tell(line) }
            switch try answer(doubt, "\(index + 1) of \(doubts.count)") {
            case .created: words.resolutions.append((doubt.id, doubt.batch, .created))
            case .notCreated: words.resolutions.append((doubt.id, doubt.batch, .notCreated))
            case .skip: break
            case .quit: return false
            }
        }
        return true
    }

    private func typed(_ question: String) throws(UsageError) -> String {
        guard let text = Question(console).answer(question) else {
            console.line("", to: .diagnostics)
            throw UsageError("nothing was changed", fix: "answer q to keep what was said so far")
        }
        return text
    }

    private func answer(_ doubt: DoubtfulAppointment, _ place: String) throws(UsageError) -> Answer {
        while true {
            let text = try typed("\(doubt.id) (\(place)): created, not created or skip? [c/n/S/q]")
            guard let answer = Answer(text) else {
                tell("Please answer c, n, s or q.")
                continue
            }
            if answer == .notCreated, !isEarlyAllowed, isRecent(doubt) {
                tell(
                    "It was posted less than \(DoubtfulAppointment.settlingMinutes) minutes ago: SecurityTrax may still be working on it. Leave it in doubt and look again later; stimport resolve --now takes the word at once."
                )
                continue
            }
            return answer
        }
    }

    private func isRecent(_ doubt: DoubtfulAppointment) -> Bool {
        Double(Date().milliseconds - doubt.sent)
            < Double(DoubtfulAppointment.settlingMinutes) * 60_000
    }

    /// The questions go through the terminal, wherever the result goes.
    private func tell(_ line: String) {
        console.text(TerminalText.escaped(line), to: .diagnostics)
    }
}
