import AppointmentLedger
import AppointmentRows
import AppointmentImport
import Foundation

extension LogEntry {
    /// What a run tells, as an entry; nil for what only a progress line wants.
    init?(_ event: RunEvent) {
        switch event {
        case .began(let run):
            self.init(event: "began", level: .info, message: "run \(run) began")
        case .recovered(let count):
            self.init(
                event: "recovered", level: .warning,
                message:
                    "an earlier run ended without settling what it was posting: \(counted(count, "appointment")) in doubt (stimport review)",
                members: [("in_doubt", .integer(count))])
        case .resuming(let pending, let elsewhere):
            self.init(
                event: "resuming", level: .info,
                message: PendingText.lines(pending, elsewhere).joined(separator: "; "),
                members: [
                    ("pending", .integer(pending.reduce(0) { $0 + $1.count })),
                    ("pending_elsewhere", .integer(elsewhere.reduce(0) { $0 + $1.count })),
                ])
        case .reading, .found: return nil
        case .understood(let file, let layout):
            guard let remark = layout.headerRemark else { return nil }
            self.init(
                event: "header-found", level: .info, message: "\(file): \(remark)",
                members: [("file", .text(file)), ("line", layout.headerLine.map { .integer($0) } ?? .null)])
        case .staged(let toPost):
            self.init(
                event: "staged", level: .info, message: "\(counted(toPost, "appointment")) to post",
                members: [("to_post", .integer(toPost))])
        case .handshake(let handshake): self.init(handshake)
        case .posting(let batch, let rows, let attempt):
            self.init(
                event: "posting", level: .debug,
                message: "batch \(batch): posting \(counted(rows, "appointment"))"
                    + (attempt > 0 ? ", attempt \(attempt + 1)" : ""),
                members: [
                    ("batch", .integer(batch)), ("attempt", .integer(attempt + 1)), ("rows", .integer(rows)),
                ])
        case .settled(let batch): self.init(batch)
        case .paused(let pause, let reason):
            let milliseconds = Self.milliseconds(pause)
            self.init(
                event: "paused", level: .warning,
                message: "waiting \(Self.seconds(milliseconds)) before the next post: \(reason)",
                members: [("milliseconds", .integer(milliseconds)), ("reason", .text(reason))])
        case .delivered(let end):
            let isGood = end == .completed
            self.init(
                event: "delivered", level: isGood ? .info : .warning,
                message: isGood
                    ? "posting is complete: nothing of this run is pending"
                    : "posting ended: \(end.word)\(end.reason.map { ": \($0)" } ?? "")",
                members: [("end", .text(end.word))] + (end.reason.map { [("reason", .text($0))] } ?? []))
        case .unsettled(let batch, let outcome):
            self.init(
                event: "unsettled", level: .error,
                message:
                    "batch \(batch) (\(outcome)) could not be settled in the ledger: its rows will be in doubt",
                members: [("batch", .integer(batch)), ("outcome", .text(outcome))])
        }
    }

    /// A handshake's outcome.
    init(_ handshake: HandshakeEvent) {
        let milliseconds = Self.milliseconds(handshake.duration)
        self.init(
            event: "handshake", level: handshake.reason == nil ? .info : .warning,
            message: "handshake: \(handshake.outcome)" + (handshake.status.map { " (HTTP \($0))" } ?? "")
                + " after \(Self.seconds(milliseconds))" + (handshake.reason.map { ": \($0)" } ?? ""),
            members: [
                ("outcome", .text(handshake.outcome)),
                ("status", handshake.status.map { .integer($0) } ?? .null),
                ("milliseconds", .integer(milliseconds)),
            ] + (handshake.reason.map { [("reason", .text($0))] } ?? []))
    }

    private init(_ batch: BatchEvent) {
        let milliseconds = Self.milliseconds(batch.duration)
        let states = RowState.shown.filter { batch.counts[$0] > 0 }
        let counts = states.map { "\(batch.counts[$0]) \($0.words)" }.joined(separator: ", ")
        let isGood = batch.counts[.inDoubt] + batch.counts[.pending] + batch.counts[.refused] == 0
        var message = "batch \(batch.batch): \(batch.outcome)" + (batch.status.map { " (HTTP \($0))" } ?? "")
        message += " after \(Self.seconds(milliseconds)): \(counts)"
        if let reason = batch.reason { message += ": \(reason)" }
        self.init(
            event: "settled", level: isGood ? .info : .warning, message: message,
            members: [
                ("batch", .integer(batch.batch)), ("attempt", .integer(batch.attempt + 1)),
                ("outcome", .text(batch.outcome)), ("status", batch.status.map { .integer($0) } ?? .null),
                ("milliseconds", .integer(milliseconds)),
            ] + states.map { ($0.name, .integer(batch.counts[$0])) }
                + (batch.reason.map { [("reason", .text($0))] } ?? []))
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
    init(_ file: RunSummary.File, isAbandoned: Bool) {
        let bad =
            file.error != nil
            || file.counts[.inDoubt] + file.counts[.pending] + file.counts[.invalid] + file.counts[.refused]
                > 0
            || file.moveError != nil
        var message =
            "\(file.name): "
            + (file.error.map { $0.isSetAside ? $0.message : "could not be read: \($0.message)" }
                ?? file.counts.sentence(isAbandoned: isAbandoned))
        if let rejects = file.rejects { message += "; rejects: \(rejects)" }
        if let moved = file.movedTo { message += "; moved to \(moved)" }
        if let error = file.moveError { message += "; not moved: \(error)" }
        var members: [(String, JSONOutput)] = []
        if case .object(let all) = file.json { members = all }
        self.init(
            event: "file", level: file.error != nil ? .error : bad ? .warning : .info, message: message,
            members: members)
    }

    /// The end of a run.
    init(_ summary: RunSummary) {
        let level: DiagnosticLevel =
            switch summary.exit {
            case .success: .info
            case .rowsRejected, .unfinished, .interrupted, .terminated: .warning
            default: .error
            }
        let run = summary.run.map { "run \($0)" } ?? "the run"
        self.init(
            event: "ended", level: level,
            message:
                "\(run) ended with \(summary.exit.rawValue): \(summary.totals.sentence(isAbandoned: summary.isAbandoned)), \(counted(summary.posts, "post")), \(summary.retries) repeated, \(Self.seconds(Int(summary.seconds * 1000)))"
                + (summary.stopped.map { ": \($0.message)" } ?? ""),
            members: [("exit", .integer(Int(summary.exit.rawValue)))]
                + (summary.stopped.map { [("stopped", .text($0.code.rawValue))] } ?? []) + summary.totals.json
                + [
                    ("batches", .integer(summary.batches)), ("posts", .integer(summary.posts)),
                    ("retries", .integer(summary.retries)),
                    ("milliseconds", .integer(Int(summary.seconds * 1000))),
                ])
    }

    private static func milliseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1000 + Int(duration.components.attoseconds / 1_000_000_000_000_000)
    }

    private static func seconds(_ milliseconds: Int) -> String {
        milliseconds < 1_000 ? "\(milliseconds) ms" : "\((Double(milliseconds) / 100).rounded() / 10) s"
    }
}

extension DeliveryEnd {
    /// Why, where there is more to say; not escaped.
    var reason: String? {
        switch self {
        case .credentialsRefused(let reason), .wrongService(let reason), .unreachable(let reason),
            .everythingRefused(let reason), .tooMuchDoubt(let reason):
            reason
        case .completed, .timeRanOut, .interrupted: nil
        }
    }
}
