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

/// What claiming brought.
package struct ClaimResult: Sendable, Hashable {
    /// Nil where nothing was left to claim.
    package var batch: ClaimedBatch?
    /// How many were refused instead, since their time passed while they waited.
    var expired = 0
}

/// How one row of a batch is settled.
package enum RowSettlement: Sendable, Hashable {
    /// It exists.
    case created([ResponseDetail])
    /// It does not, for that reason.
    case refused(reason: String)
    /// Nobody knows.
    case inDoubt(reason: String)
    /// It certainly does not exist yet, and may be posted again.
    case pending(reason: String)

    package var state: AppointmentState {
        switch self {
        case .created: .created
        case .refused: .refused
        case .inDoubt: .inDoubt
        case .pending: .pending
        }
    }

    /// The stable code of that; nil where there is nothing to say.
    var code: String? {
        switch self {
        case .created, .pending: nil
        case .refused: RowCode.refusedByService
        case .inDoubt: RowCode.outcomeUnknown
        }
    }

    /// Why, in words.
    var reason: String? {
        switch self {
        case .created: nil
        case .refused(let reason), .inDoubt(let reason), .pending(let reason): reason
        }
    }

    /// What the service returned for a created one.
    var details: [ResponseDetail] {
        if case .created(let details) = self { details } else { [] }
    }
}
