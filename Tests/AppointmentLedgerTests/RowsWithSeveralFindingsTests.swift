@testable import AppointmentRows
@testable import ImportFixtures
import Testing

@testable import AppointmentLedger

/// What the file shows of a row and what the ledger finds of it stand side by side.
@Suite("Rows of which the file and the ledger both have something to say") struct RowsWithSeveralFindingsTests
{
    /// At night, which is a warning of the file's.
    private static let visit = Visit(tech: "", from: "05:00", to: "07:00")

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The visits of each run's file; the last run's last row is the one that is looked at.
        var runs: [[Visit]]
        var fate: Fate? = .created
        var withdraws = false
        var change: @Sendable (inout StagingRules) -> Void = { _ in }
    }

    private static let cases = [
        Case(testDescription: "same-visit-twice", runs: [[visit, visit]]),
        Case(testDescription: "conflicting-duplicate", runs: [[visit, visit.with(\.detail, "Else")]]),
        Case(testDescription: "already-booked-differently", runs: [[visit, visit.with(\.to, "07:30")]]),
        Case(testDescription: "in-the-past", runs: [[visit]], change: { $0.now += 365 * 1440 }),
        Case(testDescription: "changed-since-created", runs: [[visit], [visit.with(\.detail, "Else")]]),
        Case(
            testDescription: "changed-since-created", runs: [[visit], [visit.with(\.detail, "Else")]],
            change: { $0.isStrict = true }),
        Case(testDescription: "withdrawn", runs: [[visit], [visit]], fate: nil, withdraws: true),
        Case(
            testDescription: "tech-overlap",
            runs: [[visit.with(\.tech, "5"), visit.with(\.tech, "5").with(\.customer, 2)]],
            change: { $0.checksOverlaps = true }),
    ]

    @Test("keep all of it", arguments: cases)
    func both(_ sample: Case) async throws {
        let fixture = try LedgerFixture()
        var done: LedgerFixture.Done?
        for (number, visits) in sample.runs.enumerated() {
            if number > 0, sample.withdraws {
                try await fixture.ledger.withdraw([1], by: Decision(who: "ann", note: nil))
            }
            done = try await fixture.run(
                [visits], fate: sample.fate, rules: LedgerFixture.rules(sample.change))
        }
        let findings = try #require(done).staged.findings.map(\.finding)
        let last = try #require(sample.runs.last).count + 1
        #expect(
            findings.filter { $0.line == last }.map(\.code.rawValue) == [
                "night-hours", sample.testDescription,
            ])
    }

    @Test(
        "keep all of it in a check, too",
        arguments: cases.filter { $0.runs.count == 1 && $0.testDescription != "tech-overlap" })
    func check(_ sample: Case) async throws {
        let fixture = try LedgerFixture()
        let ledger = try await Ledger.temporary()
        _ = try await ledger.begin(command: "check", endpoint: LedgerFixture.endpoint)
        let staged = try await ledger.stage(
            [try fixture.input(Visit.file(sample.runs[0]))],
            rules: LedgerFixture.rules {
                sample.change(&$0)
                $0.rowsInMemory = 1 << 20
            }, batchSize: 50, decide: { _ in .abandon }, isStopped: { false }, progress: { _ in })
        #expect(
            staged.findings.map(\.finding).filter { $0.line == sample.runs[0].count + 1 }.map(\.code.rawValue)
                == ["night-hours", sample.testDescription])
    }
}
