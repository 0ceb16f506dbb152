import AppointmentImport
import AppointmentLedger
import AppointmentRows
import SecurityTrax
import TestSupport
import Testing

@Suite("Random reports against random ledgers")
struct ReconciliationPropertyTests {
    /// A ledger and a report of it, with all that can go wrong between them: entries left out, repeated, shifted,
    /// called off, of other customers, with columns missing.
    private struct World {
        var visits: [LedgerVisit] = []
        var entries: [ReportedVisit] = []

        init(_ numbers: inout SeededNumbers) {
            let hasZone = Bool.random(using: &numbers)
            let hasTechnician = Bool.random(using: &numbers)
            let hasService = Bool.random(using: &numbers)
            let hasEnd = Bool.random(using: &numbers)
            var known = Set<[Int]>()
            for id in 1...Int.random(in: 1...12, using: &numbers) {
                let customer = Int.random(in: 1...3, using: &numbers)
                let slot = Int.random(in: 0...3, using: &numbers)
                let tech = Int.random(in: 0...2, using: &numbers)
                let length = [60, 60, 90].randomElement(using: &numbers) ?? 60
                let service = [1, 1, 1, 2].randomElement(using: &numbers) ?? 1
                // No identity stands in a ledger twice.
                guard known.insert([customer, slot, tech, length, service]).inserted else { continue }
                let start = LocalTime(minutes: 30_000_000 + Int32(slot) * 60)
                let knowsZone = hasZone && Int.random(in: 0...4, using: &numbers) > 0
                visits.append(
                    LedgerVisit(
                        id: id,
                        state: [.inDoubt, .inDoubt, .created, .created, .pending, .refused, .withdrawn]
                            .randomElement(using: &numbers) ?? .inDoubt,
                        batch: 1,
                        appointment: Appointment(
                            customerID: Int64(customer), techID: tech == 0 ? nil : Int64(tech), start: start,
                            end: LocalTime(minutes: start.minutes + Int32(length)),
                            serviceType: ServiceType(rawValue: service) ?? .install),
                        start: knowsZone ? Int(start.minutes) + 420 : nil))
            }
            visits.sort { ($0.appointment.customerID, $0.id) < ($1.appointment.customerID, $1.id) }
            for visit in visits {
                for _ in 0..<([0, 1, 1, 1, 2].randomElement(using: &numbers) ?? 1) {
                    let shift = [0, 0, 0, 60, -60].randomElement(using: &numbers) ?? 0
                    let minutes = visit.appointment.start.minutes + Int32(shift)
                    let technicians: [ReportedValue<Int64>] = [
                        visit.appointment.techID.map { .value($0) } ?? .nobody, .value(2), .words("Ann"),
                        .nobody,
                    ]
                    entries.append(
                        ReportedVisit(
                            line: entries.count + 2,
                            customerID: Int.random(in: 0...9, using: &numbers) == 0
                                ? 99 : visit.appointment.customerID,
                            // The viewer sees another hour.
                            start: ReportedTime(
                                shown: LocalTime(minutes: hasZone ? minutes + 120 : minutes),
                                instants: hasZone ? [Int(minutes) + 420] : nil),
                            length: hasEnd ? visit.length : nil,
                            service: hasService
                                ? Int.random(in: 0...9, using: &numbers) == 0
                                    ? .words("Sale") : .value(visit.appointment.serviceType) : .unsaid,
                            technician: hasTechnician
                                ? technicians[max(0, Int.random(in: -6...3, using: &numbers))] : .unsaid,
                            calledOff: Int.random(in: 0...9, using: &numbers) == 0 ? "Cancelled" : nil))
                }
            }
            entries.shuffle(using: &numbers)
        }

        /// Whether an entry may be a visit: written anew, and not shared with what is tested.
        func fits(_ entry: ReportedVisit, _ visit: LedgerVisit) -> Bool {
            let ours = visit.appointment
            guard entry.customerID == ours.customerID else { return false }
            if let instants = entry.start.instants {
                guard let start = visit.start, instants.contains(start) else { return false }
            } else if entry.start.shown != ours.start {
                return false
            }
            if let length = entry.length, length != Int(ours.end.minutes - ours.start.minutes) {
                return false
            }
            if entry.service != .unsaid, entry.service != .value(ours.serviceType) { return false }
            guard let tech = ours.techID else { return true }
            return [.unsaid, .words("Ann"), .value(tech)].contains(entry.technician)
        }
    }

    @Test(
        "Created is proposed for a visit in doubt where one entry fits it and nothing else, and only there",
        arguments: 0..<20 as Range<UInt64>)
    func proposals(seed: UInt64) {
        var numbers = SeededNumbers(state: seed)
        var proposals = 0
        for round in 0..<200 {
            let world = World(&numbers)
            var result = Reconciliation(world.entries)
            for customer in Set(world.visits.map(\.appointment.customerID)).sorted() {
                result.compare(world.visits.filter { $0.appointment.customerID == customer })
            }
            let expected = world.visits.filter { visit in
                guard visit.state == .inDoubt else { return false }
                let fitting = world.entries.filter { world.fits($0, visit) }
                guard let entry = fitting.first, fitting.count == 1, entry.calledOff == nil else {
                    return false
                }
                return world.visits.count { world.fits(entry, $0) } == 1
            }
            #expect(result.words.ids.sorted() == expected.map(\.id).sorted(), "seed \(seed), round \(round)")
            proposals += expected.count

            // Every visit in doubt is named once, and every created one is accounted for.
            let named = result.items.map(\.visit.id)
            #expect(Set(named).count == named.count)
            #expect(
                world.visits.filter { $0.state == .inDoubt }.allSatisfy { named.contains($0.id) },
                "seed \(seed), round \(round)")
            let created = world.visits.count { $0.state == .created }
            #expect(result.agreeing + result.items.count { $0.visit.state == .created } == created)
            // Whatever fits no visit of ours is somebody else's.
            let foreign = world.entries.count { entry in !world.visits.contains { world.fits(entry, $0) } }
            #expect(result.foreign == foreign, "seed \(seed), round \(round)")
        }
        // The property would hold of a program that proposes nothing.
        #expect(proposals > 20)
    }
}
