import AppointmentRows
import AppointmentImport
import SystemFiles

/// One line of the log, before it has a form.
struct LogEntry: Sendable {
    /// A stable word: `settled`.
    var event: String
    var level: DiagnosticLevel
    /// For people: not escaped.
    var message: String
    /// For programs: what else is known, in order.
    var members: [(String, JSONOutput)] = []
    var time = Date()

    /// `2026-11-23T22:46:02.123Z stimport: info: run 3 began`
    var text: String {
        "\(LedgerTime.stamp(time)) stimport: \(plain)"
    }

    /// For the journal, which has a time of its own: `<6>run 3 began`.
    var journal: String {
        "<\(level.rawValue)>" + plain
    }

    private var plain: String {
        "\(level.name): " + TerminalText.escaped(message)
    }

    /// One JSON object on one line.
    func json(run: Int?) -> String {
        var all: [(String, JSONOutput)] = [
            ("time", .text(LedgerTime.stamp(time))), ("level", .text(level.name)), ("event", .text(event)),
        ]
        if let run { all.append(("run", .integer(run))) }
        return JSONOutput.object(all + members + [("message", .text(message))]).line
    }
}
