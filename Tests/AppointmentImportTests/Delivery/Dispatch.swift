@testable import AppointmentLedger
import SecurityTrax

@testable import AppointmentImport

/// Drives the reducer by hand: a table test says what is claimed and what comes back.
final class Dispatch {
    var state: DeliveryState
    /// The clock, from the start of the run.
    var now: Duration = .zero
    /// The next fresh row's ID, from 1; rows up to `rows` are fresh.
    private(set) var cursor = 1
    let rows: Int
    /// What the next handshakes come to; accepted where there is none.
    var handshakes: [HandshakeOutcome] = []
    /// How many were sent.
    private(set) var handshakesSent = 0

    init(rows: Int = 1_000, _ change: (inout DeliveryPolicy) -> Void = { _ in }) {
        var policy = DeliveryPolicy()
        change(&policy)
        state = DeliveryState(policy: policy)
        self.rows = rows
    }

    /// What the reducer says at a time.
    func next(at time: Duration) -> DeliveryStep { state.next(at: time) }

    /// What the reducer says now; a claim is carried out at once. Nil where it does not claim.
    func post() -> PostAttempt? {
        while true {
            let step = state.next(at: now)
            if case .handshake(let isForFreshRows) = step {
                if isForFreshRows, cursor > rows {
                    state.foundNothingFresh()
                } else {
                    greet()
                }
                continue
            }
            guard case .claim(let attempt) = step else { return nil }
            let ids: [Int]
            switch attempt.request {
            case .fresh(let limit):
                ids = Array(cursor..<min(cursor + limit, rows + 1))
                cursor += ids.count
            case .again(let again): ids = again
            }
            guard !ids.isEmpty else {
                state.foundNothing(of: attempt)
                continue
            }
            state.claimed(attempt, ids: ids, at: now)
            return state.inFlight[attempt.number]
        }
    }

    /// Sends a handshake and takes what it comes to.
    private func greet() {
        handshakesSent += 1
        state.beganHandshake()
        let outcome = handshakes.isEmpty ? .accepted : handshakes.removeFirst()
        state.settleHandshake(outcome, at: now, jitter: 0.5)
    }

    /// Waits as long as the reducer wants, then posts.
    func postAfterPause() -> PostAttempt? {
        var copy = state
        if case .wait(let until?) = copy.next(at: now) { now = max(now, until) }
        if let attempt = post() { return attempt }
        // A handshake that failed pauses too.
        copy = state
        guard case .wait(let until?) = copy.next(at: now) else { return nil }
        now = max(now, until)
        return post()
    }

    func answer(
        _ attempt: PostAttempt, _ outcome: PostOutcome, authenticated: Bool = false, jitter: Double = 0.5
    ) -> Settlement {
        state.settle(attempt.number, outcome, authenticated: authenticated, at: now, jitter: jitter)
    }

    /// What the reducer ends with, nil while it goes on.
    var end: DeliveryEnd? {
        var state = state
        if case .end(let end) = state.next(at: now) { return end }
        return nil
    }
}

extension PostOutcome {
    /// An answer that says the same of each row.
    static func all(_ row: RowOutcome, _ attempt: PostAttempt) -> PostOutcome {
        .answered(attempt.ids.map { _ in row })
    }

    static func created(_ attempt: PostAttempt) -> PostOutcome { .all(.created([]), attempt) }
}
