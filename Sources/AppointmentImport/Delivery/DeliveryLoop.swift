import AppointmentLedger
import AppointmentRows
import SystemFiles
import SecurityTrax

/// Carries out what the reducer of delivery says: claims, posts, settles, waits.
/// It decides nothing itself.
struct DeliveryLoop: Sendable {
    let ledger: Ledger
    /// Makes the client that posts; asked once, and only where something is to be posted: it loads libcurl and what
    /// that brings along, which takes longer than all else that a run without new rows does.
    let makeClient: @Sendable () throws(SecurityTraxError) -> HTTPClient
    let credentials: Credentials
    let policy: DeliveryPolicy
    /// Whether rows whose time has passed are posted all the same.
    let allowsPast: Bool
    let stop: StopSignal
    /// When the run began: what `--stop-after` is measured from.
    let start: ContinuousClock.Instant
    let events: @Sendable (RunEvent) -> Void

    /// What delivery did.
    struct Report: Sendable {
        /// Why it ended; nil where the ledger failed.
        var end: DeliveryEnd?
        /// Batches claimed.
        var batches = 0
        /// Requests attempted.
        var posts = 0
        /// Those of them that repeated rows.
        var retries = 0
        /// What the ledger failed with. What was in flight then was awaited, and settled as far as the ledger allowed.
        var failure: LedgerError?
    }

    /// What arrives while delivery waits.
    private enum Message: Sendable {
        case answered(Post, PostObservation)
        case greeted(PostObservation, after: Duration)
        case timer
        case stop
    }

    /// An attempt on its way.
    private struct Post: Sendable {
        var attempt: PostAttempt
        var batch: ClaimedBatch
        var began: ContinuousClock.Instant
    }

    /// Posts until nothing is left, the reducer ends it or the ledger fails. What is in flight is always settled first.
    func run() async throws -> Report {
        // In a task that nobody cancels: a cancelled one would get no message any more, and what is in flight must be
        // settled. Whoever cancels the import requests `stop`.
        try await Task { try await deliver(with: ledger) }.value
    }

