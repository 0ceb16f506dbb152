/// What the transport saw of a post, with its answer's document read: nearly all that a verdict takes time for, and
/// nothing that depends on more than the answer.
package enum PostReading: Sendable {
    /// Not a byte of the request left.
    case neverSent(TransportFailure)
    /// The request left, or may have, and no complete answer came.
    case unanswered(TransportFailure)
    /// A complete answer.
    case answered(HTTPAnswer, ResponseDocument)

    /// Reads what the transport saw.
    package init(_ observation: PostObservation) {
        self =
            switch observation {
            case .neverSent(let failure): .neverSent(failure)
            case .unanswered(let failure): .unanswered(failure)
            case .answered(let answer):
                .answered(answer, ResponseDocument(answer.body, charset: answer.charset))
            }
    }
}
