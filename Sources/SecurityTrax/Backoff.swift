/// The pauses between tries: exponential, with full jitter, so that many senders do not return in step.
package struct Backoff: Sendable, Hashable {
    /// The longest first pause.
    package var base: Duration
    /// The longest pause of all.
    package var limit: Duration

    /// Pauses within these bounds.
    package init(base: Duration = .milliseconds(500), limit: Duration = .seconds(60)) {
        self.base = base
        self.limit = limit
    }

    /// The pause before try number `failures + 1`: anything between nothing and the exponential bound.
    ///
    /// - Parameter jitter: 0...1.
    package func pause(failures: Int, jitter: Double) -> Duration {
        let doublings = min(max(failures, 1) - 1, 20)
        return min(limit, base * (1 << doublings)) * jitter
    }
}
