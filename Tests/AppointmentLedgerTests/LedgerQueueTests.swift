@testable import ImportFixtures
import Foundation
import Testing

@testable import AppointmentLedger

@Suite("The ledger's own queue") struct LedgerQueueTests {
    @Test("However many wait for the lock, other tasks go on")
    func waiting() async throws {
        let fixture = try LedgerFixture()
        let path = fixture.path
        let opened = try await withThrowingTaskGroup(of: Bool.self) { group in
            // More than there are threads for tasks: if each kept one, none would be left to give the lock up.
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount * 4 {
                group.addTask {
                    let ledger = try await Ledger.open(path, mustExist: true, lockWait: .seconds(3_600))
                    return try await ledger.lastRun() == nil
                }
            }
            for _ in 0..<10 { try await Task.sleep(for: .milliseconds(10)) }
            try fixture.close()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(opened.count == ProcessInfo.processInfo.activeProcessorCount * 4)
        #expect(opened.allSatisfy { $0 })
    }

    @Test("A sequence of chunks that is gone through twice begins anew each time")
    func twice() async throws {
        let fixture = try LedgerFixture()
        try await fixture.run([(1...1_001).map { Visit(customer: $0) }], fate: nil)
        let chunks: LedgerChunks<ReportRow> = fixture.ledger.rows(ofRun: 1)
        var sizes: [Int] = []
        for try await rows in chunks { sizes.append(rows.count) }
        #expect(sizes == [500, 500, 1])
        #expect(try await chunks.all.map(\.line) == Array(2...1_002))
        #expect(await fixture.ledger.openCursors == 0)
        var iterator = chunks.makeAsyncIterator()
        while try await iterator.next() != nil {}
        #expect(try await iterator.next() == nil, "the end stays the end")
    }
}

extension Ledger {
    fileprivate var openCursors: Int { cursors.count { $0 != nil } }
}
