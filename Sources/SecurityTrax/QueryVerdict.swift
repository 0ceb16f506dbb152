import SystemFiles

/// What one post of queries gave.
enum QueryOutcome: Sendable, Hashable {
    /// The service spoke of the queries: what it said of each, in their order. `nil` where nothing trustworthy is
    /// there, with the reason: it may be asked again by itself.
    case answered([CustomerAnswer?], reason: String)
    /// Nobody answered, or the service can't at the moment. Try again after a pause, no sooner than `retryAfter`.
    case failed(retryAfter: Duration?, reason: String)
    /// The request or its answer is too large. Smaller ones may pass.
    case tooLarge(reason: String)
    /// The request was refused as a whole. One of its queries may be the cause.
    case refusedAsWhole(reason: String)
    /// The credentials were refused.
    case credentialsRefused(reason: String)
    /// Something else than the API answered, or a setting is wrong.
    case wrongService(reason: String, fix: String? = nil)
}

/// What the answer to a post of queries proves: the one pure function from observation to outcome. Nothing is created by
/// a query, so that none of this puts anything in doubt.
struct QueryVerdict: Sendable, Hashable {
    var outcome: QueryOutcome
    /// Whether this answer proves that the credentials were accepted.
    var authenticated = false

    /// Texts of a customer's record are cut to this many characters.
    static let textLimit = 200

    /// What an observation says.
    ///
    /// - Parameters:
    ///   - observation: what the transport saw.
    ///   - sent: the queries, in the order of their requests; no two are equal.
    ///   - scrubber: keeps the password that was sent along out of all that is kept.
    ///   - authenticatedBefore: whether an earlier answer proved the credentials.
    ///   - now: when the answer was read, for a `Retry-After` that is a date.
    init(
        of observation: PostObservation, sent: [CustomerQuery], scrubber: SecretScrubber,
        authenticatedBefore: Bool, now: Date
    ) {
        switch observation {
        case .neverSent(let failure):
            self.init(failure, "nothing was sent: ")
        case .unanswered(let failure):
            self.init(failure, "no complete answer to the queries: ")
        case .answered(let answer):
            let document = ResponseDocument(answer.body, charset: answer.charset)
            let words = AnswerWords(answer, document, scrubber)
            if (200...299).contains(answer.status) {
                self.init(document, words, sent, scrubber)
            } else {
                self.init(answer, words, authenticatedBefore: authenticatedBefore, now: now)
            }
        }
    }

    private init(_ failure: TransportFailure, _ prefix: String) {
        let reason = prefix + failure.words
        switch failure.kind {
        case .tooLarge: outcome = .tooLarge(reason: reason)
        // Nothing of that passes with time.
        case .untrustedCertificate, .proxyLogin, .notHTTP:
            outcome = .wrongService(reason: reason, fix: failure.fix)
        default: outcome = .failed(retryAfter: nil, reason: reason)
        }
    }

    private init(_ answer: HTTPAnswer, _ words: AnswerWords, authenticatedBefore: Bool, now: Date) {
        let reason = words.text
        let pause = answer.retryAfter.flatMap { RetryAfter.pause($0, now: now) }
        switch answer.status {
        case 408, 429, 500...599: outcome = .failed(retryAfter: pause, reason: reason)
        case 413: outcome = .tooLarge(reason: reason)
        case 400, 422: outcome = .refusedAsWhole(reason: reason)
        case 403 where authenticatedBefore, 406 where authenticatedBefore:
            outcome = .refusedAsWhole(reason: reason)
        case 401, 403: outcome = .credentialsRefused(reason: words.refusal)
        case 407: outcome = .wrongService(reason: reason, fix: TransportFailure.proxyFix)
        default: outcome = .wrongService(reason: reason)
        }
    }

    // MARK: By document

    private init(
        _ document: ResponseDocument, _ words: AnswerWords, _ sent: [CustomerQuery],
        _ scrubber: SecretScrubber
    ) {
        let authentication = document.responses.filter { $0.type == RequestDocument.authenticationType }
        if let refusal = authentication.first(where: { $0.success == .no }) {
            let reason = scrubber.clean(refusal.reason, limit: 400)
            outcome = .credentialsRefused(
                reason: "the service refused the credentials" + (reason.isEmpty ? "" : ": \(reason)"))
            return
        }
        authenticated = !authentication.isEmpty && authentication.allSatisfy { $0.success == .yes }
        if document.responses.isEmpty, let damage = document.damage {
            // Damage may pass; a page does not.
            outcome =
                words.isPage
                ? .wrongService(reason: words.text)
                : .failed(retryAfter: nil, reason: "\(words.text): \(damage.words)")
            return
        }
        var reason = "the service does not answer queries"
        let matching = AnswerMatching<QueryKey>(
            document: document,
            sent: sent.map(\.requestType), sentKey: { QueryKey(sent[$0]) },
            words: .init(request: "query", requests: "queries", responses: "responses"),
            key: { response in response.echo.flatMap { QueryKey($0, type: response.type) } })
        let answers = zip(sent, matching.matches()).map { query, match -> CustomerAnswer? in
            switch match {
            case .response(let response): return Self.answer(to: query, in: response, scrubber)
            case .none(let why):
                reason = why
                return nil
            }
        }
        outcome = .answered(answers, reason: reason)
    }

    /// What a response says to its query: never a guess.
    private static func answer(
        to query: CustomerQuery, in response: ResponseDocument.Response, _ scrubber: SecretScrubber
    ) -> CustomerAnswer {
        switch response.success {
        case .yes: break
        case .no: return .notFound(reason: scrubber.clean(response.reason, limit: PostVerdict.reasonLimit))
        case .missing, .unreadable:
            return .failed(reason: "the answer to \(query) does not say whether it succeeded")
        }
        if case .customer(let id) = query { return record(of: id, in: response, scrubber) }
        let values = response.leaves.filter { $0.detail.name == "SecurityTraxUniqueID" }.map(\.detail.value)
        var ids: [Int64] = []
        for value in values where !value.isEmpty {
            guard let id = Int64(value), id > 0 else {
                return .failed(reason: "the answer to \(query) holds something that is no customer's ID")
            }
            if !ids.contains(id) { ids.append(id) }
        }
        return switch ids.count {
        case 0: .notFound(reason: "")
        case 1: .found(Customer(id: ids[0]))
        default: .several(ids)
        }
    }

    private static func record(
        of id: Int64, in response: ResponseDocument.Response, _ scrubber: SecretScrubber
    ) -> CustomerAnswer {
        // root, responses, response, data, Customer: what lies deeper is somebody else's (emergency contacts).
        let elements = response.leaves.filter { $0.depth == 6 }.map(\.detail)
        func value(_ name: String) -> String { elements.first { $0.name == name }?.value ?? "" }
        let named = [value("SecurityTraxUniqueID"), value("ID")].filter { !$0.isEmpty }
        guard named.allSatisfy({ Int64($0) == id }) else {
            return .failed(reason: "the answer to customer \(id) is another customer's")
        }
        guard !named.isEmpty else { return .notFound(reason: "") }
        let record = CustomerRecord { scrubber.clean(value($0), limit: Self.textLimit) }
        return .found(Customer(id: id, record: record))
    }
}