    /// Runs where the ledger does, which it turns to twice a batch: each way there and back would wake a thread.
    private func deliver(with ledger: isolated Ledger) async throws -> Report {
        let (messages, mailbox) = AsyncStream.makeStream(of: Message.self)
        stop.onRequest { mailbox.yield(.stop) }
        return try await withThrowingDiscardingTaskGroup { group in
            var made: HTTPClient?
            defer {
                mailbox.finish()
                // Whatever could create something was awaited; a handshake need not be.
                made?.cancelAll()
            }
            func client() throws(SecurityTraxError) -> HTTPClient {
                if let made { return made }
                let client = try makeClient()
                made = client
                return client
            }
            var incoming = messages.makeAsyncIterator()
            var state = DeliveryState(policy: policy)
            var report = Report()
            while true {
                if stop.isRequested { state.interrupt() }
                do {
                    switch state.next(at: now) {
                    case .handshake(let isForFreshRows):
                        if isForFreshRows, try !ledger.hasFreshRows() {
                            state.foundNothingFresh()
                            continue
                        }
                        let client = try client()
                        state.beganHandshake()
                        group.addTask { await greet(by: client, mailbox) }
                    case .claim(let attempt):
                        // Before anything is claimed: what can't be sent is not to be in doubt.
                        let client = try client()
                        guard let post = try await claim(attempt) else {
                            state.foundNothing(of: attempt)
                            continue
                        }
                        state.claimed(attempt, ids: post.batch.appointmentIDs, at: now)
                        report.batches += 1
                        // Whatever is claimed is sent.
                        report.posts += 1
                        if attempt.posts > 0 { report.retries += 1 }
                        group.addTask { await send(post, by: client, mailbox) }
                    case .wait(let until):
                        let timer = until.map { time in
                            Task {
                                // A cancelled timer stays silent: its message would end the next wait at once.
                                guard (try? await Task.sleep(until: start + time, clock: .continuous)) != nil
                                else { return }
                                mailbox.yield(.timer)
                            }
                        }
                        let message = await incoming.next(isolation: #isolation)
                        timer?.cancel()
                        switch message {
                        case .answered(let post, let observation):
                            try await settle(post, observation, &state)
                        case .greeted(let observation, let duration):
                            try await settleHandshake(observation, after: duration, &state)
                        case .timer, .stop: continue
                        case nil: throw CancellationError()
                        }
                    case .end(var end):
                        // A limit that left nothing over has stopped nothing.
                        if end == .timeRanOut || end == .firstRowsPosted, state.queue.isEmpty,
                            try !ledger.hasFreshRows()
                        {
                            end = .completed
                        }
                        report.end = end
                        events(.delivered(end))
                        return report
                    }
                } catch let error as SecurityTraxError {
                    // The client could not be made, so that nothing is in flight.
                    let end = DeliveryEnd.wrongService(reason: error.message, fix: error.fix)
                    report.end = end
                    events(.delivered(end))
                    return report
                } catch let error as LedgerError {
                    await abandon(state, &incoming)
                    report.failure = error
                    return report
                }
            }
        }
    }

    private var now: Duration {
        ContinuousClock.now - start
    }

    private func greet(by client: HTTPClient, _ mailbox: AsyncStream<Message>.Continuation) async {
        let began = ContinuousClock.now
        let observation = await client.post(RequestDocument.handshake(credentials).bytes)
        mailbox.yield(.greeted(observation, after: .now - began))
    }

    private nonisolated(nonsending) func settleHandshake(
        _ observation: PostObservation, after duration: Duration, _ state: inout DeliveryState
    ) async throws {
        let verdict = HandshakeVerdict(of: observation, credentials: credentials, now: Date())
        state.settleHandshake(verdict.outcome, at: now, jitter: .random(in: 0...1))
        let reason = verdict.outcome.reason
        events(
            .handshake(
                HandshakeEvent(
                    outcome: verdict.kind.rawValue, status: verdict.status, duration: duration, reason: reason
                )))
        announcePause(of: state, reason: reason ?? verdict.kind.rawValue)
        try await ledger.recordHandshake(answered: reason == nil)
    }

    private func announcePause(of state: DeliveryState, reason: String) {
        let pause = state.pausedUntil - now
        if state.ending == nil, pause > .zero {
            events(.paused(pause, reason: reason, isAsked: state.isPauseAsked))
        }
    }

    private nonisolated(nonsending) func claim(_ attempt: PostAttempt) async throws -> Post? {
        let minutes = allowsPast ? nil : Int64(Date().timeIntervalSince1970 / 60)
        let claimed = try await ledger.claim(attempt.request, attempt: attempt.posts, now: minutes)
        guard let batch = claimed.batch else { return nil }
        events(.posting(batch: batch.id, rows: batch.appointments.count, attempt: attempt.posts))
        return Post(attempt: attempt, batch: batch, began: .now)
    }

    private func send(
        _ post: Post, by client: HTTPClient, _ mailbox: AsyncStream<Message>.Continuation
    ) async {
        let request = RequestDocument(credentials: credentials, appointments: post.batch.appointments)
        mailbox.yield(.answered(post, await client.post(request.bytes)))
    }

    private nonisolated(nonsending) func settle(
        _ post: Post, _ observation: PostObservation, _ state: inout DeliveryState
    )
        async throws
    {
        let verdict = PostVerdict(
            of: observation, sent: post.batch.appointments, credentials: credentials,
            authenticatedBefore: state.isAuthenticated, now: Date())
        let settlement = state.settle(
            post.attempt.number, verdict.outcome, authenticated: verdict.authenticated, at: now,
            jitter: .random(in: 0...1))
        try await record(post.batch, settlement, verdict)
        var counts = RowCounts()
        for row in settlement.rows { counts[RowState(of: row.state)] += 1 }
        events(
            .settled(
                BatchEvent(
                    batch: post.batch.id, attempt: post.attempt.posts, outcome: verdict.kind.rawValue,
                    status: verdict.status,
                    duration: .now - post.began, counts: counts, reason: verdict.outcome.reason)))
        announcePause(of: state, reason: verdict.outcome.reason ?? verdict.kind.rawValue)
    }

    /// Settling is tried for a moment longer than once: a disk that was full for
    /// an instant should not turn known outcomes into doubt.
    private nonisolated(nonsending) func record(
        _ batch: ClaimedBatch, _ settlement: Settlement, _ verdict: PostVerdict
    ) async throws {
        for delay in [100, 400, 1_500, nil] {
            do {
                try await ledger.settle(
                    batch, settlement.rows, outcome: verdict.kind.rawValue, status: verdict.status,
                    reason: verdict.outcome.reason, reopening: settlement.reopened,
                    trust: settlement.trust)
                return
            } catch let error as LedgerError {
                guard let delay, error.code == .full || error.code == .busy else {
                    events(.unsettled(batch: batch.id, outcome: verdict.kind.rawValue))
                    throw error
                }
                try? await Task.sleep(for: .milliseconds(delay))
            }
        }
    }

    /// After the ledger failed: waits for what is in flight and settles what it still can.
    private nonisolated(nonsending) func abandon(
        _ state: DeliveryState, _ incoming: inout AsyncStream<Message>.Iterator
    ) async {
        var state = state
        while !state.inFlight.isEmpty, let message = await incoming.next(isolation: #isolation) {
            if case .answered(let post, let observation) = message {
                try? await settle(post, observation, &state)
            }
        }
    }
}

extension PostOutcome {
    /// Why, where the outcome has a reason as a whole.
    var reason: String? {
        switch self {
        case .neverSent(let reason), .refusedForNow(_, let reason), .tooLarge(let reason),
            .refusedAsWhole(let reason), .credentialsRefused(let reason), .wrongService(let reason, _),
            .unknown(let reason):
            reason
        case .answered: nil
        }
    }
}

extension HandshakeOutcome {
    /// Why no batch may follow; nil where one may.
    var reason: String? {
        switch self {
        case .accepted, .silent: nil
        case .failed(_, let reason), .credentialsRefused(let reason), .wrongService(let reason, _): reason
        }
    }
}
