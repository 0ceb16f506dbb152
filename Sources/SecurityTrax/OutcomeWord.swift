/// A short word for how a post or a handshake ended, for logs and the ledger. The raw values are stable: people
/// script against them.
package enum OutcomeWord: Sendable, Hashable {
    // A post.
    case answered
    case tooLargeRequest
    case refusedAsWhole
    case unclearStatus
    case emptyAnswer
    case unreadableAnswer

    // A handshake.
    case accepted
    case silent

    // Either.
    case refusedForNow
    case credentialsRefused
    case wrongService
    case redirect
    case serverError
    case webPage
    /// There was no complete answer.
    case failure(TransportFailure.Kind)
}

extension OutcomeWord: RawRepresentable, CaseIterable {
    /// Every word.
    package static let allCases: [OutcomeWord] =
        [
            .answered, .tooLargeRequest, .refusedAsWhole, .unclearStatus, .emptyAnswer, .unreadableAnswer,
            .accepted, .silent, .refusedForNow, .credentialsRefused, .wrongService, .redirect, .serverError,
            .webPage,
        ] + TransportFailure.Kind.allCases.map { .failure($0) }

    /// A word as it stands in a log.
    package init?(rawValue: String) {
        guard let word = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
        self = word
    }

    /// As it stands in a log.
    package var rawValue: String {
        switch self {
        case .answered: "answered"
        case .tooLargeRequest: "too-large-request"
        case .refusedAsWhole: "refused-as-whole"
        case .unclearStatus: "unclear-status"
        case .emptyAnswer: "empty-answer"
        case .unreadableAnswer: "unreadable-answer"
        case .accepted: "accepted"
        case .silent: "silent"
        case .refusedForNow: "refused-for-now"
        case .credentialsRefused: "credentials-refused"
        case .wrongService: "wrong-service"
        case .redirect: "redirect"
        case .serverError: "server-error"
        case .webPage: "web-page"
        case .failure(let kind): kind.rawValue
        }
    }
}
