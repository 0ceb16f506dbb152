import AppointmentRows
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentLedger

@Suite("The next batch, read ahead of its claim")
struct FreshRowsTests {
    /// A table of rows to read from.
    private struct Source {
        var rows: [FreshRows.Row]
        var reads = 0

        mutating func read(after id: Int, limit: Int) -> [FreshRows.Row] {
            reads += 1
            return Array(rows.drop { $0.id <= id }.prefix(limit))
        }
    }

    private func row(_ id: Int, customer: Int, expires: Int64 = .max) -> FreshRows.Row {
        FreshRows.Row(
            id: id, expires: expires,
            appointment: Appointment(
                customerID: Int64(customer), techID: Int64(id), start: LocalTime(minutes: 600),
                end: LocalTime(minutes: 660), serviceType: .service, texts: AppointmentTexts { _ in "" }))
    }

    /// All batches of a table, in the order of the claims.
    private func batches(of source: inout Source, _ limit: Int) -> [[Int]] {
        var fresh = FreshRows()
        var batches: [[Int]] = []
        while true {
            let choice = fresh.choose(limit, now: nil) { source.read(after: $0, limit: $1) }
            if choice.ids.isEmpty { return batches }
            fresh.remove(choice)
            batches.append(choice.ids)
        }
    }

    @Test("Batches come in the order of the rows, each with as many as it may have")
    func order() {
        var source = Source(rows: (1...10).map { row($0 * 3, customer: $0) })
        #expect(batches(of: &source, 4) == [[3, 6, 9, 12], [15, 18, 21, 24], [27, 30]])
    }

    @Test("What was chosen and not removed is chosen again, and not read again")
    func again() {
        var source = Source(rows: (1...10).map { row($0, customer: $0) })
        var fresh = FreshRows()
        let first = fresh.choose(4, now: nil) { source.read(after: $0, limit: $1) }
        let second = fresh.choose(4, now: nil) { source.read(after: $0, limit: $1) }
        #expect(first == second)
        #expect(source.reads == 1)
        let fewer = fresh.choose(2, now: nil) { source.read(after: $0, limit: $1) }
        #expect(fewer.ids == [1, 2])
        fresh.remove(fewer)
        #expect(
            fresh.choose(4, now: nil) { source.read(after: $0, limit: $1) }.ids == [3, 4, 5, 6])
    }

    @Test("Rows that an echo can't tell apart go to different batches, in their order")
    func twins() {
        let customers = [7, 7, 8, 7, 9, 8]
        var source = Source(rows: customers.enumerated().map { row($0 + 1, customer: $1) })
        #expect(batches(of: &source, 2) == [[1, 3], [2, 5], [4, 6]])
    }

    @Test("Rows whose time has passed are told apart, and so many of them that few wait in memory")
    func expired() {
        var source = Source(rows: (1...2500).map { row($0, customer: $0, expires: $0 > 2490 ? 50 : 10) })
        var fresh = FreshRows()
        var expired: [Int] = []
        while true {
            let choice = fresh.choose(3, now: 20) { source.read(after: $0, limit: $1) }
            fresh.remove(choice)
            #expect(choice.expired.count <= 1000)
            expired += choice.expired
            if choice.ids.isEmpty { continue }
            #expect(choice.ids == [2491, 2492, 2493])
            break
        }
        #expect(expired == Array(1...2490))
        let next = fresh.choose(3, now: nil) { source.read(after: $0, limit: $1) }
        #expect(next.ids == [2494, 2495, 2496])
    }

    @Test("However many rows are alike, a bounded number waits in memory, and each gets its batch")
    func manyTwins() {
        var source = Source(rows: (1...5000).map { row($0, customer: $0 <= 3000 ? 7 : $0) })
        var fresh = FreshRows()
        var claimed: [Int] = []
        var batches = 0
        while true {
            let reads = source.reads
            let choice = fresh.choose(100, now: nil) { source.read(after: $0, limit: $1) }
            #expect(source.reads - reads <= 15, "a batch looks at no more than it must")
            if choice.ids.isEmpty { break }
            #expect(Set(choice.appointments.map(\.customerID)).count == choice.ids.count)
            fresh.remove(choice)
            batches += 1
            claimed += choice.ids
        }
        #expect(claimed.count == 5000)
        #expect(Set(claimed) == Set(1...5000))
        #expect(batches == 3000)
    }

    @Test(
        "However rows are alike and late, each is claimed once or refused, and none goes before its twin",
        arguments: 0..<50)
    func random(seed: Int) {
        var random = SeededNumbers(state: UInt64(seed))
        let count = Int.random(in: 0...400, using: &random)
        let kinds = Int.random(in: 1...200, using: &random)
        let rows = (0..<count).map { index in
            row(
                index * 2 + 5, customer: .random(in: 1...kinds, using: &random),
                expires: Bool.random(using: &random) ? .max : .random(in: 0...100, using: &random))
        }
        var source = Source(rows: rows)
        var fresh = FreshRows()
        var seen: [Int] = []
        var last: [Int64: Int] = [:]
        for now in 0... {
            let limit = Int.random(in: 1...60, using: &random)
            let choice = fresh.choose(limit, now: Int64(now)) { source.read(after: $0, limit: $1) }
            if Bool.random(using: &random) { continue }
            fresh.remove(choice)
            #expect(choice.ids.count <= limit)
            #expect(choice.ids.allSatisfy { id in rows.contains { $0.id == id && $0.expires >= now } })
            #expect(choice.expired.allSatisfy { id in rows.contains { $0.id == id && $0.expires < now } })
            for (id, appointment) in zip(choice.ids, choice.appointments) {
                #expect(last[appointment.customerID, default: 0] < id)
                last[appointment.customerID] = id
            }
            seen += choice.ids + choice.expired
            if choice.ids.isEmpty, choice.expired.isEmpty { break }
        }
        #expect(seen.sorted() == rows.map(\.id))
    }
}
