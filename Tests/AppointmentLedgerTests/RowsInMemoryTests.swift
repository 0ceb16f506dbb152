import AppointmentRows
import Foundation
@testable import ImportFixtures
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentLedger

/// A check compares its rows in memory, an import in the ledger: both must come to the same.
@Suite("Rows that are compared in memory") struct RowsInMemoryTests {
    private let rows = RandomRow(customers: [1, 2, 3, 7_000_000_000])

    @Test("Whatever is held in memory, a check says the same", arguments: 0..<30)
    func same(seed: Int) async throws {
        var random = SeededNumbers(state: UInt64(seed))
        let fixture = try LedgerFixture()
        var texts = (0..<3).map { _ in rows.file(rows: 60, &random) }
        // It can't be read to its end: what came before does not count.
        texts[1] += "4,\"open quote\n"
        let inputs = try texts.map { try fixture.input($0) }
        var expected: [Bool: StagedRun] = [:]
        for limit in [0, 7, 1 << 20] {
            for allowsRebooking in [false, true] {
                let ledger = try await Ledger.temporary()
                _ = try await ledger.begin(command: "check", endpoint: LedgerFixture.endpoint)
                let staged = try await ledger.stage(
                    inputs,
                    rules: LedgerFixture.rules {
                        $0.rowsInMemory = limit
                        $0.allowsRebooking = allowsRebooking
                    }, batchSize: 50, decide: { _ in .abandon }, isStopped: { false }, progress: { _ in })
                #expect(staged.files.map { $0.error == nil } == [true, false, true])
                if let expected = expected[allowsRebooking] {
                    #expect(staged.files.map(\.counts) == expected.files.map(\.counts), "\(limit)")
                    #expect(staged.findings == expected.findings, "\(limit)")
                }
                expected[allowsRebooking] = staged
                let appointments = try await ledger.integer("SELECT count(*) FROM appointments")
                #expect(limit > 7 || appointments != 0)
            }
        }
        let totals = try #require(expected[false]).totals
        #expect(totals.rows == 120)
        #expect(totals[.pending] > 20 && totals[.invalid] > 10)
    }

    @Test("Rows that are set aside in a file are compared as those in memory", arguments: [1, 2])
    func setAside(seed: Int) async throws {
        var random = SeededNumbers(state: UInt64(seed))
        let fixture = try LedgerFixture()
        let rows = RandomRow(customers: Array(1...6_000))
        var texts = (0..<3).map { _ in rows.file(rows: 4_000, &random) }
        // Rows of the first file once more.
        texts[2] += texts[0].split(separator: "\n").suffix(200).joined(separator: "\n") + "\n"
        texts[1] += "4,\"open quote\n"
        let inputs = try texts.map { try fixture.input($0) }
        var runs: [StagedRun] = []
        for limit in [0, 1 << 20] {
            let ledger = try await Ledger.temporary()
            _ = try await ledger.begin(command: "check", endpoint: LedgerFixture.endpoint)
            runs.append(
                try await ledger.stage(
                    inputs, rules: LedgerFixture.rules { $0.rowsInMemory = limit }, batchSize: 50,
                    decide: { _ in .abandon }, isStopped: { false }, progress: { _ in }))
        }
        #expect(runs[0].files.map(\.counts) == runs[1].files.map(\.counts))
        #expect(runs[0].findings == runs[1].findings)
        let totals = runs[1].totals
        // More than stay in memory, and repeated rows among them.
        #expect(totals[.pending] > 3_000 && totals[.duplicate] > 20)
    }
}
