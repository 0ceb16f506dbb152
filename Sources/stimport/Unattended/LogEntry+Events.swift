import AppointmentLedger
import AppointmentRows
import AppointmentImport

extension LogEntry {
    /// What a run tells, as an entry; nil for what only a progress line wants.
    init?(_ event: RunEvent) {
        guard let message = event.message, let kind = Kind(event) else { return nil }
        self.init(event: kind.name, level: kind.level, message: message, members: kind.members)
    }

    /// An event's word, how much it matters, and what else is known.
    private struct Kind {
        let name: String
        let level: DiagnosticLevel
        let members: [(String, JSONOutput)]

        init?(_ event: RunEvent) {
            switch event {
            case .began: (name, level, members) = ("began", .info, [])
            case .recovered(let count):
                (name, level, members) = ("recovered", .warning, [("in_doubt", .integer(count))])
            case .resuming(let pending, let elsewhere):
                (name, level) = ("resuming", .info)
                members = [
                    ("pending", .integer(pending.reduce(0) { $0 + $1.count })),
                    ("pending_elsewhere", .integer(elsewhere.reduce(0) { $0 + $1.count })),
                ]
            case .asking(let questions, let known):
                (name, level) = ("asking-customers", .info)
                members = [("questions", .integer(questions)), ("known", .integer(known))]
            case .reading, .found: return nil
            case .remarked(let file, let remark):
                (name, level) = ("remarked", .warning)
                members = [("file", .text(file)), ("code", .text(remark.code.rawValue))]
            case .toDo(let toDo):
                (name, level) = ("to-do", .warning)
                if case .object(let all) = toDo.json { members = all } else { members = [] }
            case .understood(let file, let layout):
                (name, level) = ("header-found", .info)
                members = [
                    ("file", .text(file)), ("line", layout.headerLine.map { .integer($0) } ?? .null),
                ]
            case .staged(let toPost):
                (name, level, members) = ("staged", .info, [("to_post", .integer(toPost))])
            case .handshake(let handshake):
                (name, level) = ("handshake", handshake.reason == nil ? .info : .warning)
                members =
                    [
                        ("outcome", .text(handshake.outcome)),
                        ("status", handshake.status.map { .integer($0) } ?? .null),
                        ("milliseconds", .integer(handshake.duration.inMilliseconds)),
                    ] + (handshake.reason.map { [("reason", .text($0))] } ?? [])
            case .posting(let batch, let rows, let attempt):
                (name, level) = ("posting", .debug)
                members = [
                    ("batch", .integer(batch)), ("attempt", .integer(attempt + 1)), ("rows", .integer(rows)),
                ]
            case .settled(let batch):
                (name, level, members) = ("settled", batch.isGood ? .info : .warning, Self.members(of: batch))
            case .paused(let pause, let reason, _):
                (name, level) = ("paused", .warning)
                members = [("milliseconds", .integer(pause.inMilliseconds)), ("reason", .text(reason))]
            case .delivered(let end):
                (name, level) = ("delivered", end == .completed ? .info : .warning)
                members = [("end", .text(end.word))] + (end.reason.map { [("reason", .text($0))] } ?? [])
            case .unsettled(let batch, let outcome):
                (name, level) = ("unsettled", .error)
                members = [("batch", .integer(batch)), ("outcome", .text(outcome))]
            }
        }

        private static func members(of batch: BatchEvent) -> [(String, JSONOutput)] {
            let states = RowState.shown.filter { batch.counts[$0] > 0 }
            return [
                ("batch", .integer(batch.batch)), ("attempt", .integer(batch.attempt + 1)),
                ("outcome", .text(batch.outcome)), ("status", batch.status.map { .integer($0) } ?? .null),
                ("milliseconds", .integer(batch.duration.inMilliseconds)),
            ] + states.map { ($0.name, .integer(batch.counts[$0])) }
                + (batch.reason.map { [("reason", .text($0))] } ?? [])
        }
    }

    /// The wish to stop was heard: settling may take as long as an answer does.
    static var stopping: LogEntry {
        LogEntry(
            event: "stopping", level: .warning,
            message:
                "stopping: what is being posted is settled first; a second signal ends at once and leaves it in doubt"
        )
    }

    /// One file of a run that has ended.
    init(_ file: RunReport.File, of report: RunReport) {
        let counts = file.counts
        let isBad =
            file.problem != nil || file.moveError != nil
            || [.inDoubt, .pending, .invalid, .refused].contains { counts[$0] > 0 }
        var message = "\(file.name): \(file.outcome(isOnlyValid: report.isOnlyValid(file)))"
        if let rejects = file.rejects { message += "; rejects: \(rejects)" }
        if let moved = file.movedTo { message += "; moved to \(moved)" }
        if let error = file.moveError { message += "; not moved: \(error)" }
        var members: [(String, JSONOutput)] = []
        if case .object(let all) = file.json { members = all }
        self.init(
            event: "file", level: file.problem != nil ? .error : isBad ? .warning : .info, message: message,
            members: members)
    }

    /// The end of a run.
    init(_ report: RunReport) {
        let level: DiagnosticLevel =
            switch report.status {
            case .success: .info
            case .rowsRejected, .unfinished, .interrupted, .terminated: .warning
            case .wrongUsage, .unreadableInput, .credentialsRefused, .inDoubt, .ledgerLocked, .ledgerUnusable:
                .error
            }
        let run = report.run.map { "run \($0)" } ?? "the run"
        self.init(
            event: "ended", level: level,
            message:
                "\(run) ended with \(report.status.rawValue) (\(report.words)): "
                + report.totals.sentence(isOnlyValid: report.isOnlyValid)
                + ", \(counted(report.posts, "post")), \(report.retries) repeated, \(LedgerTime.elapsed(report.seconds))"
                + (report.stopped.map { ": \($0.message)" } ?? ""),
            members: [("exit", .integer(Int(report.status.rawValue)))]
                + (report.stopped.map { [("stopped", .text($0.code.rawValue))] } ?? []) + report.totals.json
                + [
                    ("batches", .integer(report.batches)), ("posts", .integer(report.posts)),
                    ("retries", .integer(report.retries)),
                    ("milliseconds", .integer(Int(report.seconds * 1000))),
                ])
    }
}
