/// Why delivery ended.
package enum DeliveryEnd: Sendable, Hashable {
    /// Nothing was left to post.
    case completed
    /// SecurityTrax refused the credentials.
    case credentialsRefused(reason: String)
    /// The endpoint or a setting is wrong: no post would fare better.
    case wrongService(reason: String, fix: String? = nil)
    /// The service could not be reached, or kept refusing, for as many tries as are allowed.
    case unreachable(reason: String)
    /// The first batches were refused down to the last row: the fault is not in the rows.
    case everythingRefused(reason: String)
    /// Too many batches in a row came into doubt.
    case tooMuchDoubt(reason: String)
    /// `--stop-after` passed.
    case timeRanOut
    /// As many rows as `--first` allows were posted.
    case firstRowsPosted
    /// A signal stopped the run.
    case interrupted
}
