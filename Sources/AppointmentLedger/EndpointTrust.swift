/// What a run learned of an endpoint.
package enum EndpointTrust: Sendable, Hashable {
    /// It answered readably, and left nothing open.
    case answers
    /// Batch after batch came into doubt, so that the run stopped.
    case doubtful
}
