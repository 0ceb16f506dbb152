import TestSupport
import Testing

@testable import AppointmentLedger

@Suite("The table of places") struct PlaceTableTests {
    private struct Entry {
        var hash: UInt64
        var lane: Int
    }

    /// Every place is found by its hash and lane, whatever else is found with it, and none twice.
    private func check(_ entries: [Entry], in table: borrowing PlaceTable) {
        for (place, entry) in entries.enumerated() {
            var found: [Int] = []
            let isWhole = table.forEach(hash: entry.hash, lanes: entry.lane...entry.lane) {
                found.append($0)
                return true
            }
            #expect(isWhole)
            #expect(found.count { $0 == place } == 1)
            #expect(found.allSatisfy { entries[$0].lane == entry.lane })
        }
    }

    @Test("finds every entry, as full as it may be", arguments: [1, 2, 15, 16, 17, 100, 1_000, 30_000])
    func full(capacity: Int) {
        var random = SeededNumbers(state: UInt64(capacity))
        var table = PlaceTable(capacity: capacity)
        #expect(table.capacity == capacity)
        var entries: [Entry] = []
        for place in 0..<capacity {
            let entry = Entry(
                hash: .random(in: .min ... .max, using: &random),
                lane: .random(in: 0..<PlaceTable.lanes, using: &random))
            entries.append(entry)
            table.add(place, hash: entry.hash, lane: entry.lane)
        }
        #expect(table.count == capacity)
        check(entries, in: table)
    }

    @Test("finds all entries of one hash, in whatever lanes, and of hashes that begin at one place")
    func alike() {
        var table = PlaceTable(capacity: 200)
        var entries: [Entry] = []
        for place in 0..<200 {
            // Around the end, too: the last bucket goes on in the first one.
            let entry = Entry(hash: .max - UInt64(place % 3) << 23, lane: place % PlaceTable.lanes)
            entries.append(entry)
            table.add(place, hash: entry.hash, lane: entry.lane)
        }
        check(entries, in: table)
        var found: [Int] = []
        _ = table.forEach(hash: .max, lanes: 2...5) {
            found.append($0)
            return true
        }
        #expect(found.sorted() == (0..<200).filter { $0 % 3 == 0 && (2...5).contains($0 % PlaceTable.lanes) })
    }

    @Test("names few entries that are not meant")
    func strangers() {
        var random = SeededNumbers(state: 1)
        var table = PlaceTable(capacity: 20_000)
        for place in 0..<20_000 {
            table.add(place, hash: .random(in: .min ... .max, using: &random), lane: place % PlaceTable.lanes)
        }
        var strangers = 0
        for _ in 0..<20_000 {
            _ = table.forEach(hash: .random(in: .min ... .max, using: &random), lanes: 3...4) { _ in
                strangers += 1
                return true
            }
        }
        #expect(strangers < 600)
    }

    @Test("stops where it is told to, and has nothing at first")
    func stops() {
        var table = PlaceTable(capacity: 10)
        let none = table.forEach(hash: 5, lanes: 0...7) { _ in false }
        #expect(none)
        for place in 0..<3 { table.add(place, hash: 5, lane: 1) }
        var asked = 0
        let isWhole = table.forEach(hash: 5, lanes: 0...7) { _ in
            asked += 1
            return asked < 2
        }
        #expect(!isWhole && asked == 2)
    }

    @Test("has a highest place, and is never made for more")
    func limit() {
        let table = PlaceTable(capacity: .max / 100)
        #expect(table.capacity == PlaceTable.limit)
        #expect(PlaceTable(capacity: 0).capacity == 1)
    }
}
