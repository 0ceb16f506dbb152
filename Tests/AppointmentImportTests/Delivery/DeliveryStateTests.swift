@testable import ImportFixtures
@testable import AppointmentLedger
import SecurityTrax
import Testing

@testable import AppointmentImport

@Suite("The reducer of delivery") struct DeliveryStateTests {
    /// What an outcome does to a batch.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var outcome: PostOutcome
        /// What becomes of the only row, and of each of several.
        var one: AppointmentState
        var many: AppointmentState
        /// What is posted next, of a run of many rows, after one of a single row and one of four.
        var afterOne: Next
        var afterMany: Next
        var end: DeliveryEnd?

        var testDescription: String { name }

        enum Next: Sendable, Hashable {
            case fresh, sameAgain, firstHalf, probe, nothing
        }
    }

    static let cases = [
        Case(
            name: "never sent", outcome: .neverSent(reason: "x"), one: .pending, many: .pending,
            afterOne: .sameAgain, afterMany: .sameAgain),
        Case(
            name: "refused for now", outcome: .refusedForNow(retryAfter: .seconds(1), reason: "x"),
            one: .pending,
            many: .pending, afterOne: .sameAgain, afterMany: .sameAgain),
        Case(
            name: "too large", outcome: .tooLarge(reason: "x"), one: .refused, many: .pending,
            afterOne: .fresh,
            afterMany: .firstHalf),
        Case(
            name: "refused as a whole", outcome: .refusedAsWhole(reason: "x"), one: .refused, many: .pending,
            afterOne: .fresh, afterMany: .firstHalf),
        Case(
            name: "credentials refused", outcome: .credentialsRefused(reason: "x"), one: .pending,
            many: .pending,
            afterOne: .nothing, afterMany: .nothing, end: .credentialsRefused(reason: "x")),
        Case(
            name: "wrong service", outcome: .wrongService(reason: "x"), one: .pending, many: .pending,
            afterOne: .nothing, afterMany: .nothing, end: .wrongService(reason: "x")),
        Case(
            name: "unknown", outcome: .unknown(reason: "x"), one: .inDoubt, many: .inDoubt, afterOne: .probe,
            afterMany: .probe),
    ]

    @Test("Each outcome settles the rows and says what comes next", arguments: cases, [1, 4])
    func outcomes(test: Case, size: Int) throws {
        for isRepeated in [false, true] {
            let dispatch = Dispatch {
                $0.batchSize = size
                $0.retries = 5
            }
            var attempt = try #require(dispatch.post())
            if isRepeated {
                _ = dispatch.answer(attempt, .neverSent(reason: "before"))
                attempt = try #require(dispatch.postAfterPause())
                #expect(attempt.posts == 1)
            }
            let settlement = dispatch.answer(attempt, test.outcome)
            #expect(settlement.rows.map(\.state) == attempt.ids.map { _ in size == 1 ? test.one : test.many })
            #expect(settlement.reopened.isEmpty)
            #expect(dispatch.end == test.end)
            let next = dispatch.postAfterPause()
            switch size == 1 ? test.afterOne : test.afterMany {
            case .fresh: #expect(next?.request == .fresh(limit: 1) && next?.isProbe == false)
            case .sameAgain:
                #expect(next?.request == .again(ids: attempt.ids))
                #expect(next?.posts == attempt.posts + 1)
            case .firstHalf: #expect(next?.request == .again(ids: Array(attempt.ids.prefix(2))))
            case .probe: #expect(next?.request == .fresh(limit: 1) && next?.isProbe == true)
            case .nothing: #expect(next == nil)
            }
        }
    }

    @Test("An answer settles each row by its own word")
    func answered() throws {
        let dispatch = Dispatch { $0.batchSize = 3 }
        let attempt = try #require(dispatch.post())
        let detail = ResponseDetail(name: "A", value: "b")
        let settlement = dispatch.answer(
            attempt, .answered([.created([detail]), .refused(reason: "no"), .unknown(reason: "cut")]))
        #expect(
            settlement.rows == [.created([detail]), .refused(reason: "no"), .inDoubt(reason: "cut")])
        #expect(dispatch.state.isProbing, "one row in doubt is doubt")
        #expect(dispatch.state.doubtsInARow == 1)
    }

    @Test("A batch is posted once and as often again as retries are allowed", arguments: [0, 1, 5])
    func retries(allowed: Int) throws {
        let dispatch = Dispatch { $0.retries = allowed }
        var posts = 0
        while let attempt = dispatch.postAfterPause() {
            #expect(attempt.ids.first == 1, "the same rows again and again")
            posts += 1
            #expect(
                dispatch.answer(attempt, .neverSent(reason: "down \(posts)")).rows.allSatisfy {
                    $0.state == .pending
                })
        }
        #expect(posts == allowed + 1)
        #expect(dispatch.end == .unreachable(reason: "down \(posts)"))
    }

    @Test("A batch that got through begins its count of failures anew when it is split")
    func failuresAfterSplit() throws {
        let dispatch = Dispatch(rows: 4) {
            $0.batchSize = 4
            $0.retries = 1
        }
        let whole = try #require(dispatch.post())
        _ = dispatch.answer(whole, .neverSent(reason: "down"))
        let again = try #require(dispatch.postAfterPause())
        _ = dispatch.answer(again, .refusedAsWhole(reason: "400"))
        let half = try #require(dispatch.post())
        _ = dispatch.answer(half, .neverSent(reason: "down"))
        #expect(dispatch.postAfterPause()?.ids == half.ids)
    }

    // MARK: Splitting

    @Test("Too large a batch halves the size for good", arguments: [(8, 4), (7, 3), (3, 1), (2, 1), (1, 1)])
    func halves(size: Int, limit: Int) throws {
        let dispatch = Dispatch { $0.batchSize = size }
        let attempt = try #require(dispatch.post())
        _ = dispatch.answer(attempt, .tooLarge(reason: "413"))
        #expect(dispatch.state.sizeLimit == limit)
        while let next = dispatch.post() {
            if case .fresh(let fresh) = next.request {
                #expect(fresh == limit)
                break
            }
            _ = dispatch.answer(next, .created(next))
        }
    }

    @Test(
        "Bisecting finds the one row, in the file's order, and creates the others", arguments: 1...9,
        [1, 2, 5, 9])
    func bisects(size: Int, bad: Int) throws {
        guard bad <= size else { return }
        let dispatch = Dispatch(rows: size) { $0.batchSize = size }
        var created: [Int] = []
        var refused: [Int] = []
        var posts = 0
        while let attempt = dispatch.post() {
            posts += 1
            let outcome: PostOutcome =
                attempt.ids.contains(bad) ? .refusedAsWhole(reason: "400") : .created(attempt)
            for (id, row) in zip(attempt.ids, dispatch.answer(attempt, outcome).rows) {
                if row.state == .created { created.append(id) }
                if row.state == .refused { refused.append(id) }
            }
        }
        #expect(refused == [bad])
        #expect(created == (1...size).filter { $0 != bad })
        #expect(posts <= 2 * 4 + 1, "each level costs two posts at the most")
        #expect(dispatch.end == .completed)
    }

    // MARK: Doubt

    @Test("After doubt one row is posted alone, and the full size returns after a clean answer to it")
    func probes() throws {
        let dispatch = Dispatch {
            $0.batchSize = 10
            $0.concurrency = 4
        }
        let first = try #require(dispatch.post())
        let second = try #require(dispatch.post())
        _ = dispatch.answer(first, .unknown(reason: "cut"))
        let probe = try #require(dispatch.post())
        #expect(probe.isProbe)
        #expect(probe.ids.count == 1)
        #expect(dispatch.post() == nil, "claiming pauses until the probe is answered")
        _ = dispatch.answer(second, .created(second))
        #expect(dispatch.post() == nil, "another batch's answer says nothing of the probe")
        _ = dispatch.answer(probe, .created(probe))
        let next = try #require(dispatch.post())
        #expect(next.request == .fresh(limit: 10))
        #expect(!next.isProbe)
    }

    @Test("The probe is the first row of what waits to be posted again")
    func probesFromQueue() throws {
        let dispatch = Dispatch(rows: 8) {
            $0.batchSize = 4
            $0.concurrency = 2
        }
        let first = try #require(dispatch.post())
        let second = try #require(dispatch.post())
        _ = dispatch.answer(first, .neverSent(reason: "down"), jitter: 0)
        _ = dispatch.answer(second, .unknown(reason: "cut"))
        let probe = try #require(dispatch.post())
        #expect(probe.request == .again(ids: [1]))
        #expect(probe.isProbe)
        _ = dispatch.answer(probe, .created(probe))
        let rest = try #require(dispatch.post())
        #expect(rest.request == .again(ids: [2, 3, 4]))
        #expect(!rest.isProbe)
        _ = dispatch.answer(rest, .created(rest))
        #expect(dispatch.post() == nil)
        #expect(dispatch.end == .completed)
    }

    @Test(
        "A probe that shows nothing leaves the next one a probe",
        arguments: [
            PostOutcome.neverSent(reason: "x"), .refusedForNow(retryAfter: nil, reason: "x"),
            .unknown(reason: "x"),
        ])
    func probesAgain(outcome: PostOutcome) throws {
        let dispatch = Dispatch { $0.batchSize = 5 }
        let first = try #require(dispatch.post())
        _ = dispatch.answer(first, .unknown(reason: "cut"))
        let probe = try #require(dispatch.post())
        _ = dispatch.answer(probe, outcome)
        let next = try #require(dispatch.postAfterPause())
        #expect(next.isProbe)
        #expect(next.ids.count == 1)
        _ = dispatch.answer(next, .created(next))
        #expect(dispatch.post()?.request == .fresh(limit: 5))
    }

    @Test(
        "A probe that is refused shows that the service answers",
        arguments: [
            PostOutcome.refusedAsWhole(reason: "x"), .tooLarge(reason: "x"),
            .answered([.refused(reason: "x")]),
        ])
    func probeRefused(outcome: PostOutcome) throws {
        let dispatch = Dispatch { $0.batchSize = 5 }
        let first = try #require(dispatch.post())
        _ = dispatch.answer(first, .unknown(reason: "cut"))
        let probe = try #require(dispatch.post())
        #expect(dispatch.answer(probe, outcome).rows.map(\.state) == [.refused])
        #expect(!dispatch.state.isProbing)
        #expect(dispatch.state.doubtsInARow == 0)
    }

    @Test("A probe whose row is gone makes room for another")
    func probeFindsNothing() throws {
        let dispatch = Dispatch {
            $0.batchSize = 5
            $0.handshakes = false
        }
        let first = try #require(dispatch.post())
        _ = dispatch.answer(first, .unknown(reason: "cut"))
        guard case .claim(let probe) = dispatch.next(at: .zero) else {
            Issue.record("no probe")
            return
        }
        dispatch.state.foundNothing(of: probe)
        #expect(dispatch.next(at: .zero) == .end(.completed))
    }

    @Test("Three doubtful batches in a row end the run; an answer in between begins the count anew")
    func doubtLimit() throws {
        let dispatch = Dispatch { $0.batchSize = 2 }
        func doubt() throws {
            let attempt = try #require(dispatch.post())
            _ = dispatch.answer(attempt, .unknown(reason: "cut"))
        }
        try doubt()
        try doubt()
        let clean = try #require(dispatch.post())
        _ = dispatch.answer(clean, .created(clean))
        try doubt()
        try doubt()
        #expect(dispatch.end == nil)
        try doubt()
        #expect(dispatch.end == .tooMuchDoubt(reason: "cut"))
        #expect(dispatch.post() == nil)
    }

    @Test("What proves nothing of the service does not part one doubt from the next")
    func doubtAcrossFailures() throws {
        let dispatch = Dispatch { $0.batchSize = 1 }
        for index in 1...3 {
            let attempt = try #require(dispatch.postAfterPause())
            _ = dispatch.answer(attempt, .unknown(reason: "cut"))
            if index < 3 {
                let failed = try #require(dispatch.postAfterPause())
                _ = dispatch.answer(failed, .neverSent(reason: "down"))
            }
        }
        #expect(dispatch.end == .tooMuchDoubt(reason: "cut"))
    }

    // MARK: Ending

    @Test("No more posts are in flight than are allowed", arguments: [1, 2, 4])
    func concurrency(limit: Int) throws {
        let dispatch = Dispatch {
            $0.batchSize = 1
            $0.concurrency = limit
        }
        var attempts: [PostAttempt] = []
        while let attempt = dispatch.post() { attempts.append(attempt) }
        #expect(attempts.count == limit)
        _ = dispatch.answer(attempts[0], .created(attempts[0]))
        #expect(dispatch.post() != nil)
        #expect(dispatch.post() == nil)
    }

    @Test("An end waits for what is in flight, and the first reason stands")
    func endings() throws {
        let dispatch = Dispatch {
            $0.batchSize = 1
            $0.concurrency = 3
        }
        let attempts = [
            try #require(dispatch.post()), try #require(dispatch.post()), try #require(dispatch.post()),
        ]
        dispatch.state.interrupt()
        #expect(dispatch.next(at: .zero) == .wait(until: nil))
        _ = dispatch.answer(attempts[0], .credentialsRefused(reason: "no"))
        #expect(dispatch.answer(attempts[1], .created(attempts[1])).rows.map(\.state) == [.created])
        #expect(dispatch.next(at: .zero) == .wait(until: nil))
        _ = dispatch.answer(attempts[2], .unknown(reason: "cut"))
        #expect(dispatch.next(at: .zero) == .end(.interrupted))
    }

    @Test("Time that ran out stops claims only: nothing is left to stop once all is posted")
    func stopAfter() throws {
        let dispatch = Dispatch(rows: 1) { $0.stopAfter = .seconds(5) }
        dispatch.now = .seconds(4)
        let attempt = try #require(dispatch.post())
        dispatch.now = .seconds(9)
        _ = dispatch.answer(attempt, .created(attempt))
        #expect(dispatch.next(at: .seconds(9)) == .end(.timeRanOut))

        let atOnce = Dispatch(rows: 1) { $0.stopAfter = .zero }
        #expect(atOnce.post() == nil)
        #expect(atOnce.end == .timeRanOut)
    }

    @Test("A run without rows is complete")
    func empty() {
        let dispatch = Dispatch(rows: 0)
        #expect(dispatch.post() == nil)
        #expect(dispatch.end == .completed)
    }

    @Test("Credentials stay proven once an answer proved them")
    func authenticated() throws {
        let dispatch = Dispatch {
            $0.batchSize = 1
            $0.handshakes = false
        }
        for (proves, expected) in [(false, false), (true, true), (false, true)] {
            let attempt = try #require(dispatch.post())
            _ = dispatch.answer(attempt, .created(attempt), authenticated: proves)
            #expect(dispatch.state.isAuthenticated == expected)
        }
    }
}
