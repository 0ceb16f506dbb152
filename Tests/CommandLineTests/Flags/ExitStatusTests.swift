import AppointmentImport
import Testing

@Suite("Exit statuses")
struct ExitStatusTests {
    @Test(
        "Of several statuses the highest ranking one counts",
        arguments: [
            ([], 0), ([0, 0], 0), ([0, 1], 1), ([1, 5], 5), ([5, 3, 1], 3), ([3, 143], 143), ([3, 130], 130),
            ([130, 4], 4), ([4, 6], 6), ([6, 2], 2), ([2, 7], 7), ([7, 8], 8),
            ([0, 1, 2, 3, 4, 5, 6, 7, 8, 130, 143], 8),
        ] as [([Int32], Int32)])
    func combined(statuses: [Int32], expected: Int32) throws {
        let given = try statuses.map { try #require(ExitStatus(rawValue: $0)) }
        #expect(ExitStatus.combined(given).rawValue == expected)
        #expect(ExitStatus.combined(given.reversed()).rawValue == expected)
    }

    @Test("Every status has a rank of its own")
    func ranking() {
        #expect(Set(ExitStatus.ranking) == Set(ExitStatus.allCases))
        #expect(ExitStatus.ranking.count == ExitStatus.allCases.count)
    }
}
