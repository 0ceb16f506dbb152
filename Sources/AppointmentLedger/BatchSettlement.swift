package import SecurityTrax

/// What the outcome of a post proves of its batch.
package struct BatchSettlement: Sendable, Hashable {
    /// The batch.
    package var batch: ClaimedBatch
    /// One for each appointment, in the batch's order.
    package var rows: [RowSettlement]
    /// A short word for the outcome.
    package var outcome: String
    /// The answer's HTTP status, if there was one.
    package var status: Int?
    /// Why, in words.
    package var reason: String?
    /// Rows refused earlier in this run that go back to pending, since it
    /// turned out that the fault was not in them.
    package var reopened: [Int]
    /// What the outcome tells of the endpoint.
    package var trust: EndpointTrust?

    /// A value of its parts.
    package init(
        batch: ClaimedBatch, rows: [RowSettlement], outcome: String, status: Int? = nil,
        reason: String? = nil, reopened: [Int] = [], trust: EndpointTrust? = nil
    ) {
        self.batch = batch
        self.rows = rows
        self.outcome = outcome
        self.status = status
        self.reason = reason
        self.reopened = reopened
        self.trust = trust
    }
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
