package import AppointmentLedger
package import SecurityTrax

/// What delivery does next.
package enum DeliveryStep: Sendable, Hashable {
    /// Send a handshake; where it is for fresh rows, only if any are left.
    case handshake(forFreshRows: Bool)
    /// Claim this attempt and post it.
    case claim(PostAttempt)
    /// Wait for an outcome, and no longer than until that time, if there is one.
    case wait(until: Duration?)
    /// Nothing is in flight and nothing more is to be done.
    case end(DeliveryEnd)
}

/// How an outcome is to be settled.
package struct Settlement: Sendable, Hashable {
    /// One for each row of the attempt, in its order.
    package var rows: [RowSettlement]
    /// Rows refused earlier that go back to pending: the fault was not in them.
    package var reopened: [Int] = []
    /// What it tells of the endpoint, for the next run; nil where it changes nothing.
    package var trust: EndpointTrust?
}

/// The reducer of delivery: from its state and what happened to what to do next.
/// Asking first, retrying, halving, bisecting, probing, pausing and stopping are all decided
/// here, and nothing here acts. Times are measured from the start of the run.
package struct DeliveryState: Sendable, Hashable {
    let policy: DeliveryPolicy

    /// Attempts to be posted again: served before fresh rows.
    private(set) var queue: [PostAttempt] = []
    /// Attempts whose outcome is awaited, by number.
    private(set) var inFlight: [Int: PostAttempt] = [:]
    /// Whether no fresh rows are left.
    private(set) var isExhausted = false
    /// Rows a fresh batch: halved whenever the service finds a request too large.
    private(set) var sizeLimit: Int
    /// Whether nothing is claimed before a handshake is answered.
    private(set) var needsHandshake: Bool
    /// Whether a handshake's answer is awaited.
    private(set) var isHandshaking = false
    /// Whether the next attempt is a single row, since the last outcome is in doubt or the service is not
    /// known to answer.
    private(set) var isProbing: Bool
    /// Doubtful batches since the last clean answer.
    private(set) var doubtsInARow = 0
    /// No claim before this time.
    private(set) var pausedUntil: Duration = .zero
    /// Whether the service said how long the pause is.
    private(set) var isPauseAsked = false
    /// Whether an answer of this run proved that the credentials are good.
    private(set) var isAuthenticated = false
    /// Why delivery ends, once it does.
    private(set) var ending: DeliveryEnd?

    private var handshakeFailures = 0
    private var attemptsMade = 0
    private var freshClaims = 0
    private var freshRows = 0
    /// Whether fresh rows were left alone because of `firstRows`.
    private var isLimited = false
    private var lastPost: Duration?
    /// What the first batches came to, until an answer shows that the service works.
    private var firstBatches = FirstBatches()

    /// The beginning of a run.
    package init(policy: DeliveryPolicy) {
        self.policy = policy
        sizeLimit = policy.batchSize
        needsHandshake = policy.handshakes
        isProbing = policy.beginsWithProbe
    }

    // MARK: Events

    /// What to do at this moment. Asked again after every event.
    package mutating func next(at now: Duration) -> DeliveryStep {
        if ending == nil, let limit = policy.stopAfter, now >= limit, !(isExhausted && queue.isEmpty) {
            ending = .timeRanOut
        }
        if let ending { return inFlight.isEmpty ? .end(ending) : .wait(until: nil) }
        if !isExhausted, let limit = policy.firstRows, freshRows >= limit {
            isExhausted = true
            isLimited = true
        }
        if queue.isEmpty, isExhausted {
            return inFlight.isEmpty ? .end(isLimited ? .firstRowsPosted : .completed) : .wait(until: nil)
        }
        if isHandshaking { return .wait(until: policy.stopAfter) }
        if needsHandshake {
            return now < pausedUntil ? wait(until: pausedUntil) : .handshake(forFreshRows: queue.isEmpty)
        }
        if inFlight.count >= policy.concurrency { return .wait(until: nil) }
        if isProbing, inFlight.values.contains(where: \.isProbe) { return .wait(until: nil) }
        let earliest = max(pausedUntil, nextByRate)
        return now < earliest ? wait(until: earliest) : .claim(takeAttempt())
    }

    /// A handshake is on its way.
    package mutating func beganHandshake() {
        isHandshaking = true
        // One more is needed where a batch comes into doubt meanwhile: the answer may be older than that.
        needsHandshake = false
    }

    /// A handshake's outcome is known.
    ///
    /// - Parameter jitter: 0...1, for the length of a pause.
    package mutating func settleHandshake(_ outcome: HandshakeOutcome, at now: Duration, jitter: Double) {
        precondition(isHandshaking, "an outcome belongs to a handshake that was sent")
        isHandshaking = false
        switch outcome {
        case .accepted:
            isAuthenticated = true
            handshakeFailures = 0
        case .silent:
            isProbing = true
            handshakeFailures = 0
        case .failed(let retryAfter, let reason):
            needsHandshake = true
            handshakeFailures += 1
            if handshakeFailures > policy.retries {
                end(.unreachable(reason: reason))
            } else {
                pause(after: retryAfter, failures: handshakeFailures, at: now, jitter: jitter)
            }
        case .credentialsRefused(let reason): end(.credentialsRefused(reason: reason))
        case .wrongService(let reason, let fix): end(.wrongService(reason: reason, fix: fix))
        }
    }

    /// The attempt was claimed with these rows and is being posted.
    package mutating func claimed(_ attempt: PostAttempt, ids: [Int], at now: Duration) {
        var attempt = attempt
        attempt.ids = ids
        if case .fresh = attempt.request {
            freshClaims += 1
            freshRows += ids.count
            attempt.root = freshClaims
            firstBatches.began(attempt.root, rows: ids.count)
        }
        inFlight[attempt.number] = attempt
        lastPost = now
    }

    /// Nothing was left of the attempt.
    package mutating func foundNothing(of attempt: PostAttempt) {
        if case .fresh = attempt.request { foundNothingFresh() }
    }

    /// No fresh rows are left.
    package mutating func foundNothingFresh() {
        isExhausted = true
    }

    /// An attempt's outcome is known.
    ///
    /// - Parameters:
    ///   - authenticated: whether the answer proves that the credentials are good.
    ///   - jitter: 0...1, for the length of a pause.
    /// - Returns: how to settle it, before anything else is done.
    package mutating func settle(
        _ number: Int, _ outcome: PostOutcome, authenticated: Bool, at now: Duration, jitter: Double
    ) -> Settlement {
        let doubtsBefore = doubtsInARow
        var settlement = outcomeSettled(number, outcome, authenticated, at: now, jitter: jitter)
        if case .tooMuchDoubt = ending {
            // What was on its way by then may be answered: that the run stopped stands.
            settlement.trust = .doubtful
        } else if doubtsInARow > doubtsBefore, doubtsInARow >= policy.doubtLimit {
            settlement.trust = .doubtful
        } else if case .answered = outcome, doubtsInARow == 0 {
            settlement.trust = .answers
        }
        return settlement
    }

    private mutating func outcomeSettled(
        _ number: Int, _ outcome: PostOutcome, _ authenticated: Bool, at now: Duration, jitter: Double
    ) -> Settlement {
        guard var attempt = inFlight.removeValue(forKey: number) else {
            preconditionFailure("an outcome belongs to an attempt in flight")
        }
        attempt.posts += 1
        isAuthenticated = isAuthenticated || authenticated
        switch outcome {
        case .neverSent(let reason):
            retry(attempt, after: nil, reason: reason, at: now, jitter: jitter)
            return pending(attempt, reason)
        case .refusedForNow(let retryAfter, let reason):
            retry(attempt, after: retryAfter, reason: reason, at: now, jitter: jitter)
            return pending(attempt, reason)
        case .tooLarge(let reason):
            sawClean(attempt)
            sizeLimit = min(sizeLimit, max(1, attempt.ids.count / 2))
            return splitOrRefuse(attempt, reason)
        case .refusedAsWhole(let reason):
            sawClean(attempt)
            return splitOrRefuse(attempt, reason)
        case .credentialsRefused(let reason):
            end(.credentialsRefused(reason: reason))
            return pending(attempt, reason)
        case .wrongService(let reason, let fix):
            end(.wrongService(reason: reason, fix: fix))
            return pending(attempt, reason)
        case .unknown(let reason):
            sawDoubt(reason)
            return Settlement(rows: attempt.ids.map { _ in .inDoubt(reason: reason) })
        case .answered(let rows):
            return settle(attempt, answered: rows)
        }
    }

    /// The user stopped the run: nothing more is claimed.
    mutating func interrupt() {
        end(.interrupted)
    }

    // MARK: Decisions

    private func wait(until time: Duration) -> DeliveryStep {
        .wait(until: policy.stopAfter.map { min($0, time) } ?? time)
    }

    private mutating func pause(after retryAfter: Duration?, failures: Int, at now: Duration, jitter: Double)
    {
        var pause = policy.backoff(failures: failures, jitter: jitter)
        var isAsked = false
        if let retryAfter, retryAfter > .zero { (pause, isAsked) = (retryAfter, true) }
        guard now + pause > pausedUntil else { return }
        (pausedUntil, isPauseAsked) = (now + pause, isAsked)
    }

    private var nextByRate: Duration {
        guard let rate = policy.rate, let lastPost else { return .zero }
        return lastPost + .seconds(1 / rate)
    }

    /// How many fresh rows the next attempt claims at the most, as things are; nil where it claims no fresh ones.
    var freshLimit: Int? {
        guard queue.isEmpty, !isExhausted, ending == nil else { return nil }
        return min(isProbing ? 1 : sizeLimit, policy.firstRows.map { $0 - freshRows } ?? .max)
    }

    private mutating func takeAttempt() -> PostAttempt {
        if let limit = freshLimit {
            return attempt(.fresh(limit: limit), root: 0, isProbe: isProbing)
        }
        var first = queue.removeFirst()
        if isProbing {
            if first.ids.count > 1 {
                var rest = first
                rest.ids = Array(first.ids.dropFirst())
                rest.request = .again(ids: rest.ids)
                queue.insert(rest, at: 0)
                first.ids = [first.ids[0]]
                first.request = .again(ids: first.ids)
            }
            first.isProbe = true
        }
        attemptsMade += 1
        first.number = attemptsMade
        return first
    }

    private mutating func attempt(_ request: ClaimRequest, root: Int, isProbe: Bool) -> PostAttempt {
        attemptsMade += 1
        return PostAttempt(number: attemptsMade, request: request, root: root, isProbe: isProbe)
    }

    private func pending(_ attempt: PostAttempt, _ reason: String) -> Settlement {
        Settlement(rows: attempt.ids.map { _ in .pending(reason: reason) })
    }

    private mutating func retry(
        _ attempt: PostAttempt, after retryAfter: Duration?, reason: String, at now: Duration, jitter: Double
    ) {
        var attempt = attempt
        attempt.failures += 1
        attempt.isProbe = false
        attempt.request = .again(ids: attempt.ids)
        queue.insert(attempt, at: 0)
        if attempt.failures > policy.retries {
            end(.unreachable(reason: reason))
            return
        }
        pause(after: retryAfter, failures: attempt.failures, at: now, jitter: jitter)
    }

    /// What was refused as one: in halves again, or for good where it is one row.
    private mutating func splitOrRefuse(_ attempt: PostAttempt, _ reason: String) -> Settlement {
        if attempt.ids.count == 1 { return refuseAlone(attempt, reason) }
        split(attempt)
        return pending(attempt, reason)
    }

    /// Posts the halves of an attempt next, in their order.
    private mutating func split(_ attempt: PostAttempt) {
        let middle = (attempt.ids.count + 1) / 2
        var halves: [PostAttempt] = []
        for ids in [attempt.ids[..<middle], attempt.ids[middle...]] {
            var half = attempt
            half.ids = Array(ids)
            half.request = .again(ids: half.ids)
            half.failures = 0
            half.isProbe = false
            halves.append(half)
        }
        queue.insert(contentsOf: halves, at: 0)
    }

    private mutating func refuseAlone(_ attempt: PostAttempt, _ reason: String) -> Settlement {
        // The others were reopened already; what was in flight meanwhile is no more to blame.
        if firstBatches.areRefusedToTheLastRow { return pending(attempt, reason) }
        firstBatches.refused(attempt.ids[0], root: attempt.root)
        if firstBatches.areRefusedToTheLastRow {
            // This row is settled as pending with the others: it was never refused.
            let reopened = firstBatches.refusedRows.filter { $0 != attempt.ids[0] }
            end(.everythingRefused(reason: reason))
            return Settlement(rows: [.pending(reason: reason)], reopened: reopened)
        }
        return Settlement(rows: [.refused(reason: reason)])
    }

    private mutating func settle(_ attempt: PostAttempt, answered rows: [RowOutcome]) -> Settlement {
        precondition(rows.count == attempt.ids.count, "an answer speaks of every row of its batch")
        var doubt: String?
        let settlements = rows.map { row -> RowSettlement in
            switch row {
            case .created(let details): return .created(details)
            case .refused(let reason): return .refused(reason: reason)
            case .unknown(let reason):
                doubt = doubt ?? reason
                return .inDoubt(reason: reason)
            }
        }
        firstBatches.sawAnswer()
        if let doubt { sawDoubt(doubt) } else { sawClean(attempt) }
        return Settlement(rows: settlements)
    }

    /// An outcome that leaves nothing open about its rows. While a probe is awaited, only the
    /// probe's own outcome brings the full size back.
    private mutating func sawClean(_ attempt: PostAttempt) {
        doubtsInARow = 0
        if attempt.isProbe { isProbing = false }
    }

    private mutating func sawDoubt(_ reason: String) {
        doubtsInARow += 1
        isProbing = true
        needsHandshake = policy.handshakes
        // A probe that is on its way is older than this doubt, and proves nothing against it.
        for number in inFlight.keys { inFlight[number]?.isProbe = false }
        if doubtsInARow >= policy.doubtLimit { end(.tooMuchDoubt(reason: reason)) }
    }

    /// The first reason stands.
    private mutating func end(_ reason: DeliveryEnd) {
        if ending == nil { ending = reason }
    }
}
