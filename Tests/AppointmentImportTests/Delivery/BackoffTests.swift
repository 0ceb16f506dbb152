@testable import AppointmentLedger
@testable import ImportFixtures
import SecurityTrax
import Testing

@testable import AppointmentImport

@Suite("Pauses") struct BackoffTests {
    @Test(
        "Full jitter lies between nothing and the doubled bound, at most the cap",
        arguments: [
            (1, 500), (2, 1_000), (3, 2_000), (7, 32_000), (8, 60_000), (9, 60_000), (64, 60_000),
            (Int.max, 60_000),
            // Asked for before any failure, it is as after the first.
            (0, 500),
        ])
    func bounds(failures: Int, milliseconds: Int) {
        let policy = DeliveryPolicy()
        #expect(policy.backoff(failures: failures, jitter: 0) == .zero)
        #expect(policy.backoff(failures: failures, jitter: 1) == .milliseconds(milliseconds))
        #expect(policy.backoff(failures: failures, jitter: 0.5) == .milliseconds(milliseconds) / 2)
    }

    @Test(
        "A time that the service names goes before the backoff",
        arguments: [
            (Duration.seconds(7), Duration.seconds(7)), (.seconds(3_600), .seconds(3_600)),
            (.milliseconds(1), .milliseconds(1)),
            // No time at all is no time named.
            (.zero, .milliseconds(250)), (nil, .milliseconds(250)),
        ] as [(Duration?, Duration)])
    func retryAfter(named: Duration?, pause: Duration) throws {
        let dispatch = Dispatch { $0.batchSize = 3 }
        dispatch.now = .seconds(10)
        let attempt = try #require(dispatch.post())
        let settlement = dispatch.answer(attempt, .refusedForNow(retryAfter: named, reason: "busy"))
        #expect(settlement == Settlement(rows: attempt.ids.map { _ in .pending(reason: "busy") }))
        #expect(dispatch.next(at: dispatch.now) == .wait(until: .seconds(10) + pause))
        dispatch.now = .seconds(10) + pause
        #expect(dispatch.post()?.request == .again(ids: [1, 2, 3]))
    }

    @Test("A pause holds back every claim, and a shorter one does not cut it")
    func pausesAll() throws {
        let dispatch = Dispatch {
            $0.batchSize = 1
            $0.concurrency = 3
        }
        let attempts = [
            try #require(dispatch.post()), try #require(dispatch.post()), try #require(dispatch.post()),
        ]
        _ = dispatch.answer(attempts[0], .refusedForNow(retryAfter: .seconds(30), reason: "busy"))
        _ = dispatch.answer(attempts[1], .neverSent(reason: "refused"), jitter: 0)
        #expect(dispatch.state.pausedUntil == .seconds(30))
        _ = dispatch.answer(attempts[2], .created(attempts[2]))
        #expect(dispatch.next(at: .seconds(29)) == .wait(until: .seconds(30)))
        dispatch.now = .seconds(30)
        #expect(dispatch.post() != nil)
    }

    @Test("The rate keeps posts apart, and repeats count like any other")
    func rate() throws {
        let dispatch = Dispatch {
            $0.batchSize = 1
            $0.rate = 4
        }
        let first = try #require(dispatch.post())
        _ = dispatch.answer(first, .neverSent(reason: "down"), jitter: 0)
        #expect(dispatch.next(at: .milliseconds(249)) == .wait(until: .milliseconds(250)))
        dispatch.now = .milliseconds(250)
        let again = try #require(dispatch.post())
        #expect(again.ids == first.ids)
        _ = dispatch.answer(again, .created(again))
        #expect(dispatch.next(at: dispatch.now) == .wait(until: .milliseconds(500)))
    }

    @Test("No pause outlasts the time that the run has")
    func stopAfter() throws {
        let dispatch = Dispatch { $0.stopAfter = .seconds(5) }
        let attempt = try #require(dispatch.post())
        _ = dispatch.answer(attempt, .refusedForNow(retryAfter: .seconds(60), reason: "busy"))
        #expect(dispatch.next(at: .seconds(1)) == .wait(until: .seconds(5)))
        #expect(dispatch.next(at: .seconds(5)) == .end(.timeRanOut))
    }
}
