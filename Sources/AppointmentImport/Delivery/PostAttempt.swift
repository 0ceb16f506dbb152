package import AppointmentLedger

/// Rows that are posted together, from the claim to the outcome that settles
/// them: what the reducer reasons about. The ledger makes a new batch of it for each post.
package struct PostAttempt: Sendable, Hashable {
    /// Tells attempts in flight apart.
    package var number: Int
    /// What to claim: fresh rows, or certain ones again.
    package var request: ClaimRequest
    /// How often these rows were posted before.
    package var posts = 0
    /// How often in a row they came back for a reason that a pause may cure.
    package var failures = 0
    /// The number of the fresh claim that they came with, from 1.
    package var root: Int
    /// Whether it is the single row that is to show whether the service answers again.
    package var isProbe = false
    /// The rows, known once claimed.
    package var ids: [Int] = []
}
