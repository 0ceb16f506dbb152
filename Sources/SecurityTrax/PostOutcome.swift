/// What one post proves. Exactly one of these follows from every observation.
package enum PostOutcome: Sendable, Hashable {
    /// The request never left: nothing was created. Try again after a pause.
    case neverSent(reason: String)
    /// The service refused before it worked on anything (429, or 503 with
    /// `Retry-After`): nothing was created. Try again, no sooner than `retryAfter`
    /// where the service named a time.
    case refusedForNow(retryAfter: Duration?, reason: String)
    /// The request was refused as too large (413): nothing was created. Smaller ones may pass.
    case tooLarge(reason: String)
    /// The request was refused as a whole (400, 422; 403 and 406 in a run that was
    /// authenticated before): nothing was created. One of its rows is the cause, or the whole setting is.
    case refusedAsWhole(reason: String)
    /// The credentials were refused: nothing was created, and no other post would fare better.
    case credentialsRefused(reason: String)
    /// The endpoint or a setting is wrong (301, 404, an untrusted certificate, …):
    /// nothing was created, and no other post would fare better.
    case wrongService(reason: String, fix: String? = nil)
    /// Whether anything was created cannot be known, for any row of the batch.
    case unknown(reason: String)
    /// The service spoke of the rows: one outcome each, in the batch's order.
    case answered([RowOutcome])
}

/// What an answer proves of one row of the batch.
package enum RowOutcome: Sendable, Hashable {
    /// It exists now, with the details that the service returned.
    case created([ResponseDetail])
    /// It does not exist: the service said why, or nothing (an empty reason).
    case refused(reason: String)
    /// It may exist: the answer holds nothing trustworthy about it.
    case unknown(reason: String)
}

/// One leaf element of a create response's `data`, by name.
package struct ResponseDetail: Sendable, Hashable {
    /// The element's name (`ConfirmationStatusName`).
    package var name: String
    /// Its text, bounded in length.
    package var value: String

    /// A detail.
    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
