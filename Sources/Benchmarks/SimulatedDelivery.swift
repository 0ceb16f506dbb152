import AppointmentImport
import AppointmentLedger
import SecurityTrax

/// Delivery in simulated time: the program's own reducer says what is done next, and an imagined service answers each
/// post, whatever its size, after the same time. The program's own work takes no time here.
struct SimulatedDelivery {
    /// What the service does with posts.
    enum Service {
        /// It answers every one.
        case calm
        /// It refuses each N-th for now (429): the rules of backoff say when it is posted again.
        case busy(every: Int)
        /// Each N-th is never answered: its rows come into doubt when the timeout has passed.
        case lost(every: Int)
    }

    /// What a run came to.
    struct Result {
        /// Rows that were created.
        var created = 0
        /// Rows in doubt.
        var inDoubt = 0
        /// Requests with creates.
        var posts = 0
        /// How long it took.
        var elapsed = Duration.zero
    }

    let policy: DeliveryPolicy
    let answersAfter: Duration
    var service = Service.calm
    /// After how long an answer is not awaited any more: `--timeout`.
    var timeout = Duration.seconds(300)

    private struct Flight {
        let attempt: PostAttempt
        let due: Duration
        let outcome: PostOutcome
    }

    /// Posts so many rows, or what the policy's time allows of them.
    func run(rows: Int, seed: UInt64 = 1) -> Result {
        var random = RepeatableNumbers(state: seed)
        var state = DeliveryState(policy: policy)
        var result = Result()
        var flying: [Flight] = []
        var greeting: Duration?
        var cursor = 0
        var now = Duration.zero
        while true {
            switch state.next(at: now) {
            case .handshake(let isForFreshRows):
                if isForFreshRows, cursor >= rows {
                    state.foundNothingFresh()
                    continue
                }
                state.beganHandshake()
                greeting = now + answersAfter
            case .claim(var attempt):
                switch attempt.request {
                case .fresh(let limit):
                    attempt.ids = Array(cursor..<min(rows, cursor + limit))
                    cursor += attempt.ids.count
                case .again(let ids): attempt.ids = ids
                }
                guard !attempt.ids.isEmpty else {
                    state.foundNothing(of: attempt)
                    continue
                }
                state.claimed(attempt, ids: attempt.ids, at: now)
                result.posts += 1
                let (delay, outcome) = answer(to: attempt, number: result.posts)
                flying.append(Flight(attempt: attempt, due: now + delay, outcome: outcome))
            case .wait(let until):
                let first = flying.indices.min { flying[$0].due < flying[$1].due }
                let next = [greeting, first.map { flying[$0].due }, until].compactMap { $0 }.min()
                guard let next else { preconditionFailure("whoever waits waits for something") }
                now = max(now, next)
                if let time = greeting, time <= now {
                    greeting = nil
                    state.settleHandshake(.accepted, at: now, jitter: .random(in: 0...1, using: &random))
                } else if let first, flying[first].due <= now {
                    let flight = flying.remove(at: first)
                    let settlement = state.settle(
                        flight.attempt.number, flight.outcome, authenticated: true, at: now,
                        jitter: .random(in: 0...1, using: &random))
                    switch settlement.rows.first {
                    case .created: result.created += settlement.rows.count
                    case .inDoubt: result.inDoubt += settlement.rows.count
                    default: break
                    }
                }
            case .end:
                result.elapsed = now
                return result
            }
        }
    }

    private func answer(to attempt: PostAttempt, number: Int) -> (after: Duration, PostOutcome) {
        switch service {
        case .busy(let every) where number % every == 0:
            (answersAfter, .refusedForNow(retryAfter: nil, reason: "busy"))
        case .lost(let every) where number % every == 0: (timeout, .unknown(reason: "lost"))
        case .calm, .busy, .lost:
            (answersAfter, .answered(Array(repeating: .created([]), count: attempt.ids.count)))
        }
    }
}

/// The same numbers for the same seed (SplitMix64).
private struct RepeatableNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
