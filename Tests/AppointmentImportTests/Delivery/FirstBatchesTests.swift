@testable import ImportFixtures
@testable import AppointmentLedger
import SecurityTrax
import Testing

@testable import AppointmentImport

@Suite("The first batches refused to the last row") struct FirstBatchesTests {
    private let refusal = PostOutcome.refusedAsWhole(reason: "400")

    @Test("End the run, and every row goes back to pending", arguments: [1, 2, 3, 4, 7], [1, 2, 3, 5])
    func ends(batchSize: Int, concurrency: Int) throws {
        let dispatch = Dispatch {
            $0.batchSize = batchSize
            $0.concurrency = concurrency
        }
        var states: [Int: AppointmentState] = [:]
        var flying: [PostAttempt] = []
        var posts = 0
        while dispatch.end == nil {
            while let attempt = dispatch.post() {
                for id in attempt.ids { states[id] = .posting }
                flying.append(attempt)
                posts += 1
            }
            guard !flying.isEmpty else { break }
            let attempt = flying.removeFirst()
            let settlement = dispatch.answer(attempt, refusal)
            for (id, row) in zip(attempt.ids, settlement.rows) { states[id] = row.state }
            for id in settlement.reopened {
                #expect(states[id] == .refused, "only a refused row can be reopened: \(id)")
                states[id] = .pending
            }
            try #require(posts < 1_000)
        }
        #expect(dispatch.end == .everythingRefused(reason: "400"))
        #expect(states.values.allSatisfy { $0 == .pending })
        #expect(flying.isEmpty)
    }

    @Test("An answer in between shows that the service works: the rows stay refused", arguments: 0...3)
    func answered(position: Int) {
        let dispatch = Dispatch(rows: 4) { $0.batchSize = 1 }
        var refused = 0
        for index in 0..<4 {
            guard let attempt = dispatch.post() else { break }
            let outcome = index == position ? PostOutcome.all(.refused(reason: "no"), attempt) : refusal
            let settlement = dispatch.answer(attempt, outcome)
            #expect(settlement.reopened.isEmpty || position > 1)
            refused += settlement.rows.count { $0.state == .refused }
        }
        // An answer to the third batch comes too late: the run has ended.
        if position > 1 {
            #expect(dispatch.end == .everythingRefused(reason: "400"))
        } else {
            _ = dispatch.post()
            #expect(dispatch.end == .completed)
            #expect(refused == 4)
        }
    }

    @Test("One batch alone says nothing about the service")
    func single() throws {
        let dispatch = Dispatch(rows: 2) { $0.batchSize = 50 }
        let whole = try #require(dispatch.post())
        #expect(dispatch.answer(whole, refusal).rows.map(\.state) == [.pending, .pending])
        for _ in 0..<2 {
            let half = try #require(dispatch.post())
            #expect(dispatch.answer(half, refusal).rows.map(\.state) == [.refused])
        }
        #expect(dispatch.post() == nil)
        #expect(dispatch.end == .completed)
    }

    @Test("A batch in doubt is not refused to the last row")
    func doubt() throws {
        let dispatch = Dispatch(rows: 3) { $0.batchSize = 1 }
        let first = try #require(dispatch.post())
        #expect(dispatch.answer(first, .unknown(reason: "cut")).rows.map(\.state) == [.inDoubt])
        for _ in 0..<2 {
            let next = try #require(dispatch.post())
            #expect(dispatch.answer(next, refusal) == Settlement(rows: [.refused(reason: "400")]))
        }
        #expect(dispatch.post() == nil)
        #expect(dispatch.end == .completed)
    }

    @Test("Rows of later batches that were refused meanwhile are reopened with the first ones'")
    func laterBatches() throws {
        let dispatch = Dispatch(rows: 9) {
            $0.batchSize = 1
            $0.concurrency = 3
        }
        let attempts = [
            try #require(dispatch.post()), try #require(dispatch.post()), try #require(dispatch.post()),
        ]
        #expect(dispatch.answer(attempts[2], refusal).rows.map(\.state) == [.refused])
        #expect(dispatch.answer(attempts[0], refusal).rows.map(\.state) == [.refused])
        let last = dispatch.answer(attempts[1], refusal)
        #expect(last.rows.map(\.state) == [.pending])
        #expect(last.reopened.sorted() == [1, 3])
    }
}
