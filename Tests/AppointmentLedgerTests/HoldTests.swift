import Testing

@testable import AppointmentLedger

@Suite("Whether tonight is normal")
struct HoldTests {
    @Test(
        "A condition is read as it is written",
        arguments: [
            ("rows>3x", HoldCondition.rowsAbove(times: 3)), ("rows > 3X", .rowsAbove(times: 3)),
            ("rows>300%", .rowsAbove(times: 3)), ("rows>1.5x", .rowsAbove(times: 1.5)),
            ("rows<50%", .rowsBelow(times: 0.5)), ("rows<0.5x", .rowsBelow(times: 0.5)),
            ("new-customers>30%", .newCustomersAbove(percent: 30)), ("new>200", .newAbove(200)),
            ("new>0", .newAbove(0)), ("same-file", .sameFile), ("Older-Export", .olderExport),
        ])
    func reading(text: String, condition: HoldCondition) {
        #expect(HoldCondition(text) == condition)
        #expect(HoldCondition(condition.text) == condition)
    }

    @Test(
        "What is none is refused",
        arguments: [
            "", "rows", "rows>", "rows>3", "rows=3x", "rows>x", "rows>-3x", "rows>0x", "rows>nanx", "rows>3y",
            "rows>1e999x", "rows>0x10x", "rows>0x3%", "rows>1e3x", "rows>3.x", "rows>.5x", "new>+3", "new<3",
            "new>x", "new>3x", "new>-1", "new-customers>30", "new-customers<30%",
            "new-customers>101%", "same", "same-file>3", "customers>3x", "rows>3x<4x",
        ])
    func refusing(text: String) { #expect(HoldCondition(text) == nil) }

    /// Tonight is a Tuesday.
    private static func facts(
        rows: Int, nights: [(weekday: Int, rows: Int)], new: Int = 1,
        _ change: (inout HoldFacts) -> Void = { _ in }
    ) -> HoldFacts {
        var facts = HoldFacts(weekday: 3)
        facts.new = new
        facts.layouts = [
            HoldFacts.LayoutRows(
                layout: "a", file: "jobs.csv", rows: rows,
                nights: nights.enumerated().map {
                    HoldFacts.Night(run: 100 - $0.offset, weekday: $0.element.weekday, rows: $0.element.rows)
                })
        ]
        change(&facts)
        return facts
    }

    private static let tuesdays = (0..<20).map { (weekday: 3, rows: 110 + $0) }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let facts: HoldFacts
        let condition: HoldCondition
        let reason: String?
    }

    static let cases: [Case] = [
        Case(
            testDescription: "more than three times", facts: facts(rows: 412, nights: tuesdays),
            condition: .rowsAbove(times: 3),
            reason: "jobs.csv: 412 rows; the last 14 Tuesdays: median 116.5, limit 3x (349.5)"),
        Case(
            testDescription: "not more than three times", facts: facts(rows: 349, nights: tuesdays),
            condition: .rowsAbove(times: 3), reason: nil),
        Case(
            testDescription: "less than half", facts: facts(rows: 58, nights: tuesdays),
            condition: .rowsBelow(times: 0.5),
            reason: "jobs.csv: 58 rows; the last 14 Tuesdays: median 116.5, limit 50% (58.25)"),
        Case(
            testDescription: "two Tuesdays are too few to go by, and other days are taken",
            facts: facts(rows: 100, nights: [(3, 10), (3, 10), (2, 50), (1, 60), (7, 70)]),
            condition: .rowsAbove(times: 1.5),
            reason: "jobs.csv: 100 rows; the last 5 runs: median 50, limit 1.5x (75)"),
        Case(
            testDescription: "three Tuesdays are enough",
            facts: facts(rows: 100, nights: [(3, 90), (2, 1), (3, 95), (2, 1), (3, 92), (2, 1)]),
            condition: .rowsAbove(times: 1.5), reason: nil),
        Case(
            testDescription: "with two nights nothing is normal yet",
            facts: facts(rows: 100, nights: [(2, 1), (1, 1)]), condition: .rowsAbove(times: 1.5), reason: nil),
        Case(
            testDescription: "nothing is to be posted",
            facts: facts(rows: 412, nights: tuesdays, new: 0), condition: .rowsAbove(times: 3), reason: nil),
        Case(
            testDescription: "more new ones than allowed", facts: facts(rows: 300, nights: [], new: 201),
            condition: .newAbove(200), reason: "201 appointments are new, limit 200"),
        Case(
            testDescription: "one where none is allowed", facts: facts(rows: 300, nights: [], new: 1),
            condition: .newAbove(0), reason: "1 appointment is new, limit 0"),
        Case(
            testDescription: "as many as allowed", facts: facts(rows: 300, nights: [], new: 200),
            condition: .newAbove(200), reason: nil),
        Case(
            testDescription: "too many strangers",
            facts: facts(rows: 10, nights: []) {
                ($0.customers, $0.newCustomers, $0.hasHistory) = (9, 3, true)
            },
            condition: .newCustomersAbove(percent: 30), reason: "3 of 9 customers are new (33.3%), limit 30%"),
        Case(
            testDescription: "the ledger is new, and everybody is a stranger",
            facts: facts(rows: 10, nights: []) { ($0.customers, $0.newCustomers) = (9, 9) },
            condition: .newCustomersAbove(percent: 30), reason: nil),
        Case(
            testDescription: "the same file",
            facts: facts(rows: 10, nights: []) { $0.remarks = [.sameFile(run: 7, name: "jobs.csv")] },
            condition: .sameFile, reason: "it is, byte for byte, the file \"jobs.csv\" that run 7 finished"),
        Case(
            testDescription: "another remark than the one that holds",
            facts: facts(rows: 10, nights: []) { $0.remarks = [.sameFile(run: 7, name: "jobs.csv")] },
            condition: .olderExport, reason: nil),
    ]

    @Test("A run is held for its figures, which the reason names", arguments: cases)
    func reasons(held: Case) {
        #expect(held.facts.reasons([held.condition]) == [held.reason].compactMap { $0 })
    }

    @Test("The median is that of the sorted counts")
    func median() {
        for (counts, median) in [([], 0), ([5], 5), ([9, 1], 5), ([7, 1, 3], 3), ([4, 1, 2, 100], 3)]
            as [([Int], Double)]
        {
            #expect(HoldFacts.median(counts) == median)
        }
    }
}
