package import SystemFiles

/// What one handshake says of the service.
package enum HandshakeOutcome: Sendable, Hashable {
    /// It is the API, and it accepted the credentials.
    case accepted
    /// It seems to be the API, and says nothing of the credentials: a single row may show more.
    case silent
    /// Nobody answered, or the service can't at the moment. Try again after a pause, no sooner than
    /// `retryAfter` where the service named a time.
    case failed(retryAfter: Duration?, reason: String)
    /// The credentials were refused.
    case credentialsRefused(reason: String)
    /// Something else than the API answered: a redirect, a web page, another path's error.
    case wrongService(reason: String, fix: String? = nil)
}

/// What the answer to an auth block alone proves. Nothing can be created by one, so none of this puts
/// anything in doubt.
package struct HandshakeVerdict: Sendable, Hashable {
    /// What it says of the service.
    package var outcome: HandshakeOutcome
    /// The answer's status, where one was read.
    package var status: Int?
    /// A stable, short word for it.
    package var kind: OutcomeWord

    /// What an observation says.
    ///
    /// - Parameters:
    ///   - scrubber: keeps the password that was sent out of every reason.
    ///   - now: when the answer was read, for a `Retry-After` that is a date.
    package init(of observation: PostObservation, scrubber: SecretScrubber, now: Date) {
        switch observation {
        case .neverSent(let failure):
            self.init(failure, "nothing was sent: ")
        case .unanswered(let failure):
            self.init(failure, "no complete answer to the handshake: ")
        case .answered(let answer):
            self.init(answer, scrubber, now: now)
        }
    }

    private init(_ failure: TransportFailure, _ prefix: String) {
        let reason = prefix + failure.words
        switch failure.kind {
        // Nothing of that passes with time.
        case .untrustedCertificate, .proxyLogin, .notHTTP, .tooLarge:
            outcome = .wrongService(reason: reason, fix: failure.fix)
        default: outcome = .failed(retryAfter: nil, reason: reason)
        }
        status = failure.status
        kind = .failure(failure.kind)
    }

    private init(_ answer: HTTPAnswer, _ scrubber: SecretScrubber, now: Date) {
        status = answer.status
        let document = ResponseDocument(answer.body)
        let words = AnswerWords(answer, document, scrubber)
        let pause = answer.retryAfter.flatMap { RetryAfter.pause($0, now: now) }
        switch answer.status {
        case 300...399:
            outcome = .wrongService(reason: words.text)
            kind = .redirect
        case 408, 429,
            503 where pause != nil:
            outcome = .failed(retryAfter: pause, reason: words.text)
            kind = .refusedForNow
        case 401, 403:
            outcome = .credentialsRefused(reason: words.refusal)
            kind = .credentialsRefused
        case 407:
            outcome = .wrongService(reason: words.text, fix: TransportFailure.proxyFix)
            kind = .wrongService
        default:
            self = Self(document: document, answer, words, scrubber)
        }
    }

    /// What the body says, under whatever status, and the status where it says nothing.
    private init(
        document: ResponseDocument, _ answer: HTTPAnswer, _ words: AnswerWords, _ scrubber: SecretScrubber
    ) {
        status = answer.status
        let isFine = (200...299).contains(answer.status)
        let authentication = document.responses.filter { $0.type == RequestDocument.authenticationType }
        if let refusal = authentication.first(where: { $0.success == .no }) {
            let reason = scrubber.clean(refusal.reason, limit: 400)
            outcome = .credentialsRefused(
                reason: "the service refused the credentials" + (reason.isEmpty ? "" : ": \(reason)"))
            kind = .credentialsRefused
        } else if !authentication.isEmpty, authentication.allSatisfy({ $0.success == .yes }) {
            // Accepted, but in a document or under a status that the answers to creates had better not have.
            let isClean = isFine && document.damage == nil
            outcome = isClean ? .accepted : .silent
            kind = isClean ? .accepted : .silent
        } else if (500...599).contains(answer.status) {
            outcome = .failed(retryAfter: nil, reason: words.text)
            kind = .serverError
        } else if document.damage == nil {
            outcome = .silent
            kind = .silent
        } else if words.isPage {
            outcome = .wrongService(reason: words.text)
            kind = .webPage
        } else {
            let damage = isFine ? document.damage.map { ", not the API: \($0.words)" } ?? "" : ""
            outcome = .wrongService(reason: words.text + damage)
            kind = .wrongService
        }
    }
}
