package import SystemFiles

/// What one post proves, and what else its answer tells: the one pure function
/// from observation to outcome.
package struct PostVerdict: Sendable, Hashable {
    /// What the post proves.
    package var outcome: PostOutcome
    /// The answer's status, 100...599, where one was read.
    package var status: Int?
    /// Whether this answer proves that the credentials were accepted.
    package var authenticated: Bool
    /// A stable, short word for it.
    package var kind: OutcomeWord

    /// Reasons are cut to this many characters.
    package static let reasonLimit = 500
    /// So many details of an appointment are kept.
    package static let detailCountLimit = 64
    /// A detail's value is cut to this many characters.
    package static let detailLimit = 500

    /// A verdict of these values.
    package init(outcome: PostOutcome, status: Int? = nil, authenticated: Bool = false, kind: OutcomeWord) {
        self.outcome = outcome
        self.status = status
        self.authenticated = authenticated
        self.kind = kind
    }

    /// What an observation proves.
    ///
    /// - Parameters:
    ///   - reading: what the transport saw, read.
    ///   - sent: the batch, in the order of its requests.
    ///   - scrubber: keeps the password that was sent along out of every reason and detail.
    ///   - authenticatedBefore: whether an earlier answer of this run proved the credentials.
    ///   - now: when the answer was read, for a `Retry-After` that is a date.
    package init(
        of reading: PostReading, sent: [Appointment], scrubber: SecretScrubber,
        authenticatedBefore: Bool, now: Date
    ) {
        switch reading {
        case .neverSent(let failure):
            let reason = "nothing was sent: " + failure.words
            self.init(
                outcome: failure.isLasting
                    ? .wrongService(reason: reason, fix: failure.fix) : .neverSent(reason: reason),
                kind: .failure(failure.kind))
        case .unanswered(let failure):
            self.init(
                outcome: .unknown(reason: "no complete answer: " + failure.words),
                status: failure.status, kind: .failure(failure.kind))
        case .answered(let answer, let document):
            self.init(
                of: answer, document, sent: sent, scrubber: scrubber,
                authenticatedBefore: authenticatedBefore, now: now)
        }
    }

    private init(
        of answer: HTTPAnswer, _ document: ResponseDocument, sent: [Appointment], scrubber: SecretScrubber,
        authenticatedBefore: Bool, now: Date
    ) {
        // Some front ends give an answer of the service another status, or wrap it.
        let holdsCreates =
            document.mentionsCreate
            || document.damage != nil && Self.seemsToHoldCreates(answer.body)
        if (200...299).contains(answer.status) || holdsCreates {
            self.init(reading: document, status: answer.status, sent: sent, scrubber: scrubber)
            let words = AnswerWords(answer, document, scrubber)
            if !holdsCreates, words.isPage, case .unknown = outcome {
                outcome = .unknown(reason: words.text)
                kind = .webPage
            }
        } else {
            self.init(
                status: answer, words: AnswerWords(answer, document, scrubber),
                authenticatedBefore: authenticatedBefore, now: now)
        }
    }

    /// Whether create responses seem to be in a body that can't be read.
    private static func seemsToHoldCreates(_ body: [UInt8]) -> Bool {
        let bytes = body.contains(0) ? body.filter { $0 != 0 } : body
        return bytes.holds("<response") && bytes.holds(RequestDocument.createType)
    }

    // MARK: By status

    /// Whether a row's reason is what an answer to its whole request was called: nothing in it is about the row.
    package static func isOfWholeRequest(reason: String) -> Bool { reason.hasPrefix(AnswerWords.answered) }

    /// The lines of the table for an answer that speaks of no appointment.
    private init(
        status answer: HTTPAnswer, words: AnswerWords, authenticatedBefore: Bool, now: Date
    ) {
        let reason = words.text
        let pause = answer.retryAfter.flatMap { RetryAfter.pause($0, now: now) }
        let outcome: PostOutcome
        let kind: OutcomeWord
        switch answer.status {
        case 429:
            outcome = .refusedForNow(retryAfter: pause, reason: reason)
            kind = .refusedForNow
        case 503 where pause != nil:
            outcome = .refusedForNow(retryAfter: pause, reason: reason)
            kind = .refusedForNow
        case 413:
            outcome = .tooLarge(reason: reason)
            kind = .tooLargeRequest
        case 400, 422:
            outcome = .refusedAsWhole(reason: reason)
            kind = .refusedAsWhole
        case 401:
            outcome = .credentialsRefused(reason: words.refusal)
            kind = .credentialsRefused
        case 403 where !authenticatedBefore:
            outcome = .credentialsRefused(reason: words.refusal)
            kind = .credentialsRefused
        case 403 where authenticatedBefore, 406 where authenticatedBefore:
            outcome = .refusedAsWhole(reason: reason)
            kind = .refusedAsWhole
        case 301, 307, 308:
            outcome = .wrongService(reason: reason)
            kind = .redirect
        case 407:
            outcome = .wrongService(reason: reason, fix: TransportFailure.proxyFix)
            kind = .wrongService
        case 404, 405, 410, 411, 414, 415, 417, 421, 426, 428, 431, 451:
            outcome = .wrongService(reason: reason)
            kind = .wrongService
        case 300...399:
            // Applications redirect after they have worked: post, redirect, get.
            outcome = .unknown(reason: reason)
            kind = .redirect
        case 500...599:
            outcome = .unknown(reason: reason)
            kind = .serverError
        default:
            // 408 and 499 come from a proxy that gave up while the service behind it finishes. No other
            // status is defined to mean that the request was not processed.
            outcome = .unknown(reason: reason)
            kind = .unclearStatus
        }
        self.init(outcome: outcome, status: answer.status, kind: kind)
    }

    // MARK: By document

    /// The 2xx lines of the table.
    private init(
        reading document: ResponseDocument, status: Int, sent: [Appointment], scrubber: SecretScrubber
    ) {
        // Whether something of a type was done, and whether something was not.
        func has(_ type: String, _ isDone: Bool) -> Bool {
            document.responses.contains { ($0.success == .yes) == isDone && $0.type == type }
        }
        let authenticated =
            has(RequestDocument.authenticationType, true) && !has(RequestDocument.authenticationType, false)
            || has(RequestDocument.createType, true)

        if document.damage == nil, let first = document.responses.first,
            first.type == RequestDocument.authenticationType, first.success == .no,
            // Nothing else may say, or be about to say, that something was done.
            document.responses.allSatisfy({ $0.success == .no || $0.success == .missing })
        {
            let words = scrubber.clean(first.reason, limit: 400)
            self.init(
                outcome: .credentialsRefused(
                    reason: "the service refused the credentials" + (words.isEmpty ? "" : ": \(words)")),
                status: status, kind: .credentialsRefused)
            return
        }

        var details = DetailCleaning(scrubber: scrubber)
        let rows = AnswerMatching(document, sent: sent).matches().map { match -> RowOutcome in
            switch match {
            case .response(let response): Self.outcome(of: response, &details)
            case .none(let reason): .unknown(reason: reason)
            }
        }
        let first = rows.first
        let allUnknown = rows.allSatisfy { if case .unknown = $0 { true } else { false } }
        if allUnknown, case .unknown(let reason) = first {
            let isEmpty = document.responses.isEmpty && document.damage == .empty
            self.init(
                outcome: .unknown(reason: reason), status: status, authenticated: authenticated,
                kind: isEmpty ? .emptyAnswer : .unreadableAnswer)
        } else {
            self.init(
                outcome: .answered(rows), status: status, authenticated: authenticated, kind: .answered)
        }
    }

    private static func outcome(
        of response: ResponseDocument.Response, _ details: inout DetailCleaning
    ) -> RowOutcome {
        switch response.success {
        case .yes: .created(details.clean(response.leaves))
        case .no: .refused(reason: details.scrubber.clean(response.reason, limit: reasonLimit))
        case .missing: .unknown(reason: "the answer does not say whether this appointment was created")
        case .unreadable: .unknown(reason: "the answer's word on this appointment can't be read")
        }
    }
}

/// Makes details of what an answer says of its rows, most of which are alike.
private struct DetailCleaning {
    let scrubber: SecretScrubber
    private var last: (leaves: [ResponseDocument.Leaf], details: [ResponseDetail]) = ([], [])
    private var cleaned: [String: String] = [:]

    init(scrubber: SecretScrubber) {
        self.scrubber = scrubber
    }

    mutating func clean(_ leaves: [ResponseDocument.Leaf]) -> [ResponseDetail] {
        if leaves != last.leaves {
            let details = leaves.prefix(PostVerdict.detailCountLimit).map {
                ResponseDetail(
                    name: clean($0.detail.name, limit: 100),
                    value: clean($0.detail.value, limit: PostVerdict.detailLimit))
            }
            last = (leaves, details)
        }
        return last.details
    }

    private mutating func clean(_ text: String, limit: Int) -> String {
        if scrubber.isCertainlyClean(text, limit: limit) { return text }
        if let known = cleaned[text], known.count <= limit { return known }
        let fresh = scrubber.scrubbed(text, limit: limit)
        cleaned[text] = fresh
        return fresh
    }
}
