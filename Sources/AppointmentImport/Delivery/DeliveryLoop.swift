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
        case answered(Post, PostReading)
        case greeted(PostObservation, after: Duration)
        case timer
        case stop
    }

    private typealias Mailbox = AsyncStream<Message>.Continuation

    /// An attempt on its way.
    private struct Post: Sendable {
        var attempt: PostAttempt
        var batch: ClaimedBatch
        var began: ContinuousClock.Instant
    }

    /// What posting takes.
    private struct Means {
        var client: HTTPClient
        var scrubber: SecretScrubber
    }

    /// How far delivery is.
    private struct Course {
        var state: DeliveryState
        var report = Report()
        /// Made when first needed.
        var means: Means?
        var document: NextDocument
        /// Where what is awaited arrives.
        let mailbox: Mailbox
    }

    /// Posts until nothing is left, the reducer ends it or the ledger fails. What is in flight is always settled first.
    func run() async throws -> Report {
        // In a task that nobody cancels: a cancelled one would get no message any more, and what is in flight must be
        // settled. Whoever cancels the import requests `stop`.
        try await Task { try await deliver(with: ledger) }.value
    }

    /// Runs where the ledger does, which it turns to for each batch: each way there and back would wake a thread.
    private func deliver(with ledger: isolated Ledger) async throws -> Report {
        let (messages, mailbox) = AsyncStream.makeStream(of: Message.self)
        stop.onRequest { mailbox.yield(.stop) }
        var course = Course(
            state: DeliveryState(policy: policy), document: NextDocument(credentials), mailbox: mailbox)
        defer {
            mailbox.finish()
            // Whatever could create something was awaited; a handshake need not be.
            course.means?.client.cancelAll()
        }
        var incoming = messages.makeAsyncIterator()
        while true {
            if stop.isRequested { course.state.interrupt() }
            do {
                switch course.state.next(at: now) {
                case .handshake(let isForFreshRows):
                    if isForFreshRows, try !ledger.hasFreshRows() {
                        course.state.foundNothingFresh()
                        continue
                    }
                    greet(by: try means(&course).client, &course)
                case .claim(let attempt):
                    // Before anything is claimed: what can't be sent is not to be in doubt.
                    _ = try means(&course)
                    try send(attempt, ledger.claim(claim(of: attempt)), &course)
                case .wait(let until):
                    prepareNext(of: ledger, &course)
                    switch await message(&incoming, until: until, mailbox) {
                    case .answered(let post, let reading):
                        try await settle(post, reading, claimsNext: true, &course)
                    case .greeted(let observation, let duration):
                        try await settleHandshake(observation, after: duration, &course)
                    case .timer, .stop: continue
                    case nil: throw CancellationError()
                    }
                case .end(var end):
                    // A limit that left nothing over has stopped nothing.
                    if end == .timeRanOut || end == .firstRowsPosted, course.state.queue.isEmpty,
                        try !ledger.hasFreshRows()
                    {
                        end = .completed
                    }
                    course.report.end = end
                    events(.delivered(end))
                    return course.report
                }
            } catch let error as SecurityTraxError {
                // The client could not be made, so that nothing is in flight.
                let end = DeliveryEnd.wrongService(reason: error.message, fix: error.fix)
                course.report.end = end
                events(.delivered(end))
                return course.report
            } catch let error as LedgerError {
                await abandon(&course, &incoming)
                course.report.failure = error
                return course.report
            }
        }
    }

    private var now: Duration {
        ContinuousClock.now - start
    }

    private func means(_ course: inout Course) throws(SecurityTraxError) -> Means {
        if let means = course.means { return means }
        let means = Means(client: try makeClient(), scrubber: SecretScrubber(credentials))
        course.means = means
        return means
    }

    /// Waits for the next message, and no longer than until that time.
    private nonisolated(nonsending) func message(
        _ incoming: inout AsyncStream<Message>.Iterator, until: Duration?, _ mailbox: Mailbox
    ) async -> Message? {
        let timer = until.map { time in
            Task {
                // A cancelled timer stays silent: its message would end the next wait at once.
                guard (try? await Task.sleep(until: start + time, clock: .continuous)) != nil else { return }
                mailbox.yield(.timer)
            }
        }
        defer { timer?.cancel() }
        return await incoming.next(isolation: #isolation)
    }

    // MARK: Handshakes

    private func greet(by client: HTTPClient, _ course: inout Course) {
        course.state.beganHandshake()
        let began = ContinuousClock.now
        client.post(RequestDocument.handshake(credentials).bytes) { [mailbox = course.mailbox] observation in
            mailbox.yield(.greeted(observation, after: .now - began))
        }
    }

    private nonisolated(nonsending) func settleHandshake(
        _ observation: PostObservation, after duration: Duration, _ course: inout Course
    ) async throws {
        let verdict = HandshakeVerdict(
            of: observation, scrubber: try means(&course).scrubber, now: Date())
        course.state.settleHandshake(verdict.outcome, at: now, jitter: .random(in: 0...1))
        let reason = verdict.outcome.reason
        events(
            .handshake(
                HandshakeEvent(
                    outcome: verdict.kind.rawValue, status: verdict.status, duration: duration, reason: reason
                )))
        announcePause(of: course.state, reason: reason ?? verdict.kind.rawValue)
        try await ledger.recordHandshake(answered: reason == nil)
    }

    private func announcePause(of state: DeliveryState, reason: String) {
        let pause = state.pausedUntil - now
        if state.ending == nil, pause > .zero {
            events(.paused(pause, reason: reason, isAsked: state.isPauseAsked))
        }
    }

    // MARK: Posts

    private func claim(of attempt: PostAttempt) -> Claim {
        Claim(attempt.request, attempt: attempt.posts, now: expiry)
    }

    /// The time that rows are measured by, in minutes since 1970 UTC; nil where none is too late.
    private var expiry: Int64? {
        allowsPast ? nil : Int64(Date().timeIntervalSince1970 / 60)
    }

    /// Whatever is claimed is sent.
    private func send(_ attempt: PostAttempt, _ claimed: ClaimResult, _ course: inout Course) throws {
        guard let batch = claimed.batch else {
            course.state.foundNothing(of: attempt)
            return
        }
        let client = try means(&course).client
        course.state.claimed(attempt, ids: batch.appointmentIDs, at: now)
        course.report.batches += 1
        course.report.posts += 1
        if attempt.posts > 0 { course.report.retries += 1 }
        events(.posting(batch: batch.id, rows: batch.appointments.count, attempt: attempt.posts))
        let post = Post(attempt: attempt, batch: batch, began: .now)
        client.post(course.document.take(of: batch.appointments).bytes) {
            [mailbox = course.mailbox] observation in
            // Read there: meanwhile another batch may be settled here.
            mailbox.yield(.answered(post, PostReading(observation)))
        }
    }

    /// While answers are awaited: reads the rows that are likely to be claimed next, and makes their document.
    private func prepareNext(of ledger: isolated Ledger, _ course: inout Course) {
        guard !course.document.isPrepared, !course.state.inFlight.isEmpty,
            let limit = course.state.freshLimit,
            // Where this fails, the claim does, which says so.
            let appointments = try? ledger.nextFresh(limit, now: expiry), !appointments.isEmpty
        else { return }
        course.document.prepare(appointments)
    }

    /// - Parameter claimsNext: whether the next batch, where it may follow at once, is claimed together with what is
    ///   settled, and sent.
    private nonisolated(nonsending) func settle(
        _ post: Post, _ reading: PostReading, claimsNext: Bool, _ course: inout Course
    ) async throws {
        let verdict = PostVerdict(
            of: reading, sent: post.batch.appointments, scrubber: try means(&course).scrubber,
            authenticatedBefore: course.state.isAuthenticated, now: Date())
        let settlement = course.state.settle(
            post.attempt.number, verdict.outcome, authenticated: verdict.authenticated, at: now,
            jitter: .random(in: 0...1))
        let reason = verdict.outcome.reason
        let next = claimsNext ? nextAttempt(&course) : nil
        let claimed = try await record(
            BatchSettlement(
                batch: post.batch, rows: settlement.rows, outcome: verdict.kind.rawValue,
                status: verdict.status, reason: reason, reopened: settlement.reopened,
                trust: settlement.trust),
            claiming: next.map(claim(of:)))
        var counts = RowCounts()
        for row in settlement.rows { counts[RowState(of: row.state)] += 1 }
        events(
            .settled(
                BatchEvent(
                    batch: post.batch.id, attempt: post.attempt.posts, outcome: verdict.kind.rawValue,
                    status: verdict.status, duration: .now - post.began, counts: counts, reason: reason)))
        announcePause(of: course.state, reason: reason ?? verdict.kind.rawValue)
        if let next, let claimed { try send(next, claimed.get(), &course) }
    }

    /// The attempt that may follow at once; nil where something else comes first.
    private func nextAttempt(_ course: inout Course) -> PostAttempt? {
        if stop.isRequested { course.state.interrupt() }
        return if case .claim(let attempt) = course.state.next(at: now) { attempt } else { nil }
    }

    /// Settling is tried for a moment longer than once: a disk that was full for
    /// an instant should not turn known outcomes into doubt.
    ///
    /// - Returns: what claiming came to; nil where nothing was to be claimed.
    private nonisolated(nonsending) func record(
        _ settlement: BatchSettlement, claiming claim: Claim?
    ) async throws -> Result<ClaimResult, any Error>? {
        for delay in [100, 400, 1_500, nil] {
            do {
                if let claim { return try await ledger.settle(settlement, claiming: claim) }
                try await ledger.settle(settlement)
                return nil
            } catch let error as LedgerError {
                guard let delay, error.code == .full || error.code == .busy else {
                    events(.unsettled(batch: settlement.batch.id, outcome: settlement.outcome))
                    throw error
                }
                try? await Task.sleep(for: .milliseconds(delay))
            }
        }
        return nil
    }

    /// After the ledger failed: waits for what is in flight and settles what it still can.
    private nonisolated(nonsending) func abandon(
        _ course: inout Course, _ incoming: inout AsyncStream<Message>.Iterator
    ) async {
        while !course.state.inFlight.isEmpty, let message = await incoming.next(isolation: #isolation) {
            if case .answered(let post, let reading) = message {
                try? await settle(post, reading, claimsNext: false, &course)
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
