import AppointmentRows
import Foundation

@testable import AppointmentImport
@testable import AppointmentLedger
@testable import SecurityTrax
@testable import stimport

extension MessageCatalogue {
    mutating func addProgress() {
        title("While a run goes on", "On the terminal, in the log, and at SIGUSR1.")
        heading("events")
        for event in Self.events { if let message = event.message { line(Self.neutral(message)) } }
        line(LogEntry.stopping.message)

        heading("what is to be done by hand, and what a person does about it")
        for toDo in Self.toDos {
            if let message = RunEvent.toDo(toDo).message { line(message) }
            line("  fix: \(ToDoText(toDo).action)")
        }

        heading("the progress line, and what SIGUSR1 prints")
        var progress = RunProgress()
        var now = 0
        func tell(_ catalogue: inout MessageCatalogue) {
            let at = Duration.seconds(now)
            let drawn = progress.lines(at: at, width: 100)
            if drawn != [""] { catalogue.lines(drawn) }
            catalogue.line(progress.sentence(at: at))
        }
        tell(&self)
        for (seconds, event) in Self.course {
            now = seconds
            progress.take(event, at: .seconds(now))
            now += 3
            tell(&self)
        }
        progress.stop()
        tell(&self)
        progress.end(at: .seconds(now))
        tell(&self)

        heading("at a second Ctrl-C")
        line(RunProgress().lastWords(NextSteps()))
        var posting = RunProgress()
        posting.take(.posting(batch: 7, rows: 50, attempt: 0), at: .zero)
        line(posting.lastWords(NextSteps(options: ["--profile", "acme"])))
    }

    private static func counts(_ states: [RowState: Int]) -> RowCounts {
        var counts = RowCounts()
        for (state, count) in states { counts[state] = count }
        return counts
    }

    private static func batch(_ outcome: String, _ states: [RowState: Int], _ reason: String?) -> RunEvent {
        .settled(
            BatchEvent(
                batch: 7, attempt: 0, outcome: outcome, status: reason == nil ? 200 : nil,
                duration: .milliseconds(160), counts: counts(states), reason: reason))
    }

    /// What is to be done by hand, in each of the ways in which a file says so.
    static var toDos: [ToDo] {
        let visit = try? MessageValue.visit()
        guard let visit else { return [] }
        var moved = visit
        moved.techID = 24
        moved.start = LocalTime(minutes: visit.start.minutes + 120)
        moved.end = LocalTime(minutes: visit.end.minutes + 120)
        let shown = LedgerAppointment(
            id: 31, state: .created, batch: 7, appointment: visit, file: "monday.csv", line: 14,
            endpoint: "secure.securitytrax.com/SITE/informationposter.php")
        func toDo(_ code: ToDoCode, _ wanted: Appointment?, _ said: String, line: Int = 14) -> ToDo {
            ToDo(
                number: 7, code: code, visit: shown, wanted: wanted, said: said, file: "tuesday.csv",
                line: line,
                run: 12, opened: 1_795_600_000_000, quietUntil: nil)
        }
        var doubtful = toDo(.moved, moved, "")
        doubtful.visit.state = .inDoubt
        return [
            toDo(.cancelled, nil, "\"Status\" says \"Cancelled\""), toDo(.moved, moved, ""), doubtful,
            toDo(.moved, visit, ""), toDo(.gone, nil, "", line: 0),
        ]
    }

    private static var course: [(Int, RunEvent)] {
        [
            (1, .began(run: 12)), (3, .reading(rows: 1_000)), (4, .staged(toPost: 400)),
            (8, .posting(batch: 7, rows: 100, attempt: 0)),
            (12, batch("answered", [.created: 98, .refused: 2], nil)),
            (14, .posting(batch: 8, rows: 100, attempt: 1)),
            (20, .paused(.seconds(30), reason: "the service answered 503")),
        ]
    }

    private static var events: [RunEvent] {
        let pending = PendingRows(
            run: 11, started: Int(Date().timeIntervalSince1970 * 1000) - 90_000_000,
            endpoint: "secure.securitytrax.com/SITE/informationposter.php", count: 12)
        return [
            .began(run: 12), .recovered(inDoubt: 1), .resuming([pending], elsewhere: []),
            .resuming([], elsewhere: [pending]),
            .remarked(file: "monday.csv", .goneNotJudged(isEmpty: false)),
            .remarked(file: "monday.csv", .goneNotJudged(1)),
            .remarked(file: "monday.csv", .goneNotJudged(2)),
            .remarked(file: "monday.csv", .goneNotJudged(isEmpty: true)),
            .remarked(file: "monday.csv", .goneBeforePosted(1)),
            .remarked(file: "monday.csv", .goneBeforePosted(3)),
            .remarked(
                file: "monday.csv",
                .goneNotJudged(because: "monday.csv: 4 rows; the last 14 Mondays: median 118, limit 50% (59)")
            ),
            .asking(questions: 12, known: 30),
            .staged(toPost: 42),
            .handshake(
                HandshakeEvent(
                    outcome: "silent", status: 200, duration: .milliseconds(80), reason: nil)),
            .handshake(
                HandshakeEvent(
                    outcome: "wrong-service", status: 404, duration: .milliseconds(80),
                    reason: "the service answered 404")),
            .posting(batch: 7, rows: 50, attempt: 0), .posting(batch: 7, rows: 50, attempt: 1),
            batch("answered", [.created: 49, .refused: 1], nil),
            batch(
                "empty-reply", [.inDoubt: 50], "no complete answer: the connection was closed without one"),
            .paused(.seconds(30), reason: "the service answered 503"), .delivered(.completed),
            .delivered(.timeRanOut), .delivered(.unreachable(reason: "the service answered 503")),
            .unsettled(batch: 7, outcome: "answered"),
        ]
    }
}
