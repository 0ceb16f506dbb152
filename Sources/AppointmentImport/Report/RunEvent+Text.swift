import AppointmentRows
import AppointmentLedger

/// What events say to people: the only place that words them. Nothing here is escaped.
extension RunEvent {
    /// The event in one sentence; nil for what only a progress line wants.
    package var message: String? {
        switch self {
        case .began(let run): "run \(run) began"
        case .recovered(let count):
            "an earlier run ended without settling what it was posting: \(counted(count, "appointment")) in doubt (stimport review)"
        case .resuming(let pending, let elsewhere):
            PendingText.lines(pending, elsewhere).joined(separator: "; ")
        case .understood(let file, let layout):
            layout.openingRemarks.isEmpty
                ? nil : "\(file): \(layout.openingRemarks.joined(separator: "; "))"
        case .asking(let questions, let known):
            "asking SecurityTrax about \(counted(questions, "customer"))"
                + (known > 0 ? ", \(grouped(known)) more are known" : "")
        case .found, .reading: nil
        case .remarked(let file, let remark): "\(file): \(remark.message)"
        case .toDo(let toDo): "to do by hand: \(ToDoText(toDo).line)"
        case .staged(let toPost): "\(counted(toPost, "appointment")) to post"
        case .handshake(let handshake): handshake.message
        case .posting(let batch, let rows, let attempt):
            "batch \(batch): posting \(counted(rows, "appointment"))"
                + (attempt > 0 ? ", attempt \(attempt + 1)" : "")
        case .settled(let batch): batch.message
        case .paused(let pause, let reason, _):
            "waiting \(LedgerTime.elapsed(pause)) before the next post: \(reason)"
        case .delivered(let end):
            end == .completed
                ? "posting is complete: nothing of this run is left to post"
                : "posting ended: \(end.word)\(end.reason.map { ": \($0)" } ?? "")"
        case .unsettled(let batch, let outcome):
            "batch \(batch) (\(outcome)) could not be settled in the ledger: its rows will be in doubt"
        }
    }
}

extension HandshakeEvent {
    /// `handshake: accepted (HTTP 200) after 35 ms`
    package var message: String {
        "handshake: \(outcome)" + (status.map { " (HTTP \($0))" } ?? "")
            + " after \(LedgerTime.elapsed(duration))" + (reason.map { ": \($0)" } ?? "")
    }
}

extension BatchEvent {
    /// `batch 3: answered (HTTP 200) after 1.2 s: 49 created, 1 refused`
    package var message: String {
        let states = counts.parts(isOnlyValid: false).map(\.text).joined(separator: ", ")
        return "batch \(batch): \(outcome)" + (status.map { " (HTTP \($0))" } ?? "")
            + " after \(LedgerTime.elapsed(duration)): \(states)" + (reason.map { ": \($0)" } ?? "")
    }

    /// Whether every row of it is settled for good, and well.
    package var isGood: Bool { counts[.inDoubt] + counts[.pending] + counts[.refused] == 0 }
}

extension DeliveryEnd {
    /// Why, where there is more to say.
    package var reason: String? {
        switch self {
        case .credentialsRefused(let reason), .wrongService(let reason, _), .unreachable(let reason),
            .everythingRefused(let reason), .tooMuchDoubt(let reason):
            reason
        case .completed, .timeRanOut, .firstRowsPosted, .interrupted: nil
        }
    }
}
