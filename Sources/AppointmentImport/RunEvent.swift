package import AppointmentLedger
package import AppointmentRows
import SecurityTrax

/// What a run tells while it goes on: for progress and logs.
package enum RunEvent: Sendable {
    /// The run is on record in the ledger.
    case began(run: Int)
    /// A dead run's posts in flight came into doubt.
    case recovered(inDoubt: Int)
    /// What `resume` is about to take up, and what it leaves pending at other endpoints.
    case resuming([PendingRows], elsewhere: [PendingRows])
    /// A file was opened and its header read.
    case understood(file: String, layout: FileLayout)
    /// SecurityTrax is about to be asked so many questions about customers; so many more are answered already.
    case asking(questions: Int, known: Int)
    /// Something is to be said about a row.
    case found(FileFinding)
    /// Something is odd about a file as a whole.
    case remarked(file: String, FileRemark)
    /// Something new is to be done by hand.
    case toDo(ToDo)
    /// So many rows were read so far.
    case reading(rows: Int)
    /// The files are staged; so many rows are to be posted.
    case staged(toPost: Int)
    /// A handshake was answered, or came to nothing.
    case handshake(HandshakeEvent)
    /// A batch is claimed and its post begins.
    case posting(batch: Int, rows: Int, attempt: Int)
    /// A batch is settled.
    case settled(BatchEvent)
    /// Nothing is claimed for that long; asked: because the service says so.
    case paused(Duration, reason: String, isAsked: Bool = false)
    /// Delivery ended for that reason.
    case delivered(DeliveryEnd)
    /// A batch whose outcome is known could not be settled in the ledger.
    case unsettled(batch: Int, outcome: String)
}

/// One handshake.
package struct HandshakeEvent: Sendable, Hashable {
    /// A stable, short word: `accepted`, `web-page`, `timeout`, …
    package var outcome: String
    /// The answer's HTTP status, if there was one.
    package var status: Int?
    /// From its start to its outcome.
    package var duration: Duration
    /// Why it did not go well; nil where batches may follow. Not escaped.
    package var reason: String?
}

/// One settled batch.
package struct BatchEvent: Sendable, Hashable {
    /// The batch's number in the ledger.
    package var batch: Int
    /// How often its rows were posted before.
    package var attempt: Int
    /// A stable, short word: `answered`, `timeout`, …
    package var outcome: String
    /// The answer's HTTP status, if there was one.
    package var status: Int?
    /// From the start of the post to its outcome.
    package var duration: Duration
    /// The batch's rows by state.
    package var counts: RowCounts
    /// Why, where it did not go well: not escaped.
    package var reason: String?
}
