import Foundation
import SecurityTraxSandbox
import TestSupport
import Testing

/// A dealer's schedule over thirty nights, what a person does about it, and what has to be on the list.
@Suite("Thirty nights of moves and cancellations")
struct ThirtyNightsOfChangesTests {
    /// What a visit should be, or is in SecurityTrax; nil for no visit.
    private typealias Wanted = ExportedVisit?

    private struct Dealer {
        var numbers: SeededNumbers
        let isComplete: Bool
        /// What the dealer's program has: visits by number. What was deleted there is not in the export.
        var schedule: [Int: ExportedVisit] = [:]
        /// What SecurityTrax has: as created, or as changed by hand.
        var actual: [Int: Wanted] = [:]
        /// What the list says, by number.
        var told: [Int: Wanted] = [:]
        private var next = 1

        init(seed: UInt64, isComplete: Bool) {
            numbers = SeededNumbers(state: seed)
            self.isComplete = isComplete
        }

        /// A day at the dealer's.
        mutating func day() {
            for _ in 0..<4 {
                schedule[next] = ExportedVisit(
                    number: next, customer: 9000 + next, tech: Int.random(in: 1...9, using: &numbers),
                    day: Int.random(in: 3...60, using: &numbers),
                    hour: Int.random(in: 8...16, using: &numbers))
                next += 1
            }
            for number in some(3) { schedule[number]?.hour = Int.random(in: 8...16, using: &numbers) }
            for number in some(1) { schedule[number]?.tech = Int.random(in: 1...9, using: &numbers) }
            for number in some(2) { schedule[number]?.status = "Cancelled" }
            for number in some(1) { schedule[number]?.status = "Scheduled" }
            // Back to what SecurityTrax has.
            for number in some(2) {
                if let visit = actual[number] ?? nil { schedule[number] = visit }
            }
            if isComplete { for number in some(1) { schedule[number] = nil } }
        }

        /// Some visits that were exported before.
        private mutating func some(_ count: Int) -> [Int] {
            let known = actual.keys.sorted()
            return (0..<count).compactMap { _ in known.randomElement(using: &numbers) }
        }

        var export: [ExportedVisit] { schedule.values.sorted { $0.number < $1.number } }

        /// What a night's export has to bring about.
        mutating func night() -> (created: Int, new: Int, closed: Int) {
            var result = (created: 0, new: 0, closed: 0)
            for (number, visit) in schedule where actual[number] == nil && visit.status == "Scheduled" {
                actual[number] = visit
                result.created += 1
            }
            for (number, actual) in actual {
                let scheduled = schedule[number]
                if scheduled == nil, !isComplete { continue }
                let wanted = scheduled.flatMap { $0.status == "Scheduled" ? $0 : nil }
                if wanted == actual {
                    if told.removeValue(forKey: number) != nil { result.closed += 1 }
                } else if told[number] != .some(wanted) {
                    told[number] = .some(wanted)
                    result.new += 1
                }
            }
            return result
        }

        /// A person does some of what is on the list.
        mutating func work() -> [Int] {
            let done = told.keys.sorted().filter { _ in Int.random(in: 0..<3, using: &numbers) == 0 }
            for number in done {
                if let wanted = told.removeValue(forKey: number) { actual[number] = .some(wanted) }
            }
            return done
        }
    }

    @Test(
        "Each change is told once, and the list is always what a person has to do",
        arguments: [(1, false), (2, false), (3, true), (4, true)] as [(UInt64, Bool)])
    func thirtyNights(seed: UInt64, isComplete: Bool) throws {
        let fixture = try SandboxFixture()
        var dealer = Dealer(seed: seed, isComplete: isComplete)
        var created = 0
        for night in 1...30 {
            dealer.day()
            let expected = dealer.night()
            created += expected.created
            let run = try fixture.night(dealer.export, isComplete ? ["--complete-export"] : [])
            #expect(run.summary.totals.states["created"] ?? 0 == expected.created, "night \(night)")
            #expect(run.toDo.new == expected.new, "night \(night)")
            #expect(run.toDo.closed == expected.closed, "night \(night)")
            #expect(run.toDo.open == dealer.told.count, "night \(night)")
            #expect(run.status == (expected.new > 0 ? 1 : 0), "night \(night)")
            let list = try open(fixture)
            #expect(Set(list.keys) == Set(dealer.told.keys.map { 9000 + $0 }), "night \(night)")
            let done = dealer.work().compactMap { list[9000 + $0] }
            guard !done.isEmpty else { continue }
            let word = try fixture.stimport.run(["resolve", "--done"] + done.map(String.init))
            #expect(word.status == 0, "night \(night): \(word.stderr)")
        }
        #expect(fixture.server.createdCount == created)
        #expect(fixture.server.duplicates == 0)
        #expect(created > 100)
    }

    /// The list: the ledger's IDs by customer.
    private func open(_ fixture: SandboxFixture) throws -> [Int: Int] {
        let process = try fixture.stimport.run("review", "--format", "json")
        let list = try JSONSerialization.jsonObject(with: Data(process.output)) as? [String: Any]
        var open: [Int: Int] = [:]
        for item in list?["to_do"] as? [[String: Any]] ?? [] {
            let was = item["was"] as? [String: String]
            if let customer = was?["SecurityTraxUniqueID"].flatMap(Int.init), let id = item["id"] as? Int {
                open[customer] = id
            }
        }
        return open
    }
}
