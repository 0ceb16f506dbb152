import Testing

@testable import AppointmentLedger

@Suite("Stretches of IDs") struct IDRunsTests {
    @Test("A stretch holds the IDs that were added and no other")
    func stretches() {
        var runs = IDRuns()
        for (position, id) in [3, 4, 5, 7, 8, 9, 20].enumerated() {
            runs.add(id, at: position, goesOn: id != 9)
        }
        #expect(
            runs.runs == [
                IDRuns.Run(ids: 3...5, position: 0), IDRuns.Run(ids: 7...8, position: 3),
                IDRuns.Run(ids: 9...9, position: 5), IDRuns.Run(ids: 20...20, position: 6),
            ])
    }
}
