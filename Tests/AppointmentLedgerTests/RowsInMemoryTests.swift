import AppointmentRows
import Foundation
@testable import ImportFixtures
import SecurityTrax
import TestSupport
import Testing

@testable import AppointmentLedger

/// A check compares its rows in memory, an import in the ledger: both must come to the same.
@Suite("Rows that are compared in memory") struct RowsInMemoryTests {
    /// A row whose window may reach into the next day, of few customers and technicians: many twins and neighbours.
    private func line(_ random: inout SeededNumbers) -> String {
        func time(_ minutes: Int) -> String {
            let (day, rest) = (minutes / 1440, minutes % 1440)
            return String(format: "2014-01-%02d %02d:%02d", 20 + day, rest / 60, rest % 60)
        }
        let start = Int.random(in: 0...48, using: &random) * 60
        let length = [30, 60, 120, 600, 1440].randomElement(using: &random) ?? 30
        let customer = [1, 2, 3, 7_000_000_000].randomElement(using: &random) ?? 1
        let tech = ["", "5", "6", "5000000000"].randomElement(using: &random) ?? ""
        let service = Int.random(in: 1...2, using: &random)
        let notes = ["", "Ring twice"].randomElement(using: &random) ?? ""
        return "\(customer),\(tech),\(time(start)),\(time(start + length)),\(service),Panel,\(notes),"
    }

    @Test("Whatever is held in memory, a check says the same", arguments: 0..<30)
    func same(seed: Int) async throws {
        var random = SeededNumbers(state: UInt64(seed))
        let fixture = try LedgerFixture()
        var texts = (0..<3).map { _ in
            ([Visit.header] + (0..<60).map { _ in line(&random) }).joined(separator: "\n") + "\n"
        }
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
}
