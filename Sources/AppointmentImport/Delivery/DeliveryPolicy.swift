import SecurityTrax

/// The settings of delivery.
package struct DeliveryPolicy: Sendable, Hashable {
    /// Rows a batch, 1 or more.
    package var batchSize = 50
    /// Posts in flight at a time, 1 or more.
    package var concurrency = 1
    /// How often a batch is posted again after outcomes that prove that nothing was created.
    package var retries = 5
    /// Posts a second at the most; nil for no limit.
    package var rate: Double?
    /// No batch is claimed once this long has passed since the start; nil for no limit.
    package var stopAfter: Duration?
    /// How many fresh rows are claimed at the most; nil for all.
    package var firstRows: Int?
    /// The longest first pause of the exponential backoff.
    package var backoffBase: Duration = .milliseconds(500)
    /// The longest pause of the exponential backoff.
    package var backoffLimit: Duration = .seconds(60)
    /// How many doubtful batches in a row end the run.
    package var doubtLimit = 3
    /// Whether the service is asked for the authentication alone before the first batch, and after a doubtful one.
    package var handshakes = true
    /// Whether the first batch is a single row, since the service is not known to answer.
    var beginsWithProbe = false

    /// The defaults.
    package init() {}

    /// The pause before try number `failures + 1`: full jitter, that is, anything
    /// between nothing and the exponential bound, so that many senders do not return in step.
    ///
    /// - Parameter jitter: 0...1.
    func backoff(failures: Int, jitter: Double) -> Duration {
        Backoff(base: backoffBase, limit: backoffLimit).pause(failures: failures, jitter: jitter)
    }
}
