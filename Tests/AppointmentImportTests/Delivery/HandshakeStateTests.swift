@testable import ImportFixtures
@testable import AppointmentLedger
import SecurityTrax
import Testing

@testable import AppointmentImport

@Suite("When the reducer asks before it posts") struct HandshakeStateTests {
    @Test("Nothing is claimed before a handshake is accepted, and no other is needed then")
    func first() throws {
        let dispatch = Dispatch { $0.batchSize = 5 }
        #expect(dispatch.next(at: .zero) == .handshake(forFreshRows: true))
        dispatch.state.beganHandshake()
        #expect(dispatch.next(at: .zero) == .wait(until: nil))
        dispatch.state.settleHandshake(.accepted, at: .zero, jitter: 0)
        #expect(dispatch.state.isAuthenticated)
        let attempt = try #require(dispatch.post())
        #expect(attempt.request == .fresh(limit: 5))
        _ = dispatch.answer(attempt, .created(attempt))
        #expect(dispatch.post() != nil)
        #expect(dispatch.handshakesSent == 0)
    }

    @Test("A run without rows asks nothing")
    func nothingToPost() {
        let dispatch = Dispatch(rows: 0)
        #expect(dispatch.post() == nil)
        #expect(dispatch.end == .completed)
        #expect(dispatch.handshakesSent == 0)
    }

