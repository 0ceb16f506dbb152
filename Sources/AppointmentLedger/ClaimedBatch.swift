package import SecurityTrax

/// A batch that the ledger holds as `posting`: durable before its first byte is sent.
package struct ClaimedBatch: Sendable, Hashable {
    /// The batch's number in the ledger.
    package var id: Int
    /// The appointments' IDs, in the order of the request.
    package var appointmentIDs: [Int]
    /// What goes on the wire, in the same order.
    package var appointments: [Appointment]
}

/// What a run wants to claim.
package enum ClaimRequest: Sendable, Hashable {
    /// The next appointments that it has not posted yet, at most `limit`.
    case fresh(limit: Int)
    /// Those that are to be posted again, if they are still pending.
    case again(ids: [Int])

    /// How many rows it claims at the most.
    var rows: Int {
        switch self {
        case .fresh(let limit): limit
        case .again(let ids): ids.count
        }
    }
}

/// A request to claim a batch.
package struct Claim: Sendable, Hashable {
    /// Which rows.
    package var request: ClaimRequest
    /// 0 for the first time, counted up for repeats.
    package var attempt: Int
    /// Minutes since 1970 UTC, for the rows whose time has passed; nil lets them through.
    package var now: Int64?

    /// A value of its parts.
    package init(_ request: ClaimRequest, attempt: Int = 0, now: Int64? = nil) {
        self.request = request
        self.attempt = attempt
        self.now = now
    }
}

/// What claiming brought.
package struct ClaimResult: Sendable, Hashable {
    /// Nil where nothing was left to claim.
    package var batch: ClaimedBatch?
    /// How many were refused instead, since their time passed while they waited.
    var expired = 0
}
