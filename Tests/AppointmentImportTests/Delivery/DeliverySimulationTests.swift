@testable import ImportFixtures
@testable import AppointmentLedger
import TestSupport
import SecurityTrax
import Testing

@testable import AppointmentImport

@Suite("Delivery under random outcomes") struct DeliverySimulationTests {
    /// What the ledger would hold of each row, and what the service really did.
    private struct World {
        var states: [AppointmentState]
        /// Whether the row may have been created: then it must not be posted again.
        var mayExist: [Bool]
        var cursor = 0
    }

    @Test("No row is posted twice without proof, none is lost, and it always ends", arguments: 0..<400)
    func invariants(seed: Int) throws {
        var random = SeededNumbers(state: UInt64(seed))
        var policy = DeliveryPolicy()
        policy.batchSize = Int.random(in: 1...9, using: &random)
        policy.concurrency = Int.random(in: 1...4, using: &random)
        policy.retries = Int.random(in: 0...4, using: &random)
        policy.rate = Bool.random(using: &random) ? nil : 10
        policy.handshakes = Int.random(in: 0...3, using: &random) > 0
        policy.beginsWithProbe = Int.random(in: 0...3, using: &random) == 0
        policy.stopAfter = Int.random(in: 0...9, using: &random) == 0 ? .seconds(20) : nil
        // How stormy it is: the share of posts that go wrong.
        let trouble = [0, 10, 30, 60, 100][Int.random(in: 0..<5, using: &random)]
        // A service that refuses whole requests does little else.
        let refuses = Int.random(in: 0...3, using: &random) == 0
        let rows = Int.random(in: 0...60, using: &random)
        var world = World(
            states: Array(repeating: .pending, count: rows), mayExist: Array(repeating: false, count: rows))
        var state = DeliveryState(policy: policy)
        var flying: [PostAttempt] = []
        var now = Duration.zero
        var steps = 0
        var end: DeliveryEnd?
        // Whether the service was asked, and answered, since the start or the last doubt.
        var isAsked = !policy.handshakes
        var isAsking = false
        var isSuspect = policy.beginsWithProbe

        while end == nil {
            steps += 1
            try #require(steps < 20_000, "it must end")
            let expected = state.freshLimit
            switch state.next(at: now) {
            case .handshake(let isForFreshRows):
                try #require(policy.handshakes && !isAsking)
                if isForFreshRows, !hasFreshRows(world) {
                    state.foundNothingFresh()
                    continue
                }
                state.beganHandshake()
                isAsking = true
                isAsked = true
            case .claim(let attempt):
                try #require(isAsked && !isAsking, "posted without an answer to a handshake")
                try #require(flying.count < policy.concurrency)
                if case .fresh(let limit) = attempt.request {
                    #expect(limit == expected, "another number of rows was read ahead")
                } else {
                    #expect(expected == nil)
                }
                let ids = claim(attempt, &world, random: &random)
                if ids.isEmpty {
                    state.foundNothing(of: attempt)
                    continue
                }
                if attempt.isProbe { #expect(ids.count == 1) }
                if isSuspect { #expect(attempt.isProbe, "more than a single row after doubt") }
                for id in ids {
                    try #require(
                        !world.mayExist[id], "row \(id) was posted after an outcome that proves nothing")
                    world.states[id] = .posting
                }
                state.claimed(attempt, ids: ids, at: now)
                flying.append(try #require(state.inFlight[attempt.number]))
                if Int.random(in: 0..<500, using: &random) == 0 { state.interrupt() }
            case .wait(let until):
                if let until { try #require(until > now, "a wait must lead somewhere") }
                // Either an answer comes first, or the time.
                if isAsking, flying.isEmpty || Bool.random(using: &random) {
                    isAsking = false
                    now += .milliseconds(Int.random(in: 0...300, using: &random))
                    let outcome = greeting(trouble: trouble, &random)
                    if case .failed = outcome { isAsked = false }
                    if outcome == .silent { isSuspect = true }
                    state.settleHandshake(outcome, at: now, jitter: .random(in: 0...1, using: &random))
                } else if !flying.isEmpty, until == nil || Bool.random(using: &random) {
                    let attempt = flying.remove(at: Int.random(in: 0..<flying.count, using: &random))
                    now += .milliseconds(Int.random(in: 0...300, using: &random))
                    let outcome = randomOutcome(for: attempt, trouble: trouble, refuses: refuses, &random)
                    try settle(
                        attempt, outcome, &state, &world, at: now, jitter: .random(in: 0...1, using: &random))
                    if isDoubtful(outcome) {
                        isAsked = !policy.handshakes
                        isSuspect = true
                        for index in flying.indices { flying[index].isProbe = false }
                    } else if attempt.isProbe, isClean(outcome) {
                        isSuspect = false
                    }
                } else {
                    now = max(now, try #require(until, "nothing is in flight: nothing could wake it"))
                }
            case .end(let reason):
                end = reason
            }
        }

        #expect(flying.isEmpty, "what is in flight is settled first")
        #expect(!world.states.contains(.posting))
        if end == .completed { #expect(!world.states.contains(.pending), "a row was lost") }
        for (id, row) in world.states.enumerated() where row == .pending || row == .refused {
            #expect(!world.mayExist[id], "row \(id) may exist, and the ledger says \(row)")
        }
    }

    private func hasFreshRows(_ world: World) -> Bool {
        world.states.indices.contains { $0 >= world.cursor && world.states[$0] == .pending }
    }

    private func isDoubtful(_ outcome: PostOutcome) -> Bool {
        switch outcome {
        case .unknown: true
        case .answered(let rows): rows.contains { if case .unknown = $0 { true } else { false } }
        default: false
        }
    }

    private func isClean(_ outcome: PostOutcome) -> Bool {
        switch outcome {
        case .tooLarge, .refusedAsWhole, .answered: !isDoubtful(outcome)
        default: false
        }
    }

    private func greeting(trouble: Int, _ random: inout SeededNumbers) -> HandshakeOutcome {
        guard Int.random(in: 0..<100, using: &random) < trouble else { return .accepted }
        switch Int.random(in: 0..<20, using: &random) {
        case 0...6: return .failed(retryAfter: nil, reason: "down")
        case 7...8:
            return .failed(retryAfter: .seconds(Int.random(in: 0...9, using: &random)), reason: "busy")
        case 9...10: return .silent
        case 11: return .credentialsRefused(reason: "401")
        case 12: return .wrongService(reason: "page")
        default: return .accepted
        }
    }

    private func claim(_ attempt: PostAttempt, _ world: inout World, random: inout SeededNumbers) -> [Int] {
        switch attempt.request {
        case .fresh(let limit):
            let ids = world.states.indices.filter { $0 >= world.cursor && world.states[$0] == .pending }
                .prefix(limit)
            world.cursor = ids.last.map { $0 + 1 } ?? world.cursor
            return Array(ids)
        case .again(let ids):
            // Now and then a row's time passes while it waits.
            return ids.filter { id in
                #expect(world.states[id] == .pending, "what is posted again is pending")
                if Int.random(in: 0..<40, using: &random) == 0 {
                    world.states[id] = .refused
                    return false
                }
                return true
            }
        }
    }

    private func randomOutcome(
        for attempt: PostAttempt, trouble: Int, refuses: Bool, _ random: inout SeededNumbers
    )
        -> PostOutcome
    {
        if refuses, Int.random(in: 0..<10, using: &random) > 0 { return .refusedAsWhole(reason: "400") }
        guard Int.random(in: 0..<100, using: &random) < trouble else { return .created(attempt) }
        switch Int.random(in: 0..<24, using: &random) {
        case 0...3: return .neverSent(reason: "down")
        case 4...6: return .refusedForNow(retryAfter: nil, reason: "busy")
        case 7:
            return .refusedForNow(retryAfter: .seconds(Int.random(in: 0...9, using: &random)), reason: "busy")
        case 8...10: return .tooLarge(reason: "413")
        case 11...15: return .refusedAsWhole(reason: "400")
        case 16...18: return .unknown(reason: "cut")
        case 19: return .credentialsRefused(reason: "401")
        case 20: return .wrongService(reason: "404")
        default:
            return .answered(
                attempt.ids.map { _ in
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: .refused(reason: "no")
                    case 1: .unknown(reason: "odd")
                    default: .created([])
                    }
                })
        }
    }

    private func settle(
        _ attempt: PostAttempt, _ outcome: PostOutcome, _ state: inout DeliveryState, _ world: inout World,
        at now: Duration,
        jitter: Double
    ) throws {
        switch outcome {
        case .unknown: for id in attempt.ids { world.mayExist[id] = true }
        case .answered(let rows):
            for (id, row) in zip(attempt.ids, rows) {
                if case .refused = row { continue }
                world.mayExist[id] = true
            }
        default: break
        }
        let settlement = state.settle(attempt.number, outcome, authenticated: false, at: now, jitter: jitter)
        try #require(settlement.rows.count == attempt.ids.count)
        for (id, row) in zip(attempt.ids, settlement.rows) {
            #expect(world.states[id] == .posting)
            world.states[id] = row.state
            if world.mayExist[id] { #expect(row.state == .created || row.state == .inDoubt) }
        }
        for id in settlement.reopened {
            #expect(world.states[id] == .refused, "row \(id) was reopened and is \(world.states[id])")
            world.states[id] = .pending
        }
    }
}