    @Test(
        "Each outcome of the first handshake says what comes next",
        arguments: [
            (.accepted, .fresh(limit: 5), nil), (.silent, .fresh(limit: 1), nil),
            (.failed(retryAfter: nil, reason: "x"), .fresh(limit: 5), nil),
            (.credentialsRefused(reason: "x"), nil, .credentialsRefused(reason: "x")),
            (.wrongService(reason: "x"), nil, .wrongService(reason: "x")),
        ] as [(HandshakeOutcome, ClaimRequest?, DeliveryEnd?)])
    func outcomes(outcome: HandshakeOutcome, request: ClaimRequest?, end: DeliveryEnd?) {
        let dispatch = Dispatch { $0.batchSize = 5 }
        dispatch.handshakes = [outcome]
        #expect(dispatch.postAfterPause()?.request == request)
        if let end { #expect(dispatch.end == end) }
    }

    @Test("A handshake is sent once and as often again as retries are allowed", arguments: [0, 1, 5])
    func retries(allowed: Int) {
        let dispatch = Dispatch { $0.retries = allowed }
        dispatch.handshakes = Array(repeating: .failed(retryAfter: nil, reason: "down"), count: 20)
        while dispatch.end == nil { #expect(dispatch.postAfterPause() == nil) }
        #expect(dispatch.handshakesSent == allowed + 1)
        #expect(dispatch.end == .unreachable(reason: "down"))
    }

    @Test("The pause that the service asks for is kept before the next handshake")
    func retryAfter() {
        let dispatch = Dispatch()
        dispatch.handshakes = [.failed(retryAfter: .seconds(30), reason: "busy")]
        #expect(dispatch.post() == nil)
        #expect(dispatch.next(at: .seconds(29)) == .wait(until: .seconds(30)))
        #expect(dispatch.next(at: .seconds(30)) == .handshake(forFreshRows: true))
    }

    @Test("After doubt a handshake comes first, then a single row", arguments: [1, 4])
    func afterDoubt(concurrency: Int) throws {
        let dispatch = Dispatch {
            $0.batchSize = 5
            $0.concurrency = concurrency
        }
        let attempts = (0..<concurrency).compactMap { _ in dispatch.post() }
        _ = dispatch.answer(attempts[0], .unknown(reason: "cut"))
        #expect(dispatch.next(at: .zero) == .handshake(forFreshRows: true))
        dispatch.state.beganHandshake()
        #expect(dispatch.next(at: .zero) == .wait(until: nil), "claiming pauses meanwhile")
        // What is answered meanwhile neither ends the pause nor calls for another handshake.
        for attempt in attempts.dropFirst() { _ = dispatch.answer(attempt, .created(attempt)) }
        #expect(dispatch.next(at: .zero) == .wait(until: nil))
        dispatch.state.settleHandshake(.accepted, at: .zero, jitter: 0)
        let probe = try #require(dispatch.post())
        #expect(probe.isProbe)
        #expect(probe.ids.count == 1)
        #expect(dispatch.post() == nil)
        _ = dispatch.answer(probe, .created(probe))
        #expect(dispatch.post()?.request == .fresh(limit: 5))
        #expect(dispatch.handshakesSent == 1)
    }

    @Test("Doubt that arises while a handshake is under way calls for one more")
    func doubtMeanwhile() throws {
        let dispatch = Dispatch { $0.concurrency = 2 }
        let first = try #require(dispatch.post())
        let second = try #require(dispatch.post())
        _ = dispatch.answer(first, .unknown(reason: "cut"))
        dispatch.state.beganHandshake()
        _ = dispatch.answer(second, .unknown(reason: "cut"))
        dispatch.state.settleHandshake(.accepted, at: .zero, jitter: 0)
        #expect(dispatch.next(at: .zero) == .handshake(forFreshRows: true))
    }

    @Test("A probe that was sent before the last doubt doesn't bring the full size back")
    func olderProbe() throws {
        let dispatch = Dispatch { $0.concurrency = 2 }
        let first = try #require(dispatch.post())
        let second = try #require(dispatch.post())
        _ = dispatch.answer(first, .unknown(reason: "cut"))
        let probe = try #require(dispatch.post())
        _ = dispatch.answer(second, .unknown(reason: "cut"))
        _ = dispatch.answer(probe, .created(probe))
        #expect(dispatch.post()?.isProbe == true)
        #expect(dispatch.handshakesSent == 3)
    }

    @Test("A page after doubt ends the run with what is pending left alone")
    func pageAfterDoubt() throws {
        let dispatch = Dispatch { $0.batchSize = 5 }
        let attempt = try #require(dispatch.post())
        _ = dispatch.answer(attempt, .unknown(reason: "cut"))
        dispatch.handshakes = [.wrongService(reason: "a web page")]
        #expect(dispatch.post() == nil)
        #expect(dispatch.end == .wrongService(reason: "a web page"))
    }

    @Test("A handshake under way keeps nobody who wants to stop", arguments: [true, false])
    func stopping(byTime: Bool) {
        let dispatch = Dispatch { $0.stopAfter = byTime ? .seconds(5) : nil }
        dispatch.state.beganHandshake()
        if byTime {
            #expect(dispatch.next(at: .seconds(1)) == .wait(until: .seconds(5)))
            #expect(dispatch.next(at: .seconds(5)) == .end(.timeRanOut))
        } else {
            dispatch.state.interrupt()
            #expect(dispatch.next(at: .zero) == .end(.interrupted))
        }
    }

    @Test(
        "Where the service is not known to answer, the first batch is a single row",
        arguments: [true, false], [1, 4])
    func beginsWithProbe(handshakes: Bool, concurrency: Int) throws {
        let dispatch = Dispatch {
            $0.handshakes = handshakes
            $0.concurrency = concurrency
            $0.beginsWithProbe = true
        }
        let probe = try #require(dispatch.post())
        #expect(probe.ids.count == 1)
        #expect(dispatch.post() == nil)
        _ = dispatch.answer(probe, .created(probe))
        #expect(dispatch.post()?.request == .fresh(limit: 50))
        #expect(dispatch.handshakesSent == (handshakes ? 1 : 0))
    }

    @Test("What the next run should know of the endpoint is told with the batch that shows it")
    func trust() throws {
        let dispatch = Dispatch { $0.concurrency = 4 }
        let attempts = (0..<4).compactMap { _ in dispatch.post() }
        #expect(dispatch.answer(attempts[0], .created(attempts[0])).trust == .answers)
        let last = try #require(dispatch.post())
        #expect(dispatch.answer(attempts[1], .unknown(reason: "cut")).trust == nil)
        #expect(dispatch.answer(attempts[2], .refusedForNow(retryAfter: nil, reason: "busy")).trust == nil)
        #expect(dispatch.answer(attempts[3], .unknown(reason: "cut")).trust == nil)
        let probe = try #require(dispatch.postAfterPause())
        #expect(dispatch.answer(probe, .unknown(reason: "cut")).trust == .doubtful)
        #expect(dispatch.answer(last, .created(last)).trust == .doubtful, "the run stopped for all that")
    }

    @Test(
        "The first two batches refused down to the last row are not refused, whatever the status",
        arguments: [PostOutcome.tooLarge(reason: "413"), .refusedAsWhole(reason: "400")],
        [(1, 1), (2, 1), (7, 1), (1, 3), (7, 3)])
    func everythingRefused(outcome: PostOutcome, sizes: (batch: Int, concurrency: Int)) {
        let dispatch = Dispatch(rows: 100) {
            $0.batchSize = sizes.batch
            $0.concurrency = sizes.concurrency
        }
        var refused: Set<Int> = []
        var attempts: [PostAttempt] = []
        while dispatch.end == nil {
            while let attempt = dispatch.post() { attempts.append(attempt) }
            guard !attempts.isEmpty else { break }
            let attempt = attempts.removeFirst()
            let settlement = dispatch.answer(attempt, outcome)
            for (id, row) in zip(attempt.ids, settlement.rows) where row.state == .refused {
                refused.insert(id)
            }
            refused.subtract(settlement.reopened)
        }
        #expect(refused.isEmpty)
        #expect(dispatch.end == .everythingRefused(reason: outcome.reason ?? ""))
    }
}
